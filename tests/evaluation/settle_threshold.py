"""Choose from which probability a judged passage is shown, on the unseen questions.

``python -m tests.evaluation.settle_threshold DATA`` asks them as a reader would, DATA as
for ``fit_gate``, and writes the threshold into knowledge/models/gate.json; the weights
stay. ``fit_gate`` chooses one on what its weights are fitted on, where plain questions
that nothing answers, and those that tempt, are not mixed as readers mix them.

It is the smallest at which the risk is controlled (see ``fit_gate``) and no more of the
questions without an answer are answered than is accepted. A set that is asked here is no
longer unseen: another has to tell how far the threshold goes.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.gate import JUDGED, Gate
from knowledge.library import Library
from knowledge.model import Answered
from tests.evaluation.fit_gate import (
    ACCEPTED_RISK,
    LET_THROUGH,
    Outcome,
    controlled,
    keep,
)
from tests.evaluation.labelled import UNSEEN, Labelled, read_questions
from tests.evaluation.signals import opened

STILL_UNSEEN = frozenset({"may"})
"""What was asked for the first time with the threshold that the others gave."""

LOWEST = 0.4
"""No threshold below is tried."""


def sets() -> Mapping[str, Sequence[Labelled]]:
    """The unseen questions by their set, without follow-ups, which another gate weighs."""
    return {
        path.stem: [q for q in read_questions(UNSEEN, path.stem) if not q.context]
        for path in sorted(UNSEEN.glob("*.jsonl"))
        if path.stem not in STILL_UNSEEN
    }


def outcomes(
    library: Library, gate: Gate, labels: Sequence[Labelled]
) -> Iterator[Outcome]:
    """What is made of each where nearly all is shown: how likely the likeliest is,
    whether the first that is shown is wrong, and whether anything answers.
    """
    answering = library.answering
    judged = replace(gate, threshold=LOWEST)
    answering = replace(answering, gates=replace(answering.gates, judged=judged))
    for label in labels:
        answer = answering.answer(library.read(label.text, label.lang), 1)
        shown = answer.evidence[0].document.id if isinstance(answer, Answered) else ""
        yield answer.likeliest, shown not in label.relevant, label.answerable


def main(data: Path) -> None:
    """Choose it, write it, and say what it does to each set."""
    library = opened(data)
    gate = library.answering.gates.judged
    if gate is None:
        raise SystemExit("settle_threshold: there is no gate to settle")
    made = {n: list(outcomes(library, gate, each)) for n, each in sets().items()}
    every = [one for each in made.values() for one in each]
    threshold = controlled(every, ACCEPTED_RISK[JUDGED], LET_THROUGH)
    print(f"threshold {threshold}")
    for name, each in made.items():
        right = [
            p >= threshold and not bad for p, bad, answerable in each if answerable
        ]
        none = [p < threshold for p, _, answerable in each if not answerable]
        print(
            f"{name}: answered with the right one first {sum(right) / len(right):.3f},"
            f" refused {sum(none) / len(none):.3f}"
        )
    keep({JUDGED: replace(gate, threshold=threshold)})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
