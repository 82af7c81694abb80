"""Messages in channels: replies, and what is posted beside them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import discord

from bot.cards import Actions, Block
from bot.on_discord.receiving import place_of
from bot.on_discord.render import Drawn, render
from bot.on_discord.sending import noted, send
from bot.reception.messages import Receives, Reply, Visibility
from knowledge.model import Place


class Posting:
    """Posts for one client. ``spoke_in`` is told of every thread that it posted in."""

    def __init__(
        self,
        client: discord.Client,
        reception: Receives,
        spoke_in: Callable[[str], object],
    ) -> None:
        self._client = client
        self._reception = reception
        self._spoke_in = spoke_in

    async def reply(
        self,
        message: discord.Message,
        working: Awaitable[Reply | None],
        *,
        patience: float,
        typing: bool,
    ) -> None:
        """Answer a message in its place; nothing where nothing is to be said."""
        task = asyncio.ensure_future(working)
        try:
            await asyncio.wait({task}, timeout=patience)
            if not task.done() and typing:
                with suppress(discord.HTTPException):
                    await message.channel.typing()
            reply = await task
        finally:
            task.cancel()
        if reply is None or reply.card is None:
            return
        drawn = render(reply.card)
        match reply.visibility:
            case Visibility.ELSEWHERE if reply.channel is not None:
                sent = await self.post(self.channel(reply.channel), drawn)
            case Visibility.PRIVATE if message.guild is not None:
                # Nobody else may see it, and in a channel everybody would. Its buttons
                # belong to the server, and find no answer from direct messages.
                bare = replace(reply.card, blocks=_without_actions(reply.card.blocks))
                await self.post(message.author, render(bare))
                return
            case _:
                sent = await self.post(message.channel, drawn, to=message)
        await self.posted(reply.key, sent)

    def channel(self, channel: str) -> discord.PartialMessageable:
        """A channel or thread by its id, known or not."""
        return self._client.get_partial_messageable(int(channel))

    async def post(
        self, channel: Any, drawn: Drawn, *, to: discord.Message | None = None
    ) -> Place | None:
        """As an ordinary message; None where the bot may not, or nothing is there."""
        if channel is None:
            return None
        try:
            return place_of(await send(channel, drawn, to))
        except (discord.Forbidden, discord.NotFound) as error:
            noted("cannot_post", error)
            return None

    async def elsewhere(self, reply: Reply) -> bool:
        """In the channel that a reply names; False where nothing can be posted there."""
        if reply.card is None or reply.channel is None:
            return True
        try:
            sent = await self.post(self.channel(reply.channel), render(reply.card))
        except discord.HTTPException as error:  # another time, by ``tell``
            noted("not_posted", error)
            return True
        if sent is None:
            await self._reception.posted(reply.key, None)
            return False
        await self.posted(reply.key, sent)
        return True

    async def posted(self, key: str, place: Place | None) -> None:
        """Something public stands there; None: nowhere."""
        if place is None:
            return
        # A thread that is opened on a message has that message's id.
        self._spoke_in(place.thread or place.message)
        if key:
            await self._reception.posted(key, place)


def _without_actions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Actions))
