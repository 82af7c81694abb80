"""Actions of a card → Slack's buttons and menus."""

import re
from collections.abc import Sequence

from bot.cards import Actions, Button, Menu, Weight
from bot.on_slack.rich import Json
from bot.on_slack.texts import is_plain, label, size

IN_A_BLOCK = 25
LONGEST_LABEL = 75
LONGEST_CHOICE = 75  # 150 in the older description
MOST_OPTIONS = 100

PRESSED = re.compile(r"^quis:")
"""What the ids of all our buttons and menus begin with."""

_NUMBERED = re.compile(r"(#\d+)+$")

_STYLES = {Weight.FIRST: "primary", Weight.DANGER: "danger"}


def actions(blocks: Sequence[Actions], most: int) -> list[Json]:
    """The blocks of at most so many buttons and menus; every id in them differs."""
    elements: list[Json] = []
    for block in blocks:
        elements += [_button(button) for button in block.buttons]
        elements += [_menu(menu) for menu in block.menus if _options(menu.options)]
    for number, element in enumerate(elements):
        if number:
            element["action_id"] = f"{element['action_id']}#{number}"
    kept = elements[:most]
    return [
        {"type": "actions", "elements": kept[start : start + IN_A_BLOCK]}
        for start in range(0, len(kept), IN_A_BLOCK)
    ]


def code(action_id: str) -> str:
    """The button's own code, without the number that made its id differ."""
    return _NUMBERED.sub("", action_id)


def options(pairs: Sequence[tuple[str, str]]) -> list[Json]:
    """Things to choose from, as many as Slack takes; a value is never shortened."""
    return [_option(named, value) for named, value in _options(pairs)]


def option_of(pairs: Sequence[tuple[str, str]], value: str) -> Json | None:
    """The option with this value, where it is among those shown."""
    held = {each: named for named, each in _options(pairs)}
    return _option(held[value], value) if value in held else None


def _options(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that can be shown, each value once."""
    first: dict[str, str] = {}
    for named, value in pairs:
        if 0 < size(value) <= LONGEST_CHOICE and is_plain(value):
            first.setdefault(value, named)
    return [(named, value) for value, named in first.items()][:MOST_OPTIONS]


def _option(named: str, value: str) -> Json:
    return {"text": _plain(named, LONGEST_LABEL), "value": value}


def _button(button: Button) -> Json:
    made: Json = {
        "type": "button",
        "action_id": button.code,
        "text": _plain(button.label, LONGEST_LABEL, emoji=True),
        "value": button.code,
    }
    if button.weight in _STYLES:
        made["style"] = _STYLES[button.weight]
    if button.name.strip():
        made["accessibility_label"] = label(button.name, LONGEST_LABEL)
    return made


def _menu(menu: Menu) -> Json:
    made: Json = {
        "type": "static_select",
        "action_id": menu.code,
        "placeholder": _plain(menu.label, 150),
        "options": options(menu.options),
    }
    if (chosen := option_of(menu.options, menu.chosen)) is not None:
        made["initial_option"] = chosen
    return made


def _plain(text: str, longest: int, *, emoji: bool = False) -> Json:
    return {"type": "plain_text", "text": label(text, longest), "emoji": emoji}
