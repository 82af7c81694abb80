"""Of the passages that were weighed for a question: which are told, and in what order.

Pure rules; whoever answers has searched and weighed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.evidence import Candidate
from knowledge.gate import NOTHING_MORE
from knowledge.model import Evidence, Question, QuestionKind, Standing

FURTHER = 0.995
"""How likely a passage beside the likeliest must answer a question that asks for more
than its subject. What the gate accepts is accepted for the likeliest alone: of the others
half did not answer (four fifths did from here on). A list is asked for all of them."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate that the laws admit, how likely it answers, and whether it passes."""

    candidate: Candidate
    standing: Standing
    features: Mapping[str, float]
    probability: float
    passes: bool


def told(found: Sequence[Weighed], kind: QuestionKind) -> Sequence[Weighed]:
    """Those that pass, and of them beside the likeliest those that are sure enough.

    Where a list is asked for, all that pass.

    A law of a wider place, which stands under a heading of its own, does not keep out
    what is on the subject itself.
    """
    passed = [weighed for weighed in found if weighed.passes]
    if kind is QuestionKind.LIST:
        return passed
    of_all = max((each.probability for each in passed), default=0.0)
    direct = [each for each in passed if each.standing is Standing.DIRECT]
    of_direct = max((each.probability for each in direct), default=0.0)

    def least(weighed: Weighed) -> float:
        likeliest = of_direct if weighed.standing is Standing.DIRECT else of_all
        return min(likeliest, FURTHER)

    return [
        each
        for each in passed
        if each.features[NOTHING_MORE] or each.probability >= least(each)
    ]


def in_order(
    question: Question, passed: Sequence[Evidence], *, ranked: bool
) -> list[Evidence]:
    """Direct evidence before law; a status newest first, else best first.

    Undated evidence comes last among its equals; ties keep the fused order. ``ranked``:
    what comes in is best first by a reranker already, which knows better than the gate.
    """

    def newest(evidence: Evidence) -> tuple[int, int, int]:
        dated = evidence.document.dated
        return (
            (-dated.year, -(dated.month or 0), -(dated.day or 0)) if dated else (0,) * 3
        )

    by_date = sorted(passed, key=newest)
    if ranked and question.kind is not QuestionKind.STATUS:
        by_date = list(passed)
    elif question.kind is not QuestionKind.STATUS:
        by_date = sorted(by_date, key=lambda evidence: -evidence.score)
    return sorted(
        by_date, key=lambda evidence: evidence.standing is not Standing.DIRECT
    )
