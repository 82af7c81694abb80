"""The lanes, the years and the rows of a timeline, drawn with Pillow.

Dots of one lane that would cover each other are stacked; where the stack would grow too
high, a number stands for it. Nothing is told by colour alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from io import BytesIO
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from knowledge.model import PartialDate

WIDTH = 1200
MARGIN = 40
LABELS = 280
"""Where the lanes begin: right of their names."""

DOT = 8
STEP = 2 * DOT + 4
"""Dots nearer than this would touch."""

MOST_STACKED = 5
APART = 6
"""Between two numbers side by side."""

LINE = 38
TICK_ROOM = 90

PAPER = "#ffffff"
INK = "#1b1f24"
GREY = "#57606a"
RULE = "#d0d7de"
BLUE = "#0550ae"

REGULAR = 400
BOLD = 700
FULL_WIDTH = 100

Pen: TypeAlias = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Lane:
    """A kind of evidence, and when its documents are dated."""

    label: str
    dates: tuple[PartialDate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that is in the picture.

    Each of ``rows`` has a shorter twin, for one that has signs without a letter here.
    """

    heading: str
    lanes: tuple[Lane, ...]
    rows: tuple[tuple[str, str], ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Axis:
    """From a day to a place on the sheet."""

    first: date
    last: date

    def x(self, when: PartialDate) -> int:
        """The middle of what the date may mean."""
        middle = (when.earliest.toordinal() + when.latest.toordinal()) / 2
        return round(self._x(middle))

    def years(self) -> Iterator[tuple[int, int]]:
        """Years with their places: as many as can be read."""
        span = self.last.year - self.first.year + 1
        wanted = max(1, (WIDTH - MARGIN - LABELS) // TICK_ROOM)
        step = next(s for s in (1, 2, 5, 10, 25, 50, 100, 10_000) if span / s <= wanted)
        for year in range(self.first.year, self.last.year + 1):
            if year % step == 0 or step == 1:
                yield year, round(self._x(date(year, 1, 1).toordinal()))

    def _x(self, ordinal: float) -> float:
        start, end = self.first.toordinal(), self.last.toordinal()
        width = WIDTH - MARGIN - LABELS - 2 * DOT
        return LABELS + DOT + width * (ordinal - start) / (end - start)


def drawn(sheet: Sheet) -> bytes:
    """The sheet as PNG; the same sheet gives the same bytes with the same Pillow."""
    title, text, small = _pen(30, BOLD), _pen(24, REGULAR), _pen(20, REGULAR)
    heading = _wrapped(sheet.heading, title)
    rows = [_wrapped(_with_letters(*row, text), text) for row in sheet.rows]
    stacks = [_stacks(lane, _axis(sheet.lanes)) for lane in sheet.lanes]
    raised = [_raised(stack, small) for stack in stacks]
    heights = [_height(*each) for each in zip(stacks, raised, strict=True)]
    height = (
        2 * MARGIN
        + LINE * (len(heading) + sum(map(len, rows)) + bool(sheet.rest) + 3)
        + sum(heights)
        + 10 * len(rows)
    )
    image = Image.new("RGB", (WIDTH, height), PAPER)
    pencil = ImageDraw.Draw(image)
    y = MARGIN
    for line in heading:
        pencil.text((MARGIN, y), line, fill=INK, font=title)
        y += LINE + 4
    y += LINE // 2
    top = y
    axis = _axis(sheet.lanes)
    bottom = top + sum(heights)
    for year, x in axis.years():
        pencil.line((x, top, x, bottom + 8), fill=RULE, width=1)
        pencil.text((x, bottom + 10), str(year), fill=GREY, font=small, anchor="ma")
    rows_of_dots = zip(sheet.lanes, stacks, raised, heights, strict=True)
    for lane, stack, up, tall in rows_of_dots:
        y += tall
        pencil.line((MARGIN, y, WIDTH - MARGIN, y), fill=RULE, width=1)
        pencil.text((MARGIN, y - 12), lane.label, fill=INK, font=small, anchor="ls")
        _dots(pencil, stack, up, y, small)
    y += LINE + 16
    for lines in rows:
        for line in lines:
            pencil.text((MARGIN, y), line, fill=INK, font=text)
            y += LINE - 4
        y += 10
    if sheet.rest:
        pencil.text((MARGIN, y), sheet.rest, fill=GREY, font=text)
        y += LINE
    kept = BytesIO()
    image.crop((0, 0, WIDTH, min(height, y + MARGIN // 2))).save(
        kept, "PNG", optimize=True
    )
    return kept.getvalue()


def _axis(lanes: Sequence[Lane]) -> Axis:
    """Whole years, so that a single date has a year to stand in."""
    dates = [when for lane in lanes for when in lane.dates]
    first, last = min(d.earliest.year for d in dates), max(d.latest.year for d in dates)
    return Axis(date(first, 1, 1), date(last, 12, 31))


def _stacks(lane: Lane, axis: Axis) -> dict[int, int]:
    """Where dots stand in a lane, and how many one above the other."""
    stacks: dict[int, int] = {}
    for x in sorted(axis.x(when) for when in lane.dates):
        near = next((s for s in stacks if abs(s - x) < STEP), x)
        stacks[near] = stacks.get(near, 0) + 1
    return stacks


def _raised(stacks: dict[int, int], pen: Pen) -> frozenset[int]:
    """The numbers that stand a line higher, as they would touch the one before them."""
    raised: set[int] = set()
    before: int | None = None
    for x, many in stacks.items():
        if many <= MOST_STACKED:
            continue
        if before is not None and before not in raised:
            widths = pen.getlength(str(many)) + pen.getlength(str(stacks[before]))
            if x - before < widths / 2 + APART:
                raised.add(x)
        before = x
    return frozenset(raised)


def _height(stacks: dict[int, int], raised: frozenset[int]) -> int:
    tallest = max(min(many, MOST_STACKED) for many in stacks.values())
    return 26 + STEP * (tallest + bool(raised))


def _dots(
    pencil: ImageDraw.ImageDraw,
    stacks: dict[int, int],
    raised: frozenset[int],
    y: int,
    pen: Pen,
) -> None:
    for x, many in stacks.items():
        numbered = many > MOST_STACKED
        for place in range(MOST_STACKED - 1 if numbered else many):
            middle = y - DOT - 6 - place * STEP
            box = (x - DOT, middle - DOT, x + DOT, middle + DOT)
            pencil.ellipse(box, fill=BLUE)
        if numbered:
            above = y - 6 - (MOST_STACKED - 1 + (x in raised)) * STEP
            pencil.text((x, above), str(many), fill=BLUE, font=pen, anchor="ms")


def _wrapped(text: str, pen: Pen) -> list[str]:
    """Lines as wide as the sheet; a word that is wider than one is broken."""
    most = WIDTH - 2 * MARGIN
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if pen.getlength(longer) <= most:
            lines[-1] = longer
            continue
        lines.append("")
        for letter in word:
            if pen.getlength(lines[-1] + letter) > most:
                lines.append("")
            lines[-1] += letter
    return [line for line in lines if line]


def _with_letters(full: str, short: str, pen: Pen) -> str:
    """The full text, unless it has a sign that the font has no letter for."""
    unknown = _shape("\uffff", pen)
    signs = {sign for sign in full if not sign.isspace()}
    return short if any(_shape(sign, pen) == unknown for sign in signs) else full


def _shape(sign: str, pen: Pen) -> tuple[float, bytes]:
    return pen.getlength(sign), bytes(pen.getmask(sign))


def _pen(size: int, weight: int) -> Pen:
    """Noto Sans: Latin, Greek and Cyrillic letters. One of its own for each picture."""
    font = files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
    pen = ImageFont.truetype(
        BytesIO(font.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC
    )
    axes = {bytes(axis["name"]): axis for axis in pen.get_variation_axes()}
    chosen = {b"Weight": weight, b"Width": FULL_WIDTH}
    pen.set_variation_by_axes([chosen[name] for name in axes])
    return pen
