"""One workspace that the bot is installed in: its token, its people, its deliveries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.on_slack.delivery import Delivery
from bot.on_slack.faults import (
    FAULTS,
    FOR_GOOD,
    REFUSED,
    TAKEN_BACK,
    code,
    noted,
)
from bot.on_slack.home import Home
from bot.on_slack.people import People
from bot.on_slack.posting import Reconnecting
from bot.on_slack.receiving import Receiving
from bot.on_slack.telling import Telling
from bot.reception.messages import Receives, ToTell
from knowledge.model import Tenant

API = "https://slack.com/api/"
TIMEOUT = 20
RETRIES = 3


class Taken(Enum):
    """What Slack did with what was to be told."""

    YES = "told"
    NO = "refused"
    NO_MORE = "refused, as anything more would be for now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Everything of one workspace; nothing in it knows another."""

    tenant: Tenant
    token: str
    client: "Watched"
    bot: str  # its user id
    bot_id: str
    receiving: Receiving
    home: Home
    delivery: Delivery
    telling: Telling

    @property
    def authorized(self) -> AuthorizeResult:
        """What bolt wants to know of it."""
        return AuthorizeResult(
            enterprise_id=None,
            team_id=self.tenant.id,
            bot_token=self.token,
            bot_id=self.bot_id,
            bot_user_id=self.bot,
        )

    async def tell(self, notice: ToTell, reception: Receives) -> Taken:
        """Tell what is due; it is given up where Slack would refuse it again."""
        try:
            place = await self.telling.tell(notice)
        except FAULTS as error:
            noted("tell", error)
            if code(error) == "edit_window_closed" and notice.edit is not None:
                await reception.told(
                    notice.id, notice.edit
                )  # a reply still can be given
            elif code(error) in FOR_GOOD:
                await reception.told(notice.id)
            return Taken.NO_MORE if code(error) == "ratelimited" else Taken.NO
        await reception.told(notice.id, place)
        return Taken.YES


def limit_of(notice: ToTell) -> tuple[str, str | None]:
    """Slack limits edits in a workspace, and new messages in a channel."""
    if notice.edit is not None:
        return (notice.tenant.id, None)
    where = notice.reply_to.channel if notice.reply_to else notice.channel
    return (notice.tenant.id, where or notice.user)


async def opened(
    tokens: Sequence[str],
    reception: Receives,
    language: str,
    *,
    api: str | None,
    session: aiohttp.ClientSession,
) -> list[Workspace]:
    """The workspaces of these tokens, without those whose token is refused.

    Raises SlackApiError where all are, or where Slack answers none.
    """
    found: list[Workspace] = []
    refusals: list[SlackApiError] = []
    for token in tokens:
        try:
            found.append(await _opened(token, reception, language, api, session))
        except SlackApiError as error:
            if code(error) not in REFUSED:
                raise
            noted("auth.test", error)
            refusals.append(error)
            if code(error) in TAKEN_BACK:  # while the bot was away
                await reception.revoked("slack", mark_of(token))
    if not found and refusals:
        raise refusals[0]
    return found


def mark_of(token: str) -> str:
    """Tells a token again, and nothing of it: it is long and random."""
    return sha256(token.encode()).hexdigest()[:32]


class Watched(AsyncWebClient):
    """Tells ``refused`` when Slack will not have its token any more."""

    refused: Callable[[str], None] = staticmethod(lambda _: None)

    async def api_call(self, *how: Any, **with_: Any) -> AsyncSlackResponse:
        """As ever; raises SlackApiError."""
        try:
            return await super().api_call(*how, **with_)
        except SlackApiError as error:
            if code(error) in REFUSED:
                self.refused(code(error))
            raise


def web_client(
    token: str | None, api: str | None, session: aiohttp.ClientSession
) -> Watched:
    """Calls Slack, and again where Slack says so or is out of order for a moment."""
    base = api or API
    return Watched(
        token=token,
        base_url=base if base.endswith("/") else f"{base}/",
        timeout=TIMEOUT,
        session=session,
        retry_handlers=_retries(),
    )


async def _opened(
    token: str,
    reception: Receives,
    language: str,
    api: str | None,
    session: aiohttp.ClientSession,
) -> Workspace:
    client = web_client(token, api, session)
    me = await client.auth_test()
    people = People(client)
    address = str(me.get("url") or "")
    delivery = Delivery(client, reception, _retries(), address)
    home = Home(client, reception, people, language)
    bot = str(me["user_id"])
    return Workspace(
        tenant=Tenant("slack", str(me["team_id"])),
        token=token,
        client=client,
        bot=bot,
        bot_id=str(me.get("bot_id") or ""),
        receiving=Receiving(
            client, reception, people, delivery, home, bot=bot, language=language
        ),
        home=home,
        delivery=delivery,
        telling=Telling(client, address),
    )


def _retries() -> list[AsyncRetryHandler]:
    return [
        Reconnecting(max_retry_count=1),
        AsyncRateLimitErrorRetryHandler(max_retry_count=RETRIES),
        AsyncServerErrorRetryHandler(max_retry_count=RETRIES),
    ]
