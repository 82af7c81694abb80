"""The documented limits of what an app may send, with or without the schemas.

Pure functions from a payload to sentences. The published types say nothing of lengths and
counts, and where they are not at hand these are all that is checked.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.platforms.slack_server import blocks as b
from tests.platforms.slack_server import schemas

Json = dict[str, Any]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MARKDOWN_IN_ALL = 12_000
TEXT, TEXT_OF_AN_EDIT = 40_000, 4_000
# chat.postMessage refuses more than this, written as JSON (bolt-js #2509, #2867).
BLOCKS_IN_ALL = 13_200
_ADDRESSES = ("https://", "http://", "mailto:", "slack:")

# Kind of object → key → characters; a text object counts by its text.
_LENGTHS: dict[str, dict[str, int]] = {
    "header": {"text": 150},
    "image": {"image_url": 3000, "alt_text": 2000, "title": 2000},
    "input": {"label": 2000, "hint": 2000},
    "button": {"text": 75, "value": 2000, "url": 3000, "accessibility_label": 75},
    "icon_button": {"text": 75, "value": 2000, "accessibility_label": 75},
    "plain_text_input": {"placeholder": 150, "initial_value": 3000},
    "modal": {
        "title": 24,
        "submit": 24,
        "close": 24,
        "private_metadata": 3000,
        "callback_id": 255,
        "external_id": 255,
    },
    "home": {"private_metadata": 3000, "callback_id": 255, "external_id": 255},
    "mrkdwn": {"text": 3000},
    "plain_text": {"text": 3000},
}
# Kind of object → key → how many.
_COUNTS: dict[str, dict[str, int]] = {
    "section": {"fields": 10},
    "actions": {"elements": 25},
    "context": {"elements": 10},
    "context_actions": {"elements": 5},
    "static_select": {"options": 100, "option_groups": 100},
    "multi_static_select": {"options": 100, "option_groups": 100},
    "overflow": {"options": 5},
    "checkboxes": {"options": 10},
    "radio_buttons": {"options": 10},
    "table": {"rows": 100},
    "carousel": {"elements": 10},
}
_ANYWHERE = {"action_id": 255, "block_id": 255}
_OPTION = {"text": 75, "value": 150, "description": 75}
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
_FACE = {"text": 75, "value": 2000, "accessibility_label": 75}


def message_problems(arguments: Json, *, edit: bool = False) -> list[str]:
    """What is wrong with a message, a sentence each."""
    return [*_message(arguments, edit=edit)]


def blocks_problems(blocks: Any, limit: int = MESSAGE_BLOCKS) -> list[str]:
    return [*_blocks(blocks, limit)]


def view_problems(view: Any) -> list[str]:
    """What is wrong with a modal or a Home."""
    if not isinstance(view, dict):
        return ["view is no object"]
    found = [*schemas.view_problems(view), *_sizes(view)]
    found += _blocks(view.get("blocks"), VIEW_BLOCKS)
    if view.get("type") == "modal":
        if not view.get("title"):
            found.append("view: a modal needs a title")
        if b.fields(view.get("blocks") or []) and not view.get("submit"):
            found.append("view: with an input block it needs submit")
    return found


def prompts_problems(arguments: Json) -> list[str]:
    prompts = arguments.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        return ["prompts: one to four"]
    return [
        f"prompts/{n}: needs title and message"
        for n, prompt in enumerate(prompts)
        if not (prompt.get("title") and prompt.get("message"))
    ]


def options_problems(answer: Json) -> list[str]:
    """What a menu that looks its options up gets."""
    options = answer.get("options", [])
    for group in answer.get("option_groups", []):
        options = options + group.get("options", [])
    found = [] if len(options) <= 100 else [f"{len(options)} options > 100"]
    for each in options:
        found += _too_long(each, _OPTION, "option")
    return found


def _message(arguments: Json, *, edit: bool) -> Iterator[str]:
    text = arguments.get("text") or ""
    blocks = arguments.get("blocks")
    limit = TEXT_OF_AN_EDIT if edit else TEXT
    if len(text) > limit:
        yield f"text: {len(text)} characters > {limit}"
    if len(arguments.get("markdown_text") or "") > MARKDOWN_IN_ALL:
        yield f"markdown_text > {MARKDOWN_IN_ALL} characters"
    if blocks is not None:
        yield from _blocks(blocks, MESSAGE_BLOCKS)
    if len(arguments.get("attachments") or []) > 100:
        yield "more than 100 attachments"


def too_long_in_all(blocks: Any) -> bool:
    """Each block within its limits, and yet refused by chat.postMessage."""
    written = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))
    return len(written) > BLOCKS_IN_ALL


def _blocks(blocks: Any, limit: int) -> Iterator[str]:
    if not isinstance(blocks, list):
        yield "blocks is no list"
        return
    if len(blocks) > limit:
        yield f"{len(blocks)} blocks > {limit}"
    for number, block in enumerate(blocks):
        where = f"blocks/{number}"
        if not isinstance(block, dict):
            yield f"{where} is no object"
            continue
        yield from schemas.block_problems(block, where)
        yield from (f"{where}: {problem}" for problem in _of_block(block))
    whole = [block for block in blocks if isinstance(block, dict)]
    yield from _repeated("block_id", [block.get("block_id") for block in whole])
    markdown = sum(
        len(x.get("text") or "") for x in whole if x.get("type") == "markdown"
    )
    if markdown > MARKDOWN_IN_ALL:
        yield f"markdown blocks: {markdown} characters in all > {MARKDOWN_IN_ALL}"
    if sum(block.get("type") == "table" for block in whole) > 1:
        yield "more than one table in a message"


def _of_block(block: Json) -> Iterator[str]:
    kind = block.get("type")
    if kind == "section" and not (block.get("text") or block.get("fields")):
        yield "a section needs text or fields"
    if kind == "section":
        for field in block.get("fields") or []:
            yield from _too_long({"field": field}, {"field": 2000}, "section")
    if kind == "table" and any(len(row) > 20 for row in block.get("rows") or []):
        yield "more than 20 columns"
    for each in b.walk(block):
        yield from _sizes(each)
    yield from _repeated("action_id", [e.get("action_id") for e in b.walk(block)])


def _sizes(each: Json) -> Iterator[str]:
    kind = str(each.get("type"))
    yield from _too_long(each, _LENGTHS.get(kind, {}), kind)
    yield from _too_long(each, _ANYWHERE, kind)
    for key, most in _COUNTS.get(kind, {}).items():
        if key in each and not 1 <= len(each[key]) <= most:
            yield f"{kind}: {len(each[key])} {key}, not 1 to {most}"
    if kind in {"mrkdwn", "plain_text", "markdown"} and not each.get("text"):
        yield f"{kind}: empty text"
    for option in each.get("options") or []:
        yield from _too_long(option, _OPTION, "option")
    if isinstance(each.get("confirm"), dict):
        yield from _too_long(each["confirm"], _CONFIRM, "confirm")
    if isinstance(each.get("placeholder"), dict):
        yield from _too_long(each, {"placeholder": 150}, kind)
    if kind == "feedback_buttons":
        for face in ("positive_button", "negative_button"):
            yield from _too_long(each.get(face) or {}, _FACE, face)
    address = each.get("url") or each.get("image_url")
    if address and not str(address).startswith(_ADDRESSES):
        yield f"{kind}: {str(address)[:40]!r} is no address that Slack opens"


def _too_long(each: Json, limits: dict[str, int], what: str) -> Iterator[str]:
    for key, most in limits.items():
        value = each.get(key)
        text = value.get("text") if isinstance(value, dict) else value
        if isinstance(text, str) and len(text) > most:
            yield f"{what}: {key} has {len(text)} characters > {most}"


def _repeated(what: str, ids: list[Any]) -> Iterator[str]:
    counted = Counter(each for each in ids if each)
    for each, times in counted.items():
        if times > 1:
            yield f"{what} {each!r} stands {times} times"
