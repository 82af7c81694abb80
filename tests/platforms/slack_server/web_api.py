"""The Web API: tokens, scopes, arguments, faults; the methods themselves are elsewhere."""

import inspect
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.platforms.limits import Limits
from tests.platforms.slack_server.errors import SlackError
from tests.platforms.slack_server.faults import Fault, Faults
from tests.platforms.slack_server.sockets import SocketMode
from tests.platforms.slack_server.state import Channel, User, Workspace, World
from tests.platforms.waiting import Diary

Json = dict[str, Any]
_STRUCTURED = {
    "blocks",
    "attachments",
    "view",
    "metadata",
    "prompts",
    "chunks",
    "files",
}
_SWITCHES = {
    "unfurl_links",
    "unfurl_media",
    "link_names",
    "mrkdwn",
    "reply_broadcast",
    "include_locale",
    "include_disabled",
    "return_im",
}
_CONNECT = "apps.connections.open"


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call with a good token; ``workspace`` is whose token it is."""

    method: str
    arguments: Json
    workspace: Workspace

    def channel(self, key: str = "channel") -> Channel:
        """The conversation that is named, if the bot may know of it."""
        channel = self.workspace.channels.get(str(self.arguments.get(key)))
        bot = self.workspace.bot
        hidden = channel is not None and channel.kind.value != "channel"
        if (
            channel is None
            or channel.deleted
            or (hidden and bot not in channel.members)
        ):
            raise SlackError("channel_not_found")
        return channel

    def user(self, key: str = "user") -> User:
        user = self.workspace.users.get(str(self.arguments.get(key)))
        if user is None:
            raise SlackError("user_not_found")
        return user


class RateLimited(SlackError):
    """A limit is reached; for so many whole seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


Handler = Callable[[Call], Json | Awaitable[Json]]


@dataclass(frozen=True)
class Method:
    """A method of the API: the scope that it takes, the arguments that it needs."""

    name: str
    handler: Handler
    scope: str | None = None
    needs: tuple[str, ...] = ()


class WebApi:
    """``calls`` are the calls made, in order, whatever became of them."""

    def __init__(
        self, world: World, diary: Diary, sockets: SocketMode, app_token: str
    ) -> None:
        self._world = world
        self._diary = diary
        self._sockets = sockets
        self.app_token = app_token
        self.faults = Faults()
        self.limits: Limits | None = None  # a load sets them; else there are none
        self.calls: list[tuple[str, Json]] = []
        self.violations: list[str] = []
        self.failures: list[str] = []  # of this server
        self._methods: dict[str, Method] = {}

    def offer(self, methods: Iterable[Method]) -> None:
        self._methods |= {method.name: method for method in methods}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            arguments, token = await _read(request)
        except SlackError as error:
            return self._reply(error.body(), None)
        self.calls.append((name, arguments))
        self._diary.note(f"a call of {name}")
        fault = self.faults.next_for(name)
        if fault is not None and fault.gate is not None:
            await fault.gate.wait()
        if fault is not None and (fault.drop or fault.error is not None):
            return self._faulty(request, fault)
        try:
            body = await self._answer(name, arguments, token)
        except RateLimited as limited:
            headers = {"Retry-After": str(limited.seconds)}
            return web.json_response(limited.body(), status=429, headers=headers)
        self._diary.note()
        if fault is not None and fault.lose:
            return self._faulty(request, fault)
        return self._reply(body, None)

    async def _answer(self, name: str, arguments: Json, token: str) -> Json:
        try:
            if name == _CONNECT:
                return self._connect(token)
            method, workspace = self._authorised(name, token)
            self._look_across(name, arguments, workspace)
            missing = [key for key in method.needs if arguments.get(key) in (None, "")]
            if missing:
                raise self._bad(name, f"without {', '.join(missing)}")
            self._within_limits(name, arguments, workspace)
            call = Call(method=name, arguments=arguments, workspace=workspace)
            result = method.handler(call)
            body = await result if inspect.isawaitable(result) else result
        except RateLimited:
            raise
        except SlackError as error:
            self._diary.note(f"{name} was answered with {error.error}")
            return error.body()
        except Exception as error:
            self.failures.append(f"{name}: {error!r}")
            raise
        return {"ok": True, **body}

    def _within_limits(self, name: str, arguments: Json, workspace: Workspace) -> None:
        limits = self.limits
        if limits and (wait := limits.slack(name, workspace.id, arguments)):
            raise RateLimited(wait)

    def _connect(self, token: str) -> Json:
        if token != self.app_token:
            raise SlackError(
                "not_allowed_token_type"
                if token.startswith("xoxb-")
                else "invalid_auth"
            )
        return {"ok": True, "url": self._sockets.new_ticket()}

    def _authorised(self, name: str, token: str) -> tuple[Method, Workspace]:
        if not token:
            raise SlackError("not_authed")
        if token == self.app_token:
            raise SlackError("not_allowed_token_type")
        found = [w for w in self._world.workspaces if w.bot_token == token]
        if not found:
            raise SlackError("invalid_auth")
        workspace = found[0]
        if workspace.token_error is not None:
            raise SlackError(workspace.token_error)
        if name not in self._methods:
            self.violations.append(f"{name} is no method that this local Slack knows")
            raise SlackError("unknown_method", {"req_method": name})
        method = self._methods[name]
        if method.scope is not None and method.scope not in workspace.scopes:
            provided = ",".join(sorted(workspace.scopes))
            details = {"needed": method.scope, "provided": provided}
            raise SlackError("missing_scope", details)
        return method, workspace

    def _look_across(self, name: str, arguments: Json, workspace: Workspace) -> None:
        """Nothing of one workspace is named with the token of another."""
        for key in ("channel", "channel_id", "user", "user_id", "users"):
            owner = self._world.owner_of(str(arguments.get(key)))
            if owner is not None and owner is not workspace:
                self.violations.append(
                    f"{name} of {workspace} names a {key} of {owner}"
                )

    def _bad(self, name: str, problem: str) -> SlackError:
        self.violations.append(f"{name} {problem}")
        return SlackError("invalid_arguments")

    def _faulty(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.error is not None:
            return self._reply(fault.error.body(), fault)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _reply(self, body: Json, fault: Fault | None) -> web.Response:
        status, headers = (fault.status, fault.headers) if fault else (200, {})
        return web.json_response(body, status=status, headers=headers)


async def _read(request: web.Request) -> tuple[Json, str]:
    """Arguments, wherever they stand, and the token."""
    arguments: Json = dict(request.query)
    if request.can_read_body:
        if request.content_type == "application/json":
            arguments |= await request.json()
        else:
            arguments |= dict(await request.post())
    for key in _STRUCTURED & arguments.keys():
        if isinstance(arguments[key], str):
            try:
                arguments[key] = json.loads(arguments[key])
            except ValueError:
                raise SlackError(f"invalid_{key}_format") from None
    for key in _SWITCHES & arguments.keys():
        if isinstance(arguments[key], str):
            arguments[key] = arguments[key].lower() in {"1", "true"}
    in_body = str(arguments.pop("token", ""))
    in_header = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return arguments, (in_header or in_body).strip()
