"""A message before any platform has touched it: a closed little language of blocks.

All text is plain and unescaped. Whoever draws a card does all the escaping, and nobody
else knows a platform's limits. Every word is in the card already, in the reader's
language, so that drawing it needs no catalogue.
"""

from dataclasses import dataclass, field

from bot.cards.actions import Action, Actions, Button, Menu, Weight
from bot.cards.blocks import (
    NOTHING,
    Aside,
    Attachment,
    Citation,
    Copy,
    CoverageList,
    CoverageRow,
    Fact,
    Facts,
    Flag,
    Heading,
    Line,
    Mark,
    Notice,
    Picture,
    Quote,
    Section,
    Suggestions,
    Table,
    Translated,
)
from bot.cards.forms import Field, Form, Input

__all__ = [
    "NOTHING",
    "Action",
    "Actions",
    "Aside",
    "Attachment",
    "Block",
    "Button",
    "Card",
    "Citation",
    "Copy",
    "CoverageList",
    "CoverageRow",
    "Fact",
    "Facts",
    "Field",
    "Flag",
    "Form",
    "Heading",
    "Input",
    "Line",
    "Mark",
    "Menu",
    "Notice",
    "Picture",
    "Quote",
    "Section",
    "Suggestions",
    "Table",
    "Translated",
    "Weight",
]

Block = (
    Heading
    | Line
    | Notice
    | Quote
    | Section
    | CoverageList
    | Suggestions
    | Table
    | Facts
    | Actions
    | Picture
    | Copy
    | Attachment
)
"""All that a card can hold. Whoever draws cards matches every case."""


@dataclass(frozen=True, slots=True)
class Card:
    """A message: a title, a short remark on the right of it, and blocks."""

    title: str
    blocks: tuple[Block, ...] = field(default=())
    remark: str = ""

    def code(self) -> str:
        """That of its first button, by which its message is found again; '' without."""
        held = (
            b
            for block in self.blocks
            if isinstance(block, Actions)
            for b in block.buttons
        )
        return next((button.code for button in held), "")

    def quotes(self) -> tuple[Quote, ...]:
        """All quotes in it, also those in sections, in the order shown."""
        shown: list[Quote] = []
        for block in self.blocks:
            if isinstance(block, Quote):
                shown.append(block)
            elif isinstance(block, Section):
                shown.extend(block.quotes)
        return tuple(shown)
