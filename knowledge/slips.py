"""An ordinary word that nobody knows → the word that it is a slip of the finger away from.

A model reads a word letter by letter where it does not know it, and an index finds
nothing by it: of sixty questions that are answered, nine are not with one slip in them.
Names are another matter (``spelling``).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from knowledge.analysis import Token, fold, guess_language, stem, tokens
from knowledge.model import LANGUAGES, MentionKind, Mentions
from knowledge.spelling import Misspelt

SHORTEST = 5
"""Letters; a shorter word is one letter away from too many others. Two letters changed
about tell more: few others have the same."""

SHORTEST_CHANGED_ABOUT = 4

SHORTEST_NOUN = 10
"""Letters of a German noun that is meant."""

_KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    ("qwertzuiop", "asdfghjkl", "yxcvbnm"),
)
_KEYS = tuple(
    {
        letter: (row, column)
        for row, letters in enumerate(rows)
        for column, letter in enumerate(letters)
    }
    for rows in _KEYBOARDS
)
_VOWELS = "aeiouy"


class Meant(NamedTuple):
    """A word as it is compared, and as it is written in a language."""

    folded: str
    written: str


class Words(Protocol):
    """What people write."""

    def is_word(self, folded: str) -> bool:
        """Whether it is an ordinary word of any language."""
        ...

    def is_only_of(self, folded: str, language: str) -> bool:
        """Whether people ask with it in this language and in no other: names are of all."""
        ...

    def like(self, folded: str, language: str) -> Iterable[Meant]:
        """Words of a language that begin alike and are about as long."""
        ...


class Slip(NamedTuple):
    """``text[start:end]`` was meant to be another word."""

    start: int
    end: int
    meant: str


class Names(Protocol):
    """What a vocabulary reads."""

    def mentions(self, text: str) -> Mentions:
        """All that the text names."""
        ...

    def misspelt(self, text: str, mentions: Mentions) -> Sequence[Misspelt]:
        """Slips of the finger for a name."""
        ...


def meant(
    text: str,
    language: str | None,
    words: Words,
    names: Names,
    is_held: Callable[[str, str], bool],
) -> str:
    """The text as it was meant; ``language`` is guessed where it is none of ours.

    ``is_held`` tells of a word and a language whether anything held has it: then it is a
    word, if a rare one.
    """
    unknown = unknown_words(text, words)
    if not unknown:
        return text
    if language not in LANGUAGES:
        language = guess_language(text)
    found = tuple(slips(unknown, language, words))
    if not found:
        return text
    mentions = names.mentions(text)
    taken = [(name.start, name.end) for name in mentions.found]
    taken += [(name.start, name.end) for name in names.misspelt(text, mentions)]
    free = [
        slip
        for slip in found
        if not any(start <= slip.start < end for start, end in taken)
    ]
    known = [
        slip
        for slip in free
        if (text[slip.start].islower() or _is_noun(slip, language, words))
        and not is_held(text[slip.start : slip.end], language)
    ]
    return mended(text, _with_names(text, free, known, names))


def unknown_words(text: str, words: Words) -> Sequence[Token]:
    """Those that are long enough to be told, and are no words; none in CAPITALS."""
    return [
        word
        for word in tokens(text)
        if len(word.folded) >= SHORTEST_CHANGED_ABOUT
        and word.text.isalpha()
        and word.text[1:].islower()
        and not words.is_word(word.folded)
    ]


def _is_noun(slip: Slip, language: str, words: Words) -> bool:
    """Whether it has a capital since it is German; a short one may be a name."""
    return (
        language == "de"
        and len(slip.meant) >= SHORTEST_NOUN
        and words.is_only_of(fold(slip.meant), language)
    )


def _with_names(
    text: str, found: Sequence[Slip], known: Sequence[Slip], names: Names
) -> Sequence[Slip]:
    """Those that are ``known``, and of the others what makes a name of several words.

    "Artifical Inteligence Act" was meant to be the Artificial Intelligence Act, though
    something held may have a word like it; "Kowalsik" is somebody.
    """
    if len(known) == len(found):
        return known
    whole = mended(text, found)
    several = [
        (name.start, name.end)
        for name in names.mentions(whole).found
        if name.kind is MentionKind.CONCEPT
        and len(tokens(whole[name.start : name.end])) > 1
    ]
    kept, moved = [], 0
    for slip in found:
        at = slip.start + moved
        moved += len(slip.meant) - (slip.end - slip.start)
        if slip in known or any(start <= at < end for start, end in several):
            kept.append(slip)
    return kept


def slips(unknown: Sequence[Token], language: str, words: Words) -> Iterator[Slip]:
    """Of unknown words, those that can be one word of a language alone, in its forms."""
    for word in unknown:
        near = [
            other
            for other in words.like(word.folded, language)
            if is_slip(word.folded, other.folded)
        ]
        if len({stem(other.folded, language) for other in near}) == 1:
            written = min(near).written
            if word.text[0].isupper():
                written = written[0].upper() + written[1:]
            yield Slip(word.start, word.end, written)


def mended(text: str, found: Sequence[Slip]) -> str:
    """The text with what was meant; ``found`` are in order."""
    for slip in reversed(found):
        text = f"{text[: slip.start]}{slip.meant}{text[slip.end :]}"
    return text


def is_slip(written: str, meant: str) -> bool:
    """Whether one slip makes of ``meant`` what is written.

    Two letters changed about, one left out or too many, or one beside the right one on a
    keyboard or another vowel. Not at the beginning, and not at the end, where another
    letter is mostly another form of the word.
    """
    if not written or not meant or written[0] != meant[0] or written == meant:
        return False
    at = 0
    while at < min(len(written), len(meant)) and written[at] == meant[at]:
        at += 1
    if at == min(len(written), len(meant)):
        return False  # letters more or less at the end
    if meant == written[:at] + written[at : at + 2][::-1] + written[at + 2 :]:
        return True
    if len(written) < SHORTEST:
        return False
    if len(written) != len(meant):
        longer, shorter = sorted((written, meant), key=len, reverse=True)
        return longer[at + 1 :] == shorter[at:]
    return (
        at < len(written) - 1
        and written[at + 1 :] == meant[at + 1 :]
        and _is_beside(written[at], meant[at])
    )


def _is_beside(one: str, other: str) -> bool:
    """Whether a finger, or an ear, takes the one for the other."""
    if one in _VOWELS and other in _VOWELS:
        return True
    return any(
        abs(keys[one][0] - keys[other][0]) <= 1
        and abs(keys[one][1] - keys[other][1]) <= 1
        for keys in _KEYS
        if one in keys and other in keys
    )
