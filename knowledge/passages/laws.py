"""Text of a law → its articles, paragraphs and points, each with its address.

Addresses read alike in every language, ``Art. 9(1)(a)``, ``Recital 24``, ``Annex III``;
only ``§`` stays. Text is never joined or left out within a piece: an opening that
leans on its points (``… where:``) stands with all of them where that is short enough,
else each stands for itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from knowledge.model import Span
from knowledge.passages.law_headings import Heading, HeadingReader
from knowledge.passages.law_markers import Level, is_marked, next_levels
from knowledge.passages.paragraphs import (
    LONGEST_WRAPPED_LINE,
    Line,
    ends_sentence,
    is_heading,
    lines,
)

LONGEST_WITH_POINTS = 700
"""In characters: an opening and its points stay together up to this length."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a law and its address."""

    span: Span
    locator: str


@dataclass(slots=True)
class _Text:
    start: int
    end: int


@dataclass(slots=True)
class _Unit:
    """An article, paragraph or point while it is read.

    A point is ``listed`` where the words before it lean on it.
    """

    label: str
    parent: "_Unit | None" = None
    listed: bool = False
    hang: int = 0  # where its text is indented to, 0 where it is not
    parts: "list[_Text | _Unit]" = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The pieces of a law in order, and the lines that head them."""

    pieces: tuple[Piece, ...]
    headings: tuple[Span, ...]


def read_law(body: str) -> Law:
    """Cut a law; no pieces where nothing in it looks like an article or recital."""
    reading = _Reading(body)
    found = tuple(lines(body))
    for line, following in zip_longest(found, found[1:]):
        reading.take(line, following.span.of(body) if following else "")
    pieces = [
        piece for unit in reading.units if unit.parts for piece in _pieces(body, unit)
    ]
    return Law(pieces=tuple(pieces), headings=tuple(reading.headings))


class _Reading:
    """Reads a law line by line; where it stands is its state."""

    def __init__(self, body: str) -> None:
        self.units: list[_Unit] = []
        self.headings: list[Span] = []
        self._body = body
        self._headings = HeadingReader(body)
        longest = max((len(text) for text in body.splitlines()), default=0)
        self._wrapped = longest <= LONGEST_WRAPPED_LINE
        self._unit: _Unit | None = None
        self._levels: tuple[Level, ...] = ()
        self._marker_alone = False
        self._headed = False

    def take(self, line: Line, following: str) -> None:
        """Read one line; ``following`` is the text of the next one."""
        text = line.span.of(self._body)
        begins = line.begins or self._headed or not self._wrapped
        self._headed = False
        heading = self._headings.read(text, begins=begins)
        if heading is not None:
            self._open(line.span, heading)
            return
        if self._unit is None:
            return
        if self._begin_marked(line.span, text, begins=begins, indent=line.indent):
            return
        single = line.ends or not self._wrapped or is_marked(following)
        if begins and single and self._is_title(text):
            self.headings.append(line.span)
            return
        self._go_on(line.span, begins=begins, indent=line.indent)

    def _open(self, span: Span, heading: Heading) -> None:
        self._levels = ()
        self._marker_alone = False
        self._unit = _Unit(heading.label) if heading.label else None
        if self._unit is not None:
            self.units.append(self._unit)
        if heading.text_from is None:
            self.headings.append(span)
            self._headed = True
            return
        if heading.text_from:
            self.headings.append(Span(span.start, span.start + heading.text_from))
        rest = Span(span.start + heading.text_from, span.end)
        text = rest.of(self._body)
        # The number of a recital is no level within it.
        if not heading.text_from or not self._begin_marked(rest, text, begins=True):
            self._go_on(rest, begins=False)

    def _begin_marked(
        self, span: Span, text: str, *, begins: bool, indent: int = 0
    ) -> bool:
        """Begin a paragraph or point where the line's marker is next in some list."""
        unit = self._unit
        if unit is None:
            return False
        before = self._text_before(unit)
        if not (begins or before.endswith((".", ";", ":", ",")) or _joined(before)):
            return False
        found = next_levels(
            text, self._levels, opens=begins, leaning=before[-1:] == ":"
        )
        if found is None:
            return False
        while len(self._levels) >= len(found.levels) and unit.parent is not None:
            unit = self._leave(unit)
        self._levels = found.levels
        point = _Unit(
            f"{unit.label}({found.levels[-1].value})",
            parent=unit,
            listed=_leans(self._body, unit),
            hang=indent + found.hang if found.hang else 0,
        )
        point.parts.append(_Text(span.start, span.end))
        unit.parts.append(point)
        self._unit = point
        self._marker_alone = found.alone
        return True

    def _leave(self, unit: _Unit) -> _Unit:
        self._levels = self._levels[:-1]
        self._unit = unit.parent or unit
        return self._unit

    def _is_title(self, text: str) -> bool:
        """A short open line where no sentence goes on; ``…:`` opens a list.

        The capitals that close a preamble (``HAVE ADOPTED …:``) open none.
        """
        before = self._text_before(self._unit) if self._unit else ""
        return (
            is_heading(text)
            and text[0].isupper()
            and (text[-1] != ":" or text.isupper())
            and not self._marker_alone
            and (not before or ends_sentence(before))
        )

    def _go_on(self, span: Span, *, begins: bool, indent: int = 0) -> None:
        """Add a line of text where it belongs: here, or where a list has ended."""
        unit = self._unit
        if unit is None:
            return
        alone, self._marker_alone = self._marker_alone, False
        closed = ends_sentence(self._text_before(unit))
        if begins and not alone:
            while unit.hang and indent < unit.hang and unit.parent is not None:
                unit = self._leave(unit)
            while closed and unit.listed and not unit.hang and unit.parent is not None:
                unit = self._leave(unit)
        last = unit.parts[-1] if unit.parts else None
        if isinstance(last, _Text) and (alone or not begins or not closed):
            last.end = span.end
        else:
            unit.parts.append(_Text(span.start, span.end))

    def _text_before(self, unit: _Unit) -> str:
        if not unit.parts:
            return ""
        return self._body[max(unit.start, unit.end - 40) : unit.end]


