"""Everything that `quis run` keeps going: platforms, indexes, and tidying up."""

import asyncio
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, contextmanager
from functools import partial

import structlog

from bot import logs
from bot.catalogue import Words, languages
from bot.catalogue import words as words_of
from bot.desk import ASIDE_AT_ONCE, AT_ONCE
from bot.reception import Reception
from bot.reception.house import ALONE
from bot.wiring import Opened, SystemClock
from bot.wiring.health import Wellbeing, telling
from bot.wiring.metrics import Metrics
from bot.wiring.platforms import Client, Wanted
from bot.wiring.supervising import supervise
from knowledge.errors import QuisError
from knowledge.library import Library

PERIOD = 1.0
"""Seconds between two looks at the change feed."""

TIDY_EVERY = 3600.0
SPARE = 4
"""Threads beside those of the desk."""

SWITCH = 0.001
"""Seconds after which a thread that computes lets another run: events are acknowledged
within three seconds, also while answers are worked out."""


async def serve(
    opened: Opened,
    platforms: Sequence[Wanted],
    words: Words,
    stop: asyncio.Event,
    refused: Callable[[Wanted], None],
    changed_from: Collection[str],
    *,
    health: str | None = None,
    holder: str = ALONE,
) -> None:
    """Serve until ``stop`` is set. ``refused`` is told of a platform that will not have us.

    ``changed_from`` names the servers and workspaces that documents are changed from.
    ``health``: host and port on which it is told how we are. Raises OSError where that
    is not to be had. ``holder`` names this process where others may serve the store too.
    """
    loop = asyncio.get_running_loop()
    sys.setswitchinterval(SWITCH)
    loop.set_default_executor(ThreadPoolExecutor(AT_ONCE + ASIDE_AT_ONCE + SPARE))
    # Else the words of a language's first reader keep all others waiting.
    for language in languages():
        words_of(language)
    library = opened.library
    clock = SystemClock()
    served = {each.name: each for each in platforms if not each.missing}
    wellbeing = Wellbeing(library, served)
    counted = Metrics() if health else None
    if counted:
        library.stages = counted.stage
    reception = Reception(
        opened.desk,
        library.tenants,
        library.notices,
        clock,
        corrections=library.corrections,
        reviews=library.reviews,
        changed_from=changed_from,
        watches=library.watches,
        gaps=library.refusals,
        digests=library.digests,
        watch=counted,
        holder=holder,
    )

    def maker(platform: Wanted) -> Callable[[], Client]:
        return lambda: platform.make(reception, words)

    tasks = [
        asyncio.create_task(
            supervise(
                each.name,
                maker(each),
                partial(refused, each),
                holds=partial(wellbeing.holds, each.name),
            )
        )
        for each in served.values()
    ]
    tasks.append(asyncio.create_task(_tidy(library)))
    try:
        async with AsyncExitStack() as told:
            if counted and health:
                await told.enter_async_context(telling(health, wellbeing, counted))
            with _followed(library):
                await stop.wait()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _tidy(library: Library) -> None:
    """Wipe what is of no more use, every hour."""
    while True:
        try:
            await asyncio.to_thread(library.notices.purge)
            await asyncio.to_thread(library.reviews.purge)
        except QuisError as error:
            structlog.get_logger().error("tidying", **logs.fault(error))
        await asyncio.sleep(TIDY_EVERY)


@contextmanager
def _followed(library: Library) -> Iterator[None]:
    """Keep the indexes in step, in a thread of its own that no question waits for."""
    stop = threading.Event()
    thread = threading.Thread(target=_follow, args=(library, stop), name="follower")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _follow(library: Library, stop: threading.Event) -> None:
    """Bring the indexes up to date again and again; a failure now may be none later."""
    failed = ""
    while not stop.wait(PERIOD):
        try:
            applied = library.refresh()
        except QuisError as error:
            if (name := type(error).__name__) != failed:  # said once, not every second
                structlog.get_logger().error("indexing", **logs.fault(error))
            failed = name
            continue
        failed = ""
        if applied:
            structlog.get_logger().info("indexed", changes=applied)
