"""Whether a question leans on an earlier one, and for what.

A wrong guess is shown to the person, but a whole question must never be bent. So a
text leans only where it shows it: by how it begins, by a pronoun, or by lacking
everything that a question is made of.
"""

from collections.abc import Sequence
from enum import Enum, auto

from bot.conversation.pronouns import is_expletive, stands_for_vendor
from bot.conversation.reading import SUBJECTS, Text, content_of
from bot.conversation.words import (
    AFTER_DUTCH_AND,
    ALSO,
    ARTICLES,
    ASKS_WHERE,
    ASKS_WHOM,
    BEFORE_PLACE,
    COUNTS,
    DEFINES,
    DETAILS,
    EXPLETIVES,
    FILLERS,
    FOR_WHOM,
    HOW_MANY,
    IS,
    JOINS_FOR_SURE,
    JOINTS,
    OPENINGS,
    OPENS_WITHOUT_SUBJECT,
    PRONOUNS,
    SECOND_PERSON,
    SHORT_PRONOUNS,
    SUCH,
    THAT,
    THAT_MATTER,
    THE_VENDOR_ITSELF,
    THERE,
    VERBS,
    WHICH,
)
from knowledge.analysis import Token, guess_language
from knowledge.model import MentionKind
from knowledge.questions.courtesy import GREETINGS, THANKS, greets
from knowledge.questions.name_words import CALENDAR
from knowledge.questions.phrases import stands

COURTESY = GREETINGS - {phrase[0] for phrase in OPENINGS}
LONG = 14
"""Words; a longer text is a question of its own, however it begins."""

SHORT = 7
"""Words; a question for a detail or without a subject is not longer."""


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
    both = _is_fragment(new, words, opening, rest) or (
        talking and _says_little(new, words, opening, rest)
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
    if _asks_what_is(new.words) and len(said) > 1:
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


def _is_fragment(
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
    if _asks_what_is(words) and len(content) > 1:
        return False
    if definite and len(content) <= 2 and not named:
        return asks_detail or mere_noun or first.folded in VERBS
    return subjectless and not definite


def _says_little(
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
    if len(words) > SHORT + 1 or _asks_what_is(words):
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


def _asks_what_is(words: Sequence[Token]) -> bool:
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
