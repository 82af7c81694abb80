"""The documented limits of what a bot may send, with or without the schemas.

Pure functions from a body to sentences. The published OpenAPI document lacks many of
these limits (2000 characters of content, 6000 over all embeds, …), and where it is not at
hand these are all that is checked.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from tests.platforms.discord_server import components as c
from tests.platforms.discord_server.messages import V2

Json = dict[str, Any]

LOCALES = set(
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr "
    "cs el bg ru uk hi th zh-CN ja zh-TW ko".split()
)
_LINK = re.compile(r"(https?|attachment)://\S")
_EMBED = {"title": 256, "description": 4096}
_MESSAGE = r"/channels/\d+/messages"
_MODAL_INPUTS = c.SELECTS | {c.TEXT_INPUT, c.UPLOAD, c.RADIO, c.CHECKBOXES, c.CHECKBOX}


def broken_limits(method: str, path: str, body: Any) -> list[str]:
    """What Discord's documentation forbids in this request, a sentence each."""
    if re.fullmatch(r"/applications/\d+(/guilds/\d+)?/commands", path):
        listed = body if isinstance(body, list) else [body]
        return [*_commands(listed)] if method in {"PUT", "POST"} else []
    if not isinstance(body, dict):
        return []
    match method:
        case "POST" if re.fullmatch(_MESSAGE, path):
            return [*_message(body, "message")]
        case "PATCH" if re.fullmatch(_MESSAGE + r"/\d+", path):
            return [*_message(body, "edit", new=False)]
        case "POST" if path.endswith("/callback"):
            return [*_callback(body)]
        case "POST" if path.startswith("/webhooks/"):
            return [*_message(body, "follow-up")]
        case "PATCH" if path.startswith("/webhooks/"):
            return [*_message(body, "edit", new=False)]
        case "POST" if path.endswith("/threads"):
            return [*_thread(body)]
        case _:
            return []


def _callback(body: Json) -> Iterator[str]:
    data = body.get("data") or {}
    match body.get("type"):
        case 4:
            yield from _message(data, "response")
        case 7:
            yield from _message(data, "update", new=False)
        case 8:
            yield from _choices(data.get("choices") or [], "suggestions")
        case 9:
            yield from _modal(data)
        case _:
            pass


def _thread(body: Json) -> Iterator[str]:
    yield from _length(body.get("name"), "thread name", 1, 100)
    if isinstance(body.get("message"), dict):
        yield from _message(body["message"], "first message")


# --- messages ----------------------------------------------------------------------------


def _message(body: Json, where: str, *, new: bool = True) -> Iterator[str]:
    content, flags = body.get("content") or "", body.get("flags") or 0
    embeds, parts = body.get("embeds") or [], [*c.walk(body.get("components"))]
    yield from _length(content, f"{where}: content", 0, 2000)
    yield from _embeds(embeds, where)
    if len(body.get("attachments") or []) > 10:
        yield f"{where}: more than 10 attachments"
    if flags & V2:
        yield from _v2(body, parts, where)
    else:
        if any(part.get("type") in c.ONLY_V2 for part in parts):
            yield f"{where}: layout components without the flag IS_COMPONENTS_V2"
        if len(body.get("components") or []) > 5:
            yield f"{where}: more than 5 rows"
    carried = [content.strip(), embeds, parts]
    carried += [body.get(key) for key in ("attachments", "poll", "sticker_ids")]
    reference = body.get("message_reference") or {}
    if new and not any(carried) and reference.get("type") != 1:
        yield f"{where}: an empty message"
    yield from _components(parts, where)
    yield from _allowed_mentions(body.get("allowed_mentions"), where)


def _v2(body: Json, parts: list[Json], where: str) -> Iterator[str]:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key):
            yield f"{where}: {key} beside layout components"
    if len(parts) > 40:
        yield f"{where}: {len(parts)} components, more than 40"
    text = sum(len(p.get("content") or "") for p in parts if p.get("type") == c.TEXT)
    if text > 4000:
        yield f"{where}: {text} characters of text display, more than 4000"


def _embeds(embeds: list[Json], where: str) -> Iterator[str]:
    if len(embeds) > 10:
        yield f"{where}: {len(embeds)} embeds, more than 10"
    total = 0
    for embed in embeds:
        author, footer = embed.get("author") or {}, embed.get("footer") or {}
        fields = embed.get("fields") or []
        limited = [
            *((embed.get(key), key, limit) for key, limit in _EMBED.items()),
            (footer.get("text"), "footer", 2048),
            (author.get("name"), "author", 256),
            *((field.get("name"), "field name", 256) for field in fields),
            *((field.get("value"), "field value", 1024) for field in fields),
        ]
        for text, name, limit in limited:
            trimmed = (text or "").strip()
            total += len(trimmed)
            yield from _length(trimmed, f"{where}: embed {name}", 0, limit)
            if name.startswith("field") and not trimmed:
                yield f"{where}: embed {name} is empty"
        if len(fields) > 25:
            yield f"{where}: {len(fields)} embed fields, more than 25"
        for link in c.addresses({"embeds": [embed]}):
            if not _LINK.match(link):
                yield f"{where}: {link[:40]!r} is no link for an embed"
    if total > 6000:
        yield f"{where}: {total} characters over all embeds, more than 6000"


