"""The figures: rankings and labels → numbers with intervals. Pure, and repeatable.

A ranking is document ids, best first, each once. ``relevance`` maps ids to grades; a
document that is not in it has grade 0.
"""

import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

RESAMPLES = 1000
SEED = 20261124
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Observation:
    """What one question adds to one measure: a part of a whole, e.g. 1 of 1, 2 of 3."""

    measure: str
    language: str
    part: float
    whole: float = 1.0


@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely an answer to a question seemed, 0..1, and whether there is one."""

    language: str
    answerable: bool
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A question over the knowledge base that went wrong, and what was shown.

    ``how``: "refused" though something held answers, "answered" though nothing does, or
    "misled" by a first passage that may not be shown for it. ``shown`` are the ids of the
    documents, best first; ``likeliest`` is how likely the likeliest answer seemed, 0..1.
    """

    id: str
    language: str
    text: str
    how: Literal["refused", "answered", "misled"]
    shown: tuple[str, ...]
    likeliest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A mean with its 95 % confidence interval, over ``questions`` questions."""

    mean: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's figure, for one language or, where that is None, for all."""

    measure: str
    language: str | None
    figure: Figure


def hit_at_1(ranking: Sequence[str], relevance: Mapping[str, int]) -> float:
    """1 where the first document is relevant, else 0."""
    return float(bool(ranking) and relevance.get(ranking[0], 0) > 0)


def recall_at(
    depth: int, ranking: Sequence[str], relevance: Mapping[str, int]
) -> float:
    """The share of the relevant documents among the first ``depth``; 0 without any."""
    relevant = {document for document, grade in relevance.items() if grade > 0}
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], relevance: Mapping[str, int]) -> float:
    """1/rank of the first relevant document; 0 where there is none."""
    for rank, document in enumerate(ranking, start=1):
        if relevance.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def ndcg_at(depth: int, ranking: Sequence[str], relevance: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ``depth``; 0 without any gain.

    The gain is the grade itself and the discount log2(rank + 1), as in Järvelin and
    Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4),
    2002, in the form of trec_eval's ndcg_cut, which BEIR reports.
    """
    grades = [max(0, relevance.get(document, 0)) for document in ranking[:depth]]
    ideal = sorted((max(0, grade) for grade in relevance.values()), reverse=True)
    best = _discounted(ideal[:depth])
    return _discounted(grades) / best if best else 0.0


def figure(observations: Sequence[Observation], seed: int = SEED) -> Figure:
    """The sum of the parts over the sum of the wholes, with an interval.

    The interval is the percentile bootstrap's over questions (Efron, 1979): the same
    seed gives the same interval. Raises ValueError without observations that count.
    """
    pairs = [(o.part, o.whole) for o in observations if o.whole]
    if not pairs:
        raise ValueError("no observation that counts")
    # No guess is made for a password here: a seed is wanted.
    source = random.Random(seed)  # noqa: S311
    means = sorted(_mean(source.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    tail = (1 - CONFIDENCE) / 2
    return Figure(
        mean=_mean(pairs),
        low=means[math.floor(tail * (RESAMPLES - 1))],
        high=means[math.ceil((1 - tail) * (RESAMPLES - 1))],
        questions=len(pairs),
    )


def auroc(confidences: Sequence[Confidence]) -> float:
    """How often, of an answerable and an unanswerable question, the former seemed likelier.

    The area under the receiver operating characteristic, as the Mann–Whitney statistic
    (Hanley and McNeil, Radiology 143, 1982); a tie counts half. Raises ValueError where
    one of the two sorts is missing.
    """
    yes = [c.value for c in confidences if c.answerable]
    no = sorted(c.value for c in confidences if not c.answerable)
    if not yes or not no:
        raise ValueError("questions of one sort only")
    below = (bisect_left(no, value) + bisect_right(no, value) for value in yes)
    return sum(below) / 2 / len(yes) / len(no)


def separation(confidences: Sequence[Confidence], seed: int = SEED) -> Figure:
    """The AUROC with an interval by the percentile bootstrap within both sorts."""
    sorts = [[c for c in confidences if c.answerable is side] for side in (True, False)]
    source = random.Random(seed)  # noqa: S311
    drawn = sorted(
        auroc([c for sort in sorts for c in source.choices(sort, k=len(sort))])
        for _ in range(RESAMPLES)
    )
    tail = (1 - CONFIDENCE) / 2
    return Figure(
        mean=auroc(confidences),
        low=drawn[math.floor(tail * (RESAMPLES - 1))],
        high=drawn[math.ceil((1 - tail) * (RESAMPLES - 1))],
        questions=len(confidences),
    )


def separations(
    confidences: Sequence[Confidence], seed: int = SEED
) -> tuple[Measured, ...]:
    """The AUROC over all questions, then by language; none without both sorts."""
    languages = sorted({c.language for c in confidences})
    groups: list[str | None] = [None, *(languages if len(languages) > 1 else ())]
    measured = []
    for language in groups:
        members = [c for c in confidences if language in (None, c.language)]
        if len({c.answerable for c in members}) > 1:
            measured.append(Measured("auroc", language, separation(members, seed)))
    return tuple(measured)


def summarise(
    observations: Sequence[Observation], seed: int = SEED
) -> tuple[Measured, ...]:
    """Every measure over all questions, then by language where there are several.

    In the order in which the measures first come; languages in theirs.
    """
    measures = list(dict.fromkeys(o.measure for o in observations))
    languages = sorted({o.language for o in observations})
    groups: list[str | None] = [None, *(languages if len(languages) > 1 else ())]
    measured = []
    for language in groups:
        for measure in measures:
            members = [
                o
                for o in observations
                if o.measure == measure and language in (None, o.language)
            ]
            if any(o.whole for o in members):
                measured.append(Measured(measure, language, figure(members, seed)))
    return tuple(measured)


def _discounted(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def _mean(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(part for part, _ in pairs) / sum(whole for _, whole in pairs)
