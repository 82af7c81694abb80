"""Web pages: the article without what surrounds it, and what the page says of itself.

trafilatura finds the article. Its text is written out here, paragraph by paragraph, so
that no mark (a dash, an asterisk) enters which is not on the page.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import etree

from knowledge.adapters.readers.charsets import decoded
from knowledge.adapters.readers.extract import Extract, Unreadable

_BLOCKS = frozenset("p head item quote row list table code div body".split())
_STRUCK = "del"  # the page itself has taken these words back
_FEWEST_WORDS = 5
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*(\s|\Z)")
_DATES = {"original_date": True, "extensive_search": False}


def read_page(path: Path, url: str, charset: str) -> Extract:
    """The article of a page at ``url``, which may be unknown. Raises Unreadable."""
    html = decoded(path.read_bytes(), charset)
    if "\0" in html:
        raise Unreadable("it is a binary file, not a page")
    document: Any = trafilatura.bare_extraction(
        html,
        url=url or None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
    paragraphs = [] if document is None else list(_paragraphs(document.body))
    if not any(map(_speaks, paragraphs)):
        raise Unreadable(
            "there is no article in it (a list, a login, or text that a script brings "
            "later); copy the text into a .txt or .md file"
        )
    return Extract("\n\n".join(paragraphs), _found(document, url))


def _paragraphs(body: Any) -> Iterator[str]:
    """The blocks of the article, in order, as they stand there."""
    pieces: list[str] = []
    struck = 0
    # Without recursion: markup may be nested as deep as it likes.
    for event, element in etree.iterwalk(body, events=("start", "end")):
        name = str(element.tag)
        start = event == "start"
        if name in _BLOCKS:
            yield from _whole(pieces)
            pieces = []
        elif name == "lb" and start:
            pieces.append("\n")
        elif name == "cell" and start and pieces:
            pieces.append("\t")
        if name == _STRUCK:
            struck += 1 if start else -1
        text = element.text if start else element.tail
        if text and not struck:
            pieces.append(text)
    yield from _whole(pieces)


def _whole(pieces: list[str]) -> Iterator[str]:
    """One paragraph, or several where the page has empty lines in it."""
    for part in re.split(r"\n\s*\n", "".join(pieces)):
        lines = [re.sub(r"[^\S\t]+", " ", line).strip() for line in part.split("\n")]
        text = "\n".join(line for line in lines if line)
        if text:
            yield text


def _speaks(paragraph: str) -> bool:
    """Whether there is a sentence in it, rather than a label."""
    return (
        len(paragraph.split()) >= _FEWEST_WORDS
        and _SENTENCE.search(paragraph) is not None
    )


def _found(document: Any, url: str) -> dict[str, str]:
    """What a page says of itself. Its language is told from the text, more surely."""
    found = {
        "title": _line(document.title),
        "publisher": _line(document.sitename),
        "published_on": _line(document.date),
        "url": _address(_line(document.url), url),
    }
    return {key: value for key, value in found.items() if value}


def _line(value: object) -> str:
    text = " ".join(str(value or "").split())
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))


def _address(stated: str, url: str) -> str:
    """The address that the page gives itself, where it may: on its own host only."""
    if not url:
        return stated
    ours, theirs = urlsplit(url), urlsplit(stated)
    own = _host(theirs.hostname) == _host(ours.hostname)
    astray = theirs.path in ("", "/") and ours.path not in ("", "/")
    return stated if own and not astray else url


def _host(name: str | None) -> str:
    return (name or "").removeprefix("www.")
