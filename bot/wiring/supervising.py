"""Keeps a client running: restarted with patience when it dies, given up when refused."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from bot.wiring.platforms import Client

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
STEADY = 120.0
"""Seconds. A client that ran so long had no trouble starting: the next pause is short."""

TO_CLOSE = 10.0
"""Seconds that a client has to take its leave."""

Sleep = Callable[[float], Awaitable[None]]
Holds = Callable[[Client | None], None]
"""Told of the client that now runs; of None where none does."""


def _nobody(_client: Client | None) -> None:
    """Nobody wants to know."""


async def supervise(
    name: str,
    make: Callable[[], Client],
    refused: Callable[[], None],
    *,
    holds: Holds = _nobody,
    sleep: Sleep = asyncio.sleep,
    elapsed: Callable[[], float] = time.monotonic,
) -> None:
    """Run clients one after the other until cancelled, or until the platform refuses.

    ``refused`` is called once where it does. The log tells the kind of an error, never
    its words, which may hold a token or what somebody typed.
    """
    pause = FIRST_PAUSE
    while True:
        began = elapsed()
        try:
            await _run_one(make, holds)
        except PermissionError as error:
            structlog.get_logger().error(
                "platform_refused", platform=name, error=type(error).__name__
            )
            refused()
            return
        except Exception as error:
            structlog.get_logger().error(
                "platform_died",
                platform=name,
                error=type(error).__name__,
                cause=type(error.__cause__).__name__ if error.__cause__ else None,
            )
        else:
            structlog.get_logger().warning("platform_ended", platform=name)
        if elapsed() - began >= STEADY:
            pause = FIRST_PAUSE
        await sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _run_one(make: Callable[[], Client], holds: Holds) -> None:
    """Run one client to its end, whatever that is, and close it."""
    client = make()
    holds(client)
    try:
        await client.run()
    finally:
        holds(None)
        try:
            async with asyncio.timeout(TO_CLOSE):
                await client.close()
        except Exception as error:  # it is being left anyway
            structlog.get_logger().warning(
                "platform_not_closed", error=type(error).__name__
            )
