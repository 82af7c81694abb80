"""Servers that the bot comes to, left while it was away, or answered in before."""

from typing import Final

import discord
import structlog

from bot.on_discord import receiving
from bot.on_discord.faults import FAULTS
from bot.on_discord.posting import Posting
from bot.on_discord.recent import Recent
from bot.on_discord.render import render
from bot.reception.messages import Caller, Receives

MOST_SILENT: Final = 5000
"""Threads of which is remembered that the bot did not answer in them."""

PERMISSIONS: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""All that it takes; the invitation asks for nothing else."""


def invite_link(application: int) -> str:
    """The address of the invitation, with the least permissions."""
    return discord.utils.oauth_url(
        application,
        permissions=PERMISSIONS,
        scopes=("bot", "applications.commands"),
    )


class Servers:
    """For one client. ``threads`` are those that the bot is known to have answered in."""

    def __init__(
        self,
        client: discord.Client,
        reception: Receives,
        posting: Posting,
        threads: Recent,
    ) -> None:
        self._client = client
        self._reception = reception
        self._posting = posting
        self._threads = threads
        self._silent = Recent(MOST_SILENT)

    async def forget_those_left(self) -> None:
        """Servers that removed the bot while it was away are wiped, too.

        Where one is missed, Discord is asked for all of them, so that no outage is
        taken for a farewell.
        """
        here = {str(guild.id) for guild in self._client.guilds}
        kept = await self._reception.known(receiving.PLATFORM)
        missed = [each for each in kept if each.id.isdigit() and each.id not in here]
        if not missed:
            return
        try:
            here |= {str(g.id) async for g in self._client.fetch_guilds(limit=None)}
        except FAULTS as error:  # the next session asks again
            structlog.get_logger().warning(
                "discord_not_asked", error=type(error).__name__
            )
            return
        for tenant in missed:
            if tenant.id not in here:
                await self._reception.gone(tenant)
                structlog.get_logger().info("discord_left")

    async def greet(self, guild: discord.Guild) -> None:
        """Once, after an invitation: one word where the server greets, if it may write there."""
        channel = guild.system_channel
        if channel is None or not channel.permissions_for(guild.me).send_messages:
            return
        caller = Caller(
            tenant=receiving.tenant_of(guild.id),
            channel=str(channel.id),
            user="",
            locale=guild.preferred_locale.value,
        )
        card = await self._reception.welcome(caller)
        if card is not None:
            await self._posting.post(channel, render(card))

    async def spoke_in(self, message: discord.Message) -> bool:
        """Whether the bot answered in this thread; after a restart the store is asked."""
        if not isinstance(message.channel, discord.Thread) or not message.content:
            return False
        thread = str(message.channel.id)
        if thread in self._threads:
            return True
        if not self._silent.add(thread):
            return False
        where = receiving.author_of(message)
        spoke = await self._reception.spoke_in(where.tenant, where.channel, thread)
        if spoke:
            self._threads.add(thread)
        return spoke
