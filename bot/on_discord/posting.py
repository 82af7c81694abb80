"""Messages in channels: replies, what is told of our own accord, and later edits."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final, TypeAlias

import aiohttp
import discord
import structlog

from bot.cards import Actions, Block
from bot.on_discord.receiving import place_of
from bot.on_discord.render import Drawn, render
from bot.on_discord.standing import Standing, number_of
from bot.reception.messages import Receives, Reply, ToTell, Visibility
from knowledge.model import Place

Messageable: TypeAlias = "discord.abc.Messageable"

CANNOT_REPLY: Final = 160002
"""A code: https://docs.discord.com/developers/topics/opcodes-and-status-codes."""

AGAIN_AFTER: Final = (0.5, 2.0)
"""Seconds until a message is sent again that Discord did not take."""

NOBODY: Final = discord.AllowedMentions.none()
"""Said with edits of the bot's own messages: discord.py 2.7.1 leaves out the client's
default where an edit has no ``content``, and then all mentions in it notify."""


ARCHIVED: Final = 50083
BAD_FORM: Final = 50035


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
        self._standing = Standing(client)

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

    async def tell(self, notice: ToTell) -> Place | None:
        """Tell it. None where it never can be; raises HTTPException to be tried again."""
        drawn = render(notice.card)
        drawn.view.children[0].id = number = number_of(notice, drawn)
        try:
            if (edit := notice.edit) is not None:
                channel = self.channel(edit.thread or edit.channel)
                partial = channel.get_partial_message(int(edit.message))
                if notice.again and await self._standing.edited(partial, number):
                    return edit
                sent = await self._edit(partial, drawn)
            elif notice.reply_to is not None:
                return await self._reply_to(notice.reply_to, notice, drawn)
            elif notice.channel is not None:
                return await self._in_channel(notice.channel, notice, drawn)
            elif notice.user is not None:
                return await self._directly(notice.user, notice, drawn)
            else:
                return None
        except (discord.Forbidden, discord.NotFound) as error:
            _note("cannot_tell", error)
            return None
        return place_of(sent)

    async def _edit(
        self, message: discord.PartialMessage, drawn: Drawn
    ) -> discord.Message:
        """In a thread that was archived meanwhile, once that is opened again."""

        async def edited() -> discord.Message:
            return await message.edit(
                view=drawn.view, attachments=drawn.files(), allowed_mentions=NOBODY
            )

        try:
            return await edited()
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
        await self._client.http.edit_channel(message.channel.id, archived=False)
        return await edited()

    async def _reply_to(
        self, place: Place, notice: ToTell, drawn: Drawn
    ) -> Place | None:
        """Under one of the bot's messages; None where that is gone."""
        channel = self.channel(place.thread or place.channel)
        if notice.again:
            there = await self._standing.under(channel, place, notice)
            if there is not None:
                return there
        nonce = _nonce(notice)
        reference = discord.MessageReference(
            message_id=int(place.message), channel_id=channel.id
        )
        try:
            sent = await channel.send(
                view=drawn.view,
                files=drawn.files(),
                reference=reference,
                mention_author=False,
                nonce=nonce,
            )
        except discord.HTTPException as error:
            if error.code not in (CANNOT_REPLY, BAD_FORM):
                raise
            if error.code == BAD_FORM:  # there is no such message to reply to
                _note("cannot_tell", error)
                return None
            sent = await channel.send(view=drawn.view, files=drawn.files(), nonce=nonce)
        return place_of(sent)

    async def _directly(self, user: str, notice: ToTell, drawn: Drawn) -> Place:
        """To one person; where a process that ended sent it already, no more is said."""
        direct = await self._client.create_dm(discord.Object(int(user)))
        if notice.again:
            number = number_of(notice, drawn)
            there = await self._standing.numbered(direct, number)
            if there is not None:
                return there
        return place_of(await _send(direct, drawn, None, _nonce(notice)))

    async def _in_channel(
        self, where: str, notice: ToTell, drawn: Drawn
    ) -> Place | None:
        """By itself in a channel; where it stands already, nothing more is said."""
        channel = self.channel(where)
        if notice.again and notice.mark:
            there = await self._standing.in_channel(channel, notice.mark)
            if there is not None:
                return there
        return place_of(await _send(channel, drawn, None, _nonce(notice)))

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
            return place_of(await _send(channel, drawn, to))
        except (discord.Forbidden, discord.NotFound) as error:
            _note("cannot_post", error)
            return None

    async def elsewhere(self, reply: Reply) -> bool:
        """In the channel that a reply names; False where nothing can be posted there."""
        if reply.card is None or reply.channel is None:
            return True
        try:
            sent = await self.post(self.channel(reply.channel), render(reply.card))
        except discord.HTTPException as error:  # another time, by ``tell``
            _note("not_posted", error)
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


def bucket_of(notice: ToTell) -> tuple[str, str | None]:
    """Discord limits a channel's new messages and its edits, each by themselves."""
    place = notice.edit or notice.reply_to
    where = (place.thread or place.channel) if place else notice.channel
    return ("edit" if notice.edit else "send", where or notice.user)


def _nonce(notice: ToTell) -> str:
    """The same in every process: Discord knows a repetition by it for some minutes."""
    return sha256(notice.id.encode()).hexdigest()[:16]


def _without_actions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Actions))


async def _send(
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


def _note(event: str, error: discord.HTTPException) -> None:
    structlog.get_logger().warning(
        f"discord_{event}", status=error.status, code=error.code
    )
