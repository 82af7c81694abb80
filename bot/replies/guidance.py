"""What the bot is, what can be asked, and what is kept: help, privacy, the first word."""

from collections.abc import Iterator

from bot.cards import (
    Action,
    Actions,
    Block,
    Button,
    Card,
    Fact,
    Facts,
    Heading,
    Line,
    Notice,
)
from bot.catalogue import Words, words

COMMANDS = (
    "ask",
    "vendor",
    "country",
    "law",
    "coverage",
    "sources",
    "timeline",
    "dossier",
    "watch",
    "watches",
    "why",
    "help",
    "privacy",
    "settings",
    "kb",
)
"""All commands, as both platforms have them; their words are in the catalogue."""

SLACK_PREFIX = "quis-"
"""Slack has one list of commands for all apps, so ours must not be anybody else's."""

SLACK_PLAIN = frozenset({"ask"})


def typed(command: str, platform: str, language: str | None = None) -> str:
    """A command as it is typed on a platform: Discord's are in the reader's language."""
    if platform == "slack":
        return f"/{'' if command in SLACK_PLAIN else SLACK_PREFIX}{command}"
    return f"/{words(language)(f'commands.{command}.name')}"


def invocation(
    command: str, name: str, platform: str, language: str | None = None
) -> str:
    """A sub-command as it is typed: Slack's are part of a line, and so have one name."""
    if platform != "slack":
        name = words(language)(f"commands.{command}.commands.{name}.name")
    return f"{typed(command, platform, language)} {name}"


def help_card(platform: str, language: str | None = None) -> Card:
    """What can be done and how; that there is no yes or no is said here, once."""
    spoken = words(language)
    commands = tuple(
        Fact(typed(name, platform, language), spoken(f"commands.{name}.description"))
        for name in COMMANDS
    )
    blocks: list[Block] = [
        Line(spoken("help.what")),
        Line(spoken("help.no-verdict")),
        Heading(spoken("help.ways-title")),
        *_ways(platform, spoken),
        Heading(spoken("help.commands-title")),
        Facts(commands, spoken.colon),
        Line(spoken("help.corrections")),
    ]
    return Card(spoken("help.title"), tuple(blocks))


def _ways(platform: str, words: Words) -> Iterator[Line]:
    """The ways to ask; those that are called otherwise elsewhere by their platform."""
    ask = typed("ask", platform, words.language)
    yield Line(words("help.ways.command", command=ask))
    yield Line(words("help.ways.mention"))
    # Discord keeps back the words of messages that do not mention the bot.
    yield Line(
        words("help.ways.reply" if platform == "discord" else "help.ways.thread")
    )
    yield Line(words("help.ways.direct"))
    yield Line(words("help.ways.claim", menu=words("commands.claim.name")))


def privacy(
    language: str | None = None, *, keeps_refused: bool = False, listens: bool = False
) -> Card:
    """What is kept of whom, for how long.

    ``keeps_refused``: this server keeps the texts of refused questions. ``listens``: in
    this channel the bot also reads what is not addressed to it.
    """
    spoken = words(language)
    said = ["question", "memory", "posts", "letters", "feedback", "moderators"]
    said += ["refused"] if keeps_refused else []
    said += ["listens"] if listens else ["unaddressed"]
    said += ["proposals", "rest", "uninstall"]
    button = spoken(f"button.{Action.TELL_ME}")
    lines = tuple(Line(spoken(f"privacy.{name}", button=button)) for name in said)
    return Card(spoken("privacy.title"), lines)


def moderators_lost(platform: str, language: str | None = None) -> Card:
    """To whoever manages a place: nothing can be posted in its moderators' channel."""
    spoken = words(language)
    command = invocation("settings", "moderators", platform, language)
    return Card(
        spoken("notice.moderators-lost.title"),
        (Notice(spoken("notice.moderators-lost.text", settings=command)),),
    )


def welcome(platform: str, language: str | None = None) -> Card:
    """The first message after installing; short."""
    spoken = words(language)
    ask, settings = (typed(c, platform, language) for c in ("ask", "settings"))
    return Card(
        spoken("welcome.title"),
        (
            Line(spoken("welcome.text")),
            Line(spoken("welcome.next", ask=ask, settings=settings)),
            Actions((Button(label=spoken("button.help"), action=Action.HELP),)),
        ),
    )
