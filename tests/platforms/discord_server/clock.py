"""The clock that Discord's limits are judged by: it runs, and a test can put it forward."""

import time
from datetime import UTC, datetime, timedelta

ACKNOWLEDGE_WITHIN = 3.0
TOKEN_LIVES_FOR = 15 * 60.0


class Clock:
    """Real time plus what was added; ``stopped`` moves only when a test moves it."""

    def __init__(self, *, stopped: bool = False) -> None:
        self._stopped = stopped
        self._began = datetime.now(UTC)
        self._started = time.monotonic()
        self._added = 0.0

    def seconds(self) -> float:
        """Since the clock was made."""
        real = 0.0 if self._stopped else time.monotonic() - self._started
        return real + self._added

    def now(self) -> datetime:
        return self._began + timedelta(seconds=self.seconds())

    def advance(self, seconds: float) -> None:
        self._added += seconds
