"""Questions far from a document's words → what the judge learns to read.

Each document of ``far_words`` has seven questions that its text answers, one in each
language, and five that look as if it did and that it leaves open; in ``farther_words``
those of one passage have fourteen and eight more. Their writers (models, who saw nothing
but the documents) were told to stay away from its words: what a reader says who has not
read it. None is about a document of the fold that is held out.

``natural_words`` has fourteen and three of every document, held out or not: what people
ask plainly. Those of them that were refused and that a second reader let pass are among
the documents' wordings; nothing is trained on them. So it is with ``varied_words``, whose
fourteen, six of them English, are by people as different as a bot is asked by: reporters,
lawyers, buyers, one who forgot the name, one who mistypes it.

Each that is answered is held against what retrieval finds of other documents as well: a
judge that is shown nothing but the right document unlearns to tell others from it.
"""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from knowledge.demands import Demand
from knowledge.evidence import Candidate
from knowledge.gate import Gates, features
from knowledge.judging import MOST_COMPARED, compared, prose
from knowledge.library import Library
from knowledge.model import Status
from tests.evaluation.groups import Group, Kind
from tests.evaluation.judge_groups import WAYS, others, ways
from tests.evaluation.near_groups import passages_of
from tests.evaluation.signals import admitted

FOLDER = Path(__file__).parent / "far_words"
FARTHER = Path(__file__).parent / "farther_words"
NATURAL = Path(__file__).parent / "natural_words"
VARIED = Path(__file__).parent / "varied_words"

MOST_ELSEWHERE = 3
"""Passages of other documents that a question which is answered is held against."""


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
    library: Library, rows: Iterable[Far], gates: Gates, chance: random.Random
) -> Iterator[Group]:
    """Each question against its document, where that has but one passage; and each that is
    answered against the likeliest of other documents, as ``gates`` have it.
    """
    answering = library.answering
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
            wanted = answering.retrieval.demand(question)
            own = answering.readings.asked(passages[0], language)
            alike = compared(wanted, own, language, MOST_COMPARED + 1)
            group = partial(
                Group, question=text, ways=ways(text, language, WAYS, chance)
            )
            yield group(
                kind=Kind.FAR,
                compared=others(text, [each.text for each in alike]),
                same=answers,
                passage=prose(wanted, own, question),
                answers=answers,
            )
            if answers:
                others_found = [
                    candidate
                    for found, candidate in admitted(library, question, wanted)
                    if found.held.document.id != row.id
                ]
                others_found.sort(key=partial(_likely, gates, wanted), reverse=True)
                for other in others_found[:MOST_ELSEWHERE]:
                    read = prose(wanted, other, question)
                    yield group(kind=Kind.ELSEWHERE, passage=read)


def _likely(gates: Gates, wanted: Demand, found: Candidate) -> float:
    known = features(wanted, found)
    return gates.unjudged(known).odds(known)
