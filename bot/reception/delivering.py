"""What was said to a question is on its way: with its end the question is settled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.reception.messages import Incoming, Receives


@asynccontextmanager
async def delivering(reception: Receives, heard: Incoming) -> AsyncIterator[None]:
    """Deliver inside; that the platform refuses it is an end as well.

    Not where the delivery is given up because the process ends: then who asked has had
    no word yet, and is told by the next one.
    """
    try:
        yield
    except Exception:
        await reception.delivered(heard)
        raise
    await reception.delivered(heard)
