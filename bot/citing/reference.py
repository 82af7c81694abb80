"""What is cited, whatever it is then written in."""

import re
import unicodedata
from dataclasses import dataclass

from bot.catalogue import Words
from knowledge.model import Document, Form, Kind, PartialDate, Passage, Source
from knowledge.proofs import SCHEME

EDITORS = "Quis"
"""Who stands for an editors' brief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A work, and the passage of it.

    ``author`` is the publisher. ``sources`` are what an editors' brief stands on, cited
    in plain text; empty where the words are the source's own. ``standing`` is said first
    where the passage is published no longer.
    """

    key: str  # of BibTeX and CSL: letters, digits and hyphens
    author: str
    title: str
    date: PartialDate | None
    url: str | None
    archived: str | None
    language: str
    kind: Kind
    brief: bool
    locator: str
    address: str
    sources: tuple[str, ...] = ()
    standing: str = ""
    note: str = ""


def reference(
    document: Document, passage: Passage, words: Words, *, standing: str = ""
) -> Reference:
    """The source, where the words are its own; else the editors' brief."""
    address = f"{SCHEME}{passage.id}"
    key = re.sub(r"[^A-Za-z0-9]+", "-", f"quis-{passage.id}")
    own = document.sources[0] if document.sources else None
    brief = document.form is Form.BRIEF or own is None
    if not brief and own is not None:
        return Reference(
            key=key,
            author=plain(own.publisher),
            title=plain(own.title),
            date=own.published_on or document.event_on,
            url=own.url or None,
            archived=own.archived_url,
            language=own.language,
            kind=document.kind,
            brief=False,
            locator=passage.locator,
            address=address,
            standing=standing,
            note=_note(standing, passage.locator, address),
        )
    cited = tuple(_cited(source, words) for source in document.sources)
    noted = words("cite.noted", sources="; ".join(cited)) if cited else ""
    return Reference(
        key=key,
        author=EDITORS,
        title=plain(document.title),
        date=_day(document),
        url=None,
        archived=None,
        language=document.language,
        kind=document.kind,
        brief=True,
        locator=passage.locator,
        address=address,
        sources=cited,
        standing=standing,
        note=_note(standing, passage.locator, noted, address),
    )


def plain(text: str) -> str:
    """One line, without signs that nobody sees: what is pasted is what was read."""
    line = " ".join(text.split())
    return "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def _day(document: Document) -> PartialDate | None:
    """When a brief was last vetted: it has no other date of its own."""
    day = document.rechecked_on or document.vetted_on
    return PartialDate(day.year, day.month, day.day) if day else None


def _note(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)


def _cited(source: Source, words: Words) -> str:
    date = words.dated(source.published_on) if source.published_on else ""
    archived = (
        words("cite.archived", url=source.archived_url) if source.archived_url else ""
    )
    titled = words.quoted(plain(source.title)) if source.title else ""
    parts = (plain(source.publisher), titled, date, source.url, archived)
    return ", ".join(part for part in parts if part)
