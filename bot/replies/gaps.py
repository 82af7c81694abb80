"""What was asked and is not held, for those who keep the knowledge base."""

from collections.abc import Sequence

from bot.cards import NOTHING, Block, Card, Heading, Line, Table
from bot.catalogue import Words, words
from bot.replies.subject import Names, echo
from knowledge.model import Gap

LONGEST_TABLE = 20
"""Rows that are shown; the rest are counted."""

MOST_QUESTIONS = 5
"""Questions of one gap that are shown, where their words are kept."""


def gaps(found: Sequence[Gap], names: Names, *, language: str | None = None) -> Card:
    """Refused questions by vendor, place and concept, most often asked first.

    Their words only where the tenant keeps them. Who asked is not known.
    """
    spoken = words(language)
    title = spoken("gaps.title")
    if not found:
        return Card(title, (Line(spoken("gaps.nothing")),))
    columns = ("vendor", "country", "concept", "count", "newest")
    headings = tuple(spoken(f"gaps.columns.{column}") for column in columns)
    shown = found[:LONGEST_TABLE]
    blocks: list[Block] = [
        Table(
            headings,
            tuple(_row(g, names, spoken) for g in shown),
            spoken("labelled", heading="", cell=""),
        )
    ]
    if len(found) > len(shown):
        blocks.append(Line(spoken("more-of.rows", count=len(found) - len(shown))))
    questions = dict.fromkeys(q for g in shown for q in g.questions[:MOST_QUESTIONS])
    if questions:
        blocks.append(Heading(spoken("gaps.questions")))
        blocks += [
            Line(spoken.quoted(echo(q))) for q in list(questions)[:LONGEST_TABLE]
        ]
    blocks.append(Line(spoken("gaps.hint")))
    return Card(title, tuple(blocks))


def _row(gap: Gap, names: Names, words: Words) -> tuple[str, ...]:
    return (
        names.vendor_name(gap.vendor) if gap.vendor else NOTHING,
        names.place_name(gap.place, words.language) if gap.place else NOTHING,
        names.concept_name(gap.concept, words.language) if gap.concept else NOTHING,
        str(gap.count),
        words.dated(gap.newest.date()),
    )
