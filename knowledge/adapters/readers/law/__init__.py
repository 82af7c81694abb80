"""Laws as their publishers give them out → canonical text that can be cut, and facts.

``is_law`` and ``read_law_file`` are for bytes of HTML and XML, wherever they came from;
``as_law`` is for Markdown that was read already.
"""

import re

from knowledge.adapters.readers.law.akoma_ntoso import (
    ROOT,
    AkomaNtosoText,
    akoma_ntoso_facts,
)
from knowledge.adapters.readers.law.complete import check_complete
from knowledge.adapters.readers.law.eurlex import EurLexText
from knowledge.adapters.readers.law.eurlex_facts import eurlex_facts
from knowledge.adapters.readers.law.formex import ROOTS, FormexText
from knowledge.adapters.readers.law.formex_facts import formex_facts
from knowledge.adapters.readers.law.law_markdown import as_law
from knowledge.adapters.readers.law.markup import html_tree, name, xml_tree
from knowledge.errors import UnreadableFile
from knowledge.ports import Findings

__all__ = ["as_law", "is_law", "read_law_file"]

_HEAD = 4096  # bytes in which the root of an XML file is looked for
_PAGE = re.compile(
    rb"""class=["'](?:[^"'<>]{0,40}\s)?(?:(?:oj-)?ti-art|title-article-norm)["'\s]"""
)
_XML = re.compile(
    rb"<(?:[\w.-]{1,20}:)?(?:%b)[\s>/]"
    % b"|".join(re.escape(root.encode()) for root in sorted({ROOT, *ROOTS}))
)


def is_law(data: bytes) -> bool:
    """Whether these bytes are a law of a known form: by its classes or its root.

    Cheap, and never wrong on an ordinary page: no other page has these classes.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.replace(b"\0", b"")
    return _is_xml(data) or _PAGE.search(data) is not None


def read_law_file(origin: str, data: bytes) -> Findings:
    """The law in these bytes, for which ``is_law`` holds.

    Raises UnreadableFile for what is broken, too large, or has an article missing.
    """
    text: EurLexText | AkomaNtosoText | FormexText
    flat = data.replace(b"\0", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
    if not _is_xml(flat):
        root = html_tree(origin, data)
        text, metadata = EurLexText(root), eurlex_facts(root)
    else:
        root = xml_tree(origin, data)
        if name(root) == ROOT:
            text, metadata = AkomaNtosoText(root), akoma_ntoso_facts(root)
        elif name(root) in ROOTS:
            text, metadata = FormexText(root), formex_facts(root)
        else:
            raise UnreadableFile(
                path=origin, reason="its XML is neither Akoma Ntoso nor Formex"
            )
    check_complete(origin, text.body, text.articles)
    return Findings(origin=origin, body=text.body, metadata=metadata)


def _is_xml(data: bytes) -> bool:
    return _XML.search(data[:_HEAD]) is not None
