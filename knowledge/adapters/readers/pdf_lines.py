"""Lines as they stand on pages → the paragraphs of a body (pure).

Line ends within a paragraph become spaces. No character is added. One is left out only:
the hyphen at the end of a line, where the text itself writes the word without it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")
_WORD_END = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])\Z")
_WORD_START = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_SOFT = "\u00ad"

_INDENT = 0.8  # of the size of type
_SHORT = 0.8  # of the width of the block
_SAME_SIZE = 0.5  # points
_REPEATED = 3  # pages at least, and this part of all:
_OFTEN = 0.4
_HEAD, _FOOT = 0.9, 0.08  # of a page's height
_FURNITURE_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of type, from ``left`` to ``right`` in points."""

    text: str
    left: float
    right: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that stand together; ``height`` of the last on its page, 0..1 from below."""

    lines: tuple[Line, ...]
    left: float
    right: float
    height: float


@dataclass(slots=True)
class _Paragraph:
    lines: list[str]
    size: float
    page: int

    @property
    def open(self) -> bool:
        """Whether it ends in the middle of a sentence."""
        return _ENDS.search(self.lines[-1]) is None


def body_of(pages: Sequence[Sequence[Block]]) -> str:
    """The body of all pages: no running heads, no page numbers, paragraphs whole."""
    furniture = _furniture(pages)
    paragraphs: list[_Paragraph] = []
    for number, blocks in enumerate(pages):
        first = True
        for block in blocks:
            if _in_margin(block) and _mark(block) in furniture:
                continue
            for lines in _split(block):
                new = _Paragraph([line.text for line in lines], lines[0].size, number)
                before = _interrupted(paragraphs, new) if first else None
                first = False
                if before is None:
                    paragraphs.append(new)
                else:
                    before.lines += new.lines
                    before.page = number
    words = _words(line for paragraph in paragraphs for line in paragraph.lines)
    return "\n\n".join(_joined(paragraph.lines, words) for paragraph in paragraphs)


def _mark(block: Block) -> tuple[str, int]:
    """By what a running head or foot is known again: its words, and where it stands."""
    text = " ".join(line.text for line in block.lines)
    return re.sub(r"\d+", "#", text), round(block.height * 100)


def _furniture(pages: Sequence[Sequence[Block]]) -> frozenset[tuple[str, int]]:
    margins = [
        {_mark(block) for block in blocks if _in_margin(block)} for blocks in pages
    ]
    marks = Counter(mark for page in margins for mark in page)
    least = max(_REPEATED, _OFTEN * len(pages))
    return frozenset(mark for mark, count in marks.items() if count >= least)


def _in_margin(block: Block) -> bool:
    return len(block.lines) <= _FURNITURE_LINES and not _FOOT < block.height < _HEAD


def _split(block: Block) -> list[list[Line]]:
    """The paragraphs of a block: a new one begins after a short line, or indented."""
    parts: list[list[Line]] = []
    for line in block.lines:
        if not line.text:
            continue
        if parts and not _begins(line, parts[-1][-1], block):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _begins(line: Line, before: Line, block: Block) -> bool:
    if _ENDS.search(before.text) is None:
        return abs(line.size - before.size) > _SAME_SIZE and line.text[:1].isupper()
    short = before.right - block.left < _SHORT * (block.right - block.left)
    return short or line.left - block.left > _INDENT * line.size


def _interrupted(
    paragraphs: Sequence[_Paragraph], new: _Paragraph
) -> _Paragraph | None:
    """The paragraph of the page before that ``new`` goes on with.

    In the same size of type: a footnote in between is not taken for its end.
    """
    if not new.lines[0][:1].islower():
        return None
    for paragraph in reversed(paragraphs):
        if paragraph.page != new.page - 1:
            return None
        if abs(paragraph.size - new.size) <= _SAME_SIZE:
            return paragraph if paragraph.open else None
    return None


def _words(lines: Iterable[str]) -> frozenset[str]:
    """The words that stand whole in a line, hyphens included."""
    found: set[str] = set()
    for line in lines:
        words = _WORDS.findall(line)
        if _WORD_END.search(line):
            words = words[:-1]  # the first half of one
        found.update(word.casefold() for word in words)
    return frozenset(found)


def _joined(lines: Sequence[str], words: frozenset[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = _join(text, line, words)
    return text


def _join(text: str, line: str, words: frozenset[str]) -> str:
    broken, goes_on = _WORD_END.search(text), _WORD_START.match(line)
    if broken is None or goes_on is None or not line[0].islower():
        return f"{text} {line}"
    first, hyphen = broken.groups()
    whole = f"{first}{goes_on.group()}".casefold()
    if hyphen == _SOFT or whole in words:
        return text[:-1] + line
    if f"{first}-{goes_on.group()}".casefold() in words:
        return text + line
    # Nobody can tell: it stays as it stands on the page, line end and all.
    return f"{text}\n{line}"
