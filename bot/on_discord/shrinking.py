"""A card that is too long → the same card with less in it, in a fixed order.

First lists get shorter, then the words around a quote and what stands beside it that has
its own card, then quotes go, the last first, each as a whole with its citation. No quote
is ever cut.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from bot.cards import (
    Actions,
    Attachment,
    Block,
    Card,
    CoverageList,
    Fact,
    Facts,
    Heading,
    Line,
    Notice,
    Picture,
    Quote,
    Section,
    Suggestions,
    Table,
)
from bot.on_discord.markdown import shortened

LEFT_OUT = "…"
"""Says in every language that there is more than is shown."""

ROWS = (25, 15, 10, 6, 3, 1, 0)
"""To how many rows lists are shortened, one after the other."""

LENGTHS = (600, 300, 120, 40)
"""To how many characters the bot's own words are shortened, at the very last."""


def ever_shorter(card: Card) -> Iterator[Card]:
    """The card, and then shorter and shorter ones, to one that fits anywhere."""
    yield card
    for most in ROWS:
        card = _each(card, partial(_rows, most=most))
        yield card
    for without in (_without_surroundings, _without_further_links):
        card = _quotes(card, without)
        yield card
    for fewer in _fewer_quotes(card):
        card = fewer
        yield card
    for without in (_without_translation, _without_asides):
        card = _quotes(card, without)
        yield card
    for most in LENGTHS:
        card = _cut(card, most)
        yield card
    card = replace(card, blocks=_no_quotes(card.blocks))
    yield card
    for count in (12, 4, 2, 1, 0):
        yield replace(card, blocks=_first_words(card.blocks, count))


def _each(card: Card, change: Callable[[Block], Block]) -> Card:
    return replace(card, blocks=tuple(change(block) for block in card.blocks))


def _rows(block: Block, *, most: int) -> Block:
    """A list with at most so many rows; it says where some are left out."""
    match block:
        case CoverageList(rows=rows) if len(rows) > most:
            return replace(block, rows=rows[:most], rest=block.rest or LEFT_OUT)
        case Suggestions(questions=questions) if len(questions) > most:
            return replace(block, questions=questions[:most])
        case Table(headings, rows) if len(rows) > most:
            left_out = (LEFT_OUT, *[""] * (len(headings) - 1))[: len(headings)]
            return replace(
                block, rows=(*rows[:most], left_out), links=block.links[:most]
            )
        case Facts(facts) if len(facts) > most:
            return replace(block, facts=(*facts[:most], Fact(LEFT_OUT, "")))
        case _:
            return block


def _quotes(card: Card, change: Callable[[Quote], Quote]) -> Card:
    def changed(block: Block) -> Block:
        match block:
            case Quote():
                return change(block)
            case Section(title, quotes):
                return Section(title, tuple(map(change, quotes)))
            case _:
                return block

    return _each(card, changed)


def _without_surroundings(quote: Quote) -> Quote:
    return replace(quote, before="", after="")


def _without_further_links(quote: Quote) -> Quote:
    """One source, which the quote stands on, and its own page alone."""
    bare = tuple(replace(s, archived_link=None) for s in quote.sources[:1])
    return replace(quote, sources=bare, exact_link=None)


def _without_translation(quote: Quote) -> Quote:
    return replace(quote, translation=None)


def _without_asides(quote: Quote) -> Quote:
    return replace(quote, asides=())


def _fewer_quotes(card: Card) -> Iterator[Card]:
    """One quote less each time, from the end, as long as one is left."""
    total = len(card.quotes())
    for count in range(total - 1, 0, -1):
        yield replace(card, blocks=_first_quotes(card.blocks, count))


def _first_quotes(blocks: tuple[Block, ...], count: int) -> tuple[Block, ...]:
    kept: list[Block] = []
    left, said = count, False
    for block in blocks:
        match block:
            case Quote() if left:
                left -= 1
                kept.append(block)
            case Section(title, quotes) if left:
                kept.append(Section(title, quotes[:left]))
                left -= min(left, len(quotes))
            case Quote() | Section():
                if not said:
                    kept.append(Line(LEFT_OUT))
                said = True
            case _:
                kept.append(block)
    return tuple(kept)


def _no_quotes(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A quote so long that it fits nowhere: a sign that it is left out."""
    if not any(isinstance(block, Quote | Section) for block in blocks):
        return blocks
    return _first_quotes(blocks, 0)


def _cut(card: Card, most: int) -> Card:
    """The bot's own words, shorter; never a quote's, nor its citation's."""

    def cut(block: Block) -> Block:
        match block:
            case Heading(text):
                return Heading(shortened(text, most))
            case Line(text):
                return Line(shortened(text, most))
            case Notice(text):
                return Notice(shortened(text, most))
            case CoverageList():
                return replace(block, title=shortened(block.title, most))
            case _:
                return block

    short = replace(
        card, title=shortened(card.title, most), remark=shortened(card.remark, most)
    )
    return _each(short, cut)


def _first_words(blocks: tuple[Block, ...], count: int) -> tuple[Block, ...]:
    """So many blocks of text; what can be done stays, and pictures."""
    kept: list[Block] = []
    left = count
    for block in blocks:
        match block:
            case Actions() | Picture() | Attachment():
                kept.append(block)
            case _ if left:
                left -= 1
                kept.append(block)
            case _:
                pass
    return tuple(kept)
