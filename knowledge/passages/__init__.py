"""Body of a document → its citable passages: whole sentences, exact places, addresses.

The same document gives the same passages, so that their ids last. Nothing is joined,
changed or left out within one.
"""

from collections.abc import Iterator
from math import ceil

from knowledge.model import Document, Form, Kind, Passage, Span
from knowledge.passages.law_units import Piece
from knowledge.passages.laws import read_law
from knowledge.passages.paragraphs import Paragraph, paragraphs
from knowledge.passages.segmentation import sentences
from knowledge.passages.tagging import tag

__all__ = ["cut", "sentences", "tag"]

LONGEST_WHOLE = 700
"""In characters. A longer paragraph is cut between sentences."""

USUAL_CUT = 600
"""In characters: a longer paragraph is cut into equal parts of about this length."""


def cut(document: Document) -> tuple[Passage, ...]:
    """The passages of one revision, untagged, in order; none of a body without words.

    Prose has the locator ``¶n``: the n-th paragraph, headings counted. The text of a
    law has its article, e.g. ``Art. 9(1)(a)``. Never raises.
    """
    body = document.body
    if document.kind is Kind.LAW and document.form is Form.SOURCE:
        pieces = _law(body, document.language)
    else:
        pieces = list(_prose(body, paragraphs(body), document.language))
    return tuple(
        Passage(
            document=document.id,
            revision=document.revision,
            start=piece.span.start,
            end=piece.span.end,
            text=piece.span.of(body),
            locator=piece.locator,
            language=document.language,
        )
        for piece in pieces
    )


def _prose(body: str, chosen: tuple[Paragraph, ...], language: str) -> Iterator[Piece]:
    for paragraph in chosen:
        if not paragraph.heading:
            for span in _fit(body, paragraph.span, language):
                yield Piece(span, f"¶{paragraph.number}")


def _law(body: str, language: str) -> list[Piece]:
    """The law's own parts, and as prose what stands outside them."""
    law = read_law(body)
    taken = [piece.span for piece in law.pieces] + list(law.headings)
    outside = _untouched(paragraphs(body), sorted(taken, key=lambda span: span.start))
    pieces = [
        Piece(span, piece.locator)
        for piece in law.pieces
        for span in _fit(body, piece.span, language)
    ]
    pieces += _prose(body, outside, language)
    return sorted(pieces, key=lambda piece: piece.span.start)


def _untouched(
    chosen: tuple[Paragraph, ...], taken: list[Span]
) -> tuple[Paragraph, ...]:
    """The paragraphs that share no character with any of these spans, all in order."""
    kept = []
    at = 0
    for paragraph in chosen:
        while at < len(taken) and taken[at].end <= paragraph.span.start:
            at += 1
        if at == len(taken) or paragraph.span.end <= taken[at].start:
            kept.append(paragraph)
    return tuple(kept)


def _fit(body: str, span: Span, language: str) -> Iterator[Span]:
    """A paragraph, whole or in runs of sentences that are short enough."""
    if span.end - span.start <= LONGEST_WHOLE:
        yield span
        return
    length = span.end - span.start
    part = length / max(round(length / USUAL_CUT), ceil(length / LONGEST_WHOLE))
    runs: list[Span] = []
    for sentence in sentences(span.of(body), language):
        start, end = span.start + sentence.start, span.start + sentence.end
        if runs and _belongs(runs[-1], end, part):
            runs[-1] = Span(runs[-1].start, end)
        else:
            runs.append(Span(start, end))
    if len(runs) > 1 and runs[-1].end - runs[-2].start <= LONGEST_WHOLE:
        # A short rest stays with what it follows.
        runs[-2:] = [Span(runs[-2].start, runs[-1].end)]
    yield from runs


def _belongs(run: Span, end: int, part: float) -> bool:
    """Whether a run that went on to ``end`` would be nearer to its due length."""
    without, longer = run.end - run.start, end - run.start
    return longer <= LONGEST_WHOLE and abs(longer - part) <= abs(without - part)
