"""A dossier → a Word document."""

import re
from io import BytesIO

import docx
from docx.document import Document
from docx.shared import Cm, Pt

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

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold; https://www.w3.org/TR/xml/#charsets."""


def as_docx(card: Card) -> bytes:
    """The whole document, with headings that Word lists beside it."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = _said(card.title), "Quis"
    document.add_heading(_said(card.title), level=0)
    for block in card.blocks:
        match block:
            case Heading(text):
                document.add_heading(_said(text), level=1)
            case Line(text):
                document.add_paragraph(_said(text))
            case Notice(text):
                document.add_paragraph().add_run(_said(text)).bold = True
            case CoverageList():
                document.add_heading(_said(block.title), level=1)
                _table(document, block)
            case Quote():
                _quote(document, block)
            case _:
                raise TypeError(f"a dossier has no {type(block).__name__}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Document, block: CoverageList) -> None:
    if not block.rows:
        document.add_paragraph(_said(block.nothing))
        return
    table = document.add_table(rows=0, cols=4, style="Light List")
    for row in block.rows:
        cells = table.add_row().cells
        said = (row.name, row.count, row.newest, row.kinds)
        for cell, text in zip(cells, said, strict=True):
            cell.text = _said(text)


def _quote(document: Document, quote: Quote) -> None:
    head = " · ".join(part for part in (quote.kind, quote.date) if part)
    document.add_heading(_said(f"{quote.number} · {head}"), level=2)
    if quote.warning:
        document.add_paragraph().add_run(_said(quote.warning)).italic = True
    _words(document, f"{quote.opening}{quote.text}{quote.closing}")
    if quote.translation:
        document.add_paragraph(_said(quote.translation.label))
        _words(document, quote.translation.text)
    _small(document, " · ".join(quote.caption))
    for source in quote.sources:
        _small(document, _cited(source))
    for aside in quote.asides:
        _aside(document, aside)


def _aside(document: Document, aside: Aside) -> None:
    if aside.quote is None:
        document.add_paragraph(_said(f"{aside.label} {aside.pointer or ''}"))
        return
    other = aside.quote
    document.add_paragraph(_said(aside.label))
    _words(document, f"{other.opening}{other.text}{other.closing}")
    for source in other.sources:
        _small(document, _cited(source))


def _words(document: Document, text: str) -> None:
    """Somebody's words, set in from the margin."""
    paragraph = document.add_paragraph(_said(text))
    paragraph.paragraph_format.left_indent = Cm(1)


def _small(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(_said(text)).font.size = Pt(8.5)


def _cited(source: Citation) -> str:
    parts = [source.publisher, source.title, source.date or "", source.link]
    if source.archived_link:
        parts.append(f"{source.archived_label} {source.archived_link}")
    return ", ".join(part for part in parts if part)


def _said(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
