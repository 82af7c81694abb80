"""Evidence → quotes with kind, date, source, and who vetted them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Self

from bot.cards import Aside, Citation, Quote, Translated
from bot.catalogue import Words
from bot.links import exact_words
from knowledge.model import Beside, Document, Evidence, Form, Kind, Relation, Source
from knowledge.translations import translated

OLD = timedelta(days=365)
"""Past this age a quote is marked; unknown age is marked too."""


@dataclass(slots=True)
class Told:
    """What an answer shows, and what stands beside it, so that nothing is said twice.

    ``shown`` are the numbers of the answer's own documents.
    """

    shown: Mapping[str, int]
    mutual: Collection[tuple[str, str]]
    under: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, numbered: Iterable[tuple[int, Evidence]]) -> Self:
        """Of an answer's passages with their numbers, of which none is told yet."""
        listed = list(numbered)
        return cls(
            {e.document.id: number for number, e in reversed(listed)},
            {
                (e.document.id, other.document.id)
                for _, e in listed
                for other in e.beside
                if _is_later(other)
            },
        )

    def asides(
        self, number: int, evidence: Evidence, today: date, words: Words
    ) -> tuple[Aside, ...]:
        """Other documents beside a quote; by number alone where the answer has them.

        What stands beside an earlier quote in full is not repeated: a later one points
        there. That something is older than both is said once, by the dates it is seen
        too; so where the older passage names the later ones, they do not name it.
        """
        made: list[Aside] = []
        own = evidence.document.id
        for label, group in groupby(evidence.beside, lambda o: _label(o, words)):
            numbers: set[int] = set()
            elsewhere: set[int] = set()
            quotes: list[Aside] = []
            for other in group:
                id = other.document.id
                if id in self.shown:
                    if not (_is_earlier(other) and (id, own) in self.mutual):
                        numbers.add(self.shown[id])
                    continue
                first = self.under.setdefault((id, other.text), number)
                if first == number:
                    quotes.append(
                        Aside(label=label, quote=quoted(0, other, today, words))
                    )
                elif not _is_earlier(other):
                    elsewhere.add(first)
            for name, found in (("numbers", numbers), ("under", elsewhere)):
                if found:
                    listed = ", ".join(map(str, sorted(found)))
                    pointer = words(f"beside.{name}", count=len(found), numbers=listed)
                    made.append(Aside(label=label, pointer=pointer))
            made += quotes
        return tuple(made)


def _is_earlier(other: Beside) -> bool:
    """Whether the passage updates it: background, and no reason to doubt the passage."""
    return other.relation is Relation.UPDATES and other.forward


def _is_later(other: Beside) -> bool:
    return other.relation is Relation.UPDATES and not other.forward


def _label(other: Beside, words: Words) -> str:
    return words(f"beside.{'says' if other.forward else 'is'}-{other.relation}")


def quoted(
    number: int, evidence: Evidence | Beside, today: date, words: Words
) -> Quote:
    """The quote by its number, without what belongs beside it."""
    document = evidence.document
    dated = document.dated
    return Quote(
        number=number,
        kind=words(f"kind.{document.kind}"),
        date=words.dated(dated) if dated else None,
        text=evidence.text,
        opening=words("quote.opening"),
        closing=words("quote.closing"),
        sources=tuple(_citation(source, words) for source in document.sources),
        also=words("answer.also-cited"),
        caption=(
            words(f"form.{document.form}"),
            *_stamps(document, words),
            evidence.passage.locator,
        ),
        warning=_warning(document, today, words),
        exact_link=_exact_link(evidence),
        exact_label=words("answer.exact"),
        translation=_translation(evidence, words),
    )


def _exact_link(evidence: Evidence | Beside) -> str | None:
    """Where the words themselves stand on the page: a brief's stand on none."""
    document = evidence.document
    if document.form is not Form.SOURCE or not document.sources:
        return None
    return exact_words(document.sources[0].url, evidence.text)


def _translation(evidence: Evidence | Beside, words: Words) -> Translated | None:
    """In the reader's language, where a person made one; the original stays above it."""
    found = translated(evidence.document, evidence.quote, words.language)
    if found is None:
        return None
    into = words.language_name(found.language)
    return Translated(
        label=words("quote.translation", language=into, person=found.by),
        text=found.text,
    )


def _citation(source: Source, words: Words) -> Citation:
    return Citation(
        publisher=source.publisher,
        language=words.language_name(source.language),
        title=source.title,
        date=words.dated(source.published_on) if source.published_on else None,
        link=source.url,
        archived_link=source.archived_url,
        archived_label=words("answer.archived"),
    )


def _stamps(document: Document, words: Words) -> Iterable[str]:
    """Who vetted it and when, and when it was last looked at again."""
    if document.vetted_on is None:
        yield words(f"vetting.{document.vetting}-undated")
    else:
        yield words(f"vetting.{document.vetting}", date=words.dated(document.vetted_on))
    if document.rechecked_on is not None:
        yield words("vetting.rechecked", date=words.dated(document.rechecked_on))


def _warning(document: Document, today: date, words: Words) -> str | None:
    """What to be wary of in its age. A law does not grow less true with years."""
    dated = document.dated
    if dated is None:
        return words("answer.undated")
    old = dated.latest < today - OLD and document.kind is not Kind.LAW
    return words("answer.old") if old else None
