"""The tree of all names of a vocabulary, and what a text names by it.

Each step of the tree is a word; names end where their last word is. One walk from every
word of a text finds all names in it, however many the tree holds. Never changed once
made: a name more or less makes a new tree that shares all that stays.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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
from knowledge.model import Mention, MentionKind

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


class _Reading:
    """A text while it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tokens(text)
        self.language = guess_language(text)
        self.typed_low = not any(character.isupper() for character in text)

    def without_genitive(self, word: str) -> str:
        """``Clearviews`` → ``Clearview``, where a bare ``s`` is a genitive."""
        owns = self.language in GENITIVE_S and len(word) >= SHORTEST_GENITIVE
        return word[:-1] if owns and word[0].isupper() and word[-1] == "s" else word


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A name, ready to match. ``id`` is None for a name that only blocks shorter ones."""

    kind: MentionKind
    id: str | None
    name: Name
    words: tuple[Token, ...]
    language: str | None = None  # that of a concept's word

    def end(self, reading: _Reading, first: int, last: int) -> int | None:
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

    def is_listed(self, reading: _Reading, first: int, last: int) -> bool:
        """Whether the words stand in the vocabulary for this language, form by form."""
        found = reading.words[first : last + 1]
        return self.language in (None, reading.language) and all(
            token.folded == ours.folded
            for token, ours in zip(found, self.words, strict=True)
        )

    def _is_as_written(self, found: Sequence[Token], reading: _Reading) -> bool:
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


@dataclass(slots=True)
class _Node:
    """A step in the tree of names: the next words, and the names that end here."""

    after: "dict[str, _Node]" = field(default_factory=dict)
    ends: list[_Pattern] = field(default_factory=list)


Planted = tuple[_Pattern, tuple[str, ...]]
"""A name, and the words by which it is reached from the root."""


def of_vendor(vendor: Vendor) -> Iterator[Planted]:
    """All names of a vendor."""
    for name in (Name(text=vendor.name), *vendor.aliases):
        yield _of_name(MentionKind.VENDOR, vendor.id, name)


def _of_name(kind: MentionKind, identity: str | None, name: Name) -> Planted:
    words = tokens(name.text)
    return _Pattern(kind, identity, name, words), tuple(w.folded for w in words)


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
    words = tokens(name.text)
    pattern = _Pattern(MentionKind.CONCEPT, identity, name, words, language)
    written = tuple(word.folded for word in words)
    yield pattern, written
    if name.exact or name.whole:
        return
    roots = [_stem_key(language, word) for word in written]
    if len(words) == 1 and len(roots[0]) < SHORTEST_STEM + len("en:"):
        return
    idle = function_words(language)
    keys = zip(written, roots, strict=True)
    yield pattern, tuple(word if word in idle else root for word, root in keys)


class NameTree:
    """Which names stand in a text. Immutable; safe to use from several threads."""

    def __init__(self, planted: Iterable[Planted]) -> None:
        self._root = _Node()
        for pattern, keys in planted:
            node = self._root
            for key in keys:
                node = node.after.setdefault(key, _Node())
            if node is not self._root:
                node.ends.append(pattern)

    def changed(
        self, without: Sequence[Planted], planted: Sequence[Planted]
    ) -> "NameTree":
        """This one less some names and with others; what is in both stays as it is."""
        made = NameTree(())
        made._root = self._root
        for pattern, keys in without:
            if (pattern, keys) not in planted:
                made._root = _grafted(made._root, keys, pattern, planted=False)
        for pattern, keys in planted:
            if (pattern, keys) not in without:
                made._root = _grafted(made._root, keys, pattern, planted=True)
        return made

    def named(self, text: str) -> Iterator[Mention]:
        """The longest name of each kind from the left, overlapping none of its kind.

        Of two as long the listed form wins over the stem: ``regulators`` regulate, but
        are listed as authorities.
        """
        reading = _Reading(text)
        free = dict.fromkeys(MentionKind, 0)
        for first in range(len(reading.words)):
            best: dict[
                MentionKind, tuple[tuple[int, bool], int, dict[str | None, bool]]
            ] = {}
            for pattern, last in self._candidates(reading, first):
                kind = pattern.kind
                if first < free[kind] or (kind in best and last < best[kind][0][0]):
                    continue
                end = pattern.end(reading, first, last)
                if end is None:
                    continue
                rank = (last, pattern.is_listed(reading, first, last))
                if kind not in best or rank > best[kind][0]:
                    best[kind] = (rank, end, {})
                if rank == best[kind][0]:
                    best[kind][2][pattern.id] = pattern.name.part
            for kind, (rank, end, identities) in best.items():
                free[kind] = rank[0] + 1
                start = reading.words[first].start
                for identity in sorted(i for i in identities if i is not None):
                    yield Mention(kind, identity, start, end, identities[identity])

    def _candidates(
        self, reading: _Reading, first: int
    ) -> Iterator[tuple[_Pattern, int]]:
        """The names whose words stand from ``first``, each with its last word."""
        nodes = [self._root]
        for last in range(first, len(reading.words)):
            token = reading.words[last]
            bare = fold(reading.without_genitive(token.text))
            if bare != token.folded:
                owned = [node.after[bare] for node in nodes if bare in node.after]
                for pattern in (p for node in owned for p in node.ends):
                    if pattern.kind is not MentionKind.CONCEPT:
                        yield pattern, last
            root = _stem_key(reading.language, token.folded)
            nodes = [
                node.after[key]
                for node in nodes
                for key in (token.folded, root)
                if key in node.after
            ]
            if not nodes:
                return
            for pattern in (p for node in nodes for p in node.ends):
                yield pattern, last


def _grafted(
    node: _Node, keys: tuple[str, ...], pattern: _Pattern, *, planted: bool
) -> _Node:
    """The tree with one name more or less; only what leads to it is made anew."""
    if not keys:  # never of the root: every name has a word
        others = [end for end in node.ends if end != pattern]
        return _Node(node.after, [*others, pattern] if planted else others)
    below = node.after.get(keys[0], _Node())
    grown = _grafted(below, keys[1:], pattern, planted=planted)
    return _Node({**node.after, keys[0]: grown}, node.ends)


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
