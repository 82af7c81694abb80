"""What may become a name of a vendor or a word for a concept, and what stands against it.

The rules are those that the files of the vocabulary are kept by: see the heads of
``vocabulary/vendors.yaml`` and ``vocabulary/concepts.yaml``.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.analysis import fold, function_words, stem, tokens
from knowledge.entries import Name
from knowledge.model import LANGUAGES, MentionKind
from knowledge.terms import Term, TermKind
from knowledge.vocabulary import Vocabulary

SHORTEST, LONGEST = 3, 60
"""Characters of a name."""

LONGEST_DESCRIPTION = 300

SIGNS = frozenset(" -‐‑–'’.&+/")
"""What a name may have beside letters and digits; none of it is markup anywhere."""

Ordinary = Callable[[str], bool]
"""Whether a folded word is one that people use for other things too."""


class Against(StrEnum):
    """What stands against a name; the catalogue has a line for each."""

    NO_LETTERS = "no-letters"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    SIGNS = "signs"
    HELD = "held"  # the same vendor or concept has it
    OF_VENDOR = "of-vendor"
    OF_PLACE = "of-place"
    OF_CONCEPT = "of-concept"
    ORDINARY = "ordinary"
    SMALL_WORD = "small-word"
    NO_SUCH_OWNER = "no-such-owner"
    NO_DESCRIPTION = "no-description"
    IN_USE = "in-use"  # a vendor that published documents are on


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why a name cannot be proposed. ``other`` is the id of whose it is already.

    ``held``: how that one is written there.
    """

    against: Against
    name: str
    other: str = ""
    held: str = ""
    length: int = 0
    limit: int = 0

    def __str__(self) -> str:
        """For the command line, which reports many at once."""
        whose = f" ({self.other})" if self.other else ""
        return f'"{self.name[:LONGEST]}": {self.against}{whose}'


def objection(
    term: Term, vocabulary: Vocabulary, ordinary: Ordinary
) -> Objection | None:
    """The first thing that stands against a term; None: it may be proposed."""
    return next(_objections(term, vocabulary, ordinary), None)


def _objections(
    term: Term, vocabulary: Vocabulary, ordinary: Ordinary
) -> Iterator[Objection]:
    known = vocabulary.concepts if term.kind is TermKind.WORD else vocabulary.vendors
    new = term.kind is TermKind.VENDOR
    if not new and term.owner not in known:
        yield Objection(
            against=Against.NO_SUCH_OWNER, name=term.name.text, other=term.owner
        )
        return
    if new and not term.description.strip():
        yield Objection(against=Against.NO_DESCRIPTION, name=term.name.text)
    if new and len(term.description) > LONGEST_DESCRIPTION:
        yield _too_long(term.description, LONGEST_DESCRIPTION)
    for name in (term.name, *term.names):
        yield from _form(name)
        if term.kind is TermKind.WORD:
            yield from _of_word(term, name, vocabulary)
        else:
            yield from _of_name(term, name, vocabulary, ordinary)


def _form(name: Name) -> Iterator[Objection]:
    """How it is written, whatever it says. The length first: all others read it."""
    text = name.text
    if len(text) > LONGEST:
        yield _too_long(text, LONGEST)
        return
    if not all(c in SIGNS or unicodedata.category(c)[0] in "LNM" for c in text):
        yield Objection(against=Against.SIGNS, name=text)
    letters = sum(c.isalnum() for c in text)
    if not any(c.isalpha() for c in text):
        yield Objection(against=Against.NO_LETTERS, name=text)
    elif letters < SHORTEST:
        yield Objection(against=Against.TOO_SHORT, name=text, limit=SHORTEST)


def _too_long(text: str, limit: int) -> Objection:
    return Objection(
        against=Against.TOO_LONG, name=text[:limit], length=len(text), limit=limit
    )


def _of_name(
    term: Term, name: Name, vocabulary: Vocabulary, ordinary: Ordinary
) -> Iterator[Objection]:
    """A name of a vendor is nobody else's, and no word of another use."""
    words = _folded(name.text)
    for vendor in vocabulary.vendors.values():
        own = [Name(text=vendor.name), *vendor.aliases]
        if held := next((each for each in own if _folded(each.text) == words), None):
            same = vendor.id == term.owner
            if same and _is_changed(held, name, term):
                continue
            against = Against.HELD if same else Against.OF_VENDOR
            yield Objection(
                against=against, name=name.text, other=vendor.id, held=held.text
            )
    yield from _read_as(name.text, vocabulary, MentionKind.PLACE, Against.OF_PLACE)
    if name.exact and not name.text.islower():
        return
    yield from _read_as(name.text, vocabulary, MentionKind.CONCEPT, Against.OF_CONCEPT)
    if all(_is_small(word, vocabulary) for word in words) or (
        len(words) == 1 and ordinary(words[0])
    ):
        yield Objection(against=Against.ORDINARY, name=name.text)


def _of_word(term: Term, name: Name, vocabulary: Vocabulary) -> Iterator[Objection]:
    """A word for a concept is none for another, and no name."""
    text, language = name.text, term.language or ""
    words = _folded(text)
    for concept in vocabulary.concepts.values():
        for each in concept.words.get(language, ()):
            if _meet(each, name, language):
                same = concept.id == term.owner
                if same and _is_changed(each, name, term):
                    continue
                against = Against.HELD if same else Against.OF_CONCEPT
                yield Objection(
                    against=against, name=text, other=concept.id, held=each.text
                )
    yield from _read_as(text, vocabulary, MentionKind.VENDOR, Against.OF_VENDOR)
    yield from _read_as(text, vocabulary, MentionKind.PLACE, Against.OF_PLACE)
    if all(word in function_words(language) for word in words):
        yield Objection(against=Against.SMALL_WORD, name=text)


def _is_changed(held: Name, name: Name, term: Term) -> bool:
    """Whether it is the same name that is to count otherwise, or a vendor's own."""
    if term.kind is TermKind.VENDOR:
        return True
    return held.text == name.text and held != name


def _meet(one: Name, other: Name, language: str) -> bool:
    """Whether a text could be read as either; see how ``Vocabulary`` plants them."""
    ours, theirs = _folded(one.text), _folded(other.text)
    if ours == theirs:
        return not (one.exact and other.exact) or one.text == other.text
    if one.exact or one.whole or other.exact or other.whole:
        return False
    return [stem(w, language) for w in ours] == [stem(w, language) for w in theirs]


def _read_as(
    text: str, vocabulary: Vocabulary, kind: MentionKind, against: Against
) -> Iterator[Objection]:
    """Where the whole text is read as something else already."""
    found = [m for m in vocabulary.mentions(text).found if m.kind is kind]
    if found and found[0].start == 0 and found[0].end >= len(text.rstrip(" .")):
        yield Objection(against=against, name=text, other=found[0].id)


def _is_small(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_ordinary(word) or any(
        word in function_words(language) for language in LANGUAGES
    )


def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(token.text) for token in tokens(text))
