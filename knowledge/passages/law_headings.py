"""The lines that head an article, a section, a recital or an annex, in any language."""

from dataclasses import dataclass

from knowledge.passages.law_words import (
    ANNEX,
    ANNEX_PART,
    FRAME,
    NUMBERED_RECITAL,
    RECITAL,
    RULE,
    SEPARATOR,
    WHEREAS,
    article,
    label_of,
)

LONGEST_TITLE = 120
"""In characters: what follows an article's number on its line up to here is a title."""

_UNMARKED = 7
"""The depth of a heading without marks: each one with marks stands above it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """``label`` is the address that begins here, empty where one only ends.

    None is a title within what is open. ``text_from`` is where the line's own text
    begins, or None where it is all heading.
    """

    label: str | None
    text_from: int | None = None


class HeadingReader:
    """Knows how one law marks its articles, and finds the lines that head them.

    In a law that marks its articles in Markdown, an unmarked line is text, even one
    that begins like an article: it is quoted from another law.
    """

    def __init__(self, body: str) -> None:
        lines = [line.strip() for line in body.splitlines()]
        found = [article(line) for line in lines]
        articles = [match for match, _ in found if match is not None]
        self.marked = any(marks for match, marks in found if match is not None)
        self._annexes_marked = any(
            line.startswith("#") and ANNEX.match(line.lstrip("#* ")) for line in lines
        )
        # Among articles, a section is a group of them.
        self._sections = all(match["english"] for match in articles)
        self._has_articles = bool(articles)
        self._in_recitals = False
        self._last_recital = 0
        self._article_seen = False
        self._open: list[_Open] = []

    def read(self, text: str, *, begins: bool) -> Heading | None:
        """What a line heads; None for a line of text. ``begins``: it begins a block."""
        frame = FRAME.match(text)
        marks = len(frame["hashes"] or "") if frame else 0
        inner = text[frame.end() :] if frame else text
        if RULE.match(text):
            self._open.clear()
            return Heading("")
        if not begins and not marks:
            return None
        headed = self._read_article(text, marks)
        if headed is not None:
            self._article_seen = True
            self._in_recitals = False
            return headed
        if marks or len(text) <= LONGEST_TITLE:
            other = self._read_other(inner, marks)
            if other is not None:
                return other
        return self._read_numbered_recital(text)

    def _read_article(self, text: str, marks: int) -> Heading | None:
        match, _ = article(text)
        if match is None or (self.marked and not marks):
            return None
        if match["english"] and not self._sections:
            return None
        label = label_of(match)
        separator = SEPARATOR.match(text, match.end())
        start = separator.end() if separator else match.end()
        rest = text[start:]
        if marks or not rest:
            return self._opened(label, marks)
        if rest[0] == "(":
            return self._opened(label, marks, start)
        if rest[0].islower() or rest[0] in ",;)/":
            return None
        plain = start == match.end() or not text[match.end() : start].strip()
        titled = len(rest) <= LONGEST_TITLE and rest[-1] not in ".;:,!?"
        if titled:
            return self._opened(label, marks)
        return None if plain else self._opened(label, marks, start)

    def _opened(
        self,
        label: str,
        marks: int,
        text_from: int | None = None,
        *,
        annex: bool = False,
    ) -> Heading:
        """A heading that opens something, perhaps within the annex that is open."""
        around = self._around(marks)
        if around is not None and around.annex:
            label = f"{around.label}, {label}"
        self._open.append(_Open(label, marks or _UNMARKED, annex=annex))
        return Heading(label, text_from)

    def _around(self, marks: int) -> "_Open | None":
        """What a heading of this depth stands in; all that it ends is closed."""
        depth = marks or _UNMARKED
        while self._open and self._open[-1].depth >= depth:
            self._open.pop()
        return self._open[-1] if self._open else None

    def _read_other(self, inner: str, marks: int) -> Heading | None:
        recital = RECITAL.match(inner)
        if recital is not None and not inner[recital.end() :].strip(" .:*_"):
            return self._recital(recital["number"], None)
        annex = ANNEX.match(inner)
        if annex is not None and (
            marks or not (self._annexes_marked or inner[annex.end() :].strip(" .:*_"))
        ):
            self._around(marks)
            label = f"Annex {annex['number'] or ''}".strip()
            return self._opened(label, marks, annex=True)
        if WHEREAS.match(inner.strip("*_ ")):
            self._in_recitals = True
            return Heading("")
        return self._read_group(inner, marks) if marks else None

    def _read_group(self, inner: str, marks: int) -> Heading:
        """A marked heading of no article: a part of an annex, a title, or a chapter."""
        around = self._around(marks)
        if around is None:
            return Heading("")
        part = ANNEX_PART.match(inner) if around.annex else None
        if part is None:
            return Heading(None)
        label = f"{around.label}({part['number'] or part['sign']})"
        self._open.append(_Open(label, marks, annex=True))
        return Heading(label)

    def _read_numbered_recital(self, text: str) -> Heading | None:
        awaited = self._in_recitals or (self._has_articles and not self._article_seen)
        match = NUMBERED_RECITAL.match(text) if awaited else None
        if match is None or int(match["number"]) <= self._last_recital:
            return None
        return self._recital(match["number"], 0)

    def _recital(self, number: str, text_from: int | None) -> Heading:
        self._last_recital = int(number)
        return Heading(f"Recital {number}", text_from)


@dataclass(frozen=True, slots=True)
class _Open:
    """An article or annex that is not yet ended by a heading as high as its own."""

    label: str
    depth: int
    annex: bool
