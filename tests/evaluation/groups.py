"""What the judge learns from, as a file: groups of a question and what is held against it.

A group is a question, the own questions of a passage that are compared with it, and the
passage. Whether one of the questions asks the same, and whether the passage answers, is
known of the whole alone. ``judge_groups`` and ``near_groups`` make them, where the library
is; ``train_together`` reads them, on a machine that may have neither it nor Quis.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """Where a group comes from, which says how far to trust it and how often to draw it."""

    LABELLED = "labelled"
    OTHER_WORDS = "other words"
    ITS_OWN = "its own question"
    ANY_LANGUAGE = "any language"
    NOT_MEANT = "not meant"
    HELD = "held"
    BESIDE = "beside"
    SELF_TAUGHT = "self-taught"
    OWN_PASSAGE = "own passage"
    OWN_WORDS = "own words"
    FAR = "far words"
    ELSEWHERE = "elsewhere"
    SQUAD = "squad"
    ABROAD = "abroad"


PUBLIC = frozenset({Kind.SQUAD, Kind.ABROAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A question and what is held against it; there is one thing at least.

    ``same``: one of ``compared`` asks what the question does. ``answers``: the passage
    answers it. Each says nothing where there is nothing that it is about. ``ways`` are the
    question as people type it. ``before``: the log-odds without a judge, where a gate was
    asked.
    """

    kind: Kind
    question: str
    ways: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    same: bool = False
    passage: str | None = None
    answers: bool = False
    before: float | None = None


def write_groups(path: Path, groups: Iterable[Group]) -> None:
    """A line of JSON for each, compressed."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for group in groups:
            file.write(json.dumps(asdict(group), ensure_ascii=False) + "\n")


def read_groups(path: Path) -> Iterator[Group]:
    """What ``write_groups`` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            lists = {key: tuple(row[key]) for key in ("ways", "compared")}
            yield Group(**{**row, **lists, "kind": Kind(row["kind"])})