def _components(parts: list[Json], where: str) -> Iterator[str]:
    ids = [part["custom_id"] for part in parts if part.get("custom_id")]
    for repeated in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        yield f"{where}: custom_id {repeated!r} twice"
    for id_ in ids:
        yield from _length(id_, f"{where}: custom_id", 1, 100)
    for part in parts:
        match part.get("type"):
            case c.ROW:
                yield from _row(part, where)
            case c.BUTTON:
                yield from _button(part, where)
            case kind if kind in c.SELECTS:
                yield from _select(part, where)
            case c.SECTION if not 1 <= len(part.get("components") or []) <= 3:
                yield f"{where}: a section has 1 to 3 texts"
            case c.TEXT if not (part.get("content") or "").strip():
                yield f"{where}: an empty text display"
            case _:
                pass


def _row(row: Json, where: str) -> Iterator[str]:
    inner = row.get("components") or []
    if not inner:
        yield f"{where}: an empty row"
    if len(inner) > 5:
        yield f"{where}: {len(inner)} buttons in a row, more than 5"
    if len(inner) > 1 and any(part.get("type") in c.SELECTS for part in inner):
        yield f"{where}: a menu beside something else in a row"


def _button(button: Json, where: str) -> Iterator[str]:
    style, label = button.get("style"), button.get("label")
    name = f"{where}: button {(label or '')[:20]!r}"
    yield from _length(label, f"{name}: label", 0, 80)
    if style == c.LINK_STYLE:
        if not button.get("url") or button.get("custom_id"):
            yield f"{name}: a link has a url and no custom_id"
        elif not re.match(r"(https?|discord)://\S", button["url"]):
            yield f"{name}: {button['url'][:40]!r} is no link for a button"
        yield from _length(button.get("url"), f"{name}: url", 0, 512)
    elif style in {1, 2, 3, 4} and (not button.get("custom_id") or button.get("url")):
        yield f"{name}: has a custom_id and no url"
    if not label and not button.get("emoji") and style != 6:
        yield f"{name}: neither label nor emoji"


def _select(select: Json, where: str) -> Iterator[str]:
    name = f"{where}: menu {select.get('custom_id')!r}"
    yield from _length(select.get("placeholder"), f"{name}: placeholder", 0, 150)
    options = select.get("options") or []
    if select["type"] == c.SELECT and not 1 <= len(options) <= 25:
        yield f"{name}: {len(options)} options, not 1 to 25"
    for option in options:
        yield from _length(option.get("label"), f"{name}: label", 1, 100)
        yield from _length(option.get("value"), f"{name}: value", 1, 100)
        yield from _length(option.get("description"), f"{name}: description", 0, 100)
    values = [option.get("value") for option in options]
    if len(values) != len(set(values)):
        yield f"{name}: the same value twice"
    most = select.get("max_values", 1)
    if not 0 <= select.get("min_values", 1) <= most <= 25:
        yield f"{name}: impossible numbers of values"


def _allowed_mentions(allowed: Json | None, where: str) -> Iterator[str]:
    if allowed is None:
        yield f"{where}: without allowed_mentions every mention in the text notifies"
        return
    parse = allowed.get("parse") or []
    if "everyone" in parse:
        yield f"{where}: allowed_mentions lets @everyone through"
    for kind in ("users", "roles"):
        if kind in parse and allowed.get(kind):
            yield f"{where}: allowed_mentions names {kind} and lets all through"


# --- modals ------------------------------------------------------------------------------


def _modal(modal: Json) -> Iterator[str]:
    yield from _length(modal.get("title"), "modal title", 1, 45)
    yield from _length(modal.get("custom_id"), "modal custom_id", 1, 100)
    top = modal.get("components") or []
    if not 1 <= len(top) <= 5:
        yield f"modal: {len(top)} components, not 1 to 5"
    parts = [*c.walk(top)]
    for part in parts:
        match part.get("type"):
            case c.LABEL:
                yield from _length(part.get("label"), "modal: label", 1, 45)
                yield from _length(
                    part.get("description"), "modal: description", 0, 100
                )
            case c.TEXT_INPUT:
                yield from _text_input(part)
            case c.BUTTON:
                yield "modal: a button"
            case kind if kind in c.SELECTS:
                yield from _select(part, "modal")
            case _:
                pass
    ids = [p.get("custom_id") for p in parts if p.get("type") in _MODAL_INPUTS]
    if len(ids) != len(set(ids)):
        yield "modal: the same custom_id twice"


