"""Articles, paragraphs and points within one another → pieces that can be cited."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.model import Span
from knowledge.passages.paragraphs import ends_sentence

FEW_POINTS = 3
"""So many points, none with points of its own, have the address of their opening."""

LONGEST_WITH_POINTS = 700
"""In characters: an opening and its points stay together up to this length."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a law and its address."""

    span: Span
    locator: str


@dataclass(slots=True)
class Text:
    """A paragraph without a sign, while it is read."""

    start: int
    end: int


@dataclass(slots=True)
class Unit:
    """An article, paragraph or point while it is read.

    A point is ``listed`` where the words before it lean on it. ``title`` is an unmarked
    line that looks like one.
    """

    label: str
    parent: "Unit | None" = None
    listed: bool = False
    hang: int = 0  # where its text is indented to, 0 where it is not
    depth: int = 0  # how many points its sign is marked to be in
    parts: "list[Text | Unit]" = field(default_factory=list)
    titled: bool = False
    title: Span | None = None

    @property
    def start(self) -> int:
        """Where its first part begins."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where its last part ends."""
        return self.parts[-1].end


def leans(body: str, unit: Unit) -> bool:
    """Whether the next part belongs to a list that its unit's words introduce."""
    for part in reversed(unit.parts):
        if isinstance(part, Unit):
            return part.listed
        return not ends_sentence(body[part.start : part.end])
    return False


def pieces(body: str, unit: Unit) -> Iterator[Piece]:
    """A unit as one piece, or as its openings and points."""
    if not any(isinstance(part, Unit) for part in unit.parts):
        if unit.end - unit.start <= LONGEST_WITH_POINTS:
            yield Piece(Span(unit.start, unit.end), unit.label)
        else:
            for part in unit.parts:
                yield Piece(Span(part.start, part.end), unit.label)
        return
    for run in _runs(body, unit.parts):
        few = _are_few(run)
        together = Span(run[0].start, run[-1].end)
        if few and together.end - together.start <= LONGEST_WITH_POINTS:
            yield Piece(together, unit.label)
            continue
        for part in run:
            if isinstance(part, Unit) and not few:
                yield from pieces(body, part)
            else:
                yield Piece(Span(part.start, part.end), unit.label)


def _are_few(run: Sequence[Text | Unit]) -> bool:
    """Whether an opening and its points have one address."""
    points = [part for part in run if isinstance(part, Unit)]
    flat = all(isinstance(part, Text) for point in points for part in point.parts)
    return len(points) < len(run) and len(points) <= FEW_POINTS and flat


def _runs(body: str, parts: Sequence[Text | Unit]) -> Iterator[list[Text | Unit]]:
    """An opening with its points and the words that end its sentence; others alone."""
    run: list[Text | Unit] = []
    for part in parts:
        goes_on = part.listed if isinstance(part, Unit) else body[part.start].islower()
        if run and not goes_on:
            yield run
            run = []
        run.append(part)
    if run:
        yield run
