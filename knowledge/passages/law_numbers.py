"""The numbers of a law's articles → which of them are missing.

A law is counted from 1. An article put in later (``9a``, ``9-bis``) does not stand for
its number; a repealed one is there as long as its heading is, by itself or in a
range (``§§ 5 bis 7``). Numbers by book and chapter (``L111-1``, ``12.3``) run with
gaps in every code, because repealed articles leave it: they cannot be judged.
"""

import re
from collections.abc import Iterable

from knowledge.passages.law_words import article_label

_PLAIN = re.compile(r"(?:Art\.|§|Sec\.) (\d{1,4})(?P<inserted>[a-z]|-[A-Z]| \w+)?\Z")
_RANGE = re.compile(
    r"(?:§§|art(?:icles|icoli|ikel|[ií]culos|igos|t\.|s\.)|sections)\s*"
    r"(?P<first>\d{1,4})[a-z]?\s*"
    r"(?:bis|to|à|a|al|e|et|and|und|y|en|tot(?: en met)?|,|-|–)\s*(?P<last>\d{1,4})",
    re.IGNORECASE,
)
LONGEST_RANGE = 500
"""So many articles may be repealed at once; a longer range is a slip."""


def missing_articles(headings: Iterable[str]) -> str:
    """The first gap as words, ``article 5`` or ``articles 5 to 7``; empty if none.

    ``headings`` are the lines that head articles, in any order, with whatever stands
    behind their numbers.
    """
    numbers: set[int] = set()
    last = judged = unjudged = 0
    for heading in headings:
        first, until, inserted = _numbers(heading)
        judged += bool(until)
        unjudged += not until
        last = max(last, until)
        if not inserted:
            numbers |= set(range(first, until + 1))
    if unjudged > judged:
        return ""
    return _gap("article", numbers, last)


def missing_recitals(locators: Iterable[str]) -> str:
    """The first gap in the recitals among these addresses; empty if none."""
    numbers = {
        int(match[1])
        for locator in locators
        if (match := re.match(r"Recital (\d+)", locator))
    }
    return _gap("recital", numbers, max(numbers, default=0))


def _numbers(heading: str) -> tuple[int, int, bool]:
    """The first and last number that a heading stands for, and whether it was put in.

    0 and 0 for a number that cannot be judged.
    """
    spread = _RANGE.match(heading.lstrip("#* "))
    if spread is not None:
        first, last = int(spread["first"]), int(spread["last"])
        if first < last <= first + LONGEST_RANGE:
            return first, last, False
    label = article_label(heading)
    match = _PLAIN.match(label) if label else None
    if match is None:
        return 0, 0, False
    return int(match[1]), int(match[1]), match["inserted"] is not None


def _gap(kind: str, numbers: set[int], last: int) -> str:
    missing = [number for number in range(1, last + 1) if number not in numbers]
    if not missing:
        return ""
    end = next(
        number
        for number in range(missing[0], last + 2)
        if number in numbers | {last + 1}
    )
    if end == missing[0] + 1:
        return f"{kind} {missing[0]}"
    return f"{kind}s {missing[0]} to {end - 1}"
