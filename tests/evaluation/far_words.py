"""Questions far from a document's words → what the judge learns to read.

Each document of ``far_words`` has seven questions that its text answers, one in each
language, and five that look as if it did and that it leaves open. Their writers (models,
who saw nothing but the documents) were told to stay away from its words: what a reader
says who has not read it. None is about a document of the fold that is held out.
"""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.judging import prose
from knowledge.library import Library
from knowledge.model import Status
from tests.evaluation.groups import Group, Kind
from tests.evaluation.judge_groups import WAYS, ways
from tests.evaluation.near_groups import passages_of

FOLDER = Path(__file__).parent / "far_words"


@dataclass(frozen=True, slots=True)
class Far:
    """What was written beside a document: (language, question), and for those that it
    leaves open what it lacks.
    """

    id: str
    held: Sequence[tuple[str, str]]
    beside: Sequence[tuple[str, str, str]]


def read_far(folder: Path = FOLDER) -> tuple[Far, ...]:
    """All of a folder, by file and line."""
    return tuple(
        Far(**json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )


def far_words(
    library: Library, rows: Iterable[Far], chance: random.Random
) -> Iterator[Group]:
    """Each question against its document's passage, of documents that have but one."""
    retrieval = library.answering.retrieval
    documents = {d.id: d for d in library.documents(Status.PUBLISHED)}
    for row in rows:
        held = documents.get(row.id)
        passages = passages_of(library, held) if held else []
        if len(passages) != 1:
            continue
        asked = [(language, text, True) for language, text in row.held]
        asked += [(language, text, False) for language, text, _ in row.beside]
        for language, text, answers in asked:
            question = library.read(text, language)
            yield Group(
                kind=Kind.FAR,
                question=text,
                ways=ways(text, language, WAYS, chance),
                passage=prose(retrieval.demand(question), passages[0], question),
                answers=answers,
            )
