"""The gateway: sessions, events, intents, and everything that can go wrong with them."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.discord_server import schemas
from tests.platforms.discord_server.state import Guild, World
from tests.platforms.discord_server.wire import (
    Json,
    guild_create,
    member_with_user,
    own_user_object,
)
from tests.platforms.waiting import Diary

DISPATCH, HEARTBEAT, RECONNECT = 0, 1, 7
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
AUTHENTICATION_FAILED, INVALID_VERSION, DISALLOWED_INTENTS = 4004, 4012, 4014

GUILDS, MEMBERS, PRESENCES, MESSAGE_CONTENT = 1 << 0, 1 << 1, 1 << 8, 1 << 15
PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT
# Event → the intent that it takes in a guild, and in direct messages.
_INTENTS = {
    "CHANNEL_CREATE": (GUILDS, GUILDS),
    "CHANNEL_DELETE": (GUILDS, GUILDS),
    "CHANNEL_UPDATE": (GUILDS, GUILDS),
    "GUILD_CREATE": (GUILDS, GUILDS),
    "GUILD_DELETE": (GUILDS, GUILDS),
    "GUILD_ROLE_CREATE": (GUILDS, GUILDS),
    "GUILD_MEMBER_ADD": (MEMBERS, MEMBERS),
    "GUILD_MEMBER_UPDATE": (MEMBERS, MEMBERS),
    "THREAD_CREATE": (GUILDS, GUILDS),
    "THREAD_UPDATE": (GUILDS, GUILDS),
    "THREAD_DELETE": (GUILDS, GUILDS),
    "MESSAGE_CREATE": (1 << 9, 1 << 12),
    "MESSAGE_UPDATE": (1 << 9, 1 << 12),
    "MESSAGE_DELETE": (1 << 9, 1 << 12),
    "MESSAGE_REACTION_ADD": (1 << 10, 1 << 13),
    "MESSAGE_REACTION_REMOVE": (1 << 10, 1 << 13),
}
_BLANKED: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


@dataclass(eq=False)
class Connection:
    """A socket; what is put into ``outgoing`` leaves in that order."""

    request: web.Request
    socket: web.WebSocketResponse
    outgoing: "asyncio.Queue[Json | int]" = field(default_factory=asyncio.Queue)

    def send(self, op: int, data: Any = None) -> None:
        self.outgoing.put_nowait({"op": op, "d": data, "s": None, "t": None})

    def close(self, code: int) -> None:
        self.outgoing.put_nowait(code)

    def break_off(self) -> None:
        """No closing handshake: the line is dead."""
        if self.request.transport is not None:
            self.request.transport.abort()

    async def write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                match await self.outgoing.get():
                    case int(code):
                        await self.socket.close(code=code)
                    case frame:
                        await self.socket.send_str(json.dumps(frame))


@dataclass(eq=False)
class Session:
    """What survives a connection: the events so far, to be replayed."""

    id: str
    intents: int
    connection: Connection | None
    log: list[Json] = field(default_factory=list)
    shard: tuple[int, int] = (0, 1)

    def has(self, guild: Guild | None) -> bool:
        """Whether a guild's events come on this shard; direct ones come on the first."""
        number, count = self.shard
        return ((int(guild.id) >> 22) % count if guild else 0) == number

    def dispatch(self, event: str, data: Json) -> None:
        frame = {"op": DISPATCH, "t": event, "s": len(self.log) + 1, "d": data}
        self.log.append(frame)
        if self.connection is not None:
            self.connection.outgoing.put_nowait(frame)


