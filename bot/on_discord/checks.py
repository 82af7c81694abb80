"""What `quis doctor --online` looks at: the token, the intents, the commands. Read only."""

from pathlib import Path

import discord

from bot.cards import Mark
from bot.catalogue import Words, languages
from bot.catalogue import words as words_of
from bot.findings import Finding
from bot.on_discord.addresses import pointed_at
from bot.on_discord.commands import Payload, fingerprint, payload
from bot.on_discord.registering import noted
from bot.on_discord.servers import invite_link


async def look(
    token: str,
    words: Words,
    *,
    api: str | None = None,
    data: Path | None = None,
    read_all: bool = False,
) -> tuple[Finding, ...]:
    """Log in without connecting, and see what Discord says of us. Raises nothing.

    ``read_all``: the words of all messages are wanted, so it has to allow that.
    """
    name = words("cli.online.token", platform="Discord")
    client = discord.Client(intents=discord.Intents(guilds=True))
    try:
        async with pointed_at(api, token), client:
            await client.login(token)
            return await _seen(client, words, data, read_all=read_all)
    except discord.LoginFailure:
        advice = words("cli.online.discord-token-advice")
        return (Finding(name, words("cli.online.refused"), Mark.BAD, advice),)
    except (discord.DiscordException, OSError) as error:
        value = words("cli.online.unreachable", error=type(error).__name__)
        return (Finding(name, value, Mark.BAD, words("cli.online.unreachable-advice")),)


async def _seen(
    client: discord.Client, words: Words, data: Path | None, *, read_all: bool
) -> tuple[Finding, ...]:
    app = await client.application_info()
    us = client.user
    found = [
        Finding(
            words("cli.online.token", platform="Discord"),
            words("cli.online.signed-in", name=f"@{us.name}" if us else app.name),
        ),
        _intents(app.flags, words, read_all=read_all),
        await _commands(client, app.id, words, data),
        Finding(words("cli.online.invite"), invite_link(app.id)),
    ]
    return tuple(found)


def _intents(
    flags: discord.ApplicationFlags, words: Words, *, read_all: bool
) -> Finding:
    """Whether the application may ask for what is wanted; else it is not connected."""
    name = words("cli.online.intents")
    if not read_all:
        return Finding(name, words("cli.online.no-intent"))
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return Finding(name, words("cli.online.content-on"))
    advice = words("cli.online.content-advice")
    return Finding(name, words("cli.online.content-off"), Mark.BAD, advice)


async def _commands(
    client: discord.Client, application: int, words: Words, data: Path | None
) -> Finding:
    """Whether Discord knows the commands as they are now; `quis run` tells it."""
    ours = payload({code: words_of(code) for code in languages()})
    theirs = await client.http.get_global_commands(application)
    known = {(each["name"], int(each.get("type", 1))) for each in theirs}
    wanted = {_named(each) for each in ours}
    value = words("cli.online.commands-of", known=len(known & wanted), all=len(wanted))
    told = noted(data).get(str(application))
    if known == wanted and told == fingerprint(ours):
        return Finding(words("cli.online.commands"), value)
    advice = words("cli.online.commands-advice")
    return Finding(words("cli.online.commands"), value, Mark.ATTENTION, advice)


def _named(command: Payload) -> tuple[str, int]:
    return str(command["name"]), int(command.get("type", 1))
