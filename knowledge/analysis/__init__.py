"""Text → folded, stemmed words with their places in it, and the language it is in.

A search and the text that is searched go through the same functions, so that what a
person types without accents or capitals meets what was printed with them.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from Stemmer import Stemmer

from knowledge.analysis.function_words import FUNCTION_WORDS
from knowledge.analysis.telling_words import TELLING_WORDS
from knowledge.model import LANGUAGES

STEMMERS = {
    "en": "english",
    "fr": "french",
    "it": "italian",
    "de": "german",
    "es": "spanish",
    "nl": "dutch",
    "pt": "portuguese",
}
"""Snowball's names. What is in an index was stemmed by the same release of it."""

_UNCACHED = 0

LONGEST_WORD = 64
"""A longer run of letters is no word: it is folded, but neither stemmed nor cached."""

TOLD_BY = 400
"""So many words are enough to tell a language."""

_SAME_LETTER = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\uff07", "'"),
        **dict.fromkeys("\u2010\u2011", "-"),
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "ı": "i",
    }
)
"""What Unicode does not decompose. Before folding: an acute sign would become a space."""

_MARKS = frozenset({"Mn", "Me", "Mc"})
_UNSEEN = frozenset({"Mn", "Me", "Cf"})
_WITHIN = _MARKS | _UNSEEN

_RUN = re.compile(r"[^\W_]+")

_TELLING_LETTERS: Mapping[str, re.Pattern[str]] = {
    language: re.compile(letters, re.IGNORECASE)
    for language, letters in {
        "fr": r"[çœêèùûîâ]|\b(?:qu|j|n|s)['’]|\best-|eux\b|ées?\b|és\b",
        "it": r"\b(?:dell|nell|sull|all|dall|un|dov|com)['’]|[a-z](?:zion[ei]|[a-z]{2}at[oi])\b"
        r"|[aeiou]tà\b|\bè\b",
        "de": r"[äöüß]|sch|pf|tz|[a-z](?:ung|ungen|keit|lich)\b",
        "es": r"[¿¡ñ]|[a-z](?:ción|ciones|ía|ías)\b",
        "nl": r"ij|aa|uu|[ëï]|[a-z](?:heid|lijke?)\b",
        "pt": r"[ãõ]|[a-z](?:ção|ções|dade|[êí]ncia|ícia|ou)\b",
    }.items()
}
"""Letters and endings at home in one language. Each adds a little, once."""

LETTERS_WEIGH = 0.75
"""As much as a word that two languages share counts half, and one's own word 1."""


TOLD_WHERE_TIED = 1.0
"""So much for languages that tie tells that it is one of them: ``ai`` alone does not."""


class Token(NamedTuple):
    """A word or number: ``text[start:end]`` (code points) and how it is compared.

    A tuple: each word of each text that is read makes one."""

    text: str
    start: int
    end: int
    folded: str


def fold(text: str) -> str:
    """Take case, accents, ligatures and invisible characters off.

    Length is not kept (``ß`` → ``ss``), so offsets into a folded text mean nothing
    in the original: use ``tokens``. Folding twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    # Thrice over: case folding makes decomposable letters, decomposing makes capitals.
    plain = unicodedata.normalize("NFKD", text.translate(_SAME_LETTER)).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_SAME_LETTER).casefold()
    kept = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=4096)
def _fold_word(word: str) -> str:
    return fold(word)


def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text, in order.

    Whatever is no letter or digit parts two tokens: hyphens, the apostrophe of an
    elision (``l'Italie`` → ``l``, ``Italie``) or a genitive, the separators within a
    number. Accents written as characters of their own, and invisible characters
    inside a word, are part of it.
    """
    if text.isascii():  # most of them; none of it goes on across a gap
        return tuple(
            [Token(run[0], *run.span(), run[0].lower()) for run in _RUN.finditer(text)]
        )
    found: list[Token] = []
    start = end = -1
    for run in _RUN.finditer(text):
        if end >= 0 and _goes_on(text, end, run.start()):
            end = run.end()
            continue
        if end >= 0:
            found.append(_token(text, start, end))
        start, end = run.span()
    if end >= 0:
        found.append(_token(text, start, end))
    return tuple(found)


def folded_words(text: str) -> frozenset[str]:
    """The words and numbers of a text as they are compared, without their places."""
    if text.isascii():
        return frozenset(_RUN.findall(text.lower()))
    return frozenset([token.folded for token in tokens(text)])


def _goes_on(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    if gap[0].isascii():  # nearly always: spared what is below
        return False
    return all(unicodedata.category(character) in _WITHIN for character in gap)


def _token(text: str, start: int, end: int) -> Token:
    while end < len(text) and _is_mark(text[end]):
        end += 1
    word = text[start:end]
    short = len(word) <= LONGEST_WORD
    return Token(word, start, end, _fold_word(word) if short else fold(word))


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in _MARKS


@lru_cache(maxsize=8192)
def stem(folded_word: str, language: str) -> str:
    """The Snowball stem of a folded word; the word itself in any other language."""
    name = STEMMERS.get(language)
    if name is None or len(folded_word) > LONGEST_WORD:
        return folded_word
    # A stemmer keeps its state in itself, so that threads must not share one.
    return str(Stemmer(name, _UNCACHED).stemWord(folded_word))


def stems(text: str, language: str) -> tuple[str, ...]:
    """The stems of all tokens of a text, in order."""
    return tuple(stem(token.folded, language) for token in tokens(text))


@lru_cache(maxsize=len(LANGUAGES) + 1)
def function_words(language: str) -> frozenset[str]:
    """The folded function words of a supported language; of any other, none."""
    return _words(FUNCTION_WORDS.get(language, ""))


def guess_language(
    text: str, default: str = "en", words: Sequence[Token] | None = None
) -> str:
    """The supported language that a text, as short as a question, is written in.

    ``default`` where nothing or next to nothing tells, or it ties with another; of others
    that tie, the one that LANGUAGES has first. Text in a language that is not supported gets the nearest
    one or the default. ``words`` are the text's, where they are known already.
    """
    weights = _weights()
    scores = dict.fromkeys(LANGUAGES, 0.0)
    opening = text[: TOLD_BY * 10]
    if words is None or len(opening) < len(text):
        words = tokens(opening)
    for token in words[:TOLD_BY]:
        for language, weight in weights.get(token.folded, ()):
            scores[language] += weight
    first, second = sorted(scores.values(), reverse=True)[:2]
    if first - second <= LETTERS_WEIGH:  # else the letters would change nothing
        composed = unicodedata.normalize("NFC", opening)
        for language, pattern in _TELLING_LETTERS.items():
            if pattern.search(composed):
                scores[language] += LETTERS_WEIGH
    best = max(scores.values())
    leading = [language for language in LANGUAGES if scores[language] == best]
    told = len(leading) == 1 or (best >= TOLD_WHERE_TIED and default not in leading)
    return leading[0] if told else default


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Folded word → the languages that it tells, the fewer the more."""
    homes: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for word in function_words(language) | _words(TELLING_WORDS[language]):
            homes.setdefault(word, []).append(language)
    return {
        word: tuple((language, 1 / len(languages)) for language in languages)
        for word, languages in homes.items()
    }


def _words(listed: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokens(listed))