class Gateway:
    """``privileged``: the intents that the application was granted."""

    def __init__(
        self, world: World, diary: Diary, *, token: str, privileged: int
    ) -> None:
        self._world = world
        self._diary = diary
        self._privileged = privileged
        self._numbers = count(1)
        self._refusals = 0
        self._told: dict[tuple[str, str], Json] = {}  # by event and id
        self._held: dict[str, list[tuple[Json, Guild | None]]] = {}
        self.token = token
        self.url = ""
        self.heartbeat_ms = 41250
        self.connections: list[Connection] = []
        self.sessions: dict[str, Session] = {}
        self.identified = self.resumed = self.heartbeats = 0
        self.wrong_events: list[str] = []  # this server's own, against the schemas

    # --- what a client does ---------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self._refusals > 0:
            self._refusals -= 1
            self._diary.note("the gateway refused a connection")
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            await socket.close(code=INVALID_VERSION)
            return socket
        connection = Connection(request, socket)
        self.connections.append(connection)
        writer = asyncio.create_task(connection.write())
        connection.send(HELLO, {"heartbeat_interval": self.heartbeat_ms, "_trace": []})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    frame = json.loads(message.data)
                    self._receive(connection, frame["op"], frame.get("d"))
        finally:
            writer.cancel()
            self._forget(connection)
        return socket

    def _receive(self, connection: Connection, op: int, data: Any) -> None:
        match op:
            case 1:  # HEARTBEAT
                self.heartbeats += 1
                connection.send(HEARTBEAT_ACK)
                self._diary.note()
            case 2:  # IDENTIFY
                self._identify(connection, data)
            case 6:  # RESUME
                self._resume(connection, data)
            case 8:  # REQUEST_GUILD_MEMBERS
                self._members(connection, data)
            case _:
                pass  # presence and voice, which are nobody's business here

    def _identify(self, connection: Connection, data: Json) -> None:
        if data["token"] != self.token:
            self._diary.note("IDENTIFY with a wrong token")
            connection.close(AUTHENTICATION_FAILED)
            return
        if data["intents"] & PRIVILEGED & ~self._privileged:
            self._diary.note("IDENTIFY with intents that were not granted")
            connection.close(DISALLOWED_INTENTS)
            return
        session = Session(f"session-{next(self._numbers)}", data["intents"], connection)
        session.shard = tuple(data.get("shard") or (0, 1))
        self.sessions[session.id] = session
        guilds = [
            guild
            for guild in self._world.guilds.values()
            if guild.has_bot and session.has(guild)
        ]
        self._send(session, "READY", self._ready(session, guilds, data))
        for guild in guilds:
            if not guild.unavailable:
                self._send(session, "GUILD_CREATE", guild_create(guild, self._world))
        self.identified += 1
        self._diary.note("the bot identified itself to the gateway")

    def _ready(self, session: Session, guilds: list[Guild], asked: Json) -> Json:
        return {
            "v": 10,
            "user": own_user_object(self._world.bot),
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": asked.get("shard", [0, 1]),
            "application": {
                "id": self._world.application_id,
                "flags": 0,
                "flags_new": "0",
            },
        }

    def _resume(self, connection: Connection, data: Json) -> None:
        if data["token"] != self.token:
            connection.close(AUTHENTICATION_FAILED)
            return
        session = self.sessions.get(data["session_id"])
        if session is None:
            self._diary.note("RESUME of a session that is gone")
            connection.send(INVALID_SESSION, data=False)
            return
        session.connection = connection
        for frame in session.log[data["seq"] or 0 :]:
            connection.outgoing.put_nowait(frame)
        session.dispatch("RESUMED", {})
        self.resumed += 1
        self._diary.note("the bot resumed its session")

    def _members(self, connection: Connection, data: Json) -> None:
        guild = self._world.guilds[str(data["guild_id"])]
        wanted = data.get("user_ids") or list(guild.members)
        wanted = [wanted] if isinstance(wanted, str) else wanted
        found = [guild.members[id_] for id_ in map(str, wanted) if id_ in guild.members]
        chunk = {
            "guild_id": guild.id,
            "members": [member_with_user(member) for member in found],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [id_ for id_ in map(str, wanted) if id_ not in guild.members],
            "nonce": data.get("nonce"),
        }
        for session in self.sessions.values():
            if session.connection is connection:
                self._send(session, "GUILD_MEMBERS_CHUNK", chunk)

    def _forget(self, connection: Connection) -> None:
        self.connections.remove(connection)
        for session in list(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if connection.socket.close_code in {1000, 1001}:
                    del self.sessions[session.id]  # said goodbye, so no resuming
        self._diary.note("a connection to the gateway ended")

    # --- what the platform does -------------------------------------------------------------

    def dispatch(self, event: str, data: Json, guild: Guild | None = None) -> None:
        """Tell every session that asked for such events."""
        if guild is not None and not guild.has_bot and event != "INTERACTION_CREATE":
            return
        if event in self._held:
            self._held[event].append((data, guild))
            return
        in_guild, in_direct = _INTENTS.get(event, (0, 0))
        needed = in_direct if guild is None else in_guild
        for session in self.sessions.values():
            if session.has(guild) and (not needed or session.intents & needed):
                self._send(session, event, self._as_seen(session, event, data))

    def _as_seen(self, session: Session, event: str, data: Json) -> Json:
        """Content is privileged, but for one's own messages, mentions and direct ones."""
        if not event.startswith("MESSAGE_") or "author" not in data:
            return data
        bot = self._world.bot.id
        named = bot in {user["id"] for user in data["mentions"]}
        own = data["author"]["id"] == bot
        if session.intents & MESSAGE_CONTENT or named or own or "guild_id" not in data:
            return data
        return data | _BLANKED

    def _send(self, session: Session, event: str, data: Json) -> None:
        data = json.loads(
            json.dumps(data)
        )  # as it is now, whatever happens to it later
        problems = schemas.event_problems(event, data)
        self.wrong_events += [f"{event}: {problem}" for problem in problems]
        if "id" in data:
            self._told[event, str(data["id"])] = data
        session.dispatch(event, data)

    @property
    def connected(self) -> bool:
        return any(session.connection for session in self.sessions.values())

    def ask_for_heartbeats(self) -> None:
        """Each is answered as soon as everything sent before has been taken in."""
        for connection in self.connections:
            connection.send(HEARTBEAT)

    # --- what goes wrong --------------------------------------------------------------------

    def refuse(self, times: int = 1) -> None:
        """The next connections are answered 503."""
        self._refusals = times

    def drop(self) -> None:
        """The line dies; the session can be resumed."""
        for session in self.sessions.values():
            session.connection = None
        for connection in list(self.connections):
            connection.break_off()

    def reconnect(self) -> None:
        """Ask clients to connect anew and resume (opcode 7)."""
        for connection in self.connections:
            connection.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Opcode 9; unless resumable the client has to identify itself again."""
        if not resumable:
            self.sessions.clear()
        for connection in self.connections:
            connection.send(INVALID_SESSION, data=resumable)

    def close(self, code: int) -> None:
        for connection in self.connections:
            connection.close(code)

    def repeat(self, event: str) -> None:
        """Deliver the last event of a kind once more."""
        for session in self.sessions.values():
            frames = [frame for frame in session.log if frame["t"] == event]
            session.dispatch(event, frames[-1]["d"])

    def repeat_of(self, event: str, id_: str) -> None:
        """Deliver this very event once more, to a session that it never was of, too."""
        data = self._told[event, id_]
        for session in self.sessions.values():
            session.dispatch(event, data)

    def hold(self, event: str) -> None:
        """Keep events of a kind back until released."""
        self._held.setdefault(event, [])

    def let_go(self, event: str) -> list[Callable[[], None]]:
        """Keep nothing back any more; each call delivers one of those that were, late."""
        return [
            partial(self.dispatch, event, data, guild)
            for data, guild in self._held.pop(event, [])
        ]

    def release(self, event: str) -> None:
        """Deliver what was kept back, late."""
        for data, guild in self._held.pop(event, []):
            self.dispatch(event, data, guild)
