"""Interactions: acknowledged in time, and answered in whichever way is left.

The right to answer one ends after fifteen minutes, or was never won where the
acknowledgement came too late. Then what everybody may see is posted in the channel; what
one person alone may see cannot be said any more.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import aiohttp
import discord
import structlog

from bot import replies
from bot.cards import Card
from bot.on_discord.acknowledging import (
    AnsweredElsewhere,
    Interaction,
    acknowledge,
    first,
    is_done,
    is_private,
    withdraw,
)
from bot.on_discord.faults import FAULTS
from bot.on_discord.forms import modal
from bot.on_discord.posting import Posting
from bot.on_discord.receiving import caller_of, place_of
from bot.on_discord.render import render
from bot.on_discord.sending import NOBODY
from bot.reception.arriving import Arrivals
from bot.reception.messages import Receives, Reply, Visibility
from knowledge.model import Place

NO_SUCH_INTERACTION: Final = 10062
NO_SUCH_WEBHOOK: Final = 10015
TOKEN_EXPIRED: Final = 50027
"""Codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes."""

POSTED_WITHIN: Final = 5.0
"""Seconds that whoever sent something waits for it to stand in another channel."""

OVER: Final = frozenset({NO_SUCH_INTERACTION, NO_SUCH_WEBHOOK, TOKEN_EXPIRED})


class Responding:
    """Responds for one client."""

    def __init__(self, posting: Posting, reception: Receives) -> None:
        self._posting = posting
        self._reception = reception
        self._arrivals = Arrivals()

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
        Where a form may come of it (``forms``), which has to be the first response, it
        is only acknowledged when the time is over; then a button opens the form.
        """
        task: asyncio.Future[Reply | None] | None = None
        with self._arrivals:
            try:
                if not forms:
                    await self._settle(interaction, private=private)
                task = asyncio.ensure_future(working)
                if not is_done(interaction):
                    await asyncio.wait({task}, timeout=patience)
                    if not task.done():
                        await acknowledge(interaction, private=private)
                reply = await task
                await self._deliver(interaction, reply)
            except AnsweredElsewhere:
                pass
            except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
                structlog.get_logger().error(
                    "discord_not_delivered",
                    error=type(error).__name__,
                    code=getattr(error, "code", None),
                )
                with suppress(
                    AnsweredElsewhere, *FAULTS
                ):  # rather than "thinking" for ever
                    language = await self._spoken_to(interaction)
                    await self._say(interaction, replies.unexpected(language))
            finally:
                if task is not None:
                    task.cancel()
                elif asyncio.iscoroutine(working):
                    working.close()

    async def _settle(self, interaction: Interaction, *, private: bool) -> None:
        """Where others are there too: acknowledge, and let all do so before work begins."""
        if not await self._arrivals.company():
            return
        async with self._arrivals.acknowledging():
            await acknowledge(interaction, private=private)
        await self._arrivals.calm()

    async def _deliver(self, interaction: Interaction, reply: Reply | None) -> None:
        match reply:
            case None:
                await withdraw(interaction)
                return
            case Reply(visibility=Visibility.NOWHERE):
                if interaction.response.is_done():
                    # The right to answer is ours, so the other process lost it.
                    busy = replies.busy(await self._spoken_to(interaction))
                    await self._say(interaction, busy)
                return
            case Reply(visibility=Visibility.FORM, form=form) if form is not None:
                if not is_done(interaction):
                    await first(interaction.response.send_modal(modal(form)))
                    return
                # A form can only be the first thing that is answered.
                caller = caller_of(interaction)
                await self._say(interaction, await self._reception.late(caller, form))
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
                await withdraw(interaction)
                return
            case Reply(card=Card() as card, visibility=Visibility.EDIT):
                sent = await self._edit(interaction, card)
            case Reply(card=Card() as card):
                private = reply.visibility is not Visibility.PUBLIC
                sent = await self._say(interaction, card, private=private)
                if private:
                    sent = None
            case _:
                return
        await self._posting.posted(reply.key, sent)

    async def _spoken_to(self, interaction: Interaction) -> str | None:
        return await self._reception.language(caller_of(interaction))

    async def _say(
        self, interaction: Interaction, card: Card, *, private: bool = True
    ) -> Place | None:
        """A message: the first response, in place of "thinking", or one that follows."""
        drawn = render(card)
        try:
            response = interaction.response
            if not is_done(interaction):
                sent = await first(
                    response.send_message(
                        view=drawn.view, files=drawn.files(), ephemeral=private
                    )
                )
                return _place(interaction, sent.message_id)
            thinking = discord.InteractionResponseType.deferred_channel_message
            shown = response.type is thinking or (
                "acknowledged" in interaction.extras
                and interaction.type is not discord.InteractionType.component
            )
            if shown and is_private(interaction) != private:
                # The first message would be seen by whom "thinking" is seen by; once
                # that is deleted, what follows is a message of its own:
                # https://github.com/discord/discord-api-docs/issues/2739
                await interaction.delete_original_response()
            message = await _sent_again(
                lambda: interaction.followup.send(
                    view=drawn.view, files=drawn.files(), ephemeral=private, wait=True
                )
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
            if is_done(interaction):
                await interaction.edit_original_response(
                    view=drawn.view, attachments=drawn.files()
                )
            else:
                await first(
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
                if not is_done(interaction):
                    await first(interaction.response.defer())
                await interaction.delete_original_response()
            except discord.HTTPException as error:
                if error.code not in OVER or interaction.message is None:
                    raise
                await interaction.message.delete()

    async def _elsewhere(self, interaction: Interaction, reply: Reply) -> None:
        """In another channel, which may be slow or gone; and a word for whoever asked."""
        if not is_done(interaction):
            await acknowledge(interaction, private=True)
        sending = asyncio.ensure_future(self._posting.elsewhere(reply))
        await asyncio.wait({sending}, timeout=POSTED_WITHIN)
        lost = sending.done() and not sending.exception() and not sending.result()
        card = reply.otherwise if lost and reply.otherwise else reply.also
        if card is not None:
            await self._say(interaction, card)
        else:
            await withdraw(interaction)
        await sending


async def _sent_again(
    sending: Callable[[], Awaitable[discord.WebhookMessage]],
) -> discord.WebhookMessage:
    """Once more after a connection that the other side had closed; rather than nothing."""
    try:
        return await sending()
    except aiohttp.ServerDisconnectedError as error:
        structlog.get_logger().warning("discord_sent_again", error=type(error).__name__)
        return await sending()


def _place(interaction: Interaction, message: int | None) -> Place | None:
    """Where a message stands that answers an interaction."""
    caller = caller_of(interaction)
    return Place(caller.channel, str(message), caller.thread) if message else None
