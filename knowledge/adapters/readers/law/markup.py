"""Bytes of a law → its tree of elements, read without network, entities or patience.

What is broken, bottomless or endless is refused here, so that whoever walks a tree may
recurse: libxml2 reads no more than 256 levels.
"""

import codecs
from collections.abc import Iterator
from typing import Any

from knowledge.errors import UnreadableFile
from knowledge.metadata import LARGEST_BODY

Element = Any
"""An element of lxml, which has no types of its own."""

MOST_TAGS = 500_000
"""The AI Act has 19,000."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FATAL = 3  # libxml2's level of an error that ends the reading
_TAIL = 4096  # bytes at the end among which the last tag is looked for
_CUT_OFF = "it breaks off before its end; get it anew"
_SPACE = " \t\n\r\f"


def html_tree(origin: str, data: bytes) -> Element:
    """The root of a page. Raises UnreadableFile."""
    from lxml import html

    text = _decoded(origin, data)
    if "</html" not in text[-_TAIL:].lower():
        raise _refusal(origin, "it breaks off before its end (</html>); save it anew")
    parser = html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (ValueError, SyntaxError) as error:
        raise _refusal(origin, f"its HTML is broken: {_reason(error)}") from error
    for problem in parser.error_log:
        if problem.level >= _FATAL:
            raise _refusal(origin, _shown(problem.message))
    return root


def xml_tree(origin: str, data: bytes) -> Element:
    """The root of an XML file. Raises UnreadableFile."""
    from lxml import etree

    _check_size(origin, data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (ValueError, SyntaxError) as error:
        whole = data.rstrip(b" \t\r\n\0").endswith(b">")
        reason = _shown(_reason(error)) if whole else _CUT_OFF
        raise _refusal(origin, reason) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise _refusal(origin, "it declares entities of its own, which are not read")
    return root


def name(element: Element) -> str:
    """A tag without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def classes(element: Element) -> frozenset[str]:
    """The classes of an element of a page."""
    return frozenset((element.get("class") or "").split())


def words(element: Element) -> str:
    """All text within, white space evened out as a browser does; other spaces stay."""
    return even("".join(element.itertext()))


def beginning(element: Element, enough: int = 40) -> str:
    """As ``words``, but no more than shows that it is longer than this."""
    text = ""
    for piece in element.itertext():
        text += piece[: enough + 1]
        if len(even(text)) > enough:
            break
    return even(text)


def even(text: str) -> str:
    """Each run of white space as one space, none at the ends; no-break spaces stay."""
    for sign in _SPACE[1:]:
        text = text.replace(sign, " ")
    return " ".join(part for part in text.split(" ") if part).strip()


def first(root: Element, *path: str) -> Element | None:
    """The first element down a path of names, each anywhere below the one before."""
    for step in path:
        root = next((found for found in root.iter() if name(found) == step), None)
        if root is None:
            return None
    return root


def every(root: Element, wanted: str) -> Iterator[Element]:
    """All elements of a name below another, in order."""
    return (found for found in root.iter() if name(found) == wanted)


def _decoded(origin: str, data: bytes) -> str:
    _check_size(origin, data)
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refusal(
            origin, f"it is not UTF-8 (byte {error.start}); save it as UTF-8"
        ) from error
    if "\0" in text:
        raise _refusal(origin, "it is a binary file, not text")
    return text


def _check_size(origin: str, data: bytes) -> None:
    if len(data) > LARGEST_BODY:
        raise _refusal(origin, "it is larger than 20 MB; split it into documents")
    if data.count(b"<") > MOST_TAGS:
        raise _refusal(origin, f"it has more than {MOST_TAGS:,} tags")


def _reason(error: Exception) -> str:
    return str(error).partition("\n")[0].strip() or type(error).__name__


def _shown(message: str) -> str:
    """What libxml2 says, in words that tell what to do."""
    if "depth" in message:
        return "its markup is nested too deep"
    if "amplification" in message:
        return "it declares entities of its own, which are not read"
    if "encoding" in message:
        return "its characters are not in the encoding that it names; save it as UTF-8"
    if "Premature end" in message or "Document is empty" in message:
        return _CUT_OFF
    if "limit" in message:
        return "a piece of text in it is longer than 10 MB; split it into documents"
    return f"its markup is broken: {' '.join(message.split())[:120]}"


def _refusal(origin: str, reason: str) -> UnreadableFile:
    return UnreadableFile(path=origin, reason=reason)
