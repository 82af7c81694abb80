"""How long people wait, by the real clock: percentiles, and by how much we were late."""

import asyncio
import time
from collections.abc import Sequence
from math import ceil
from typing import Any

STEP = 0.02


def percentile(waits: Sequence[float], part: float) -> float | None:
    """The wait that so large a part of them does not exceed; None of none."""
    if not waits:
        return None
    return round(sorted(waits)[ceil(part * len(waits)) - 1], 3)


def spread(waits: Sequence[float]) -> dict[str, float | None]:
    """Median, 99th percentile and the longest."""
    return {
        "p50_s": percentile(waits, 0.5),
        "p99_s": percentile(waits, 0.99),
        "most_s": percentile(waits, 1),
    }


class Waits:
    """When each was answered, and this process' own lateness, which is no fault of the bot.

    One look over all: as many tasks that wait would keep the local platform from working.
    """

    def __init__(self) -> None:
        self.late = 0.0
        self._begun: dict[Any, float] = {}
        self._waiting: set[Any] = set()
        self.took: list[float] = []
        self._task: asyncio.Task[None] | None = None

    def began(self, asked: Any, at: float) -> None:
        """Somebody did something then, and waits from then on."""
        self._begun[asked] = at
        self._waiting.add(asked)

    async def __aenter__(self) -> "Waits":
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while True:
            slept = time.monotonic()
            await asyncio.sleep(STEP)
            now = time.monotonic()
            self.late = max(self.late, now - slept - STEP)
            for asked in [a for a in self._waiting if a.shown or _form(a)]:
                self._waiting.discard(asked)
                self.took.append(now - self._begun[asked])


def _form(asked: Any) -> Any:
    return getattr(asked, "modal", None)