def _text_input(part: Json) -> Iterator[str]:
    name = f"modal: input {part.get('custom_id')!r}"
    yield from _length(part.get("custom_id"), f"{name}: custom_id", 1, 100)
    yield from _length(part.get("label"), f"{name}: label", 0, 45)
    yield from _length(part.get("placeholder"), f"{name}: placeholder", 0, 100)
    yield from _length(part.get("value"), f"{name}: value", 0, 4000)
    least, most = part.get("min_length") or 0, part.get("max_length") or 4000
    if not 0 <= least <= most <= 4000:
        yield f"{name}: impossible lengths"


# --- commands ----------------------------------------------------------------------------


def _commands(commands: list[Json]) -> Iterator[str]:
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        names = [
            each.get("name") for each in commands if (each.get("type") or 1) == kind
        ]
        if len(names) > most:
            yield f"{len(names)} commands of type {kind}, more than {most}"
        for repeated in sorted({str(n) for n in names if names.count(n) > 1}):
            yield f"command {repeated!r}: twice"
    for command in commands:
        yield from _command(command)
        if (size := _size(command)) > 8000:
            yield f"command {command.get('name')!r}: {size} characters, more than 8000"


def _command(command: Json) -> Iterator[str]:
    where = f"command {command.get('name')!r}"
    if (command.get("type") or 1) == 1:
        yield from _names_and_descriptions(command, where)
    else:
        yield from _length(command.get("name"), f"{where}: name", 1, 32)
        if command.get("description"):
            yield f"{where}: a context menu has no description"
    options = command.get("options") or []
    if len(options) > 25:
        yield f"{where}: {len(options)} options, more than 25"
    kinds = {option.get("type") in {1, 2} for option in options}
    if kinds == {True, False}:
        yield f"{where}: sub-commands beside options"
    seen_optional = False
    for option in options:
        if option.get("type") in {1, 2}:
            yield from _command({**option, "type": 1})
            continue
        if not option.get("required"):
            seen_optional = True
        elif seen_optional:
            yield f"{where}: required {option.get('name')!r} after an optional one"
        yield from _option(option, where)


def _option(option: Json, command: str) -> Iterator[str]:
    where = f"{command}, option {option.get('name')!r}"
    yield from _names_and_descriptions(option, where)
    choices = option.get("choices") or []
    yield from _choices(choices, where)
    if choices and option.get("autocomplete"):
        yield f"{where}: choices and suggestions together"


def _choices(choices: list[Json], where: str) -> Iterator[str]:
    if len(choices) > 25:
        yield f"{where}: {len(choices)} choices, more than 25"
    for choice in choices:
        yield from _length(choice.get("name"), f"{where}: name of a choice", 1, 100)
        if isinstance(choice.get("value"), str):
            yield from _length(choice["value"], f"{where}: value of a choice", 1, 100)


def _names_and_descriptions(named: Json, where: str) -> Iterator[str]:
    for locale, name in _localised(named, "name"):
        fine = all(x in "-_'" or unicodedata.category(x)[0] in "LNM" for x in name)
        if not (fine and 1 <= len(name) <= 32 and name == name.lower()):
            yield f"{where}: {name!r} is no name for a command"
        if locale and locale not in LOCALES:
            yield f"{where}: unknown locale {locale!r}"
    for locale, description in _localised(named, "description"):
        yield from _length(description, f"{where}: description", 1, 100)
        if locale and locale not in LOCALES:
            yield f"{where}: unknown locale {locale!r}"


def _localised(named: Json, key: str) -> Iterator[tuple[str, str]]:
    yield "", named.get(key) or ""
    yield from (named.get(f"{key}_localizations") or {}).items()


def _size(named: Json) -> int:
    """Discord counts the longest of all languages, and everything nested."""
    own = sum(
        max(len(text) for _, text in _localised(named, key))
        for key in ("name", "description")
    )
    choices = sum(
        len(str(choice.get("name", ""))) + len(str(choice.get("value", "")))
        for choice in named.get("choices") or []
    )
    return own + choices + sum(_size(inner) for inner in named.get("options") or [])


def _length(text: str | None, what: str, least: int, most: int) -> Iterator[str]:
    size = len(text or "")
    if not least <= size <= most:
        yield f"{what}: {size} characters, not {least} to {most}"
