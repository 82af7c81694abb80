"""Changes laid over the vocabulary of the files, and a vocabulary that can be replaced."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from knowledge.analysis import fold, tokens
from knowledge.entries import Concept, Name, Place, Vendor
from knowledge.model import Mentions, Status
from knowledge.spelling import Misspelt
from knowledge.terms import Term, TermKind
from knowledge.vocabulary import Made, Vocabulary


def laid_over(base: Vocabulary, terms: Sequence[Term]) -> Vocabulary:
    """The vocabulary with what was published, and without what was retracted.

    ``terms`` in the order in which they became so: names are added at the end. A term
    whose vendor or concept the files have no more is left out.
    """
    vendors, concepts = dict(base.vendors), dict(base.concepts)
    for term in sorted(terms, key=lambda each: each.kind is not TermKind.VENDOR):
        taken = term.status is Status.RETRACTED
        if term.kind is TermKind.VENDOR:
            if taken:
                vendors.pop(term.owner, None)
            else:
                vendors[term.owner] = _vendor(term, vendors.get(term.owner))
        elif term.kind is TermKind.NAME and (held := vendors.get(term.owner)):
            names = _with(held.aliases, term.name, taken=taken)
            vendors[term.owner] = replace(held, aliases=names)
        elif term.kind is TermKind.WORD and (known := concepts.get(term.owner)):
            language = term.language or ""
            words = _with(known.words.get(language, ()), term.name, taken=taken)
            concepts[term.owner] = replace(
                known, words={**known.words, language: words}
            )
    return base.changed(
        vendors=[v for v in vendors.values() if base.vendors.get(v.id) != v],
        concepts=[c for c in concepts.values() if base.concepts.get(c.id) != c],
        without=[id for id in base.vendors if id not in vendors],
    )


def _vendor(term: Term, held: Vendor | None) -> Vendor:
    return Vendor(
        id=term.owner,
        name=term.name.text,
        aliases=held.aliases if held else term.names,
        description=term.description,
        home=term.home,
    )


def _with(names: Iterable[Name], name: Name, *, taken: bool) -> tuple[Name, ...]:
    """A name that is there already stays in its place."""
    kept = list(names)
    if taken:
        return tuple(each for each in kept if each.text != name.text)
    if any(each.text == name.text for each in kept):
        return tuple(name if each.text == name.text else each for each in kept)
    return (*kept, name)


FROM_STEM = 3
"""Letters that all forms of a word begin with: fewer than the shortest stem has."""


def touched_by(terms: Sequence[Term], before: Vocabulary) -> Callable[[str], bool]:
    """Which texts may be read otherwise, once these were published or retracted.

    It may say so of a text that is not, and never the other way round. ``before`` is the
    vocabulary until then.
    """
    wanted = [part for term in terms for part in _parts(term, before)]

    def touches(text: str) -> bool:
        folded = fold(text)
        return any(all(word in folded for word in words) for words in wanted)

    return touches


def _parts(term: Term, before: Vocabulary) -> Iterator[tuple[str, ...]]:
    """What has to stand in a text for it to hold one of the names."""
    names = [term.name, *term.names]
    if term.kind is TermKind.VENDOR and (held := before.vendors.get(term.owner)):
        names += [Name(text=held.name), *held.aliases]
    for name in names:
        words = [token.folded for token in tokens(name.text)]
        stemmed = term.kind is TermKind.WORD and not (name.exact or name.whole)
        yield tuple(word[:FROM_STEM] if stemmed else word for word in words)


class LiveVocabulary(Vocabulary):
    """A vocabulary that another takes the place of, whole, while it is in use.

    Whoever holds it reads with the newest. It is replaced in one step, so that no text
    is read with half of one and half of another.
    """

    def __init__(self, now: Vocabulary) -> None:
        self.now = now

    @property
    def vendors(self) -> Mapping[str, Vendor]:
        """By id."""
        return self.now.vendors

    @property
    def places(self) -> Mapping[str, Place]:
        """By code."""
        return self.now.places

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """By id."""
        return self.now.concepts

    @property
    def light_concepts(self) -> frozenset[str]:
        """Those that weigh little."""
        return self.now.light_concepts

    @property
    def law_concepts(self) -> frozenset[str]:
        """Those that ask for law."""
        return self.now.law_concepts

    @property
    def matters(self) -> frozenset[str]:
        """Concepts that a question can be on."""
        return self.now.matters

    @property
    def no_places(self) -> tuple[Name, ...]:
        """Names that look like places and are none."""
        return self.now.no_places

    @property
    def ordinary(self) -> frozenset[str]:
        """Folded words that look like a misspelt name and are none."""
        return self.now.ordinary

    @property
    def made(self) -> Made:
        """What was made of the vocabulary that is used now."""
        return self.now.made

    @property
    def of_technology(self) -> Mapping[str, str]:
        """Concept → the technology that it belongs to."""
        return self.now.of_technology

    @property
    def fingerprint(self) -> str:
        """That of the vocabulary that is used now."""
        return self.now.fingerprint

    def is_ordinary(self, word: str) -> bool:
        """Whether it is listed as a word that only looks like a misspelt name."""
        return self.now.is_ordinary(word)

    def changed(
        self,
        *,
        vendors: Iterable[Vendor] = (),
        concepts: Iterable[Concept] = (),
        without: Iterable[str] = (),
    ) -> Vocabulary:
        """The one that is used now, with these in the place of others."""
        return self.now.changed(vendors=vendors, concepts=concepts, without=without)

    def mentions(self, text: str) -> Mentions:
        """All that the text names."""
        return self.now.mentions(text)

    def misspelt(self, text: str, mentions: Mentions) -> tuple[Misspelt, ...]:
        """Slips of the finger for a vendor or a place."""
        return self.now.misspelt(text, mentions)
