"""Akoma Ntoso, the XML of Normattiva and of several parliaments."""

from collections.abc import Mapping

from knowledge.adapters.readers.law.acts import described, two_letters
from knowledge.adapters.readers.law.canonical import (
    ARTICLE,
    GROUP,
    SUBTITLE,
    TITLE,
    LawText,
)
from knowledge.adapters.readers.law.markup import (
    Element,
    even,
    every,
    first,
    name,
    words,
)

ROOT = "akomaNtoso"

_GROUPS = frozenset(
    "part book title chapter section subchapter subsection subpart subtitle subpart"
    " division tome branch".split()
)
_POINTS = frozenset("point indent item subparagraph clause subclause".split())
_NUMBERED = frozenset({"paragraph", "alinea", "list", "level"}) | _POINTS
_LEAVES = frozenset({"p", "block", "span", "docTitle", "longTitle", "listIntroduction"})
_SKIPPED = frozenset(
    {"meta", "authorialNote", "preface", "coverPage", "toc", "components"}
)


class AkomaNtosoText:
    """Walks an act once and writes the law down."""

    def __init__(self, root: Element) -> None:
        self._text = LawText()
        self._articles: list[str] = []
        self._text.heading(act_title(root), TITLE)
        for part in root:
            self._walk(part)
        self.body = self._text.body
        self.articles = tuple(self._articles)

    def _walk(self, element: Element) -> None:
        kind = name(element)
        if kind in _SKIPPED or not kind:
            return
        if kind in ("conclusions", "attachments"):
            self._text.rule()
        if kind == "article":
            self._article(element)
        elif kind in _GROUPS:
            heading = " ".join(
                filter(None, (_child(element, "num"), _heading(element)))
            )
            self._text.heading(heading, GROUP)
            self._below(element)
        elif kind in _NUMBERED:
            self._text.depth += kind in _POINTS
            number = _child(element, "num")
            if number:
                self._text.sign(number)
            self._below(element)
            self._text.depth -= kind in _POINTS
        elif kind in _LEAVES or not len(element):
            self._text.line(words(element))
        else:
            self._below(element)

    def _article(self, element: Element) -> None:
        number = _child(element, "num")
        self._articles.append(number)
        self._text.heading(number, ARTICLE)
        self._text.heading(_heading(element), SUBTITLE)
        self._below(element)

    def _below(self, element: Element) -> None:
        self._text.line(even(element.text or ""))
        for child in element:
            if name(child) not in ("num", "heading", "subheading"):
                self._walk(child)
            self._text.line(even(child.tail or ""))


def act_title(root: Element) -> str:
    """The act's name as its preface says it."""
    preface = first(root, "preface")
    if preface is None:
        return ""
    parts = [first(preface, part) for part in ("docType", "docDate", "docNumber")]
    title = first(preface, "docTitle")
    shown = [words(part) for part in (*parts, title) if part is not None]
    return " ".join(shown) or words(preface)


def akoma_ntoso_facts(root: Element) -> Mapping[str, object]:
    """What the file says of the act and of this version of it."""
    work, expression = first(root, "FRBRWork"), first(root, "FRBRExpression")
    country = _value(work, "FRBRcountry").upper()
    aliases = {
        alias.get("name"): alias.get("value") or ""
        for alias in ([] if work is None else every(work, "FRBRalias"))
    }
    language = "" if expression is None else _value(expression, "FRBRlanguage")
    return described(
        title=act_title(root),
        language=two_letters(language),
        country=country,
        publisher="Normattiva" if country == "IT" else "",
        url=_url(country, aliases, _value(work, "FRBRuri")),
        event_on=_value(work, "FRBRdate"),
        published_on=_value(expression, "FRBRdate"),
    )


def _url(country: str, aliases: Mapping[str | None, str], uri: str) -> str:
    alias = aliases.get("eli", "")
    if country == "IT" and alias.startswith("eli/"):
        return f"https://www.normattiva.it/{alias}"
    urn = aliases.get("urn:nir", "")
    if country == "IT" and urn:
        return f"https://www.normattiva.it/uri-res/N2Ls?{urn}"
    return next((url for url in (alias, uri) if url.startswith("http")), "")


def _value(part: Element | None, wanted: str) -> str:
    found = None if part is None else first(part, wanted)
    if found is None:
        return ""
    for key in ("value", "date", "language"):
        if found.get(key):
            return str(found.get(key))
    return ""


def _child(element: Element, wanted: str) -> str:
    return next((words(child) for child in element if name(child) == wanted), "")


def _heading(element: Element) -> str:
    return _child(element, "heading")
