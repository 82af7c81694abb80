"""Card → terminal: wrapped to the window, readable without colour, safe to print.

Nothing in a card is read as markup: every text becomes a ``rich.text.Text``. A control
character shows as a visible stand-in, never acts. Quotes are wrapped, never shortened.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from bot.cards import (
    Actions,
    Aside,
    Attachment,
    Card,
    Citation,
    Copy,
    CoverageList,
    Fact,
    Facts,
    Heading,
    Line,
    Mark,
    Notice,
    Picture,
    Quote,
    Section,
    Suggestions,
    Table,
)

WIDEST = 100
"""Lines longer than this are hard to read, whatever the window's width."""

NARROWEST = 16
"""Text is not squeezed into less than this beside an indent or other columns."""

INDENT = "   "
GUTTER = "  "

STRUCK = "strike"
"""Words that are published no longer; their flag says so where nothing is struck."""

_BREAKABLE = re.compile(r" +")

BREAKS: Final = dict.fromkeys(
    map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " "
)
"""White space that would move the cursor; the renderer wraps lines itself."""

ORDERS: Final = dict.fromkeys(
    map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "�"
)
"""Bidirectional embeddings, overrides and isolates: they could reorder what stands
beside a quote or show its letters in another order than they have."""

MARKS: Final = {Mark.NONE: " ", Mark.GOOD: "✓", Mark.ATTENTION: "⚠", Mark.BAD: "✗"}


