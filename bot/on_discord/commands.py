"""The commands as Discord is told of them, in every language, and how one is read.

They are data, not decorated functions: what is registered is one payload, whose
fingerprint tells whether Discord has to be told again, and all that arrives is handed on
in one way. A command's own name is its English one; people see the one of their language.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from discord import AppCommandOptionType, AppCommandType, ChannelType, Permissions

from bot.catalogue import DEFAULT, Words
from bot.on_discord.shapes import COMMANDS, KB, SCOPE, SETTINGS, Choice, Shape

Payload: TypeAlias = dict[str, Any]
Catalogues: TypeAlias = Mapping[str, Words]

LOCALES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("en-US", "en-GB"),
    "es": ("es-ES", "es-419"),
    "pt": ("pt-BR",),
}
"""Discord's locales of a language of the bot; its own code for all others."""

LONGEST_NAME = 32
LONGEST_DESCRIPTION = 100
LONGEST_CHOICE = 100
MOST_CHOICES = 25

IN_SERVERS, WITH_BOT, ELSEWHERE = 0, 1, 2
BY_SERVER, BY_USER = 0, 1

EACH_READERS_OWN = "each"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Invoked:
    """A command that somebody sent: ``settings language`` and what was filled in.

    ``focused`` is the option that is being typed into.
    """

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    focused: str | None = None


def payload(catalogues: Catalogues) -> list[Payload]:
    """All commands, as Discord takes them, in the languages of these catalogues."""
    everywhere = {
        "contexts": [IN_SERVERS, WITH_BOT, ELSEWHERE],
        "integration_types": [BY_SERVER, BY_USER],
    }
    made = [
        _named(f"commands.{name}", name, catalogues)
        | {"type": AppCommandType.chat_input.value, **everywhere}
        | {
            "options": [
                _option(shape, f"commands.{name}", catalogues) for shape in shapes
            ]
        }
        for name, shapes in COMMANDS.items()
    ]
    kb = _nested("kb", KB, catalogues)
    return [*made, _settings(catalogues), kb, _claim(catalogues) | everywhere]


def fingerprint(commands: Sequence[Payload]) -> str:
    """Changes where anything that Discord is told changes."""
    text = json.dumps(commands, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def invoked(data: Mapping[str, Any]) -> Invoked:
    """What somebody sent, or is still typing."""
    path, options = [str(data["name"])], list(data.get("options") or ())
    nested = (
        AppCommandOptionType.subcommand.value,
        AppCommandOptionType.subcommand_group.value,
    )
    while options and options[0]["type"] in nested:
        path.append(str(options[0]["name"]))
        options = list(options[0].get("options") or ())
    return Invoked(
        " ".join(path),
        {str(each["name"]): _value(each.get("value")) for each in options},
        next((str(each["name"]) for each in options if each.get("focused")), None),
    )


def locales(language: str) -> tuple[str, ...]:
    """Discord's names for a language of the bot."""
    return LOCALES.get(language, (language,))


def _value(value: object) -> str:
    match value:
        case bool():
            return YES if value else NO
        case None:
            return ""
        case _:
            return str(value)


def _settings(catalogues: Catalogues) -> Payload:
    """Only in servers where the bot is installed, and hidden from most people there.

    That hides them and grants nothing: rights are checked when one is used.
    """
    language = Shape(
        name="language",
        required=True,
        choices=(
            Choice(EACH_READERS_OWN, "settings.each"),
            *(Choice(code) for code in catalogues),
        ),
    )
    shapes = {**SETTINGS, "language": (language, SCOPE)}
    return _nested("settings", shapes, catalogues) | {
        "default_member_permissions": Permissions(manage_guild=True).value
    }


def _nested(
    name: str, shapes: Mapping[str, tuple[Shape, ...]], catalogues: Catalogues
) -> Payload:
    """A command with sub-commands, only in servers where the bot is installed."""
    key = f"commands.{name}"
    subcommands = [
        _named(f"{key}.commands.{inner}", inner, catalogues)
        | {
            "type": AppCommandOptionType.subcommand.value,
            "options": [
                _option(shape, f"{key}.commands.{inner}", catalogues)
                for shape in options
            ],
        }
        for inner, options in shapes.items()
    ]
    return _named(key, name, catalogues) | {
        "type": AppCommandType.chat_input.value,
        "contexts": [IN_SERVERS],
        "integration_types": [BY_SERVER],
        "options": subcommands,
    }


def _claim(catalogues: Catalogues) -> Payload:
    """The entry in the menu of any message; such names may have spaces and capitals."""
    names = {
        locale: words("commands.claim.name")[:LONGEST_NAME]
        for locale, words in _localised(catalogues, "commands.claim.name")
    }
    return {
        "type": AppCommandType.message.value,
        "name": catalogues[DEFAULT]("commands.claim.name")[:LONGEST_NAME],
        "name_localizations": names,
    }


def _option(shape: Shape, command: str, catalogues: Catalogues) -> Payload:
    own = f"{command}.options.{shape.name}"
    key = own if f"{own}.name" in catalogues[DEFAULT] else shape.words or own
    made = _named(key, shape.name, catalogues) | {
        "type": shape.type.value,
        "required": shape.required,
    }
    if shape.completed:
        made["autocomplete"] = True
    if shape.choices:
        made["choices"] = [_choice(each, catalogues) for each in shape.choices]
    if shape.type is AppCommandOptionType.channel:
        made["channel_types"] = [ChannelType.text.value, ChannelType.news.value]
    return made


def _choice(choice: Choice, catalogues: Catalogues) -> Payload:
    if not choice.key:  # a language is named in its own words
        name = catalogues[choice.value].language_name(choice.value)
        return {"name": name[:LONGEST_CHOICE], "value": choice.value}
    return {
        "name": catalogues[DEFAULT](choice.key)[:LONGEST_CHOICE],
        "name_localizations": {
            locale: words(choice.key)[:LONGEST_CHOICE]
            for locale, words in _localised(catalogues, choice.key)
        },
        "value": choice.value,
    }


def _named(key: str, name: str, catalogues: Catalogues) -> Payload:
    """Its own name, by which it comes back, and what people call it."""
    describing = f"{key}.description"
    return {
        "name": name,
        "name_localizations": {
            locale: _as_name(words(f"{key}.name"))
            for locale, words in _localised(catalogues, f"{key}.name")
        },
        "description": catalogues[DEFAULT](describing)[:LONGEST_DESCRIPTION],
        "description_localizations": {
            locale: words(describing)[:LONGEST_DESCRIPTION]
            for locale, words in _localised(catalogues, describing)
        },
    }


def _localised(catalogues: Catalogues, key: str) -> Iterable[tuple[str, Words]]:
    """Discord's locales whose language has a word for it."""
    for language, words in sorted(catalogues.items()):
        if key in words:
            for locale in locales(language):
                yield locale, words


def _as_name(name: str) -> str:
    return "-".join(name.lower().split())[:LONGEST_NAME]
