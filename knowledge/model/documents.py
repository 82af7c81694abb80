"""Documents, their sources and links, and the passages that can be cited."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.model.dates import PartialDate


class Form(StrEnum):
    """Whose words a body is made of."""

    SOURCE = "source"  # the source's own words
    BRIEF = "brief"  # the editors' own words on cited sources


class Kind(StrEnum):
    """Kind of evidence."""

    LAW = "law"
    COURT_RULING = "court-ruling"
    REGULATOR_DECISION = "regulator-decision"
    PROCUREMENT = "procurement"
    PRESS = "press"
    RESEARCH = "research"
    COMPANY_STATEMENT = "company-statement"


class Vetting(StrEnum):
    """Who or what stands behind a document."""

    STARTER_SET = "starter-set"  # checked against an excerpt of the cited page
    PERSON = "person"  # a moderator published or rechecked it


class Status(StrEnum):
    """Where one revision of a document stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"  # a later revision was published in its place
    RETRACTED = "retracted"


UNDER_REVIEW = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED)
"""Where a revision stands that nobody has decided on for good."""

LIVE = (*UNDER_REVIEW, Status.PUBLISHED)
"""Where a newest revision stands while the document is in use or under review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the words, or what a brief says, come from."""

    title: str
    publisher: str
    url: str
    language: str
    published_on: PartialDate | None = None
    archived_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A document's words in another language, by a named person."""

    language: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that a document's own words answer, as its editors wrote it."""

    language: str
    text: str


class Relation(StrEnum):
    """How a document stands to another."""

    CONTRADICTS = "contradicts"  # says otherwise; neither is judged
    SUPERSEDES = "supersedes"  # the other no longer holds: annulled, reversed, reduced
    UPDATES = "updates"  # goes on with it: what came later


@dataclass(frozen=True, slots=True)
class Link:
    """What a document says of another one, by its id."""

    relation: Relation
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article, ruling, decision, law or brief, at one revision.

    ``revision`` counts from 1; 0 means that the store has not seen it. ``vendors`` are
    vocabulary ids, ``places`` ISO 3166-1 alpha-2 codes or ``EU``, ``COE``.
    ``questions`` are those that its words answer; ``wordings`` are more of them, as people
    type them: only compared with what is asked, never shown as what can be asked.
    ``vetted_on`` is the day of the check that ``vetting`` names.
    """

    id: str
    title: str
    body: str
    form: Form
    kind: Kind
    language: str
    sources: tuple[Source, ...]
    vendors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    event_on: PartialDate | None = None
    links: tuple[Link, ...] = ()
    translations: tuple[Translation, ...] = ()  # one a language at most
    questions: tuple[OwnQuestion, ...] = ()
    wordings: tuple[OwnQuestion, ...] = ()
    vetting: Vetting = Vetting.PERSON
    vetted_on: date | None = None
    rechecked_on: date | None = None
    revision: int = 0
    status: Status = Status.DRAFT

    @property
    def dated(self) -> PartialDate | None:
        """The date that orders it: the event's, else its newest source's."""
        published = [s.published_on for s in self.sources if s.published_on]
        return self.event_on or max(published, default=None)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters (code points) of a body."""

    start: int
    end: int

    def of(self, body: str) -> str:
        """The characters of ``body`` that it covers."""
        return body[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A citable span of one revision: ``body[start:end] == text``, whole sentences.

    ``vendors`` and ``places`` are what this passage is on, not all of the document.
    """

    document: str
    revision: int
    start: int
    end: int
    text: str
    locator: str  # "¶3"; "Art. 9(1)(a)" for a law
    language: str
    vendors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its stable address, ``document@revision#start-end``."""
        return f"{self.document}@{self.revision}#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class HeldPassage:
    """A passage with the document, at the same revision, that holds it."""

    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A document that belongs with another one.

    ``forward``: the other one says so of it; else it says so of the other.
    """

    relation: Relation
    forward: bool
    document: Document
