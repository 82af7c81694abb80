"""What can be done about a card: buttons and menus, and the wishes that they carry."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What a button asks for. It names a wish; whether it is granted is decided later."""

    MORE = "more"  # the passages that were not shown; argument: the last number shown
    CONTEXT = "context"  # the sentences around a quote; argument: its number
    COVERAGE = "coverage"
    WHY = "why"
    WRONG = "wrong"  # opens the form "Something wrong?"
    HELPFUL = "helpful"
    NOT_HELPFUL = "unhelpful"  # asks for the reason
    CITE = "cite"  # a passage as citations to copy; argument: its number
    EVIDENCE = "evidence"  # its evidence pack, as a file; argument: its number
    SHARE = "share"  # a private answer, here for all
    TELL_ME = "tell-me"  # of corrections of a private answer; again: no more
    DELETE = "delete"  # the bot's post, by its asker
    REQUEST = "request"  # opens the form "Ask the moderators"
    NOT_MEANT = "not-meant"  # a misspelt name was read as another
    COUNTRY = "country"  # a menu of a profile; its value: vendor and place, as below
    TIMELINE = "timeline"  # argument: vendor, place or both, see replies.About
    DOSSIER = "dossier"  # argument: vendor, perhaps place, see replies.About
    RESOLVE = "resolve"  # a report or request, by a moderator; see replies.Resolving
    WATCHES = "watches"  # what is watched in the channel; argument: of which bulletin
    UNWATCH = "unwatch"  # a menu of what is watched; its value: a watch's id
    SETTINGS = "settings"  # argument: which, and for where; see replies.Setting
    KB = "kb"  # what moderators do with documents; argument: see replies.kb.Doing
    KB_FORM = "kbf"  # the same, where a form is opened for it
    HELP = "help"


OPENS_FORM = frozenset(
    {Action.WRONG, Action.REQUEST, Action.NOT_HELPFUL, Action.KB_FORM}
)
"""What is granted by a form, which platforms take as the first answer alone, and soon."""


class Weight(StrEnum):
    """How a button stands among the others."""

    PLAIN = "plain"
    FIRST = "first"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A wish that can be pressed. ``key`` names a post whose state the store keeps.

    ``name`` says for a screen reader what it does where the label alone does not.
    """

    label: str
    action: Action
    key: str = ""
    argument: str = ""
    weight: Weight = Weight.PLAIN
    name: str = ""

    @property
    def code(self) -> str:
        """What a component carries; at most 100 characters."""
        return f"quis:{self.action}:{self.key}:{self.argument}"[:100]


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """One of several to choose from; each is a label and a value, at most 25.

    ``chosen`` is the value that holds now, where one does.
    """

    label: str
    action: Action
    options: tuple[tuple[str, str], ...]
    key: str = ""
    argument: str = ""
    chosen: str = ""

    @property
    def code(self) -> str:
        """What a component carries; at most 100 characters."""
        return f"quis:{self.action}:{self.key}:{self.argument}"[:100]


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be done about the card, the most important first."""

    buttons: tuple[Button, ...] = ()
    menus: tuple[Menu, ...] = ()