def harmless(text: str) -> str:
    """The text with nothing in it that acts on a terminal.

    Control characters become their pictures (``␛``) or ``�``, line breaks and tabs
    spaces, explicit bidirectional controls and lone surrogates ``�``. All else stays.
    """
    return "".join(map(_shown, text.translate(BREAKS).translate(ORDERS)))


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells, cut at white space.

    A no-break space is not cut at, so that « and » keep their words; a word longer than
    a line is cut where the line ends. Runs of white space become one space.
    """
    lines: list[str] = []
    line = ""
    for word in _BREAKABLE.split(text.strip(" ")):
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = chop_cells(word, width) or [""]
        lines.extend(full)
    return [*lines, line]


def render(card: Card, console: Console) -> None:
    """Print the card; colour only where the console has it."""
    page = _Page(console, min(console.width, WIDEST))
    page.beside(card.title, card.remark, style="bold")
    page.put("─" * page.width, style="dim")
    for block in card.blocks:
        if isinstance(block, Actions):  # nothing can be pressed here
            continue
        page.gap()
        match block:
            case Heading(text):
                page.put(text, style="bold")
            case Line(text):
                page.put(text)
            case Notice(text):
                page.put(text, style="bold")
            case Quote():
                _quote(block, page)
            case Section(title, quotes):
                page.put(title, style="bold underline")
                for quote in quotes:
                    page.gap()
                    _quote(quote, page)
            case CoverageList():
                _coverage(block, page)
            case Suggestions(title, questions):
                page.put(title, style="bold")
                for question in questions:
                    page.put(question, first=INDENT)
            case Table(headings, rows):
                page.grid([headings, *rows])
            case Facts(facts):
                page.grid([(MARKS[f.mark], f.name, _value(f)) for f in facts])
            case Picture(alt=alt):
                page.put(alt)
            case Copy(label, text):
                page.put(label, style="bold")
                page.put(text, first=INDENT)
            case Attachment(label=label):
                page.put(label)


def _value(fact: Fact) -> str:
    return f"{fact.value} {fact.link}" if fact.link else fact.value


def _quote(quote: Quote, page: "_Page") -> None:
    first = quote.sources[0] if quote.sources else None
    head = [quote.kind.upper(), quote.date, _publisher(first) if first else None]
    page.beside(
        " · ".join(part for part in head if part),
        f"⚠ {quote.warning}" if quote.warning else "",
        first=str(quote.number).ljust(len(INDENT) - 1) + " ",
        style="bold",
    )
    _flags(quote, page)
    _words(quote, page)
    if quote.translation is not None:
        page.put(quote.translation.label, first=INDENT, style="italic")
        page.put(quote.translation.text, first=INDENT, style="italic")
    page.put(" · ".join(quote.caption), first=INDENT, style="dim")
    for source in quote.sources:
        if source is not first:
            named = [f"{quote.also} {_publisher(source)}", source.date]
            page.put(" · ".join(part for part in named if part), first=INDENT)
        page.link(source.link)
        if source is first and quote.exact_link:
            page.link(f"{quote.exact_label} {quote.exact_link}")
        if source.archived_link:
            page.link(f"{source.archived_label} {source.archived_link}")
    for aside in quote.asides:
        _aside(aside, page)


def _flags(quote: Quote, page: "_Page", margin: str = INDENT) -> None:
    for flag in quote.flags:
        page.put(f"⚠ {flag.text}", first=margin, style="bold")
        if flag.link:
            page.link(flag.link, margin)


def _words(quote: Quote, page: "_Page") -> None:
    """The quote; behind a bar, where the words around it are shown too."""
    if quote.struck or not (quote.before or quote.after):
        style = STRUCK if quote.struck else ""
        words = f"{quote.opening}{quote.text}{quote.closing}"
        page.put(words, first=INDENT, style=style)
        return
    opening, closing = quote.opening, quote.closing
    if quote.before:
        page.put(f"{opening}{quote.before}", first=INDENT)
        opening = ""
    if quote.after:
        closing = ""
    page.put(f"{opening}{quote.text}{closing}", first=INDENT + "│ ", style="bold")
    if quote.after:
        page.put(f"{quote.after}{quote.closing}", first=INDENT)


def _aside(aside: Aside, page: "_Page") -> None:
    """The other side, further in, with one source: it has its own card."""
    if aside.quote is None:
        page.put(f"{aside.label} {aside.pointer}", first=INDENT, style="bold")
        return
    quote, first = aside.quote, aside.quote.sources[:1]
    head = [quote.kind.upper(), quote.date, *map(_publisher, first)]
    margin = INDENT + "│ "
    page.put(aside.label, first=INDENT, style="bold")
    page.put(" · ".join(part for part in head if part), first=margin)
    _flags(quote, page, margin)
    words = f"{quote.opening}{quote.text}{quote.closing}"
    page.put(words, first=margin, style=STRUCK if quote.struck else "")
    page.put(" · ".join(quote.caption), first=margin, style="dim")
    for source in first:
        page.link(source.link, margin)


def _publisher(source: Citation) -> str:
    return f"{source.publisher} ({source.language})"


def _coverage(block: CoverageList, page: "_Page") -> None:
    if not block.rows:
        page.put(f"{block.title} {block.nothing}")
        return
    page.put(block.title, style="bold")
    cells = [(row.name, row.count, row.newest, row.kinds) for row in block.rows]
    page.grid(cells, first=INDENT, right=frozenset({1}))
    if block.rest:
        page.put(block.rest, first=INDENT)


@dataclass(frozen=True, slots=True)
class _Page:
    """Prints lines of at most ``width`` cells; the only caller of the console."""

    console: Console
    width: int

    def gap(self) -> None:
        self._print("")

    def put(self, text: str, *, first: str = "", style: str = "") -> None:
        """A paragraph that begins with ``first``, hanging under what follows it."""
        # A bar goes on beside every line of its paragraph.
        margin = first if first.endswith("│ ") else " " * cell_len(first)
        room = max(self.width - len(margin), NARROWEST)
        for number, line in enumerate(wrap(harmless(text), room)):
            self._print((margin if number else first) + _isolated(line), style)

    def beside(
        self, left: str, right: str, *, first: str = "", style: str = ""
    ) -> None:
        """``right`` at the right edge of the same line, else on a line of its own."""
        margin = cell_len(first)
        text, remark = harmless(left), harmless(right)
        space = self.width - margin - cell_len(text) - cell_len(remark)
        if remark and space >= len(GUTTER):
            self._print(f"{first}{_isolated(text)}{' ' * space}{remark}", style)
            return
        self.put(left, first=first, style=style)
        if remark:
            self.put(right, first=" " * margin)

    def link(self, link: str, margin: str = INDENT) -> None:
        """On a line of its own and never cut by us, so that it can be copied."""
        self._print(f"{margin}{harmless(link)}")

    def grid(
        self,
        rows: Sequence[tuple[str, ...]],
        *,
        first: str = "",
        right: frozenset[int] = frozenset(),
    ) -> None:
        """Columns as wide as their cells; the last cell wraps in the room left to it.

        ``right`` are the columns that are set flush right.
        """
        safe = [[harmless(cell) for cell in row] for row in rows]
        widths = [max(map(cell_len, column)) for column in zip(*safe, strict=True)]
        for row in safe:
            lead = first
            for number, cell in enumerate(row[:-1]):
                space = " " * (widths[number] - cell_len(cell))
                lead += (space + cell if number in right else cell + space) + GUTTER
            if self.width - cell_len(lead) >= NARROWEST:
                self.put(row[-1], first=lead)
            else:  # a cell too wide to stand beside others
                self.put(f"{lead.rstrip()}{GUTTER}{row[-1]}")

    def _print(self, line: str, style: str = "") -> None:
        self.console.print(
            Text(line.rstrip(" "), style), soft_wrap=True, highlight=False
        )


def _isolated(line: str) -> str:
    """A line with right-to-left letters, kept from reordering what stands beside it."""
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in line):
        return f"\u2068{line}\u2069"
    return line


def _shown(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" if ord(character) < 0x20:
            return chr(0x2400 + ord(character))
        case "Cc" if character == "\x7f":
            return "␡"
        case "Cc" | "Cs":
            return "�"
        case _:
            return character
