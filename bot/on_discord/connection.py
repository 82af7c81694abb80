"""What happens at Discord → the reception, and its reply → Discord.

No privileged intent is needed: Discord hands over the words of direct messages, of
mentions, of replies that ping, and of messages that somebody chose an entry of a menu on.
"""

import asyncio
import sys
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any

import discord
import structlog
from discord import InteractionType

from bot import replies
from bot.catalogue import languages, words
from bot.on_discord import receiving
from bot.on_discord.acknowledging import Interaction
from bot.on_discord.commands import Catalogues, payload
from bot.on_discord.faults import refused
from bot.on_discord.posting import Posting
from bot.on_discord.recent import Recent
from bot.on_discord.registering import register
from bot.on_discord.responding import Responding
from bot.on_discord.servers import Servers, invite_link
from bot.on_discord.telling import Telling
from bot.reception.codes import command_opens_form, opens_form
from bot.reception.delivering import delivering
from bot.reception.messages import (
    Caller,
    How,
    Option,
    Receives,
    Reply,
    Visibility,
)
from knowledge.model import AnswersWhen

PATIENCE = 0.7
"""Seconds that a reply may take before it is acknowledged that one is on its way.

A form too, though it can only be the first answer: who waited longer opens it by a button.
"""

SUGGEST_WITHIN = 0.9
TELL_EVERY = 5.0
MOST_REMEMBERED = 5000


