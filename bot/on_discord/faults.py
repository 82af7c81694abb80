"""What can go wrong with Discord."""

from typing import Final

import aiohttp
import discord

FAULTS: Final = (
    discord.DiscordException,
    aiohttp.ClientError,
    TimeoutError,
    OSError,
    ValueError,
)
"""What may be raised of a message that could not be sent; the next time it may be."""

TOO_MANY: Final = 429


def refused(error: BaseException) -> bool:
    """Whether Discord will not have it; after all else nobody knows, or it may yet."""
    passing = isinstance(error, discord.DiscordServerError)
    return (
        isinstance(error, discord.HTTPException)
        and not passing
        and error.status != TOO_MANY
    )
