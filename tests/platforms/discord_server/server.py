"""A Discord on loopback, in process, for tests that run the real discord.py against it.

    async with DiscordServer() as server:
        guild = server.guild("Newsroom")
        general = server.channel(guild, "general")
        ana = server.member(guild, "ana", locale="it")
        async with server.running(bot):
            asked = await ana.slash(general, "ask", question="…")
            assert "…" in asked.text
        assert server.broken_rules() == []

``server.faults`` is what REST does wrong on demand, ``server.gateway`` has the gateway's
own ways of failing, ``server.clock`` can be put forward.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import discord
import yarl
from aiohttp import web

from tests.platforms.discord_server import golden
from tests.platforms.discord_server.asked import Askings, Interaction
from tests.platforms.discord_server.clock import Clock
from tests.platforms.discord_server.commands import Registry
from tests.platforms.discord_server.faults import Faults
from tests.platforms.discord_server.gateway import AUTHENTICATION_FAILED, Gateway
from tests.platforms.discord_server.interactions import Interactions
from tests.platforms.discord_server.messages import Mailroom, Message
from tests.platforms.discord_server.people import Around, Member
from tests.platforms.discord_server.permissions import ORDINARY, bits
from tests.platforms.discord_server.places import Places
from tests.platforms.discord_server.post_office import PostOffice
from tests.platforms.discord_server.rest import PREFIX, Rest
from tests.platforms.discord_server.routes_application import (
    ApplicationRoutes,
    CommandRoutes,
    InteractionRoutes,
)
from tests.platforms.discord_server.routes_channels import ChannelRoutes
from tests.platforms.discord_server.state import Channel, Guild, Kind, Role, User, World
from tests.platforms.network import staying_on_the_machine
from tests.platforms.waiting import Diary, NothingCame

MEGABYTE = 2**20
# How discord.py names the tasks in which a bot deals with what it hears.
HANDLERS = (
    "discord.py: ",
    "CommandTree-invoker",
    "discord-ui-view-dispatch",
    "discord-ui-modal-dispatch",
)


class Life:
    """A bot that runs; how it ended, if it did."""

    def __init__(self, task: "asyncio.Task[None]", diary: Diary) -> None:
        self._task = task
        self._diary = diary
        self._looked_at = False

    async def ended(self) -> BaseException | None:
        """Wait for the bot to end of its own accord; with what error."""
        self._looked_at = True
        await self._diary.until(self._task.done, "the bot to end")
        return self._task.exception()

    def check(self) -> None:
        """Raise what the bot died of, unless the test looked at it."""
        if self._task.done() and not self._task.cancelled() and not self._looked_at:
            self._task.result()


class DiscordServer:
    """``privileged``: intents granted to the bot. ``patience``: seconds to wait at most."""

    def __init__(
        self,
        *,
        token: str = "local.bot.token",
        privileged: int = 0,
        patience: float = 5.0,
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.token = token
        self.diary = Diary(patience)
        self.world = World(self.clock)
        self.gateway = Gateway(
            self.world, self.diary, token=token, privileged=privileged
        )
        self.askings = Askings()
        self.commands = Registry(self.world)
        self._places = Places(self.world, self.gateway)
        self._owner = self.world.add_user("the owner")
        self._forgiven: list[str] = []
        self._open = contextlib.AsyncExitStack()

    # --- life -------------------------------------------------------------------------------

    async def __aenter__(self) -> "DiscordServer":
        self._attempts = self._open.enter_context(staying_on_the_machine())
        application = web.Application(client_max_size=30 * MEGABYTE)
        application.router.add_get("/gateway", self.gateway.handle)
        application.router.add_get("/files/{path:.*}", self._file)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        application.router.add_route("*", PREFIX + "/{path:.*}", self._to_rest)
        await runner.setup()
        self._open.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{port}"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway"
        self._furnish()
        return self

    def _furnish(self) -> None:
        world, diary = self.world, self.diary
        mailroom = Mailroom(world, f"{self.origin}/files")
        self.office = PostOffice(mailroom, self.gateway, diary)
        interactions = Interactions(
            world, self.office, self.gateway, self.askings, diary
        )
        channels = ChannelRoutes(world, self.office, self._places, self.askings)
        application = ApplicationRoutes(world, self.gateway, self._places, self._owner)
        self.typing = channels.typing
        routes = [
            *application.routes(),
            *CommandRoutes(self.commands).routes(),
            *InteractionRoutes(interactions).routes(),
            *channels.routes(),
        ]
        self.rest = Rest(routes, diary, self.token)
        self._around = Around(
            world=world,
            places=self._places,
            office=self.office,
            registry=self.commands,
            interactions=interactions,
            askings=self.askings,
            diary=diary,
        )

    async def __aexit__(self, *_: object) -> None:
        self.rest.faults.release()
        for connection in self.gateway.connections:
            connection.break_off()
        await self._open.aclose()

    async def _to_rest(self, request: web.Request) -> web.StreamResponse:
        return await self.rest.handle(request)

    async def _file(self, request: web.Request) -> web.Response:
        upload = self.office.mailroom.files.get(request.match_info["path"])
        if upload is None:
            return web.Response(status=404)
        return web.Response(body=upload.data, content_type=upload.content_type)

    @property
    def api(self) -> str:
        """The base address of REST, for a bot that takes one as a setting."""
        return self.origin + PREFIX

    @contextlib.contextmanager
    def patched(self) -> Iterator[None]:
        """Point discord.py here: three attributes of classes, and nothing else."""
        websocket = discord.gateway.DiscordWebSocket
        before = (
            discord.http.Route.BASE,
            websocket.DEFAULT_GATEWAY,
            discord.asset.Asset.BASE,
        )
        discord.http.Route.BASE = self.api
        websocket.DEFAULT_GATEWAY = yarl.URL(self.gateway.url)
        discord.asset.Asset.BASE = f"{self.origin}/cdn"
        try:
            yield
        finally:
            (
                discord.http.Route.BASE,
                websocket.DEFAULT_GATEWAY,
                discord.asset.Asset.BASE,
            ) = before

    @contextlib.asynccontextmanager
    async def running(
        self, client: discord.Client, *, token: str | None = None
    ) -> AsyncIterator[Life]:
        """The client, connected and ready. What it dies of is raised here."""
        # It waits as long after the last guild; here all of them come at once.
        client._connection.guild_ready_timeout = 0.02
        with self.patched():
            task = asyncio.create_task(client.start(token or self.token))
            task.add_done_callback(lambda _: self.diary.note("the bot ended"))
            life = Life(task, self.diary)
            try:
                await self.diary.until(
                    lambda: self.gateway.connected or task.done(),
                    "the bot to connect",
                )
                life.check()
                await asyncio.wait_for(client.wait_until_ready(), self.diary.patience)
                yield life
            finally:
                # What it says a moment too late counts as well.
                with contextlib.suppress(NothingCame):
                    await self.settled(seconds=1)
                await client.close()
                await asyncio.wait([task])
            life.check()

    # --- what there is ----------------------------------------------------------------------

    @property
    def bot(self) -> User:
        return self.world.bot

    @property
    def faults(self) -> Faults:
        return self.rest.faults

    def guild(
        self,
        name: str = "Newsroom",
        *,
        locale: str = "en-US",
        has_bot: bool = True,
        bot_may: str | int = ORDINARY,
    ) -> Guild:
        """``has_bot=False``: people bring the app along as their own."""
        return self._places.add_guild(
            name,
            owner=self._owner,
            locale=locale,
            has_bot=has_bot,
            may=bits(bot_may),
        )

    def invite(self, guild: Guild, greets: Channel | None = None) -> None:
        """The bot is brought into a guild, which greets in that channel."""
        self._places.invite(guild, greets, bits(ORDINARY))

    def leave(self, guild: Guild) -> None:
        """The bot is taken out of a guild while it is not there to hear of it."""
        self._places.leave(guild)

    def channel(self, guild: Guild, name: str, kind: Kind = Kind.TEXT) -> Channel:
        return self._places.add_channel(guild, name, kind)

    def forum(self, guild: Guild, name: str) -> Channel:
        return self._places.add_channel(guild, name, Kind.FORUM)

    def role(self, guild: Guild, name: str, *, permissions: str | int = 0) -> Role:
        return self._places.add_role(guild, name, permissions=bits(permissions))

    def member(
        self,
        guild: Guild,
        name: str,
        *,
        locale: str | None = None,
        roles: list[Role] | None = None,
        permissions: str | int = 0,
    ) -> Member:
        """Somebody by name: the same account in every guild. Again: other roles."""
        user = self.world.user_named(name) or self.world.add_user(name)
        user.locale = locale or user.locale
        self._places.join(guild, user, list(roles or ()), bits(permissions))
        return Member(self._around, guild, user)

    def permit(
        self,
        channel: Channel,
        subject: "User | Member | Role | Guild",
        *,
        allow: str = "",
        deny: str = "",
    ) -> None:
        """Overwrite permissions in a channel; a guild stands for everyone in it."""
        whom = subject.user if isinstance(subject, Member) else subject
        self._places.overwrite(channel, whom, allow=allow, deny=deny)

    # --- what happens to it -----------------------------------------------------------------

    def delete_channel(self, channel: Channel) -> None:
        self._places.delete_channel(channel)

    def delete_message(self, message: Message) -> None:
        """Somebody who may deletes it."""
        self.office.delete(message)

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        self._places.archive(thread, locked=locked)

    def remove_bot(self, guild: Guild) -> None:
        self._places.remove_bot(guild)

    def outage(self, guild: Guild) -> None:
        self._places.outage(guild)

    def end_of_outage(self, guild: Guild) -> None:
        self._places.end_of_outage(guild)

    def refuse_direct_messages(self, member: Member) -> None:
        member.user.takes_direct_messages = False

    def revoke_token(self) -> None:
        """REST answers 401 from now on, and the gateway closes with 4004."""
        self.rest.token = self.gateway.token = "another token"
        self.gateway.close(AUTHENTICATION_FAILED)

    def expire(self, interaction: Interaction) -> None:
        """As if fifteen minutes had gone by since, for this one only."""
        interaction.expired = True

    # --- what is asserted -------------------------------------------------------------------

    async def until(self, check: Callable[[], Any], what: str) -> Any:
        """Wait for something; after ``patience`` fail with a sentence on what came."""
        return await self.diary.until(check, what)

    async def connected(self) -> None:
        """Wait until the bot is connected, again or for the first time."""
        await self.until(lambda: self.gateway.connected, "the bot to connect")

    async def settled(self, *, seconds: float | None = None) -> None:
        """Wait until the bot has dealt with everything that it was sent."""
        beats = self.gateway.heartbeats
        self.gateway.ask_for_heartbeats()
        await self.diary.until(
            lambda: not self.gateway.connections or self.gateway.heartbeats > beats,
            "a heartbeat",
            seconds=seconds,
        )
        await self.diary.until(
            lambda: (
                not any(
                    task.get_name().startswith(HANDLERS) for task in asyncio.all_tasks()
                )
            ),
            "the bot to be done",
            seconds=seconds,
        )

    def of_its_own_accord(self) -> contextlib.AbstractContextManager[None]:
        """What the bot posts meanwhile answers nothing: a correction, a notice."""
        return self.askings.of_its_own_accord()

    def forgive(self, part_of_a_sentence: str) -> None:
        """A breach that the test is about."""
        self._forgiven.append(part_of_a_sentence)

    def broken_rules(self) -> list[str]:
        """Every breach of a golden rule as a sentence; none if all is well.

        No request against schema or documented limit, nobody notified, acknowledged
        within three seconds, one visible answer a question, nothing off the machine;
        and this server itself keeps to the schemas.
        """
        own = [*self.rest.wrong_answers, *self.gateway.wrong_events]
        sentences = [
            *self.rest.violations,
            *golden.pings(self.office.everything),
            *golden.unanswered(self.askings.all),
            *(f"the bot asked for {attempt}" for attempt in self._attempts),
            *(f"this local Discord is wrong: {problem}" for problem in own),
        ]
        return [
            sentence
            for sentence in sentences
            if not any(part in sentence for part in self._forgiven)
        ]