class Connection(discord.Client):
    """Hears Discord's events."""

    def __init__(
        self,
        reception: Receives,
        language: str,
        *,
        data: Path | None,
        read_all: bool,
        tell_every: float | None,
        **sharding: Any,
    ) -> None:
        super().__init__(
            intents=discord.Intents(
                guilds=True,
                guild_messages=True,
                dm_messages=True,
                message_content=read_all,
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            # Nothing that people write is kept in memory.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **sharding,
        )
        self._reception = reception
        self._language = language
        self._data = data
        self._tell_every = tell_every
        self._telling: asyncio.Task[None] | None = None
        self._handled = Recent(MOST_REMEMBERED)
        self._advised = Recent(MOST_REMEMBERED)
        threads = Recent(MOST_REMEMBERED)
        self._posting = Posting(self, reception, threads.add)
        self._servers = Servers(self, reception, self._posting, threads)
        self._responding = Responding(self._posting, reception)
        self._notices = Telling(self, reception, self._posting)

    @property
    def hears(self) -> bool:
        """Whether its socket is open and the session on it has begun."""
        socket: Any = self.ws  # None, before there ever was one
        return self.is_ready() and socket is not None and bool(socket.open)

    async def setup_hook(self) -> None:
        """Logged in, and not yet connected."""
        catalogues: Catalogues = {code: words(code) for code in languages()}
        await register(self, payload(catalogues), self._data)
        if self._tell_every is not None:
            self._telling = asyncio.create_task(
                self._notices.again_and_again(self._tell_every)
            )

    async def close(self) -> None:
        """End the connection, and all that was begun."""
        if self._telling is not None:
            self._telling.cancel()
        await super().close()

    async def on_ready(self) -> None:
        """Also after each new session."""
        structlog.get_logger().info(
            "discord_ready",
            servers=len(self.guilds),
            invite=invite_link(self.application_id or 0),
        )

        await self._servers.forget_those_left()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited; the end of an outage does not come here."""
        await self._servers.greet(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed; an outage of the server does not come here."""
        await self._reception.gone(receiving.tenant_of(guild.id))

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Say what kind of error it was; what people wrote may be in its words."""
        error = sys.exc_info()[1]
        structlog.get_logger().error(
            "discord_failed",
            during=event_method,
            error=type(error).__name__,
            code=getattr(error, "code", None),
        )

    # --- interactions -----------------------------------------------------------------------

    async def on_interaction(self, interaction: Interaction) -> None:
        """A command, a press, a form, or somebody typing; each once."""
        if not self._handled.add(str(interaction.id)):
            return
        match interaction.type:
            case InteractionType.autocomplete:
                await self._suggest(interaction)
            case InteractionType.application_command if _is_claim(interaction):
                heard = receiving.claim(interaction)
                await self._respond(interaction, self._reception.hear(heard))
            case InteractionType.application_command:
                command = receiving.command(interaction)
                private = command.name != "ask" or self._silent_at(interaction)
                working = self._reception.command(command)
                form = command_opens_form(command)
                await self._respond(interaction, working, private=private, forms=form)
            case InteractionType.component:
                press = receiving.press(interaction)
                form = opens_form(press.button)
                working = self._reception.press(press)
                await self._respond(interaction, working, forms=form)
            case InteractionType.modal_submit:
                sent = receiving.submission(interaction)
                await self._respond(interaction, self._reception.submit(sent))
            case _:
                pass

    async def _respond(
        self,
        interaction: Interaction,
        working: Awaitable[Reply | None],
        *,
        private: bool = True,
        forms: bool = False,
    ) -> None:
        caller = receiving.caller_of(interaction)
        await self._responding.respond(
            interaction,
            self._never_failing(working, caller, Visibility.PRIVATE),
            private=private,
            patience=PATIENCE,
            forms=forms,
        )

    def _silent_at(self, interaction: Interaction) -> bool:
        caller = receiving.caller_of(interaction)
        when = self._reception.answers_in(caller.tenant, caller.channel)
        return when is AnswersWhen.NEVER

    async def _suggest(self, interaction: Interaction) -> None:
        """Proposals; none where they take too long, for then nobody sees them."""
        found: tuple[Option, ...] = ()
        with suppress(TimeoutError):
            async with asyncio.timeout(SUGGEST_WITHIN):
                found = await self._reception.suggest(receiving.choosing(interaction))
        choices = [
            discord.app_commands.Choice(name=each.label[:100], value=each.value)
            for each in found
            if each.label.strip() and 0 < len(each.value) <= 100
        ]
        with suppress(discord.NotFound):
            await interaction.response.autocomplete(choices[:25])

    # --- messages ---------------------------------------------------------------------------

    async def on_message(self, message: discord.Message) -> None:
        """Something was written where the bot is."""
        if self.user is None or not receiving.is_said(message):
            return
        spoke_here = await self._servers.spoke_in(message)
        how = receiving.how_said(message, self.user.id, spoke_here=spoke_here)
        heard = receiving.said(message, self.user.id, how)
        where = heard.caller
        unasked = how in (How.THREAD, How.OVERHEARD)
        if unasked and not message.content:
            return
        when = self._reception.answers_in(where.tenant, where.channel)
        if how is How.OVERHEARD and when is not AnswersWhen.SURE:
            return
        if self._is_withheld(message):
            if when is AnswersWhen.NEVER or not self._advised.add(
                f"{message.channel.id} {message.author.id}"
            ):
                return
            working = self._hidden_from_us(where)
        else:
            working = self._reception.hear(heard)
        told = None if unasked else Visibility.PUBLIC
        async with delivering(self._reception, heard, refused):
            await self._posting.reply(
                message,
                self._never_failing(working, where, told),
                patience=PATIENCE,
                typing=not unasked,
            )

    async def _hidden_from_us(self, where: Caller) -> Reply | None:
        card = replies.unaddressed_content(await self._spoken_to(where))
        return Reply(card=card, visibility=Visibility.PUBLIC)

    async def _never_failing(
        self,
        working: Awaitable[Reply | None],
        caller: Caller,
        told: Visibility | None,
    ) -> Reply | None:
        """The reception raises nothing; should it all the same, nobody waits for ever."""
        try:
            return await working
        except Exception as error:
            structlog.get_logger().error(
                "discord_reception_failed", error=type(error).__name__
            )
            if told is None:
                return None
            card = replies.unexpected(await self._spoken_to(caller))
            return Reply(card=card, visibility=told)

    async def _spoken_to(self, caller: Caller) -> str:
        return await self._reception.language(caller) or self._language

    def _is_withheld(self, message: discord.Message) -> bool:
        """Whether Discord kept its words back: the bot is not named in them itself."""
        return (
            message.guild is not None
            and not message.content
            and not message.attachments
            and not self.intents.message_content
            and self.user not in message.mentions
        )

    async def tell_what_is_due(self) -> frozenset[str]:
        """Tell all that is due to somebody, once; what was told."""
        return await self._notices.what_is_due()


def _is_claim(interaction: Interaction) -> bool:
    data: Any = interaction.data
    return int(data.get("type", 1)) == discord.AppCommandType.message.value
