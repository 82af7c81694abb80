"""An answer → a card: quotes with kind, date, source, and who vetted them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from bot.cards import (
    Aside,
    Block,
    Card,
    Citation,
    Line,
    Notice,
    Quote,
    Section,
    Translated,
)
from bot.catalogue import Words
from bot.links import exact_words
from bot.replies.subject import Names, corrections, echo, heading, place_names
from knowledge.model import (
    Answered,
    Beside,
    Document,
    Evidence,
    Form,
    Kind,
    PartialDate,
    Source,
    Standing,
)
from knowledge.translations import translated

OLD = timedelta(days=365)
"""Past this age a quote is marked; unknown age is marked too."""


def answered(
    answer: Answered, names: Names, today: date, words: Words, understood: str | None
) -> Card:
    """The card of an answer. Passages keep the answer's order and are numbered by it.

    Law of the wider place, or of no vendor, follows in sections of its own.
    """
    direct = [e for e in answer.evidence if e.standing is Standing.DIRECT]
    law = [e for e in answer.evidence if e.standing is Standing.WIDER_LAW]
    numbers = {id(e): n for n, e in enumerate([*direct, *law], start=1)}
    shown = {e.document.id: numbers[id(e)] for e in reversed([*direct, *law])}

    def quote(evidence: Evidence) -> Quote:
        made = _quote(numbers[id(evidence)], evidence, today, words)
        return replace(made, asides=_asides(evidence.beside, shown, today, words))

    said = corrections(answer.question, names, words, answered=True)
    blocks: list[Block] = [Notice(sentence) for sentence in said]
    if understood is not None:
        blocks.append(Line(words("answer.understood", question=echo(understood))))
    blocks += [quote(evidence) for evidence in direct]
    for places, group in groupby(law, lambda e: e.passage.places or e.document.places):
        blocks.append(
            Section(
                _law_title(places, names, words),
                tuple(quote(evidence) for evidence in group),
            )
        )
    if answer.more:
        blocks.append(Line(words("answer.more", count=answer.more)))
    if answer.newest_event_on is None:
        blocks.append(Notice(words("answer.age-unknown")))
    elif answer.stale:
        newest = words.month(answer.newest_event_on)
        blocks.append(Notice(words("answer.ends", date=newest)))
    return Card(
        heading(answer.question, names, words),
        tuple(blocks),
        remark=_remark(answer, direct, words),
    )


def _asides(
    beside: Sequence[Beside], shown: Mapping[str, int], today: date, words: Words
) -> tuple[Aside, ...]:
    """Other documents beside a quote; by number alone where the answer has them."""
    asides: list[Aside] = []
    for label, group in groupby(beside, lambda other: _label(other, words)):
        others = list(group)
        numbers = sorted(
            {shown[o.document.id] for o in others if o.document.id in shown}
        )
        if numbers:
            listed = ", ".join(map(str, numbers))
            pointer = words("beside.numbers", count=len(numbers), numbers=listed)
            asides.append(Aside(label=label, pointer=pointer))
        asides += [
            Aside(label=label, quote=_quote(0, other, today, words))
            for other in others
            if other.document.id not in shown
        ]
    return tuple(asides)


def _label(other: Beside, words: Words) -> str:
    return words(f"beside.{'says' if other.forward else 'is'}-{other.relation}")


def _quote(
    number: int, evidence: Evidence | Beside, today: date, words: Words
) -> Quote:
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


def _law_title(places: Sequence[str], names: Names, words: Words) -> str:
    if not places:
        return words("answer.law")
    return words("answer.law-of", places=", ".join(place_names(places, names, words)))


def _remark(answer: Answered, direct: Sequence[Evidence], words: Words) -> str:
    """How the passages are ordered, how many there are, and of how many origins.

    Origins are the distinct publishers of what is shown.
    """
    shown = len(answer.evidence)
    count = shown + answer.more
    publishers = {
        " ".join(source.publisher.casefold().split())
        for evidence in answer.evidence
        for source in evidence.document.sources
    }
    passages = (
        words("answer.passages-of", shown=shown, count=count)
        if answer.more
        else words("answer.passages", count=count)
    )
    parts = [f"{passages}, {words('answer.origins', count=len(publishers))}"]
    if len(direct) > 1:
        ordered = "newest-first" if _newest_first(direct) else "best-first"
        parts.insert(0, words(f"answer.{ordered}"))
    return " · ".join(parts)


def _newest_first(evidence: Sequence[Evidence]) -> bool:
    """Said only where it is so, whatever the question asked for; undated come last."""
    dates = [e.document.dated or PartialDate(1) for e in evidence]
    return all(one >= other for one, other in pairwise(dates))
