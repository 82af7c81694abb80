"""What keeps a question that somebody wrote for a document from being kept."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from knowledge.model import OwnQuestion

LONGEST = 300
"""Characters of a question; a longer one is no question that anybody would ask."""

MOST = 50
"""Questions in one language."""


class Flaw(StrEnum):
    """Why a question is not taken as it is."""

    TOO_LONG = "too-long"
    NO_QUESTION = (
        "no-question"  # it does not end with a question mark, or is nothing else
    )
    TOO_MANY = "too-many"  # it is beyond the most that a language takes


def flaw_of(text: str) -> Flaw | None:
    """What is wrong with a question by itself, the spaces in it being single."""
    if len(text) > LONGEST:
        return Flaw.TOO_LONG
    if not text.endswith("?") or not any(map(str.isalpha, text)):
        return Flaw.NO_QUESTION
    return None


def flaws(questions: Sequence[OwnQuestion]) -> Iterator[tuple[OwnQuestion, Flaw]]:
    """Those that are not taken, in order, each with the reason."""
    counted: dict[str, int] = {}
    for question in questions:
        flaw = flaw_of(question.text)
        if flaw is None:
            counted[question.language] = counted.get(question.language, 0) + 1
            if counted[question.language] > MOST:
                flaw = Flaw.TOO_MANY
        if flaw is not None:
            yield question, flaw
