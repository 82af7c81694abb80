"""A dossier → Markdown (CommonMark, tables as GitHub has them)."""

import re
from collections.abc import Iterator

from bot.cards import (
    Aside,
    Card,
    Citation,
    CoverageList,
    Heading,
    Line,
    Notice,
    Quote,
)

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])|^(\s*)([-+=]|\d+[.)])", re.MULTILINE)

_NO_LINK = re.compile(r"[<>\s]")


def as_markdown(card: Card) -> str:
    """The whole document; nothing that a source says is read as a sign of Markdown."""
    parts = [f"# {_said(card.title)}"]
    for block in card.blocks:
        match block:
            case Heading(text):
                parts.append(f"## {_said(text)}")
            case Line(text):
                parts.append(_said(text))
            case Notice(text):
                parts.append(f"**{_said(text)}**")
            case CoverageList():
                parts += [f"## {_said(block.title)}", _table(block)]
            case Quote():
                parts += _quote(block)
            case _:
                raise TypeError(f"a dossier has no {type(block).__name__}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(block: CoverageList) -> str:
    if not block.rows:
        return _said(block.nothing)
    rows = [
        f"| {' | '.join(map(_said, (row.name, row.count, row.newest, row.kinds)))} |"
        for row in block.rows
    ]
    return "\n".join(["| | | | |", "|---|---|---|---|", *rows])


def _quote(quote: Quote) -> Iterator[str]:
    head = " · ".join(part for part in (quote.kind, quote.date) if part)
    yield f"### {quote.number} · {_said(head)}"
    if quote.warning:
        yield f"*{_said(quote.warning)}*"
    yield _quoted(f"{quote.opening}{quote.text}{quote.closing}")
    if quote.translation:
        yield _said(quote.translation.label)
        yield _quoted(quote.translation.text)
    yield " · ".join(map(_said, quote.caption))
    yield "\n".join(f"- {_cited(source)}" for source in quote.sources)
    for aside in quote.asides:
        yield _aside(aside)


def _aside(aside: Aside) -> str:
    if aside.quote is None:
        return f"{_said(aside.label)} {_said(aside.pointer or '')}"
    other = aside.quote
    sources = "; ".join(map(_cited, other.sources))
    words = _quoted(f"{other.opening}{other.text}{other.closing}")
    return f"{_said(aside.label)} {sources}\n\n{words}"


def _cited(source: Citation) -> str:
    parts = [_said(source.publisher), _said(source.title), _said(source.date or "")]
    parts += [_link(source.link)]
    if source.archived_link:
        parts.append(f"{_said(source.archived_label)} {_link(source.archived_link)}")
    return ", ".join(part for part in parts if part)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _said(text).split("\n"))


def _link(url: str) -> str:
    return f"<{_NO_LINK.sub('', url)}>" if url else ""


def _said(text: str) -> str:
    def escaped(found: re.Match[str]) -> str:
        if found[1]:
            return f"\\{found[1]}"
        sign = found[3]
        return f"{found[2]}{sign[:-1]}\\{sign[-1]}"

    return _SIGNS.sub(escaped, text)
