"""What `quis doctor --online` looks at: the tokens, their scopes, the socket. Read only."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.resources import files

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.cards import Mark
from bot.catalogue import Words
from bot.findings import Finding
from bot.on_slack.faults import REFUSED, code
from bot.on_slack.workspace import web_client

APART = 60
"""Seconds between two clocks that are no cause for a word; Slack bears 300 (signed HTTP)."""


async def look(
    tokens: str,
    words: Words,
    *,
    app_token: str | None = None,
    api: str | None = None,
) -> tuple[Finding, ...]:
    """Ask Slack whose the tokens are and what they may do. Raises nothing."""
    found: list[Finding] = []
    async with aiohttp.ClientSession() as session:
        for token in filter(None, (each.strip() for each in tokens.split(","))):
            found += await _of_bot(token, words, api, session)
        if app_token is not None:
            found.append(await _of_app(app_token, words, api, session))
    found.append(Finding(words("cli.online.commands"), words("cli.online.by-manifest")))
    return tuple(found)


async def _of_bot(
    token: str, words: Words, api: str | None, session: aiohttp.ClientSession
) -> list[Finding]:
    name = words("cli.online.token", platform="Slack")
    try:
        me = await web_client(token, api, session).auth_test()
    except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
        return [_failed(name, words, error, "cli.online.slack-token-advice")]
    signed_in = words("cli.online.signed-in", name=f"@{me['user']} · {me['team']}")
    headers = {str(k).lower(): v for k, v in (me.headers or {}).items()}
    granted = headers.get("x-oauth-scopes")
    clock = _clock(headers, words)
    return [Finding(name, signed_in), _scopes(granted, words), *clock]


def _clock(headers: Mapping[str, object], words: Words) -> Iterator[Finding]:
    """Whether this machine's clock is so far from Slack's that signed requests fail."""
    try:
        there = parsedate_to_datetime(str(headers["date"]))
        off = round(abs((datetime.now(UTC) - there).total_seconds()))
    except (LookupError, ValueError, TypeError):  # none is told, or one without a zone
        return
    if off > APART:
        value = words("cli.online.clock-off", seconds=off)
        advice = words("cli.online.clock-advice")
        yield Finding(words("cli.doctor.clock"), value, Mark.ATTENTION, advice)


def _scopes(granted: object, words: Words) -> Finding:
    """Those of the manifest; without one of them something fails one day."""
    name = words("cli.online.scopes")
    if granted is None:
        return Finding(name, words("cli.online.not-told"), Mark.NONE)
    text = granted if isinstance(granted, str) else ",".join(map(str, _listed(granted)))
    held = {scope.strip() for scope in text.split(",")}
    lacking = sorted(_wanted() - held)
    if not lacking:
        return Finding(name, words("cli.online.all-there"))
    listed = ", ".join(lacking)
    value = words("cli.online.lacking", names=listed)
    return Finding(name, value, Mark.ATTENTION, words("cli.online.scopes-advice"))


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _wanted() -> set[str]:
    text = files("bot.on_slack").joinpath("manifest.json").read_text("utf-8")
    return set(json.loads(text)["oauth_config"]["scopes"]["bot"])


async def _of_app(
    token: str, words: Words, api: str | None, session: aiohttp.ClientSession
) -> Finding:
    """Whether a socket would be opened; none is."""
    name = words("cli.online.socket")
    client = web_client(token, api, session)
    try:
        await client.apps_connections_open(app_token=token)
    except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
        return _failed(name, words, error, "cli.online.slack-app-advice")
    return Finding(name, words("cli.online.ready"))


def _failed(name: str, words: Words, error: Exception, advice: str) -> Finding:
    """Refused for good, or only out of reach."""
    told = code(error)
    if isinstance(error, SlackApiError) and (
        told in REFUSED or told == "missing_scope"
    ):
        value = f"{words('cli.online.refused')} ({told})"
        return Finding(name, value, Mark.BAD, words(advice))
    value = words("cli.online.unreachable", error=told)
    return Finding(name, value, Mark.BAD, words("cli.online.unreachable-advice"))
