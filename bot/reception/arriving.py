"""When many arrive at once: all are acknowledged before work is begun for any of them.

Platforms wait three seconds. Work takes the processor from those who wait; measured with
200 who asked at once: where the first were answered at once, the last were acknowledged
too late.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

SETTLES = 0.1
CALM_WITHIN = 3.0
"""Seconds without anybody new after which work is begun, and at the latest."""

ACKNOWLEDGED_AT_ONCE = 20


class Arrivals:
    """Those who are there now. Belongs to one event loop."""

    def __init__(self) -> None:
        self.inside = 0
        self._acknowledging = 0
        self._at_once = asyncio.Semaphore(ACKNOWLEDGED_AT_ONCE)
        self._latest = 0.0
        self._company = asyncio.Event()
        self._calming: asyncio.Task[None] | None = None

    def __enter__(self) -> "Arrivals":
        """Somebody new; within, they are there."""
        self.inside += 1
        self._latest = time.monotonic()
        if self.inside > 1:
            self._company.set()
        return self

    def __exit__(self, *_: object) -> None:
        self.inside -= 1
        if self.inside <= 1:
            self._company.clear()

    @property
    def alone(self) -> bool:
        """Whether nobody else is there."""
        return self.inside == 1

    async def company(self) -> bool:
        """Whether somebody else is there, or comes within a moment.

        Known as soon as they come: who slept for that moment would be acknowledged behind
        all who came in it, and of two hundred too late.
        """
        if not self.alone:
            await asyncio.sleep(0)  # whoever waits here already goes first
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLES):
                await self._company.wait()
        return not self.alone

    @asynccontextmanager
    async def acknowledging(self) -> AsyncIterator[None]:
        """Within it somebody is acknowledged, and nobody's work begins.

        A few at a time: where all were at once, all would end late.
        """
        self._acknowledging += 1
        try:
            async with self._at_once:
                yield
        finally:
            self._acknowledging -= 1

    async def calm(self) -> None:
        """Wait until nobody new came for a moment and all are acknowledged."""
        if self._calming is None or self._calming.done():
            self._calming = asyncio.create_task(self._calm())
        await asyncio.shield(self._calming)

    async def _calm(self) -> None:
        ends = time.monotonic() + CALM_WITHIN
        while (now := time.monotonic()) < ends:
            if not self._acknowledging and now - self._latest >= SETTLES:
                return
            await asyncio.sleep(SETTLES / 2)
