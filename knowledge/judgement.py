"""What a judge says of the candidates for a question: of few, as its time is dear.

Two steps: the likeliest candidates' own questions are compared with the one asked, which
is cheap; then the passages of the likeliest of those are read. What stays unread is so
far behind that nothing is lost (the first passage and the AUROC of refusal on held-out
questions are the same with three read as with six).
"""

from collections.abc import Collection, Mapping, Sequence
from math import exp, log

from knowledge.demands import Demand
from knowledge.evidence import Candidate
from knowledge.gate import AS_WIDE, JUDGED, READ
from knowledge.judging import compared, is_as_wide, prose
from knowledge.model import Question
from knowledge.ports import Judge

JUDGED_AT_MOST = 6
"""Candidates that a judge is asked about. With four a hundredth less often the right one
is among them."""

LIKELIEST = 4
"""So many of them are the likeliest by the gate; the others are those that the indexes
found first. Of 763 held-out and harder questions that a candidate answers it is among the
six for 759 so, for 753 with the likeliest alone, 760 with the first of the indexes alone;
what a gate makes little of, and the indexes of much, is so heard once."""

READ_AT_MOST = 3
"""Of those that have own questions to compare, how many passages are read."""

NARROWER = -9.0
"""The log-odds of ``AS_WIDE`` where every own question is narrower than the one asked."""


def judgements(
    judge: Judge,
    question: Question,
    wanted: Demand,
    found: Sequence[Candidate],
    odds: Mapping[int, float],
) -> Mapping[int, Mapping[str, float]]:
    """A judge's log-odds by the number of a candidate and the name of the feature.

    ``odds`` are the log-odds without a judge of those that it may be asked about, by
    their numbers in ``found``, which is in the order of the ranking. Raises
    ModelUnavailable.
    """
    likely = _to_judge(odds)
    said = _likest(
        judge, question, wanted, {number: found[number] for number in likely}
    )
    best = sorted(said, key=lambda number: -(odds[number] + said[number][JUDGED]))
    to_read = _in_order(likely, {*best[:READ_AT_MOST], *(set(likely) - set(said))})
    texts = [prose(wanted, found[number], question) for number in to_read]
    read = judge.log_odds([(question.asked, text) for text in texts])
    return {
        number: {READ: score, **said.get(number, {})}
        for number, score in zip(to_read, read, strict=True)
    }


def _to_judge(odds: Mapping[int, float]) -> Sequence[int]:
    """The numbers of the likeliest, then of those first in the ranking."""
    likeliest = sorted(odds, key=lambda number: -odds[number])[:LIKELIEST]
    ranked = [number for number in sorted(odds) if number not in likeliest]
    return (*likeliest, *ranked[: JUDGED_AT_MOST - LIKELIEST])


def _likest(
    judge: Judge, question: Question, wanted: Demand, found: Mapping[int, Candidate]
) -> Mapping[int, Mapping[str, float]]:
    """Of each that has own questions, that one of those compared asks the same.

    Of all of them, and of those that are no narrower.
    """
    pairs = [
        (number, own)
        for number, candidate in found.items()
        for own in compared(wanted, candidate, question.language)
    ]
    scores = judge.log_odds([(question.asked, own.text) for _, own in pairs])
    said: dict[int, list[tuple[float, bool]]] = {}
    for (number, own), score in zip(pairs, scores, strict=True):
        said.setdefault(number, []).append((score, is_as_wide(own, question)))
    return {
        number: {
            JUDGED: _either([score for score, _ in heard]),
            AS_WIDE: _either([score for score, wide in heard if wide]),
        }
        for number, heard in said.items()
    }


def _either(odds: Sequence[float]) -> float:
    """The sum of what is said of each, so that several that come near count for more than
    one does; log-odds.
    """
    return log(sum(map(exp, odds))) if odds else NARROWER


def _in_order(numbers: Sequence[int], chosen: Collection[int]) -> Sequence[int]:
    return [number for number in numbers if number in chosen]
