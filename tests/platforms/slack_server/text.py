"""Slack's text: what typing makes of it, what is seen of it, whom it notifies."""

import re
from collections.abc import Iterable

from tests.platforms.slack_server.state import Workspace

_CONTROL = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_WEB = re.compile(r"https?://[^\s<>|]+")
_NAME = re.compile(r"@([\w.-]*\w)")
_BROADCAST = {"here", "channel", "everyone"}
_LINK_SCHEMES = ("http://", "https://", "mailto:", "tel:", "slack:")
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)[^)]*\)")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, workspace: Workspace) -> str:
    """What an app is sent when a person types this.

    ``@name`` of somebody there is a mention, ``@here`` a broadcast, a web address a
    link; all else is escaped.
    """
    names = {user.name.lower(): user for user in workspace.users.values()}

    def mention(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name in _BROADCAST:
            return f"<!{name}>"
        if name in names:
            return f"<@{names[name].id}>"
        return match[0]

    linked = _WEB.sub(lambda match: f"<{match[0]}>", escape(text))
    return _NAME.sub(mention, linked)


def escaped(text: str, workspace: Workspace) -> str:
    """``#channel`` and ``@group`` behind a command whose ``should_escape`` is set."""
    for channel in workspace.channels.values():
        here = rf"(?<!\S)#{re.escape(channel.name)}(?!\S)"
        text = re.sub(here, f"<#{channel.id}|{channel.name}>", text)
    for group in workspace.groups.values():
        here = rf"(?<!\S)@{re.escape(group.handle)}(?!\S)"
        text = re.sub(here, f"<!subteam^{group.id}|@{group.handle}>", text)
    return text


def seen(text: str, names: dict[str, str] | None = None) -> str:
    """What a reader sees: labels for links, names for mentions, nothing escaped."""

    def show(match: re.Match[str]) -> str:
        sign, target, label = match.groups()
        if sign == "@":
            return f"@{label or (names or {}).get(target, target)}"
        if sign == "#":
            return f"#{label or target}"
        if sign == "!":
            return label if label is not None else f"@{target}"
        return label or target if target.startswith(_LINK_SCHEMES) else match[0]

    return unescape(_CONTROL.sub(show, text))


def links(text: str) -> list[tuple[str, str]]:
    """Label and address of every link, of Slack's kind and of Markdown's."""
    found = [
        (unescape(match[3] or match[2]), unescape(match[2]))
        for match in _CONTROL.finditer(text)
        if not match[1] and match[2].startswith(_LINK_SCHEMES)
    ]
    return found + [(m[1], m[2]) for m in _MARKDOWN_LINK.finditer(text)]


def notified(texts: Iterable[str]) -> list[str]:
    """Who is mentioned for real in these: ``<!here>``, ``<@U…>``, ``<!subteam^S…>``."""
    found = []
    for text in texts:
        for match in _CONTROL.finditer(text):
            target = match[2]
            broadcast = match[1] == "!" and (
                target in _BROADCAST or target.startswith("subteam^")
            )
            if broadcast or match[1] == "@":
                found.append(f"<{match[1]}{target}>")
    return found


def rich_text(text: str) -> list[dict[str, object]]:
    """The block that Slack's client sends along with what was typed."""
    elements: list[dict[str, object]] = []
    position = 0
    for match in _CONTROL.finditer(text):
        if match.start() > position:
            before = unescape(text[position : match.start()])
            elements.append({"type": "text", "text": before})
        position = match.end()
        sign, target = match[1], match[2]
        if sign == "@":
            elements.append({"type": "user", "user_id": target})
        elif sign == "!" and target in _BROADCAST:
            elements.append({"type": "broadcast", "range": target})
        elif sign == "":
            elements.append({"type": "link", "url": unescape(target)})
    if position < len(text):
        elements.append({"type": "text", "text": unescape(text[position:])})
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]
