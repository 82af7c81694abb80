"""What is told of our own accord: in each place in turn, and places beside each other.

The platforms limit what is done in one channel, so that a full one has to keep nobody
waiting but itself; and where all that is due was told, what is due next goes on at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence

from bot.reception.messages import ToTell

BESIDE = 50
"""Places in which something is told at once."""


async def in_lanes(
    notices: Sequence[ToTell],
    lane: Callable[[ToTell], Hashable],
    tell: Callable[[ToTell], Awaitable[bool]],
) -> None:
    """Tell them; a lane ends where ``tell`` says that it takes nothing more for now.

    Raises what ``tell`` raised, once the other lanes are at their end.
    """
    lanes: dict[Hashable, list[ToTell]] = {}
    for notice in notices:
        lanes.setdefault(lane(notice), []).append(notice)
    beside = asyncio.Semaphore(BESIDE)

    async def one(waiting: Sequence[ToTell]) -> None:
        async with beside:
            for notice in waiting:
                if not await tell(notice):
                    return

    ends = await asyncio.gather(*map(one, lanes.values()), return_exceptions=True)
    for end in ends:
        if end is not None:
            raise end


class Steady:
    """Lets pass so many a second: what a platform limits everywhere is left to those
    who ask, and no burst of the bot's own news has them wait.
    """

    def __init__(self, a_second: float) -> None:
        self._apart = 1 / a_second
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for one's turn; in the order in which they came."""
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next)
        self._next = mine + self._apart
        await asyncio.sleep(mine - now)


class Rounds:
    """Round after round of telling, with a pause only where nothing new was told.

    ``round`` gives the names of what it told. What is handed out again although it was
    told, as its record could not be kept, waits for the pause like everything else.
    """

    def __init__(
        self, round: Callable[[], Awaitable[frozenset[str]]], every: float
    ) -> None:
        self._round = round
        self._every = every

    async def run(self) -> None:
        """For ever. Raises what a round raises."""
        before: frozenset[str] = frozenset()
        while True:
            told = await self._round()
            if not told - before:
                await asyncio.sleep(self._every)
            before = told
