"""The nouns. Frozen values, standard library only; nothing here reads or decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from functools import total_ordering

LANGUAGES = ("en", "fr", "it", "de", "es", "nl", "pt")
"""The supported languages, ISO 639-1."""


# --- dates -------------------------------------------------------------------------


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day, e.g. ``2020``, ``2020-02``.

    Ordered by its earliest day; of two that start together the coarser comes first.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises ValueError otherwise."""
        parts = text.split("-")
        widths = [len(part) for part in parts]
        if widths not in ([4], [4, 2], [4, 2, 2]) or not all(
            part.isascii() and part.isdigit() for part in parts
        ):
            raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        return cls(*(int(part) for part in parts))

    @property
    def earliest(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it may mean."""
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is None:
            following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
            return date.fromordinal(following.toordinal() - 1)
        return date(self.year, self.month, self.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: "PartialDate") -> bool:
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)


# --- documents ---------------------------------------------------------------------


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


# --- reading text ------------------------------------------------------------------


class MentionKind(StrEnum):
    """What a piece of text names."""

    VENDOR = "vendor"
    PLACE = "place"
    CONCEPT = "concept"
    YEAR = "year"
    PROVISION = "provision"


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` names ``id``, e.g. ``l'Italie`` → place ``IT``.

    The span covers the name alone, without article, preposition or apostrophe prefix.
    """

    kind: MentionKind
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that a text names, in order of appearance."""

    found: tuple[Mention, ...] = ()

    def of(self, kind: MentionKind) -> tuple[str, ...]:
        """The ids of one kind, each once, in order of first appearance."""
        return tuple(dict.fromkeys(m.id for m in self.found if m.kind is kind))

    @property
    def vendors(self) -> tuple[str, ...]:
        """Vocabulary ids of vendors."""
        return self.of(MentionKind.VENDOR)

    @property
    def places(self) -> tuple[str, ...]:
        """Country codes and codes of wider places."""
        return self.of(MentionKind.PLACE)

    @property
    def concepts(self) -> tuple[str, ...]:
        """Vocabulary ids of concepts."""
        return self.of(MentionKind.CONCEPT)

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years."""
        return tuple(int(year) for year in self.of(MentionKind.YEAR))

    @property
    def provisions(self) -> tuple[str, ...]:
        """Provisions of law, e.g. ``art-9``."""
        return self.of(MentionKind.PROVISION)


class QuestionKind(StrEnum):
    """What sort of answer is asked for."""

    STATUS = "status"  # is X active, used, banned … (now)
    WHERE = "where"
    WHO = "who"
    WHEN = "when"
    HOW_MUCH = "how-much"
    WHY = "why"
    LAW = "law"
    LIST = "list"
    DEFINITION = "definition"
    OTHER = "other"
    NONE = "not-a-question"


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Calendar years from the first to the last, both included; None: without end."""

    first: int | None = None
    last: int | None = None

    def holds(self, year: int) -> bool:
        """Whether a year lies in it."""
        early = self.first is not None and year < self.first
        late = self.last is not None and year > self.last
        return not early and not late


@dataclass(frozen=True, slots=True)
class Correction:
    """A misspelt name as written, and the vendor or place that it stands for."""

    written: str
    kind: MentionKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was read.

    ``terms`` are its content words, folded (see ``analysis.fold``), without function
    words and without the words of its mentions. ``names`` are those of persons and others
    that nobody knows, as written; ``unknown`` are those of them that may be a vendor, a
    product or a place. ``law``: it names law, whatever it asks of it. ``years`` are those
    that it is on, any of them.

    ``corrected`` are names that were misspelt; ``mentions`` have what they were read as.
    ``suggested`` are all that an unknown name may be where several are as near to it.
    """

    text: str
    language: str
    kind: QuestionKind
    mentions: Mentions
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    law: bool = False
    years: tuple[YearSpan, ...] = ()
    corrected: tuple[Correction, ...] = ()
    suggested: tuple[Correction, ...] = ()


# --- answers -----------------------------------------------------------------------


class Standing(StrEnum):
    """How a passage stands to the question's subject."""

    DIRECT = "direct"  # on the vendor and the place asked about
    WIDER_LAW = "wider-law"  # a law that holds there, of that place or a wider one


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What belongs next to a passage, though nobody asked for it: the other side.

    ``relation`` and ``forward`` are as in ``Related``, seen from the passage.
    """

    relation: Relation
    forward: bool
    passage: Passage
    document: Document
    quote: Span

    @property
    def text(self) -> str:
        """The quoted words, verbatim."""
        return self.quote.of(self.document.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that may answer, with the words to show of it.

    ``quote`` is a span of ``document.body`` inside the passage, whole sentences.
    ``score`` lies in 0..1 and is absolute, not relative to the other candidates.
    ``reasons`` say in the field's words why it was chosen.
    """

    passage: Passage
    document: Document
    quote: Span
    score: float
    standing: Standing = Standing.DIRECT
    reasons: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()

    @property
    def text(self) -> str:
        """The quoted words, verbatim."""
        return self.quote.of(self.document.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is held on one vendor in one place, counted in documents.

    ``vendor`` is None for what is held on a place without a vendor (a law), ``place``
    is None for what is held on a vendor without a place.
    """

    vendor: str | None
    place: str | None
    count: int
    kinds: Mapping[Kind, int]
    newest: PartialDate | None


class Reason(StrEnum):
    """Why there is no answer."""

    NOTHING_HELD = "nothing-held"
    BELOW_THRESHOLD = "below-threshold"
    UNKNOWN_SUBJECT = "unknown-subject"
    NOT_A_QUESTION = "not-a-question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Passages that answer, in the order to show them. Never empty."""

    question: Question
    evidence: tuple[Evidence, ...]
    coverage: tuple[Coverage, ...]
    newest_event_on: PartialDate | None
    stale: bool  # the newest is older than a year, or of unknown age
    more: int = 0  # passages that passed the gate and are not in ``evidence``

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("an answer shows at least one passage")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """A refusal, with what is held on the subject."""

    question: Question
    reason: Reason
    coverage: tuple[Coverage, ...] = ()


Answer = Answered | NoAnswer


# --- changes -----------------------------------------------------------------------


class Role(IntEnum):
    """What a person may do; each role may do what the one before may."""

    READER = 0
    CONTRIBUTOR = 1
    EDITOR = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for a change, e.g. ``terminal:ana``."""

    id: str
    role: Role


class Step(StrEnum):
    """A step of review."""

    PROPOSE = "propose"  # a first revision, or a draft revision on top of one
    SUBMIT = "submit"
    APPROVE = "approve"
    PUBLISH = "publish"
    REJECT = "reject"
    RETRACT = "retract"
    CORRECT = "correct"
    RECHECK = "recheck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What the ledger will say of one step. ``rule`` names the rule that allowed it."""

    at: datetime
    actor: str
    step: Step
    document: str
    revision: int
    rule: str
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """An event as it stands in the ledger, chained to the line before by its hash."""

    sequence: int
    event: Event
    previous: str  # sha-256, hex; 64 zeros before the first line
    hash: str


class Operation(StrEnum):
    """What an index has to do about a passage."""

    PUT = "put"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change feed; ``sequence`` counts from 1 without gaps."""

    sequence: int
    operation: Operation
    passage: str  # its id


@dataclass(frozen=True, slots=True)
class Position:
    """How far an index has followed which store's feed."""

    store: str  # the store's own id, so that an index never trusts another store's
    sequence: int = 0
