"""Texts in which no word is to be read: an address alone, one letter over and over. (pure)"""

import re

FEWEST = 3
"""Times that a letter stands there to be a run: two can be a name."""

_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}://|www\.)\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE
)
_AROUND = "<>()[]{}\"'«»“”„‘’.,;:!?¿¡…"
"""What may stand around an address and is no word."""


def is_address(text: str) -> bool:
    """Whether it is an address of the web, or more of them, without a word beside it.

    A host alone is none, as companies are named so: ``booking.com``.
    """
    parts = [bare for part in text.split() if (bare := part.strip(_AROUND))]
    return bool(parts) and all(_ADDRESS.fullmatch(part) for part in parts)


def is_one_letter(text: str) -> bool:
    """Whether one letter or digit is all it has, again and again: ``yyyyyyyy``."""
    said = [character for character in text.casefold() if character.isalnum()]
    return len(said) >= FEWEST and len(set(said)) == 1
