"""Evidence, answers and refusals, and what is held."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.model.dates import PartialDate
from knowledge.model.documents import (
    Document,
    Kind,
    OwnQuestion,
    Passage,
    Relation,
    Span,
)
from knowledge.model.reading import Question


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
    likeliest: float = 1.0  # the gate's best probability, 0..1; never shown

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("an answer shows at least one passage")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """A refusal, with what is held on the subject.

    ``suggestions`` are the nearest questions that are answered, as editors wrote them:
    three in each language at most, most alike first. ``likeliest`` is the gate's best
    probability of all that was found, 0..1, for measuring; never shown.
    """

    question: Question
    reason: Reason
    coverage: tuple[Coverage, ...] = ()
    suggestions: tuple[OwnQuestion, ...] = ()
    likeliest: float = 0.0


Answer = Answered | NoAnswer
