"""Which of the unknown names in a question may be its subject, and which must be said.

A person's name is a name, but no vendor, product or place that could be held and is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.analysis import Token, tokens
from knowledge.model import Question
from knowledge.questions.name_words import (
    ACCORDING,
    BEFORE_COMPANY,
    BEFORE_PLACE,
    COMPANY_WORDS,
    SOURCES,
    TITLES,
    is_dealing,
)
from knowledge.questions.names import Name


def must_be_said(found: Sequence[Name], unknown: Sequence[str]) -> tuple[str, ...]:
    """The names without which a passage is on somebody else.

    Not those of sources, which tell of the subject, nor letters that stand for words
    that may be written out.
    """
    return tuple(
        dict.fromkeys(
            name.text
            for name in found
            if name.text in unknown
            or not (name.text.isupper() or _words_of(name.text) <= SOURCES)
        )
    )


def less_ordinary(
    question: Question, is_ordinary: Callable[[str, str], bool]
) -> Question:
    """Its names without words that are ordinary ones of its language: ``Senaatsvraag``.

    A passage in another language would have to say them. What may be a subject that
    nobody knows is left alone, as makers take ordinary words for names.
    """
    kept = []
    for name in question.names:
        said = [
            token.text
            for token in tokens(name)
            if name in question.unknown
            or not is_ordinary(token.folded, question.language)
        ]
        whole = len(said) == len(tokens(name))
        kept.append(name if whole else " ".join(said))
    names = tuple(dict.fromkeys(filter(None, kept)))
    return question if names == question.names else replace(question, names=names)


def subjects(
    found: Sequence[Name],
    words: Sequence[Token],
    *,
    vendor: bool,
    place: bool,
    about: bool,
) -> tuple[str, ...]:
    """Those names that may be a vendor, a product or a place that nobody knows.

    ``vendor`` and ``place``: a known one is named. ``about``: the question is on what
    something is or does, and no more.
    """
    kept = []
    for name in found:
        before = [w.folded for w in words[max(0, name.first - 2) : name.first]]
        own = _words_of(name.text)
        if any(w in TITLES | ACCORDING for w in before) or own <= SOURCES:
            continue
        somewhere = not place and before[-1:] and before[-1] in BEFORE_PLACE
        if somewhere or (
            not vendor and _may_sell(name, words, before, own, about=about)
        ):
            kept.append(name.text)
    return tuple(dict.fromkeys(kept))


def _may_sell(
    name: Name,
    words: Sequence[Token],
    before: Sequence[str],
    own: frozenset[str],
    *,
    about: bool,
) -> bool:
    """Whether it may be a company or what it makes."""
    camel = any(_is_camel(w.text) for w in words[name.first : name.last + 1])
    others = [*words[: name.first], *words[name.last + 1 :]]
    return (
        camel
        or about
        or bool(COMPANY_WORDS & own)
        or any(w in BEFORE_COMPANY for w in before)
        or any(is_dealing(w.folded) for w in others)
    )


def _words_of(name: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokens(name))


def _is_camel(word: str) -> bool:
    """``FooCorp``, ``NtechLab``; neither ``XYZ`` nor ``iPhone``."""
    inner = any(c.isupper() for c in word[1:]) and any(c.islower() for c in word)
    return inner and word[0].isupper()
