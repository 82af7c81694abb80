"""The years that a text spans: "between May 2017 and April 2019" is on 2018 too."""

import re

LONGEST = 30
"""Years of a span; a longer one is a life or a law's history."""

_YEAR = r"((?:19|20)\d\d)"
_A_MONTH = r"(?:[^\W\d]+\.?\s+){0,2}"

_SPANS = (
    re.compile(rf"\b{_YEAR}\s?[-–—]\s?{_YEAR}\b"),
    re.compile(
        r"\b(?:between|from|entre|de|du|tra|dal|fra|zwischen|von|desde|del|tussen|van)\s+"
        rf"{_A_MONTH}{_YEAR}\s+"
        r"(?:and|to|until|through|et|à|au|e|al|und|bis|y|a|hasta|en|tot|até)\s+"
        rf"{_A_MONTH}{_YEAR}\b",
        re.IGNORECASE,
    ),
)


def years_between(text: str) -> frozenset[int]:
    """All years of the spans that the text names, with their first and last ones."""
    spans = [(int(m[1]), int(m[2])) for one in _SPANS for m in one.finditer(text)]
    return frozenset(
        year
        for first, last in spans
        if 0 < last - first <= LONGEST
        for year in range(first, last + 1)
    )
