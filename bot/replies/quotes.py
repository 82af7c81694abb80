"""Evidence → quotes with kind, date, source, and who vetted them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from bot.cards import Aside, Citation, Quote, Translated
from bot.catalogue import Words
from bot.links import exact_words
from knowledge.model import Beside, Document, Evidence, Form, Kind, Source
from knowledge.translations import translated

OLD = timedelta(days=365)
"""Past this age a quote is marked; unknown age is marked too."""


def asides(
    beside: Sequence[Beside], shown: Mapping[str, int], today: date, words: Words
) -> tuple[Aside, ...]:
    """Other documents beside a quote; by number alone where the answer has them."""
    made: list[Aside] = []
    for label, group in groupby(beside, lambda other: _label(other, words)):
        others = list(group)
        numbers = sorted(
            {shown[o.document.id] for o in others if o.document.id in shown}
        )
        if numbers:
            listed = ", ".join(map(str, numbers))
            pointer = words("beside.numbers", count=len(numbers), numbers=listed)
            made.append(Aside(label=label, pointer=pointer))
        made += [
            Aside(label=label, quote=quoted(0, other, today, words))
            for other in others
            if other.document.id not in shown
        ]
    return tuple(made)


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
