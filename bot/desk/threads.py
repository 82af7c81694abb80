"""The one place where async meets the synchronous engine."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T], slots: asyncio.Semaphore) -> T:
    """Run in a thread. Where a caller gives up, the thread keeps its slot."""

    def ended(running: asyncio.Future[T]) -> None:
        slots.release()
        if not running.cancelled():
            running.exception()  # looked at, so that asyncio does not warn of it

    await slots.acquire()
    running = asyncio.ensure_future(asyncio.to_thread(work))
    running.add_done_callback(ended)
    return await asyncio.shield(running)
