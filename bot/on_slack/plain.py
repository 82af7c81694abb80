"""Card → plain text, for notifications and for screen readers, which read it first.

Escaped, since Slack reads markup in it. Pieces are whole or left out, so that no quote is
cut and none stands without its citation.
"""

from collections.abc import Iterator

from bot.cards import (
    Actions,
    Attachment,
    Block,
    Card,
    Copy,
    CoverageList,
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
from bot.cards.signs import harmless, one_line
from bot.on_slack.rich import web_address
from bot.on_slack.texts import ELLIPSIS, cut, escaped, size

LONGEST = 3900
"""Characters; an edit takes 4,000 at the most."""

LONGEST_LINE = 600


def plain(card: Card) -> str:
    """The card's words, as many as fit; never empty."""
    text = ""
    for piece in _pieces(card):
        longer = f"{text}\n{piece}" if text else piece
        if size(longer) > LONGEST:
            return f"{text}\n{ELLIPSIS}" if text else ELLIPSIS
        text = longer
    return text or ELLIPSIS


def _pieces(card: Card) -> Iterator[str]:
    for text in (card.title, card.remark):
        yield from _line(text)
    for block in card.blocks:
        yield from _of(block)


def _of(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Line(text) | Notice(text):
            yield from _line(text)
        case Quote():
            yield _quote(block)
        case Section(title, quotes):
            yield from _line(title)
            yield from map(_quote, quotes)
        case CoverageList(title, rows, nothing, rest):
            yield from _line(title if rows else f"{title} {nothing}")
            for row in rows:
                yield from _line(
                    " · ".join(
                        part
                        for part in (row.name, row.count, row.newest, row.kinds)
                        if part
                    )
                )
            yield from _line(rest or "")
        case Suggestions(title, questions):
            for text in (title, *questions):
                yield from _line(text)
        case Table():
            for cells, link in block.linked():
                yield from _line(" · ".join(cell for cell in block.line(cells) if cell))
                yield from _line(link or "")
        case Facts(facts):
            for fact in facts:
                yield from _line(f"{fact.name}{block.colon}{fact.value}")
                if fact.link:
                    yield from _line(fact.link)
        case Copy(label, text):
            yield from _line(label)
            yield escaped(cut(harmless(text), LONGEST_LINE))
        case Attachment(label=label):
            yield from _line(label)
        case Picture(alt=alt):
            yield from _line(alt)
        case Actions():
            pass


def _line(text: str) -> Iterator[str]:
    if line := one_line(text):
        yield escaped(cut(line, LONGEST_LINE))


def _quote(quote: Quote) -> str:
    """A quote with where it comes from and, beside it, what says otherwise."""
    lines = [
        f"{quote.number} {_head(quote)}" if quote.number else _head(quote),
        *(f"⚠ {one_line(flag.text)}" for flag in quote.flags),
        f"{quote.opening}{harmless(_whole(quote))}{quote.closing}",
        " · ".join([*map(one_line, quote.caption), *_links(quote)]),
    ]
    for aside in quote.asides:
        named = one_line(aside.label)
        if aside.quote is None:
            lines.append(f"{named} {one_line(aside.pointer or '')}")
        else:
            lines.append(f"{named} {_head(aside.quote)}")
            lines += [f"⚠ {one_line(flag.text)}" for flag in aside.quote.flags]
    return escaped("\n".join(line for line in lines if line))


def _whole(quote: Quote) -> str:
    return f"{quote.before}{quote.text}{quote.after}"


def _head(quote: Quote) -> str:
    publisher = [f"{s.publisher} ({s.language})" for s in quote.sources[:1]]
    parts = [quote.kind, quote.date or "", *publisher, quote.warning or ""]
    return " · ".join(short for part in parts if (short := one_line(part)))


def _links(quote: Quote) -> list[str]:
    found = [web_address(source.link) for source in quote.sources[:1]]
    return [address for address in found if address]
