"""Word files (.docx): paragraphs and headings as they stand, a row of a table on a line.

python-docx opens the file; the text is read from the document itself, because the
library's own paragraphs leave out what is in content controls and tracked insertions.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from knowledge.adapters.readers.extract import Extract, Unreadable

LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes of all parts; the pictures of a long report fit in."""

LARGEST_PART = 40 * 1024 * 1024
"""Bytes of one XML part; no report has such a text."""

_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
_MARKS |= {qn("w:noBreakHyphen"): "\u2011", qn("w:softHyphen"): "\u00ad"}
_TEXT, _PARAGRAPH, _ROW = qn("w:t"), qn("w:p"), qn("w:tr")
# The second version of a drawing, and the codes behind fields.
_ASIDE = {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_ASIDE |= {qn("w:instrText"), qn("w:delText"), qn("w:del"), qn("w:moveFrom")}
_TRACKED = (qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))


def read_word(path: Path) -> Extract:
    """The text of a document, and the title in its properties. Raises Unreadable."""
    _require_sound(path)
    try:
        document = docx.Document(str(path))
        title = " ".join((document.core_properties.title or "").split())
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise _broken() from error
    body: Any = document.element.body
    if next(body.iter(*_TRACKED), None) is not None:
        raise Unreadable(
            "changes are tracked in it; accept or reject them in Word and save it"
        )
    text = "\n\n".join(_paragraphs(body))
    if not text:
        raise Unreadable("there is no text in it")
    return Extract(text, {"title": title} if title.isprintable() and title else {})


def _require_sound(path: Path) -> None:
    """Raises Unreadable for what is no zip file, and for one that unpacks to a mountain."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            # Sizes are the file's own word; more than that is never unpacked.
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(
                part.file_size > LARGEST_PART and part.filename.endswith(".xml")
                for part in parts
            ):
                raise Unreadable(
                    "it unpacks to more than a document holds; save its text as .txt"
                )
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("it is encrypted; save a copy without a password")
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        with path.open("rb") as file:
            old = file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        if old:
            raise Unreadable(
                "it is encrypted or of an old Word; save it as .docx without a password"
            ) from error
        raise _broken() from error


def _broken() -> Unreadable:
    return Unreadable("it is no Word file or a broken one; save it again as .docx")


def _paragraphs(body: Any) -> Iterator[str]:
    """The paragraphs outside tables, and each row with a tab between its cells."""
    rows = 0
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        start, name = event == "start", element.tag
        if start and name in _ASIDE:
            continue
        if name == _ROW:
            rows += 1 if start else -1
        if start and name == _TEXT and not _is_aside(element):
            pieces.append(element.text or "")
        elif start and name in _MARKS and not _is_aside(element):
            pieces.append(_MARKS[name])
        elif not start and name == _PARAGRAPH and rows:
            pieces.append("\t")
        elif not start and (name == _PARAGRAPH or (name == _ROW and not rows)):
            text = _tidy("".join(pieces))
            pieces = []
            if text:
                yield text


def _is_aside(element: Any) -> bool:
    return any(parent.tag in _ASIDE for parent in element.iterancestors())


def _tidy(text: str) -> str:
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
