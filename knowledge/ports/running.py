"""What a running process is given: the time, the lock, and whom to tell of its work."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

Progress = Callable[[str, int, int], None]
"""Told of long work: a stage (``reading``, ``storing``, ``indexing``), done, in all."""

Stages = Callable[[str], AbstractContextManager[None]]
"""Stands around a stage of answering (``retrieval``, ``judging``), to measure it."""


def silent(stage: str, done: int, total: int) -> None:
    """A Progress that tells nobody."""


class Clock(Protocol):
    """Tells the time; the only place that does."""

    def now(self) -> datetime:
        """The present instant, in UTC, with its zone."""
        ...


class OwnerLock(Protocol):
    """Held by the one process that may write to the embedded indexes."""

    def acquire(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; False where another process holds it."""
        ...

    def release(self) -> None:
        """Let another process have it."""
        ...
