"""A name, and in which forms it counts in a text: inflected, in capitals, by its stem.

By the same keys a name is planted in a tree and a word of a text is looked up there.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from knowledge.analysis import (
    Token,
    fold,
    function_words,
    guess_language,
    stem,
    tokens,
)
from knowledge.entries import Concept, Name, Place, Vendor
from knowledge.model import MentionKind

SHORTEST_STEM = 4
"""A single concept word whose stem is shorter counts in its listed forms only.

Below this, words meet by chance: ``us`` and ``usar``, ``ban`` and ``band``.
"""

SHORTEST_CAPITALS = 4
"""A shorter exact name counts as written only: ``ROM`` is not ``Rom``."""

GENITIVE_S = ("de", "nl")
"""Languages that write a name's genitive without an apostrophe."""

SHORTEST_GENITIVE = 5
"""A shorter word that ends in ``s`` is itself: ``Laos``."""

WIDEST_GAP = 3
"""The most characters between two words of one name, as in ``Congo - Kinshasa``."""


class Reading:
    """A text while it is read: its words, each with the keys that may lead to a name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tokens(text)
        self.language = guess_language(text, words=self.words)
        self.typed_low = not any(character.isupper() for character in text)
        self.keys = [self._keys(word) for word in self.words]

    def _keys(self, word: Token) -> tuple[str, str, str | None]:
        """As it stands, its stem, and without its genitive where it has one."""
        bare = self.without_genitive(word.text)
        shorter = None if bare == word.text else fold(bare)
        return word.folded, _stem_key(self.language, word.folded), shorter

    def without_genitive(self, word: str) -> str:
        """``Clearviews`` → ``Clearview``, where a bare ``s`` is a genitive.

        Dutch ``Wiens`` asks whose, and is not Vienna's.
        """
        owns = (
            self.language in GENITIVE_S
            and len(word) >= SHORTEST_GENITIVE
            and word[0].isupper()
            and word[-1] == "s"
            and word.lower() not in function_words(self.language)
        )
        return word[:-1] if owns else word


class Pattern(NamedTuple):
    """A name to match. ``id`` is None for a name that only blocks shorter ones.

    ``language`` is that of a concept's word.
    """

    kind: MentionKind
    id: str | None
    name: Name
    language: str | None = None

    @property
    def words(self) -> tuple[Token, ...]:
        """Of the name: of few it is ever asked."""
        return _words(self.name.text)

    def end(self, reading: Reading, first: int, last: int) -> int | None:
        """Where the mention ends if the words ``first`` to ``last`` are this name."""
        found = reading.words[first : last + 1]
        for number in range(len(found) - 1):
            gap = reading.text[found[number].end : found[number + 1].start]
            ours = self.words[number : number + 2]
            if not _joins(gap, self.name.text[ours[0].end : ours[1].start]):
                return None
        if self.name.exact and not self._is_as_written(found, reading):
            return None
        if self.name.language not in (None, reading.language):
            return None
        if self.language and not self.is_listed(reading, first, last):
            small = function_words(reading.language)
            if len(found) == 1 and found[0].folded in small:
                return None  # German war (was) is not English war
        tail = self.name.text[self.words[-1].end :]
        if tail and reading.text.startswith(tail, found[-1].end):
            return found[-1].end + len(tail)
        # "Face++" is not "face"; the last dot of "S.p.A." may be missing.
        return None if tail.strip(".") else found[-1].end

    def is_listed(self, reading: Reading, first: int, last: int) -> bool:
        """Whether the words stand in the vocabulary for this language, form by form."""
        found = reading.words[first : last + 1]
        return self.language in (None, reading.language) and all(
            token.folded == ours.folded
            for token, ours in zip(found, self.words, strict=True)
        )

    def _is_as_written(self, found: Sequence[Token], reading: Reading) -> bool:
        for token, ours in zip(found, self.words, strict=True):
            forms = {ours.text}
            if len(self.name.text) >= SHORTEST_CAPITALS:
                forms.add(ours.text.upper())
            if self.name.lowercase and reading.typed_low:
                forms.add(ours.text.lower())
            written = normalize("NFC", token.text)
            if written not in forms and reading.without_genitive(written) not in forms:
                return False
        return True


Planted = tuple[Pattern, tuple[str, ...]]
"""A name, and the words by which it is reached from the root of a tree."""


def of_vendor(vendor: Vendor) -> Iterator[Planted]:
    """All names of a vendor."""
    for name in (Name(text=vendor.name), *vendor.aliases):
        yield _of_name(MentionKind.VENDOR, vendor.id, name)


def _of_name(kind: MentionKind, identity: str | None, name: Name) -> Planted:
    written = tuple(word.folded for word in tokens(name.text))
    return Pattern(kind, identity, name), written


def of_place(place: Place) -> Iterator[Planted]:
    """All names of a place."""
    for name in place.aliases:
        yield _of_name(MentionKind.PLACE, place.code, name)


def of_no_place(name: Name) -> Planted:
    """What looks like a place and is none: it only blocks the shorter names in it."""
    return _of_name(MentionKind.PLACE, None, name)


def of_concept(concept: Concept) -> Iterator[Planted]:
    """All words of a concept, in every language that it has."""
    for language, names in concept.words.items():
        for name in names:
            yield from _of_word(concept.id, language, name)


def _of_word(identity: str, language: str, name: Name) -> Iterator[Planted]:
    """As written for texts in any language, by stems for those in its own."""
    pattern = Pattern(MentionKind.CONCEPT, identity, name, language)
    written = tuple(word.folded for word in tokens(name.text))
    yield pattern, written
    if name.exact or name.whole:
        return
    roots = [_stem_key(language, word) for word in written]
    if len(written) == 1 and len(roots[0]) < SHORTEST_STEM + len("en:"):
        return
    idle = function_words(language)
    keys = zip(written, roots, strict=True)
    yield pattern, tuple(word if word in idle else root for word, root in keys)


@lru_cache(maxsize=1024)
def _words(name: str) -> tuple[Token, ...]:
    return tokens(name)


def _joins(gap: str, own: str) -> bool:
    """Whether a gap between words keeps them one name: space, line break or hyphen.

    ``own`` is the gap as the name has it; its signs may stand in the text too.
    """
    if len(gap) > WIDEST_GAP or gap.count("\n") > 1:
        return False
    return all(c.isspace() or c in "-‐‑–'’" or c in own for c in gap)


def _stem_key(language: str, folded: str) -> str:
    """The key of a word by its stem.

    Without accents the French stemmer does not see that ``condamnee`` ends in ``ée``,
    and a company is feminine.
    """
    if language == "fr" and folded.endswith(("ee", "ees")):
        folded = folded.removesuffix("s")[:-1]
    return f"{language}:{stem(folded, language)}"
