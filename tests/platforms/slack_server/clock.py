"""The clock that Slack's limits are judged by: it runs, and a test can put it forward."""

import asyncio
import contextlib
import time
from datetime import UTC, datetime, timedelta

ACKNOWLEDGE_WITHIN = 3.0
TRIGGER_LIVES_FOR = 3.0
RESPONSE_URL_LIVES_FOR = 30 * 60.0
RESPONSE_URL_USES = 5
RETRY_AFTER = (0.0, 60.0, 300.0)  # an event is sent again at once, then these later


class Clock:
    """Real time plus what was added; ``stopped`` moves only when a test moves it."""

    def __init__(self, *, stopped: bool = False) -> None:
        self._stopped = stopped
        self._began = datetime.now(UTC)
        self._started = time.monotonic()
        self._added = 0.0
        self._moved = asyncio.Event()

    def seconds(self) -> float:
        """Since the clock was made."""
        real = 0.0 if self._stopped else time.monotonic() - self._started
        return real + self._added

    def now(self) -> datetime:
        return self._began + timedelta(seconds=self.seconds())

    def epoch(self) -> int:
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        """Whoever sleeps that long wakes up now."""
        self._added += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """By this clock, so a test need not wait."""
        ends = self.seconds() + seconds
        while (left := ends - self.seconds()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if self._stopped else left):
                    await self._moved.wait()
