"""Follow-ups that were written to fit and to test how they are understood.

``follow_ups/answered.jsonl``: of each document two short talks, whose second question the
document answers. ``follow_ups/lacking.jsonl``: talks of which it answers the first, and
nothing that is held the second; half of them ask for a plain detail, as any follow-up
does. Written by ten models that read the documents' texts alone.
"""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "follow_ups"


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
