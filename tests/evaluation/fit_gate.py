"""Fit the gate's numbers on the labelled questions and write knowledge/models/gate.json.

Run from the top folder: ``python -m tests.evaluation.fit_gate DATA`` where DATA is any
folder for the library. The gates that weigh what a judge says are fitted on the held-out
fold alone, on which the judge was not trained; the others on all questions.

The threshold comes from conformal risk control (Angelopoulos et al., ICLR 2024): the
smallest one at which (n · R + 1) / (n + 1) stays within the accepted risk, where R is the
share of questions that would get a wrong answer: an unanswerable one that is answered,
or one whose first passage may not be shown for it.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import knowledge
from knowledge.adapters.judge import OnnxJudge
from knowledge.gate import (
    AS_WIDE,
    BEFORE,
    JUDGED,
    OWN,
    READ,
    Gate,
    Gates,
    asks_nothing_more,
    features,
)
from knowledge.judgement import judgements
from knowledge.ports import Judge
from tests.evaluation.labelled import HELD_OUT, Labelled, data_hash, read_questions
from tests.evaluation.question_sets import set_aside
from tests.evaluation.signals import Case, cases, opened

MODELS = Path(knowledge.__file__).parent / "models"
ACCEPTED_RISK = {"bare": 0.10, "own": 0.08, "judged": 0.02, "read": 0.06}
"""Of all questions, how many may get a wrong first passage or a needless answer.

The goal is 0.02. At that the features of a gate would answer too few of the questions
that can be answered, so this is what is accepted for each, and said.
"""

AGAIN = 2
"""How often a gate is fitted again on the likeliest of each question."""

LET_THROUGH = 0.02
"""Of the questions without an answer, how many may be answered where a judge is asked.

Most questions have one, so that few of all would still be many of these.
"""

LET_THROUGH_OF_ALL = 0.05
"""The same of all that was set aside, whose harder and plain questions without an answer
were written to tempt: right vendor, right place, and what a reader would ask next.
"""

Outcome = tuple[float, bool, bool]
"""Of a question its best probability, whether the passage that comes first is wrong, and
whether it has an answer."""

Named = Sequence[Sequence[dict[str, float]]]


def bare(found: Sequence[Case]) -> list[list[dict[str, float]]]:
    """Each case's features, as if no passage had questions of its own."""
    return [
        [
            dict(features(case.wanted, replace(c.candidate, own=(), worded=())))
            for c in case.candidates
        ]
        for case in found
    ]


def with_own(found: Sequence[Case]) -> list[list[dict[str, float]]]:
    """Each case's features, candidate by candidate, before any judge is asked."""
    return [
        [dict(features(case.wanted, c.candidate)) for c in case.candidates]
        for case in found
    ]


def judged(
    found: Sequence[Case],
    named: Named,
    gates: Gates,
    judge: Judge,
    told: frozenset[str],
) -> Iterator[tuple[Case, list[dict[str, float]]]]:
    """Each case with the likeliest candidates alone, as a judge is asked about them.

    What is compared follows from the features: a passage whose questions they leave out
    is only read. Those of which the judge tells all that is in ``told`` are kept.
    """
    for case, each in zip(found, named, strict=True):
        held = [
            c.candidate if features[OWN] else replace(c.candidate, own=(), worded=())
            for c, features in zip(case.candidates, each, strict=True)
        ]
        odds = {n: gates.unjudged(one).odds(one) for n, one in enumerate(each)}
        said = judgements(judge, case.question, case.wanted, held, odds)
        best = {n: said[n] for n in sorted(said) if told <= set(said[n])}
        weighed = []
        for number, heard in best.items():
            both = gates.with_judgement(each[number], heard)
            weighed.append({name: both[name] for name in (BEFORE, *told)})
        if best:
            kept = tuple(case.candidates[number] for number in best)
            yield replace(case, candidates=kept), weighed


def fitted(
    found: Sequence[Case],
    named: Named,
    labels: Sequence[Labelled],
    *,
    of_likeliest: bool = False,
) -> Gate:
    """A gate whose weights are fitted on these cases; its threshold is not chosen yet.

    ``of_likeliest``: fitted again on the likeliest of each question alone, as it decides
    whether there is an answer: what tells passages of one question apart, such as shared
    words, tells less of that.
    """
    rights = [[c.right for c in case.candidates] for case in found]
    gate = _gate(named, rights, labels)
    for _ in range(AGAIN if of_likeliest else 0):
        best = [
            max(range(len(each)), key=lambda n: gate.odds(each[n])) for each in named
        ]
        gate = _gate(
            [[each[n]] for each, n in zip(named, best, strict=True)],
            [[right[n]] for right, n in zip(rights, best, strict=True)],
            labels,
        )
    return gate


def _gate(
    named: Named, rights: Sequence[Sequence[bool]], labels: Sequence[Labelled]
) -> Gate:
    """The logistic model of these features; its threshold is not chosen yet."""
    flat = [held for each in named for held in each]
    names = sorted(name for name in flat[0] if len({one[name] for one in flat}) > 1)
    rows = np.array([[held[name] for name in names] for held in flat])
    right = [one for each in rights for one in each]
    model = LogisticRegression(C=1.0, max_iter=5000).fit(rows, right)
    return Gate(
        bias=round(float(model.intercept_[0]), 4),
        weights={
            n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)
        },
        threshold=0.5,
        fitted_on=datetime.now(UTC).date().isoformat(),
        data=data_hash(labels),
    )


