"""Pages of EUR-Lex: acts in the layout of the Official Journal, and consolidated ones."""

import re

from knowledge.adapters.readers.law.canonical import (
    ARTICLE,
    GROUP,
    SUBTITLE,
    TITLE,
    LawText,
    is_sign,
)
from knowledge.adapters.readers.law.markup import (
    Element,
    beginning,
    classes,
    even,
    name,
    words,
)

ACT_TITLE = frozenset({"oj-doc-ti", "doc-ti", "title-doc-first", "title-doc-last"})
"""The classes of the lines of an act's title; in the Journal, of an annex's as well."""

ARTICLE_TITLE = frozenset({"oj-ti-art", "ti-art", "title-article-norm"})

_WORDS = frozenset({"oj-sti-art", "sti-art", "stitle-article-norm", "title-annex-2"})
_ANNEX = frozenset({"title-annex-1"})
_CHAPTER = frozenset({"title-division-1", "title-division-2"}) | {
    f"{prefix}ti-section-{number}" for prefix in ("oj-", "") for number in (1, 2)
}
_PART = re.compile(r"(?:oj-)?ti-grseq-\d|title-gr-seq-level-\d")
# Marks of the consolidation (▼M1), the list of amending acts, and what is no text.
_LEFT_OUT = frozenset({"modref", "arrow", "reference", "disclaimer", "hd-modifiers"})
_LEFT_OUT |= {"title-fam-member", "title-doc-oj-reference"}
_LEFT_OUT |= {"oj-hd-date", "oj-hd-lg", "oj-hd-ti", "oj-hd-oj", "oj-hd-uniq"}
_LEFT_OUT |= {"oj-hd-coll", "hd-date", "hd-lg", "hd-ti", "hd-oj"}
_SKIPPED = frozenset({"script", "style", "head", "img", "noscript", "template"})
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td"
    " tfoot th thead tr ul col colgroup caption".split()
)
_QUOTES = "‘’'\"“”„«»‚›‹"
_ID = re.compile(r"(?:art|anx|rct|fnp)_[^.]*")


class EurLexText:
    """Walks a page once and writes the law down."""

    def __init__(self, root: Element) -> None:
        self._text = LawText()
        self._inline: list[str] = []
        self._articles: list[str] = []
        self._article_open = False  # the heading of the nearest art_ is still to come
        self._in_annex = False
        self._annex_known = False
        self._annex_headed = False
        self._walk(root)
        self._flush()
        self.body = self._text.body
        self.articles = tuple(self._articles)

    def _walk(self, element: Element) -> None:
        kind = name(element)
        if kind in _SKIPPED:
            return
        if kind == "br":
            self._inline.append("\n")
            return
        if kind not in _BLOCKS:
            self._children(element)
            return
        self._flush()
        styles = classes(element)
        if styles & _LEFT_OUT:
            return
        if kind == "hr":
            self._text.rule()
        elif not self._head(element, styles):
            self._enter(element, styles)
            point = "grid-list" in styles or (kind == "tr" and _is_point(element))
            self._text.depth += point
            self._children(element)
            self._flush()
            self._text.depth -= point

    def _children(self, element: Element) -> None:
        self._inline.append(element.text or "")
        for child in element:
            self._walk(child)
            self._inline.append(child.tail or "")

    def _flush(self) -> None:
        """What was gathered outside any inner block is a line."""
        text = even("".join(self._inline))
        self._inline.clear()
        self._text.line(text)

    def _enter(self, element: Element, styles: frozenset[str]) -> None:
        """Note where one is: an article, a recital, an annex, or behind the articles."""
        identity = element.get("id") or ""
        part = identity[:4] if _ID.fullmatch(identity) else ""
        if part == "art_":
            self._article_open = True
        elif part == "anx_":
            self._in_annex = self._annex_known = True
            self._annex_headed = False
            self._text.rule()
        if part == "fnp_" or styles & {"oj-final", "final", "footnote"}:
            self._text.rule()

    def _head(self, element: Element, styles: frozenset[str]) -> bool:
        """Write a heading down, if this is one."""
        if styles & ARTICLE_TITLE:
            return self._article(words(element))
        if styles & ACT_TITLE or styles & _ANNEX:
            self._title(words(element))
        elif styles & _WORDS:
            self._text.heading(words(element), SUBTITLE)
        elif styles & _CHAPTER:
            self._text.heading(words(element), GROUP)
        elif any(_PART.fullmatch(style) for style in styles):
            self._text.heading(words(element), ARTICLE)
        else:
            return False
        return True

    def _article(self, text: str) -> bool:
        """The heading of an article; False for one that is quoted from another law."""
        if not self._article_open and text[:1] in _QUOTES:
            return False
        self._article_open = False
        if not self._in_annex:
            self._articles.append(text)
        self._text.heading(text, ARTICLE)
        return True

    def _title(self, text: str) -> None:
        """A line of the act's title; behind the articles, of an annex's."""
        if not (self._articles or self._in_annex):
            self._text.heading(text, TITLE)
        elif self._annex_headed or self._text.last_heading == GROUP:
            self._text.heading(text, SUBTITLE)
        else:
            self._text.heading(text, GROUP)
            # Older pages have no element around an annex: any text ends its title.
            self._annex_headed = self._annex_known
            self._in_annex = True


def _is_point(row: Element) -> bool:
    """Whether a row of a table is the sign of a point and its text."""
    cells = [cell for cell in row if name(cell) == "td"]
    return len(cells) == 2 and is_sign(beginning(cells[0]))
