"""Signed HTTP: the same payloads as requests to the bot's own address."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.platforms.slack_server.clock import Clock
from tests.platforms.slack_server.delivery import (
    Attempt,
    Delivery,
    Kind,
    NotDelivered,
    within_the_limit,
)

Json = dict[str, Any]
_FORM = "application/x-www-form-urlencoded"
_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True)
class Request:
    """A request to the bot, byte by byte, so that it can be replayed or forged."""

    body: bytes
    headers: dict[str, str]


def signature(secret: str, timestamp: str, body: bytes) -> str:
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class SignedHttp:
    """The transport over HTTP. ``sent`` are the requests, as they were."""

    def __init__(self, clock: Clock, secret: str, url: str) -> None:
        self._clock = clock
        self._secret = secret
        self.url = url
        self.sent: list[Request] = []
        self._session = aiohttp.ClientSession()

    async def close(self) -> None:
        await self._session.close()

    def request(
        self,
        kind: Kind,
        payload: Json,
        *,
        timestamp: str | None = None,
        secret: str | None = None,
    ) -> Request:
        """Signed; by default now, with the right secret."""
        if kind is Kind.EVENT:
            body, content = json.dumps(payload).encode(), "application/json"
        elif kind is Kind.COMMAND:
            body, content = urlencode(payload).encode(), _FORM
        else:
            body = urlencode({"payload": json.dumps(payload)}).encode()
            content = _FORM
        # By the real clock: the bot's library compares it with that.
        stamp = timestamp if timestamp is not None else str(int(time.time()))
        return Request(
            body,
            {
                "Content-Type": content,
                "User-Agent": _AGENT,
                "X-Slack-Request-Timestamp": stamp,
                "X-Slack-Signature": signature(secret or self._secret, stamp, body),
            },
        )

    async def post(self, request: Request) -> tuple[int, str]:
        """Send this very request: status, and what the bot said."""
        async with self._session.post(
            self.url, data=request.body, headers=request.headers
        ) as response:
            return response.status, await response.text()

    async def send(self, delivery: Delivery, attempt: Attempt) -> Json | None:
        request = self.request(delivery.kind, delivery.payload)
        if attempt.number:
            request.headers["X-Slack-Retry-Num"] = str(attempt.number)
            request.headers["X-Slack-Retry-Reason"] = f"http_{attempt.reason}"
        self.sent.append(request)
        attempt.began = self._clock.seconds()
        work = asyncio.ensure_future(self._exchange(request, attempt))
        try:
            if not await within_the_limit(self._clock, work):
                raise NotDelivered("timeout")
            return work.result()
        finally:
            # Slack hangs up after three seconds.
            work.cancel()
            await asyncio.wait({work})

    async def _exchange(self, request: Request, attempt: Attempt) -> Json | None:
        try:
            async with self._session.post(
                self.url, data=request.body, headers=request.headers
            ) as response:
                text = await response.text()
        except aiohttp.ClientError as error:
            raise NotDelivered("connection_failed") from error
        if response.status != 200:
            final = response.headers.get("X-Slack-No-Retry") == "1"
            raise NotDelivered(f"error: HTTP {response.status}", final=final)
        attempt.acknowledged_after = self._clock.seconds() - (attempt.began or 0.0)
        if not text:
            return None
        if response.content_type == "application/json":
            return dict(json.loads(text))
        return {"text": text}
