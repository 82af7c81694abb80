"""What the judge learns from as it is used: all that is held against a question at once.

``groups`` says what a group is, ``judge_pairs`` has the single pairs that came before, and
``near_groups`` what is made of ``near.jsonl``.
"""

import hashlib
import random
from collections.abc import Iterable, Iterator

from knowledge.gate import Gates, features
from knowledge.judging import MOST_COMPARED, prose
from tests.evaluation.groups import Group, Kind
from tests.evaluation.judge_pairs import Pair, likest, typed
from tests.evaluation.labelled import HELD_OUT
from tests.evaluation.signals import Case

MOST_WEIGHED = 10
"""Passages of a labelled question: the likeliest before the judge. It is asked about six;
which these are changes with every gate."""

WAYS, WAYS_LABELLED = 1, 3
"""How else a question may be asked, as people type it. The labelled ones are few, and come
with ten passages each."""


def is_learned_from(text: str) -> bool:
    """Whether a text of PIAF or XQuAD, by its id, is in the half that is learned from.

    The other half is left to see by.
    """
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 0


def others(question: str, texts: Iterable[str]) -> tuple[str, ...]:
    """What may be held against a question: not itself, nothing twice, and no more than
    the judge compares.

    With itself it is always the same, so that it would teach nothing else.
    """
    unlike = [text for text in dict.fromkeys(texts) if text != question]
    return tuple(unlike[:MOST_COMPARED])


def ways(text: str, language: str, most: int, chance: random.Random) -> tuple[str, ...]:
    """The question as people type it, in at most so many ways."""
    drawn = (typed(text, language, chance) for _ in range(4 * most))
    return tuple(way for way in dict.fromkeys(drawn) if way != text)[:most]


def labelled(
    found: Iterable[Case], gates: Gates, chance: random.Random
) -> Iterator[Group]:
    """The labelled questions of all folds but the held-out one, with their likeliest
    passages.
    """
    for case in found:
        if case.label.fold == HELD_OUT:
            continue
        question = case.question
        asked = ways(question.asked, question.language, WAYS_LABELLED, chance)
        known = [features(case.wanted, c.candidate) for c in case.candidates]
        before = [gates.unjudged(each).odds(each) for each in known]
        likely = sorted(range(len(before)), key=lambda number: -before[number])
        for number in likely[:MOST_WEIGHED]:
            weighed = case.candidates[number]
            yield Group(
                kind=Kind.LABELLED,
                question=question.asked,
                ways=asked,
                compared=others(
                    question.asked, likest(case, weighed, MOST_COMPARED + 1)
                ),
                same=weighed.right,
                passage=prose(case.wanted, weighed.candidate, question),
                answers=weighed.right,
                before=before[number],
            )


def of_questions(kind: Kind, pairs: Iterable[Pair]) -> Iterator[Group]:
    """Pairs of two questions, a group each."""
    for question, text, answer in pairs:
        if alike := others(question, [text]):
            yield Group(kind=kind, question=question, compared=alike, same=answer > 0)


def of_passages(kind: Kind, pairs: Iterable[Pair]) -> Iterator[Group]:
    """Pairs of a question and a passage, a group each."""
    for question, text, answer in pairs:
        yield Group(kind=kind, question=question, passage=text, answers=answer > 0)
