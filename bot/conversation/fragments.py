"""Whether a text lacks what a whole question has, so that it is about what was said before."""

from collections.abc import Sequence

from bot.conversation.reading import Text, content_of
from bot.conversation.words import (
    ALSO,
    ARTICLES,
    ASKS_WHOM,
    BEFORE_PLACE,
    COUNTS,
    DEFINES,
    DETAILS,
    FOR_WHOM,
    HOW_MANY,
    IS,
    JOINS_FOR_SURE,
    OPENS_WITHOUT_SUBJECT,
    PRONOUNS,
    SHORT_PRONOUNS,
    THAT,
    THAT_MATTER,
    VERBS,
    WHICH,
)
from knowledge.analysis import Token
from knowledge.model import MentionKind
from knowledge.questions.name_words import CALENDAR

LONG = 14
"""Words; a longer text is a question of its own, however it begins."""

SHORT = 7
"""Words; a question for a detail or without a subject is not longer."""


def is_fragment(
    new: Text, words: Sequence[Token], opening: int, rest: Sequence[Token]
) -> bool:
    """Whether it lacks what a whole question has."""
    content = content_of(new, rest)
    first = words[0]
    sentence = any(word.folded in VERBS for word in rest)
    if not new.vendors and not new.places and len(words) <= LONG:
        joined = opening and (
            first.folded in JOINS_FOR_SURE or words[opening].folded in DETAILS
        )
        pointing = THAT if new.matter else THAT + THAT_MATTER
        if joined or any(new.holds(p) for p in pointing):
            return not _names_nothing_known(new, words[opening:], content)
    if opening and not (sentence and len(content) > 1):
        return not _names_nothing_known(new, words[opening:], content)
    if not content and len(words) <= SHORT:
        return not new.vendors or not (sentence or first.folded in DEFINES)
    if new.vendors or len(words) > SHORT:
        return False
    subjectless = _lacks_subject(first) and len(content) <= 1
    if new.places:
        return subjectless
    if _asks_a_mere_detail(new, words, content):
        return True
    definite = any(word.folded in ARTICLES for word in rest)
    asks_detail = any(word.folded in DETAILS for word in words[:2])
    mere_noun = first.folded in ARTICLES and not sentence
    named = any(m.kind is MentionKind.PROVISION for m in new.mentions.found)
    if asks_what_is(words) and len(content) > 1:
        return False
    if definite and len(content) <= 2 and not named:
        return asks_detail or mere_noun or first.folded in VERBS
    return subjectless and not definite


def says_little(
    new: Text, words: Sequence[Token], opening: int, rest: Sequence[Token]
) -> bool:
    """Whether so little is said that it is about what was asked before.

    ``which judge?``, ``for private firms too?``, ``do they have to go to prison?``
    """
    of_its_own = {m.kind for m in new.mentions.found} - {
        MentionKind.CONCEPT,
        MentionKind.YEAR,
    }
    folded = {word.folded for word in words}
    asks = folded & (DETAILS | WHICH)
    if of_its_own or new.matter or not (asks or "?" in new.text):
        return False
    if len(words) > SHORT + 1 or asks_what_is(words):
        return False
    content = content_of(new, rest)
    detail = words[opening].folded in DETAILS
    joined = opening or folded & (ALSO | PRONOUNS | SHORT_PRONOUNS)
    most = 3 if joined else 2 if detail and len(words) < SHORT else 1
    if len(content) > most or (not joined and folded & ASKS_WHOM):
        return False
    if asks or words[opening].folded in FOR_WHOM:
        return True
    return not _names_nothing_known(new, words[opening:], content)


def _asks_a_mere_detail(
    new: Text, words: Sequence[Token], content: Sequence[Token]
) -> bool:
    """``how many officials have access?``: of what, was said before."""
    kinds = {m.kind for m in new.mentions.found} - {MentionKind.YEAR}
    if any(word.folded in HOW_MANY for word in words[:2]):
        kinds -= {MentionKind.CONCEPT}
    counts = any(word.folded in COUNTS for word in words[:2])
    return counts and not kinds and len(content) <= 3


def asks_what_is(words: Sequence[Token]) -> bool:
    """``what is the …``"""
    return words[0].folded in DEFINES and any(w.folded in IS for w in words[1:2])


def _lacks_subject(first: Token) -> bool:
    return first.text.casefold() == "è" or first.folded in OPENS_WITHOUT_SUBJECT


def _names_nothing_known(
    new: Text, words: Sequence[Token], content: Sequence[Token]
) -> bool:
    """``and in wakanda?``: a place that nobody knows, and no question for a detail."""
    return (
        bool(content)
        and words[0].folded in BEFORE_PLACE
        and not any(
            new.within(word, MentionKind) or word.folded in CALENDAR for word in content
        )
    )
