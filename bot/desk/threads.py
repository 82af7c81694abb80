"""The one place where async meets the synchronous engine, and who goes first there.

Questions come by the hundred; a form has to be open within three seconds. So whoever is in
a hurry passes those who wait with questions, and never what is running already.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

_hurried: ContextVar[bool] = ContextVar("hurried", default=False)


@contextmanager
def hurrying() -> Iterator[None]:
    """All work that is begun within passes what waits; tasks begun within keep to it."""
    before = _hurried.set(True)
    try:
        yield
    finally:
        _hurried.reset(before)


class Slots:
    """So many at once; then who is in a hurry, then the others, each in their order.

    Belongs to one event loop.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._in_a_hurry: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    async def acquire(self) -> None:
        """Wait for a slot. Whoever gives up waiting leaves the others their order."""
        if self._free:  # then nobody waits
            self._free -= 1
            return
        mine = asyncio.get_running_loop().create_future()
        (self._in_a_hurry if _hurried.get() else self._others).append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():  # given in the same instant
                self.release()
            raise

    def release(self) -> None:
        """Hand a slot to whoever is next."""
        for queue in (self._in_a_hurry, self._others):
            while queue:
                next_one = queue.popleft()
                if not next_one.done():
                    next_one.set_result(None)
                    return
        self._free += 1


async def in_thread(work: Callable[[], T], slots: Slots) -> T:
    """Run in a thread. Where a caller gives up, the thread keeps its slot."""

    def ended(running: asyncio.Future[T]) -> None:
        slots.release()
        if not running.cancelled():
            running.exception()  # looked at, so that asyncio does not warn of it

    await slots.acquire()
    running = asyncio.ensure_future(asyncio.to_thread(work))
    running.add_done_callback(ended)
    return await asyncio.shield(running)
