"""When a document has to be looked at again, and whether a page still says it: rules."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from knowledge.model import (
    BadPage,
    Document,
    DueRecheck,
    Kind,
    PageCheck,
    PageState,
    Passage,
)

AFTER_MONTHS = dict.fromkeys(Kind, 6) | {Kind.LAW: 12}
"""What is said of a state of affairs holds half a year; a law is changed less often."""

_SPACE = re.compile(r"\s+")


def looked_at(document: Document) -> date | None:
    """When somebody last vouched for it; None where nobody knows."""
    days = [day for day in (document.vetted_on, document.rechecked_on) if day]
    return max(days, default=None)


def due_on(document: Document) -> date | None:
    """From when on it has to be looked at again; None: at once, its age is unknown."""
    last = looked_at(document)
    if last is None:
        return None
    months = last.month - 1 + AFTER_MONTHS[document.kind]
    year, month = last.year + months // 12, months % 12 + 1
    # The 31st of August and half a year is the 1st of March: never a day too early.
    try:
        return last.replace(year=year, month=month)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def due(documents: Iterable[Document], today: date) -> tuple[DueRecheck, ...]:
    """The published ones that are due: of unknown age first, then the longest due."""
    found = [DueRecheck(document=d, since=due_on(d)) for d in documents]
    found = [each for each in found if each.since is None or each.since <= today]
    return tuple(
        sorted(found, key=lambda each: (each.since or date.min, each.document.id))
    )


def bad_pages(
    documents: Iterable[Document], checks: Sequence[PageCheck]
) -> tuple[BadPage, ...]:
    """Published documents with a source that is dead or has lost words, dead ones first."""
    held = {check.url: check for check in checks}
    found = [
        BadPage(document=document, check=held[source.url])
        for document in documents
        for source in document.sources
        if source.url in held and _is_bad(held[source.url], document)
    ]
    return tuple(
        sorted(found, key=lambda one: (one.check.state, one.document.id, one.check.url))
    )


def _is_bad(check: PageCheck, document: Document) -> bool:
    if check.state is PageState.DEAD:
        return True
    return any(lost.partition("@")[0] == document.id for lost in check.lost)


def lost(passages: Sequence[Passage], page: str) -> tuple[str, ...]:
    """The ids of the passages whose words a page no longer has, however it is spaced."""
    now = _plain(page)
    return tuple(each.id for each in passages if _plain(each.text) not in now)


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def visits(
    documents: Iterable[Document],
) -> tuple[tuple[str, tuple[Document, ...]], ...]:
    """Each address once, with the documents that cite it; host by host."""
    citing: dict[str, dict[str, Document]] = {}
    for document in documents:
        for source in document.sources:
            citing.setdefault(source.url, {})[document.id] = document
    ordered = sorted(citing, key=lambda url: (host(url), url))
    return tuple((url, tuple(citing[url].values())) for url in ordered)


def host(url: str) -> str:
    """Whose server it is; the address itself where it names none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
