"""May this passage answer this question at all? The laws, before anything is weighed.

The question's subject must be the passage's subject (law 3), and so must the years and
the names that the question says. How well a passage answers is weighed in ``gate``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.demands import Demand, Unit
from knowledge.figures import has_figure
from knowledge.model import (
    HeldPassage,
    Kind,
    Mentions,
    PartialDate,
    QuestionKind,
    Span,
    Standing,
)
from knowledge.year_ranges import years_between


class Sentence:
    """A whole sentence of a passage, as a span of the body, and what it names.

    What it names is read when it is first asked for: of most sentences that a search
    brings up nobody asks, and to read it takes ten times as long as all the rest.
    """

    __slots__ = (
        "_concepts",
        "_has_figure",
        "_mentions",
        "_read",
        "language",
        "span",
        "stems",
        "text",
    )

    def __init__(
        self,
        span: Span,
        text: str,
        language: str,
        stems: frozenset[str],
        read: Callable[[str], Mentions],
    ) -> None:
        """``stems`` are those by the passage's language, and the folded words."""
        self.span = span
        self.text = text
        self.language = language
        self.stems = stems
        self._read = read
        self._has_figure: bool | None = None
        self._mentions: Mentions | None = None  # whoever comes second reads the same
        self._concepts: frozenset[str] | None = None

    @property
    def mentions(self) -> Mentions:
        """All that it names."""
        if self._mentions is None:
            self._mentions = self._read(self.text)
        return self._mentions

    @property
    def concepts(self) -> frozenset[str]:
        """Of the mentions: asked for most."""
        if self._concepts is None:
            self._concepts = frozenset(self.mentions.concepts)
        return self._concepts

    @property
    def has_figure(self) -> bool:
        """Whether it tells how much or how many of anything."""
        if self._has_figure is None:
            self._has_figure = has_figure(self.text, self.language)
        return self._has_figure


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRead:
    """One of the questions that a passage is known to answer, as it was read.

    ``forms`` are its content words, each followed by its stem. In one tuple: a base has
    tens of thousands of these, and a set takes six times the room.
    """

    text: str
    language: str
    kind: QuestionKind
    vendors: frozenset[str]
    places: frozenset[str]
    concepts: frozenset[str]
    light: frozenset[str]  # of the concepts
    forms: tuple[str, ...]

    @property
    def terms(self) -> Iterator[tuple[str, str]]:
        """Each content word, and its stem."""
        return zip(self.forms[::2], self.forms[1::2], strict=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage as published at this moment, read sentence by sentence.

    ``title`` is its document's, which tells what it is on but is never quoted. ``own``
    are the questions that it answers, ``worded`` those in readers' words, in the asker's
    language alone.
    """

    held: HeldPassage
    sentences: tuple[Sentence, ...]
    title: Sentence
    own: tuple[OwnRead, ...] = ()
    worded: tuple[OwnRead, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """Those that the passage is on, and all others that it names."""
        named = (place for each in self.sentences for place in each.mentions.places)
        return frozenset(self.held.passage.places).union(named)


def admit(wanted: Demand, found: Candidate) -> Standing | None:
    """How the passage stands to the question's subject; None where it may not answer."""
    standing = stands(wanted, found.held)
    if standing is None or not _of_the_years(wanted, found):
        return None
    if not _from_there(wanted, found):
        return None
    if _on_another_matter(wanted, found) or not _says_what_it_must(wanted, found):
        return None
    if wanted.figure and not any(s.has_figure for s in found.sentences):
        return None
    return standing if wanted.vendors or not missing_names(wanted, found) else None


def missing_names(wanted: Demand, found: Candidate) -> frozenset[Unit]:
    """The names asked about that neither the passage nor its title says.

    Where no vendor is asked about, such a name may be the subject itself.
    """
    names = [unit for unit in wanted.units if unit.needed]
    if not names:
        return frozenset()
    texts = (found.title, *found.sentences)
    return frozenset(names) - frozenset().union(*(matches(wanted, t) for t in texts))


def reasons(wanted: Demand, found: Candidate) -> tuple[str, ...]:
    """Why it was chosen, in the field's words: what of the demand its sentences hold."""
    held = frozenset().union(*(matches(wanted, s) for s in found.sentences))
    return tuple(sorted(f"holds:{unit.label}" for unit in held))


def worth(wanted: Demand, found: Candidate) -> Mapping[int, float]:
    """Each sentence's value for the quote, by its number."""
    return {
        number: _worth(wanted, sentence, matches(wanted, sentence))
        for number, sentence in enumerate(found.sentences)
    }


def stands(wanted: Demand, held: HeldPassage) -> Standing | None:
    """How the passage stands to the subject by what it is tagged with, before it is read.

    None where it is on something else.
    """
    vendors, places = set(held.passage.vendors), set(held.passage.places)
    on_vendor = not wanted.vendors or bool(vendors & wanted.vendors)
    on_place = not wanted.places or bool(places & wanted.places)
    if on_vendor and on_place:
        return Standing.DIRECT
    is_law = held.document.kind is Kind.LAW and not vendors
    in_place = wanted.places or wanted.where.origins
    if wanted.law and is_law and (not in_place or places & wanted.law_places):
        return Standing.WIDER_LAW
    return None


def _from_there(wanted: Demand, found: Candidate) -> bool:
    """Whether it is on what, and on whom, is from where it is asked about: by its tags, by
    its maker's home, or by its words, which call a product or a person so."""
    where = wanted.where
    if not (where.origins or where.natives):
        return True
    there, vendors = found.places, found.held.passage.vendors
    made = bool(where.origins & there) or not where.makers.isdisjoint(vendors)
    born = bool(where.natives & there)
    return (made or not where.origins) and (born or not where.natives)


def _on_another_matter(wanted: Demand, found: Candidate) -> bool:
    """Whether it is a law, of no vendor, on other technologies than the one asked about.

    A law that names no technology, as most on data protection, binds all of them; but
    where law on a technology is asked for, only one that names it answers.
    """
    if found.held.document.kind is not Kind.LAW or found.held.passage.vendors:
        return False
    concepts = {*found.held.passage.concepts, *found.title.mentions.concepts}
    if wanted.kind is QuestionKind.LAW and wanted.concepts & wanted.matter:
        return not concepts & wanted.matter
    return bool(concepts & wanted.foreign) and not concepts & wanted.matter


def _says_what_it_must(wanted: Demand, found: Candidate) -> bool:
    """Whether the passage, or its title, says each concept that an answer has to."""
    texts = (found.title, *found.sentences)
    said = (concept for text in texts for concept in text.mentions.concepts)
    return not wanted.said or wanted.said.issubset(said)


def _of_the_years(wanted: Demand, found: Candidate) -> bool:
    """Whether the passage is on one of the years asked about, by date or by words."""
    if not wanted.years:
        return True
    named = {
        year
        for sentence in found.sentences
        for year in (*sentence.mentions.years, *years_between(sentence.text))
    }
    dated: PartialDate | None = found.held.document.event_on
    years = named | ({dated.year} if dated else set())
    return any(span.holds(year) for span in wanted.years for year in years)


def matches(wanted: Demand, sentence: Sentence) -> frozenset[Unit]:
    """The units that a sentence holds, as a concept or as a word in any form."""
    words = wanted.forms & sentence.stems
    concepts = (
        wanted.concepts & sentence.concepts if wanted.concepts else wanted.concepts
    )
    if not words and not concepts:
        return frozenset()
    return frozenset(
        [
            unit
            for unit in wanted.units
            if unit.concept in concepts or not unit.forms.isdisjoint(words)
        ]
    )


def _worth(wanted: Demand, sentence: Sentence, held: frozenset[Unit]) -> float:
    """A sentence's value for the quote: the subject it names, then what it supports."""
    value = 0.0
    if set(sentence.mentions.places) & (wanted.places | wanted.law_places):
        value += 2.0
    if set(sentence.mentions.vendors) & wanted.vendors:
        value += 1.0
    if wanted.amount and sentence.has_figure:
        value += 0.5
    return value + sum(0.5 if unit.light else 2.0 for unit in held)
