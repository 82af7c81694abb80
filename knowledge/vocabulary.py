"""The vendors, places and concepts that a text names, in any supported language.

The vocabulary is built once from plain values and never changes. Files are read by
``adapters.vocabulary_files``; this module knows none.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from knowledge.analysis import (
    Token,
    fold,
    function_words,
    guess_language,
    stem,
    tokens,
)
from knowledge.model import Mention, MentionKind, Mentions
from knowledge.spelling import Known, Misspelt, Spelling

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

SHORTEST_PLACE = 7
"""A place with a shorter name is never read from a misspelt word."""

WIDEST_GAP = 3
"""The most characters between two words of one name, as in ``Congo - Kinshasa``."""

HEAD = re.compile(
    r"(?<!\w)(?:(?P<article>articles?|articol[oi]|artikels?|artigos?|art[ií]culos?"
    r"|art\.?)|§§?|sections?|sec\.)\s{0,2}(?:(?P<code>[LRD])\.?\s{0,2})?"
    r"(?P<number>\d{1,4}(?:-\d{1,4}){0,3})"
    r"(?:(?P<letter>[a-z])(?!\w)|[- ]?(?P<latin>bis|ter|quater|quinquies)(?!\w))?"
    r"(?![\d%])(?:\.?º)?",
    re.IGNORECASE,
)
"""The beginning of a provision: ``Article 9``, ``art. L. 251-1``, ``§ 63a``."""

POINT = re.compile(
    r"\s?\((?P<bracket>\d{1,3}|(?-i:[a-z]{1,2}))\)"
    r"|,?\s{1,2}(?:(?:abs(?:atz|\.)?|lid|paragraphe?s?|par\.|§|comma|apartado"
    r"|par[aá]grafo|n\.º)\s{0,2}(?P<paragraph>\d{1,3})(?!\w)"
    r"|(?:lit\.?|buchstabe|letra|lettera|lett\.|onder|points?|sous|al[ií]nea)"
    r"\s{0,2}(?P<point>[a-z])(?!\w)\)?)",
    re.IGNORECASE,
)
"""A step inside a provision: ``(1)``, `` Abs. 2``, ``, lid 1``, `` letra e)``."""

YEAR = re.compile(
    r"(?<![\w$€£])(?<!\d,)(?:199\d|20\d\d|2100)(?!\w)(?![.,]\d)"
    # 2016/679 numbers a regulation, 2021/2022 does not.
    r"(?!/(?!(?:199\d|20\d\d)\b)\d{3})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way to write a name.

    An ``exact`` name counts as written or all in capitals: it is also a common word.
    With ``lowercase`` it counts in a text without any capital too, as people type.
    With ``language`` it counts in a text that is in that language only. A ``whole``
    concept word counts in this very form, not by its stem: ``customs``, ``customer``.
    ``since`` and ``until`` are years, for a name that was given or given up. A ``part``
    names a city, a region or an authority, and its country with it.
    """

    text: str
    exact: bool = False
    lowercase: bool = False
    language: str | None = None
    whole: bool = False
    part: bool = False
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A maker or seller. ``home`` is a country code, or None where it is not known."""

    id: str
    name: str
    aliases: tuple[Name, ...]
    description: str
    home: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, the EU or the Council of Europe.

    ``names`` are for showing, by language; ``aliases`` are all ways to name it: those,
    short forms, people and adjectives, cities and institutions that stand for it.
    ``within`` are the wider places whose law holds there.
    """

    code: str
    names: Mapping[str, str]
    aliases: tuple[Name, ...]
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A thing of the field, with its usual words by language, the first for showing.

    ``light``: it weighs little, as nearly every passage holds it, or need not hold it.
    ``law``: to name it is to ask for law. ``technology`` is the one that it belongs to,
    such as ``faces``: a law on one technology is no law on another.
    """

    id: str
    words: Mapping[str, tuple[Name, ...]]
    light: bool = False
    law: bool = False
    technology: str | None = None


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


class Vocabulary:
    """What is known by name. Immutable; safe to use from several threads."""

    def __init__(
        self,
        *,
        vendors: Iterable[Vendor],
        places: Iterable[Place],
        concepts: Iterable[Concept],
        no_places: Iterable[Name] = (),
        ordinary: Iterable[str] = (),
    ) -> None:
        """``no_places`` look like places and are none: ``New York Times``.

        ``ordinary`` words look like a misspelt name and are none: ``paragone``.
        """
        self._vendors: Mapping[str, Vendor] = {v.id: v for v in vendors}
        self._places: Mapping[str, Place] = {p.code: p for p in places}
        self._concepts: Mapping[str, Concept] = {c.id: c for c in concepts}
        self._blocked = tuple(no_places)
        self._ordinary = frozenset(fold(word) for word in ordinary)
        self._root = _Node()
        self._plant(self._blocked)
        self._derive()

    def _derive(self) -> None:
        concepts = self._concepts.values()
        self._light_concepts = frozenset(c.id for c in concepts if c.light)
        self._law_concepts = frozenset(c.id for c in concepts if c.law)
        self._fingerprint = self._hashed()

    def changed(
        self,
        *,
        vendors: Iterable[Vendor] = (),
        concepts: Iterable[Concept] = (),
        without: Iterable[str] = (),
    ) -> "Vocabulary":
        """This one with these in the place of those that have their ids, if any.

        ``without`` are ids of vendors that it is to have no more. It shares all that
        stays, so that a single name costs no building anew.
        """
        made = copy(self)
        made.__dict__.pop("_spelling", None)
        old: list[_Planted] = []
        new: list[_Planted] = []
        for id in without:
            old += _of_vendor(made._vendors[id])
            made._vendors = {k: v for k, v in made._vendors.items() if k != id}
        for vendor in vendors:
            if (held := made._vendors.get(vendor.id)) is not None:
                old += _of_vendor(held)
            new += _of_vendor(vendor)
            made._vendors = {**made._vendors, vendor.id: vendor}
        for concept in concepts:
            if (known := made._concepts.get(concept.id)) is not None:
                old += _of_concept(known)
            new += _of_concept(concept)
            made._concepts = {**made._concepts, concept.id: concept}
        for pattern, keys in old:
            if (pattern, keys) not in new:
                made._root = _grafted(made._root, keys, pattern, planted=False)
        for pattern, keys in new:
            if (pattern, keys) not in old:
                made._root = _grafted(made._root, keys, pattern, planted=True)
        made._derive()
        return made

    # --- what is known -------------------------------------------------------------

    @property
    def vendors(self) -> Mapping[str, Vendor]:
        """By id."""
        return self._vendors

    @property
    def places(self) -> Mapping[str, Place]:
        """By code."""
        return self._places

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """By id."""
        return self._concepts

    @property
    def light_concepts(self) -> frozenset[str]:
        """Those that weigh little."""
        return self._light_concepts

    @property
    def law_concepts(self) -> frozenset[str]:
        """Those that ask for law."""
        return self._law_concepts

    @property
    def fingerprint(self) -> str:
        """The same for vocabularies that read every text alike."""
        return self._fingerprint

    def is_ordinary(self, word: str) -> bool:
        """Whether it is listed as a word that only looks like a misspelt name."""
        return fold(word) in self._ordinary

    def wider(self, place: str) -> tuple[str, ...]:
        """The places whose law holds there too: ``IT`` → ``("EU", "COE")``."""
        known = self.places.get(place)
        return known.within if known else ()

    def asks_for_law(self, concepts: Sequence[str]) -> bool:
        """Whether one of these concepts is law itself."""
        return any(c in self.concepts and self.concepts[c].law for c in concepts)

    def technologies(self, concepts: Iterable[str]) -> frozenset[str]:
        """The technologies that concepts belong to; most belong to none."""
        known = (self.concepts[c].technology for c in concepts if c in self.concepts)
        return frozenset(technology for technology in known if technology)

    def field(self, vendor: str) -> frozenset[str]:
        """The technologies of a vendor, as its description names them."""
        if vendor not in self.vendors:
            return frozenset()
        described = self.mentions(self.vendors[vendor].description)
        return self.technologies(described.concepts)

    def vendor_name(self, vendor: str) -> str:
        """The name to show; the id itself where it is unknown."""
        return self.vendors[vendor].name if vendor in self.vendors else vendor

    def place_name(self, code: str, language: str) -> str:
        """The name to show in a supported language; the code where it is unknown."""
        known = self.places.get(code)
        return known.names.get(language, code) if known else code

    def concept_name(self, concept: str, language: str) -> str:
        """The word to show in a supported language; the id where it is unknown."""
        known = self.concepts.get(concept)
        words = known.words.get(language) if known else None
        return words[0].text if words else concept

    # --- reading text --------------------------------------------------------------

    def mentions(self, text: str) -> Mentions:
        """All that the text names, in order. Time grows with its length; never raises."""
        found = list(self._named(_Reading(text)))
        names = [(m.start, m.end) for m in found if m.kind is MentionKind.VENDOR]
        found = _outside(found, names)
        found += _provisions(text)
        found += (
            Mention(MentionKind.YEAR, m[0], *m.span()) for m in YEAR.finditer(text)
        )
        return Mentions(tuple(sorted(found, key=_in_order)))

    def misspelt(self, text: str, mentions: Mentions) -> tuple[Misspelt, ...]:
        """Slips of the finger for a vendor or a place; ``mentions`` are the text's."""
        if mentions.vendors and mentions.places:
            return ()
        return self._spelling.misspelt(text, tokens(text), mentions.found)

    @cached_property
    def _spelling(self) -> Spelling:
        """Made when it is first needed; made twice it would be the same."""
        vendors = [
            (MentionKind.VENDOR, vendor.id, name)
            for vendor in self.vendors.values()
            for name in (Name(text=vendor.name), *vendor.aliases)
        ]
        # Not cities, peoples and institutions: too many words are near to one of them.
        places = [
            (MentionKind.PLACE, place.code, name)
            for place in self.places.values()
            for name in place.aliases
            if name.text in place.names.values() and len(name.text) >= SHORTEST_PLACE
        ]
        words = [name for _, _, name in vendors] + list(self._blocked)
        words += [name for place in self.places.values() for name in place.aliases]
        known = {token.folded for name in words for token in tokens(name.text)}
        field_words = {
            (language, token.folded)
            for concept in self.concepts.values()
            for language, listed in concept.words.items()
            for name in listed
            for token in tokens(name.text)
        }
        rivals = frozenset(word for _, word in field_words)
        return Spelling(
            [
                Known(
                    text=" ".join(token.folded for token in tokens(name.text)),
                    kind=kind,
                    id=identity,
                    capital=name.exact and not name.lowercase,
                )
                for kind, identity, name in (*vendors, *places)
            ],
            words=self._ordinary | known | rivals,
            stems=frozenset((code, stem(word, code)) for code, word in field_words),
            rivals=rivals,
        )

    def _named(self, reading: _Reading) -> Iterator[Mention]:
        """The longest name of each kind from the left, overlapping none of its kind.

        Of two as long the listed form wins over the stem: ``regulators`` regulate, but
        are listed as authorities.
        """
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

    # --- building ------------------------------------------------------------------

    def _plant(self, blocked: Sequence[Name]) -> None:
        for vendor in self._vendors.values():
            for planted in _of_vendor(vendor):
                self._insert(*planted)
        for place in self._places.values():
            for name in place.aliases:
                self._insert(*_of_name(MentionKind.PLACE, place.code, name))
        for name in blocked:
            self._insert(*_of_name(MentionKind.PLACE, None, name))
        for concept in self._concepts.values():
            for planted in _of_concept(concept):
                self._insert(*planted)

    def _insert(self, pattern: _Pattern, keys: tuple[str, ...]) -> None:
        node = self._root
        for key in keys:
            node = node.after.setdefault(key, _Node())
        if node is not self._root:
            node.ends.append(pattern)

    def _hashed(self) -> str:
        # Frozen values of plain parts: what they are is all in how they are written.
        content: list[object] = [
            [held[key] for key in sorted(held)]
            for held in (self._vendors, self._places, self._concepts)
        ]
        written = repr([*content, self._blocked])
        return hashlib.sha256(written.encode()).hexdigest()


