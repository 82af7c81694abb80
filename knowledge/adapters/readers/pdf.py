"""PDF files: their text in reading order, or a word on why there is none."""

import re
from collections.abc import Iterator
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import (
    LAParams,
    LTChar,
    LTFigure,
    LTImage,
    LTLayoutContainer,
    LTPage,
    LTTextBox,
    LTTextLine,
)
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from knowledge.adapters.readers.extract import Extract, Unreadable
from knowledge.adapters.readers.pdf_lines import Block, Line, body_of

MOST_PAGES = 2000

_OCR = "run OCR on it (ocrmypdf, for example) and add the result"
_FEW = 0.02  # of all paragraphs
_TAIL = 2048  # bytes in which a PDF has to say that it ends
_LARGE = 0.5  # of a page's area; a picture that covers less is an illustration
# pdfminer's word for a letter that the file does not map to a character.
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_UNMAPPED_ALONE = re.compile(r"(?<!\S)\(cid:\d+\)(?!\S)")


def read_pdf(path: Path) -> Extract:
    """The whole file's text, and its title. Raises Unreadable."""
    with path.open("rb") as file:
        _require_end(file)
        try:
            document = PDFDocument(PDFParser(file))
            pages = list(_pages(document))
        except (PDFPasswordIncorrect, PDFEncryptionError) as error:
            raise Unreadable(
                "it is encrypted; save a copy without a password and add that"
            ) from error
        except (PDFException, PSException) as error:
            raise Unreadable(
                "it is no PDF or a broken one; open it in a reader and print it to PDF"
            ) from error
        title = _title(document)
    _require_all(document, pages)
    _require_text(pages)
    body = _mapped(body_of([_blocks(page) for page in pages]))
    if not body.strip():
        raise Unreadable("there is no text in it but page numbers")
    return Extract(body, {"title": title} if title else {})


def _mapped(body: str) -> str:
    """The body without the few paragraphs in which a sign has no character.

    A quote with a letter missing is none. Raises Unreadable where they are many.
    """
    paragraphs = _UNMAPPED_ALONE.sub("", body).split("\n\n")  # bullets, mostly
    sound = [text for text in paragraphs if not _UNMAPPED.search(text)]
    if len(paragraphs) - len(sound) > max(2, _FEW * len(paragraphs)) or not sound:
        raise Unreadable(f"its letters are not mapped to characters; {_OCR}")
    return "\n\n".join(text.strip() for text in sound if text.strip())


def _require_end(file: BinaryIO) -> None:
    """Raises Unreadable for a file that was cut off; pdfminer reads what is left."""
    file.seek(0, SEEK_END)
    file.seek(max(0, file.tell() - _TAIL))
    if b"%%EOF" not in file.read():
        raise Unreadable("it is no PDF or its end is missing; get it again, whole")
    file.seek(0)


def _require_all(document: PDFDocument, pages: list[LTPage]) -> None:
    """Raises Unreadable where the file counts more pages than could be found."""
    tree = resolve1(document.catalog.get("Pages"))
    said = resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    if isinstance(said, int) and said > len(pages):
        raise Unreadable(
            f"of its {said} pages only {len(pages)} can be read; get it again, whole"
        )


def _pages(document: PDFDocument) -> Iterator[LTPage]:
    manager = PDFResourceManager()
    # Some writers put all text of a page into one figure.
    device = PDFPageAggregator(manager, laparams=LAParams(all_texts=True))
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > MOST_PAGES:
            raise Unreadable(f"it has more than {MOST_PAGES} pages; split it")
        interpreter.process_page(page)
        yield device.get_result()


def _require_text(pages: list[LTPage]) -> None:
    """Raises Unreadable where pages are pictures, which may be scans, covers aside."""
    if not pages:
        raise Unreadable("there is no page in it")
    silent = [not any(True for _ in _boxes(page)) for page in pages]
    if all(silent):
        raise Unreadable(f"there is no text in it, so its pages are scans; {_OCR}")
    scans = [
        str(number)
        for number, page in enumerate(pages, start=1)
        if silent[number - 1] and 1 < number < len(pages) and _pictured(page)
    ]
    if scans:
        some = ", ".join(scans[:5]) + (" …" if len(scans) > 5 else "")
        raise Unreadable(f"of its pages these are scans without text: {some}; {_OCR}")


def _pictured(page: LTPage) -> bool:
    """Whether a picture covers most of a page."""
    least = _LARGE * page.width * page.height
    waiting: list[object] = list(page)
    while waiting:
        item = waiting.pop()
        if isinstance(item, LTImage) and item.width * item.height >= least:
            return True
        if isinstance(item, LTFigure):
            waiting += list(item)
    return False


def _boxes(container: LTLayoutContainer | LTPage) -> Iterator[LTTextBox]:
    """The text boxes of a page that say something, in reading order."""
    for item in container:
        if isinstance(item, LTTextBox):
            if item.get_text().strip():
                yield item
        elif isinstance(item, LTFigure):
            yield from _boxes(item)


def _blocks(page: LTPage) -> list[Block]:
    return [
        Block(
            lines=tuple(_line(line) for line in box),
            left=box.x0,
            right=box.x1,
            height=(box.y0 - page.y0) / page.height if page.height else 0.0,
        )
        for box in _boxes(page)
    ]


def _line(line: LTTextLine) -> Line:
    sizes = sorted(char.size for char in line if isinstance(char, LTChar))
    return Line(
        text=" ".join(line.get_text().split()),
        left=line.x0,
        right=line.x1,
        size=sizes[len(sizes) // 2] if sizes else 0.0,
    )


def _title(document: PDFDocument) -> str:
    """The title in the file's properties, unless it is the name of some other file."""
    for info in document.info:
        raw = info.get("Title")
        if isinstance(raw, bytes):
            title = " ".join(decode_text(raw).split())
            if title and title.isprintable() and not re.search(r"\.\w{2,4}$", title):
                return title
    return ""
