"""Waiting for something to happen, by events; who waits in vain hears what did happen.

What a server cannot see, such as a list that a test fills, is looked at now and then.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
NOW_AND_THEN = 0.02  # seconds


class NothingCame(AssertionError):
    """What was waited for did not come; the message says what did."""


class Diary:
    """What happened, a line each, for whoever waits in vain."""

    def __init__(self, patience: float) -> None:
        self.patience = patience  # seconds; real ones, whatever the clock says
        self.lines: list[str] = []
        self._next = asyncio.Event()

    def note(self, line: str = "") -> None:
        """Something changed: whoever waits looks again."""
        if line:
            self.lines.append(line)
        self._next.set()
        self._next = asyncio.Event()

    async def until(
        self, check: Callable[[], T | None], what: str, *, seconds: float | None = None
    ) -> T:
        """The first true value of ``check``, which ``what`` describes."""
        loop, began = asyncio.get_running_loop(), len(self.lines)
        patience = self.patience if seconds is None else seconds
        ends = loop.time() + patience
        while True:
            changed = self._next
            if value := check():
                return value
            left = ends - loop.time()
            if left <= 0:
                break
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(left, NOW_AND_THEN)):
                    await changed.wait()
        came = self.lines[began:] or [*self.lines[-3:], "then nothing"]
        raise NothingCame(
            f"waited {patience:g} s for {what}; what came: " + "; ".join(came[-12:])
        )
