"""A passage → citations ready to be copied: plain, Markdown, BibTeX, CSL-JSON. (pure)

What is in the source's own words is cited as the source. An editors' brief is cited as
such, with the sources that it stands on: its words are not theirs. Every form ends in the
passage's address, ``quis:ID@REVISION#START-END``.
"""

from dataclasses import dataclass

from bot.catalogue import Words
from bot.citing.bibtex import as_bibtex
from bot.citing.csl import as_csl
from bot.citing.reference import Reference, reference
from bot.citing.text import as_markdown, as_plain
from knowledge.model import Document, Passage

__all__ = ["Citations", "Reference", "citations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """One passage, cited in four ways."""

    plain: str
    markdown: str
    bibtex: str
    csl: str


def citations(
    document: Document, passage: Passage, words: Words, *, standing: str = ""
) -> Citations:
    """All four, in the reader's words.

    ``standing`` says how the passage stands where it is not published, and is said first.
    """
    cited = reference(document, passage, words, standing=standing)
    return Citations(
        plain=as_plain(cited, words),
        markdown=as_markdown(cited, words),
        bibtex=as_bibtex(cited),
        csl=as_csl(cited),
    )
