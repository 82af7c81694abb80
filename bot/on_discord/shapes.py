"""Every command and option that there is, by names; their words are in the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from discord import AppCommandOptionType

from knowledge.model import AnswersWhen, Relation, Rhythm, Role


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen; its label by the key of the catalogue."""

    value: str
    key: str = ""  # none: the name of the language ``value``


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An option of a command. ``words`` is another key to look its words up by."""

    name: str
    required: bool = False
    type: AppCommandOptionType = AppCommandOptionType.string
    completed: bool = False
    choices: tuple[Choice, ...] = ()
    words: str = ""


QUESTION = Shape(name="question", required=True, completed=True)
VENDOR = Shape(name="vendor", completed=True, words="commands.vendor.options.vendor")
COUNTRY = Shape(
    name="country", completed=True, words="commands.country.options.country"
)
SCOPE = Shape(
    name="scope",
    choices=(
        Choice("tenant", "settings.scope.tenant"),
        Choice("channel", "settings.scope.channel"),
    ),
)
WHEN = Shape(
    name="when",
    required=True,
    choices=tuple(Choice(each, f"settings.when.{each}") for each in AnswersWhen),
)
RHYTHM = Shape(
    name="rhythm",
    choices=tuple(Choice(each, f"rhythm.{each}") for each in Rhythm),
)
ROLE = Shape(
    name="role",
    required=True,
    choices=tuple(
        Choice(each, f"role.{each}")
        for each in (role.name.lower() for role in Role)
        if each != "reader"
    ),
)


def _must(shape: Shape) -> Shape:
    return Shape(
        name=shape.name, required=True, completed=shape.completed, words=shape.words
    )


COMMANDS: Final[Mapping[str, tuple[Shape, ...]]] = {
    "ask": (QUESTION,),
    "vendor": (_must(VENDOR),),
    "country": (_must(COUNTRY),),
    "law": (COUNTRY,),
    "coverage": (VENDOR, COUNTRY),
    "sources": (VENDOR, COUNTRY),
    "timeline": (_must(VENDOR), COUNTRY),
    "dossier": (_must(VENDOR), COUNTRY),
    "watch": (VENDOR, COUNTRY, RHYTHM),
    "watches": (),
    "why": (),
    "help": (),
    "privacy": (),
}
"""What everybody may use, wherever the bot is."""

SETTINGS: Final[Mapping[str, tuple[Shape, ...]]] = {
    "show": (),
    "language": (),  # its choices are the languages that there are
    "answers": (WHEN, SCOPE),
    "private": (
        Shape(name="private", required=True, type=AppCommandOptionType.boolean),
        SCOPE,
    ),
    "refused": (
        Shape(name="refused", required=True, type=AppCommandOptionType.boolean),
    ),
    "four-eyes": (
        Shape(name="four-eyes", required=True, type=AppCommandOptionType.boolean),
    ),
    "moderators": (Shape(name="channel", type=AppCommandOptionType.channel),),
    "roles": (
        ROLE,
        Shape(name="group", required=True, type=AppCommandOptionType.role),
    ),
}
"""Sub-commands for those who manage a server."""


DOCUMENT = Shape(
    name="document", required=True, completed=True, words="commands.kb.options.document"
)
FILE = Shape(
    name="file",
    type=AppCommandOptionType.attachment,
    words="commands.kb.options.file",
)
KB: Final[Mapping[str, tuple[Shape, ...]]] = {
    "add": (Shape(name="link", words="commands.kb.options.link"), FILE),
    "queue": (),
    "show": (DOCUMENT,),
    "correct": (DOCUMENT, FILE),
    "retract": (DOCUMENT,),
    "recheck": (DOCUMENT,),
    "vet": (DOCUMENT,),
    "link": (
        DOCUMENT,
        Shape(
            name="relation",
            required=True,
            choices=tuple(Choice(each, f"kb.relation.{each}") for each in Relation),
            words="commands.kb.options.relation",
        ),
        Shape(
            name="other",
            required=True,
            completed=True,
            words="commands.kb.options.other",
        ),
    ),
    "history": (DOCUMENT,),
    "impact": (DOCUMENT,),
    "vendor": (),
    "alias": (),
    "concept": (),
    "gaps": (),
}
"""Sub-commands for those who moderate; whether somebody does is asked when one is used."""
