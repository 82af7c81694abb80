"""Formex, the XML in which the Publications Office keeps the acts of the Union."""

from collections.abc import Iterator

from knowledge.adapters.readers.law.canonical import (
    ARTICLE,
    GROUP,
    SUBTITLE,
    TITLE,
    LawText,
)
from knowledge.adapters.readers.law.markup import Element, even, every, first, name

ROOTS = frozenset({"ACT", "CONS.ACT", "LEXP.COMBINED", "CONS.DOC", "COMBINED.FMX"})

_ANNEXES = frozenset({"ANNEX", "CONS.ANNEX"})
_NUMBERS = frozenset({"NO.PARAG", "NO.P", "NO.DLIST", "PREFIX"})
_QUOTES = frozenset({"QUOT.START", "QUOT.END"})
_INLINE = frozenset(
    "HT DATE FT REF.DOC.OJ REF.DOC REF.DOC.ECR IE TERM ADDR.S BR INCL.ELEMENT LINK"
    " REF.NP.ECR KEYWORD UNIT.VALUE NUMBER OVER EXPONENT INDICE".split()
)
_SKIPPED = frozenset(
    "BIB.INSTANCE FAM.COMP INFO.CONSLEG INFO.PROD BIB.DATA INCL.ELEMENT TOC".split()
)


class FormexText:
    """Walks an act once and writes the law down."""

    def __init__(self, root: Element) -> None:
        self._text = LawText()
        self._articles: list[str] = []
        self._notes: list[Element] = []
        self._in_annex = False
        self._quoted = 0
        self._act = title_lines(root)
        for line in self._act:
            self._text.heading(line, TITLE)
        self._walk(root)
        if self._notes:
            self._text.rule()
        while self._notes:
            self._below(self._notes.pop(0))
        self.body = self._text.body
        self.articles = tuple(self._articles)

    def _walk(self, element: Element) -> None:
        kind = name(element)
        if kind in _SKIPPED or not kind:
            return
        if kind == "ARTICLE":
            self._article(element)
        elif kind in ("TI.ART", "STI.ART"):
            self._line(element)  # of an article that is quoted
        elif kind == "TITLE":
            self._title(element)
        elif kind in _ANNEXES:
            self._in_annex = True
            self._below(element)
        elif kind == "ITEM":
            self._text.depth += 1
            self._below(element)
            self._text.depth -= 1
        elif kind == "NO.GR.SEQ":
            self._number_of_group(element)
        elif kind in _NUMBERS:
            self._text.sign(self._words(element))
        elif kind in ("FINAL", "SIGNATURE"):
            self._text.rule()
            self._below(element)
        elif kind == "QUOT.S":
            self._quoted += 1
            self._below(element)
            self._quoted -= 1
        elif _is_leaf(element):
            self._line(element)
        else:
            self._below(element)

    def _article(self, element: Element) -> None:
        """An article; one that is quoted is text."""
        number = first(element, "TI.ART")
        if number is None or self._quoted:
            self._below(element)
            return
        heading = self._words(number)
        if not self._in_annex:
            self._articles.append(heading)
        self._text.heading(heading, ARTICLE)
        for child in element:
            if child is number:
                continue
            if name(child) == "STI.ART":
                self._text.heading(self._words(child), SUBTITLE)
            else:
                self._walk(child)

    def _title(self, element: Element) -> None:
        """The title of an annex, of a group within one, or of a chapter."""
        lines = [self._words(line) for line in _lines(element)]
        if not lines or tuple(lines) == self._act:
            return
        if self._quoted:
            for line in lines:
                self._text.line(line)
            return
        number = element.getprevious()
        if number is not None and name(number) == "NO.GR.SEQ":
            lines[0] = f"{self._words(number)} {lines[0]}"
        within = self._in_annex and name(element.getparent()) not in _ANNEXES
        depth = ARTICLE if within else GROUP
        self._text.heading(lines[0], depth)
        for line in lines[1:]:
            self._text.heading(line, SUBTITLE if self._in_annex else GROUP)

    def _number_of_group(self, element: Element) -> None:
        """``1.2.`` is a heading by itself where no title follows, which has it else."""
        following = element.getnext()
        if following is None or name(following) != "TITLE":
            self._text.heading(self._words(element), ARTICLE)

    def _below(self, element: Element) -> None:
        inline: list[str] = [element.text or ""]
        for child in element:
            if (
                name(child) in _INLINE
                or name(child) in _QUOTES
                or name(child) == "NOTE"
            ):
                inline.append(self._inner(child))
            else:
                self._text.line(even("".join(inline)))
                inline.clear()
                self._walk(child)
            inline.append(child.tail or "")
        self._text.line(even("".join(inline)))

    def _line(self, element: Element) -> None:
        self._text.line(self._words(element))

    def _words(self, element: Element) -> str:
        """The text of an element without its notes, which come at the end."""
        return even("".join(self._pieces(element)))

    def _inner(self, element: Element) -> str:
        if name(element) == "NOTE":
            self._notes.append(element)
            return ""
        if name(element) in _QUOTES:
            return chr(int(element.get("CODE") or "22", 16))
        return "".join(self._pieces(element))

    def _pieces(self, element: Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            if name(child) == "P":
                yield " "
            yield self._inner(child)
            yield child.tail or ""


def title_lines(root: Element) -> tuple[str, ...]:
    """The title of the act, which is the first of all titles."""
    title = first(root, "TITLE")
    if title is None:
        return ()
    return tuple(even("".join(line.itertext())) for line in _lines(title))


def _lines(title: Element) -> tuple[Element, ...]:
    found = tuple(every(title, "P"))
    return found or tuple(part for part in title if name(part) in ("TI", "STI"))


def _is_leaf(element: Element) -> bool:
    """Whether nothing but words, notes and quotation marks is within."""
    return all(
        name(child) in _INLINE or name(child) in _QUOTES or name(child) in ("NOTE", "")
        for child in element
    )