def outcomes(
    found: Sequence[Case], named: Named, gate: Gate, lead: Sequence[Sequence[float]]
) -> list[Outcome]:
    """What the gate does to each question; the passage with most of ``lead`` comes first."""
    made = []
    for case, each, leads in zip(found, named, lead, strict=True):
        # Of equals the first: candidates come in the order of the fused ranking.
        first = max(range(len(each)), key=lambda n: leads[n], default=None)
        likeliest = max((gate.probability(held) for held in each), default=0.0)
        wrong = first is not None and not case.candidates[first].right
        made.append((likeliest, wrong, case.label.answerable))
    return made


def controlled(made: Sequence[Outcome], risk: float, let_through: float = 1.0) -> float:
    """The smallest threshold whose corrected risk is accepted, and at which no more of the
    questions without an answer are answered than the share ``let_through``.
    """
    n, none = len(made), sum(not answerable for *_, answerable in made)
    for threshold in sorted({round(p, 4) for p, *_ in made}):
        answered = [each for each in made if each[0] >= threshold]
        wrong = sum(bad for _, bad, _ in answered)
        in_vain = sum(not answerable for *_, answerable in answered)
        if (wrong + 1) / (n + 1) <= risk and in_vain <= let_through * none:
            return threshold
    return 0.999


def report(
    label: str, made: Sequence[Outcome], gate: Gate, say: Callable[[str], object]
) -> None:
    """What the gate does to these questions."""
    yes = [(p, bad) for p, bad, answerable in made if answerable]
    no = [p for p, _, answerable in made if not answerable]
    t = gate.threshold
    say(
        f"{label}: threshold {t:.3f}; answered {sum(p >= t for p, _ in yes) / len(yes):.3f}"
        f" of the answerable, refused {sum(p < t for p in no) / len(no):.3f} of the rest;"
        f" first right {sum(not bad for _, bad in yes) / len(yes):.3f}"
    )


def decided(label: str, found: Sequence[Case], named: Named, gate: Gate) -> Gate:
    """The gate with its threshold chosen on these cases, which it puts in order itself."""
    leads = [[gate.odds(one) for one in each] for each in named]
    made = outcomes(found, named, gate, leads)
    gate = replace(gate, threshold=controlled(made, ACCEPTED_RISK[label]))
    report(label, made, gate, print)
    return gate


def main(data: Path) -> None:
    """Fit the gates and write them."""
    labels = read_questions()
    library = opened(data)
    found = list(cases(library, labels))
    asking = asking_more(found)
    gates: dict[str, Gate] = {}
    for label, cases_, named_ in (
        ("bare", found, bare(found)),
        ("own", asking, with_own(asking)),
    ):
        gate = fitted(cases_, named_, labels)
        gates[label] = decided(label, cases_, named_, gate)
    if (MODELS / "judge" / "judge.onnx").is_file():
        judge = OnnxJudge(MODELS / "judge")
        without = Gates(bare=gates["bare"], own=gates["own"])
        gates[READ] = reading_gate(
            [case for case in asking if case.label.fold == HELD_OUT],
            without,
            judge,
            labels,
        )
        unseen = {
            name: asking_more(list(cases(library, each)))
            for name, each in set_aside().items()
        }
        gates |= judged_gates(unseen, without, judge)
    keep(gates)


def asking_more(found: Sequence[Case]) -> Sequence[Case]:
    """Those that ask for more than their subject, which are all that a judge is asked."""
    return [case for case in found if not asks_nothing_more(case.wanted)]


def reading_gate(
    held_out: Sequence[Case], without: Gates, judge: Judge, labels: Sequence[Labelled]
) -> Gate:
    """The gate of passages that a judge can only read."""
    both = list(judged(held_out, bare(held_out), without, judge, frozenset({READ})))
    asked, heard = [case for case, _ in both], [each for _, each in both]
    gate = fitted(asked, heard, labels, of_likeliest=True)
    return decided(READ, asked, heard, gate)


def judged_gates(
    unseen: Mapping[str, Sequence[Case]], without: Gates, judge: Judge
) -> dict[str, Gate]:
    """The gate that weighs what a judge says, and the one that puts in order.

    Fitted on the held-out and the harder questions. The threshold is the lowest at which
    the risk is controlled on the held-out ones and not too much of all is let through.
    """
    told = frozenset({JUDGED, AS_WIDE, READ})
    heard = {
        name: list(judged(found, with_own(found), without, judge, told))
        for name, found in unseen.items()
    }
    both = [*heard["held-out"], *heard["harder"]]
    labels = [case.label for case, _ in both]
    answered = [(case, each) for case, each in both if case.label.answerable]
    first = fitted(
        [case for case, _ in answered],
        [less(each, JUDGED) for _, each in answered],
        labels,
    )
    gate = fitted(
        [case for case, _ in both],
        [less(each, AS_WIDE) for _, each in both],
        labels,
        of_likeliest=True,
    )
    made = {
        name: outcomes(
            [case for case, _ in each],
            [named for _, named in each],
            gate,
            [[first.odds(one) for one in named] for _, named in each],
        )
        for name, each in heard.items()
    }
    threshold = max(
        controlled(made["held-out"], ACCEPTED_RISK[JUDGED], LET_THROUGH),
        controlled(
            [one for each in made.values() for one in each], 1.0, LET_THROUGH_OF_ALL
        ),
    )
    gate = replace(gate, threshold=threshold)
    for name, each in made.items():
        report(f"{JUDGED}, {name}", each, gate, print)
    return {JUDGED: gate, "first": first}


def less(named: Sequence[dict[str, float]], feature: str) -> list[dict[str, float]]:
    """The same features less one."""
    return [{k: v for k, v in one.items() if k != feature} for one in named]


def keep(gates: Mapping[str, Gate]) -> None:
    """Write these gates into the file, beside those that it has of other names."""
    path = MODELS / "gate.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    held |= {name: record(gate) for name, gate in gates.items()}
    path.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


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
