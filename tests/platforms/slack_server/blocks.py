"""Walking through Block Kit: what is seen, what can be pressed, chosen and filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.platforms.slack_server.text import seen

Json = dict[str, Any]

# What opens only when somebody presses; not seen before.
_HIDDEN = {"options", "option_groups", "confirm", "initial_options", "initial_option"}
_RICH_LINES = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}
# Strings that are shown as they stand, beside the text objects.
_SHOWN = ("title", "subtitle", "alt_text", "text", "label", "description")
BUTTONS = {"button", "icon_button", "feedback_buttons", "workflow_button"}


@dataclass(frozen=True)
class Button:
    """A button as a person sees it; a link has a ``url`` too."""

    label: str
    action_id: str
    block_id: str
    value: str | None
    url: str | None
    style: str | None
    element: Json


@dataclass(frozen=True)
class Menu:
    """Something to choose from; ``options`` are label → value, empty if looked up."""

    action_id: str
    block_id: str
    kind: str
    options: dict[str, str]
    element: Json


@dataclass(frozen=True)
class Field:
    """An input of a modal."""

    label: str
    block_id: str
    action_id: str
    kind: str
    optional: bool
    element: Json


def walk(node: Any) -> Iterator[Json]:
    """Every object in it, outer ones first."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def visible(node: Any, names: dict[str, str] | None = None) -> str:
    """All that is to be read in it, a line each."""
    return "\n".join(line for line in _lines(node, names or {}) if line)


def _lines(node: Any, names: dict[str, str]) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _lines(each, names)
    if not isinstance(node, dict):
        return
    match node.get("type"):
        case "mrkdwn" | "markdown":
            yield seen(str(node.get("text", "")), names)
        case "plain_text" | "raw_text":
            yield str(node.get("text", ""))
        case kind if kind in _RICH_LINES:
            parts = node.get("elements") or []
            yield "".join(_inline(part, names) for part in parts)
        case _:
            for key, value in node.items():
                if key in _SHOWN and isinstance(value, str):
                    yield value
                elif key not in _HIDDEN:
                    yield from _lines(value, names)


def _inline(part: Json, names: dict[str, str]) -> str:
    match part.get("type"):
        case "text":
            return str(part["text"])
        case "link":
            return str(part.get("text") or part["url"])
        case "user":
            return f"@{names.get(part['user_id'], part['user_id'])}"
        case "broadcast":
            return f"@{part['range']}"
        case "emoji":
            return f":{part['name']}:"
        case kind:
            return f"[{kind}]"


def marked_up(node: Any) -> Iterator[str]:
    """The strings in which Slack reads ``<…>``."""
    for each in walk(node):
        if each.get("type") in {"mrkdwn", "markdown"}:
            yield str(each.get("text", ""))
        elif each.get("type") == "user" and "user_id" in each:
            yield f"<@{each['user_id']}>"
        elif each.get("type") == "broadcast":
            yield f"<!{each.get('range')}>"
        elif each.get("type") == "usergroup":
            yield f"<!subteam^{each.get('usergroup_id')}>"


def with_ids(blocks: list[Json], new_id: Any) -> list[Json]:
    """As Slack keeps them: every block and every element has an id."""
    kept = []
    for block in blocks:
        block = {"block_id": new_id("b"), **block}
        for element in walk(block):
            if element is not block and _acts(element):
                element.setdefault("action_id", new_id("a"))
        kept.append(block)
    return kept


def _acts(element: Json) -> bool:
    kind = str(element.get("type"))
    return (
        kind in BUTTONS
        or kind.endswith(("_select", "_input", "picker"))
        or kind
        in {
            "overflow",
            "checkboxes",
            "radio_buttons",
        }
    )


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Block and element, for everything with an action_id."""
    for block in blocks:
        for element in walk(block):
            if "action_id" in element:
                yield block, element


def buttons(blocks: list[Json]) -> list[Button]:
    return [*_buttons(blocks)]


def _buttons(blocks: list[Json]) -> Iterator[Button]:
    for block, element in elements(blocks):
        kind = element.get("type")
        if kind not in BUTTONS:
            continue
        faces = [element]
        if kind == "feedback_buttons":
            faces = [element["positive_button"], element["negative_button"]]
        for face in faces:
            yield Button(
                label=str((face.get("text") or {}).get("text", "")),
                action_id=str(element["action_id"]),
                block_id=str(block.get("block_id", "")),
                value=face.get("value"),
                url=face.get("url"),
                style=face.get("style"),
                element=element,
            )


def menus(blocks: list[Json]) -> list[Menu]:
    found = []
    for block, element in elements(blocks):
        kind = str(element.get("type"))
        if kind in BUTTONS or kind.endswith("_input"):
            continue
        options = list(element.get("options") or [])
        for group in element.get("option_groups") or []:
            options += group["options"]
        found.append(
            Menu(
                action_id=str(element["action_id"]),
                block_id=str(block.get("block_id", "")),
                kind=kind,
                options={o["text"]["text"]: o["value"] for o in options},
                element=element,
            )
        )
    return found


def fields(blocks: list[Json]) -> list[Field]:
    return [
        Field(
            label=str(block["label"]["text"]),
            block_id=str(block.get("block_id", "")),
            action_id=str(block["element"].get("action_id", "")),
            kind=str(block["element"]["type"]),
            optional=bool(block.get("optional")),
            element=block["element"],
        )
        for block in blocks
        if block.get("type") == "input"
    ]
