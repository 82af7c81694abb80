"""A person's translation of a document → the words of it that stand beside a quote.

A translation is never quoted in place of the original, and no machine makes one. It
has the paragraphs of the original, so that what was quoted can be found in it.
"""

from collections.abc import Sequence

from knowledge.model import Document, Span, Translation
from knowledge.passages import sentences
from knowledge.passages.paragraphs import Paragraph, paragraphs


def misfit(body: str, translation: Translation) -> str | None:
    """Why a translation cannot stand beside a body; None where it can."""
    ours, theirs = len(paragraphs(body)), len(paragraphs(translation.text))
    if ours == theirs:
        return None
    return (
        f"the translation into {translation.language!r} has {theirs} paragraphs and the "
        f"text has {ours}: give it the same, so that a quote finds its translation"
    )


def translated(document: Document, quote: Span, language: str) -> Translation | None:
    """The translation of just the quoted words into a language; None where none is held.

    By paragraph; by sentence within one that has as many in both languages.
    """
    if language == document.language:
        return None
    held = next((t for t in document.translations if t.language == language), None)
    if held is None:
        return None
    ours, theirs = paragraphs(document.body), paragraphs(held.text)
    texts = [
        _part(document, quote, one, held, other)
        for one, other in zip(ours, theirs, strict=False)
        if one.span.start < quote.end and quote.start < one.span.end
    ]
    if not texts:
        return None
    return Translation(language=held.language, by=held.by, text=" ".join(texts))


def _part(
    document: Document,
    quote: Span,
    one: Paragraph,
    translation: Translation,
    other: Paragraph,
) -> str:
    ours = _sentences(document.body, one.span, document.language)
    theirs = _sentences(translation.text, other.span, translation.language)
    if len(ours) != len(theirs):
        return other.span.of(translation.text)
    chosen = [
        b
        for a, b in zip(ours, theirs, strict=True)
        if a.start < quote.end and quote.start < a.end
    ]
    return translation.text[chosen[0].start : chosen[-1].end]


def _sentences(body: str, span: Span, language: str) -> Sequence[Span]:
    return [
        Span(span.start + s.start, span.start + s.end)
        for s in sentences(span.of(body), language)
    ]
