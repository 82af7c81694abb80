"""The one sentence of a message that asks, where the others only lead to it.

``I'm writing on facial recognition. Is Clearview active in Italy? Best, Ana`` asks one
thing. What the other sentences say is no condition of it, and their names are not its.
"""

import re
from collections.abc import Iterator, Sequence

from knowledge.analysis import tokens
from knowledge.model import Mentions
from knowledge.questions.asking import ASKING
from knowledge.questions.courtesy import past_greetings
from knowledge.questions.kinds import asking
from knowledge.questions.phrases import phrases

_END = re.compile(r"(?<=[^\W\d_]{4})\.+\s+|[?!…]+\s+(?!\()|(?<=\w):\s+|\s*\n\s*")
"""A short word before a full stop is taken for an abbreviation: ``S.p.A.``, ``Inc.`` What is
in brackets behind a question belongs to it: ``and in Russia? (face recognition)``."""

AN_INTRODUCTION = 6
"""Words in which people say what they are."""

ABBREVIATED = frozenset("corp gmbh dept prof approx govt incl".split())
"""Longer ones, folded."""


PROFESSIONS = (
    "journalist* reporter* editor* student* researcher* lawyer* activist* teacher*"
    " redaktor* anwalt* forscher* avocat* etudiant* chercheu* giornalista ricercator*"
    " avvocat* periodista estudiante investigador* abogad* onderzoeker jornalista estudante"
    " advogad*"
)

I_AM = "i am|i m|im|we are|je suis|nous sommes|sono|ich bin|wir sind|soy|ik ben|sou"

INTRODUCTIONS = phrases(
    "|".join(
        f"{who} * {profession}"
        for who in I_AM.split("|")
        for profession in PROFESSIONS.split()
    )
)
"""How people say who they are: where they work is no condition of what they ask."""


def around(text: str, start: int, end: int) -> Sequence[str]:
    """The sentences around the one that asks."""
    return [text[a:b] for a, b in _sentences(text) if not start <= a < end]


def introduces(text: str) -> bool:
    """Whether a sentence says who asks: ``I'm a reporter in Brussels.``"""
    words = [token.folded for token in tokens(text)]
    start = past_greetings(words)
    return bool(INTRODUCTIONS.standing(words[: start + AN_INTRODUCTION], start))


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


def detail(text: str, language: str) -> str:
    """The last sentence, where an earlier one asks and this asks for more of the same.

    ``Was Clearview fined? How much?`` asks how much. Empty where there is none.
    """
    sentences = [text[a:b] for a, b in _sentences(text) if tokens(text[a:b])]
    if len(sentences) < 2 or not any("?" in each for each in sentences[:-1]):
        return ""
    words = [token.folded for token in tokens(sentences[-1])]
    return sentences[-1] if asking(words, language) else ""


def stands_alone(asked: Mentions, beside: Mentions, words_beside: str) -> bool:
    """Whether a sentence that names ``asked`` needs no other, of which all name ``beside``.

    It names a vendor, and the others no vendor, place, year or provision that it leaves
    out. Where it names none, it may be on whoever they name: they must name nobody.
    """
    if not all(
        {*getattr(beside, tags)} <= {*getattr(asked, tags)}
        for tags in ("vendors", "places", "years", "provisions")
    ):
        return False
    if asked.vendors:
        return True
    told = bool(asked.places) or {*beside.concepts} <= {*asked.concepts}
    return bool(asked.found) and told and not _has_a_name(words_beside)


def _has_a_name(text: str) -> bool:
    """Whether a word within a sentence begins with a capital, as names do."""
    inner = (
        token
        for start, end in _sentences(text)
        for token in tokens(text[start:end])[1:]
    )
    return any(token.text[:1].isupper() and len(token.text) > 1 for token in inner)


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
