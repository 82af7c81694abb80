"""What was said to a question is on its way: with its end the question is settled."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.reception.messages import Incoming, Receives


@asynccontextmanager
async def delivering(
    reception: Receives, heard: Incoming, refused: Callable[[Exception], bool]
) -> AsyncIterator[None]:
    """Deliver inside. ``refused``: the platform will not have it, which is an end as well.

    Not so where the platform cannot be reached, or the process ends meanwhile: then who
    asked has had no word yet, and is told later that it was interrupted.
    """
    try:
        yield
    except Exception as error:
        if refused(error):
            await reception.delivered(heard)
        raise
    await reception.delivered(heard)
