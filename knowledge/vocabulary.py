"""The vendors, places and concepts that a text names, in any supported language.

The vocabulary is built once from plain values and never changes. Files are read by
``adapters.vocabulary_files``; this module knows none.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from knowledge.analysis import fold, stem, tokens
from knowledge.entries import LAW_ITSELF, Concept, Name, Place, Vendor
from knowledge.model import Mention, MentionKind, Mentions
from knowledge.name_forms import (
    Planted,
    of_concept,
    of_no_place,
    of_place,
    of_vendor,
)
from knowledge.name_tree import NameTree
from knowledge.provisions import provisions, years
from knowledge.spelling import Known, Misspelt, Spelling


@dataclass(frozen=True, slots=True)
class Made:
    """What takes a while to make of a vocabulary's entries."""

    names: NameTree
    fingerprint: str


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
        made: Made | None = None,
    ) -> None:
        """``no_places`` look like places and are none: ``New York Times``.

        ``ordinary`` words look like a misspelt name and are none: ``paragone``.
        ``made`` is what was made of the very same before.
        """
        self._vendors: Mapping[str, Vendor] = {v.id: v for v in vendors}
        self._places: Mapping[str, Place] = {p.code: p for p in places}
        self._concepts: Mapping[str, Concept] = {c.id: c for c in concepts}
        self._blocked = tuple(no_places)
        self._ordinary = frozenset(fold(word) for word in ordinary)
        self._names = NameTree.of(self._planted()) if made is None else made.names
        self._derive()
        self._fingerprint = self._hashed() if made is None else made.fingerprint

    def _derive(self) -> None:
        concepts = self._concepts.values()
        self._light_concepts = frozenset(c.id for c in concepts if c.light)
        self._law_concepts = frozenset(c.id for c in concepts if c.law)
        self._of_technology = {c.id: c.technology for c in concepts if c.technology}
        self._matters = self._law_concepts - {LAW_ITSELF} | {*self._of_technology}

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
        old: list[Planted] = []
        new: list[Planted] = []
        for id in without:
            old += of_vendor(made._vendors[id])
            made._vendors = {k: v for k, v in made._vendors.items() if k != id}
        for vendor in vendors:
            if (held := made._vendors.get(vendor.id)) is not None:
                old += of_vendor(held)
            new += of_vendor(vendor)
            made._vendors = {**made._vendors, vendor.id: vendor}
        for concept in concepts:
            if (known := made._concepts.get(concept.id)) is not None:
                old += of_concept(known)
            new += of_concept(concept)
            made._concepts = {**made._concepts, concept.id: concept}
        made._names = self._names.changed(old, new)
        made._derive()
        made._fingerprint = made._hashed()
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
    def no_places(self) -> tuple[Name, ...]:
        """Names that look like places and are none."""
        return self._blocked

    @property
    def ordinary(self) -> frozenset[str]:
        """Folded words that look like a misspelt name and are none."""
        return self._ordinary

    @property
    def made(self) -> Made:
        """What was made of it, for whoever makes the same again."""
        return Made(self._names, self._fingerprint)

    @property
    def light_concepts(self) -> frozenset[str]:
        """Those that weigh little."""
        return self._light_concepts

    @property
    def law_concepts(self) -> frozenset[str]:
        """Those that ask for law."""
        return self._law_concepts

    @property
    def matters(self) -> frozenset[str]:
        """Concepts that a question can be on: technologies, and laws by their names."""
        return self._matters

    @property
    def fingerprint(self) -> str:
        """The same for vocabularies that read every text alike."""
        return self._fingerprint

    def is_ordinary(self, word: str) -> bool:
        """Whether it is listed as a word that only looks like a misspelt name."""
        return fold(word) in self._ordinary

    @property
    def regions(self) -> frozenset[str]:
        """The wider places that have no law: Africa, the Middle East."""
        return frozenset(p.code for p in self.places.values() if not p.law)

    def around(self, place: str) -> tuple[str, ...]:
        """The wider places that it lies in: ``RO`` → ``("EU", "COE", "BALKANS")``."""
        known = self.places.get(place)
        return known.within if known else ()

    def wider(self, place: str) -> tuple[str, ...]:
        """Those of them whose law holds there too: ``RO`` → ``("EU", "COE")``."""
        return tuple(code for code in self.around(place) if self.places[code].law)

    def inside(self, place: str) -> frozenset[str]:
        """The places that lie in it; none in a country."""
        return frozenset(
            code for code, known in self.places.items() if place in known.within
        )

    def opened(self, place: str) -> tuple[str, ...]:
        """What is counted as held on it: for a region what is held on any place in it.

        A country stands for itself, and so do the EU and the Council of Europe: what is
        held on them is on their own law and institutions.
        """
        if place not in self.regions:
            return (place,)
        return (place, *sorted(self.inside(place)))

    def asks_for_law(self, concepts: Sequence[str]) -> bool:
        """Whether one of these concepts is law itself."""
        return any(c in self.concepts and self.concepts[c].law for c in concepts)

    def technologies(self, concepts: Iterable[str]) -> frozenset[str]:
        """The technologies that concepts belong to; most belong to none."""
        known = (self.concepts[c].technology for c in concepts if c in self.concepts)
        return frozenset(technology for technology in known if technology)

    @property
    def of_technology(self) -> Mapping[str, str]:
        """Concept → the technology that it belongs to; most belong to none."""
        return self._of_technology

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
        found = list(self._names.named(text))
        names = [(m.start, m.end) for m in found if m.kind is MentionKind.VENDOR]
        found = [*_outside(found, names), *provisions(text), *years(text)]
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
            if name.text in place.names.values()
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

    # --- building ------------------------------------------------------------------

    def _planted(self) -> Iterator[Planted]:
        for vendor in self._vendors.values():
            yield from of_vendor(vendor)
        for place in self._places.values():
            yield from of_place(place)
        yield from map(of_no_place, self._blocked)
        for concept in self._concepts.values():
            yield from of_concept(concept)

    def _hashed(self) -> str:
        # Frozen values of plain parts: what they are is all in how they are written.
        content: list[object] = [
            [held[key] for key in sorted(held)]
            for held in (self._vendors, self._places, self._concepts)
        ]
        written = repr([*content, self._blocked])
        return hashlib.sha256(written.encode()).hexdigest()


def _in_order(mention: Mention) -> tuple[int, int, str, str]:
    return (mention.start, -mention.end, mention.kind, mention.id)


def _outside(
    found: Sequence[Mention], names: Sequence[tuple[int, int]]
) -> list[Mention]:
    """The mentions without those inside a vendor's name: a name says nothing more."""
    inside = {p for start, end in names for p in range(start, end)}
    return [m for m in found if m.kind is MentionKind.VENDOR or m.start not in inside]
