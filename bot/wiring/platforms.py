"""Which chat platforms the settings ask for, and how their clients are made.

A platform's package is imported when its token is set, and not before.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Protocol

from pydantic import SecretStr

from bot.catalogue import Words
from bot.config import Settings, variable
from bot.findings import Finding
from bot.reception.messages import Receives


class Client(Protocol):
    """Serves one platform."""

    @property
    def connected(self) -> bool:
        """Whether what happens at the platform reaches us at this moment."""
        ...

    async def run(self) -> None:
        """Serve until closed.

        Raises PermissionError where the platform refuses us for good, and anything else
        where another attempt may help.
        """
        ...

    async def close(self) -> None:
        """End the connection. Repeatable."""
        ...


Make = Callable[[Receives, Words], Client]
Look = Callable[[Words], Coroutine[object, object, tuple[Finding, ...]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A platform that something is set for.

    ``missing`` are the variables that are lacking; where none is, ``make`` makes its
    client and ``look`` asks the platform what it says of us. ``variable`` holds its token.
    """

    name: str
    variable: str
    missing: tuple[str, ...]
    make: Make
    look: Look


def wanted(settings: Settings) -> tuple[Wanted, ...]:
    """The platforms that the settings ask for, whole or in part."""
    found = []
    if settings.discord_token is not None:
        token = settings.discord_token
        found.append(
            Wanted(
                "Discord",
                variable("discord_token"),
                (),
                lambda reception, words: _discord(settings, token, reception, words),
                lambda words: _look_at_discord(settings, token, words),
            )
        )
    slack = (
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
        settings.slack_http,
    )
    if any(value is not None for value in slack):
        found.append(
            Wanted(
                "Slack",
                variable("slack_bot_token"),
                _missing_of_slack(settings),
                lambda reception, words: _slack(settings, reception, words),
                lambda words: _look_at_slack(settings, words),
            )
        )
    return tuple(found)


def _missing_of_slack(settings: Settings) -> tuple[str, ...]:
    """What Slack still needs: a bot token, and one of two ways to be reached."""
    lacking = [] if settings.slack_bot_token else ["slack_bot_token"]
    if settings.slack_signing_secret or settings.slack_http:
        if not settings.slack_app_token or settings.slack_http:
            lacking += [] if settings.slack_signing_secret else ["slack_signing_secret"]
            lacking += [] if settings.slack_http else ["slack_http"]
    elif not settings.slack_app_token:
        lacking.append("slack_app_token")
    return tuple(variable(field) for field in lacking)


def _discord(
    settings: Settings, token: SecretStr, reception: Receives, words: Words
) -> Client:
    from bot.on_discord.client import DiscordClient

    return DiscordClient(
        token.get_secret_value(),
        reception,
        words,
        api=settings.discord_api,
        data=settings.data,
        read_all=settings.discord_message_content,
        shards=settings.discord_shards,
    )


def _slack(settings: Settings, reception: Receives, words: Words) -> Client:
    from bot.on_slack.client import SlackClient

    return SlackClient(
        _bare(settings.slack_bot_token) or "",
        reception,
        words,
        # Who names an address to be reached at wants to be reached there.
        app_token=None if settings.slack_http else _bare(settings.slack_app_token),
        signing_secret=_bare(settings.slack_signing_secret),
        http=settings.slack_http,
        api=settings.slack_api,
    )


async def _look_at_discord(
    settings: Settings, token: SecretStr, words: Words
) -> tuple[Finding, ...]:
    from bot.on_discord.checks import look

    return await look(
        token.get_secret_value(),
        words,
        api=settings.discord_api,
        data=settings.data,
        read_all=settings.discord_message_content,
    )


async def _look_at_slack(settings: Settings, words: Words) -> tuple[Finding, ...]:
    from bot.on_slack.checks import look

    return await look(
        _bare(settings.slack_bot_token) or "",
        words,
        app_token=_bare(settings.slack_app_token),
        api=settings.slack_api,
    )


def _bare(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret is not None else None
