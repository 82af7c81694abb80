"""What a question demands of a passage: a value that the laws and the gate read.

The vendors and places that it must be on, and, unit by unit, what it has to hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.analysis import stem, tokens
from knowledge.model import LANGUAGES, Question, QuestionKind, YearSpan
from knowledge.whereabouts import Whereabouts

DURATION = "duration"
"""The concept of how long something lasts."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a question asks for: a concept, a word or a name.

    ``forms`` are the folded word and its stems in every supported language, so that a
    cognate in the passage's language counts.
    """

    label: str
    concept: str | None = None
    forms: frozenset[str] = frozenset()
    light: bool = False  # nearly every passage holds it, or need not (``use``)
    needed: bool = False  # a name: without it the passage is on something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a passage must satisfy.

    ``places`` are those asked about with the places inside them; ``law_places`` are
    those whose law holds there. ``years`` are spans, any of which will do. ``law``: law
    is asked for. ``matter`` are the concepts of the technologies asked about, of the
    vendor's where the question names none, and ``foreign`` those of all others: a law on
    the latter alone has another matter. Both are empty where nothing tells. ``said`` are
    the concepts that an answer has to say. ``where`` has what else is told of places:
    what is asked about may be from there.
    """

    vendors: frozenset[str]
    places: frozenset[str]
    law_places: frozenset[str]
    units: tuple[Unit, ...]
    years: tuple[YearSpan, ...]
    kind: QuestionKind
    law: bool
    matter: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    where: Whereabouts = field(default_factory=Whereabouts)
    concepts: frozenset[str] = field(init=False)
    forms: frozenset[str] = field(init=False)
    telling: frozenset[Unit] = field(init=False)
    telling_concepts: frozenset[Unit] = field(init=False)
    telling_words: frozenset[Unit] = field(init=False)

    def __post_init__(self) -> None:
        concepts = frozenset(unit.concept for unit in self.units if unit.concept)
        telling = frozenset(unit for unit in self.units if not unit.light)
        of_concepts = frozenset(unit for unit in telling if unit.concept)
        for name, value in (
            ("concepts", concepts),
            ("forms", frozenset[str]().union(*(unit.forms for unit in self.units))),
            ("telling", telling),
            ("telling_concepts", of_concepts),
            ("telling_words", telling - of_concepts),
        ):
            object.__setattr__(self, name, value)

    @property
    def amount(self) -> bool:
        """Whether a figure is asked for."""
        return self.kind is QuestionKind.HOW_MUCH

    @property
    def figure(self) -> bool:
        """Whether nothing without one answers; how long may be said without: "until …"."""
        return self.amount and DURATION not in self.concepts

    @property
    def has_subject(self) -> bool:
        """Whether a vendor or a place is named."""
        return bool(self.vendors or self.places or self.where.origins)


def demand(
    question: Question,
    *,
    places: frozenset[str],
    law_places: frozenset[str],
    light: frozenset[str],
    matter: frozenset[str] = frozenset(),
    foreign: frozenset[str] = frozenset(),
    said: frozenset[str] = frozenset(),
    where: Whereabouts | None = None,
) -> Demand:
    """What the question demands of a passage.

    ``places`` are the accepted places, ``light`` the concepts of little weight,
    ``matter`` and ``foreign`` those of technologies, ``said`` those that have to be said,
    ``where`` what else is told of places: see ``Demand``.
    """
    named = (*question.names, *question.unknown)
    names = {word for name in named for word in _folded_words(name)}
    units = [
        Unit(concept, concept=concept, light=concept in light)
        for concept in question.mentions.concepts
    ]
    units += [
        Unit(term, forms=_forms(term), needed=term in names) for term in question.terms
    ]
    return Demand(
        vendors=frozenset(question.mentions.vendors),
        places=places,
        law_places=law_places,
        units=tuple(units),
        years=question.years,
        kind=question.kind,
        law=question.law or question.kind is QuestionKind.LAW,
        matter=matter,
        foreign=foreign,
        said=said,
        where=where or Whereabouts(places=places),
    )


def _forms(term: str) -> frozenset[str]:
    return frozenset({term, *(stem(term, language) for language in LANGUAGES)})


def _folded_words(name: str) -> Sequence[str]:
    return [token.folded for token in tokens(name)]
