"""What a text names and a question asks."""

from dataclasses import dataclass
from enum import StrEnum


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

    The span covers the name alone, without article, preposition or apostrophe prefix. A
    ``part`` names a city, a region or an authority of the place: ``Milan`` → place ``IT``;
    ``people`` who, or what, is of it: ``Italian``. A ``body`` is an institution of a wider
    place: ``Europol`` → place ``EU``, without its members.
    """

    kind: MentionKind
    id: str
    start: int
    end: int
    part: bool = False
    people: bool = False
    body: bool = False


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


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Of a question that was put behind another: that other, and the question by itself.

    ``Was Clearview fined? how much?`` has ``before`` it ``Was Clearview fined?``, and is
    ``alone`` with what it lacks behind it: ``how much? (Clearview)``. ``shown``: its words
    show that it leans on another; of ``shall we have lunch?`` nothing but that it says
    little.
    """

    before: str
    alone: str
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was read.

    ``terms`` are its content words, folded (see ``analysis.fold``), without function
    words and without the words of its mentions. ``names`` are those of persons and others
    that nobody knows, as written; ``unknown`` are those of them that may be a vendor, a
    product or a place. ``law``: it names law, whatever it asks of it. ``years`` are those
    that it is on, any of them. ``origins`` are the places that only say where a maker or
    a product is from, ``natives`` those that say so of a person or a paper, and
    ``seated`` those for which a city that is named may stand. ``either``: any of its places
    will do, as they stand side by side. ``core`` is the text without greeting, frame and thanks;
    empty where it has none. ``follows``: what was asked before is part of it, and what
    answers that alone is no answer.

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
    origins: frozenset[str] = frozenset()
    natives: frozenset[str] = frozenset()
    seated: frozenset[str] = frozenset()
    either: bool = False
    core: str = ""
    follows: FollowUp | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The places that it is on; where it names no others, those of a person, and where
        it names no vendor either, origins."""
        named = dict.fromkeys((*self.mentions.places, *sorted(self.seated)))
        known = [one for one in named if one not in self.origins]
        meant = [one for one in known if one not in self.natives] or known
        return tuple(meant if meant or self.mentions.vendors else named)

    @property
    def asked(self) -> str:
        """What is asked, in the asker's words, and no more.

        In small letters where all are capitals, which models know few words in.
        """
        asked = self.core or self.text
        return asked.lower() if asked.isupper() and " " in asked else asked
