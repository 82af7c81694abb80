"""Text → whole sentences. Where it is in doubt, two sentences stay one.

A quotation is made of whole sentences, so that cutting through one would put words into
a source's mouth, while leaving two together costs nothing. So a sentence ends only at a
full stop, question or exclamation mark with white space behind it, outside every pair
of brackets or quotation marks, not behind an abbreviation and not before a small letter.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import pairwise

from knowledge.model import Span
from knowledge.passages.abbreviations import (
    ABBREVIATIONS,
    BEFORE_NUMBERS,
    MONTHS,
    REPORTING,
)

LONGEST_QUOTATION = 1500
LONGEST_BRACKET = 400
LONGEST_INNER_QUOTATION = 300
"""In characters. A mark whose partner is farther away is taken for a stray one."""

LOOK_BACK = 40
LOOK_AHEAD = 60
"""In characters: as far as a decision on one full stop looks."""

FIRST_WORDS = 5
"""Among so many words behind a quotation, a verb of saying ties them to it."""

_TERMINATOR = re.compile(r"[.!?…‽]+")
_LAST_WORD = re.compile(r"[^\s()\[\]{}«»“”„\"‘‚]+\Z")
_LETTER_LAST = re.compile(r"(?:\A|[.\-'’])[^\W\d_]\Z")
_ORDINAL = re.compile(r"\A\d{1,3}\Z")
_ROMAN = re.compile(r"\A[IVX]{2,5}\Z")
_ENUMERATOR = re.compile(
    r"\A\W*(?:\d{1,4}|[^\W\d_]{1,4})(?:\s?(?:bis|ter|quater))?\W*\Z"
)
_VISIBLE = re.compile(r"\S")
_OPENING = "\"'“”„«»‘’‚‹›¿¡([{*_#>•–—- \t\r\n\xa0\u202f"
_GOES_ON = ",;:)]}/%&=+|~"
_DOMAIN = re.compile(r"[\w-]{3,}\.(?:[\w-]+\.)*[a-z]{2,3}\Z")
_NOTE = re.compile(r"\[\d{1,3}\]")
_STRAY_CLOSING = re.compile(r"[»›”](?:[\s.,;:!?]|\Z)")
_NUMBER = re.compile(r"[\W_]{0,3}(?:\d|[IVXLC]+\b|[LRDA][.\s*]{0,2}\d)")
_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[\"'“”„«»‘’‚()\[\]]")

_CLOSED_BY: Mapping[str, str] = {
    '"': '"',
    "'": "'",
    "“": "”",
    "”": "”",
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘’",
}
_ATTACHED = frozenset(")]}\"'”’»›*_")
_BRACKETS: Mapping[str, str] = {"(": ")", "[": "]"}
_ENDS_NO_SENTENCE = frozenset({"yahoo"})


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """The sentences of a paragraph in order; together they hold all but white space.

    ``language`` may be any code: German counts with a full stop (``am 3. Oktober``).
    Takes time in proportion to the length.
    """
    borders = [0, *_borders(text, language), len(text)]
    found = []
    for start, end in pairwise(borders):
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            at = start + len(piece) - len(piece.lstrip())
            found.append(Span(at, at + len(inner)))
    return tuple(found)


def _borders(text: str, language: str) -> Iterator[int]:
    pairs = _pairs(text)
    closing = {end for _, end in pairs}
    outer = _outermost(pairs)
    starts = [start for start, _ in outer]
    last = 0
    for run in _TERMINATOR.finditer(text):
        end = _behind_closing(text, run.end(), closing)
        if end >= len(text) or not text[end].isspace():
            continue
        at = bisect_right(starts, end - 1) - 1
        if at >= 0 and outer[at][1] >= end:
            continue
        quoted = any(mark in "\"'”“’»«" for mark in text[run.end() : end])
        if _ends(text, last, run, end, quoted=quoted, language=language):
            last = end
            yield end


def _behind_closing(text: str, end: int, closing: set[int]) -> int:
    """Past the quotation marks and brackets that close right behind a terminator."""
    while end < len(text):
        # French sets a space before the mark that closes.
        spaced = text[end].isspace() and end + 1 in closing and text[end + 1] == "»"
        if spaced:
            end += 2
        elif end in closing or text[end] in _ATTACHED:
            end += 1
        elif note := _NOTE.match(text, end):
            end = note.end()
        else:
            break
    return end


def _ends(
    text: str, last: int, run: re.Match[str], end: int, *, quoted: bool, language: str
) -> bool:
    """Whether a terminator ends a sentence that began at ``last``."""
    signs = run.group()
    before = text[max(last, run.start() - LOOK_BACK) : run.start()]
    following = _VISIBLE.search(text, end)
    if following is None or "…" in signs or ".." in signs:
        return False
    after = text[following.start() : following.start() + LOOK_AHEAD]
    first = after.lstrip(_OPENING)
    if not first or first[0].islower() or first[0] in _GOES_ON:
        return False
    if _STRAY_CLOSING.match(after):
        return False
    if quoted and _goes_on_behind_quotation(signs, first):
        return False
    word = _LAST_WORD.search(before)
    ending = word.group() if word else ""
    if "." not in signs:
        return ending.casefold() not in _ENDS_NO_SENTENCE
    if not before or before[-1].isspace():
        return False
    if signs != "." or quoted:
        return True
    if len(before) < LOOK_BACK and _ENUMERATOR.match(before):
        return False
    return not _abbreviates(ending, after, first, language)


def _goes_on_behind_quotation(signs: str, first: str) -> bool:
    """``“Why?” Smith asked.`` and ``“It is over.” Smith said.`` are one sentence."""
    if "." not in signs:
        return True
    return any(
        word.group().casefold() in REPORTING
        for word, _ in zip(_WORD.finditer(first), range(FIRST_WORDS), strict=False)
    )


def _abbreviates(ending: str, after: str, first: str, language: str) -> bool:
    """Whether the full stop behind ``ending`` belongs to it."""
    if _LETTER_LAST.search(ending) or _ROMAN.match(ending):
        return True
    if _ORDINAL.match(ending):
        following = _WORD.match(first)
        month = following is not None and following.group().casefold() in MONTHS
        return language == "de" or month
    if _DOMAIN.search(ending):
        return False
    pieces = [piece for piece in re.split(r"[.\-'’/]", ending.casefold()) if piece]
    if not pieces:
        return False
    if pieces[-1] in ABBREVIATIONS:
        return True
    return pieces[-1] in BEFORE_NUMBERS and _NUMBER.match(after) is not None


def _pairs(text: str) -> list[tuple[int, int]]:
    """The quotation marks and brackets that belong together, by their places."""
    marks = [mark.start() for mark in _MARK.finditer(text)]
    closers: dict[str, list[int]] = {}
    for at in marks:
        if _may_close(text, at):
            closers.setdefault(text[at], []).append(at)
    pairs = _bracket_pairs(text, marks)
    done = -1
    for at in marks:
        sign = text[at]
        if at <= done or sign not in _CLOSED_BY or not _may_open(text, at):
            continue
        single = sign in "'‘‚"
        limit = at + (LONGEST_INNER_QUOTATION if single else LONGEST_QUOTATION)
        end = min(
            (
                places[found]
                for closer in _CLOSED_BY[sign]
                if (places := closers.get(closer))
                and (found := bisect_right(places, at + 1)) < len(places)
            ),
            default=limit + 1,
        )
        if end <= limit:
            pairs.append((at, end))
            # Within single marks, which may be apostrophes, double ones still count.
            done = at if single else end
    return sorted(pairs)


def _may_open(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in "„‚«":
        return True
    if text[at] == "'":
        return not before.isalnum() and after.isalpha()
    return not before.isalnum() and before not in ".,;!?…" and not after.isspace()


def _may_close(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] == "»":
        return True
    return not before.isspace() and not after.isalnum()


def _bracket_pairs(text: str, marks: list[int]) -> list[tuple[int, int]]:
    pairs = []
    open_at: list[int] = []
    for at in marks:
        if text[at] in _BRACKETS:
            open_at.append(at)
        elif open_at and text[at] == _BRACKETS[text[open_at[-1]]]:
            start = open_at.pop()
            if at - start <= LONGEST_BRACKET:
                pairs.append((start, at))
    return pairs


def _outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted pairs as stretches that do not overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in pairs:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
