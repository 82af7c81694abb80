"""Walking through the components of a message or modal, and what they show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

Json = dict[str, Any]

ROW, BUTTON, SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = (
    9,
    10,
    11,
    12,
    13,
    14,
    17,
)
LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 18, 19, 21, 22, 23
SELECTS = {SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT}
ONLY_V2 = {SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER}
LINK_STYLE = 5


@dataclass(frozen=True)
class Button:
    """A button as a person sees it; a link has a ``url`` and no ``custom_id``."""

    label: str
    custom_id: str | None
    url: str | None
    style: int
    disabled: bool


@dataclass(frozen=True)
class Select:
    """A menu; ``options`` are label → value, empty where Discord fills it."""

    custom_id: str
    kind: int
    options: dict[str, str]
    placeholder: str
    at_least: int
    at_most: int
    disabled: bool


_OF_SELECTS: Json = {"min_values": 1, "max_values": 1}
_DEFAULTS: dict[int, Json] = {
    **dict.fromkeys(SELECTS, _OF_SELECTS),
    CONTAINER: {"accent_color": None, "spoiler": False},
    FILE: {"name": None, "size": None, "spoiler": False},
    SEPARATOR: {"spacing": 1, "divider": True},
    THUMBNAIL: {"description": None, "spoiler": False},
}


def walk(components: Iterable[Json] | None) -> Iterator[Json]:
    """Every component, nested ones after the one that holds them."""
    for component in components or ():
        yield component
        yield from walk(component.get("components"))
        for key in ("component", "accessory"):
            if isinstance(component.get(key), dict):
                yield from walk([component[key]])


def buttons(components: Iterable[Json] | None) -> list[Button]:
    return [
        Button(
            label=each.get("label") or (each.get("emoji") or {}).get("name") or "",
            custom_id=each.get("custom_id"),
            url=each.get("url"),
            style=each["style"],
            disabled=bool(each.get("disabled")),
        )
        for each in walk(components)
        if each["type"] == BUTTON
    ]


def selects(components: Iterable[Json] | None) -> list[Select]:
    return [
        Select(
            custom_id=each["custom_id"],
            kind=each["type"],
            options={o["label"]: o["value"] for o in each.get("options") or ()},
            placeholder=each.get("placeholder") or "",
            at_least=each.get("min_values", 1),
            at_most=each.get("max_values", 1),
            disabled=bool(each.get("disabled")),
        )
        for each in walk(components)
        if each["type"] in SELECTS
    ]


def numbered(components: Iterable[Json] | None) -> list[Json]:
    """The components with what Discord adds: an id each, and defaults."""
    numbers = count(1)

    def add(component: Json) -> Json:
        made = {key: value for key, value in component.items() if value is not None}
        made.setdefault("id", next(numbers))
        if "components" in made:
            made["components"] = [add(inner) for inner in made["components"]]
        for key in ("accessory", "component"):
            if isinstance(made.get(key), dict):
                made[key] = add(made[key])
        for key in ("media", "file"):
            if isinstance(made.get(key), dict):
                made[key] = _unfurled(made[key])
        if "items" in made:
            made["items"] = [
                {"description": None, "spoiler": False}
                | item
                | {"media": _unfurled(item["media"])}
                for item in made["items"]
            ]
        return _DEFAULTS.get(made["type"], {}) | made

    return [add(component) for component in components or ()]


def _unfurled(media: Json) -> Json:
    return {"id": "0", "proxy_url": media["url"]} | media


def visible_text(message: Json) -> str:
    """All that is to be read in a message, but for its buttons."""
    lines = [message.get("content") or ""]
    for embed in message.get("embeds") or ():
        lines.append((embed.get("author") or {}).get("name") or "")
        lines += [embed.get("title") or "", embed.get("description") or ""]
        for field in embed.get("fields") or ():
            lines += [field["name"], field["value"]]
        lines.append((embed.get("footer") or {}).get("text") or "")
    lines += [
        each["content"]
        for each in walk(message.get("components"))
        if each["type"] == TEXT
    ]
    return "\n".join(line for line in lines if line)


def addresses(message: Json) -> list[str]:
    """Links in embeds and components, not those within text."""
    found: list[str | None] = []
    for embed in message.get("embeds") or ():
        author, footer = embed.get("author") or {}, embed.get("footer") or {}
        media = [embed.get("image") or {}, embed.get("thumbnail") or {}]
        found += [each.get("url") for each in (embed, author, *media)]
        found += [each.get("icon_url") for each in (author, footer)]
    for part in walk(message.get("components")):
        items = [part, *(part.get("items") or ())]
        media = [each.get("media") or each.get("file") or {} for each in items]
        found += [part.get("url"), *(each.get("url") for each in media)]
    return [address for address in found if address]
