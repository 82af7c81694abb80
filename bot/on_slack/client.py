"""The Slack client: Socket Mode or signed HTTP, until it is closed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from bot.catalogue import Words
from bot.on_slack.faults import FAULTS, REFUSED, Disconnected, TokenRefused, code, noted
from bot.on_slack.listening import Work, listen
from bot.on_slack.serving import served
from bot.on_slack.workspace import (
    TIMEOUT,
    Taken,
    Watched,
    Workspace,
    limit_of,
    mark_of,
    opened,
    web_client,
)
from bot.reception.arriving import Arrivals
from bot.reception.lanes import Rounds, in_lanes
from bot.reception.messages import Receives, ToTell
from knowledge.model import Tenant

__all__ = ["Disconnected", "SlackClient", "TokenRefused"]

Json = Mapping[str, Any]
TELL_EVERY = 5.0
PING_EVERY = 10.0


class SlackClient:
    """Runs once, until it is closed.

    ``token`` is the bot's in a workspace; several, with commas between, for an app that
    is installed in several. With ``app_token`` in Socket Mode; else an HTTP server at
    ``http`` (``host:port``) that checks Slack's signatures by ``signing_secret``.
    ``words`` speak where nobody's language is known. Every ``tell_every`` seconds it
    looks whom something is to be told; None: never.
    """

    def __init__(
        self,
        token: str,
        reception: Receives,
        words: Words,
        *,
        app_token: str | None = None,
        signing_secret: str | None = None,
        http: str | None = None,
        api: str | None = None,
        tell_every: float | None = TELL_EVERY,
        ping_every: float = PING_EVERY,
    ) -> None:
        if app_token is None and (signing_secret is None or http is None):
            raise ValueError("either an app token, or a signing secret and an address")
        self._tokens = [each.strip() for each in token.split(",") if each.strip()]
        self._reception = reception
        self._words = words
        self._app_token = app_token
        self._signing_secret = signing_secret
        self._http = http
        self._api = api
        self._tell_every = tell_every
        self._ping_every = ping_every
        self._workspaces: dict[str, Workspace] = {}
        self._closed = asyncio.Event()
        self._refusal = ""
        self._arrivals = Arrivals()
        self._handler: AsyncSocketModeHandler | None = None  # in Socket Mode
        self.ready = asyncio.Event()
        self.address: str | None = None  # where it listens for signed HTTP

    @property
    def connected(self) -> bool:
        """Whether Slack's events can reach us: by the socket, or where it calls us."""
        if not self.ready.is_set() or self._closed.is_set():
            return False
        if self._handler is None:
            return True
        socket = self._handler.client.current_session
        return socket is not None and not socket.closed

    async def run(self) -> None:
        """Serve until closed. Raises TokenRefused or Disconnected."""
        try:
            async with contextlib.AsyncExitStack() as open_now:
                session = await open_now.enter_async_context(aiohttp.ClientSession())
                await self._open(session)
                app = self._app(session)
                await open_now.enter_async_context(self._connected(app))
                self.ready.set()
                structlog.get_logger().info(
                    "slack_ready", workspaces=len(self._workspaces)
                )
                telling = asyncio.create_task(self._tell())
                open_now.push_async_callback(_ended, telling)
                await self._closed.wait()
        except SlackApiError as error:
            refused = code(error) in REFUSED
            raise (TokenRefused if refused else Disconnected)(code(error)) from None
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            raise Disconnected(code(error)) from error
        if not self._workspaces or self._refusal:
            raise TokenRefused(self._refusal or "app_uninstalled")

    async def close(self) -> None:
        """End the connection; what is being worked on is given up."""
        self._closed.set()

    async def tell_once(self) -> frozenset[str]:
        """All that is due to somebody in these workspaces, once; what was told."""
        told: set[str] = set()

        async def tell(notice: ToTell) -> bool:
            at = self._workspaces.get(notice.tenant.id)
            if at is None or not await self._reception.take(notice.id):
                return True
            taken = await at.tell(notice, self._reception)
            if taken is Taken.YES:
                told.add(notice.id)
            return taken is not Taken.NO_MORE

        await in_lanes(await self._reception.to_tell("slack"), limit_of, tell)
        return frozenset(told)

    # --- connecting ----------------------------------------------------------------

    async def _open(self, session: aiohttp.ClientSession) -> None:
        workspaces = await opened(
            self._tokens,
            self._reception,
            self._words.language,
            api=self._api,
            session=session,
        )
        self._workspaces = {each.tenant.id: each for each in workspaces}
        for each in workspaces:
            each.client.refused = partial(self._refused_at, each.tenant.id)
            await self._reception.installed(each.tenant, mark_of(each.token))

    def _refused_at(self, team: str, why: str) -> None:
        """A token is good no more: said once, and this workspace served no longer."""
        if self._workspaces.pop(team, None) is None:
            return
        structlog.get_logger().error("slack_token_refused", error=why)
        if not self._workspaces:
            self._end(why)

    def _end(self, why: str) -> None:
        self._refusal = why
        self._closed.set()

    def _app(self, session: aiohttp.ClientSession) -> AsyncApp:
        async def authorize(team_id: str | None) -> AuthorizeResult | None:
            at = self._workspaces.get(team_id or "")
            return at.authorized if at else None

        client = web_client(None, self._api, session)
        app = AsyncApp(
            client=client,
            # Bolt asks for a secret in any case; in Socket Mode nothing is signed.
            signing_secret=self._signing_secret or "unused",
            request_verification_enabled=self._app_token is None,
            authorize=authorize,  # type: ignore[arg-type]  # None: not installed
        )
        listen(app, self._do, self._removed)
        return app

    @contextlib.asynccontextmanager
    async def _connected(self, app: AsyncApp) -> AsyncIterator[None]:
        if self._app_token is None:
            host, _, port = str(self._http).rpartition(":")
            async with served(app, host.strip("[]"), int(port)) as self.address:
                yield
            return
        handler = AsyncSocketModeHandler(
            app, self._app_token, ping_interval=self._ping_every
        )
        self._handler = handler
        try:
            # The SDK would try a refused token for ever; asked first, it says so here.
            answer = await app.client.apps_connections_open(app_token=self._app_token)
            if isinstance(app.client, Watched):  # and when it has to connect anew
                app.client.refused = self._end
            handler.client.wss_uri = str(answer["url"])
            async with asyncio.timeout(TIMEOUT):  # and an address that is of no use
                await handler.connect_async()  # type: ignore[no-untyped-call]
            yield
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]

    # --- what comes ---------------------------------------------------------------

    async def _do(
        self, context: AsyncBoltContext, work: Work, *, hurried: bool = False
    ) -> None:
        """Work for the workspace that the app is installed in, not that of a guest.

        ``hurried`` lets nobody else be acknowledged first: a form has three seconds. What
        Slack takes by no way is noted, and cannot be told to the person either.
        """
        at = self._workspaces.get(context.team_id or "")
        if at is None:
            return
        with self._arrivals as arrivals:
            if not arrivals.alone and not hurried:
                await arrivals.calm()
            try:
                await work(at)
            except FAULTS as error:
                noted("delivery", error)

    async def _removed(self, event: Json, context: AsyncBoltContext) -> None:
        revoked = (event.get("tokens") or {}).get("bot")
        if event["type"] == "tokens_revoked" and not revoked:
            return  # a person's token, of which there are none
        team = context.team_id or ""
        self._workspaces.pop(team, None)
        await self._reception.gone(Tenant("slack", team))
        structlog.get_logger().warning("slack_removed")
        if not self._workspaces:
            self._closed.set()

    async def _tell(self) -> None:
        """Tell whoever is to be told something, again and again."""

        async def once() -> frozenset[str]:
            try:
                return await self.tell_once()
            except Exception as error:  # what cannot be told now waits
                noted("tell", error)
                return frozenset()

        if self._tell_every is not None:
            await Rounds(once, self._tell_every).run()


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
