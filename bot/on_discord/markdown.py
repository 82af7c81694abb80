"""Plain text → Discord's markdown that shows exactly that text, and links that are safe.

Everything that Discord would act on is escaped: emphasis, headings, lists, masked and
bare links, mentions, commands, timestamps, custom emoji. Only ``link`` makes a link.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from bot.cards.signs import harmless, one_line
from bot.links import followable, host

LONGEST_LINK = 1000
"""Characters of an address; a longer one would push out the words that it stands by."""

_ACTIVE = re.compile(r"([\\*_~`|<\[\]@])")
_SCHEME = re.compile(r":(?=//)|:(?=[\w+-]+:)")  # a bare link; the emoji :name:
_LINE_START = re.compile(r"(?m)^([^\S\n]*)([-+#>]|\d+(?=[.)]))")

_HOST = re.compile(r"[\w.:-]+")
_TARGET = re.compile(r"https?://[!-~]+")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def size(text: str) -> int:
    """Characters as Discord may count them at most: some count for two."""
    return len(text) + sum(character > "\uffff" for character in text)


def plain(text: str) -> str:
    """Escaped: shows as the text itself, on as many lines as it has."""
    return _isolated(_escaped(harmless(text)))


def line(text: str) -> str:
    """Escaped and on one line."""
    return plain(one_line(text))


def bold(text: str) -> str:
    """One line, in bold; nothing for no text."""
    shown = line(text)
    return f"**{shown}**" if shown else ""


def struck(text: str) -> str:
    """Lines that are marked up already, each struck through: a line alone can be."""
    lines = (each.strip() for each in text.split("\n"))
    return "\n".join(f"~~{each}~~" if each else "" for each in lines)


def small(text: str) -> str:
    """A line that is marked up already, in small print."""
    return f"-# {text}"


def quoted(text: str) -> str:
    """Lines that are marked up already, set apart as a quotation."""
    return "\n".join(f"> {each}" for each in text.split("\n"))


def fenced(text: str) -> str:
    """A text to copy: nothing in it is read, and what would end the fence is not in it."""
    shown = harmless(text).replace("```", "´´´")
    return f"```\n{shown}\n```"


def link(address: str) -> str | None:
    """A link that shows the host it leads to; None where no safe one can be made.

    The host is shown as the name system writes it: letters of other scripts that look
    alike deceive nobody then. Names and passwords in front of it are left out.
    """
    target = followable(harmless(address))
    name = host(target) if target else None
    if name is None or target is None or not _HOST.fullmatch(name):
        return None
    parts = urlsplit(target)
    target = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    target = _STRAY_PERCENT.sub("%25", target)
    if len(target) > LONGEST_LINK or not _TARGET.fullmatch(target):
        return None
    return f"[{_escaped(name)}](<{target}>)"


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut between two letters, never beside an accent."""
    if size(text) <= most:
        return text
    kept = text[: max(most - 1, 0)]
    while kept and (size(kept) > most - 1 or _joins(text, len(kept))):
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _joins(text: str, at: int) -> bool:
    """Whether what follows belongs to the letter before it."""
    after = text[at : at + 1]
    if not after or at == 0:
        return False
    glue = "\u200d"  # joins emoji
    modifier = "\U0001f3fb" <= after <= "\U0001f3ff"
    return (
        unicodedata.category(after).startswith("M")
        or modifier
        or glue in (after, text[at - 1])
    )


def _escaped(text: str) -> str:
    text = _ACTIVE.sub(r"\\\1", text)
    text = _SCHEME.sub(r"\:", text)
    return _LINE_START.sub(_line_start, text)


def _line_start(found: "re.Match[str]") -> str:
    space, mark = found.groups()
    # Of a numbered list it is the sign behind the number that counts.
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _isolated(text: str) -> str:
    """Kept from reordering what stands beside it, and from putting an accent on it."""
    marks = any(unicodedata.category(c).startswith("M") for c in text.lstrip("\\")[:1])
    if marks or any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text):
        return "\n".join(
            f"\u2068{each}\u2069" if each else "" for each in text.split("\n")
        )
    return text


NAMED: Final[Mapping[str, str]] = {"channel": "<#{}>", "group": "<@&{}>"}


def named(kind: str, id_: str) -> str:
    """A channel or role as Discord shows it, by name; only for an id of digits."""
    return NAMED[kind].format(id_) if id_.isdecimal() and id_.isascii() else line(id_)
