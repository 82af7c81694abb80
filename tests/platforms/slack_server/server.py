"""A Slack on loopback, in process, for tests that run the real slack_bolt against it.

    async with SlackServer() as server:
        newsroom = server.workspace("Newsroom")
        general = server.channel(newsroom, "general")
        ana = server.member(newsroom, "ana", locale="it-IT")
        async with server.running(app):  # made with server.api and newsroom.bot_token
            asked = await ana.slash(general, "/ask", "…")
            assert "…" in asked.text
        assert server.broken_rules() == []

``server.faults`` is what the Web API does wrong on demand, ``server.sockets`` has Socket
Mode's own ways of failing, ``server.clock`` can be put forward.
"""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from tests.platforms.network import staying_on_the_machine
from tests.platforms.slack_server import golden, schemas
from tests.platforms.slack_server.agents import Agents
from tests.platforms.slack_server.asked import Asked, Askings, Interaction
from tests.platforms.slack_server.chat import Chat
from tests.platforms.slack_server.clock import Clock
from tests.platforms.slack_server.deeds import Deeds
from tests.platforms.slack_server.delivery import Deliveries
from tests.platforms.slack_server.faults import Faults
from tests.platforms.slack_server.files import File, Files
from tests.platforms.slack_server.lookups import Lookups
from tests.platforms.slack_server.manifest import Manifest
from tests.platforms.slack_server.messages import Mailroom, Message
from tests.platforms.slack_server.modals import Modals
from tests.platforms.slack_server.outbox import Outbox
from tests.platforms.slack_server.people import Around, Member
from tests.platforms.slack_server.places import Places
from tests.platforms.slack_server.response_urls import ResponseUrls
from tests.platforms.slack_server.signed_http import SignedHttp
from tests.platforms.slack_server.sockets import SocketMode
from tests.platforms.slack_server.state import World
from tests.platforms.slack_server.views import Screens
from tests.platforms.slack_server.web_api import WebApi
from tests.platforms.waiting import Diary

MEGABYTE = 2**20
_LAST_WORDS = 1.0  # seconds for what is on its way when a test ends
Json = dict[str, Any]


