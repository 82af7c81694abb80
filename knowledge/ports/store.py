"""The store of documents, passages and the ledger: the truth."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import (
    Change,
    Coverage,
    Document,
    Event,
    HeldPassage,
    Holding,
    Kind,
    LedgerLine,
    Passage,
    Position,
    Related,
    Status,
)
from knowledge.ports.writes import Write


class Store(Protocol):
    """The truth. Safe to share between threads. Every method is one transaction.

    Any method may raise StoreUnavailable (locked, full, gone). What a write method has
    returned from survives a crash at any later instant.
    """

    @property
    def id(self) -> str:
        """The store's own id: made with it, and made anew where a backup is restored."""
        ...

    def write(self, writes: Sequence[Write]) -> None:
        """Store changes in one transaction: revision, passages, ledger, change feed.

        Publishing a revision supersedes the published one, if any. The feed gets a PUT
        for every passage that becomes published and a DROP for every one that stops
        being so; other changes leave no line there. A ``write`` of a published revision
        that stays published (a recheck, new tags) gets a PUT for each of its passages.

        Raises ChangedMeanwhile where a document is not as ``expected``.
        """
        ...

    def document(self, document: str, revision: int | None = None) -> Document:
        """One revision, by default the newest. Raises UnknownDocument."""
        ...

    def revisions(self, document: str) -> tuple[Document, ...]:
        """All revisions, oldest first. Raises UnknownDocument."""
        ...

    def documents(self, status: Status | None = None) -> Iterator[Document]:
        """Each document's newest revision, by id.

        With a status: the newest revision that has that status, of the documents that
        have one (a published document with a draft on top is found under both).
        """
        ...

    def passages(self, document: str, revision: int) -> tuple[Passage, ...]:
        """The passages of one revision, in order of their start."""
        ...

    def published(self, passages: Sequence[str]) -> Mapping[str, HeldPassage]:
        """Those of these passage ids that are published at this moment.

        Called with every answer, between an index and a reader: the gate of law 2.
        """
        ...

    def related(self, documents: Sequence[str]) -> Mapping[str, tuple[Related, ...]]:
        """What is published and linked to or from these published documents.

        By id; a document without any is left out. Contradictions come first, then what
        supersedes or updates, newest first.
        """
        ...

    def with_same_body(self, body: str) -> str | None:
        """The id of a live document (not rejected, not retracted) with this very body."""
        ...

    def resembling(self, fingerprints: Sequence[int]) -> Mapping[str, int]:
        """Document id → how many of these fingerprints its newest revision shares.

        Fingerprints that hundreds of revisions have may be passed over.
        """
        ...

    def coverage(
        self, vendor: str | None = None, places: tuple[str, ...] | None = None
    ) -> tuple[Coverage, ...]:
        """What is published, per vendor and place, counted in documents.

        With a vendor, some places or both, only the rows on it and on any of them.
        Sorted by vendor, then by count (largest first), then by place.
        """
        ...

    def holdings(
        self,
        vendor: str | None = None,
        places: tuple[str, ...] | None = None,
        kind: Kind | None = None,
    ) -> tuple[Holding, ...]:
        """The published documents with a passage on both, without their words.

        On any of the places. All of a kind, where neither is named. Newest first,
        undated last, then by id.
        """
        ...

    def subjects(
        self, documents: Sequence[str]
    ) -> Mapping[str, frozenset[tuple[str | None, str | None]]]:
        """Those of these documents that are published, and what their passages are on.

        By id, each vendor × place; a passage on a vendor alone or on a place alone has
        None for the other.
        """
        ...

    def publications(self, after: datetime) -> tuple[Event, ...]:
        """What was published later than this, newest first, by the ledger."""
        ...

    def head(self) -> Position:
        """The end of the change feed."""
        ...

    def changes(self, after: int, limit: int = 1000) -> tuple[Change, ...]:
        """The feed's lines after a sequence number, in order."""
        ...

    def ledger(self, document: str | None = None) -> Iterator[LedgerLine]:
        """The ledger in order, whole or for one document."""
        ...

    def note(self, key: str) -> str | None:
        """A small remembered value, e.g. the vocabulary's fingerprint."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Set a remembered value."""
        ...

    def retag(self, passages: Sequence[Passage]) -> None:
        """Replace the tags of stored passages; published ones get a PUT each."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
