"""What stands around a question and asks nothing: greeting, frame, thanks, ``today``.

``Hi! Could you tell me where PimEyes is based today? Thanks!`` asks where PimEyes is
based. What is told bears its date, so ``today`` bounds nothing (see ``years``); and a
judge that compares questions takes each word for a part of what is asked.
"""

import re
from collections.abc import Iterator, Sequence

from knowledge.analysis import Token, tokens
from knowledge.questions.courtesy import GREETED, GREETINGS, SALUTATIONS, THANKS
from knowledge.questions.framing_words import (
    AFTER_TELLING,
    ALL_OF_YOU,
    CALLS,
    CLOSINGS,
    FRAMES,
    HAILS,
    PRESENT,
)

FEWEST = 2
"""Words that must be left; of less nothing is taken away."""

_PAUSE = re.compile(r"[^\w\s'’-]|\n| [-–—] ")
"""Between a greeting and what is asked."""

_LOOSE = re.compile(r"\s*[,;:–—-]+\s*(?=[?!.]|\Z)|\A[^\w¿¡«„“\"'(#@]+")
"""Signs that parted what is gone from what is left."""

_DECORATION = re.compile(
    r"<a?:\w+:\d+>|(?<![\w:]):[a-z][\w+-]*:(?![\w:])|[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
    r"|\A\s*(?:\d{1,2}[.)]|[->•*])\s+|\*\*|__|~~|`"
)

_GONE_BEFORE_SIGN = re.compile(r"\s{2,}(?=[?!.,;])")


def unframed(text: str, language: str) -> str:
    """The text with blanks for all that asks nothing, so that places in it stay.

    As it is where nothing, or next to nothing, would be left. ``language`` is a supported
    one.
    """
    text, typed = _plain(text), text
    words = tokens(text)
    folded = [word.folded for word in words]
    last = _closing(folded)
    first = _opening(text, words[:last], folded)
    present = list(_present(folded, first, last, language))
    if last - first - sum(size for _, size in present) < FEWEST:
        return typed
    asked = text
    if first:
        asked = _blank(asked, 0, words[first].start, kept="¿¡")
    if last < len(words):
        whole = "?" in text[: words[last].start]
        asked = _blank(asked, words[last].start, len(text), kept="" if whole else "?")
    for at, size in present:
        asked = _blank(asked, words[at].start, words[at + size - 1].end)
    return asked


def closed_up(asked: str) -> str:
    """What ``unframed`` left, without the blanks."""
    joined = " ".join(_GONE_BEFORE_SIGN.sub("", asked).split())
    return _LOOSE.sub("", joined).strip()


def _plain(text: str) -> str:
    """Without emoji, list numbers and the signs of emphasis."""
    for found in _DECORATION.finditer(text):
        text = _blank(text, *found.span())
    return text


def _blank(text: str, start: int, end: int, kept: str = "") -> str:
    """With blanks from ``start`` to ``end`` for all signs but those."""
    blanks = "".join(sign if sign in kept else " " for sign in text[start:end])
    return text[:start] + blanks + text[end:]


def _opening(text: str, words: Sequence[Token], folded: Sequence[str]) -> int:
    """How many words come before the question."""
    first = 0
    while first < len(words):
        led = [*FRAMES.standing(folded, first), *THANKS.standing(folded, first)]
        led += [
            phrase
            for phrase in CALLS.standing(folded, first)
            if _is_parted(text, words, first + len(phrase) - 1)
        ]
        size = _greeting(text, words, folded, first) or _longest(led)
        rest = folded[first + size : first + size + 1]
        if not size or (rest and rest[0] in AFTER_TELLING):
            return first  # "tell me about Clearview" is no frame
        first += size
    return first


def _greeting(
    text: str, words: Sequence[Token], folded: Sequence[str], first: int
) -> int:
    """How many words greet: up to a pause; where there is none, those that do no else."""
    if folded[first] not in SALUTATIONS:
        return 0
    for at in range(first, len(words)):
        if at > first and folded[at] not in GREETINGS | GREETED:
            break
        if _is_parted(text, words, at):
            return at + 1 - first
    if folded[first] not in HAILS:
        return 0
    return 1 + _longest(ALL_OF_YOU.standing(folded, first + 1))


def _is_parted(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a sign or a new line comes between a word and the next."""
    end = words[at + 1].start if at + 1 < len(words) else len(text)
    return _PAUSE.search(text, words[at].end, end) is not None


def _closing(folded: Sequence[str]) -> int:
    """The number of the word after the question's last."""
    last = len(folded)
    while last:
        size = _longest(
            [p for p in CLOSINGS if tuple(folded[max(0, last - len(p)) : last]) == p]
        )
        if not size:
            return last
        last -= size
    return last


def _present(
    folded: Sequence[str], first: int, last: int, language: str
) -> Iterator[tuple[int, int]]:
    """The runs of words within the question that say that it is on now: first, and size."""
    at = first
    while at < last:
        size = _longest(PRESENT[language].standing(folded[:last], at))
        if size:
            yield at, size
        at += size or 1


def _longest(found: Sequence[Sequence[str]]) -> int:
    return max(map(len, found), default=0)
