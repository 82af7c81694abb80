"""What a button, a menu or a form carries: ``quis:<action>:<key>:<argument>``."""

from dataclasses import dataclass

from bot.cards import Action
from bot.cards.actions import OPENS_FORM
from bot.reception.messages import Command

FORM_COMMANDS = frozenset({"kb vendor", "kb alias", "kb concept"})
"""Commands that are answered by a form, where all is well; ``kb add`` may be."""


@dataclass(frozen=True, slots=True)
class Code:
    """A wish, the key of the post that it is about, and an argument. No right."""

    action: Action
    key: str = ""
    argument: str = ""

    @classmethod
    def read(cls, code: str) -> "Code | None":
        """What a component carries; None where it is none of ours."""
        prefix, _, rest = code.partition(":")
        action, _, rest = rest.partition(":")
        key, _, argument = rest.partition(":")
        if prefix != "quis" or action not in list(Action):
            return None
        return cls(Action(action), key, argument)

    @property
    def number(self) -> int:
        """The argument as a number; 0 where it is none."""
        digits = self.argument
        return int(digits) if digits.isascii() and digits.isdigit() else 0


def opens_form(code: str) -> bool:
    """Whether a press of this button is answered by a form, where all is well."""
    read = Code.read(code)
    return read is not None and read.action in OPENS_FORM


def command_opens_form(command: Command) -> bool:
    """The same of a command, with what was filled in."""
    if command.name == "kb add":
        return not (command.options or command.files)
    return command.name in FORM_COMMANDS
