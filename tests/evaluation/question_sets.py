"""The questions that the judge was not trained on, as folders that ``quis eval`` reads.

``python -m tests.evaluation.question_sets OUT`` writes ``held-out``, ``harder``,
``plain`` and the unseen ones, ``november`` to ``may``, in OUT; then ``quis eval OUT/held-out
--misses`` asks them as a reader would. Of the first three no document was trained on
either; the others ask about all of the starter set.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.evaluation.labelled import (
    HARDER,
    HELD_OUT,
    UNSEEN,
    Labelled,
    read_questions,
)
from tests.evaluation.plain import on_every_vendor


def set_aside() -> Mapping[str, Sequence[Labelled]]:
    """The questions that the judge was not trained on, by the set that they are of."""
    sets = {
        "held-out": read_questions(),
        "harder": read_questions(HARDER),
        "plain": tuple(on_every_vendor()),
    }
    return {
        name: [each for each in labels if each.fold == HELD_OUT]
        for name, labels in sets.items()
    }


def write(folder: Path) -> None:
    """A folder for each set, with its questions.jsonl."""
    files = (path.stem for path in UNSEEN.glob("*.jsonl"))
    unseen = {file: read_questions(UNSEEN, file) for file in files}
    for name, labels in {**set_aside(), **unseen}.items():
        made = folder / name
        made.mkdir(parents=True, exist_ok=True)
        rows = (json.dumps(asdict(each), ensure_ascii=False) for each in labels)
        text = "".join(f"{row}\n" for row in rows)
        (made / "questions.jsonl").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
