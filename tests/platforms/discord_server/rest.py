"""The REST side: reads requests, checks them, calls a handler, checks its answer."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from aiohttp import web

from tests.platforms.discord_server import errors, rules, schemas
from tests.platforms.discord_server.errors import ApiError
from tests.platforms.discord_server.faults import Fault, Faults
from tests.platforms.discord_server.messages import Upload
from tests.platforms.limits import Limits
from tests.platforms.waiting import Diary

PREFIX = "/api/v10"
_BY_TOKEN_IN_PATH = ("/webhooks/", "/interactions/")
_SECRET = re.compile(r"(?<=/)[0-9]+-(interaction)+(?=/|$)")


@dataclass(kw_only=True)
class Request:
    """What the bot asks for; ``named`` are the variable parts of the path."""

    method: str
    path: str
    query: dict[str, str]
    body: Any = None
    uploads: list[Upload] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {_SECRET.sub('TOKEN', self.path)}"


Answer = tuple[int, Any]  # status and body
Handler = Callable[[Request], Answer]


@dataclass(frozen=True)
class Route:
    """``"POST", "/channels/{channel}/messages"`` and what answers it."""

    method: str
    template: str
    handler: Handler

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template))

    def match(self, method: str, path: str) -> dict[str, str] | None:
        found = self._pattern.fullmatch(path) if method == self.method else None
        return None if found is None else found.groupdict()


class Refused(Exception):
    """A limit is reached."""

    def __init__(self, error: ApiError, headers: dict[str, str]) -> None:
        super().__init__(str(error))
        self.error, self.headers = error, headers


class Rest:
    """Answers as Discord would; keeps what was wrong with requests and with answers."""

    def __init__(self, routes: Iterable[Route], diary: Diary, token: str) -> None:
        self._routes = list(routes)
        self._diary = diary
        self.token = token
        self.faults = Faults()
        self.limits: Limits | None = None  # a load sets them; else there are none
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.wrong_answers: list[str] = []  # this server's own, against the schemas

    async def handle(self, request: web.Request) -> web.StreamResponse:
        asked = await _read(request)
        self.requests.append(asked)
        fault = self.faults.next_for(asked.method, asked.path)
        if fault is not None and fault.gate is not None:
            self._diary.note(f"{asked} is kept waiting")
            await fault.gate.wait()
        if fault is not None and fault.drop:
            return self._hang_up(request, asked)
        limited: dict[str, str] = {}
        try:
            limited = self._within_limits(asked)
            status, body = self._answer(request, asked, fault)
        except Refused as refused:
            status, body, limited = 429, refused.error.body(), refused.headers
        except ApiError as error:
            status, body = error.kind.status, error.body()
            self.violations += [f"{asked}: {wrong}" for wrong in error.violations]
        code = f" {body['code']}" if status >= 400 and body.get("code") else ""
        self._diary.note(f"{asked} → {status}{code}")
        if fault is not None and fault.lose:
            return self._hang_up(request, asked)
        headers = limited | (fault.headers if fault else {})
        return _response(asked, status, body, headers)

    def _within_limits(self, asked: Request) -> dict[str, str]:
        """What an answer says of them. Raises Refused."""
        if self.limits is None:
            return {}
        headers, refusal = self.limits.discord(asked.method, asked.path)
        if refusal is not None:
            details = {
                "retry_after": refusal.seconds,
                "global": "X-RateLimit-Global" in headers,
            }
            raise Refused(ApiError(errors.RATE_LIMITED, details), headers)
        return headers

    def _answer(
        self, request: web.Request, asked: Request, fault: Fault | None
    ) -> Answer:
        if fault is not None and fault.error is not None:
            raise ApiError(fault.error, fault.details)
        by_token = asked.path.startswith(_BY_TOKEN_IN_PATH)
        if not by_token and request.headers.get("Authorization") != f"Bot {self.token}":
            raise ApiError(errors.UNAUTHORIZED)
        handler = self._find(asked)
        self._check(asked)
        status, body = handler(asked)
        if (schema := schemas.answers()) is not None and status < 300:
            problems = schema.answer(asked.method, asked.path, status, body)
            self.wrong_answers += [f"{asked}: {problem}" for problem in problems]
        return status, body

    def _find(self, asked: Request) -> Handler:
        for route in self._routes:
            named = route.match(asked.method, asked.path)
            if named is not None:
                asked.named = named
                return route.handler
        self.violations.append(f"{asked}: this local Discord cannot do that")
        raise ApiError(errors.NOT_FOUND)

    def _check(self, asked: Request) -> None:
        if asked.method not in {"POST", "PUT", "PATCH"}:
            return
        problems = rules.broken_limits(asked.method, asked.path, asked.body)
        if (schema := schemas.requests()) is not None:
            problems += schema.request(asked.method, asked.path, asked.body)
        if problems:
            raise errors.invalid_form(problems)

    def _hang_up(self, request: web.Request, asked: Request) -> web.StreamResponse:
        self._diary.note(f"{asked} got no answer")
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)


async def _read(request: web.Request) -> Request:
    asked = Request(
        method=request.method,
        path=request.path.removeprefix(PREFIX),
        query=dict(request.query),
    )
    if request.content_type == "multipart/form-data":
        form = await request.post()
        asked.body = json.loads(str(form.get("payload_json", "{}")))
        for file in form.values():
            if isinstance(file, web.FileField):
                data = await asyncio.to_thread(file.file.read)
                asked.uploads.append(Upload(file.filename, data, file.content_type))
    elif request.can_read_body:
        asked.body = json.loads(await request.text() or "null")
    return asked


def _response(
    asked: Request, status: int, body: Any, headers: dict[str, str]
) -> web.Response:
    every = {
        "X-RateLimit-Limit": "50",
        "X-RateLimit-Remaining": "49",
        "X-RateLimit-Reset-After": "1",
        "X-RateLimit-Reset": str(time.time() + 1),
        "X-RateLimit-Bucket": re.sub(r"[^a-z]+", "-", str(asked).lower()),
        # Without it discord.py takes a 429 for a ban by the proxy in front of Discord.
        "Via": "1.1 google",
    } | headers
    if body is None:
        return web.Response(status=status, headers=every)
    # Exactly this type: discord.py compares it, and a charset would make it text.
    every["Content-Type"] = "application/json"
    return web.Response(body=json.dumps(body).encode(), status=status, headers=every)
