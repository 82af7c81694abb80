"""Who goes first where all slots are taken."""

import asyncio

from bot.desk.threads import Slots, hurrying, in_thread


class Queue:
    """One slot that is taken; ``went`` names those who got it, in their order."""

    def __init__(self) -> None:
        self.slots = Slots(1)
        self.went: list[str] = []

    async def one(self, name: str) -> None:
        await self.slots.acquire()
        self.went.append(name)
        self.slots.release()

    async def comes(self, name: str, *, hurried: bool = False) -> "asyncio.Task[None]":
        if hurried:
            with hurrying():
                task = asyncio.create_task(self.one(name))
        else:
            task = asyncio.create_task(self.one(name))
        await asyncio.sleep(0)
        return task


async def test_whoever_is_in_a_hurry_passes_those_who_wait_and_no_one_of_their_kind():
    queue = Queue()
    await queue.slots.acquire()
    came = [
        await queue.comes(name, hurried=hurried)
        for name, hurried in (("a", False), ("b", True), ("c", False), ("d", True))
    ]
    assert queue.went == []
    queue.slots.release()
    await asyncio.gather(*came)
    assert queue.went == ["b", "d", "a", "c"]


async def test_whoever_gives_up_waiting_takes_no_slot_along():
    queue = Queue()
    await queue.slots.acquire()
    before, waits = await queue.comes("gone"), await queue.comes("waits")
    before.cancel()
    await asyncio.sleep(0)
    late = await queue.comes("late")
    queue.slots.release()
    late.cancel()  # in the instant in which it may have been given one
    await asyncio.gather(before, waits, late, return_exceptions=True)
    assert queue.went[0] == "waits"
    assert await asyncio.wait_for(in_thread(lambda: "free", queue.slots), 5) == "free"


async def test_given_up_in_the_instant_it_is_given_a_slot_goes_to_the_next():
    queue = Queue()
    await queue.slots.acquire()
    first, second = await queue.comes("first"), await queue.comes("second")
    queue.slots.release()  # to the first, who does not know it yet
    first.cancel()
    await asyncio.wait_for(second, 5)
    assert queue.went == ["second"]


async def test_of_all_who_come_no_more_are_inside_than_there_are_slots():
    slots, inside, most = Slots(3), 0, 0

    async def one() -> None:
        nonlocal inside, most
        await slots.acquire()
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1
        slots.release()

    await asyncio.gather(*(one() for _ in range(50)))
    assert (most, inside) == (3, 0)
