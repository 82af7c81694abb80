"""The lines that head an article, a section, a recital or an annex, in any language."""

import re
from dataclasses import dataclass

LONGEST_TITLE = 120
"""In characters: what follows an article's number on its line up to here is a title."""

_LATIN = r"bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies"
_NUMBER = (
    r"(?:(?P<code>[LRDA])\.?\s?\*{0,2}\s?)?"
    r"(?P<number>\d{1,4}(?:[-.]\d{1,4}){0,4}|premier|unique|unico|único|first)"
    r"(?:er\b|[ºª°]|\.[ºª°])?"
    rf"(?P<letter>[a-z]\b)?(?:[\s-](?P<latin>(?:{_LATIN})\b))?"
)
_ARTICLE = re.compile(
    r"(?:(?P<article>art(?:icle|icolo|ikel|[ií]culo|igo|\.)?)|(?P<section>§§?)"
    r"|(?P<english>section|sec\.))\s{0,3}" + _NUMBER,
    re.IGNORECASE,
)
_RECITAL = re.compile(
    r"(?:recital|considérant|considerando|erwägungsgrund|overweging)\s{1,3}"
    r"\(?(?P<number>\d{1,3})\)?",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"(?:annexe?|anhang|allegato|anexo|bijlage)\b\s{0,3}(?P<number>[IVX]{1,6}\b|\d{1,2}\b)?",
    re.IGNORECASE,
)
_NUMBERED_RECITAL = re.compile(r"\((?P<number>\d{1,3})\)\s+\S")
_WHEREAS = re.compile(
    r"(?:whereas|considérant ce qui suit|considérants?|in erwägung nachstehender gründe"
    r"|considerando(?: quanto segue| lo siguiente| o seguinte)?|recitals|overwegende"
    r"(?: hetgeen volgt)?|erwägungsgründe)\W*\Z",
    re.IGNORECASE,
)
_FRAME = re.compile(r"(?P<hashes>#{1,6})?\s*[*_]{0,3}\s*")
_SEPARATOR = re.compile(r"[*_]{0,3}\s*(?:[.:]?\s*[-–—]+|[.:])?\s*[*_]{0,3}\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """``label`` is the address that begins here, empty where one only ends.

    ``text_from`` is where the line's own text begins, or None where it is all heading.
    """

    label: str
    text_from: int | None = None


class HeadingReader:
    """Knows how one law marks its articles, and finds the lines that head them."""

    def __init__(self, body: str) -> None:
        found = [_article(line.strip()) for line in body.splitlines()]
        articles = [match for match, _ in found if match is not None]
        # A law that marks its articles in Markdown quotes others without marks.
        self._marked = any(marks for match, marks in found if match is not None)
        # Among articles, a section is a group of them.
        self._sections = all(match["english"] for match in articles)
        self._has_articles = bool(articles)
        self._in_recitals = False
        self._depth = 0
        self._last_recital = 0
        self._article_seen = False

    def read(self, text: str, *, begins: bool) -> Heading | None:
        """What a line heads; None for a line of text. ``begins``: it begins a block."""
        frame = _FRAME.match(text)
        marks = len(frame["hashes"] or "") if frame else 0
        inner = text[frame.end() :] if frame else text
        if not begins and not marks:
            return None
        article = self._read_article(text)
        if article is not None:
            self._article_seen = True
            self._in_recitals = False
            self._depth = marks or self._depth
            return article
        if marks or len(text) <= LONGEST_TITLE:
            other = self._read_other(inner, marks)
            if other is not None:
                return other
        return self._read_numbered_recital(text)

    def _read_article(self, text: str) -> Heading | None:
        match, marks = _article(text)
        if match is None or (self._marked and not marks):
            return None
        if match["english"] and not self._sections:
            return None
        label = _label(match)
        separator = _SEPARATOR.match(text, match.end())
        start = separator.end() if separator else match.end()
        rest = text[start:]
        if marks or not rest:
            return Heading(label)
        if rest[0] == "(":
            return Heading(label, start)
        if rest[0].islower() or rest[0] in ",;)/":
            return None
        plain = start == match.end() or not text[match.end() : start].strip()
        titled = len(rest) <= LONGEST_TITLE and rest[-1] not in ".;:,!?"
        if titled:
            return Heading(label)
        return None if plain else Heading(label, start)

    def _read_other(self, inner: str, marks: int) -> Heading | None:
        recital = _RECITAL.match(inner)
        if recital is not None and not inner[recital.end() :].strip(" .:*_"):
            return self._recital(recital["number"], None)
        annex = _ANNEX.match(inner)
        if annex is not None and (marks or not inner[annex.end() :].strip(" .:*_")):
            return Heading(f"Annex {annex['number'] or ''}".strip())
        if _WHEREAS.match(inner.strip("*_ ")):
            self._in_recitals = True
            return Heading("")
        if marks:
            # A heading deeper than the article's is a title within it.
            within = self._article_seen and marks > self._depth
            return None if within else Heading("")
        return None

    def _read_numbered_recital(self, text: str) -> Heading | None:
        awaited = self._in_recitals or (self._has_articles and not self._article_seen)
        match = _NUMBERED_RECITAL.match(text) if awaited else None
        if match is None or int(match["number"]) <= self._last_recital:
            return None
        return self._recital(match["number"], 0)

    def _recital(self, number: str, text_from: int | None) -> Heading:
        self._last_recital = int(number)
        return Heading(f"Recital {number}", text_from)


def _article(text: str) -> tuple[re.Match[str] | None, int]:
    frame = _FRAME.match(text)
    if frame is None:
        return None, 0
    match = _ARTICLE.match(text, frame.end())
    if match is not None and match.end() < len(text) and text[match.end()].isalnum():
        match = None
    return match, len(frame["hashes"] or "")


def _label(match: re.Match[str]) -> str:
    kind = "§" if match["section"] else "Sec." if match["english"] else "Art."
    number = match["number"]
    if not number[0].isdigit():
        number = "1"
    number = (match["code"] or "").upper() + number + (match["letter"] or "")
    return f"{kind} {number}" + (f" {match['latin'].lower()}" if match["latin"] else "")
