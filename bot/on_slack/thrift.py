"""What is given up first where a card does not fit: a fixed order, gentlest first.

Shorter lists come before shorter answers. A quote is shown whole, with its citation, or
it is not shown; then its citation still says where the words are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Thrift:
    """How much of a card is drawn. Numbers count from the start of the card."""

    merged: bool = False  # blocks in one, which loses nothing
    rows: int = 100  # of every list
    more_sources: bool = True  # beside the first
    around: bool = True  # the words around a quote
    translations: bool = True
    aside_quotes: bool = True
    quotes: int = 10_000  # shown whole; of the others the citation
    citations: int = 10_000
    line: int = 3000  # characters of the bot's own sentences
    blocks: int = 10_000  # of the card, but for its actions
    buttons: int = 10_000


def degrees(quotes: int, blocks: int) -> Iterator[Thrift]:
    """Ever thriftier ways to draw a card with so many quotes and blocks."""
    thrift = Thrift()
    yield thrift
    thrift = replace(thrift, merged=True)
    yield thrift
    for rows in (50, 20, 10, 5, 3, 1, 0):
        thrift = replace(thrift, rows=rows)
        yield thrift
    for spared in ("more_sources", "around", "translations", "aside_quotes"):
        thrift = replace(thrift, **{spared: False})
        yield thrift
    thrift = replace(thrift, line=1000)
    yield thrift
    for number in range(quotes - 1, -1, -1):
        thrift = replace(thrift, quotes=number)
        yield thrift
    for line in (300, 100):
        thrift = replace(thrift, line=line)
        yield thrift
    for number in range(quotes - 1, -1, -1):
        thrift = replace(thrift, citations=number)
        yield thrift
    while blocks > 0:
        blocks //= 2
        thrift = replace(thrift, blocks=blocks)
        yield thrift
    for buttons in (25, 5, 0):
        thrift = replace(thrift, buttons=buttons)
        yield thrift
