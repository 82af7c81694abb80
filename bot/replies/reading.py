"""How a name was read that somebody typed into a command: said where it is not the same.

A question has this in its own answer, see ``subject.corrections``.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.cards import Card, Notice
from bot.catalogue import Words, words
from bot.replies.guidance import typed
from bot.replies.subject import LONGEST_NAME, Names, corrections, echo, place_names
from knowledge.model import Question


def read_as(
    card: Card,
    taken: Collection[str],
    read: Sequence[Question],
    names: Names,
    *,
    language: str | None = None,
) -> Card:
    """The card, and at its head what was misspelt, or named and not taken.

    ``taken`` are the ids that the card is on, ``read`` is how what was typed was read.
    """
    spoken = words(language)
    said = [line for each in read for line in _said(each, taken, names, spoken)]
    return replace(card, blocks=(*map(Notice, dict.fromkeys(said)), *card.blocks))


def other_kind(
    read: Question, names: Names, platform: str, language: str | None = None
) -> Card:
    """A place where a vendor was wanted, or a vendor for a place: and which command."""
    spoken = words(language)
    is_place = not read.mentions.vendors
    kind, command = ("place", "country") if is_place else ("vendor", "vendor")
    id = (read.mentions.places if is_place else read.mentions.vendors)[0]
    text = spoken(
        f"notice.{kind}-here.text",
        name=_name(id, read, names, spoken),
        command=typed(command, platform, language),
    )
    said = corrections(read, names, spoken, answered=False)
    blocks = tuple(Notice(line) for line in (*said, text))
    return Card(spoken(f"notice.{kind}-here.title"), blocks)


def _said(
    read: Question, taken: Collection[str], names: Names, words: Words
) -> Iterator[str]:
    if read.text.casefold() in {id.casefold() for id in taken}:
        return  # an id is no name, so nothing was read
    mine = tuple(each for each in read.corrected if each.id in taken)
    yield from corrections(replace(read, corrected=mine), names, words, answered=False)
    if {*read.mentions.vendors, *read.mentions.places} - set(taken):
        written = words.quoted(echo(read.text, LONGEST_NAME))
        known = [names.vendor_name(v) for v in read.mentions.vendors if v in taken]
        known += place_names(
            [code for code in read.mentions.places if code in taken], names, words
        )
        yield words("corrected.only", written=written, name=" · ".join(known))


def _name(id: str, read: Question, names: Names, words: Words) -> str:
    if id in read.mentions.vendors:
        return names.vendor_name(id)
    return names.place_name(id, words.language)
