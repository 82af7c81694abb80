"""Fit the gate's numbers on the labelled questions and write knowledge/models/gate.json.

Run from the top folder: ``python -m tests.evaluation.fit_gate DATA`` where DATA is any
folder for the library. The judge's features are fitted on the held-out fold alone, on
which it was not trained; the gate that stands alone on all questions.

The threshold comes from conformal risk control (Angelopoulos et al., ICLR 2024): the
smallest one at which (n · R + 1) / (n + 1) stays within the accepted risk, where R is the
share of questions that would get a wrong answer: an unanswerable one that is answered,
or one whose first passage may not be shown for it.
"""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import knowledge
from knowledge.adapters.judge import OnnxJudge
from knowledge.answering import JUDGED
from knowledge.gate import Gate, features
from tests.evaluation.labelled import HELD_OUT, Labelled, data_hash, read_questions
from tests.evaluation.signals import Case, cases, opened

MODELS = Path(knowledge.__file__).parent / "models"
ACCEPTED_RISK = 0.10
"""Of all questions, how many may get a wrong first passage or a needless answer.

The goal is 0.02. At that the present features would answer one question in eight, so
until a judge lifts them this is what is accepted, and said.
"""

IDLE = {"alone": ("judged", "judged-not"), "judged": ("judged-not",)}
"""Features that a gate has no use for: the same for all that it weighs."""

Named = Sequence[Sequence[dict[str, float]]]


def weigh(
    found: Sequence[Case], judge: OnnxJudge | None
) -> list[list[dict[str, float]]]:
    """Each case's features, candidate by candidate."""
    weighed = []
    for case in found:
        odds: Sequence[float | None] = [None] * len(case.candidates)
        if judge is not None:
            pairs = [(case.asked, c.told) for c in case.candidates[:JUDGED]]
            odds = judge.log_odds(pairs)
        weighed.append(
            [
                dict(features(case.wanted, c.candidate, odd))
                for c, odd in zip(case.candidates, odds, strict=False)
            ]
        )
    return weighed


def fitted(
    found: Sequence[Case], named: Named, labels: Sequence[Labelled], idle: Sequence[str]
) -> Gate:
    """A gate whose weights are fitted on these cases and its threshold chosen on them."""
    names = [name for name in named_features(named) if name not in idle]
    rows, right = [], []
    for case, each in zip(found, named, strict=True):
        for candidate, held in zip(case.candidates, each, strict=False):
            rows.append([held[name] for name in names])
            right.append(candidate.right)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(np.array(rows), right)
    gate = Gate(
        bias=round(float(model.intercept_[0]), 4),
        weights={
            n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)
        },
        threshold=0.5,
        fitted_on=datetime.now(UTC).date().isoformat(),
        data=data_hash(labels),
    )
    threshold = controlled(outcomes(found, named, gate))
    return Gate(
        bias=gate.bias,
        weights=gate.weights,
        threshold=threshold,
        fitted_on=gate.fitted_on,
        data=gate.data,
    )


def named_features(named: Named) -> list[str]:
    """The names of all features, in order."""
    return sorted(next(each for each in named if each)[0])


def outcomes(
    found: Sequence[Case], named: Named, gate: Gate
) -> list[tuple[float, bool]]:
    """For each question its best probability, and whether that passage is wrong."""
    made = []
    for case, each in zip(found, named, strict=True):
        scored = [
            (gate.probability(held), candidate.right)
            for candidate, held in zip(case.candidates, each, strict=False)
        ]
        # Of equals the first: candidates come in the order of the fused ranking.
        best = max(scored, key=lambda pair: pair[0], default=(0.0, True))
        made.append((best[0], not best[1]))
    return made


def controlled(
    made: Sequence[tuple[float, bool]], risk: float = ACCEPTED_RISK
) -> float:
    """The smallest threshold whose corrected risk is accepted."""
    n = len(made)
    for threshold in sorted({round(p, 4) for p, _ in made}):
        wrong = sum(p >= threshold and bad for p, bad in made)
        if (wrong + 1) / (n + 1) <= risk:
            return threshold
    return 0.999


def report(
    label: str,
    found: Sequence[Case],
    named: Named,
    gate: Gate,
    say: Callable[[str], object],
) -> None:
    """What the gate does to these questions."""
    made = outcomes(found, named, gate)
    pairs = list(zip(found, made, strict=True))
    yes = [(p, bad) for case, (p, bad) in pairs if case.label.answerable]
    no = [p for case, (p, _) in pairs if not case.label.answerable]
    t = gate.threshold
    say(
        f"{label}: threshold {t:.3f}; answered {sum(p >= t for p, _ in yes) / len(yes):.3f}"
        f" of the answerable, refused {sum(p < t for p in no) / len(no):.3f} of the rest;"
        f" first right {sum(not bad for _, bad in yes) / len(yes):.3f}"
    )


def main(data: Path) -> None:
    """Fit both gates and write them."""
    labels = read_questions()
    library = opened(data)
    found = list(cases(library, labels))
    named = weigh(found, None)
    alone = fitted(found, named, labels, IDLE["alone"])
    report("alone", found, named, alone, print)
    written: dict[str, object] = {"alone": record(alone)}
    if (MODELS / "judge" / "judge.onnx").is_file():
        held_out = [case for case in found if case.label.fold == HELD_OUT]
        named = weigh(held_out, OnnxJudge(MODELS / "judge"))
        judged = fitted(held_out, named, labels, IDLE["judged"])
        report("judged", held_out, named, judged, print)
        written["judged"] = record(judged)
    text = json.dumps(written, indent=1) + "\n"
    (MODELS / "gate.json").write_text(text, encoding="utf-8")


def record(gate: Gate) -> dict[str, object]:
    """The gate as the file holds it."""
    return {
        "bias": gate.bias,
        "weights": dict(sorted(gate.weights.items())),
        "threshold": gate.threshold,
        "fitted_on": gate.fitted_on,
        "data": gate.data,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
