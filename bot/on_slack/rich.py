"""The pieces of Slack's rich text, as it wants them. Never a mention, never an emoji.

Rich text carries words as they are: no markup is read in them, so a quote stays verbatim
with its ``*`` and ``_``, and a name like ``<!channel>`` calls nobody.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from bot.cards.signs import harmless, one_line
from bot.on_slack.texts import cut, isolated, pieces, size

Json = dict[str, object]

LONGEST_LINK = 3000
LONGEST_HOST = 80

_UNSAFE = re.compile(r"[\s<>|\"\\^`{}\x00-\x20\x7f-\x9f]")


def words(text: str, *styles: str) -> list[Json]:
    """Words of one line; none for an empty text."""
    return _text(isolated(one_line(text)), styles)


def sign(mark: str) -> list[Json]:
    """A sign of ours, and the space behind it."""
    return _text(f"{mark} ", ())


def verbatim(opening: str, text: str, closing: str, *styles: str) -> list[Json]:
    """A quote between its marks, whole. Line breaks stay."""
    return _text(f"{opening}{isolated(harmless(text))}{closing}", styles)


def verbatim_in(
    opening: str, before: str, text: str, after: str, closing: str
) -> list[Json]:
    """A quote in the words around it, all of them whole, the quote itself in bold."""
    whole = isolated(harmless(f"{before}{text}{after}"))
    start, end = ("\u2068", "\u2069") if whole.startswith("\u2068") else ("", "")
    return [
        *_text(f"{opening}{start}{harmless(before)}", ()),
        *_text(harmless(text), ("bold",)),
        *_text(f"{harmless(after)}{end}{closing}", ()),
    ]


def channel(id: str) -> list[Json]:
    """A channel by its name, which tells nobody; its id as words where it is none."""
    if not re.fullmatch(r"[CG][A-Z0-9]{2,30}", id):
        return words(id)
    return [{"type": "channel", "channel_id": id}]


def link(address: str) -> list[Json]:
    """A link that shows where it leads; its address as words where it is no web page."""
    safe = web_address(address)
    if safe is None:
        return words(cut(one_line(address), LONGEST_HOST))
    return [{"type": "link", "url": safe, "text": host(safe)}]


def web_address(address: str) -> str | None:
    """The address as it may be linked; None where it is no page of the web."""
    try:
        parts = urlsplit(address.strip())
        _ = parts.port
        name = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not name:
        return None
    safe = _UNSAFE.sub(_encoded, address.strip())
    safe = parts.scheme.lower() + safe[len(parts.scheme) :]
    if not safe.startswith(f"{parts.scheme.lower()}://"):
        return None
    return safe if _is_sayable(name) and size(safe) <= LONGEST_LINK else None


def host(address: str) -> str:
    """Where an address leads, in the letters that a browser would show."""
    name = urlsplit(address).hostname or ""
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    return cut(name.removeprefix("www."), LONGEST_HOST)


def section(*parts: Iterable[Json]) -> Json:
    """A paragraph."""
    return {"type": "rich_text_section", "elements": _joined(parts)}


def quotation(*parts: Iterable[Json]) -> Json:
    """Words that are set apart as somebody else's."""
    return {"type": "rich_text_quote", "elements": _joined(parts)}


def preformatted(text: str) -> Json:
    """Words to be copied as they stand."""
    return {"type": "rich_text_preformatted", "elements": _text(harmless(text), ())}


def bullets(items: Iterable[Sequence[Json]]) -> list[Json]:
    """A list; none where nothing is in it."""
    sections = [section(item) for item in items if item]
    if not sections:
        return []
    return [{"type": "rich_text_list", "style": "bullet", "elements": sections}]


def row(parts: Iterable[Sequence[Json]], between: str = " · ") -> list[Json]:
    """Parts beside each other, with a sign between those that are not empty."""
    line: list[Json] = []
    for part in parts:
        if part and line:
            line.append({"type": "text", "text": between})
        line.extend(part)
    return line


def block(*elements: Json) -> list[Json]:
    """A block of these paragraphs, without the empty ones; none where nothing is left."""
    kept = [element for element in elements if element["elements"]]
    return [{"type": "rich_text", "elements": kept}] if kept else []


def _text(text: str, styles: Sequence[str]) -> list[Json]:
    made: list[Json] = []
    for piece in pieces(text):
        part: Json = {"type": "text", "text": piece}
        if styles:
            part["style"] = dict.fromkeys(styles, True)
        made.append(part)
    return made


def _joined(parts: Iterable[Iterable[Json]]) -> list[Json]:
    return [element for part in parts for element in part]


def _encoded(match: re.Match[str]) -> str:
    return percent_encoded(match[0], safe="", errors="replace")


def _is_sayable(name: str) -> bool:
    """Whether the host can be shown: no stray signs, and it has a spelling in ASCII."""
    if not re.fullmatch(r"[\w.\-:]+", name):
        return False
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True
