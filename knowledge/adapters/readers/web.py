"""What an address gave → findings, by its kind: law, page, PDF, Word, or plain text."""

import re

from knowledge.adapters.readers.charsets import decoded
from knowledge.adapters.readers.confined import Confined
from knowledge.adapters.readers.extract import Extract, Unreadable
from knowledge.adapters.readers.law import is_law
from knowledge.adapters.readers.text import clean
from knowledge.errors import UnreadableFile
from knowledge.ports import Fetched, Findings, Snapshot

_KINDS = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
    "text/plain": "text",
    "text/markdown": "text",
}
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^;\"'\s]+)", re.IGNORECASE)
_PDF = b"%PDF-"


class WebReader:
    """Implements ``ports.PageReader``."""

    def __init__(self, confined: Confined) -> None:
        self._confined = confined

    def read(self, page: Fetched, snapshot: Snapshot) -> Findings:
        """Raises UnreadableFile, with the address in place of a path."""
        try:
            extract = self._extract(page, snapshot)
        except Unreadable as error:
            raise UnreadableFile(path=page.url, reason=str(error)) from error
        found = {"url": page.url, **extract.found}
        stated = {"url": page.url, **extract.stated} if extract.stated else {}
        return Findings(
            origin=found["url"], body=extract.body, metadata=stated, found=found
        )

    def _extract(self, page: Fetched, snapshot: Snapshot) -> Extract:
        said = page.content_type.partition(";")[0].strip().lower()
        named = _CHARSET.search(page.content_type)
        charset = named[1] if named else ""
        kind = _KINDS.get(said)
        # Many servers do not say that it is one; every PDF does.
        if page.body.startswith(_PDF):
            kind = "pdf"
        if kind in ("page", "xml") and is_law(page.body):
            kind = "law"
        if kind in (None, "xml"):
            raise Unreadable(
                f"it is {said[:80] or 'of no said type'}, not a page, a text, a PDF or a "
                "Word file"
            )
        if kind == "text":
            return Extract(clean(decoded(page.body, charset)))
        return self._confined.read(kind, snapshot.path, url=page.url, charset=charset)
