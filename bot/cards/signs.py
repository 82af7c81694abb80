"""Signs that act unseen → signs that are seen: the same on every platform and terminal.

Letters stay, and stay in their order. What a platform takes for markup is its own matter.
"""

import re
import unicodedata
from typing import Final

_BREAKS: Final = dict.fromkeys(map(ord, "\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), "\n")

_ORDERS: Final = dict.fromkeys(
    map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "�"
)
"""Bidirectional embeddings, overrides and isolates: they could reorder what stands
beside a quote, or show its letters in another order than they have."""

_SPACE = re.compile(r"[^\S\u00a0\u202f]+")


def harmless(text: str) -> str:
    """The text with nothing in it that acts unseen.

    Control characters become their pictures (``␛``) or ``�``, explicit bidirectional
    controls and lone surrogates ``�``, and every line break ``\\n``. Tabs stay.
    """
    unified = text.replace("\r\n", "\n").translate(_BREAKS).translate(_ORDERS)
    return "".join(map(_seen, unified))


def one_line(text: str) -> str:
    """Harmless, and with every run of white space as one space.

    One that must not break stays: « ainsi » are written with it in French.
    """
    return _SPACE.sub(" ", harmless(text)).strip()


def _seen(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" if character in "\n\t":
            return character
        case "Cc" if ord(character) < 0x20:
            return chr(0x2400 + ord(character))
        case "Cc" if character == "\x7f":
            return "␡"
        case "Cc" | "Cs":
            return "�"
        case _:
            return character
