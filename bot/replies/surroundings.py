"""A quote with the sentences around it, and how its answer was chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.cards import Actions, Block, Card, Fact, Facts, Heading, Line, Notice
from bot.catalogue import Words, words
from bot.replies.buttons import Under
from bot.replies.quotes import quoted
from bot.replies.subject import Names, about
from knowledge.model import Evidence, Post, QuestionKind, Span, Standing

MOST_NUMBERS = 5
"""How many passages' buttons stand under one of them."""


def context(
    evidence: Evidence,
    around: Span,
    today: date,
    *,
    number: int = 1,
    others: Sequence[int] = (),
    key: str = "",
    language: str | None = None,
) -> Card:
    """A quote set apart in the sentences around it.

    ``around`` is a span of the same body that holds the quote. ``others`` are the numbers
    of further passages of the answer, whose surroundings a button opens.
    """
    spoken = words(language)
    body, quote = evidence.document.body, evidence.quote
    set_apart = replace(
        quoted(number, evidence, today, spoken),
        before=body[min(around.start, quote.start) : quote.start],
        after=body[quote.end : max(around.end, quote.end)],
        translation=None,  # it is one of the quote alone
    )
    blocks: list[Block] = [set_apart]
    if not (set_apart.before.strip() or set_apart.after.strip()):
        blocks.append(Line(spoken("context.alone")))
    if key and others:
        under = Under(key=key, words=spoken)
        buttons = [under.context(n) for n in others if n != number][:MOST_NUMBERS]
        named = [replace(b, label=b.name) for b in buttons]
        blocks.append(Actions(tuple(named)))
    title = spoken("context.title", title=evidence.document.title)
    return Card(title, tuple(blocks), remark=spoken("context.number", number=number))


def why(
    post: Post,
    evidence: Sequence[Evidence],
    names: Names,
    today: date,
    *,
    language: str | None = None,
) -> Card:
    """How an answer was chosen: what was looked for, and what each passage holds of it.

    ``evidence`` are those of its passages that may be quoted now. It says nothing of how
    sure anything is.
    """
    spoken = words(language, post.language)
    blocks: list[Block] = [Facts(tuple(_read(post, names, spoken)), spoken.colon)]
    if post.reason is not None:
        blocks.append(Notice(spoken(f"why.refused.{post.reason}")))
    held = {each.passage.id: each for each in evidence}
    shown = post.passages[: post.shown]
    if shown:
        blocks.append(Heading(spoken("why.passages")))
        facts = []
        for number, passage in enumerate(shown, start=1):
            found = held.get(passage.passage)
            value = (
                _chosen(found, post, passage.reasons, names, spoken)
                if found is not None
                else spoken("why.gone")
            )
            facts.append(Fact(spoken("context.number", number=number), value))
        blocks.append(Facts(tuple(facts), spoken.colon))
        if len(post.passages) > len(shown):
            left = len(post.passages) - len(shown)
            blocks.append(Line(spoken("why.more", count=left)))
    blocks.append(Heading(spoken("why.rules-title")))
    blocks += [Line(spoken(f"why.rules.{rule}")) for rule in _rules(post)]
    return Card(spoken("why.title"), tuple(blocks))


def _read(post: Post, names: Names, words: Words) -> Iterator[Fact]:
    """What the question was read as."""
    subject = about(post.vendors, post.places, names, words)
    yield Fact(words("why.subject"), subject or words("why.no-subject"))
    kind = f"why.kind.{post.kind}"
    yield Fact(words("why.asked"), words(kind if kind in words else "why.kind.other"))


def _chosen(
    evidence: Evidence,
    post: Post,
    reasons: Sequence[str],
    names: Names,
    words: Words,
) -> str:
    """The kind, the date, what it is on, and what of the question it holds."""
    document = evidence.document
    dated = document.dated
    parts = [
        words(f"kind.{document.kind}"),
        words.dated(dated) if dated else words("answer.undated"),
    ]
    if evidence.standing is Standing.WIDER_LAW:
        parts.append(words("why.law"))
    else:
        vendors = [v for v in post.vendors if v in evidence.passage.vendors]
        opened = {code for place in post.places for code in names.opened(place)}
        places = [p for p in evidence.passage.places if p in opened]
        subject = about(vendors, places, names, words)
        if subject:
            parts.append(words("why.is-on", subject=subject))
    held = dict.fromkeys(
        names.concept_name(reason.removeprefix("holds:"), words.language)
        for reason in reasons
        if reason.startswith("holds:")
    )
    if held:
        parts.append(words("why.holds", words=", ".join(held)))
    return " · ".join(parts)


def _rules(post: Post) -> Iterator[str]:
    """The rules that such an answer was chosen by."""
    if post.vendors or post.places:
        yield "subject"
    yield "published"
    if post.passages:
        newest = post.kind == QuestionKind.STATUS
        yield "newest-first" if newest else "best-first"
    yield "verbatim"
