"""The plain text of a law that ``knowledge.passages.laws`` cuts, built line by line.

A heading is marked as in Markdown, so that no line of text can be taken for one; a line
of three stars ends a provision that no heading ends; a tab stands before a line for each
point that the line is in. All else is the law's own, to the letter.
"""

import re
from dataclasses import dataclass, field

TITLE, GROUP, ARTICLE, SUBTITLE = 1, 2, 3, 4
"""How deep the headings are: of the act; of a chapter or an annex; of an article or a
part of an annex; the words that stand below any of them."""

_SIGN = re.compile(
    r"""[‘“„«»]?\(?(?:\d{1,3}[a-z]?|[a-z]{1,2}|[ivxlc]{1,7})
    (?:[\s-]?(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies))?
    (?:\)|\.\)|\.|°|º)
    |\d{1,3}(?:\.\d{1,3}){1,4}\.?|[-–—•·]""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(slots=True)
class LawText:
    """Lines in order. A line that is only a sign, ``(a)``, waits for its text.

    ``depth`` counts the points that the next line is in.
    """

    depth: int = 0
    _lines: list[str] = field(default_factory=list)
    _sign: str = ""
    _sign_depth: int = 0

    def heading(self, text: str, depth: int) -> None:
        """A heading; nothing where it is empty."""
        self._settle()
        if text:
            self._lines.append(f"{'#' * depth} {text}")

    def line(self, text: str) -> None:
        """A paragraph, or the sign before one."""
        if not text:
            return
        if is_sign(text):
            self.sign(text)
            return
        depth = self._sign_depth if self._sign else self.depth
        said = f"{self._sign} {text}" if self._sign else text
        self._lines.append("\t" * depth + said)
        self._sign = ""

    def sign(self, text: str) -> None:
        """What numbers the next line, whatever it looks like."""
        self._settle()
        self._sign, self._sign_depth = text, self.depth

    def rule(self) -> None:
        """The end of a provision that no heading ends."""
        self._settle()
        if self._lines and self._lines[-1] != "***":
            self._lines.append("***")

    @property
    def last_heading(self) -> int:
        """How deep the heading is that was written last; 0 where text came after it."""
        last = self._lines[-1] if self._lines and not self._sign else ""
        return len(last) - len(last.lstrip("#"))

    @property
    def body(self) -> str:
        """All lines, a blank one between any two."""
        self._settle()
        return "\n\n".join(self._lines)

    def _settle(self) -> None:
        """A sign that no text follows stands alone."""
        if self._sign:
            self._lines.append("\t" * self._sign_depth + self._sign)
            self._sign = ""


def is_sign(text: str) -> bool:
    """Whether a text is nothing but the number or letter of a point, or a dash."""
    return _SIGN.fullmatch(text) is not None
