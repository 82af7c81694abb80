"""The questions written for this project, and how they are split.

Split by document, never by question: what is asked about one document is all on one
side. A question without an answer goes by its own id.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).parent / "questions"
HARDER = Path(__file__).parent / "harder_questions"
"""Written later: what a text tells in passing, and what a reader would ask next and no
text tells."""

UNSEEN = Path(__file__).parent / "unseen_questions"
"""Written last, from the bare documents, by writers who saw no other question: what a
reader of the whole starter set meets. No weights are trained or fitted on them; what a
file's showed was mended before the next one's were written, and one threshold is chosen
on all but the last (``settle_threshold``)."""

FOLDS = 4
HELD_OUT = 0
"""The fold that no model is trained on; the gate is fitted and checked on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question with what answers it.

    ``must``: documents of which one has to be among the first three. ``relevant``: all
    that may be shown. Both are empty where nothing held answers.
    """

    id: str
    lang: str
    text: str
    context: tuple[str, ...]
    answerable: bool
    must: tuple[str, ...]
    relevant: tuple[str, ...]
    type: str
    wrong: str | None

    @property
    def fold(self) -> int:
        """0 to 3, by its first document."""
        key = self.must[0] if self.must else self.id
        return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def read_questions(folder: Path = QUESTIONS, file: str = "*") -> tuple[Labelled, ...]:
    """All questions of a folder, or of one file in it, by file and line."""
    return tuple(
        _labelled(json.loads(line))
        for path in sorted(folder.glob(f"{file}.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )


def _labelled(row: dict[str, Any]) -> Labelled:
    lists = {key: tuple(row[key]) for key in ("context", "must", "relevant")}
    return Labelled(**{**row, **lists})


def data_hash(questions: Sequence[Labelled]) -> str:
    """A sha-256 over the questions, to say on which of them numbers were fitted."""
    return hashlib.sha256(
        repr(sorted(q.id + q.text for q in questions)).encode()
    ).hexdigest()
