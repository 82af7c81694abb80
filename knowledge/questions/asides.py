"""The one sentence of a message that asks, where the others only lead to it.

``I'm writing on facial recognition. Is Clearview active in Italy? Best, Ana`` asks one
thing. What the other sentences say is no condition of it, and their names are not its.
"""

import re
from collections.abc import Iterator, Sequence

from knowledge.analysis import tokens
from knowledge.model import Mentions
from knowledge.questions.asking import ASKING
from knowledge.questions.kinds import asking

_END = re.compile(r"(?<=[^\W\d_]{4})\.+\s+|[?!…]+\s+|(?<=\w):\s+|\s*\n\s*")
"""A short word before a full stop is taken for an abbreviation: ``S.p.A.``, ``Inc.``"""

ABBREVIATED = frozenset("corp gmbh dept prof approx govt incl".split())
"""Longer ones, folded."""


def asking_sentence(text: str, language: str) -> tuple[int, int] | None:
    """Where the one sentence that asks stands among others that do not.

    It has the question mark, or where none is, the words of asking. None where there is
    one sentence, where several ask, or none does. ``language`` is a supported one.
    """
    sentences = [(a, b) for a, b in _sentences(text) if tokens(text[a:b])]
    marked = [(a, b) for a, b in sentences if "?" in text[a:b]]
    worded = [(a, b) for a, b in sentences if _asks(text[a:b], language)]
    found = {*marked, *worded}
    return found.pop() if len(found) == 1 < len(sentences) else None


def stands_alone(asked: Mentions, beside: Mentions) -> bool:
    """Whether a sentence that names ``asked`` needs no other, of which all name ``beside``.

    It names whom or what it is on, and the others nothing of that sort that it leaves out.
    """
    if asked.vendors and asked.places:
        return True
    if not (
        {*beside.vendors} <= {*asked.vendors} and {*beside.places} <= {*asked.places}
    ):
        return False
    if asked.vendors or asked.places:
        return True
    return bool(asked.found) and {*beside.concepts} <= {*asked.concepts}


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        before: Sequence[str] = [t.folded for t in tokens(text[start : end.start()])]
        if end[0].startswith(".") and before and before[-1] in ABBREVIATED:
            continue
        yield start, end.end()
        start = end.end()
    yield start, len(text)


def _asks(text: str, language: str) -> bool:
    words = [token.folded for token in tokens(text)]
    return bool(
        asking(words, language) or ASKING[language].yes_or_no.standing(words, 0)
    )
