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
