"""Whether a question leans on an earlier one, and for what.

A wrong guess is shown to the person, but a whole question must never be bent. So a
text leans only where it shows it: by how it begins, by a pronoun, or by lacking
everything that a question is made of. Once something was asked, one that says little
leans on that too.
"""

from collections.abc import Sequence
from enum import Enum, auto

from bot.conversation.fragments import (
    LONG,
    asks_what_is,
    is_fragment,
    says_little,
)
from bot.conversation.pronouns import is_expletive, stands_for_vendor
from bot.conversation.reading import SUBJECTS, Text, content_of
from bot.conversation.words import (
    AFTER_DUTCH_AND,
    ARTICLES,
    ASKS_WHERE,
    ASKS_WHOM,
    EXPLETIVES,
    FILLERS,
    HOW_MANY,
    JOINTS,
    OPENINGS,
    SECOND_PERSON,
    SUCH,
    THAT_MATTER,
    THE_VENDOR_ITSELF,
    THERE,
)
from knowledge.analysis import Token, guess_language
from knowledge.model import MentionKind
from knowledge.questions.courtesy import GREETINGS, THANKS, greets
from knowledge.questions.phrases import stands

COURTESY = GREETINGS - {phrase[0] for phrase in OPENINGS}


class Leaning(Enum):
    """What a text takes over from an earlier question."""

    NOT = auto()
    BARE = auto()  # it is but a name: the earlier question is asked again with it
    ON_VENDOR = auto()
    ON_PLACE = auto()
    ON_BOTH = auto()


def leaning(new: Text, *, talking: bool = False) -> Leaning:
    """How a text leans on what was asked before.

    ``talking``: something was, so that few words are likelier to be about that.
    """
    if new.vendors and new.places:
        return Leaning.NOT
    if greets([word.folded for word in new.words]):
        return Leaning.NOT
    words = _without_courtesy(new.words)
    opening = _opening(new, words)
    if not opening and "?" not in new.text and _thanks(new):
        return Leaning.NOT
    rest = [w for w in words[opening:] if not new.within(w, SUBJECTS)]
    if not words[opening:] or _to_the_bot(words, opening):
        return Leaning.NOT
    if (new.vendors or new.places) and _idle(rest):
        return Leaning.BARE
    if _strange_name(new, words, opening):
        return Leaning.NOT
    if not new.vendors and not new.matter and asks_for_such(new):
        return _taken(new, vendor=True, place=False, there=False)
    if new.places and points_at_matter(new):
        return Leaning.ON_VENDOR
    there = any(new.holds(p) for p in THERE) and not is_expletive(new)
    vendor = not new.vendors and stands_for_vendor(new)
    both = is_fragment(new, words, opening, rest) or (
        talking and says_little(new, words, opening, rest)
    )
    if (vendor or both) and any(new.holds(p) for p in THE_VENDOR_ITSELF):
        return _taken(new, vendor=True, place=there, there=there)
    return _taken(
        new, vendor=vendor or both, place=there or vendor or both, there=there
    )


def asks_for_such(new: Text) -> bool:
    """``was there a similar case in Sweden?``: similar to what was spoken of."""
    return len(new.words) <= LONG and any(new.holds(phrase) for phrase in SUCH)


def points_at_matter(new: Text) -> bool:
    """``and what did Strasbourg say about that?``: about what was spoken of."""
    return (
        not new.vendors
        and not new.matter
        and len(new.words) <= LONG
        and any(new.holds(phrase) for phrase in THAT_MATTER)
    )


def _to_the_bot(words: Sequence[Token], opening: int) -> bool:
    """Whether ``you`` is the bot: ``and how much can you sue for?`` says it of anybody."""
    asks_a_sum = any(w.folded in HOW_MANY for w in words[opening : opening + 2])
    return not (opening and asks_a_sum) and any(
        word.folded in SECOND_PERSON for word in words
    )


def dangles(new: Text) -> bool:
    """Whether it leans, and says nothing itself but what may be said of anybody."""
    if new.has_subject or leaning(new) in (Leaning.NOT, Leaning.BARE):
        return False
    said = content_of(new, new.words)
    if asks_what_is(new.words) and len(said) > 1:
        return False  # "Wat is het Pall Mall-proces?"
    return all(new.within(word, [MentionKind.CONCEPT]) for word in said)


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


def _thanks(new: Text) -> bool:
    """``ok thanks, that was all``"""
    folded = [word.folded for word in new.words]
    start = 0
    while start < len(folded) and folded[start] in COURTESY:
        start += 1
    return any(stands(p, folded, at) for p in THANKS for at in range(start + 1))


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
        if words[0].text.casefold() in ("è", "é", "où"):
            return 0  # a verb, a question
        return size
    return 0


def _is_dutch_and(new: Text, words: Sequence[Token]) -> bool:
    return len(words) > 1 and (
        words[1].folded in AFTER_DUTCH_AND or new.within(words[1], [MentionKind.VENDOR])
    )


def _idle(words: Sequence[Token]) -> bool:
    idle = FILLERS | JOINTS
    return all(word.folded in idle for word in words)


def _strange_name(new: Text, words: Sequence[Token], opening: int) -> bool:
    """Whether it names something that nobody knows, by its capital."""
    if new.text.isupper():
        return False
    german = guess_language(new.text) == "de"
    for number, word in enumerate(words):
        if number < max(opening, 1) or not word.text[0].isupper():
            continue
        if german and number > opening and not any(c.isupper() for c in word.text[1:]):
            continue  # a noun
        after_article = words[number - 1].folded in ARTICLES
        if not after_article and not new.within(word, MentionKind):
            return True
    return False
