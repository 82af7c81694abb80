"""How like the question that is asked is one that a passage is known to answer.

Editors wrote down which questions a document answers. Two questions in a reader's words
are far more alike than a question and the prose that answers it, in any language, so
this tells much of whether the passage answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.analysis import tokens
from knowledge.demands import Demand, Unit
from knowledge.evidence import Candidate, OwnRead
from knowledge.model import OwnQuestion, Question
from knowledge.own_questions import is_whole, offered

OWN_REST = 0.5
"""How much counts what only the passage's question has, beside what only the asked has."""

LIGHT = 0.25
"""What a concept counts that nearly every question has."""


MARKS = 6
"""Characters by which two questions of the same words may differ in length."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the likest of a passage's questions is, 0..1.

    ``whole`` compares all of both; ``held`` is how much of what is asked it has;
    ``kind`` compares those that ask for the same kind of thing. All 0 without questions.
    """

    whole: float = 0.0
    held: float = 0.0
    kind: float = 0.0


def nearest(
    wanted: Demand, found: Sequence[Candidate], language: str
) -> tuple[OwnQuestion, ...]:
    """The question most like the one asked of each passage, in a language.

    Of those that may be put to a reader. Most alike first, ties in the order of the
    passages.
    """
    best: dict[str, float] = {}
    for candidate in found:
        put = offered(candidate.held.document.questions, language)
        scored = [
            (alike(wanted.units, question), question.text)
            for question in candidate.own
            if question.language == language and question.text in put
        ]
        if scored:
            score, text = max(scored, key=lambda pair: pair[0])
            best[text] = max(score, best.get(text, 0.0))
    ordered = sorted(best, key=lambda text: -best[text])
    return tuple(OwnQuestion(language, text) for text in ordered)


def asks_the_same(question: Question, found: Candidate) -> bool:
    """Whether the question asked is one of the passage's, word for word.

    Capitals, accents and marks aside. Then editors have said that it answers; of a longer
    document they have not said which passage does.
    """
    if not is_whole(found.held):
        return False
    asked = question.asked
    own = (*found.own, *found.worded)
    near = [each for each in own if abs(len(each.text) - len(asked)) <= MARKS]
    words = _folded(asked) if near else ()
    return any(_folded(each.text) == words for each in near)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


def likeness(wanted: Demand, own: Sequence[OwnRead]) -> Likeness:
    """Of all questions that are on the same subject, the best in each way."""
    whole = held = kind = 0.0
    concepts, forms = wanted.concepts, wanted.forms
    for question in own:
        if (
            wanted.units
            and concepts.isdisjoint(question.concepts)
            and forms.isdisjoint(question.forms)
        ):
            continue  # most are so: nothing is shared, and nothing more is to be told
        if _elsewhere(wanted, question):
            continue
        shared, asked, rest = _weights(wanted.units, question)
        same = _same(shared, asked, rest)
        whole = max(whole, same)
        held = max(held, shared / asked if asked else 1.0)
        if question.kind is wanted.kind:
            kind = max(kind, same)
    return Likeness(whole, held, kind)


def alike(units: Sequence[Unit], question: OwnRead) -> float:
    """How much of both questions is the same, 0..1; 1 where neither asks for more than
    its subject.
    """
    return _same(*_weights(units, question))


def _same(shared: float, asked: float, rest: float) -> float:
    return shared / (asked + OWN_REST * rest) if asked + rest else 1.0


def _elsewhere(wanted: Demand, question: OwnRead) -> bool:
    """Whether it names another vendor or another place."""
    vendors, places = question.vendors, question.places
    return bool(
        (wanted.vendors and vendors and vendors.isdisjoint(wanted.vendors))
        or (wanted.places and places and places.isdisjoint(wanted.places))
    )


def _weights(units: Sequence[Unit], question: OwnRead) -> tuple[float, float, float]:
    """The weight of what both have, of all that is asked, and of what only it has."""
    shared = asked = 0.0
    left = {*question.concepts, *(term for term, _ in question.terms)}
    for unit in units:
        weight = LIGHT if unit.light else 1.0
        asked += weight
        if unit.concept in question.concepts:
            shared += weight
            left.discard(unit.concept)
        elif not unit.forms.isdisjoint(question.forms):
            shared += weight
            left -= {
                term
                for term, stemmed in question.terms
                if term in unit.forms or stemmed in unit.forms
            }
    rest = len(left) - (1 - LIGHT) * len(left & question.light)
    return shared, asked, rest
