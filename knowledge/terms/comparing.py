"""In what a vocabulary differs from another, as terms; for folders that come in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.entries import Name, Vendor
from knowledge.model import Status
from knowledge.terms import Term, TermKind
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What another vocabulary has more, what it lacks, and what is no change of terms.

    ``beyond`` are ids of places and concepts that differ otherwise than by a word: they
    come with a release, and by nobody's review.
    """

    more: tuple[Term, ...]
    less: tuple[Term, ...]
    beyond: tuple[str, ...]


def difference(held: Vocabulary, other: Vocabulary) -> Difference:
    """What has to become of ``held`` for it to be as ``other`` is."""
    return Difference(
        more=tuple(_more(held, other)),
        less=tuple(replace(t, status=Status.PUBLISHED) for t in _less(held, other)),
        beyond=tuple(_beyond(held, other)),
    )


def _more(held: Vocabulary, other: Vocabulary) -> Iterator[Term]:
    for id, vendor in other.vendors.items():
        known = held.vendors.get(id)
        if known is None:
            yield as_term(vendor)
            continue
        if _head(known) != _head(vendor):
            yield replace(as_term(vendor), names=())
        for name in _missing(known.aliases, vendor.aliases):
            yield Term(kind=TermKind.NAME, owner=id, name=name)
    yield from _words(held, other)


def _less(held: Vocabulary, other: Vocabulary) -> Iterator[Term]:
    for id, vendor in held.vendors.items():
        if id not in other.vendors:
            yield as_term(vendor)
            continue
        names = {alias.text for alias in other.vendors[id].aliases}
        for alias in vendor.aliases:
            if alias.text not in names:
                yield Term(kind=TermKind.NAME, owner=id, name=alias)
    for word in _words(other, held):
        listed = other.concepts[word.owner].words.get(word.language or "", ())
        if word.name.text not in {name.text for name in listed}:
            yield word


def _words(held: Vocabulary, other: Vocabulary) -> Iterator[Term]:
    for id, concept in other.concepts.items():
        known = held.concepts.get(id)
        if known is None:
            continue
        for language, words in concept.words.items():
            for name in _missing(known.words.get(language, ()), words):
                yield Term(kind=TermKind.WORD, owner=id, name=name, language=language)


def _missing(held: Sequence[Name], listed: Sequence[Name]) -> list[Name]:
    return [name for name in listed if name not in held]


def _beyond(held: Vocabulary, other: Vocabulary) -> Iterator[str]:
    for code in sorted({*held.places, *other.places}):
        if held.places.get(code) != other.places.get(code):
            yield code
    for id in sorted({*held.concepts, *other.concepts}):
        ours, theirs = held.concepts.get(id), other.concepts.get(id)
        if (
            ours is None
            or theirs is None
            or replace(ours, words={}) != replace(theirs, words={})
        ):
            yield id


def as_term(vendor: Vendor) -> Term:
    """A vendor with all its names."""
    return Term(
        kind=TermKind.VENDOR,
        owner=vendor.id,
        name=Name(text=vendor.name),
        home=vendor.home,
        description=vendor.description,
        names=vendor.aliases,
    )


def terms_of(vocabulary: Vocabulary) -> Iterator[Term]:
    """Every vendor, name and word of a vocabulary, as if it had been published."""
    for vendor in vocabulary.vendors.values():
        yield replace(as_term(vendor), status=Status.PUBLISHED)
        for alias in vendor.aliases:
            yield Term(
                kind=TermKind.NAME,
                owner=vendor.id,
                name=alias,
                status=Status.PUBLISHED,
            )
    for concept in vocabulary.concepts.values():
        for language, words in concept.words.items():
            for word in words:
                yield Term(
                    kind=TermKind.WORD,
                    owner=concept.id,
                    name=word,
                    language=language,
                    status=Status.PUBLISHED,
                )


def _head(vendor: Vendor) -> tuple[str, str | None, str]:
    return vendor.name, vendor.home, vendor.description
