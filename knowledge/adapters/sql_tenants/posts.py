"""Answers that were given, and votes on them, in the store's database."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_posts import posts_of, showing
from knowledge.adapters.sql_tenant_rows import place_columns, post_row, shown_rows
from knowledge.adapters.sql_tenants.own_rows import OwnRows, is_of
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import add_row, put_row
from knowledge.model import Feedback, Place, Post, Tenant

_CHUNK = 500  # ids in one statement; SQLite may be built to take no more than 999
_PAGE = 100  # posts that an iterator fetches at once

_posts, _shown, _votes = schema.posts, schema.shown, schema.votes


class SqlPosts(OwnRows):
    """Implements ``tenant_ports.PostStore``; ``sql_posts`` reads the rows."""

    def add_post(self, post: Post) -> None:
        """Keep a new post. One whose key is there already is left as it is."""
        require_storable("the answer", post)
        with self._database.writing() as connection:
            if add_row(connection, _posts, post_row(post)) and post.passages:
                connection.execute(_shown.insert(), shown_rows(post))

    def post(self, tenant: Tenant, key: str) -> Post | None:
        """The post with this key, where it is the tenant's."""
        return self._one_post(tenant, _posts.c.key == key, key)

    def place_post(self, key: str, place: Place) -> bool:
        """Say where it now stands; False where it is not known (any more)."""
        if unstorable(key):
            return False
        require_storable("the place of an answer", place)
        placed = update(_posts).where(_posts.c.key == key)
        return self._changes(placed.values(place_columns(place, "place")))

    def tell_asker(self, tenant: Tenant, key: str, asker: str | None) -> bool:
        """Say who is to be told of its corrections; False where it is not known."""
        if unstorable(key):
            return False
        require_storable("the asker", asker or "")
        this = update(_posts).where(is_of(_posts, tenant), _posts.c.key == key)
        return self._changes(this.values(asker=asker))

    def show_more(self, tenant: Tenant, key: str, shown: int) -> bool:
        """Say that its message now shows so many passages; False where not known."""
        if unstorable(key):
            return False
        this = update(_posts).where(is_of(_posts, tenant), _posts.c.key == key)
        return self._changes(this.values(shown=shown))

    def post_at(self, tenant: Tenant, channel: str, message: str) -> Post | None:
        """The post that stands in this message of this channel."""
        here = and_(
            _posts.c.place_channel == channel, _posts.c.place_message == message
        )
        return self._one_post(tenant, here, channel, message)

    def posts_in(
        self, tenant: Tenant, channel: str, thread: str, limit: int
    ) -> tuple[Post, ...]:
        """The posts that stand in a thread or that it was opened on, newest first."""
        if unstorable(channel) or unstorable(thread):
            return ()
        newest = (
            select(_posts.c.key)
            .where(
                is_of(_posts, tenant),
                _posts.c.place_channel == channel,
                or_(_posts.c.place_thread == thread, _posts.c.place_message == thread),
            )
            .order_by(_posts.c.at.desc(), _posts.c.key)
            .limit(limit)
        )
        with self._database.reading() as connection:
            keys = list(connection.execute(newest).scalars())
            held = posts_of(connection, _posts.c.key.in_(keys))
        return tuple(held[key] for key in keys)

    def drop_post(self, tenant: Tenant, key: str) -> bool:
        """Forget a post and what was voted on it; False where it is not known."""
        if unstorable(key):
            return False
        return self._changes(
            delete(_posts).where(is_of(_posts, tenant), _posts.c.key == key)
        )

    def posts_showing(
        self, *, documents: Collection[str] = (), passages: Collection[str] = ()
    ) -> Iterator[Post]:
        """Posts of all tenants whose message shows one of these, oldest first."""
        found: set[tuple[str, str]] = set()
        with self._database.reading() as connection:
            for column, ids in (("document", documents), ("passage", passages)):
                sound = sorted({id_ for id_ in ids if not unstorable(id_)})
                for start in range(0, len(sound), _CHUNK):
                    those = showing(column, sound[start : start + _CHUNK])
                    found |= {(r.at, r.key) for r in connection.execute(those)}
        keys = [key for _, key in sorted(found)]
        for start in range(0, len(keys), _PAGE):
            page = keys[start : start + _PAGE]
            with self._database.reading() as connection:
                held = posts_of(connection, _posts.c.key.in_(page))
            yield from (held[key] for key in page if key in held)

    def _one_post(
        self, tenant: Tenant, which: ColumnElement[bool], *texts: str
    ) -> Post | None:
        if any(unstorable(text) for text in texts):
            return None
        with self._database.reading() as connection:
            held = posts_of(connection, is_of(_posts, tenant), which)
        return max(held.values(), key=lambda post: post.at, default=None)


class SqlFeedback(OwnRows):
    """Implements ``tenant_ports.FeedbackStore``."""

    def feedback(
        self, tenant: Tenant, post: str, voter: str, *, helpful: bool, reason: str = ""
    ) -> bool:
        """One vote a voter and post, a later one in its place; False for no such post."""
        if unstorable(post):
            return False
        require_storable("the vote", (voter, reason))
        row = {"post": post, "voter": voter, "helpful": int(helpful), "reason": reason}
        this = select(_posts.c.key).where(is_of(_posts, tenant), _posts.c.key == post)
        with self._database.writing() as connection:
            if connection.execute(this.with_for_update()).scalar() is None:
                return False
            put_row(connection, _votes, row)
        return True

    def feedback_counts(self, tenant: Tenant) -> Feedback:
        """All votes in a tenant."""
        count = func.count().label("votes")
        wanted = (
            select(_votes.c.helpful, _votes.c.reason, count)
            .join_from(_votes, _posts, _votes.c.post == _posts.c.key)
            .where(is_of(_posts, tenant))
            .group_by(_votes.c.helpful, _votes.c.reason)
            .order_by(count.desc(), _votes.c.reason)
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return Feedback(
            helpful=sum(row.votes for row in rows if row.helpful),
            not_helpful=sum(row.votes for row in rows if not row.helpful),
            reasons={r.reason: r.votes for r in rows if r.reason and not r.helpful},
        )
