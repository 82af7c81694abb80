"""What a judge says of passages for a question that goes on with the one before it.

Read behind that one it is found; but a passage on what was asked before seems to answer
both. So a passage is held against the question by itself, too, and against the one
before: what of it says more than that one asked?
"""

from collections.abc import Mapping, Sequence
from math import exp, log

from knowledge.demands import Demand
from knowledge.evidence import Candidate
from knowledge.judging import compared, prose
from knowledge.model import FollowUp, Question
from knowledge.ports import Judge

FOLLOWED_AT_MOST = 4
"""Passages that are held against it: of 273 follow-ups that a passage answers it is among
the four likeliest for 267."""

ALONE = "alone"
"""The feature of what is said of the likest own questions and the question by itself."""

FURTHER_OWN = "further-own"
"""The feature of the own question that is nearer to both questions than to the first."""

ALONE_READ, BOTH_READ, BEFORE_READ = "alone-read", "both-read", "before-read"
"""The features of what is said of the passage: and the question by itself, and both, and
the one before."""

NO_OWN = -9.0
"""The log-odds where a passage has no own question to compare."""

FAR = -4.0
"""Log-odds from which an own question is as far from the first question as can be."""


def heard(
    judge: Judge,
    question: Question,
    follows: FollowUp,
    wanted: Demand,
    found: Sequence[Candidate],
) -> Sequence[Mapping[str, float]]:
    """For each of the candidates a judge's log-odds by the name of the feature.

    Raises ModelUnavailable.
    """
    asked = (follows.alone, question.asked, follows.before)
    own = [compared(wanted, each, question.language) for each in found]
    texts = [
        (*(one.text for one in few), prose(wanted, each, question))
        for few, each in zip(own, found, strict=True)
    ]
    pairs = [(one, text) for each in texts for one in asked for text in each]
    said = iter(judge.log_odds(pairs))
    return [_features(*([next(said) for _ in each] for _ in asked)) for each in texts]


def _features(
    alone: Sequence[float], both: Sequence[float], before: Sequence[float]
) -> Mapping[str, float]:
    """Of each of the three what is said of the own questions, and last of the passage."""
    *own, read = alone
    further = [
        to_both - max(to_first, FAR)
        for to_both, to_first in zip(both[:-1], before[:-1], strict=True)
    ]
    return {
        ALONE: log(sum(map(exp, own))) if own else NO_OWN,
        FURTHER_OWN: max(further, default=NO_OWN),
        ALONE_READ: read,
        BOTH_READ: both[-1],
        BEFORE_READ: before[-1],
    }
