"""What a client makes of what somebody chooses or fills in, element by element."""

from typing import Any

from tests.platforms.slack_server import blocks as b
from tests.platforms.slack_server.errors import NotOffered
from tests.platforms.slack_server.messages import Chosen
from tests.platforms.slack_server.state import Channel, User
from tests.platforms.slack_server.views import View

Json = dict[str, Any]
_PLAIN = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
_THINGS = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
}
_ONE = {"static_select", "external_select", "radio_buttons", "overflow"}
_MANY = {"multi_static_select", "multi_external_select", "checkboxes"}


def state_of(element: Json, value: Any) -> Json:
    """The state of an element in which this was chosen; labels do for options.

    An option that was looked up is given as the object that the bot offered.
    """
    kind = str(element["type"])
    if kind in _PLAIN:
        return {"type": kind, _PLAIN[kind]: _fitting(element, value)}
    if kind in _THINGS:
        chosen = value.id if isinstance(value, User | Channel) else value
        return {"type": kind, _THINGS[kind]: chosen}
    if kind == "file_input":
        return {"type": kind, "files": [] if value is None else [value]}
    if kind in _ONE:
        chosen = None if value is None else _option(element, value)
        return {"type": kind, "selected_option": chosen}
    if kind in _MANY:
        values = [value] if isinstance(value, str | dict) else value or []
        chosen_ones = [_option(element, each) for each in values]
        return {"type": kind, "selected_options": chosen_ones}
    raise NotOffered(f"{kind} takes nothing that this local Slack knows of")


def _fitting(element: Json, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if not shortest <= len(value) <= longest:
        raise NotOffered(f"{len(value)} characters, not {shortest} to {longest}")
    return value


def _option(element: Json, value: Any) -> Json:
    if isinstance(value, dict):
        return value
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group["options"]
    for option in options:
        if value in {option["value"], option["text"]["text"]}:
            return dict(option)
    listed = ", ".join(str(option["text"]["text"]) for option in options)
    raise NotOffered(f"no option {value!r}; there are: {listed or 'none'}")


def filled_in(view: View, values: dict[str, Any]) -> Chosen:
    """The state of a form; its inputs are named by label, block_id or action_id.

    What has an initial value keeps it; what is required has to be there.
    """
    fields = list(view.fields.values())
    unknown = set(values) - {name for field in fields for name in _names(field)}
    if unknown:
        labels = ", ".join(field.label for field in fields)
        raise NotOffered(f"no input {', '.join(sorted(unknown))}; there are: {labels}")
    state: Chosen = {block: dict(kept) for block, kept in view.chosen.items()}
    for field in fields:
        named = [name for name in _names(field) if name in values]
        value = values[named[0]] if named else _initial(field.element)
        before = state.get(field.block_id, {}).get(field.action_id)
        if not named and before is not None:
            continue
        if value in (None, "", []) and not field.optional:
            raise NotOffered(f"{field.label!r} is required")
        filled = state_of(field.element, value or None)
        state.setdefault(field.block_id, {})[field.action_id] = filled
    return state


def _names(field: b.Field) -> tuple[str, str, str]:
    return field.label, field.block_id, field.action_id


def _initial(element: Json) -> Any:
    for key, value in element.items():
        if key.startswith("initial_"):
            return value
    return None
