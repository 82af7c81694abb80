"""An answer → a card: quotes in the order of the answer, law under its own heading."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

from bot.cards import Actions, Block, Card, Line, Notice, Quote, Section
from bot.catalogue import Words
from bot.replies.buttons import Under, under_answer
from bot.replies.origins import origins
from bot.replies.quotes import OLD, Told, quoted
from bot.replies.subject import Names, about, corrections, echo, heading, place_names
from knowledge.model import Answered, Evidence, PartialDate, Post, Standing

Numbered = tuple[int, Evidence]
"""A passage with the number that it has in the whole answer, shown or not."""


def answered(
    answer: Answered,
    names: Names,
    today: date,
    words: Words,
    understood: str | None,
    under: Under | None = None,
    most: int | None = None,
) -> Card:
    """The card of an answer. Passages keep the answer's order and are numbered by it.

    Law of the wider place, or of no vendor, follows in sections of its own. The first
    ``most`` are shown; what there is beyond them, a button opens.
    """
    ordered = sorted(answer.evidence, key=lambda e: e.standing is not Standing.DIRECT)
    numbered = list(enumerate(ordered, start=1))[:most]
    left = len(ordered) - len(numbered)
    said = corrections(answer.question, names, words, answered=True)
    blocks: list[Block] = [Notice(sentence) for sentence in said]
    if understood is not None:
        blocks.append(Line(words("answer.understood", question=echo(understood))))
    blocks += quotes(numbered, names, today, words)
    if answer.more:  # no button opens these: they were not handed over
        blocks.append(Line(words("answer.more", count=answer.more)))
    newest = _newest(answer)
    if newest is None:
        blocks.append(Notice(words("answer.age-unknown")))
    elif answer.stale and newest.latest < today - OLD:
        blocks.append(Notice(words("answer.ends", date=words.month(newest))))
    if under is not None:
        numbers = [number for number, _ in numbered]
        corrected = bool(answer.question.corrected)
        blocks.append(under_answer(under, numbers, left, corrected=corrected))
    return Card(
        heading(answer.question, names, words),
        tuple(blocks),
        remark=_remark([e for _, e in numbered], left + answer.more, words),
    )


def more_passages(
    post: Post,
    evidence: Sequence[Evidence],
    start: int,
    step: int,
    names: Names,
    today: date,
    under: Under,
) -> Card | None:
    """The passages of an answer behind the first ``start``; None where none is left.

    ``evidence`` are those of its passages that may be quoted now; each keeps the number
    that it had.
    """
    words = under.words
    numbers = {shown.passage: n for n, shown in enumerate(post.passages, start=1)}
    behind = sorted(
        (
            (numbers[e.passage.id], e)
            for e in evidence
            if numbers.get(e.passage.id, 0) > start
        ),
        key=lambda numbered: numbered[0],
    )
    numbered, left = behind[:step], len(behind[step:])
    if not numbered:
        return None
    first, last = numbered[0][0], numbered[-1][0]
    buttons = [under.more(last, left)] if left else []
    buttons += [under.context(first)]
    blocks = [*quotes(numbered, names, today, words), Actions(tuple(buttons))]
    total = len(post.passages)
    remark = (
        words("more.remark-one", first=first, count=total)
        if first == last
        else words("more.remark", first=first, last=last, count=total)
    )
    title = about(post.vendors, post.places, names, words)
    return Card(title or words("answer.untitled"), tuple(blocks), remark=remark)


def quotes(
    numbered: Sequence[Numbered], names: Names, today: date, words: Words
) -> Iterator[Quote | Section]:
    """Direct passages, then law in sections by the place whose law it is.

    What belongs beside a passage and is shown itself is named by its number.
    """
    told = Told.of(numbered)

    def quote(number: int, evidence: Evidence) -> Quote:
        made = quoted(number, evidence, today, words)
        return replace(made, asides=told.asides(number, evidence, today, words))

    def places(numbered: Numbered) -> Sequence[str]:
        return numbered[1].passage.places or numbered[1].document.places

    law = [(n, e) for n, e in numbered if e.standing is Standing.WIDER_LAW]
    yield from (quote(n, e) for n, e in numbered if e.standing is Standing.DIRECT)
    for codes, group in groupby(law, places):
        title = _law_title(codes, names, words)
        yield Section(title, tuple(quote(n, e) for n, e in group))


def _law_title(places: Sequence[str], names: Names, words: Words) -> str:
    if not places:
        return words("answer.law")
    return words("answer.law-of", places=", ".join(place_names(places, names, words)))


def _newest(answer: Answered) -> PartialDate | None:
    """Of what answers, and of what is shown beside it: both are held."""
    beside = (o.document.dated for e in answer.evidence for o in e.beside)
    dates = [each for each in (answer.newest_event_on, *beside) if each is not None]
    return max(dates, default=None)


def _remark(shown: Sequence[Evidence], left: int, words: Words) -> str:
    """How the passages are ordered, how many there are, and of how many origins.

    Origins are those of what is shown.
    """
    count = len(shown) + left
    passages = (
        words("answer.passages-of", shown=len(shown), count=count)
        if left
        else words("answer.passages", count=count)
    )
    counted = origins(e.document for e in shown)
    parts = [f"{passages}, {words('answer.origins', count=counted)}"]
    direct = [e for e in shown if e.standing is Standing.DIRECT]
    if len(direct) > 1:
        ordered = "newest-first" if _newest_first(direct) else "best-first"
        parts.insert(0, words(f"answer.{ordered}"))
    return " · ".join(parts)


def _newest_first(evidence: Sequence[Evidence]) -> bool:
    """Said only where it is so, whatever the question asked for; undated come last."""
    dates = [e.document.dated or PartialDate(1) for e in evidence]
    return all(one >= other for one, other in pairwise(dates))
