"""Fit the gate of follow-ups and write it beside the others in knowledge/models/gate.json.

``python -m tests.evaluation.fit_follow_ups DATA``, DATA as for ``fit_gate``. Of a talk
whose document answers the passage of that document counts as right, and no other is
looked at: a twin may answer, too. Of one that nothing answers the likeliest is wrong.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.conversation import resolve
from knowledge.follow_ups import FOLLOWED_AT_MOST, heard
from knowledge.gate import Gate
from knowledge.library import Library
from tests.evaluation.fit_gate import keep
from tests.evaluation.follow_ups import Talk, read_talks
from tests.evaluation.signals import known_to, opened

LET_THROUGH = 0.10
"""Of the talks that nothing answers, how many may be answered. They were written to tempt."""

AGAIN = 4
"""How often it is fitted again on the likeliest of each talk that nothing answers."""

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Heard:
    """A talk, and of each document that was likely what a judge says of its passage."""

    talk: Talk
    said: Sequence[tuple[str, Features]]


def talks(library: Library) -> Iterator[Heard]:
    """Those of which the second question is read behind the first."""
    known, answering = known_to(library), library.answering
    if answering.judge is None:
        raise SystemExit("fit_follow_ups: there is no judge to ask")
    for talk in read_talks():
        meant = resolve((talk.first,), talk.then, known)
        if meant.follows is None:
            continue
        question = replace(library.read(meant.text, talk.lang), follows=meant.follows)
        wanted = answering.retrieval.demand(question)
        found = sorted(answering.weigh(question), key=lambda each: -each.probability)
        likely = [each.candidate for each in found[:FOLLOWED_AT_MOST]]
        said = heard(answering.judge, question, meant.follows, wanted, likely)
        documents = [each.held.document.id for each in likely]
        yield Heard(talk, list(zip(documents, said, strict=True)))


def fitted(found: Sequence[Heard]) -> Gate:
    """The gate, its threshold chosen on the same talks."""
    right = [
        features
        for each in found
        if not each.talk.lacks
        for document, features in each.said
        if document == each.talk.id
    ]
    none = [
        [f for _, f in each.said] for each in found if each.talk.lacks and each.said
    ]
    gate = _gate(right, [features for each in none for features in each])
    for _ in range(AGAIN):
        gate = _gate(right, [max(each, key=gate.odds) for each in none])
    worst = sorted((max(map(gate.probability, each)) for each in none), reverse=True)
    return replace(
        gate, threshold=round(worst[int(LET_THROUGH * len(worst))], 4) + 1e-4
    )


def _gate(right: Sequence[Features], wrong: Sequence[Features]) -> Gate:
    names = sorted(right[0])
    rows = np.array([[one[name] for name in names] for one in (*right, *wrong)])
    model = LogisticRegression(max_iter=5000, class_weight="balanced")
    model.fit(rows, [True] * len(right) + [False] * len(wrong))
    weights = zip(names, model.coef_[0], strict=True)
    read = "".join(sorted(talk.first + talk.then for talk in read_talks()))
    return Gate(
        bias=round(float(model.intercept_[0]), 4),
        weights={name: round(float(weight), 4) for name, weight in weights},
        threshold=0.5,
        fitted_on=datetime.now(UTC).date().isoformat(),
        data=hashlib.sha256(read.encode()).hexdigest(),
    )


def report(found: Sequence[Heard], gate: Gate) -> str:
    """What the gate does to these talks."""
    passed = [
        [document for document, f in each.said if gate.probability(f) >= gate.threshold]
        for each in found
    ]
    both = list(zip(found, passed, strict=True))
    answered = [each.talk.id in shown for each, shown in both if not each.talk.lacks]
    refused = [not shown for each, shown in both if each.talk.lacks]
    return (
        f"follow-ups: of {len(answered)} that are answered {np.mean(answered):.3f} pass,"
        f" of {len(refused)} others {np.mean(refused):.3f} are refused"
    )


def main(data: Path) -> None:
    """Fit it and write it."""
    found = list(talks(opened(data)))
    gate = fitted(found)
    print(report(found, gate))
    keep({"followed": gate})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
