"""Text of a law → its articles, paragraphs and points, each with its address.

Addresses read alike in every language, ``Art. 9(1)(a)``, ``Recital 24``, ``Annex III``;
only ``§`` stays. Text is never joined or left out within a piece: an opening that
leans on its points (``… where:``) shares one address with a few points, and stands in
one piece with them where that is short enough; of many points, each stands for itself.

Which addresses there are depends on how a law is built, never on how long its words
are, so that it has the same in every language.
"""

from dataclasses import dataclass
from itertools import zip_longest

from knowledge.model import Span
from knowledge.passages.law_headings import Heading, HeadingReader
from knowledge.passages.law_markers import Level, is_marked, nested_levels, next_levels
from knowledge.passages.law_units import Piece, Text, Unit, leans, pieces
from knowledge.passages.paragraphs import (
    LONGEST_WRAPPED_LINE,
    Line,
    ends_sentence,
    is_heading,
    lines,
)


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
    reading.finish()
    found_pieces = [
        piece for unit in reading.units if unit.parts for piece in pieces(body, unit)
    ]
    return Law(pieces=tuple(found_pieces), headings=tuple(reading.headings))


class _Reading:
    """Reads a law line by line; where it stands is its state."""

    def __init__(self, body: str) -> None:
        self.units: list[Unit] = []
        self.headings: list[Span] = []
        self._body = body
        self._headings = HeadingReader(body)
        longest = max((len(text) for text in body.splitlines()), default=0)
        self._wrapped = longest <= LONGEST_WRAPPED_LINE
        # A reader that knows which points a line is in sets a tab before it for each.
        self._nested = self._headings.marked and "\n\t" in body
        self._unit: Unit | None = None
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
            self._open(line, heading)
            return
        if self._unit is None:
            return
        if self._begin_marked(line.span, text, begins=begins, indent=line.indent):
            return
        single = line.ends or not self._wrapped or is_marked(following)
        if begins and single and self._is_title(self._unit, text):
            self.headings.append(line.span)
            self._unit.titled = True
            self._unit.title = line.span
            return
        self._go_on(line.span, begins=begins, indent=line.indent)

    def finish(self) -> None:
        """Where nothing follows a title (``Repealed``), it is its article's text."""
        if not self._headings.marked:
            return
        lone = [unit for unit in self.units if unit.title and not unit.parts]
        spans = {unit.title for unit in lone}
        self.headings = [span for span in self.headings if span not in spans]
        for unit in lone:
            if unit.title is not None:
                unit.parts.append(Text(unit.title.start, unit.title.end))

    def _open(self, line: Line, heading: Heading) -> None:
        span = line.span
        self._levels = ()
        self._marker_alone = False
        if heading.label is None:
            self._title(span)
            return
        self._unit = Unit(heading.label) if heading.label else None
        if self._unit is not None:
            self.units.append(self._unit)
        if heading.text_from is None:
            self.headings.append(span)
            self._headed = True
            return
        if heading.text_from:
            self.headings.append(Span(span.start, span.start + heading.text_from))
        if self._nested and self._unit is not None:
            self._unit.depth = line.indent
        rest = Span(span.start + heading.text_from, span.end)
        text = rest.of(self._body)
        # The number of a recital is no level within it.
        if not heading.text_from or not self._begin_marked(rest, text, begins=True):
            self._go_on(rest, begins=False, indent=line.indent)

    def _title(self, span: Span) -> None:
        """A marked title: lists end, and the text goes on at the article's level."""
        self.headings.append(span)
        self._headed = True
        while self._unit is not None and self._unit.parent is not None:
            self._unit = self._unit.parent
        if self._unit is not None:
            self._unit.titled = True

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
        depth = indent if self._nested else 0
        if depth:
            found = nested_levels(text, self._levels, depth)
        else:
            flat = tuple(level for level in self._levels if not level.depth)
            found = next_levels(text, flat, opens=begins, leaning=before[-1:] == ":")
        if found is None:
            return False
        while len(self._levels) >= len(found.levels) and unit.parent is not None:
            unit = self._leave(unit)
        self._levels = found.levels
        point = Unit(
            _address(unit.label, found.levels[-1].value),
            parent=unit,
            listed=depth > 0 or leans(self._body, unit),
            depth=depth,
            hang=indent + found.hang if found.hang else 0,
        )
        point.parts.append(Text(span.start, span.end))
        unit.parts.append(point)
        self._unit = point
        self._marker_alone = found.alone
        return True

    def _leave(self, unit: Unit) -> Unit:
        self._levels = self._levels[:-1]
        self._unit = unit.parent or unit
        return self._unit

    def _is_title(self, unit: Unit, text: str) -> bool:
        """A short open line where no sentence goes on; ``…:`` opens a list.

        The capitals that close a preamble (``HAVE ADOPTED …:``) open none. In a law that
        marks its headings, only the first line of an article can be an unmarked title.
        """
        before = self._text_before(unit)
        if self._headings.marked and (before or unit.titled or unit.parent):
            return False
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
        while self._nested and unit.depth > indent:
            if unit.parent is None:
                self._unit = None  # behind the last recital, which is a point itself
                return
            unit = self._leave(unit)
        closed = ends_sentence(self._text_before(unit))
        if begins and not alone and not self._nested:
            while unit.hang and indent < unit.hang and unit.parent is not None:
                unit = self._leave(unit)
            while closed and unit.listed and not unit.hang and unit.parent is not None:
                unit = self._leave(unit)
        last = unit.parts[-1] if unit.parts else None
        if isinstance(last, Text) and (alone or not begins or not closed):
            last.end = span.end
        else:
            unit.parts.append(Text(span.start, span.end))

    def _text_before(self, unit: Unit) -> str:
        if not unit.parts:
            return ""
        return self._body[max(unit.start, unit.end - 40) : unit.end]


def _address(outer: str, sign: str) -> str:
    """The address of a point; ``3.1`` below ``(3)`` names both."""
    above = sign.rpartition(".")[0]
    if above:
        outer = outer.removesuffix(f"({above})")
    return f"{outer}({sign})"


def _joined(before: str) -> bool:
    """Whether the line before ends with the ``or`` that stands between points."""
    words = before.split()
    return bool(words) and words[-1] in {
        *("or", "and", "ou", "et", "o", "e", "ed", "oder", "und", "sowie", "y", "u"),
        *("of", "en", "alsmede"),
    }
