"""Form → modal, and what was filled in → values by the names of the form's fields."""

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

import discord
from discord import ui

from bot.cards import Field, Form, Input
from bot.cards.signs import harmless, one_line
from bot.on_discord.markdown import plain, shortened, size

LONGEST_TITLE = 45
LONGEST_LABEL = 45
LONGEST_HINT = 100
LONGEST_TEXT = 4000
LONGEST_OPTION = 100
MOST_OPTIONS = 25
MOST_PARTS = 5

LABEL, ROW = 18, 1
"""Types of components that hold others in a modal."""


def modal(form: Form) -> ui.Modal:
    """The form as a modal. Its fields come first where there is no room for its intro."""
    made = ui.Modal(title=_short(form.title, LONGEST_TITLE), custom_id=form.id[:100])
    fields = form.fields[:MOST_PARTS]
    if form.intro.strip() and len(fields) < MOST_PARTS:
        made.add_item(ui.TextDisplay(plain(shortened(form.intro, LONGEST_TEXT // 2))))
    for field in fields:
        made.add_item(
            ui.Label(
                text=_short(field.label, LONGEST_LABEL),
                description=_short(field.hint, LONGEST_HINT) if field.hint else None,
                component=_input(field),
            )
        )
    # What is sent comes as an event, also after a restart: nothing waits for this one.
    made.stop()
    return made


def filled_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Field → what was filled in; of a file its address, of nothing the empty text."""
    files = (data.get("resolved") or {}).get("attachments") or {}
    return dict(_values(data.get("components") or (), files))


def chosen_files(data: Mapping[str, Any]) -> dict[str, str]:
    """Field → the id of the file that was chosen there."""
    files = (data.get("resolved") or {}).get("attachments") or {}
    return {n: v for n, v in _values(data.get("components") or (), {}) if v in files}


def _values(parts: Any, files: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if part.get("type") == LABEL:
            yield from _values([part["component"]], files)
        elif part.get("type") == ROW:
            yield from _values(part["components"], files)
        elif name := part.get("custom_id"):
            chosen = part.get("values") or [part.get("value")]
            value = "" if chosen[0] is None else str(chosen[0])
            yield str(name), str((files.get(value) or {}).get("url", value))


def _input(field: Field) -> ui.Item[ui.Modal]:
    match field.input:
        case Input.LINE | Input.TEXT:
            most = min(max(field.longest, 1), LONGEST_TEXT)
            long = field.input is Input.TEXT
            return ui.TextInput(
                custom_id=field.name,
                style=discord.TextStyle.long if long else discord.TextStyle.short,
                default=_value(field.value, most),
                required=field.required,
                max_length=most,
            )
        case Input.CHOICE:
            return ui.Select(
                custom_id=field.name, options=_options(field), required=field.required
            )
        case Input.FILE:
            return ui.FileUpload(custom_id=field.name, required=field.required)
        case _:
            assert_never(field.input)


def _value(text: str, most: int) -> str | None:
    """What stands in the field to begin with: without a sign of ours where it is cut."""
    kept = harmless(text)[:most]
    while size(kept) > most:
        kept = kept[:-1]
    return kept or None


def _options(field: Field) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=_short(label, LONGEST_OPTION),
            value=value,
            default=value == field.value,
        )
        for label, value in field.options[:MOST_OPTIONS]
    ]


def _short(text: str, most: int) -> str:
    return shortened(one_line(text), most) or "…"
