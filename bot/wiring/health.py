"""How we are, told over HTTP: alive, ready for questions, and in numbers.

For a probe and for Prometheus, on an address that only they can reach: nothing is asked
of whoever asks, and nothing is told but states and counts.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import structlog
from aiohttp import web

from bot.wiring.metrics import Metrics
from bot.wiring.platforms import Client
from knowledge.errors import QuisError
from knowledge.model import MarkingReport

BEHIND_AT_MOST = 1000
"""Lines of the change feed: a bulk import takes its time, and answers go on meanwhile."""

LASTS = 1.0
"""Seconds for which a look at the store serves all who ask: probes may be many."""

PATIENCE = 5.0
"""Seconds after which a store that does not answer counts as gone."""

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Pending(Protocol):
    def report(self) -> MarkingReport:
        """How many corrections there are, by what became of them."""
        ...


class Looked(Protocol):
    """What is asked of a library. May raise QuisError."""

    @property
    def corrections(self) -> _Pending:
        """What is due to messages."""
        ...

    def lag(self) -> Mapping[str, int | None]:
        """How far each index is behind; None for one that ails."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """``lag`` is None where the store is gone; an index that ails has None in it."""

    lag: Mapping[str, int | None] | None
    due: Mapping[str, int]
    connected: Mapping[str, bool]

    @property
    def in_step(self) -> bool:
        """Whether an index can be asked, and none that can is far behind.

        Where one ails the others answer; that is told in numbers and by the doctor.
        """
        usable = [each for each in (self.lag or {}).values() if each is not None]
        return bool(usable) and max(usable) <= BEHIND_AT_MOST

    @property
    def ready(self) -> bool:
        """Whether a question that somebody asks would be answered."""
        return self.lag is not None and self.in_step and any(self.connected.values())


class Wellbeing:
    """Knows the library and the clients that run. Belongs to one event loop."""

    def __init__(self, library: Looked, platforms: Collection[str]) -> None:
        self._library = library
        self._clients: dict[str, Client | None] = dict.fromkeys(platforms)
        self._guard = asyncio.Lock()
        self._seen: tuple[Mapping[str, int | None] | None, Mapping[str, int]]
        self._seen_at: float | None = None

    def holds(self, platform: str, client: Client | None) -> None:
        """This client now runs for a platform; None: none does."""
        self._clients[platform] = client

    async def state(self) -> State:
        """How it stands, or stood within the last second."""
        async with self._guard:
            now = time.monotonic()
            if self._seen_at is None or now - self._seen_at >= LASTS:
                self._seen = await self._look()
                self._seen_at = time.monotonic()
        lag, due = self._seen
        connected = {
            name: client is not None and client.connected
            for name, client in self._clients.items()
        }
        return State(lag=lag, due=due, connected=connected)

    async def _look(
        self,
    ) -> tuple[Mapping[str, int | None] | None, Mapping[str, int]]:
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.to_thread(self._ask)
        except (QuisError, TimeoutError):
            return None, {}

    def _ask(self) -> tuple[Mapping[str, int | None], Mapping[str, int]]:
        return self._library.lag(), self._library.corrections.report().due


@asynccontextmanager
async def telling(
    address: str, wellbeing: Wellbeing, metrics: Metrics
) -> AsyncIterator[str]:
    """Tell it on ``host:port`` until left; gives the address.

    Raises OSError where it cannot listen there.
    """

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_request: web.Request) -> web.Response:
        state = await wellbeing.state()
        told = {
            "ready": state.ready,
            "store": state.lag is not None,
            "indexes": state.lag or {},
            "platforms": state.connected,
        }
        return web.json_response(told, status=200 if state.ready else 503)

    async def numbers(_request: web.Request) -> web.Response:
        state = await wellbeing.state()
        metrics.stands(lag=state.lag, due=state.due, connected=state.connected)
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    site = web.Application()
    site.router.add_get("/health", alive)
    site.router.add_get("/ready", ready)
    site.router.add_get("/metrics", numbers)
    runner = web.AppRunner(site, shutdown_timeout=1.0, access_log=None)
    await runner.setup()
    try:
        host, _, port = address.rpartition(":")
        await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        at = f"http://{host}:{runner.addresses[0][1]}"
        structlog.get_logger().info("health_told", at=at)
        yield at
    finally:
        await runner.cleanup()
