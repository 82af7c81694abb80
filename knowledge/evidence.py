"""The gate: may this passage answer this question?

Two laws are kept here. The question's subject must be the passage's subject (law 3),
and what is asked must be supported by the passage's own words, by an absolute measure:
nothing is compared with the other candidates, so a best hit can still be no answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.analysis import stem, tokens
from knowledge.model import (
    LANGUAGES,
    HeldPassage,
    Kind,
    Mentions,
    PartialDate,
    Question,
    QuestionKind,
    Span,
    Standing,
)

SUPPORT = 0.6
"""The share of what is asked that a passage on the right subject must hold.

With two things asked for, both are needed; with three, two.
"""
SUPPORT_WITHOUT_SUBJECT = 0.75
"""… and that it must hold where the question names neither vendor nor place."""

LIGHT = 0.25
"""The weight of a concept that nearly every passage holds (``use``)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a question asks for: a concept, a word or a name.

    ``forms`` are the folded word and its stems in every supported language, so that a
    cognate in the passage's language counts.
    """

    label: str
    weight: float
    concept: str | None = None
    forms: frozenset[str] = frozenset()
    needed: bool = False  # a name: without it the passage is on something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a passage must satisfy.

    ``places`` are those asked about with the places inside them; ``law_places`` are
    those whose law holds there. ``years`` maps a year to whether later ones do too.
    """

    vendors: frozenset[str]
    places: frozenset[str]
    law_places: frozenset[str]
    units: tuple[Unit, ...]
    years: Mapping[int, bool]
    amount: bool
    law: bool

    @property
    def has_subject(self) -> bool:
        """Whether a vendor or a place is named."""
        return bool(self.vendors or self.places)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence of a passage, as a span of the body, and what it names."""

    span: Span
    text: str
    mentions: Mentions
    stems: frozenset[str]  # stems by the passage's language, and the folded words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage as published at this moment, read sentence by sentence."""

    held: HeldPassage
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A passage that may answer: how well, in what standing, and why.

    ``worth`` is each sentence's value for the quote, by its number.
    """

    score: float
    standing: Standing
    worth: Mapping[int, float]
    reasons: tuple[str, ...]


def demand(
    question: Question,
    *,
    places: frozenset[str],
    law_places: frozenset[str],
    light: frozenset[str],
    since: frozenset[int] = frozenset(),
) -> Demand:
    """What the question demands of a passage.

    ``places`` are the accepted places, ``light`` the concepts of little weight,
    ``since`` the question's years that are lower bounds.
    """
    names = {word for name in question.unknown for word in _folded_words(name)}
    units = [
        Unit(concept, LIGHT if concept in light else 1.0, concept=concept)
        for concept in question.mentions.concepts
    ]
    units += [
        Unit(term, 1.0, forms=_forms(term), needed=term in names)
        for term in question.terms
    ]
    return Demand(
        vendors=frozenset(question.mentions.vendors),
        places=places,
        law_places=law_places,
        units=tuple(units),
        years={year: year in since for year in question.mentions.years},
        amount=question.kind is QuestionKind.HOW_MUCH,
        law=question.kind is QuestionKind.LAW,
    )


def judge(wanted: Demand, candidate: Candidate) -> Verdict | None:
    """Whether the passage may answer, else None. Says nothing of other candidates."""
    standing = _standing(wanted, candidate.held)
    if standing is None or not _of_the_years(wanted, candidate):
        return None
    if wanted.amount and not any(c.isdigit() for c in candidate.held.passage.text):
        return None
    matched = [_matches(wanted, sentence) for sentence in candidate.sentences]
    held = frozenset().union(*matched)
    if any(unit.needed and unit not in held for unit in wanted.units):
        return None
    support = _support(wanted, held)
    if support is None:
        return None
    subject = 1.0 if wanted.has_subject else 0.5
    reasons = [f"standing:{standing}"]
    reasons += sorted(f"holds:{unit.label}" for unit in held)
    return Verdict(
        score=round(0.5 * subject + 0.5 * support, 4),
        standing=standing,
        worth=worth(wanted, candidate),
        reasons=tuple(reasons),
    )


def worth(wanted: Demand, candidate: Candidate) -> Mapping[int, float]:
    """Each sentence's value for the quote, by its number."""
    return {
        number: _worth(wanted, sentence, _matches(wanted, sentence))
        for number, sentence in enumerate(candidate.sentences)
    }


def _standing(wanted: Demand, held: HeldPassage) -> Standing | None:
    """How the passage stands to the subject; None where it is on something else."""
    vendors, places = set(held.passage.vendors), set(held.passage.places)
    on_vendor = not wanted.vendors or bool(vendors & wanted.vendors)
    on_place = not wanted.places or bool(places & wanted.places)
    if on_vendor and on_place:
        return Standing.DIRECT
    is_law = held.document.kind is Kind.LAW and not vendors
    if wanted.law and is_law and (not wanted.places or places & wanted.law_places):
        return Standing.WIDER_LAW
    return None


def _of_the_years(wanted: Demand, candidate: Candidate) -> bool:
    """Whether the passage is on one of the years asked about, by date or by words."""
    if not wanted.years:
        return True
    named = {y for sentence in candidate.sentences for y in sentence.mentions.years}
    dated: PartialDate | None = candidate.held.document.event_on
    years = named | ({dated.year} if dated else set())
    return any(
        year in years or (later and any(y >= year for y in years))
        for year, later in wanted.years.items()
    )


def _matches(wanted: Demand, sentence: Sentence) -> frozenset[Unit]:
    concepts = set(sentence.mentions.concepts)
    return frozenset(
        unit
        for unit in wanted.units
        if unit.concept in concepts or unit.forms & sentence.stems
    )


def _support(wanted: Demand, held: frozenset[Unit]) -> float | None:
    """The share of the demand that is met, or None where it is too little."""
    whole = sum(unit.weight for unit in wanted.units)
    met = sum(unit.weight for unit in wanted.units if unit in held)
    only_light = all(unit.weight == LIGHT for unit in wanted.units)
    if only_light:
        # "Is X active in Y", "What is X": whatever is held on the vendor is evidence.
        return (0.5 + 0.5 * (met / whole if whole else 1.0)) if wanted.vendors else None
    share = met / whole
    if wanted.has_subject:
        return share if share >= SUPPORT else None
    several = sum(unit.weight == 1.0 for unit in held) > 1
    return share if several and share >= SUPPORT_WITHOUT_SUBJECT else None


def _worth(wanted: Demand, sentence: Sentence, held: frozenset[Unit]) -> float:
    """A sentence's value for the quote: the subject it names, then what it supports."""
    value = 0.0
    if set(sentence.mentions.places) & (wanted.places | wanted.law_places):
        value += 2.0
    if set(sentence.mentions.vendors) & wanted.vendors:
        value += 1.0
    if wanted.amount and any(character.isdigit() for character in sentence.text):
        value += 0.5
    return value + 2.0 * sum(unit.weight for unit in held)


def _forms(term: str) -> frozenset[str]:
    return frozenset({term, *(stem(term, language) for language in LANGUAGES)})


def _folded_words(name: str) -> Sequence[str]:
    return [token.folded for token in tokens(name)]
