"""A reply → Discord: where it goes, and what remains possible when that fails.

The right to answer an interaction ends after fifteen minutes, or was never won where the
acknowledgement came too late. Then what everybody may see is posted in the channel; what
one person alone may see cannot be said any more.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeAlias

import discord
import structlog

from bot import replies
from bot.cards import Card
from bot.on_discord.forms import modal
from bot.on_discord.receiving import caller_of, place_of
from bot.on_discord.render import Drawn, render
from bot.reception.messages import Receives, Reply, ToTell, Visibility
from knowledge.model import Place

Interaction: TypeAlias = "discord.Interaction[Any]"
Messageable: TypeAlias = "discord.abc.Messageable"

ACKNOWLEDGED_BY_ANOTHER = 40060
NO_SUCH_INTERACTION = 10062
NO_SUCH_WEBHOOK = 10015
TOKEN_EXPIRED = 50027
CANNOT_REPLY = 160002
"""Discord's codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes."""

OVER = frozenset({NO_SUCH_INTERACTION, NO_SUCH_WEBHOOK, TOKEN_EXPIRED})


class AnsweredElsewhere(Exception):
    """Another process of this bot acknowledged the interaction first."""


class Delivery:
    """Delivers what the reception says, for one client."""

    def __init__(
        self,
        client: discord.Client,
        reception: Receives,
        spoke_in: Callable[[str], object],
    ) -> None:
        self._client = client
        self._reception = reception
        self._spoke_in = spoke_in

    # --- interactions -----------------------------------------------------------------------

    async def respond(
        self,
        interaction: Interaction,
        working: Awaitable[Reply | None],
        *,
        private: bool,
        patience: float,
    ) -> None:
        """Acknowledge within ``patience`` seconds, and deliver the reply as it comes.

        ``private`` is the guess that is acknowledged with where the reply is not there.
        """
        task = asyncio.ensure_future(working)
        try:
            await asyncio.wait({task}, timeout=patience)
            if not task.done():
                await _acknowledge(interaction, private=private)
            reply = await task
            await self._deliver(interaction, reply)
        except AnsweredElsewhere:
            pass
        finally:
            task.cancel()

    async def _deliver(self, interaction: Interaction, reply: Reply | None) -> None:
        match reply:
            case None:
                await _withdraw(interaction)
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
        await self._posted(reply.key, sent)

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
                # The first message would be seen by whom "thinking" is seen by.
                await interaction.delete_original_response()
            message = await interaction.followup.send(
                view=drawn.view, files=drawn.files(), ephemeral=private, wait=True
            )
            return _place(interaction, message.id)
        except discord.HTTPException as error:
            if error.code not in OVER:
                raise
            return None if private else await self._post(interaction.channel, drawn)

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
            await message.edit(view=drawn.view, attachments=drawn.files())
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
            sent = await self._post(self._channel(reply.channel), render(reply.card))
            await self._posted(reply.key, sent)

    # --- messages ---------------------------------------------------------------------------

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
                sent = await self._post(self._channel(reply.channel), drawn)
            case Visibility.PRIVATE if message.guild is not None:
                # Nobody else may see it, and in a channel everybody would.
                await self._post(message.author, drawn)
                return
            case _:
                sent = await self._post(message.channel, drawn, to=message)
        await self._posted(reply.key, sent)

    # --- what is told of our own accord -----------------------------------------------------

    async def tell(self, notice: ToTell) -> Place | None:
        """Tell it. None where it never can be; raises HTTPException to be tried again."""
        drawn = render(notice.card)
        try:
            if (edit := notice.edit) is not None:
                channel = self._channel(edit.thread or edit.channel)
                partial = channel.get_partial_message(int(edit.message))
                sent = await partial.edit(view=drawn.view, attachments=drawn.files())
            elif notice.channel is not None:
                channel = self._channel(notice.channel)
                sent = await channel.send(view=drawn.view, files=drawn.files())
            elif notice.user is not None:
                person = discord.Object(int(notice.user))
                direct = await self._client.create_dm(person)
                sent = await direct.send(view=drawn.view, files=drawn.files())
            else:
                return None
        except (discord.Forbidden, discord.NotFound) as error:
            _note("cannot_tell", error)
            return None
        return place_of(sent)

    # --- parts ------------------------------------------------------------------------------

    def _channel(self, channel: str) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(int(channel))

    async def _post(
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

    async def _posted(self, key: str, place: Place | None) -> None:
        if place is None:
            return
        if place.thread is not None:
            self._spoke_in(place.thread)
        if key:
            await self._reception.posted(key, place)


async def _send(
    channel: Messageable, drawn: Drawn, to: discord.Message | None
) -> discord.Message:
    if to is None:
        return await channel.send(view=drawn.view, files=drawn.files())
    try:
        return await channel.send(
            view=drawn.view,
            files=drawn.files(),
            reference=to.to_reference(fail_if_not_exists=False),
            mention_author=False,
        )
    except discord.HTTPException as error:
        if error.code != CANNOT_REPLY:  # without the right to read what was written
            raise
        return await channel.send(view=drawn.view, files=drawn.files())


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


def _note(event: str, error: discord.HTTPException) -> None:
    structlog.get_logger().warning(
        f"discord_{event}", status=error.status, code=error.code
    )
