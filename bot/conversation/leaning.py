"""Whether a question leans on an earlier one, and for what.

A wrong guess is shown to the person, but a whole question must never be bent. So a
text leans only where it shows it: by how it begins, by a pronoun, or by lacking
everything that a question is made of.
"""

from collections.abc import Sequence
from enum import Enum, auto

from bot.conversation.reading import Text
from bot.conversation.words import (
    AFTER_DUTCH_AND,
    ARTICLES,
    ASKS_WHERE,
    ASKS_WHOM,
    BEFORE_CLAUSE,
    BEFORE_PLACE,
    DETAILS,
    EXPLETIVES,
    FILLERS,
    FUNCTION_WORDS,
    JOINTS,
    OPENINGS,
    OPENS_WITHOUT_SUBJECT,
    PRONOUNS,
    PRONOUNS_AFTER,
    PRONOUNS_BEFORE,
    SECOND_PERSON,
    THE_VENDOR,
    THERE,
    VERBS,
)
from knowledge.analysis import Token
from knowledge.model import MentionKind
from knowledge.questions.words import GREETINGS

SUBJECTS = (MentionKind.VENDOR, MentionKind.PLACE)
COURTESY = GREETINGS - {phrase[0] for phrase in OPENINGS}
SHORT = 7
"""Words; a question for a detail or without a subject is not longer."""


class Leaning(Enum):
    """What a text takes over from an earlier question."""

    NOT = auto()
    BARE = auto()  # it is but a name: the earlier question is asked again with it
    ON_VENDOR = auto()
    ON_PLACE = auto()
    ON_BOTH = auto()


def leaning(new: Text) -> Leaning:
    """How a text leans on what was asked before."""
    if new.vendors and new.places:
        return Leaning.NOT
    words = _without_courtesy(new.words)
    opening = _opening(new, words)
    rest = [w for w in words[opening:] if not new.within(w, SUBJECTS)]
    if not words[opening:] or any(w.folded in SECOND_PERSON for w in words):
        return Leaning.NOT
    if (new.vendors or new.places) and _idle(rest):
        return Leaning.BARE
    if _strange_name(new, words, opening):
        return Leaning.NOT
    there = any(new.holds(p) for p in THERE) and not _expletive(new)
    vendor = _stands_for_vendor(new)
    both = _is_fragment(new, words, opening, rest)
    return _taken(
        new, vendor=vendor or both, place=there or vendor or both, there=there
    )


def _taken(new: Text, *, vendor: bool, place: bool, there: bool) -> Leaning:
    """What is missing and may be taken over."""
    folded = {word.folded for word in new.words}
    vendor = vendor and not new.vendors and not folded & ASKS_WHOM
    place = place and not new.places and (there or not folded & ASKS_WHERE)
    if vendor and place:
        return Leaning.ON_BOTH
    if vendor:
        return Leaning.ON_VENDOR
    return Leaning.ON_PLACE if place else Leaning.NOT


def _without_courtesy(words: Sequence[Token]) -> Sequence[Token]:
    """``Thanks! And in Greece?`` begins with ``and``."""
    start = 0
    while start < len(words) and words[start].folded in COURTESY:
        start += 1
    return words[start:]


def _opening(new: Text, words: Sequence[Token]) -> int:
    """How many words the opening has by which a follow-up is known."""
    folded = [word.folded for word in words]
    if any(tuple(folded[: len(phrase)]) == phrase for phrase in EXPLETIVES):
        return 0  # "Y a-t-il …" does not begin with Spanish "and"
    for phrase in OPENINGS:
        size = len(phrase)
        if tuple(folded[:size]) != phrase:
            continue
        if phrase == ("en",) and not _is_dutch_and(new, words):
            return 0
        if phrase == ("e",) and words[0].text.casefold() != "e":
            return 0  # "è": a verb
        return size
    return 0


def _is_dutch_and(new: Text, words: Sequence[Token]) -> bool:
    return len(words) > 1 and (
        words[1].folded in AFTER_DUTCH_AND or new.within(words[1], [MentionKind.VENDOR])
    )


def _idle(words: Sequence[Token]) -> bool:
    idle = FILLERS | JOINTS
    return all(word.folded in idle for word in words)


def _content(new: Text, words: Sequence[Token]) -> list[Token]:
    """The words that say something, years left out."""
    return [
        word
        for word in words
        if word.folded not in FUNCTION_WORDS | FILLERS | VERBS | DETAILS | ASKS_WHERE
        and len(word.folded) > 1
        and not new.within(word, [MentionKind.YEAR])
    ]


def _is_fragment(
    new: Text, words: Sequence[Token], opening: int, rest: Sequence[Token]
) -> bool:
    """Whether it lacks what a whole question has."""
    content = _content(new, rest)
    first = words[0]
    sentence = any(word.folded in VERBS for word in rest)
    if opening and not (sentence and len(content) > 1):
        return not _names_nothing_known(new, words[opening:], content)
    if not content and len(words) <= SHORT:
        return not new.vendors or not sentence
    if new.vendors or len(words) > SHORT:
        return False
    subjectless = _lacks_subject(first) and len(content) <= 1
    if new.places:
        return subjectless
    definite = any(word.folded in ARTICLES for word in rest)
    asks_detail = any(word.folded in DETAILS for word in words[:2])
    mere_noun = first.folded in ARTICLES and not sentence
    named = any(m.kind is MentionKind.PROVISION for m in new.mentions.found)
    if definite and len(content) <= 2 and not named:
        return asks_detail or mere_noun
    return subjectless and not definite


def _lacks_subject(first: Token) -> bool:
    return first.text.casefold() == "è" or first.folded in OPENS_WITHOUT_SUBJECT


def _names_nothing_known(
    new: Text, words: Sequence[Token], content: Sequence[Token]
) -> bool:
    """``and in wakanda?``: a place that nobody knows, and no question for a detail."""
    return (
        bool(content)
        and words[0].folded in BEFORE_PLACE
        and not any(new.within(word, MentionKind) for word in content)
    )


def _strange_name(new: Text, words: Sequence[Token], opening: int) -> bool:
    """Whether it names something that nobody knows, by its capital."""
    if new.text.isupper():
        return False
    for number, word in enumerate(words):
        if number < max(opening, 1) or not word.text[0].isupper():
            continue
        after_article = words[number - 1].folded in ARTICLES
        if not after_article and not new.within(word, MentionKind):
            return True
    return False


def _expletive(new: Text) -> bool:
    return any(new.holds(phrase) for phrase in EXPLETIVES)


def _stands_for_vendor(new: Text) -> bool:
    """Whether a pronoun or a phrase in it stands for a vendor."""
    if any(new.holds(phrase) for phrase in THE_VENDOR):
        return True
    if _expletive(new):
        return False
    folded = [word.folded for word in new.words]
    for at, word in enumerate(folded):
        before = folded[at - 1] if at else ""
        after = folded[at + 1] if at + 1 < len(folded) else ""
        stands = (
            word in PRONOUNS
            or before in PRONOUNS_AFTER.get(word, ())
            or after in PRONOUNS_BEFORE.get(word, ())
        )
        if stands and not BEFORE_CLAUSE.intersection(folded[at + 2 : at + 3]):
            return True
    return False
