"""Follow-ups that were written to fit and to test how they are understood.

``follow_ups/answered.jsonl``: of each document two short talks, whose second question the
document answers. ``follow_ups/lacking.jsonl``: talks of which it answers the first, and
nothing that is held the second; half of them ask for a plain detail, as any follow-up
does. Written by ten models that read the documents' texts alone.

``follow_ups/elsewhere``: 400 more, by two of them, of which most go on in another document.
Nothing was fitted on these.
"""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "follow_ups"
ELSEWHERE = FOLDER / "elsewhere"


@dataclass(frozen=True, slots=True)
class Talk:
    """Two questions of one person, and the document ``id`` that answers the first.

    ``lacks`` says what nothing tells of the second; empty where the document answers it.
    """

    id: str
    lang: str
    first: str
    then: str
    lacks: str = ""


def read_talks() -> tuple[Talk, ...]:
    """All, by file and line."""
    return tuple(
        Talk(**json.loads(line))
        for path in sorted(FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Two questions of one person: ``first_id`` answers the first, ``id`` the second, and
    so do ``others``. ``kind`` is how it goes on, in a word or two.
    """

    id: str
    others: tuple[str, ...]
    first_id: str
    lang: str
    first: str
    then: str
    kind: str


def read_onward() -> tuple[Onward, ...]:
    """Those of ``elsewhere``, by line."""
    rows = map(json.loads, (ELSEWHERE / "talks.jsonl").read_text("utf-8").splitlines())
    return tuple(Onward(**{**row, "others": tuple(row["others"])}) for row in rows)
