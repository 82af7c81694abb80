"""A modal that somebody fills in → what the client submits."""

from typing import Any

from tests.platforms.discord_server import components as c
from tests.platforms.discord_server.asked import Modal
from tests.platforms.discord_server.commands import Filling, NotOffered
from tests.platforms.discord_server.messages import Upload
from tests.platforms.discord_server.wire import Json


def filled_in(modal: Modal, values: dict[str, Any], filling: Filling) -> list[Json]:
    """Every input with its value; what was not filled in keeps what stood there."""
    by_id = {}
    fields = modal.fields
    for name, value in values.items():
        named = [id_ for id_, part in fields.items() if name in {id_, part["label"]}]
        if not named:
            listed = ", ".join(fields) or "nothing"
            raise NotOffered(
                f"the form {modal.title!r} asks for {listed}, not {name!r}"
            )
        by_id[named[0]] = value
    return [_submitted(part, by_id, filling) for part in modal.data["components"]]


def _submitted(part: Json, values: dict[str, Any], filling: Filling) -> Json:
    made: Json = {"type": part["type"], "id": part.get("id") or 1}
    if part["type"] == c.LABEL:
        return made | {"component": _submitted(part["component"], values, filling)}
    if part["type"] == c.ROW:
        inner = [_submitted(each, values, filling) for each in part["components"]]
        return made | {"components": inner}
    if part["type"] == c.TEXT:
        return made
    return made | {"custom_id": part["custom_id"], **_value(part, values, filling)}


def _value(part: Json, values: dict[str, Any], filling: Filling) -> Json:
    given = values.get(part["custom_id"])
    required = part.get("required", True) is not False
    match part["type"]:
        case c.TEXT_INPUT:
            return {"value": _text(part, given, required=required)}
        case c.CHECKBOX:
            return {"value": bool(part.get("default") if given is None else given)}
        case c.RADIO:
            chosen = _offered(part, given, required=required, most=1)
            return {"value": chosen[0] if chosen else None}
        case c.CHECKBOXES | c.SELECT:
            most = part.get("max_values") or 1
            return {"values": _offered(part, given, required=required, most=most)}
        case _:
            listed = _listed(given)
            if required and not listed:
                raise NotOffered(f"the form is not sent without {part['custom_id']!r}")
            files = part["type"] == c.UPLOAD
            if files and not all(isinstance(each, Upload) for each in listed):
                raise NotOffered(f"{part['custom_id']!r} takes files")
            plain = [getattr(each, "user", each) for each in listed]
            return {"values": [filling.resolve(each) for each in plain]}


def _text(part: Json, given: Any, *, required: bool) -> str:
    text = str(part.get("value") or "" if given is None else given)
    least = part.get("min_length") or (1 if required else 0)
    most = part.get("max_length") or 4000
    if (required or text) and not least <= len(text) <= most:
        raise NotOffered(
            f"{part['custom_id']!r} takes {least} to {most} characters, not {len(text)}"
        )
    return text


def _offered(part: Json, given: Any, *, required: bool, most: int) -> list[str]:
    options = part.get("options") or []
    by_name = {option["label"]: option["value"] for option in options}
    by_name |= {option["value"]: option["value"] for option in options}
    if given is None:
        return [option["value"] for option in options if option.get("default")]
    unknown = [each for each in _listed(given) if each not in by_name]
    if unknown:
        raise NotOffered(f"{part['custom_id']!r} does not offer {unknown}")
    chosen = [by_name[each] for each in _listed(given)]
    if len(chosen) > most or (required and not chosen):
        raise NotOffered(f"{part['custom_id']!r} takes up to {most}, not {len(chosen)}")
    return chosen


def _listed(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, (list, tuple)) else [given]
