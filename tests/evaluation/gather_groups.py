"""Gather all that the judge may learn from into one file of groups.

``python -m tests.evaluation.gather_groups DATA PUBLIC OUT.gz``: DATA is any folder for the
library, PUBLIC holds ``squad2``, ``piaf_fr`` and ``xquad``. The fold HELD_OUT of the
labelled questions is not in it, nor the titles of SQuAD 2.0 that are kept to see by.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import knowledge
from knowledge.adapters.gate_file import load_gates
from knowledge.gate import Gates
from knowledge.library import Library
from knowledge.model import Status
from tests.evaluation.far_words import FARTHER, far_words, read_far
from tests.evaluation.groups import Group, Kind, write_groups
from tests.evaluation.judge_groups import (
    is_learned_from,
    labelled,
    of_passages,
    of_questions,
)
from tests.evaluation.judge_pairs import own_passages, self_taught, written
from tests.evaluation.labelled import HARDER, read_questions
from tests.evaluation.near_groups import near
from tests.evaluation.own_words import own_words
from tests.evaluation.plain import plain_questions
from tests.evaluation.public_pairs import abroad, squad
from tests.evaluation.signals import cases, opened

GATES = Path(knowledge.__file__).parent / "models" / "gate.json"
SEED = 2


def gathered(
    library: Library, public: Path, gates: Gates, chance: random.Random
) -> Iterator[Group]:
    """All that there is to learn from."""
    documents = {d.id: d for d in library.documents(Status.PUBLISHED)}
    for labels in (read_questions(), read_questions(HARDER)):
        yield from labelled(cases(library, labels), gates, chance)
    yield from labelled(cases(library, list(plain_questions())), gates, chance)
    yield from near(library, written(), chance)
    own = self_taught(list(documents.values()), chance)
    yield from of_questions(Kind.SELF_TAUGHT, own)
    yield from of_passages(Kind.OWN_PASSAGE, own_passages(documents, chance))
    yield from of_passages(Kind.SQUAD, squad(public / "squad2", chance))
    yield from own_words(chance)
    yield from far_words(library, (*read_far(), *read_far(FARTHER)), gates, chance)
    for name in ("piaf_fr", "xquad"):
        pairs = abroad(public / name, chance, 1.0, is_learned_from)
        yield from of_passages(Kind.ABROAD, pairs)


def main(data: Path, public: Path, out: Path) -> None:
    """Write the file."""
    groups = gathered(opened(data), public, load_gates(GATES), random.Random(SEED))
    write_groups(out, groups)


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:4]))
