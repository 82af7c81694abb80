"""Bytes of a page → its characters, by the charset that a browser would take.

Nothing is guessed from the text and nothing is replaced: where the bytes are not what
the page says they are, the page is refused.
"""

import codecs
import re

from knowledge.adapters.readers.extract import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The beginning in which a page has to name its charset, after the HTML standard.
_HEAD = 1024
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{2,40})", re.IGNORECASE
)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-z0-9_.-]{2,40})", re.I)
# Charsets that pages are written in. Python knows codecs that are none, such as rot13.
_KNOWN = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp125\d|cp866|cp874|koi8-[ru]"
    r"|mac-roman|gbk|gb2312|gb18030|big5(hkscs)?|euc_(jp|kr)|shift_jis|cp932|cp949"
    r"|iso2022_jp"
)
# The standard reads these labels as their Windows superset.
_SUPERSETS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}


def decoded(data: bytes, charset: str = "") -> str:
    """A page's characters; ``charset`` is what the server said. Raises Unreadable.

    A mark at the beginning goes before the server's word, that before the page's own;
    a page that says nothing is UTF-8 or, failing that, Windows-1252.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as(data[len(mark) :], name, name)
    head = data[:_HEAD]
    found = _META.search(head) or _XML.search(head)
    declared = charset or (found.group(1).decode("ascii") if found else "")
    if not declared:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return _as(data, "cp1252", "UTF-8")
    name = _codec(declared)
    if not charset and name.startswith("utf-16"):
        name = "utf-8"  # a page whose label could be read is none
    return _as(data, name, declared)


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError) as error:
        raise _unknown(label) from error
    if not _KNOWN.fullmatch(name):
        raise _unknown(label)
    return _SUPERSETS.get(name, name)


def _unknown(label: str) -> Unreadable:
    return Unreadable(
        f"its charset {label[:40]!r} is not known; save its text as UTF-8"
    )


def _as(data: bytes, codec: str, said: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"it is not the {said} that it says (byte {error.start}); save its text as "
            "UTF-8"
        ) from error