class SlackServer(Places):
    """``manifest``: the content of manifest.json. ``patience``: seconds to wait at most."""

    def __init__(
        self,
        *,
        manifest: Json | None = None,
        patience: float = 5.0,
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.diary = Diary(patience)
        self.app_token = "xapp-1-A0LOCALAPP-1-local"
        self.signing_secret = "local0signing0secret0of0a0test00"
        self._given = manifest
        self._manifest = Manifest(manifest)
        self.askings = Askings()
        self.mailroom = Mailroom()
        self.sockets = SocketMode(self.clock, self.diary)
        self.deliveries = Deliveries(self.clock, self.diary, self.sockets)
        world = World(self.clock)
        outbox = Outbox(world, self.mailroom, self.askings, self.diary)
        self.web_api = WebApi(world, self.diary, self.sockets, self.app_token)
        self._hooks = ResponseUrls(world, self.clock, outbox, self.faults)
        self._modals = Modals(
            world, self.clock, self.diary, self.askings, self._manifest
        )
        self.agents = Agents(self._manifest, self.askings, self.diary)
        self._files = Files(world, outbox)
        self._lookups = Lookups(self.mailroom)
        self._outbox = outbox
        self._deeds = Deeds(
            world=world,
            manifest=self._manifest,
            deliveries=self.deliveries,
            modals=self._modals,
            hooks=self._hooks,
            diary=self.diary,
        )
        outbox.echo = self._deeds.echo
        chat = Chat(outbox, self.agents)
        for family in (chat, self._modals, self.agents, self._files, self._lookups):
            self.web_api.offer(family.methods())
        super().__init__(world, self._manifest, self._deeds, self.diary)
        self._around = Around(
            world=world,
            manifest=self._manifest,
            mailroom=self.mailroom,
            askings=self.askings,
            deeds=self._deeds,
            files=self._files,
            agents=self.agents,
            diary=self.diary,
        )
        self._forgiven: list[str] = []
        self._open = contextlib.AsyncExitStack()

    # --- life -------------------------------------------------------------------------------

    async def __aenter__(self) -> "SlackServer":
        self._attempts = self._open.enter_context(staying_on_the_machine())
        application = web.Application(client_max_size=30 * MEGABYTE)
        route = application.router.add_route
        route("*", "/api/{method}", self.web_api.handle)
        route("GET", "/link", self.sockets.handle)
        route("POST", "/hooks/{id}", self._hooks.handle)
        route("POST", "/upload/{id}", self._files.take)
        route("GET", "/files/{id}/{name:.*}", self._files.give)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        self._open.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{port}"
        self.sockets.url = f"ws://127.0.0.1:{port}/link"
        self._hooks.origin = self._files.origin = self.origin
        return self

    async def __aexit__(self, *_: object) -> None:
        self.faults.release()
        await self.deliveries.close()
        self.sockets.drop()
        await self._open.aclose()

    @property
    def api(self) -> str:
        """The base address of the Web API: ``AsyncWebClient(base_url=…)``."""
        return f"{self.origin}/api/"

    @contextlib.asynccontextmanager
    async def running(
        self, app: AsyncApp, *, ping_interval: float = 0.5
    ) -> AsyncIterator[AsyncSocketModeHandler]:
        """The app in Socket Mode, connected."""
        handler = AsyncSocketModeHandler(
            app, self.app_token, ping_interval=ping_interval
        )
        try:
            await handler.connect_async()
            await self.connected()
            yield handler
            await self.deliveries.calm(_LAST_WORDS)
        finally:
            await handler.close_async()

    @contextlib.asynccontextmanager
    async def running_http(
        self, app: AsyncApp, *, path: str = "/slack/events"
    ) -> AsyncIterator[SignedHttp]:
        """The app behind signed HTTP, served on loopback."""
        runner = web.AppRunner(app.web_app(path=path), shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            port = runner.addresses[0][1]
            async with self.posting_to(f"http://127.0.0.1:{port}{path}") as http:
                yield http
                await self.deliveries.calm(_LAST_WORDS)
        finally:
            await runner.cleanup()

    @contextlib.asynccontextmanager
    async def posting_to(self, url: str) -> AsyncIterator[SignedHttp]:
        """Deliver to this address instead of over sockets."""
        http = SignedHttp(self.clock, self.signing_secret, url)
        before, self.deliveries.transport = self.deliveries.transport, http
        try:
            yield http
        finally:
            self.deliveries.transport = before
            await http.close()

    # --- who there is -----------------------------------------------------------------------

    def member(self, *args: Any, **kwargs: Any) -> Member:
        """Somebody in a workspace: see ``Places.add_user``."""
        return Member(self._around, self.add_user(*args, **kwargs))

    @property
    def faults(self) -> Faults:
        return self.web_api.faults

    @property
    def reactions(self) -> list[tuple[str, Message]]:
        return self._lookups.reactions

    @property
    def screens(self) -> Screens:
        """What is open on whose screen."""
        return self._modals.screens

    # --- what happens to it -----------------------------------------------------------------

    def repeats(self, asked: Asked) -> None:
        """Send its events once more, as after an acknowledgement that got lost."""
        for delivery in asked.deliveries:
            self.deliveries.repeat(delivery)

    def expire(self, asked: Interaction) -> None:
        """As if thirty minutes had gone by since, for its response URLs."""
        self._hooks.expire(asked)

    def use_up(self, asked: Interaction) -> None:
        """As if its response URLs had been used five times."""
        self._hooks.use_up(asked)

    def delete_message(self, message: Message) -> None:
        """Somebody who may deletes it."""
        self._outbox.delete(message)

    def of_its_own_accord(self) -> contextlib.AbstractContextManager[None]:
        """What the bot posts meanwhile answers nothing: a correction, a notice."""
        return self.askings.of_its_own_accord()

    # --- what is asserted -------------------------------------------------------------------

    async def until(self, check: Callable[[], Any], what: str) -> Any:
        """Wait for something; after ``patience`` fail with a sentence on what came."""
        return await self.diary.until(check, what)

    async def connected(self) -> None:
        """Wait until the bot is connected, again or for the first time."""
        await self.until(lambda: self.sockets.connected, "the bot to connect")

    async def settled(self) -> None:
        """Wait until everything sent is acknowledged or given up."""
        await self.deliveries.settled()

    def calls(self, method: str) -> list[Json]:
        """The arguments of every call of this method."""
        return [arguments for name, arguments in self.web_api.calls if name == method]

    @property
    def secrets(self) -> list[str]:
        """What no log may hold: tokens, the signing secret, addresses to answer at."""
        tokens = [workspace.bot_token for workspace in self.world.workspaces]
        urls = [hook.url for hook in self._hooks.hooks.values()]
        return [self.app_token, self.signing_secret, *tokens, *urls]

    @property
    def files(self) -> dict[str, File]:
        """All that were ever uploaded, by their ids."""
        return self._files.all

    def forgive(self, part_of_a_sentence: str) -> None:
        """A breach that the test is about."""
        self._forgiven.append(part_of_a_sentence)

    def broken_rules(self) -> list[str]:
        """Every breach of a golden rule as a sentence; none if all is well.

        No payload against schema or documented limit, nobody notified, no preview,
        acknowledged within three seconds, one visible answer a question, nothing of one
        workspace in another, nothing off the machine; and this server itself keeps to the
        schemas. Ask when the bot has stopped: then nothing can come any more.
        """
        return [
            sentence
            for sentence in self._breaches()
            if not any(part in sentence for part in self._forgiven)
        ]

    def _breaches(self) -> Iterator[str]:
        yield from self._outbox.violations
        yield from self._modals.violations
        yield from self.agents.violations
        yield from self.web_api.violations
        yield from self.sockets.violations
        yield from self._deeds.violations
        yield from schemas.manifest_problems(self._given) if self._given else ()
        yield from golden.pings(self.mailroom.everything)
        yield from golden.unacknowledged(self.deliveries.all)
        yield from golden.unanswered(self.askings.all)
        for attempt in self._attempts:
            yield f"the bot asked for {attempt}"
        for problem in [*self._deeds.wrong_events, *self.web_api.failures]:
            yield f"this local Slack is wrong: {problem}"
