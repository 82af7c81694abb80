"""The words and numbers that head articles, recitals and annexes, in any language."""

import re

_LATIN = r"bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies"
_NUMBER = (
    r"(?:(?P<code>[LRDA](?:\*{1,2}(?=\d))?)\.?\s?\*{0,2}\s?)?"
    r"(?P<number>\d{1,4}(?:[-.]\d{1,4}){0,4}|premier|unique|unico|único|first)"
    r"(?:er\b|[ºª°]|\.[ºª°])?"
    r"(?P<upper>-[A-Z]\b|\s[A-Z](?=\s*\Z))?"
    # In “§§ 40 bis 45” the word is no part of the number.
    rf"(?P<letter>[a-z]\b)?(?:[\s-](?P<latin>(?:{_LATIN})\b)(?!\s*\d))?"
)
_ARTICLE = re.compile(
    r"(?:(?P<article>art(?:icle|icolo|ikel|[ií]culo|igo|\.)?)|(?P<section>§§?)"
    r"|(?P<english>section|sec\.))\s{0,3}" + _NUMBER,
    re.IGNORECASE,
)
RECITAL = re.compile(
    r"(?:recital|considérant|considerando|erwägungsgrund|overweging|betragtning)\s{1,3}"
    r"\(?(?P<number>\d{1,3})\)?",
    re.IGNORECASE,
)
ANNEX = re.compile(
    r"(?:article\s{1,3})?(?:annexe?|anhang|anlage|allegato|anexo|bijlage|bilag)\b"
    r"\s{0,3}(?P<number>[IVX]{1,6}\b|\d{1,2}\b)?",
    re.IGNORECASE,
)
ANNEX_PART = re.compile(
    r"[^\W\d_]+\s{1,3}(?P<number>[A-Z]|[IVX]{1,6}|\d{1,2})(?=\s*(?:[-–—.:]|\Z))"
    r"|(?P<sign>\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z]|[IVX]{1,6})\.(?:\s|\Z)"
)
NUMBERED_RECITAL = re.compile(r"\((?P<number>\d{1,3})\)\s+\S")
WHEREAS = re.compile(
    r"(?:whereas|considérant ce qui suit|considérants?|in erwägung nachstehender gründe"
    r"|considerando(?: quanto segue| lo siguiente| o seguinte)?|recitals|overwegende"
    r"(?: hetgeen volgt)?|erwägungsgründe)\W*\Z",
    re.IGNORECASE,
)
FRAME = re.compile(r"(?P<hashes>#{1,6})?\s*[*_]{0,3}\s*")
SEPARATOR = re.compile(r"[*_]{0,3}\s*(?:[.:]?\s*[-–—]+|[.:])?\s*[*_]{0,3}\s*")
RULE = re.compile(r"(?:\*\s?){3,}\Z|(?:-\s?){3,}\Z|(?:_\s?){3,}\Z")


def article_label(heading: str) -> str | None:
    """The address of the article that a line heads, whatever stands behind it."""
    match, _ = article(heading)
    return None if match is None else label_of(match)


def article(text: str) -> tuple[re.Match[str] | None, int]:
    """How a line begins as an article, and how many Markdown marks stand before it."""
    frame = FRAME.match(text)
    if frame is None:
        return None, 0
    match = _ARTICLE.match(text, frame.end())
    if match is not None and match.end() < len(text) and text[match.end()].isalnum():
        match = None
    return match, len(frame["hashes"] or "")


def label_of(match: re.Match[str]) -> str:
    """The address of an article: alike in every language, only ``§`` stays."""
    kind = "§" if match["section"] else "Sec." if match["english"] else "Art."
    number = match["number"]
    if not number[0].isdigit():
        number = "1"
    number = f"{match['code'] or ''}{number}{match['upper'] or ''}".upper()
    number += match["letter"] or ""
    return f"{kind} {number}" + (f" {match['latin'].lower()}" if match["latin"] else "")
