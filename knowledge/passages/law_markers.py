"""The signs that number paragraphs and points, ``1.`` ``(1)`` ``a)`` ``(iv)`` ``2°``,
and which of them continue or open a list.

What level a sign stands for differs from law to law, so it is learnt from the order in
which signs appear. A number that no list awaits is text: ``2. März``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from string import ascii_lowercase

DEEPEST = 6
"""More levels than any law has."""

WIDEST_GAP = 20
"""So many numbers may be missing in a list (repealed) before the sign is text."""

_LATIN = r"bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies"
_MARKER = re.compile(
    rf"""(?:►\w+\s+)?(?P<open>\()?
    (?P<value>\d{{1,3}}(?:\.\d{{1,2}}){{1,3}}(?=\.\s)|\d{{1,3}}[a-z]?|[a-z]{{1,5}}|[IVX]{{1,6}}|[A-Z])
    (?:[\s-]?(?P<latin>{_LATIN}))?
    (?P<close>\)|°\)?|\.[º°]|º|\.\s?[-–—]|\.|\s[-–—](?=\s))
    (?:[-–—])?
    (?=\s|\Z|[^\W\da-z]|[(«“„"])""",
    re.VERBOSE,
)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Level:
    """Where a list stands: its style of signs and the last one seen.

    ``depth``: how many points its lines are marked to be in.
    """

    style: str
    number: int
    value: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The levels after a sign.

    ``alone``: nothing else is on its line. ``hang``: how far its text is set in from
    the sign, 0 where only one space parts them.
    """

    levels: tuple[Level, ...]
    alone: bool
    hang: int


def is_marked(text: str) -> bool:
    """Whether a line begins with something that may be a sign."""
    return _MARKER.match(text) is not None


def next_levels(
    text: str, levels: tuple[Level, ...], *, opens: bool, leaning: bool
) -> Found | None:
    """What the sign at the start of a line means after those seen before.

    ``opens``: the line begins a block, so that the first list of an article may begin
    with any number (an excerpt). ``leaning``: the words before introduce a list. None
    where there is no sign, or it is only text.
    """
    match = _MARKER.match(text)
    if match is None:
        return None
    readings = list(_readings(match))
    if not readings:
        return None
    chosen = _choose(readings, levels, opens=opens, leaning=leaning, match=match)
    if chosen is None or len(chosen) > DEEPEST:
        return None
    rest = text[match.end() :].lstrip()
    hang = len(text) - len(rest)
    wide = bool(rest) and text.startswith("  ", match.end())
    return Found(chosen, alone=not rest, hang=hang if wide else 0)


def nested_levels(text: str, levels: tuple[Level, ...], depth: int) -> Found | None:
    """What a sign means on a line that is marked to be in so many points."""
    match = _MARKER.match(text)
    reading = next(_readings(match), None) if match else None
    if match is None or reading is None:
        return None
    outer = tuple(level for level in levels if level.depth < depth)
    if len(outer) >= DEEPEST:
        return None
    return Found(
        (*outer, replace(reading, depth=depth)), text.rstrip() == match.group(), 0
    )


def _choose(
    readings: list[Level],
    levels: tuple[Level, ...],
    *,
    opens: bool,
    leaning: bool,
    match: re.Match[str],
) -> tuple[Level, ...] | None:
    if leaning:
        for reading in readings:
            if reading.number == 1:
                return (*levels, reading)
    for depth in reversed(range(len(levels))):
        for reading in readings:
            expected = (levels[depth].style, levels[depth].number + 1)
            if (reading.style, reading.number) == expected:
                return (*levels[:depth], reading)
    styles = {level.style for level in levels}
    for reading in reversed(readings):
        if reading.number == 1 and reading.style not in styles:
            return (*levels, reading)
    for depth in reversed(range(len(levels))):
        for reading in readings:
            ahead = reading.number - levels[depth].number
            again = ahead == 0 and reading.value != str(reading.number)
            if reading.style == levels[depth].style and (
                again or 0 < ahead <= WIDEST_GAP
            ):
                return (*levels[:depth], reading)
    # An excerpt begins in the middle: with paragraph 4, or with point (h) of a list.
    excerpt = leaning or (not levels and readings[0].style[-1] == "1")
    if opens and excerpt and readings[0].style not in styles:
        return (*levels, readings[0])
    return None


def _readings(match: re.Match[str]) -> Iterator[Level]:
    """As a letter first, then as a Roman number: ``(i)`` may be either."""
    value = match["value"]
    close = match["close"].strip()
    shape = (match["open"] or "") + ("°" if close[-1] in "º°" else close[0])
    shown = value + (match["latin"] or "")
    if value[0].isdigit():
        outer, _, number = value.rstrip(ascii_lowercase).rpartition(".")
        yield Level(
            shape + ".1" * (outer.count(".") + 1 if outer else 0) + "1",
            int(number),
            shown,
        )
        return
    low = value.lower()
    case = "a" if value.islower() else "A"
    if len(low) == 1:
        yield Level(shape + case, ord(low) - ord("a") + 1, shown)
    elif len(set(low)) == 1 and len(low) == 2 and low != "ii":
        yield Level(shape + case * 2, ord(low[0]) - ord("a") + 1, shown)
    if set(low) <= set(_ROMAN_DIGITS):
        yield Level(shape + case + "r", _roman(low), shown)


def _roman(low: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in low]
    following = [*digits[1:], 0]
    pairs = zip(digits, following, strict=True)
    return sum(-digit if digit < after else digit for digit, after in pairs)
