"""When many arrive at once, all are acknowledged before work begins, in their order."""

import asyncio

from bot.reception.arriving import ACKNOWLEDGED_AT_ONCE, Arrivals

CROWD = 5 * ACKNOWLEDGED_AT_ONCE


async def test_whoever_came_first_is_acknowledged_before_those_who_came_after():
    arrivals, acknowledged, begun = Arrivals(), [], []

    async def one(number: int) -> None:
        with arrivals:
            assert await arrivals.company()
            async with arrivals.acknowledging():
                await asyncio.sleep(0)
                acknowledged.append(number)
            await arrivals.calm()
            begun.append(len(acknowledged))

    await asyncio.gather(*map(one, range(CROWD)))
    assert acknowledged == sorted(acknowledged)
    assert begun == [CROWD] * CROWD


async def test_who_is_alone_is_soon_known_to_be():
    arrivals = Arrivals()
    with arrivals:
        assert not await arrivals.company()
    with arrivals:
        assert not await arrivals.company()
