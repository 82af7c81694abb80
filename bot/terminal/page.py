"""Lines on a terminal: wrapped to the window, and nothing in them that acts on it.

Nothing is read as markup: every text becomes a ``rich.text.Text``. A control character
shows as a visible stand-in. Words are wrapped, never shortened.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from bot.cards import signs

NARROWEST = 16
"""Text is not squeezed into less than this beside an indent or other columns."""

INDENT = "   "
GUTTER = "  "

_BREAKABLE = re.compile(r" +")

_BREAKS: Final = {ord("\n"): " ", ord("\t"): " "}
"""White space that would move the cursor; the renderer wraps lines itself."""


def harmless(text: str) -> str:
    """The text with nothing in it that acts on a terminal; on one line."""
    return signs.harmless(text).translate(_BREAKS)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells, cut at white space.

    A no-break space is not cut at, so that « and » keep their words; a word longer than
    a line is cut where the line ends. Runs of white space become one space.
    """
    lines: list[str] = []
    line = ""
    for word in _BREAKABLE.split(text.strip(" ")):
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = chop_cells(word, width) or [""]
        lines.extend(full)
    return [*lines, line]


@dataclass(frozen=True, slots=True)
class Page:
    """Prints lines of at most ``width`` cells; the only caller of the console."""

    console: Console
    width: int

    def gap(self) -> None:
        """An empty line."""
        self._print("")

    def put(self, text: str, *, first: str = "", style: str = "") -> None:
        """A paragraph that begins with ``first``, hanging under what follows it."""
        # A bar goes on beside every line of its paragraph.
        margin = first if first.endswith("│ ") else " " * cell_len(first)
        room = max(self.width - len(margin), NARROWEST)
        for number, line in enumerate(wrap(harmless(text), room)):
            self._print((margin if number else first) + _isolated(line), style)

    def beside(
        self, left: str, right: str, *, first: str = "", style: str = ""
    ) -> None:
        """``right`` at the right edge of the same line, else on a line of its own."""
        margin = cell_len(first)
        text, remark = harmless(left), harmless(right)
        space = self.width - margin - cell_len(text) - cell_len(remark)
        if remark and space >= len(GUTTER):
            self._print(f"{first}{_isolated(text)}{' ' * space}{remark}", style)
            return
        self.put(left, first=first, style=style)
        if remark:
            self.put(right, first=" " * margin)

    def link(self, link: str, margin: str = INDENT) -> None:
        """On a line of its own and never cut by us, so that it can be copied."""
        self._print(f"{margin}{harmless(link)}")

    def grid(
        self,
        rows: Sequence[tuple[str, ...]],
        *,
        first: str = "",
        right: frozenset[int] = frozenset(),
        links: Sequence[str | None] = (),
    ) -> None:
        """Columns as wide as their cells; the last cell wraps in the room left to it.

        ``right`` are the columns that are set flush right, ``links`` where the rows
        lead, each on a line below its row.
        """
        safe = [[harmless(cell) for cell in row] for row in rows]
        widths = [max(map(cell_len, column)) for column in zip(*safe, strict=True)]
        for row, link in zip_longest(safe, links):
            lead = first
            for number, cell in enumerate(row[:-1]):
                space = " " * (widths[number] - cell_len(cell))
                lead += (space + cell if number in right else cell + space) + GUTTER
            if self.width - cell_len(lead) >= NARROWEST:
                self.put(row[-1], first=lead)
            else:  # a cell too wide to stand beside others
                self.put(f"{lead.rstrip()}{GUTTER}{row[-1]}")
            if link:
                self.link(link)

    def _print(self, line: str, style: str = "") -> None:
        self.console.print(
            Text(line.rstrip(" "), style), soft_wrap=True, highlight=False
        )


def _isolated(line: str) -> str:
    """A line with right-to-left letters, kept from reordering what stands beside it."""
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in line):
        return f"\u2068{line}\u2069"
    return line
