"""The answers that were given, where they stand, and how their readers vote on them."""

from collections.abc import Collection, Iterator
from typing import Protocol

from knowledge.model import Feedback, Place, Post, Tenant


class PostStore(Protocol):
    """Keeps what an answer showed, without the words of the question. As ``TenantStore``."""

    def add_post(self, post: Post) -> None:
        """Keep a new post. One whose key is there already is left as it is."""
        ...

    def post(self, tenant: Tenant, key: str) -> Post | None:
        """The post with this key, where it is the tenant's."""
        ...

    def place_post(self, key: str, place: Place) -> bool:
        """Say where it now stands; False where it is not known (any more)."""
        ...

    def tell_asker(self, tenant: Tenant, key: str, asker: str | None) -> bool:
        """Say who is to be told of a private post's corrections; None: nobody any more.

        False where it is not known.
        """
        ...

    def show_more(self, tenant: Tenant, key: str, shown: int) -> bool:
        """Say that its message now shows so many passages; False where not known."""
        ...

    def post_at(self, tenant: Tenant, channel: str, message: str) -> Post | None:
        """The post that stands in this message of this channel."""
        ...

    def posts_in(
        self, tenant: Tenant, channel: str, thread: str, limit: int
    ) -> tuple[Post, ...]:
        """The posts that stand in a thread or that it was opened on, newest first."""
        ...

    def drop_post(self, tenant: Tenant, key: str) -> bool:
        """Forget a post and what was voted on it; False where it is not known."""
        ...

    def posts_showing(
        self, *, documents: Collection[str] = (), passages: Collection[str] = ()
    ) -> Iterator[Post]:
        """Posts of all tenants whose message shows one of these, oldest first.

        Also as a quote beside another one. Of a post's passages the first ``shown``
        count; private posts are among them. May be left half-read.
        """
        ...


class FeedbackStore(Protocol):
    """Keeps the votes on a post as long as the post. As ``TenantStore``."""

    def feedback(
        self, tenant: Tenant, post: str, voter: str, *, helpful: bool, reason: str = ""
    ) -> bool:
        """One vote a voter and post, a later one in its place; False for no such post.

        ``voter`` is a hash, as ``Post.owner``.
        """
        ...

    def feedback_counts(self, tenant: Tenant) -> Feedback:
        """All votes in a tenant."""
        ...
