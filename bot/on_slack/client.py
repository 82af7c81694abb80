"""The Slack client: one workspace, over Socket Mode or signed HTTP, until it is closed."""

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.catalogue import Words
from bot.on_slack.buttons import PRESSED
from bot.on_slack.commands import PATTERN
from bot.on_slack.delivery import Delivery
from bot.on_slack.faults import (
    FOR_GOOD,
    REFUSED,
    Disconnected,
    TokenRefused,
    code,
    noted,
)
from bot.on_slack.forms import CALLBACK
from bot.on_slack.home import Home
from bot.on_slack.people import People
from bot.on_slack.receiving import Receiving
from bot.on_slack.serving import served
from bot.reception.messages import Receives
from knowledge.model import Tenant

Json = Mapping[str, Any]

API = "https://slack.com/api/"
CLAIM = "quis_claim"
TELL_EVERY = 5.0
PING_EVERY = 10.0
TIMEOUT = 20
RETRIES = 3

_log = logging.getLogger(__name__)


class SlackClient:
    """Runs once, until it is closed.

    With ``app_token`` in Socket Mode; else as an HTTP server at ``http`` (``host:port``)
    that checks Slack's signatures by ``signing_secret``. ``words`` speak where nobody's
    language is known. ``tell_every`` seconds it looks whom something is to be told;
    None: never.
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
        self._reception = reception
        self._words = words
        self._app_token = app_token
        self._signing_secret = signing_secret
        self._http = http
        self._tell_every = tell_every
        self._ping_every = ping_every
        self._client = AsyncWebClient(
            token=token,
            base_url=_base(api),
            timeout=TIMEOUT,
            retry_handlers=_retries(),
        )
        self._closed = asyncio.Event()
        self._ended: TokenRefused | None = None
        self.address: str | None = None  # where it listens for signed HTTP
        self.team: str | None = None
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Serve until closed. Raises TokenRefused or Disconnected."""
        try:
            async with contextlib.AsyncExitStack() as open_now:
                session = await open_now.enter_async_context(aiohttp.ClientSession())
                self._client.session = session
                app = await self._app()
                await open_now.enter_async_context(self._connected(app))
                self.ready.set()
                _log.info("slack_ready")
                telling = asyncio.create_task(self._tell())
                open_now.push_async_callback(_ended, telling)
                await self._closed.wait()
        except SlackApiError as error:
            refused = code(error) in REFUSED
            raise (TokenRefused if refused else Disconnected)(code(error)) from None
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            raise Disconnected(code(error)) from error
        if self._ended is not None:
            raise self._ended

    async def close(self) -> None:
        """End the connection; what is being worked on is given up."""
        self._closed.set()

    # --- connecting ----------------------------------------------------------------

    async def _app(self) -> AsyncApp:
        """The app with its listeners, for the workspace of the token."""
        me = await self._client.auth_test()
        self.team = str(me["team_id"])
        people = People(self._client)
        language = self._words.language
        home = Home(self._client, self._reception, people, language)
        receiving: Receiving

        def began(channel: str, thread: str) -> None:
            receiving.began(channel, thread)

        self._delivery = Delivery(self._client, self._reception, _retries(), began)
        receiving = Receiving(
            self._client,
            self._reception,
            people,
            self._delivery,
            home,
            bot=str(me["user_id"]),
            language=language,
        )
        app = AsyncApp(
            client=self._client,
            # Without it bolt asks for one; in Socket Mode nothing is signed.
            signing_secret=self._signing_secret or "unused",
            request_verification_enabled=self._app_token is None,
        )
        self._listen(app, receiving, home)
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
        try:
            # The SDK would try a refused token for ever; asked first, it says so here.
            opened = await self._client.apps_connections_open(app_token=self._app_token)
            handler.client.wss_uri = str(opened["url"])
            async with asyncio.timeout(TIMEOUT):  # the SDK tries for ever
                await handler.connect_async()  # type: ignore[no-untyped-call]
            yield
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]

    # --- listening -----------------------------------------------------------------

    def _listen(self, app: AsyncApp, to: Receiving, at_home: Home) -> None:
        """Every listener acknowledges first, and then hands over."""

        async def heard(body: Json, context: AsyncBoltContext) -> None:
            event, id = body["event"], str(body.get("event_id") or "")
            await self._safely(to.message(event, id, self._tenant(context)))

        async def commanded(
            ack: AsyncAck, body: Json, context: AsyncBoltContext
        ) -> None:
            await ack()
            await self._safely(to.command(body, self._tenant(context)))

        async def pressed(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
            await ack()
            await self._safely(to.press(body, self._tenant(context)))

        async def claimed(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
            await ack()
            await self._safely(to.claim(body, self._tenant(context)))

        async def sent(ack: AsyncAck, body: Json, context: AsyncBoltContext) -> None:
            await ack()
            await self._safely(to.submit(body, self._tenant(context)))

        async def opened(event: Json, context: AsyncBoltContext) -> None:
            await self._safely(at_home.opened(event, self._tenant(context)))

        async def begun(event: Json, context: AsyncBoltContext) -> None:
            await self._safely(at_home.begun(event, self._tenant(context)))

        async def removed(event: Json, context: AsyncBoltContext) -> None:
            revoked = (event.get("tokens") or {}).get("bot")
            if event["type"] == "tokens_revoked" and not revoked:
                return  # a person's token, of which there are none
            tenant = self._tenant(context)
            await self._reception.gone(tenant)
            _log.warning("slack_removed")
            if tenant.id == self.team:
                self._ended = TokenRefused("app_uninstalled")
                self._closed.set()

        async def ignored() -> None:
            """Asked for by somebody's manifest, and nothing to us."""

        async def failed(error: Exception) -> None:
            noted("listener", error)

        app.event("app_mention")(heard)
        app.event("message")(heard)
        app.event("app_home_opened")(opened)
        app.event("assistant_thread_started")(begun)
        app.event("app_uninstalled")(removed)
        app.event("tokens_revoked")(removed)
        app.event(re.compile(".*"))(ignored)
        app.command(PATTERN)(commanded)
        app.action(PRESSED)(pressed)
        app.view(CALLBACK)(sent)
        app.shortcut(CLAIM)(claimed)
        app.error(failed)

    def _tenant(self, context: AsyncBoltContext) -> Tenant:
        """The workspace that the app is installed in, not that of a guest."""
        return Tenant("slack", str(context.team_id or self.team))

    async def _safely(self, work: Awaitable[None]) -> None:
        """What Slack takes by no way is noted; the person sees nothing, or sees it late."""
        try:
            await work
        except (SlackApiError, OSError, aiohttp.ClientError, TimeoutError) as error:
            noted("delivery", error)

    # --- telling -------------------------------------------------------------------

    async def _tell(self) -> None:
        """Tell whoever is to be told something, again and again."""
        while self._tell_every is not None:
            try:
                await self.tell_once()
            except Exception as error:  # one that cannot be told now waits
                noted("tell", error)
            await asyncio.sleep(self._tell_every)

    async def tell_once(self) -> None:
        """All that is due in this workspace, once."""
        for notice in await self._reception.to_tell("slack"):
            if notice.tenant.id != self.team:
                continue
            try:
                place = await self._delivery.tell(notice)
            except SlackApiError as error:
                noted("tell", error)
                if code(error) in FOR_GOOD:
                    await self._reception.told(notice.id)
                continue
            await self._reception.told(notice.id, place)


def _base(api: str | None) -> str:
    base = api or API
    return base if base.endswith("/") else f"{base}/"


def _retries() -> list[AsyncRetryHandler]:
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=1),
        AsyncRateLimitErrorRetryHandler(max_retry_count=RETRIES),
        AsyncServerErrorRetryHandler(max_retry_count=RETRIES),
    ]


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


__all__ = ["Disconnected", "SlackClient", "TokenRefused"]
