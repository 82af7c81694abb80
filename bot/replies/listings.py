"""Lists: the texts of law that are held, and whose publications are cited."""

from collections.abc import Callable, Sequence

from bot.cards import Block, Card, Line, Table
from bot.cards import Notice as Said
from bot.catalogue import words
from bot.replies.subject import Names, about, page_of, place_names
from knowledge.model import Holding, Publisher

LONGEST_TABLE = 20
"""Rows that are shown; the rest are counted."""

LONGEST_LINKED = 15
"""The same where each row leads to its page: more would not fit a message of Discord's,
and would be left out of it uncounted."""


def laws(
    held: Sequence[Holding],
    names: Names,
    *,
    place: str | None = None,
    language: str | None = None,
) -> Card:
    """The laws that are held, of a place and of those that it lies in, or of all.

    Each leads to the page that it stands on.
    """
    spoken = words(language)
    name = names.place_name(place, spoken.language) if place else ""
    title = spoken("laws.title-place", place=name) if place else spoken("laws.title")
    if not held:
        said = (
            spoken("laws.nothing-place", place=name)
            if place
            else spoken("laws.nothing")
        )
        return Card(title, (Said(said),))
    headings = tuple(spoken(f"laws.columns.{c}") for c in ("title", "place", "dated"))
    rows = tuple(
        (
            law.title,
            ", ".join(place_names(law.places, names, spoken)),
            spoken.dated(law.dated) if law.dated else spoken("answer.undated"),
        )
        for law in held[:LONGEST_LINKED]
    )
    blocks: list[Block] = [
        Table(
            headings,
            rows,
            spoken("labelled", heading="", cell=""),
            links=tuple(page_of(law) for law in held[:LONGEST_LINKED]),
        )
    ]
    if len(held) > len(rows):
        left = len(held) - len(rows)
        blocks.append(Line(spoken("more-of.documents", count=left)))
    own = set(names.opened(place)) if place else set()
    if place and not all(own & set(law.places) for law in held):
        blocks.append(Line(spoken("laws.wider")))
    return Card(title, tuple(blocks))


def sources(
    cited: Sequence[Publisher],
    names: Names,
    *,
    vendor: str | None = None,
    place: str | None = None,
    language: str | None = None,
) -> Card:
    """Whose publications are cited on a vendor, a place, both or anything."""
    spoken = words(language)
    subject = about(
        (vendor,) if vendor else (), (place,) if place else (), names, spoken
    )
    title = (
        spoken("sources.title-of", subject=subject)
        if subject
        else spoken("sources.title")
    )
    if not cited:
        return Card(title, (Said(spoken("sources.nothing")),))
    columns = ("publisher", "count", "newest")
    headings = tuple(spoken(f"sources.columns.{column}") for column in columns)
    rows = tuple(
        (
            _named(publisher, spoken.language_name),
            str(publisher.documents),
            spoken.dated(publisher.newest)
            if publisher.newest
            else spoken("answer.undated"),
        )
        for publisher in cited[:LONGEST_TABLE]
    )
    blocks: list[Block] = [
        Table(headings, rows, spoken("labelled", heading="", cell=""))
    ]
    if len(cited) > len(rows):
        blocks.append(Line(spoken("more-of.rows", count=len(cited) - len(rows))))
    blocks.append(Line(spoken("sources.hint")))
    return Card(title, tuple(blocks), remark=spoken("sources.count", count=len(cited)))


def _named(publisher: Publisher, language_name: Callable[[str], str]) -> str:
    """``Garante (Italian)``."""
    listed = ", ".join(language_name(code) for code in publisher.languages)
    return f"{publisher.name} ({listed})" if listed else publisher.name
