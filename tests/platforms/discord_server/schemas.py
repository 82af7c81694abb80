"""The official schemas, where the folder that holds them is beside the repository.

``discord-openapi.json`` is Discord's own document (REST). The gateway's events are
described by schemas made from the package discord-api-types.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

SPECS = Path(__file__).parents[3].parent / "shared" / "platform" / "specs"
NOT_HERE = "the shared folder with the platforms' schemas is not here"

Json = dict[str, Any]
_URI = "urn:discord"
_JSON = ("content", "application/json", "schema")

# Documented keys that the OpenAPI document leaves out and discord.py sends.
_ALSO_ALLOWED: Json = {
    "RichEmbed": {"flags": {"type": "integer"}},
    "ApplicationCommandUpdateRequest": {"nsfw": {"type": "boolean"}},
    "ApplicationCommandCreateRequest": {"nsfw": {"type": "boolean"}},
    "IncomingWebhookUpdateRequestPartial": {"tts": {"type": "boolean"}},
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": {
        "tts": {"type": "boolean"}
    },
    "MessageEditRequestPartial": {"tts": {"type": "boolean"}},
}
# The API takes ids as numbers too, and discord.py sends some so.
_ANY_SNOWFLAKE: Json = {
    "anyOf": [
        {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"},
        {"type": "integer", "minimum": 0},
    ]
}
_EVENT_FILES = {
    "READY": "GatewayReadyDispatchData",
    "GUILD_CREATE": "GatewayGuildCreateDispatchData",
    "INTERACTION_CREATE": "APIInteraction",
}
_EVENT_OBJECTS = {
    "MESSAGE_CREATE": "MessageResponse",
    "MESSAGE_UPDATE": "MessageResponse",
    "THREAD_CREATE": "ThreadResponse",
    "THREAD_UPDATE": "ThreadResponse",
    "CHANNEL_CREATE": "GuildChannelResponse",
    "CHANNEL_DELETE": "GuildChannelResponse",
}


def schemas_are_here() -> bool:
    return (SPECS / "discord-openapi.json").is_file()


class Rest:
    """Requests and answers against the OpenAPI document.

    ``closed`` also refuses keys that a request must not have, which the document does
    not by itself.
    """

    def __init__(self, *, closed: bool) -> None:
        document = json.loads((SPECS / "discord-openapi.json").read_text("utf-8"))
        schemas = document["components"]["schemas"]
        if closed:
            schemas["SnowflakeType"] = _ANY_SNOWFLAKE
            for name, extra in _ALSO_ALLOWED.items():
                schemas[name]["properties"] |= extra
            for name, schema in schemas.items():
                if not name.endswith("Response"):
                    _close(schema)
        self._registry = Registry().with_resource(
            _URI, DRAFT202012.create_resource(document)
        )
        self._paths: Json = document["paths"]
        # Paths with fewer variables first: …/@original before …/{message_id}.
        self._patterns = [
            (re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path))), path)
            for path in sorted(self._paths, key=lambda path: path.count("{"))
        ]
        self._validators: dict[str, Draft202012Validator] = {}

    def request(self, method: str, path: str, body: Any) -> list[str]:
        template, operation = self._find(method, path)
        if operation is None:
            return [f"Discord documents no {method} {path}"]
        if "requestBody" not in operation:
            return [] if not body else [f"{method} {template} takes no body"]
        return self._problems(
            ["paths", template, method.lower(), "requestBody", *_JSON],
            body,
        )

    def answer(self, method: str, path: str, status: int, body: Any) -> list[str]:
        template, operation = self._find(method, path)
        if operation is None:
            return [f"Discord documents no {method} {path}"]
        if str(status) not in operation["responses"]:
            return [f"Discord documents no status {status} of {method} {template}"]
        if status == 204:
            return [] if body is None else ["204 has no body"]
        return self._problems(
            ["paths", template, method.lower(), "responses", str(status), *_JSON],
            body,
        )

    def object(self, name: str, body: Any) -> list[str]:
        return self._problems(["components", "schemas", name], body)

    def _find(self, method: str, path: str) -> tuple[str, Json | None]:
        for pattern, template in self._patterns:
            if pattern.fullmatch(path) and method.lower() in self._paths[template]:
                operation: Json = self._paths[template][method.lower()]
                return template, operation
        return "", None

    def _problems(self, steps: list[str], body: Any) -> list[str]:
        pointer = "".join("/" + _escaped(step) for step in steps)
        if pointer not in self._validators:
            self._validators[pointer] = Draft202012Validator(
                {"$ref": f"{_URI}#{pointer}"},
                registry=self._registry,
                format_checker=FormatChecker(),
            )
        return [
            _sentence(error) for error in self._validators[pointer].iter_errors(body)
        ]


@cache
def requests() -> Rest | None:
    """For what the bot sends."""
    return Rest(closed=True) if schemas_are_here() else None


@cache
def answers() -> Rest | None:
    """For what this server answers."""
    return Rest(closed=False) if schemas_are_here() else None


def event_problems(event: str, data: Json) -> list[str]:
    """What is wrong with an event of the gateway; nothing where no schema is known."""
    if not schemas_are_here():
        return []
    if event in _EVENT_FILES:
        errors = _event_validator(_EVENT_FILES[event]).iter_errors(data)
        return [_sentence(error) for error in errors]
    rest = answers()
    if rest is not None and event in _EVENT_OBJECTS:
        return rest.object(_EVENT_OBJECTS[event], data)
    return []


@cache
def _event_validator(name: str) -> Draft7Validator:
    schema = json.loads((SPECS / f"discord-{name}.schema.json").read_text("utf-8"))
    for each, definition in schema["definitions"].items():
        # Bit fields come out as enums of single bits; any combination is legal.
        if each.endswith(("Flags", "Flag")):
            definition.clear()
            definition |= {"type": "integer", "minimum": 0}
    return Draft7Validator(schema)


def _close(node: Any) -> None:
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            _close(value)
    elif isinstance(node, list):
        for value in node:
            _close(value)


def _escaped(step: str) -> str:
    step = step.replace("~", "~0").replace("/", "~1")
    return step.replace("{", "%7B").replace("}", "%7D")


def _sentence(error: Any) -> str:
    cause = _intended(error)
    place = "/".join(map(str, cause.absolute_path)) or "the whole"
    message = cause.message
    if len(message) > 120:  # it begins with the value, and ends in what is wrong
        message = f"{message[:50]}… {message[-60:]}"
    return f"{place}: {message}"


def _intended(error: Any) -> Any:
    """Of alternatives the branch that was meant: its ``type`` fits, it went deepest."""
    while error.context:
        branches: dict[Any, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        fitting = [
            errors
            for errors in branches.values()
            if not any(_wrong_type_tag(e) for e in errors)
            and not all(_is_null(e) for e in errors)
        ]
        pool = min(fitting, key=len) if fitting else error.context
        error = max(pool, key=lambda e: (not _wrong_type_tag(e), len(e.absolute_path)))
    return error


def _wrong_type_tag(error: Any) -> bool:
    tagged = error.validator in {"enum", "const"} and bool(error.absolute_path)
    return tagged and error.absolute_path[-1] == "type"


def _is_null(error: Any) -> bool:
    return bool(error.validator == "type" and error.validator_value == "null")
