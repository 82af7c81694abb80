"""Text that is safe to show on Slack: nothing in it acts, nothing of a quote is lost.

Slack reads ``<…>`` only in its own markup (mrkdwn); rich text takes words as they are.
See PLATFORMS, part 4.
"""

import re
import unicodedata
from typing import Final

from bot.cards.signs import one_line

ELLIPSIS = "…"

_PLAIN: Final = str.maketrans({"<": "‹", ">": "›"})
"""For labels and titles, where Slack's own rules for ``<`` are not written down."""

_JOINERS = "\u200d\u200c\u2060"
_RIGHT_TO_LEFT = ("R", "AL")


def isolated(text: str) -> str:
    """A text with right-to-left letters, kept from reordering what stands beside it."""
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return f"\u2068{text}\u2069"
    return text


def size(text: str) -> int:
    """The length as Slack counts it: in UTF-16 units, so that an emoji is two."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def cut(text: str, longest: int) -> str:
    """The text, at most so long: shortened at a word's end where there is one near.

    Never between a letter and what belongs to it. Not for quotes.
    """
    if size(text) <= longest:
        return text
    room, end = longest - len(ELLIPSIS), 0
    for end, character in enumerate(text):  # noqa: B007 - the place is what is sought
        room -= size(character)
        if room < 0:
            break
    while end > 0 and _belongs(text, end):
        end -= 1
    word = text.rfind(" ", end * 2 // 3, end + 1)
    return text[: word if word > 0 else end].rstrip() + ELLIPSIS


def escaped(text: str) -> str:
    """For Slack's markup: ``& < >`` as entities, so that nothing is a mention or link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def label(text: str, longest: int) -> str:
    """Plain text of one line for a button, a title or an option; never empty."""
    return cut(one_line(text).translate(_PLAIN), longest) or ELLIPSIS


def is_plain(text: str) -> bool:
    """Whether a label of this text would be the text itself."""
    return one_line(text).translate(_PLAIN) == text


def pieces(text: str) -> list[str]:
    """The text in parts that give it again when joined, none with a whole ``<…>``.

    Rich text has no markup, but a reader of payloads need not know that.
    """
    return [part for part in re.split(r"(?<=<)", text) if part]


def _belongs(text: str, at: int) -> bool:
    """Whether the character there belongs to the one before it."""
    here, before = text[at], text[at - 1]
    return (
        unicodedata.category(here).startswith("M")
        or here in _JOINERS
        or before in _JOINERS
        or 0x1F3FB <= ord(here) <= 0x1F3FF  # skin colours
        or (_is_flag(here) and _is_flag(before))
        or 0xE0020 <= ord(here) <= 0xE007F  # tags of regional flags
    )


def _is_flag(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF
