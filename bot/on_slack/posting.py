"""A message posted once: where Slack's word on it was lost, it is looked for first."""

import secrets
import time
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.on_slack.faults import FAULTS, noted
from bot.on_slack.render import Message
from knowledge.model import Place

METHOD: Final = "chat.postMessage"
LOST: Final = (aiohttp.ClientError, ConnectionError, TimeoutError)
"""After these nobody knows whether the message stands."""

LATELY: Final = 300.0
"""Seconds to look back."""

LOOKED_THROUGH: Final = 200
"""Messages of one page."""


class Reconnecting(AsyncConnectionErrorRetryHandler):
    """Calls again after a lost connection, but for what must not stand twice."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.endswith(METHOD):
            return False
        return await super()._can_retry_async(
            state=state, request=request, response=response, error=error
        )


class Posting:
    """Posts in one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def post(
        self,
        message: Message,
        channel: str,
        thread: str | None = None,
        *,
        mark: str = "",
    ) -> Place:
        """Where it now stands. Raises SlackApiError or OSError.

        It is known again by ``mark``, for which else a new one is made.
        """
        mark = mark or secrets.token_hex(8)
        try:
            return await self._post(message, channel, thread, mark)
        except LOST as error:
            noted(METHOD, error)
        stands = await self.standing(channel, thread, mark)
        return stands or await self._post(message, channel, thread, mark)

    async def _post(
        self, message: Message, channel: str, thread: str | None, mark: str
    ) -> Place:
        answer = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            unfurl_links=False,
            unfurl_media=False,
            parse="none",
            link_names=False,
            text=message.text,
            blocks=message.blocks or None,
            metadata=metadata(mark),
        )
        return _place(str(answer["channel"]), str(answer["ts"]), thread)

    async def update(
        self, message: Message, place: Place, *, mark: str | None = None
    ) -> Place:
        """An edit would else read ``@name`` in the text: its default is to.

        It is known again by ``mark``; without one the message keeps that which it has.
        """
        await self._client.chat_update(
            channel=place.channel,
            ts=place.message,
            parse="none",
            link_names=False,
            text=message.text,
            blocks=message.blocks or None,
            metadata=None if mark is None else metadata(mark),
        )
        return place

    async def standing(
        self,
        channel: str,
        thread: str | None,
        mark: str,
        *,
        within: float | None = LATELY,
    ) -> Place | None:
        """The message with this mark; None where there is none, or nobody can say.

        ``within``: seconds to look back; None: as far as one page of messages goes.
        """
        lately = None if within is None else f"{time.time() - within:.6f}"
        try:
            if thread is not None:
                found = await self._client.conversations_replies(
                    channel=channel,
                    ts=thread,
                    oldest=lately,
                    limit=LOOKED_THROUGH,
                    include_all_metadata=True,
                )
            else:
                found = await self._client.conversations_history(
                    channel=channel,
                    oldest=lately,
                    limit=LOOKED_THROUGH,
                    include_all_metadata=True,
                )
        except FAULTS as error:
            noted("conversations.history", error)
            return None
        for each in found.get("messages") or []:
            if marked(each, mark):
                return _place(channel, str(each["ts"]), thread)
        return None


def metadata(mark: str) -> dict[str, Any]:
    """What Slack keeps beside a message and shows nobody, by which it is known again."""
    return {"event_type": "quis", "event_payload": {"mark": mark}}


_TO = "to "


def mark_of_reply(message: str) -> str:
    """The mark of what the bot says first to a message of its channel."""
    return f"{_TO}{message}"


def marked(message: Mapping[str, Any], mark: str) -> bool:
    """Whether a message of Slack's has that beside it."""
    return _beside(message) == mark


def may_reply_to(message: Mapping[str, Any], said: str) -> bool:
    """Whether it is the bot's reply to a message, or was edited since and may be.

    An edit leaves another mark in the place of the first.
    """
    mark = _beside(message)
    if not message.get("bot_id") or not mark:
        return False
    behind = float(message["ts"]) > float(said)
    return mark == mark_of_reply(said) or (behind and not mark.startswith(_TO))


def _beside(message: Mapping[str, Any]) -> str:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("mark") or "")


def _place(channel: str, ts: str, thread: str | None) -> Place:
    """Who answers to a message that stands alone begins a thread that has its number."""
    return Place(channel, ts, thread or ts)
