"""What a judge says of the candidates for a question: of few, as its time is dear.

Two steps: the likeliest candidates' own questions are compared with the one asked, which
is cheap; then the passages of the likeliest of those are read. What stays unread is so
far behind that nothing is lost (the first passage and the AUROC of refusal on held-out
questions are the same with three read as with six).
"""

from collections.abc import Collection, Mapping, Sequence
from math import exp, log

from knowledge.evidence import Candidate, Demand
from knowledge.gate import JUDGED, READ
from knowledge.judging import compared, prose
from knowledge.model import Question
from knowledge.ports import Judge

JUDGED_AT_MOST = 6
"""Candidates that a judge is asked about: the likeliest without it. With four a hundredth
less often the right one is among them."""

READ_AT_MOST = 3
"""Of those that have own questions to compare, how many passages are read."""


def judgements(
    judge: Judge,
    question: Question,
    wanted: Demand,
    found: Sequence[Candidate],
    odds: Mapping[int, float],
) -> Mapping[int, Mapping[str, float]]:
    """A judge's log-odds by the number of a candidate and the name of the feature.

    ``odds`` are the log-odds without a judge of those that it may be asked about, by
    their numbers in ``found``. Raises ModelUnavailable.
    """
    likely = sorted(odds, key=lambda number: -odds[number])[:JUDGED_AT_MOST]
    said = _likest(
        judge, question, wanted, {number: found[number] for number in likely}
    )
    best = sorted(said, key=lambda number: -(odds[number] + said[number]))
    to_read = _in_order(likely, {*best[:READ_AT_MOST], *(set(likely) - set(said))})
    texts = [prose(wanted, found[number], question) for number in to_read]
    read = judge.log_odds([(question.text, text) for text in texts])
    return {
        number: {READ: score, **({JUDGED: said[number]} if number in said else {})}
        for number, score in zip(to_read, read, strict=True)
    }


def _likest(
    judge: Judge, question: Question, wanted: Demand, found: Mapping[int, Candidate]
) -> Mapping[int, float]:
    """Of each that has own questions, that one of those compared asks the same.

    Log-odds; the sum of what is said of each, so that several that come near count for
    more than one does.
    """
    pairs = [
        (number, text)
        for number, candidate in found.items()
        for text in compared(wanted, candidate, question.language)
    ]
    scores = judge.log_odds([(question.text, text) for _, text in pairs])
    said: dict[int, list[float]] = {}
    for (number, _), score in zip(pairs, scores, strict=True):
        said.setdefault(number, []).append(score)
    return {number: log(sum(map(exp, odds))) for number, odds in said.items()}


def _in_order(numbers: Sequence[int], chosen: Collection[int]) -> Sequence[int]:
    return [number for number in numbers if number in chosen]
