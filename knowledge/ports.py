"""What the use cases need from outside, written for whoever calls it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
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
    Validators,
)

Progress = Callable[[str, int, int], None]
"""Told of long work: a stage (``reading``, ``storing``, ``indexing``), done, in all."""

Stages = Callable[[str], AbstractContextManager[None]]
"""Stands around a stage of answering (``retrieval``, ``judging``), to measure it."""


class Clock(Protocol):
    """Tells the time; the only place that does."""

    def now(self) -> datetime:
        """The present instant, in UTC, with its zone."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One change, to be stored whole or not at all.

    ``document`` is the revision as it will stand, with its status. ``passages`` are the
    passages of that revision, or None where they are stored and stay as they are.
    ``expected`` is what the caller saw: the document's newest (revision, status), or
    None where it saw no such document.
    ``fingerprints`` are resemblance sketches of a new revision's body (see
    ``resemblance``), empty where the revision is stored already.
    """

    document: Document
    event: Event
    expected: tuple[int, Status] | None
    passages: tuple[Passage, ...] | None = None
    fingerprints: tuple[int, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for.

    ``vendors`` and ``places`` filter: a hit has one of each that is not empty.
    ``concepts`` add to the score; so do ``text`` and its words.
    """

    text: str
    language: str
    vendors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate: an id and this index's own score, larger is better."""

    passage: str
    score: float


class PassageIndex(Protocol):
    """A cache of published passages that can be searched. May be behind the store.

    Safe to search from several threads while one thread applies changes. Any method
    may raise IndexUnavailable.
    """

    @property
    def name(self) -> str:
        """``dense`` or ``lexical``."""
        ...

    def position(self) -> Position | None:
        """How far it has followed the feed; None where it is new or was cleared."""
        ...

    def apply(
        self, put: Sequence[HeldPassage], drop: Sequence[str], position: Position
    ) -> None:
        """Bring it to ``position``. Repeatable: applying the same twice changes nothing.

        The position is moved after the data, so that an interrupted call is repeated.
        """
        ...

    def search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        """The best passages, best first, ties by id. Never raises for odd text."""
        ...

    def ids(self) -> frozenset[str]:
        """The ids of all passages in it, for verification."""
        ...

    def clear(self) -> None:
        """Empty it and forget the position."""
        ...

    def close(self) -> None:
        """Let go of files and memory."""
        ...


class Embedder(Protocol):
    """Text → unit vectors. Loads its model at the first call, not before."""

    @property
    def fingerprint(self) -> str:
        """Names the model, its weights and its prompts; 8 to 40 of [a-z0-9-]."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """The supported languages that the model reads well."""
        ...

    def queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of length 1 for each question. Raises ModelUnavailable."""
        ...

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of length 1 for each passage. Raises ModelUnavailable."""
        ...


class Judge(Protocol):
    """Reads a question and a passage together: does the one answer the other?"""

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]:
        """For each pair as ``judging`` writes it, the log-odds that it does.

        Absolute: no pair depends on another. Raises ModelUnavailable.
        """
        ...

    def begin(self) -> None:
        """Begin to load what the first call needs, beside whatever is done meanwhile.

        Never raises: what cannot be loaded is told at the call.
        """
        ...


class Reranker(Protocol):
    """Orders candidates by reading each together with the question."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score a text, larger is better. Raises ModelUnavailable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a reader found in a file: a body, and metadata where the file had any.

    ``metadata`` has the keys of the front-matter format, with plain values, as found.
    ``found`` has the same keys and was told from a page or a file's properties: whoever
    adds it may say otherwise, and what is held already stands.
    ``snapshot`` is the sha-256 of the bytes as they were fetched, where they were.
    """

    origin: str
    body: str
    metadata: Mapping[str, object]
    found: Mapping[str, object] = field(default_factory=dict)
    snapshot: str | None = None


class Reader(Protocol):
    """Reads one kind of file."""

    def read(self, path: Path) -> Findings:
        """Raises UnreadableFile for what is missing, empty, binary, huge or broken."""
        ...


class Uploads(Protocol):
    """Reads a file that came as bytes, of any kind that ``Reader`` knows."""

    def read(self, name: str, content: bytes) -> Findings:
        """``name`` tells the kind, and is all that is known of it afterwards.

        Raises UnreadableFile.
        """
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the line where it begins, its cells by column, and what ails it."""

    line: int
    cells: Mapping[str, str | tuple[str, ...]]
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave. ``url`` is the one at the end of all redirects.

    ``content_type`` is the server's word, with its charset; ``body`` is decompressed.
    """

    asked: str
    url: str
    content_type: str
    body: bytes
    validators: Validators = field(default_factory=Validators)


class Fetcher(Protocol):
    """Fetches from the public web, and from nowhere else."""

    def fetch(self, url: str) -> Fetched:
        """Raises ForbiddenAddress before anything is sent there, and PageUnavailable."""
        ...

    def revisit(self, url: str, known: Validators) -> Fetched | None:
        """As ``fetch``; None where the server says that what is known is as it was."""
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes that are kept as they were fetched: their sha-256, and the file."""

    sha256: str
    path: Path


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was fetched, the file of its bytes, and what was noted of it then."""

    page: Fetched
    snapshot: Snapshot
    record: Mapping[str, object]


class Snapshots(Protocol):
    """Keeps what was fetched, so that a quote can be proved later."""

    def keep(self, page: Fetched, at: datetime) -> Snapshot:
        """Keep a page's bytes, whole or not at all. Raises StoreUnavailable."""
        ...

    def damaged(self, named: Iterable[str]) -> tuple[str, ...]:
        """Those of these hashes whose bytes are gone, or are no longer what they were."""
        ...

    def kept(self, sha256: str) -> KeptPage | None:
        """A page by its hash; None where it is gone or is no longer what it was."""
        ...

    def copy_to(self, folder: Path) -> None:
        """All of them into another folder. Raises StoreUnavailable."""
        ...

    def adopt(self, folder: Path) -> None:
        """Keep what ``copy_to`` wrote, but for what is kept. Raises StoreUnavailable."""
        ...


class PageReader(Protocol):
    """Reads a fetched page, or whatever else an address gave, from its snapshot."""

    def read(self, page: Fetched, snapshot: Snapshot) -> Findings:
        """Raises UnreadableFile for what holds no text, and for a kind none can read."""
        ...


class OwnerLock(Protocol):
    """Held by the one process that may write to the embedded indexes."""

    def acquire(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; False where another process holds it."""
        ...

    def release(self) -> None:
        """Let another process have it."""
        ...
