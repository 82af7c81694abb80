"""The scenarios' driver for Discord: gateway and REST, by discord.py."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.catalogue import words
from bot.on_discord.client import DiscordClient
from bot.reception import Reception
from knowledge.model import Tenant
from tests.platforms.discord_server import errors
from tests.platforms.discord_server.asked import Asked, Interaction, Until
from tests.platforms.discord_server.clock import Clock
from tests.platforms.discord_server.gateway import MESSAGE_CONTENT
from tests.platforms.discord_server.messages import Upload
from tests.platforms.discord_server.server import DiscordServer
from tests.platforms.shelf import Shelf
from tests.platforms.transports import LOCALES, PATIENCE, OwnTime, Site, Transport

CALLBACK = ("POST", "/interactions/*/*/callback")
MESSAGES = ("POST", "/channels/*/messages")


class DiscordTime(OwnTime, Clock):
    """Discord's limits, by the time that this process had."""


class Discord(Transport):
    """Where privileged intents can be granted, and are asked for only if need be."""

    name = "discord"
    SENT, ACKNOWLEDGED = Until.SENT, Until.ACKNOWLEDGED
    disturbances = ("drop", "reconnect", "invalid")

    def __init__(self, shelf: Shelf, data: Any) -> None:
        super().__init__(shelf, data)
        self.server = DiscordServer(
            patience=PATIENCE, privileged=MESSAGE_CONTENT, clock=DiscordTime()
        )

    # --- the bot ----------------------------------------------------------------------

    def made(self, reception: Reception, *, all_words: bool = False) -> DiscordClient:
        client = DiscordClient(
            self.server.token,
            reception,
            words("en"),
            api=self.server.api,
            data=self.data,
            read_all=all_words,
            tell_every=None,
        )
        client.connection._connection.guild_ready_timeout = 0.02
        return client

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = self._task = asyncio.create_task(self.client.run())
        try:
            await self.server.until(
                lambda: self.server.gateway.connected or task.done(), "a connection"
            )
            if task.done():
                task.result()
            await asyncio.wait_for(
                self.client.connection.wait_until_ready(), self.server.diary.patience
            )
            yield
            if not task.done():
                await self.settled()
        finally:
            await self.client.close()
            (self.ended,) = await asyncio.gather(task, return_exceptions=True)

    @property
    def over(self) -> bool:
        """Whether it ended of its own accord."""
        return self._task.done()

    async def settled(self) -> None:
        await self.server.settled()

    async def tell(self) -> None:
        with self.server.of_its_own_accord():
            await self.client.connection.tell_what_is_due()

    # --- who and where ----------------------------------------------------------------

    def _site(self, name: str) -> Site:
        guild = self.server.guild(name)
        return Site(
            tenant=Tenant("discord", guild.id),
            place=guild,
            news=self.server.channel(guild, "news"),
            desk=self.server.channel(guild, "desk"),
            ana=self.server.member(guild, "ana", permissions="manage_guild"),
            ben=self.server.member(guild, "ben"),
        )

    def person(
        self,
        name: str,
        *,
        language: str = "en",
        site: Site | None = None,
        group: Any = None,
    ) -> Any:
        return self.server.member(
            (site or self.here).place,
            name,
            locale=LOCALES[language],
            roles=[group] if group else [],
        )

    def room(self, name: str) -> Any:
        return self.server.channel(self.here.place, name)

    def private_room(self, name: str, *people: Any, has_bot: bool) -> Any:
        room, server = self.room(name), self.server
        server.permit(room, self.here.place, deny="view_channel")
        for each in (*people, *([server.bot] if has_bot else [])):
            server.permit(room, each, allow="view_channel")
        return room

    def group(self, name: str) -> Any:
        return self.server.role(self.here.place, name)

    def demote(self, who: Any) -> None:
        # A member again, with the roles that are said.
        self.server.member(self.here.place, who.user.name)

    # --- what people do ---------------------------------------------------------------

    async def command(self, who: Any, room: Any, name: str, /, **options: Any) -> Any:
        for value in options.values():
            if isinstance(value, str):
                self.heard(value)
        return await who.slash(room, name, **options)

    async def mention(self, who: Any, room: Any, text: str, **how: Any) -> Any:
        return await who.says(room, f"@Quis {self.heard(text)}".strip(), **how)

    async def reply(self, who: Any, to: Any, text: str) -> Any:
        return await who.replies(to, self.heard(text))

    async def go_on(self, who: Any, after: Any, text: str, *, heeded: bool) -> Any:
        message = after.answer
        await self.settled()  # nobody opens a thread and writes in it in no time
        places = self.server.world.channels
        thread = places.get(message.id) or who.opens_thread(message, "On this")
        return await self.chat(who, thread, text, heeded=heeded)

    async def chat(
        self, who: Any, room: Any, text: str, *, heeded: bool = False
    ) -> Any:
        until = Until.ANSWERED if heeded else None
        post = await who.says(room, self.heard(text), until=until)
        await self.settled()
        return post

    async def claim(self, who: Any, said: Any) -> Any:
        return await who.context_menu(said.message, "Check this claim")

    async def forge(self, who: Any, on: Any, id: str) -> Any:
        return await who.forges(on, id)

    async def fill(self, who: Any, opened: Any, **values: str) -> Any:
        for value in values.values():
            if isinstance(value, str):
                self.heard(value)
        return await who.submits(opened.modal, values)

    @staticmethod
    def upload() -> Upload:
        return Upload("paper.pdf", b"%PDF")

    # --- what people see --------------------------------------------------------------

    def ids(self, on: Any) -> list[str]:
        message = on.answer if isinstance(on, Asked) else on
        return [b.custom_id for b in message.buttons if b.custom_id]

    def menus(self, on: Any) -> list[str]:
        message = on.answer if isinstance(on, Asked) else on
        return [each.custom_id for each in message.selects]

    def pictures(self, asked: Any) -> list[str]:
        return [each["description"] for each in asked.answer.wire["attachments"]]

    def files(self, asked: Any, who: Any) -> list[tuple[str, bytes]]:
        del who  # they stand in the answer itself
        return list(asked.answer.files.items())

    def private(self, asked: Any) -> bool:
        return bool(asked.answer.ephemeral)

    def seen(self, who: Any, room: Any) -> list[Any]:
        return [message for message in who.sees(room) if message.author.bot]

    # --- what goes wrong --------------------------------------------------------------

    async def disturb(self, how: str) -> None:
        gateway = self.server.gateway
        before = gateway.identified + gateway.resumed
        {
            "drop": gateway.drop,
            "reconnect": gateway.reconnect,
            "invalid": gateway.invalidate,
        }[how]()
        await self.server.until(
            lambda: gateway.identified + gateway.resumed > before and gateway.connected,
            "another connection",
        )

    def refuse_connection(self) -> None:
        self.server.gateway.refuse()

    def limit(self) -> None:
        self.server.faults.rate_limit(*MESSAGES)

    def fail(self) -> None:
        self.server.faults.fail(*MESSAGES, errors.UNAVAILABLE)

    def storm(self) -> None:
        for route in (MESSAGES, ("POST", "/users/@me/channels")):
            self.server.faults.rate_limit(*route, retry_after=0.01, times=5)
            self.server.faults.fail(*route, errors.UNAVAILABLE, times=999)

    def lose(self) -> None:
        """The next message is shown, and the bot does not hear of it."""
        self.server.faults.lose_answer(*MESSAGES)

    def fail_response(self) -> None:
        self.server.faults.fail(*CALLBACK, errors.UNAVAILABLE)

    def fail_follow_up(self) -> None:
        self.server.faults.fail("POST", "/webhooks/*/*", errors.UNAVAILABLE)

    def fail_form(self) -> None:
        self.server.faults.fail(*CALLBACK, errors.INVALID_FORM)

    def forbid(self, room: Any) -> None:
        self.server.permit(room, self.here.place, deny="send_messages")
        self.server.permit(room, self.server.bot, deny="send_messages")

    async def repeat(self, asked: Any) -> None:
        if isinstance(asked, Interaction):
            self.server.gateway.repeat_of("INTERACTION_CREATE", asked.id)
        else:
            self.server.gateway.repeat_of("MESSAGE_CREATE", asked.message.id)
        await self.settled()

    def keep_back(self) -> None:
        self.server.gateway.hold("MESSAGE_CREATE")

    async def let_go(self, messages: int) -> list[Callable[[], None]]:
        del messages  # they are kept as they are written
        kept: list[Callable[[], None]] = self.server.gateway.let_go("MESSAGE_CREATE")
        return kept

    async def deliver_late(self, seconds: float) -> None:
        """As where a session is resumed."""
        self.server.clock.advance(seconds)
        self.server.gateway.release("MESSAGE_CREATE")
        await self.settled()

    def lose_acknowledgement(self) -> None:
        self.server.faults.fail(*CALLBACK, errors.UNKNOWN_INTERACTION)
        self.forgive("was not acknowledged")

    def revoke(self) -> None:
        self.server.revoke_token()

    def no_letters(self, who: Any) -> None:
        self.server.refuse_direct_messages(who)

    def uninstall(self) -> None:
        self.server.remove_bot(self.here.place)

    def leave(self) -> None:
        self.server.leave(self.here.place)

    @property
    def secrets(self) -> list[str]:
        tokens = [each.token for each in self.server.askings.interactions]
        return [self.server.token, *tokens]
