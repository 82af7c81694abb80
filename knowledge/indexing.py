"""Bring an index to the store's head, fill it anew, compare it with the store.

The change feed says which passages to look at; what is put is read from the store as it
is published at that moment. So a feed that is replayed, or read late, can only give an
index what may be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import UNDER_REVIEW, Change, Operation, Position, Status
from knowledge.ports import PassageIndex, Progress, Store

BATCH = 500
"""Lines of the feed applied at once: what an interruption costs at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """In what an index differs from the store. ``behind``: lines of the feed."""

    index: str
    missing: int = 0  # published passages that it lacks
    extra: int = 0  # passages in it that are not published
    drafts: int = 0  # of these, those of revisions that are yet to be reviewed
    behind: int = 0

    @property
    def ok(self) -> bool:
        """Whether it holds just what is published."""
        return not (self.missing or self.extra or self.behind)

    def __str__(self) -> str:
        if self.ok:
            return f"the {self.index} index is in step with the store"
        found = [
            text
            for count, text in (
                (self.behind, f"{self.behind} changes behind"),
                (self.missing, f"without {self.missing} published passages"),
                (self.extra, f"with {self.extra} passages that are not published"),
                (self.drafts, f"{self.drafts} of them of drafts"),
            )
            if count
        ]
        return (
            f"the {self.index} index is {', '.join(found)}: "
            "quis kb verify --repair rebuilds it"
        )


def catch_up(store: Store, indexes: Sequence[PassageIndex], progress: Progress) -> int:
    """Bring each index from its own position to the store's head.

    An index that is new, or followed another store, or is ahead of a store that was
    restored, is emptied and filled from the beginning. Repeatable; interrupted, it goes
    on from the last batch. Returns how many lines of the feed were applied, of all
    indexes. Raises StoreUnavailable, IndexUnavailable.
    """
    head = store.head()
    return sum(_catch_up(store, index, head, progress) for index in indexes)


def rebuild(store: Store, index: PassageIndex, progress: Progress) -> None:
    """Empty an index and fill it from the store. Raises as ``catch_up`` does."""
    index.clear()
    _catch_up(store, index, store.head(), progress)


def verify(store: Store, index: PassageIndex) -> Comparison:
    """Compare an index with what is published now.

    Raises StoreUnavailable, IndexUnavailable.
    """
    head, position = store.head(), index.position()
    published = {
        passage.id
        for document in store.documents(Status.PUBLISHED)
        for passage in store.passages(document.id, document.revision)
    }
    held = index.ids()
    followed = position.sequence if position and _follows(position, head) else 0
    return Comparison(
        index=index.name,
        missing=len(published - held),
        extra=len(held - published),
        drafts=len((held - published) & _of_drafts(store)),
        behind=head.sequence - followed,
    )


def _of_drafts(store: Store) -> set[str]:
    """The passages of the newest revisions that are under review."""
    return {
        passage.id
        for document in store.documents()
        if document.status in UNDER_REVIEW
        for passage in store.passages(document.id, document.revision)
    }


def _catch_up(
    store: Store, index: PassageIndex, head: Position, progress: Progress
) -> int:
    position = index.position()
    if position == head:
        return 0  # as at nearly every question
    if position is None or not _follows(position, head):
        index.clear()
        position = Position(head.store)
    begun = position.sequence
    while position.sequence < head.sequence and (
        changes := store.changes(position.sequence, BATCH)
    ):
        position = Position(head.store, changes[-1].sequence)
        _apply(store, index, changes, position)
        total = max(head.sequence, position.sequence) - begun
        progress("indexing", position.sequence - begun, total)
    return position.sequence - begun


def _follows(position: Position, head: Position) -> bool:
    return position.store == head.store and position.sequence <= head.sequence


def _apply(
    store: Store, index: PassageIndex, changes: Sequence[Change], position: Position
) -> None:
    last = {change.passage: change.operation for change in changes}
    wanted = [passage for passage, last_op in last.items() if last_op is Operation.PUT]
    published = store.published(wanted)
    index.apply(
        put=[published[passage] for passage in wanted if passage in published],
        drop=[passage for passage in last if passage not in published],
        position=position,
    )
