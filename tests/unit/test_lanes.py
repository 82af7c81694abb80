"""What is told of our own accord: each place in its order, and none waits for another."""

import asyncio
from contextlib import suppress
from itertools import pairwise

import pytest

from bot.cards import Card
from bot.reception.lanes import Rounds, Steady, in_lanes
from bot.reception.messages import ToTell
from knowledge.model import Tenant


def notices(*names: str) -> list[ToTell]:
    """Each named by its place and its number in it."""
    tenant = Tenant("discord", "g")
    return [ToTell(id=n, tenant=tenant, card=Card(n), channel=n[0]) for n in names]


def place(notice: ToTell) -> str | None:
    return notice.channel


async def test_a_place_that_is_full_keeps_nobody_waiting_but_itself():
    told, freed = [], asyncio.Event()

    async def tell(notice: ToTell) -> bool:
        if notice.id == "a1":
            await freed.wait()
        told.append(notice.id)
        return True

    telling = asyncio.create_task(
        in_lanes(notices("a1", "a2", "b1", "b2"), place, tell)
    )
    await asyncio.sleep(0.01)
    assert told == ["b1", "b2"]
    freed.set()
    await telling
    assert told == ["b1", "b2", "a1", "a2"]


async def test_where_no_more_is_taken_only_that_place_is_left_for_now():
    told = []

    async def tell(notice: ToTell) -> bool:
        told.append(notice.id)
        return notice.id != "a1"

    await in_lanes(notices("a1", "a2", "b1", "b2"), place, tell)
    assert sorted(told) == ["a1", "b1", "b2"]


async def test_an_error_in_one_place_is_raised_once_the_others_are_told():
    told = []

    async def tell(notice: ToTell) -> bool:
        await asyncio.sleep(0)
        if notice.id == "a1":
            raise RuntimeError
        told.append(notice.id)
        return True

    with pytest.raises(RuntimeError):
        await in_lanes(notices("a1", "b1", "b2"), place, tell)
    assert told == ["b1", "b2"]


async def test_what_is_due_next_goes_on_at_once_and_a_repetition_waits():
    rounds = iter([{"a"}, {"b"}, {"b"}, {"c"}])
    began = []

    async def told() -> frozenset[str]:
        began.append(asyncio.get_running_loop().time())
        return frozenset(next(rounds, ()))

    with suppress(TimeoutError):
        async with asyncio.timeout(0.3):
            await Rounds(told, 0.2).run()
    apart = [round(later - early, 1) for early, later in pairwise(began)]
    assert apart == [0.0, 0.0, 0.2, 0.0]


async def test_no_burst_takes_what_is_left_to_those_who_ask():
    steady, loop = Steady(100), asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(steady.turn() for _ in range(11)))
    assert loop.time() - began >= 0.09
