"""Card → terminal: wrapped to the window, readable without colour, safe to print.

Nothing in a card is read as markup: every text becomes a ``rich.text.Text``. A control
character shows as a visible stand-in, never acts. Quotes are wrapped, never shortened.
"""

from typing import Final

from rich.console import Console

from bot.cards import (
    Actions,
    Aside,
    Attachment,
    Card,
    Citation,
    Copy,
    CoverageList,
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
from bot.terminal.page import INDENT, Page, harmless, wrap

__all__ = ["harmless", "render", "wrap"]

WIDEST = 100
"""Lines longer than this are hard to read, whatever the window's width."""

STRUCK = "strike"
"""Words that are published no longer; their flag says so where nothing is struck."""

MARKS: Final = {Mark.NONE: " ", Mark.GOOD: "✓", Mark.ATTENTION: "⚠", Mark.BAD: "✗"}


def render(card: Card, console: Console) -> None:
    """Print the card; colour only where the console has it."""
    page = Page(console, min(console.width, WIDEST))
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
                links = [link for _, link in block.linked()]
                page.grid([headings, *rows], links=[None, *links])
            case Facts(facts):
                page.grid(
                    [(MARKS[f.mark], f.name, f.value) for f in facts],
                    links=[f.link for f in facts],
                )
            case Picture(alt=alt):
                page.put(alt)
            case Copy(label, text):
                page.put(label, style="bold")
                page.put(text, first=INDENT)
            case Attachment(label=label):
                page.put(label)


def _quote(quote: Quote, page: Page) -> None:
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


def _flags(quote: Quote, page: Page, margin: str = INDENT) -> None:
    for flag in quote.flags:
        page.put(f"⚠ {flag.text}", first=margin, style="bold")
        if flag.link:
            page.link(flag.link, margin)


def _words(quote: Quote, page: Page) -> None:
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


def _aside(aside: Aside, page: Page) -> None:
    """The other side, further in, with one source: it has its own card."""
    if aside.quote is None:
        page.put(f"{aside.label} {aside.pointer}", first=INDENT, style="bold")
        return
    quote, first = aside.quote, aside.quote.sources[:1]
    aged = f"⚠ {quote.warning}" if quote.warning else ""
    head = [quote.kind.upper(), quote.date, *map(_publisher, first), aged]
    margin = INDENT + "│ "
    page.put(aside.label, first=INDENT, style="bold")
    page.put(" · ".join(part for part in head if part), first=margin)
    _flags(quote, page, margin)
    words = f"{quote.opening}{quote.text}{quote.closing}"
    page.put(words, first=margin, style=STRUCK if quote.struck else "")
    page.put(" · ".join(quote.caption), first=margin, style="dim")
    for source in first:
        page.link(source.link, margin)
        if quote.exact_link:
            page.link(f"{quote.exact_label} {quote.exact_link}", margin)
        if source.archived_link:
            page.link(f"{source.archived_label} {source.archived_link}", margin)


def _publisher(source: Citation) -> str:
    return f"{source.publisher} ({source.language})"


def _coverage(block: CoverageList, page: Page) -> None:
    if not block.rows:
        page.put(f"{block.title} {block.nothing}")
        return
    page.put(block.title, style="bold")
    cells = [(row.name, row.count, row.newest, row.kinds) for row in block.rows]
    page.grid(cells, first=INDENT, right=frozenset({1}))
    if block.rest:
        page.put(block.rest, first=INDENT)
