"""The first response to an interaction: it comes in time, and is given once."""

from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, Final, TypeAlias

import aiohttp
import discord
import structlog

Interaction: TypeAlias = "discord.Interaction[Any]"

ACKNOWLEDGED_BY_ANOTHER: Final = 40060
"""A code: https://docs.discord.com/developers/topics/opcodes-and-status-codes."""


class AnsweredElsewhere(Exception):
    """Another process of this bot acknowledged the interaction first."""


async def acknowledge(interaction: Interaction, *, private: bool) -> None:
    """Win time. A press leaves its message as it is; anything else shows "thinking"."""
    pressed = interaction.type is discord.InteractionType.component

    async def defer() -> None:
        await interaction.response.defer(ephemeral=private, thinking=not pressed)

    try:
        try:
            await first(defer())
        except aiohttp.ClientError as error:
            structlog.get_logger().warning(
                "discord_acknowledged_again", error=type(error).__name__
            )
            await defer()
    except discord.NotFound:  # too late already; what can be said is said otherwise
        structlog.get_logger().warning("discord_acknowledged_late")
        return
    except (discord.HTTPException, aiohttp.ClientError) as error:
        if isinstance(error, discord.HTTPException) and (
            error.code != ACKNOWLEDGED_BY_ANOTHER
        ):
            raise
        if isinstance(error, discord.HTTPException):  # the first attempt did arrive
            interaction.extras["acknowledged"] = True
        else:  # none did, perhaps: what follows tries its own ways
            return
    interaction.extras["private"] = private


async def first(response: Awaitable[Any]) -> Any:
    """The first response. Raises AnsweredElsewhere where somebody else gave it."""
    try:
        return await response
    except discord.HTTPException as error:
        if error.code == ACKNOWLEDGED_BY_ANOTHER:
            raise AnsweredElsewhere from error
        raise


async def withdraw(interaction: Interaction) -> None:
    """There is nothing to say: "thinking" does not stay for ever."""
    pressed = interaction.type is discord.InteractionType.component
    with suppress(discord.NotFound):
        if not is_done(interaction):
            await first(
                interaction.response.defer(ephemeral=True, thinking=not pressed)
            )
        if not pressed:
            await interaction.delete_original_response()


def is_done(interaction: Interaction) -> bool:
    """Whether there was a first response; also one whose arrival discord.py missed."""
    return interaction.response.is_done() or "acknowledged" in interaction.extras


def is_private(interaction: Interaction) -> bool:
    """Whether its first response is seen by one person alone."""
    return bool(interaction.extras.get("private"))
