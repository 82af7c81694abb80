"""Socket Mode: connections of the bot, envelopes, acknowledgements, and their failures."""

import asyncio
import contextlib
import json
from dataclasses import dataclass
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.slack_server.clock import ACKNOWLEDGE_WITHIN, Clock
from tests.platforms.slack_server.delivery import (
    Attempt,
    Delivery,
    Kind,
    NotDelivered,
    within_the_limit,
)
from tests.platforms.slack_server.state import APP_ID
from tests.platforms.waiting import Diary

Json = dict[str, Any]
MOST_CONNECTIONS = 10


@dataclass(eq=False, repr=False)
class Envelope:
    """What went out and waits for its acknowledgement."""

    attempt: Attempt
    connection: "Connection"
    answer: "asyncio.Future[Json | None]"
    may_have_payload: bool
    acknowledged: bool = False


@dataclass(eq=False, repr=False)
class Connection:
    """A socket of the bot's; one that is to be refreshed gets nothing new."""

    request: web.Request
    socket: web.WebSocketResponse
    retiring: bool = False

    def break_off(self) -> None:
        """Without a closing handshake, as when a network fails."""
        if self.request.transport is not None:
            self.request.transport.abort()


class SocketMode:
    """The transport over sockets. Envelopes go to the connections in turn."""

    def __init__(self, clock: Clock, diary: Diary) -> None:
        self._clock = clock
        self._diary = diary
        self.url = ""  # where /link is; known once the server listens
        self.connections: list[Connection] = []
        self.opened = 0  # how many connections there ever were
        self.violations: list[str] = []
        self._tickets: set[str] = set()
        self._envelopes: dict[str, Envelope] = {}
        self._numbers = count(1)
        self._refuse = 0
        self._lose = 0

    # --- what a test makes happen -----------------------------------------------------------

    def refuse(self, times: int = 1) -> None:
        """The next connections are refused."""
        self._refuse = times

    def lose_acknowledgements(self, times: int = 1) -> None:
        """The next ones do not arrive, so what they are for is sent again."""
        self._lose = times

    def drop(self) -> None:
        """Every connection breaks off."""
        for connection in list(self.connections):
            connection.break_off()

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot to connect anew: also ``warning``, ``link_disabled``."""
        for connection in list(self.connections):
            connection.retiring = reason != "warning"
            message = {"type": "disconnect", "reason": reason, "debug_info": _DEBUG}
            await connection.socket.send_json(message)

    @property
    def connected(self) -> bool:
        return any(not connection.retiring for connection in self.connections)

    # --- the bot connects -------------------------------------------------------------------

    def new_ticket(self) -> str:
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return f"{self.url}?ticket={ticket}&app_id={APP_ID}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self._refuse > 0:
            self._refuse -= 1
            self._diary.note("a connection was refused")
            return web.Response(status=503)
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self.connections) >= MOST_CONNECTIONS:
            return web.Response(status=408)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(request, socket)
        await socket.send_json(_hello(len(self.connections) + 1))
        self.connections.append(connection)
        self.opened += 1
        self._diary.note("the bot connected")
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._read(message.data)
        finally:
            self.connections.remove(connection)
            self._lost(connection)
            self._diary.note("a connection of the bot ended")
        return socket

    def _read(self, text: str) -> None:
        try:
            data = json.loads(text)
        except ValueError:
            self.violations.append(f"the bot sent no JSON: {text[:60]}")
            return
        envelope = self._envelopes.get(data.get("envelope_id"))
        if envelope is None:
            self.violations.append(f"an acknowledgement of nothing sent: {text[:80]}")
            return
        if self._lose > 0:
            self._lose -= 1
            self._diary.note("an acknowledgement was lost")
            return
        if envelope.acknowledged:
            self.violations.append("an envelope was acknowledged twice")
            return
        envelope.acknowledged = True
        began = envelope.attempt.began or 0.0
        envelope.attempt.acknowledged_after = self._clock.seconds() - began
        if data.get("payload") and not envelope.may_have_payload:
            self.violations.append("an event was acknowledged with a payload")
        if envelope.answer.done():
            self._diary.note("an acknowledgement came too late")
        else:
            envelope.answer.set_result(data.get("payload"))

    def _lost(self, connection: Connection) -> None:
        for envelope in self._envelopes.values():
            if envelope.connection is connection and not envelope.answer.done():
                envelope.answer.set_exception(NotDelivered("connection lost"))

    # --- sending ----------------------------------------------------------------------------

    async def send(self, delivery: Delivery, attempt: Attempt) -> Json | None:
        connection = await self._connection(delivery)
        id_ = f"envelope-{next(self._numbers)}"
        is_event = delivery.kind is Kind.EVENT
        answer: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        envelope = Envelope(attempt, connection, answer, not is_event)
        message: Json = {
            "envelope_id": id_,
            "type": delivery.kind.value,
            "payload": delivery.payload,
            "accepts_response_payload": not is_event,
        }
        if is_event:
            # "0" on the first delivery too: the header says nothing of a repetition.
            message["retry_attempt"] = attempt.number
            message["retry_reason"] = attempt.reason and "timeout"
        self._envelopes[id_] = envelope
        attempt.began = self._clock.seconds()
        try:
            await connection.socket.send_json(message)
            if not await within_the_limit(self._clock, answer):
                raise NotDelivered("timeout")
            return answer.result()
        except (ConnectionError, RuntimeError) as error:
            raise NotDelivered("connection lost") from error
        finally:
            answer.cancel()

    async def _connection(self, delivery: Delivery) -> Connection:
        """The next in turn; an event waits a moment for one."""
        if not self.connected and delivery.kind is Kind.EVENT:
            with contextlib.suppress(AssertionError):
                await self._diary.until(
                    lambda: self.connected, "a connection", seconds=ACKNOWLEDGE_WITHIN
                )
        ready = [each for each in self.connections if not each.retiring]
        if not ready:
            raise NotDelivered("no connection")
        return ready[next(self._numbers) % len(ready)]


_DEBUG = {"host": "applink-local", "build_number": 1}


def _hello(number: int) -> Json:
    return {
        "type": "hello",
        "num_connections": number,
        "debug_info": _DEBUG | {"approximate_connection_time": 18060},
        "connection_info": {"app_id": APP_ID},
    }