_Planted = tuple[_Pattern, tuple[str, ...]]
"""A name, and the words by which it is reached from the root."""


def _of_vendor(vendor: Vendor) -> Iterator[_Planted]:
    for name in (Name(text=vendor.name), *vendor.aliases):
        yield _of_name(MentionKind.VENDOR, vendor.id, name)


def _of_name(kind: MentionKind, identity: str | None, name: Name) -> _Planted:
    words = tokens(name.text)
    return _Pattern(kind, identity, name, words), tuple(w.folded for w in words)


def _of_concept(concept: Concept) -> Iterator[_Planted]:
    for language, names in concept.words.items():
        for name in names:
            yield from _of_word(concept.id, language, name)


def _of_word(identity: str, language: str, name: Name) -> Iterator[_Planted]:
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


def _in_order(mention: Mention) -> tuple[int, int, str, str]:
    return (mention.start, -mention.end, mention.kind, mention.id)


def _outside(
    found: Sequence[Mention], names: Sequence[tuple[int, int]]
) -> list[Mention]:
    """The mentions without those inside a vendor's name: a name says nothing more."""
    inside = {p for start, end in names for p in range(start, end)}
    return [m for m in found if m.kind is MentionKind.VENDOR or m.start not in inside]


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


def _provisions(text: str) -> Iterator[Mention]:
    """``Art. 5(1)(e)`` → ``art-5-1-e``, ``§ 63`` → ``sec-63``."""
    for head in HEAD.finditer(text):
        parts = ["art" if head["article"] else "sec", (head["code"] or "").lower()]
        parts += [head["number"] + (head["letter"] or "").lower(), head["latin"] or ""]
        end = head.end()
        while point := POINT.match(text, end):
            parts.append(point["bracket"] or point["paragraph"] or point["point"])
            end = point.end()
        identity = "-".join(part.lower() for part in parts if part)
        yield Mention(MentionKind.PROVISION, identity, head.start(), end)
