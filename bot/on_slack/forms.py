"""Form → modal, cards → the App Home, and what was filled in → values. (pure)"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cards import Card, Field, Form, Input
from bot.cards.signs import harmless
from bot.on_slack import rich
from bot.on_slack.buttons import option_of, options
from bot.on_slack.render import render
from bot.on_slack.rich import Json
from bot.on_slack.texts import label, size

CALLBACK = "quis:form"
ANSWER = "value"
LONGEST_TITLE = 24
LONGEST_FIELD = 3000
IN_HOME = 100
"""Blocks."""


def modal(form: Form, origin: str = "") -> Json:
    """The form; ``origin`` comes back with it, behind the form's id (2,500 characters).

    A title too long for Slack's bar is said whole above the fields.
    """
    blocks: list[Json] = []
    if size(form.title) > LONGEST_TITLE:
        blocks += rich.block(rich.section(rich.words(form.title, "bold")))
    blocks += rich.block(rich.section(rich.words(form.intro)))
    blocks += [_input(field) for field in form.fields]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": f"{form.id}\n{origin}",
        "title": _plain(form.title, LONGEST_TITLE),
        "submit": _plain(form.submit, LONGEST_TITLE),
        "blocks": blocks,
    }


def filled(view: Mapping[str, object]) -> tuple[str, str, dict[str, str]]:
    """A form that was sent: its id, its origin, and the values by field."""
    id, _, origin = str(view.get("private_metadata") or "").partition("\n")
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    answers = values if isinstance(values, dict) else {}
    found = {str(name): _answer(of) for name, of in answers.items()}
    return id, origin, {name: said for name, said in found.items() if said}


def chosen_files(view: Mapping[str, Any]) -> dict[str, str]:
    """Field → the id of the file that was chosen there."""
    values = (view.get("state") or {}).get("values") or {}
    found = {}
    for name, block in values.items():
        files = (block.get(ANSWER) or {}).get("files") or []
        if files:
            found[str(name)] = str(files[0]["id"])
    return found


def home(cards: Sequence[Card]) -> Json:
    """The App Home: these cards one below the other, as many as fit."""
    blocks: list[Json] = []
    for number, card in enumerate(cards):
        drawn = list(render(card).blocks)
        for block in drawn:  # one button may stand in two cards
            for element in _elements(block):
                element["action_id"] = f"{element['action_id']}#{number}0"
        above: list[Json] = [{"type": "divider"}] if blocks else []
        if len(blocks) + len(above) + len(drawn) > IN_HOME:
            break
        blocks += above + drawn
    return {"type": "home", "blocks": blocks}


def _input(field: Field) -> Json:
    made: Json = {
        "type": "input",
        "block_id": field.name,
        "label": _plain(field.label, 2000),
        "element": _element(field),
        "optional": not field.required,
    }
    if field.hint.strip():
        made["hint"] = _plain(field.hint, 2000)
    return made


def _element(field: Field) -> Json:
    match field.input:
        case Input.CHOICE:
            element: Json = {
                "type": "static_select",
                "action_id": ANSWER,
                "options": options(field.options),
            }
            if (first := option_of(field.options, field.value)) is not None:
                element["initial_option"] = first
            return element
        case Input.FILE:
            return {"type": "file_input", "action_id": ANSWER, "max_files": 1}
        case Input.LINE | Input.TEXT:
            longest = min(field.longest, LONGEST_FIELD)
            element = {
                "type": "plain_text_input",
                "action_id": ANSWER,
                "multiline": field.input is Input.TEXT,
                "max_length": longest,
            }
            if field.value:
                element["initial_value"] = harmless(field.value)[:longest]
            return element


def _answer(block: object) -> str:
    """What was filled in: text, the value chosen, or the files' ids."""
    held = block.get(ANSWER) if isinstance(block, dict) else None
    if not isinstance(held, dict):
        return ""
    match held:
        case {"selected_option": {"value": value}}:
            return str(value)
        case {"files": [*files]}:
            return ",".join(str(file["id"]) for file in files)
        case {"value": str(value)}:
            return value
        case _:
            return ""


def _elements(block: Json) -> list[Json]:
    held = block.get("elements")
    elements = held if isinstance(held, list) else []
    return [e for e in elements if isinstance(e, dict) and "action_id" in e]


def _plain(text: str, longest: int) -> Json:
    return {"type": "plain_text", "text": label(text, longest), "emoji": False}
