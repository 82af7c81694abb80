"""Everything that is held on a vendor, as one document that a person keeps.

Composed as a card, like everything that is read, and then written: as Markdown, or as DOCX
by python-docx, which reads Word files here already and is all that writing one takes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.cards import Block, Card, Heading, Line, Quote
from bot.catalogue import Words
from bot.dossier.markdown import as_markdown
from bot.replies.answers import quotes
from bot.replies.holdings import on_vendor
from bot.replies.subject import Names, about
from knowledge.model import Coverage, Evidence
from knowledge.proofs import SCHEME

__all__ = ["ENDINGS", "compiled", "file_name", "written"]

ENDINGS = (".docx", ".md")
"""What a dossier can be written as."""


def compiled(
    evidence: Sequence[Evidence],
    coverage: Sequence[Coverage],
    names: Names,
    today: date,
    *,
    vendor: str,
    place: str | None,
    words: Words,
) -> Card:
    """The document: what is held where, then every passage in the order given."""
    subject = about((vendor,), (place,) if place else (), names, words)
    listed = on_vendor(vendor, coverage, names, words, limit=None)
    blocks: list[Block] = [
        Line(words("dossier.intro", date=words.dated(today))),
        listed,
        Line(words("held.hint")),
        Heading(words("dossier.passages")),
    ]
    numbered = list(enumerate(evidence, start=1))
    addresses = [f"{SCHEME}{one.passage.id}" for one in evidence]
    for quote in quotes(numbered, names, today, words):
        if isinstance(quote, Quote):
            address = addresses[quote.number - 1]
            blocks.append(replace(quote, caption=(*quote.caption, address)))
    return Card(words("dossier.title", subject=subject), tuple(blocks))


def written(card: Card, ending: str) -> bytes:
    """The document as a file with this ending, one of ``ENDINGS``."""
    if ending == ".md":
        return as_markdown(card).encode()
    from bot.dossier.word import as_docx

    return as_docx(card)


def file_name(vendor: str, place: str | None, ending: str) -> str:
    """``quis-clearview-ai-it.docx``: a name that any system takes."""
    parts = ["quis", vendor, *([place.lower()] if place else [])]
    return f"{'-'.join(parts)}{ending}"
