"""The official schemas, where the folder that holds them is beside the repository.

They are made from Slack's own packages @slack/types and @slack/web-api: structure only,
no limits.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

SPECS = Path(__file__).parents[3].parent / "shared" / "platform" / "specs"
NOT_HERE = "the shared folder with the platforms' schemas is not here"

Json = dict[str, Any]

_EVENTS = {
    "app_mention": "AppMentionEvent",
    "message": "GenericMessageEvent",
    "app_home_opened": "AppHomeOpenedEvent",
    "assistant_thread_started": "AssistantThreadStartedEvent",
}
# Documented scopes that the published type of a manifest leaves out.
_ALSO_SCOPES = ["assistant:write"]


def schemas_are_here() -> bool:
    return (SPECS / "slack-KnownBlock.closed.schema.json").is_file()


def block_problems(block: Json, where: str) -> list[str]:
    """Against the type of that very block, so that the sentence hits the point."""
    if not schemas_are_here():
        return []
    validator = _blocks().get(str(block.get("type")))
    if validator is None:
        return [f"{where}: unknown block {block.get('type')!r}"]
    return _problems(validator, block, where)


def view_problems(view: Json) -> list[str]:
    """Without its blocks, which are checked one by one."""
    if not schemas_are_here():
        return []
    return _problems(_validator("View.closed"), view | {"blocks": []}, "view")


def post_problems(arguments: Json) -> list[str]:
    """The arguments of chat.postMessage, without their blocks."""
    if not schemas_are_here():
        return []
    # slack_sdk adds team_id, which counts for tokens of a whole organisation only; bolt
    # keeps an assistant's context in the metadata, with a null that the type has not.
    own = {"team_id", "metadata"}
    bare = {key: value for key, value in arguments.items() if key not in own}
    bare |= {"blocks": []} if "blocks" in bare else {}
    return _problems(_validator("ChatPostMessageArguments"), bare, "chat.postMessage")


def manifest_problems(manifest: Json) -> list[str]:
    if not schemas_are_here():
        return []
    return _problems(_manifest(), manifest, "manifest")


def event_problems(event: Json) -> list[str]:
    """For the events that there is a schema for; edits have another one."""
    name = _EVENTS.get(str(event.get("type")))
    plain = event.get("type") != "message" or "subtype" not in event
    if name is None or not plain or not schemas_are_here():
        return []
    return _problems(_validator(name), event, f"event {event['type']}")


@cache
def _load(name: str) -> Json:
    return dict(json.loads((SPECS / f"slack-{name}.schema.json").read_text()))


@cache
def _validator(name: str) -> Draft7Validator:
    return Draft7Validator(_load(name))


@cache
def _blocks() -> dict[str, Draft7Validator]:
    definitions = _load("KnownBlock.closed")["definitions"]
    found = {}
    for name, definition in definitions.items():
        if not name.endswith("Block") or name == "KnownBlock":
            continue
        # Some are unions: an image has an address or a file of Slack's.
        for branch in [definition, *definition.get("anyOf", [])]:
            kind = branch.get("properties", {}).get("type", {}).get("const")
            if kind:
                reference = {"$ref": f"#/definitions/{name}"}
                found[kind] = Draft7Validator(reference | {"definitions": definitions})
    return found


@cache
def _manifest() -> Draft7Validator:
    schema = _load("Manifest")

    def widen(node: Any) -> None:
        if isinstance(node, dict):
            if "app_mentions:read" in node.get("enum", []):
                node["enum"] = [*node["enum"], *_ALSO_SCOPES]
            for value in node.values():
                widen(value)
        elif isinstance(node, list):
            for value in node:
                widen(value)

    widen(schema)
    return Draft7Validator(schema)


def _problems(validator: Draft7Validator, instance: Json, where: str) -> list[str]:
    problems = []
    for error in validator.iter_errors(instance):
        deepest = _deepest(error)
        path = "/".join(map(str, deepest.absolute_path))
        problems.append(f"{where}/{path}: {deepest.message[:160]}")
    return problems


def _deepest(error: ValidationError) -> ValidationError:
    """In a union, the complaint of the branch that was meant."""
    while error.context:
        error = max(
            error.context,
            key=lambda e: (e.validator not in {"const", "enum"}, len(e.absolute_path)),
        )
    return error
