"""Interactions: acknowledged in time, and answered in whichever way is left.

The right to answer one ends after fifteen minutes, or was never won where the
acknowledgement came too late. Then what everybody may see is posted in the channel; what
one person alone may see cannot be said any more.
"""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, Final, TypeAlias

import discord
import structlog

from bot import replies
from bot.cards import Card
from bot.on_discord.forms import modal
from bot.on_discord.posting import NOBODY, Posting
from bot.on_discord.receiving import caller_of, place_of
from bot.on_discord.render import render
from bot.reception.messages import Reply, Visibility
from knowledge.model import Place

Interaction: TypeAlias = "discord.Interaction[Any]"

ACKNOWLEDGED_BY_ANOTHER: Final = 40060
NO_SUCH_INTERACTION: Final = 10062
NO_SUCH_WEBHOOK: Final = 10015
TOKEN_EXPIRED: Final = 50027
"""Codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes."""

SETTLES: Final = 0.1
CALM_WITHIN: Final = 3.0
"""Seconds without anybody new after which work is begun, and at the latest."""

OVER: Final = frozenset({NO_SUCH_INTERACTION, NO_SUCH_WEBHOOK, TOKEN_EXPIRED})


class AnsweredElsewhere(Exception):
    """Another process of this bot acknowledged the interaction first."""


class Responding:
    """Responds for one client."""

    def __init__(self, posting: Posting) -> None:
        self._posting = posting
        self._inside = 0
        self._acknowledging = 0
        self._latest = 0.0
        self._calming: asyncio.Task[None] | None = None

    async def respond(
        self,
        interaction: Interaction,
        working: Awaitable[Reply | None],
        *,
        private: bool,
        patience: float,
        forms: bool = False,
    ) -> None:
        """Acknowledge within ``patience`` seconds, and deliver the reply as it comes.

        ``private`` is the guess that is acknowledged with where the reply is not there.
        Nothing is acknowledged before the reply where ``forms`` may come of it.
        """
        self._inside += 1
        self._latest = time.monotonic()
        task: asyncio.Future[Reply | None] | None = None
        try:
            if not forms:
                await self._settle(interaction, private=private)
            task = asyncio.ensure_future(working)
            if not interaction.response.is_done():
                await asyncio.wait({task}, timeout=patience)
                if not task.done():
                    await _acknowledge(interaction, private=private)
            reply = await task
            await self._deliver(interaction, reply)
        except AnsweredElsewhere:
            pass
        except discord.HTTPException as error:
            structlog.get_logger().error(
                "discord_not_delivered", status=error.status, code=error.code
            )
            with suppress(discord.HTTPException):  # rather than "thinking" for ever
                await self._say(
                    interaction, replies.unexpected(language_of(interaction))
                )
        finally:
            self._inside -= 1
            if task is not None:
                task.cancel()
            elif asyncio.iscoroutine(working):
                working.close()

    async def _settle(self, interaction: Interaction, *, private: bool) -> None:
        """Where others are there too: acknowledge, and let all do so before work begins.

        Work takes the processor from those who have three seconds and no more. Measured
        with 200 who asked at once: where the first were answered at once, the last were
        acknowledged too late.
        """
        if self._inside == 1:
            await asyncio.sleep(SETTLES)
        if self._inside == 1:
            return
        self._acknowledging += 1
        try:
            await _acknowledge(interaction, private=private)
        finally:
            self._acknowledging -= 1
        if self._calming is None or self._calming.done():
            self._calming = asyncio.create_task(self._calm())
        await asyncio.shield(self._calming)

    async def _calm(self) -> None:
        ends = time.monotonic() + CALM_WITHIN
        while (now := time.monotonic()) < ends:
            if not self._acknowledging and now - self._latest >= SETTLES:
                return
            await asyncio.sleep(SETTLES / 2)

    async def _deliver(self, interaction: Interaction, reply: Reply | None) -> None:
        match reply:
            case None:
                await _withdraw(interaction)
                return
            case Reply(visibility=Visibility.NOWHERE):
                if interaction.response.is_done():
                    # The right to answer is ours, so the other process lost it.
                    busy = replies.busy(language_of(interaction))
                    await self._say(interaction, busy)
                return
            case Reply(visibility=Visibility.FORM, form=form) if form is not None:
                if not interaction.response.is_done():
                    await _first(interaction.response.send_modal(modal(form)))
                    return
                # A form can only be the first thing that is answered.
                await self._say(interaction, replies.busy(language_of(interaction)))
                return
            case Reply(visibility=Visibility.DELETE):
                await self._delete(interaction)
                if reply.card is not None:
                    await self._say(interaction, reply.card)
                return
            case Reply(visibility=Visibility.ELSEWHERE):
                await self._elsewhere(interaction, reply)
                return
            case Reply(card=None):
                await _withdraw(interaction)
                return
            case Reply(card=Card() as card, visibility=Visibility.EDIT):
                sent = await self._edit(interaction, card)
            case Reply(card=Card() as card):
                private = reply.visibility is not Visibility.PUBLIC
                sent = await self._say(interaction, card, private=private)
                if private:
                    return
            case _:
                return
        await self._posting.posted(reply.key, sent)

    async def _say(
        self, interaction: Interaction, card: Card, *, private: bool = True
    ) -> Place | None:
        """A message: the first response, in place of "thinking", or one that follows."""
        drawn = render(card)
        try:
            response = interaction.response
            if not response.is_done():
                sent = await _first(
                    response.send_message(
                        view=drawn.view, files=drawn.files(), ephemeral=private
                    )
                )
                return _place(interaction, sent.message_id)
            thinking = discord.InteractionResponseType.deferred_channel_message
            if response.type is thinking and _is_private(interaction) != private:
                # The first message would be seen by whom "thinking" is seen by; once
                # that is deleted, what follows is a message of its own:
                # https://github.com/discord/discord-api-docs/issues/2739
                await interaction.delete_original_response()
            message = await interaction.followup.send(
                view=drawn.view, files=drawn.files(), ephemeral=private, wait=True
            )
            return _place(interaction, message.id)
        except discord.HTTPException as error:
            if error.code not in OVER:
                raise
            return (
                None
                if private
                else await self._posting.post(interaction.channel, drawn)
            )

    async def _edit(self, interaction: Interaction, card: Card) -> Place | None:
        """The message that was pressed, in its place."""
        message = interaction.message
        if message is None:
            await self._say(interaction, card)
            return None
        drawn = render(card)
        try:
            if interaction.response.is_done():
                await interaction.edit_original_response(
                    view=drawn.view, attachments=drawn.files()
                )
            else:
                await _first(
                    interaction.response.edit_message(
                        view=drawn.view, attachments=drawn.files()
                    )
                )
        except discord.HTTPException as error:
            if error.code not in OVER or message.flags.ephemeral:
                raise
            await message.edit(
                view=drawn.view, attachments=drawn.files(), allowed_mentions=NOBODY
            )
        return None if message.flags.ephemeral else place_of(message)

    async def _delete(self, interaction: Interaction) -> None:
        """The message that was pressed; that it is gone already is as good."""
        with suppress(discord.NotFound):
            try:
                if not interaction.response.is_done():
                    await _first(interaction.response.defer())
                await interaction.delete_original_response()
            except discord.HTTPException as error:
                if error.code not in OVER or interaction.message is None:
                    raise
                await interaction.message.delete()

    async def _elsewhere(self, interaction: Interaction, reply: Reply) -> None:
        """First whoever asked is answered: another channel may be slow, or closed."""
        if reply.also is not None:
            await self._say(interaction, reply.also)
        else:
            await _withdraw(interaction)
        if reply.card is not None and reply.channel is not None:
            sent = await self._posting.post(
                self._posting.channel(reply.channel), render(reply.card)
            )
            await self._posting.posted(reply.key, sent)


