"""Waiting for something to happen, by events; who waits in vain hears what did happen."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


# What happens within the bot makes no event here, so now and then look all the same.
_LOOK_EVERY = 0.02


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
            if loop.time() >= ends:
                came = self.lines[began:] or [*self.lines[-3:], "then nothing"]
                raise NothingCame(
                    f"waited {patience:g} s for {what}; what came: "
                    + "; ".join(came[-12:])
                )
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), _LOOK_EVERY)
