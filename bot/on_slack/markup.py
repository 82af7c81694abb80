"""What Slack makes of typed text → the text that was typed. (pure)

See https://docs.slack.dev/messaging/formatting-message-text.
"""

import html
import re

_CONTROL = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def plain(text: str, bot: str = "") -> str:
    """The words alone: mentions of the bot taken off, others and links by their labels."""

    def shown(match: re.Match[str]) -> str:
        sign, target, label = match[1], match[2], match[3]
        if sign == "@":
            return "" if target == bot else f"@{label or target}"
        if sign == "#":
            return f"#{label or target}"
        if sign == "!":
            return _special(target, label)
        return label or target.removeprefix("mailto:")

    return _unescaped(_CONTROL.sub(shown, text)).strip()


def mentions(text: str, user: str) -> bool:
    """Whether this person, or bot, is mentioned."""
    return any(m[1] == "@" and m[2] == user for m in _CONTROL.finditer(text))


def channel_in(text: str) -> str | None:
    """The id of the first channel that is named."""
    return next((m[2] for m in _CONTROL.finditer(text) if m[1] == "#"), None)


def group_in(text: str) -> str | None:
    """The id of the first user group that is named."""
    named = (m[2] for m in _CONTROL.finditer(text) if m[1] == "!")
    return next(
        (n.removeprefix("subteam^") for n in named if n.startswith("subteam^")), None
    )


def _special(target: str, label: str | None) -> str:
    """``<!here>``, ``<!subteam^S1|@team>``, ``<!date^…|yesterday>``."""
    if label:
        return label
    return "" if "^" in target else f"@{target}"


def _unescaped(text: str) -> str:
    """Slack escapes these three and no others."""
    entities = re.compile(r"&(?:amp|lt|gt);")
    return entities.sub(lambda match: html.unescape(match[0]), text)
