"""What a text names by number: provisions of a law, and years."""

import re
from collections.abc import Iterator

from knowledge.model import Mention, MentionKind

HEAD = re.compile(
    r"(?<!\w)(?:(?P<article>articles?|articol[oi]|artikels?|artigos?|art[ií]culos?"
    r"|art\.?)|§§?|sections?|sec\.)\s{0,2}(?:(?P<code>[LRD])\.?\s{0,2})?"
    r"(?P<number>\d{1,4}(?:-\d{1,4}){0,3})"
    r"(?:(?P<letter>[a-z])(?!\w)|[- ]?(?P<latin>bis|ter|quater|quinquies)(?!\w))?"
    r"(?![\d%])(?:\.?º)?",
    re.IGNORECASE,
)
"""The beginning of a provision: ``Article 9``, ``art. L. 251-1``, ``§ 63a``."""

POINT = re.compile(
    r"\s?\((?P<bracket>\d{1,3}|(?-i:[a-z]{1,2}))\)"
    r"|,?\s{1,2}(?:(?:abs(?:atz|\.)?|lid|paragraphe?s?|par\.|§|comma|apartado"
    r"|par[aá]grafo|n\.º)\s{0,2}(?P<paragraph>\d{1,3})(?!\w)"
    r"|(?:lit\.?|buchstabe|letra|lettera|lett\.|onder|points?|sous|al[ií]nea)"
    r"\s{0,2}(?P<point>[a-z])(?!\w)\)?)",
    re.IGNORECASE,
)
"""A step inside a provision: ``(1)``, `` Abs. 2``, ``, lid 1``, `` letra e)``."""

YEAR = re.compile(
    r"(?<![\w$€£])(?<!\d,)(?:199\d|20\d\d|2100)(?!\w)(?![.,]\d)"
    # 2016/679 numbers a regulation, 2021/2022 does not.
    r"(?!/(?!(?:199\d|20\d\d)\b)\d{3})"
)


def provisions(text: str) -> Iterator[Mention]:
    """The articles and sections that it names: ``Art. 5(1)(e)`` → ``art-5-1-e``,
    ``§ 63`` → ``sec-63``.
    """
    for head in HEAD.finditer(text):
        parts = ["art" if head["article"] else "sec", (head["code"] or "").lower()]
        parts += [head["number"] + (head["letter"] or "").lower(), head["latin"] or ""]
        end = head.end()
        while point := POINT.match(text, end):
            parts.append(point["bracket"] or point["paragraph"] or point["point"])
            end = point.end()
        identity = "-".join(part.lower() for part in parts if part)
        yield Mention(MentionKind.PROVISION, identity, head.start(), end)


def years(text: str) -> Iterator[Mention]:
    """The years that it names, 1990 to 2100."""
    for found in YEAR.finditer(text):
        yield Mention(MentionKind.YEAR, found[0], *found.span())
