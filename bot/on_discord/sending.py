"""A message sent once, however often it takes."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

import aiohttp
import discord
import structlog

from bot.on_discord.render import Drawn

Messageable: TypeAlias = "discord.abc.Messageable"

CANNOT_REPLY: Final = 160002
"""A code: https://docs.discord.com/developers/topics/opcodes-and-status-codes."""

AGAIN_AFTER: Final = (0.5, 2.0)
"""Seconds until a message is sent again that Discord did not take."""

NOBODY: Final = discord.AllowedMentions.none()
"""Said with edits of the bot's own messages: discord.py 2.7.1 leaves out the client's
default where an edit has no ``content``, and then all mentions in it notify."""


async def send(
    channel: Messageable, drawn: Drawn, to: discord.Message | None, nonce: str = ""
) -> discord.Message:
    """Send it once, however often it takes: by the nonce Discord knows it again."""
    nonce = nonce or secrets.token_hex(8)

    async def plainly() -> discord.Message:
        return await channel.send(view=drawn.view, files=drawn.files(), nonce=nonce)

    async def in_reply() -> discord.Message:
        if to is None:
            return await plainly()
        return await channel.send(
            view=drawn.view,
            files=drawn.files(),
            reference=to.to_reference(fail_if_not_exists=False),
            mention_author=False,
            nonce=nonce,
        )

    try:
        return await _patiently(in_reply)
    except discord.HTTPException as error:
        if error.code != CANNOT_REPLY:  # without the right to read what was written
            raise
        return await _patiently(plainly)


async def _patiently(
    sending: Callable[[], Awaitable[discord.Message]],
) -> discord.Message:
    """Again where Discord is out of order for a moment; discord.py leaves out some."""
    for wait in AGAIN_AFTER:
        try:
            return await sending()
        except (discord.DiscordServerError, aiohttp.ClientError) as error:
            structlog.get_logger().warning(
                "discord_sent_again", error=type(error).__name__
            )
        await asyncio.sleep(wait)
    return await sending()


def noted(event: str, error: discord.HTTPException) -> None:
    """Log that Discord refused something; its words may hold what people wrote."""
    structlog.get_logger().warning(
        f"discord_{event}", status=error.status, code=error.code
    )
