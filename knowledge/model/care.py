"""What the keepers of a knowledge base have to look at again, and what the web says now."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from knowledge.model.documents import Document
from knowledge.model.watches import Renamed


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server tells that a page is as it was: its own words, sent back to it."""

    etag: str | None = None
    modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.modified)


class PageState(StrEnum):
    """How a source's page was found."""

    HELD = "held"  # it is there
    DEAD = "dead"  # it is not, or cannot be had


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCheck:
    """The last look at an address. ``lost``: passages whose words it no longer has."""

    url: str
    at: datetime
    state: PageState
    problem: str = ""
    validators: Validators = field(default_factory=Validators)
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRecheck:
    """A published document to be looked at again; ``since`` None: its age is unknown."""

    document: Document
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BadPage:
    """A published document with a source that is dead, or has lost its words."""

    document: Document
    check: PageCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDraft:
    """A draft that waits for somebody, and since when."""

    document: Document
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTerm:
    """A change of the vocabulary that waits for somebody, and since when.

    ``owner`` is the vendor or the concept that it is of.
    """

    owner: str
    name: str
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """All of it, the most urgent of each first.

    ``renamed`` waits for nobody: it is how the vocabulary has changed since they were told.
    """

    drafts: tuple[WaitingDraft, ...]
    terms: tuple[WaitingTerm, ...]
    rechecks: tuple[DueRecheck, ...]
    pages: tuple[BadPage, ...]
    renamed: tuple[Renamed, ...] = ()

    def __bool__(self) -> bool:
        waits = self.drafts or self.terms or self.rechecks or self.pages
        return bool(waits or self.renamed)


@dataclass(frozen=True, slots=True)
class Digest:
    """A queue as it was told to moderators; ``due`` is the day on which it was due.

    Not ``told``: it was handed out, and nobody has said that it stands.
    """

    due: date
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckReport:
    """What a walk over all sources found, by document's id."""

    visited: int
    unchanged: int
    dead: tuple[BadPage, ...]
    lost: tuple[BadPage, ...]
    drafts: tuple[str, ...]