def _joined(before: str) -> bool:
    """Whether the line before ends with the ``or`` that stands between points."""
    words = before.split()
    return bool(words) and words[-1] in {
        *("or", "and", "ou", "et", "o", "e", "ed", "oder", "und", "sowie", "y", "u"),
        *("of", "en", "alsmede"),
    }


def _leans(body: str, unit: _Unit) -> bool:
    """Whether the next part belongs to a list that its unit's words introduce."""
    for part in reversed(unit.parts):
        if isinstance(part, _Unit):
            return part.listed
        return not ends_sentence(body[part.start : part.end])
    return False


def _pieces(body: str, unit: _Unit) -> Iterator[Piece]:
    """A unit as one piece, or as its openings and points."""
    if not any(isinstance(part, _Unit) for part in unit.parts):
        if unit.end - unit.start <= LONGEST_WITH_POINTS:
            yield Piece(Span(unit.start, unit.end), unit.label)
        else:
            for part in unit.parts:
                yield Piece(Span(part.start, part.end), unit.label)
        return
    for run in _runs(body, unit.parts):
        together = Span(run[0].start, run[-1].end)
        if len(run) > 1 and together.end - together.start <= LONGEST_WITH_POINTS:
            yield Piece(together, unit.label)
            continue
        for part in run:
            if isinstance(part, _Unit):
                yield from _pieces(body, part)
            else:
                yield Piece(Span(part.start, part.end), unit.label)


def _runs(body: str, parts: Sequence[_Text | _Unit]) -> Iterator[list[_Text | _Unit]]:
    """An opening with its points and the words that end its sentence; others alone."""
    run: list[_Text | _Unit] = []
    for part in parts:
        goes_on = part.listed if isinstance(part, _Unit) else body[part.start].islower()
        if run and not goes_on:
            yield run
            run = []
        run.append(part)
    if run:
        yield run
