"""Body → the paragraphs that a person would count on the page, and which are headings.

A heading and a caption are paragraphs too, so that ``¶3`` can be counted by eye; but
they are no sentences, and are not cited.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from knowledge.model import Span

LONGEST_HEADING = 120
"""In characters. A longer line without a full stop is taken for a sentence."""

LONGEST_WRAPPED_LINE = 200
"""In characters. Nobody wraps lines this long by hand: each is a paragraph."""

FEWEST_ITEM_WORDS = 5
"""A list item with fewer words is as good as a heading (``1. Introduction``)."""

_ENDS = re.compile(r"[.!?…;,][\"'”“’»«›)\]*_\s]*\Z")
_SENTENCE_ENDS = re.compile(r"[.!?][\"'”“’»«›)\]*_\s]*\Z")
_ITEM = re.compile(r"(?:[-*+•–—]|\(?(?:\d{1,3}|[a-z]{1,2})[.)])\s+\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without the white space around it; ``indent`` counts what stood before.

    ``begins`` and ``ends``: it is the first or last of a block between blank lines.
    """

    span: Span
    indent: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """``number`` counts from 1 all paragraphs that hold a letter or a digit."""

    span: Span
    number: int
    heading: bool


def lines(body: str) -> Iterator[Line]:
    """The lines that are not blank, in order."""
    at = 0
    blank_before = True
    rows = body.splitlines(keepends=True)
    for raw, following in zip_longest(rows, rows[1:], fillvalue=""):
        inner = raw.strip()
        if inner:
            indent = len(raw) - len(raw.lstrip())
            yield Line(
                span=Span(at + indent, at + indent + len(inner)),
                indent=indent,
                begins=blank_before,
                ends=not following.strip(),
            )
        blank_before = not inner
        at += len(raw)


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop, question or exclamation mark."""
    return _SENTENCE_ENDS.search(text[-8:]) is not None


def is_heading(text: str) -> bool:
    """Whether a paragraph looks like a heading or a caption: one short open line."""
    if text.startswith("#"):
        return True
    if len(text) > LONGEST_HEADING or len(text.splitlines()) > 1:
        return False
    if _ITEM.match(text) and len(text.split()) > FEWEST_ITEM_WORDS:
        return False
    return _ENDS.search(text[-8:]) is None


def paragraphs(body: str) -> tuple[Paragraph, ...]:
    """Blocks between blank lines; lines that are paragraphs of their own, one each.

    Where a body holds nothing but headings, none is called one: a note of one line
    can be cited.
    """
    spans = [
        span
        for block in _blocks(body)
        for span in _split(body, block)
        if any(character.isalnum() for character in span.of(body))
    ]
    headings = [is_heading(span.of(body)) for span in spans]
    if all(headings):
        headings = [False] * len(spans)
    return tuple(
        Paragraph(span=span, number=number, heading=heading)
        for number, (span, heading) in enumerate(zip(spans, headings, strict=True), 1)
    )


def _blocks(body: str) -> Iterator[list[Span]]:
    block: list[Span] = []
    for line in lines(body):
        marked = line.span.of(body).startswith("#")
        if block and (line.begins or marked or body[block[-1].start] == "#"):
            yield block
            block = []
        block.append(line.span)
    if block:
        yield block


def _split(body: str, block: list[Span]) -> Iterator[Span]:
    """A block as one paragraph, or as many where its lines stand by themselves."""
    texts = [span.of(body) for span in block]
    apart = all(map(_stands_alone, texts))
    long = max(map(len, texts)) > LONGEST_WRAPPED_LINE
    start = block[0].start
    for number, span in enumerate(block):
        last = number == len(block) - 1
        done = apart or (
            long and (ends_sentence(texts[number]) or _stands_alone(texts[number]))
        )
        if last or done:
            yield Span(start, span.end)
            if not last:
                start = block[number + 1].start


def _stands_alone(text: str) -> bool:
    return is_heading(text) and not text[0].islower() and not _ITEM.match(text)
