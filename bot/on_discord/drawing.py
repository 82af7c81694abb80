"""A card's blocks → text in Discord's markdown, a paragraph or more for each block.

A quote and its citation are one paragraph, so that nothing can come between them.
"""

from typing import Final, assert_never

from bot.cards import (
    Actions,
    Aside,
    Attachment,
    Block,
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
from bot.on_discord import markdown as md

LONGEST_ALT = 1024

MARKS: Final = {Mark.NONE: "", Mark.GOOD: "✓ ", Mark.ATTENTION: "⚠ ", Mark.BAD: "✗ "}


def heading(card: Card) -> str:
    """The card's title, and the remark below it."""
    title, remark = md.line(card.title), md.line(card.remark)
    lines = [f"## {title}" if title else "", md.small(remark) if remark else ""]
    return "\n".join(each for each in lines if each)


def paragraphs(block: Block) -> tuple[str, ...]:
    """The block's text; nothing for what is no text."""
    match block:
        case Heading(text):
            return _some(f"### {md.line(text)}" if text.strip() else "")
        case Line(text):
            return _some(md.plain(text))
        case Notice(text):
            return _some(md.bold(text))
        case Quote():
            return (_quote(block),)
        case Section(title, quotes):
            head = f"### {md.line(title)}" if title.strip() else ""
            return _some(head, *map(_quote, quotes))
        case CoverageList():
            return _some(_coverage(block))
        case Suggestions(title, questions):
            listed = [f"- {md.line(question)}" for question in questions]
            return _some("\n".join([md.bold(title), *listed]) if listed else "")
        case Table():
            return _some(_table(block))
        case Facts(facts):
            return _some("\n".join(_fact(fact, block.colon) for fact in facts))
        case Picture(alt=alt):
            # What does not fit beside the picture is to be read below it.
            long = md.size(alt) > LONGEST_ALT
            return _some(md.small(md.line(alt)) if long else "")
        case Copy(label, text):
            return _some(f"{md.bold(label)}\n{md.fenced(text)}" if text.strip() else "")
        case Attachment(label=label):
            return _some(md.line(label))
        case Actions():
            return ()
        case _:
            assert_never(block)


def _some(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())


def _quote(quote: Quote) -> str:
    first = quote.sources[0] if quote.sources else None
    number = str(quote.number) if quote.number else None
    head = [number, quote.kind, quote.date, _publisher(first) if first else None]
    lines = [md.bold(" · ".join(part for part in head if part))]
    if quote.warning:
        lines[0] += f" · ⚠ {md.line(quote.warning)}"
    lines += [*_flags(quote), _words(quote), *_translation(quote), *_citation(quote)]
    lines += [_aside(aside) for aside in quote.asides]
    return "\n".join(lines)


def _words(quote: Quote) -> str:
    """The words between their marks; set apart from those around them, where given."""
    words = md.plain(quote.text)
    if quote.struck:
        words = md.struck(words)
    if (quote.before or quote.after) and words.strip():
        words = f"{md.plain(quote.before)}**{words}**{md.plain(quote.after)}"
    return md.quoted(f"{md.plain(quote.opening)}{words}{md.plain(quote.closing)}")


def _flags(quote: Quote) -> list[str]:
    """What became of it: on lines of their own, above the words."""
    lines = []
    for flag in quote.flags:
        made = md.link(flag.link) if flag.link else None
        lines.append(" ".join(["⚠", md.bold(flag.text), *([made] if made else [])]))
    return lines


def _translation(quote: Quote) -> tuple[str, ...]:
    if quote.translation is None:
        return ()
    label, text = md.line(quote.translation.label), md.plain(quote.translation.text)
    return (f"{label}\n{md.quoted(text)}",)


def _citation(quote: Quote) -> list[str]:
    """Whose words these are and where they stand; a line for each further source."""
    lines = [_cited(quote)]
    for source in quote.sources[1:]:
        named = [f"{md.line(quote.also)} {md.line(_publisher(source))}"]
        named += [md.line(source.date)] if source.date else []
        named += [_page(source.link), _archived(source)]
        lines.append(" · ".join(part for part in named if part))
    return [md.small(each) for each in lines if each]


def _cited(quote: Quote) -> str:
    """The first source: its page, the page at these words, the archived copy of it."""
    first = quote.sources[:1]
    parts = [md.line(part) for part in quote.caption]
    parts += [_page(source.link) for source in first]
    if quote.exact_link and (exact := md.link(quote.exact_link)):
        parts.append(f"{md.line(quote.exact_label)} {exact}")
    parts += [archived for source in first if (archived := _archived(source))]
    return " · ".join(part for part in parts if part)


def _archived(source: Citation) -> str:
    """Left out where it is no link: the page itself is there to go to."""
    made = md.link(source.archived_link) if source.archived_link else None
    return f"{md.line(source.archived_label)} {made}" if made else ""


def _page(address: str) -> str:
    """A link, or the address as text where it is none that may be followed."""
    return md.link(address) or md.line(md.shortened(address, 200))


def _aside(aside: Aside) -> str:
    """The other side, with one source: it has its own card."""
    if aside.quote is None:
        return f"{md.bold(aside.label)} {md.line(aside.pointer or '')}".strip()
    quote = aside.quote
    head = [quote.kind, quote.date, *map(_publisher, quote.sources[:1])]
    named = md.line(" · ".join(part for part in head if part))
    if quote.warning:
        named += f" · ⚠ {md.line(quote.warning)}"
    cited = _cited(quote)
    lines = [f"{md.bold(aside.label)} {named}".strip(), *_flags(quote), _words(quote)]
    return "\n".join([*lines, *([md.small(cited)] if cited else [])])


def _publisher(source: Citation) -> str:
    return f"{source.publisher} ({source.language})"


def _coverage(block: CoverageList) -> str:
    if not block.rows and block.rest is None:
        return f"{md.bold(block.title)} {md.line(block.nothing)}"
    lines = [md.bold(block.title)]
    for row in block.rows:
        cells = [md.bold(row.name), *map(md.line, (row.count, row.newest, row.kinds))]
        lines.append("- " + " · ".join(cell for cell in cells if cell))
    if block.rest:
        lines.append(md.small(md.line(block.rest)))
    return "\n".join(line for line in lines if line)


def _table(table: Table) -> str:
    """A line for each row: columns do not stand one below the other on a telephone, and a
    screen reader does not say under which heading a number stands.
    """
    lines = []
    for row, link in table.linked():
        lead, *others = table.line(row)
        cells = [md.bold(lead), *map(md.line, others)]
        cells += [made] if link and (made := md.link(link)) else []
        lines.append("- " + " · ".join(cell for cell in cells if cell))
    return "\n".join(lines)


def _fact(fact: Fact, colon: str) -> str:
    named = [md.named("channel", each) for each in fact.channels]
    named += [md.named("group", each) for each in fact.groups]
    value = " ".join(named) or md.line(fact.value)
    if fact.link and (linked := md.link(fact.link)):
        value = f"{value} · {linked}"
    name = f"{fact.name}{colon}" if value else fact.name
    return f"{MARKS[fact.mark]}{md.bold(name)} {value}".rstrip()