async def _acknowledge(interaction: Interaction, *, private: bool) -> None:
    """Win time. A press leaves its message as it is; anything else shows "thinking"."""
    pressed = interaction.type is discord.InteractionType.component
    try:
        await _first(
            interaction.response.defer(ephemeral=private, thinking=not pressed)
        )
    except discord.NotFound:  # too late already; what can be said is said otherwise
        structlog.get_logger().warning("discord_acknowledged_late")
        return
    interaction.extras["private"] = private


async def _first(response: Awaitable[Any]) -> Any:
    """The first response. Raises AnsweredElsewhere where somebody else gave it."""
    try:
        return await response
    except discord.HTTPException as error:
        if error.code == ACKNOWLEDGED_BY_ANOTHER:
            raise AnsweredElsewhere from error
        raise


async def _withdraw(interaction: Interaction) -> None:
    """There is nothing to say: "thinking" does not stay for ever."""
    pressed = interaction.type is discord.InteractionType.component
    with suppress(discord.NotFound):
        if not interaction.response.is_done():
            await _first(
                interaction.response.defer(ephemeral=True, thinking=not pressed)
            )
        if not pressed:
            await interaction.delete_original_response()


def _place(interaction: Interaction, message: int | None) -> Place | None:
    """Where a message stands that answers an interaction."""
    caller = caller_of(interaction)
    return Place(caller.channel, str(message), caller.thread) if message else None


def _is_private(interaction: Interaction) -> bool:
    return bool(interaction.extras.get("private"))


def language_of(interaction: Interaction) -> str:
    """The language of whoever is there, as the catalogue names it."""
    return interaction.locale.value.partition("-")[0]
