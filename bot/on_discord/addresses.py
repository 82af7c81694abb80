"""Where Discord is: its own address, or another one for tests against a local Discord.

discord.py knows its addresses as attributes of classes, so they hold for the process.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp
import discord
import yarl
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route


@asynccontextmanager
async def pointed_at(api: str | None, token: str) -> AsyncIterator[None]:
    """Within it, discord.py talks to ``api``, and to the gateway that this one names.

    Raises GatewayNotFound where nothing answers there, LoginFailure where the token is
    not known.
    """
    if api is None:
        yield
        return
    base = api.rstrip("/")
    before = (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE)
    gateway = await _gateway(base, token)
    Route.BASE = base
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    Asset.BASE = str(yarl.URL(base).origin())
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE = before


async def _gateway(base: str, token: str) -> str:
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(
                f"{base}/gateway", headers={"Authorization": f"Bot {token}"}
            ) as response,
        ):
            if response.status == HTTPStatus.UNAUTHORIZED:
                raise discord.LoginFailure
            return str((await response.json(content_type=None))["url"])
    except (aiohttp.ClientError, ValueError, KeyError, TypeError) as error:
        raise discord.GatewayNotFound from error
