"""An address → the words, how they stand now, and what proves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.errors import UnknownDocument
from knowledge.ledger import Account, snapshot_of
from knowledge.model import (
    Document,
    HeldPassage,
    LedgerLine,
    Passage,
    Relation,
    Status,
    Step,
)
from knowledge.pages import Pages
from knowledge.ports import KeptPage, Store

SCHEME = "quis:"
"""What an address begins with outside of Quis: ``quis:ID@REVISION#START-END``."""

_ENDS = {
    Status.RETRACTED: Step.RETRACT,
    Status.PUBLISHED: Step.PUBLISH,
    Status.REJECTED: Step.REJECT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """How a revision stands now.

    ``since`` and ``reason`` are the ledger's, of the step that brought it there.
    ``published`` is the revision that is published in its place, if one is;
    ``superseded_by`` are the published documents that say that it no longer holds.
    """

    status: Status
    since: datetime | None = None
    reason: str = ""
    published: int | None = None
    superseded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A passage with all that shows where it comes from and who vetted it.

    ``history`` are the ledger's lines on its document, oldest first. ``page`` is what was
    fetched, where its text was read from a page and the bytes are there; ``snapshot`` is
    their hash by the ledger.
    """

    passage: Passage
    document: Document
    fate: Fate
    history: tuple[LedgerLine, ...]
    snapshot: str | None = None
    page: KeptPage | None = None

    @property
    def address(self) -> str:
        """Where it can be looked up for ever."""
        return f"{SCHEME}{self.passage.id}"


@dataclass(frozen=True, slots=True)
class Proofs:
    """Looks up what was ever held. Any method may raise StoreUnavailable."""

    store: Store
    pages: Pages

    def resolve(self, address: str) -> HeldPassage:
        """The passage at ``ID@REVISION#START-END``, with ``quis:`` before it or not.

        Published, retracted or never published. Raises UnknownDocument.
        """
        plain = address.removeprefix(SCHEME)
        document, _, place = plain.partition("@")
        revision, _, _ = place.partition("#")
        if revision.isascii() and revision.isdigit() and len(revision) < 10:
            for passage in self.store.passages(document, int(revision)):
                if passage.id == plain:
                    held = self.store.document(document, int(revision))
                    return HeldPassage(passage, held)
        raise UnknownDocument(document=address)

    def fate(self, document: Document) -> Fate:
        """How a revision that was looked up stands now."""
        revisions = self.store.revisions(document.id)
        return self._fate(document, revisions, tuple(self.store.ledger(document.id)))

    def proof(self, address: str) -> Proof:
        """All that proves the passage at an address. Raises UnknownDocument."""
        held = self.resolve(address)
        document = held.document
        history = tuple(self.store.ledger(document.id))
        revisions = self.store.revisions(document.id)
        account = Account()
        for line in history:
            account.take(line)
        bodies = {one.revision: one.body for one in revisions}
        snapshot = snapshot_of(
            document.id, document.revision, bodies, account.snapshots
        )
        return Proof(
            passage=held.passage,
            document=document,
            fate=self._fate(document, revisions, history),
            history=history,
            snapshot=snapshot,
            page=self.pages.kept(snapshot) if snapshot else None,
        )

    def _fate(
        self,
        document: Document,
        revisions: Sequence[Document],
        history: Sequence[LedgerLine],
    ) -> Fate:
        status = document.status
        published = [r.revision for r in revisions if r.status is Status.PUBLISHED]
        now = published[0] if published else None
        # It gave way when the one that replaced it was published, or a later one was.
        step, after = _ENDS.get(status), document.revision
        ended = [
            line.event
            for line in history
            if (line.event.step is step and line.event.revision == after)
            or (
                status is Status.SUPERSEDED
                and line.event.step is Step.PUBLISH
                and line.event.revision > after
            )
        ]
        first = ended[0] if ended else None
        return Fate(
            status=status,
            since=first.at if first else None,
            reason=first.detail.get("reason", "") if first else "",
            published=None if now == document.revision else now,
            superseded_by=tuple(
                other.document.id
                for other in self.store.related([document.id]).get(document.id, ())
                if other.relation is Relation.SUPERSEDES and not other.forward
            ),
        )
