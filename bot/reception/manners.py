"""Whatever happens, one polite word: where something comes twice, and where work fails.

An error is a card too, and the fault of nobody who reads it.
"""

from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import TypeVar

from bot import replies
from bot.desk.threads import hurrying
from bot.reception import asking, moderating
from bot.reception.failing import said_of
from bot.reception.house import House, here, language_of, told
from bot.reception.messages import Caller, Reply, Visibility
from bot.reception.repeats import marks
from bot.reception.watching import request
from knowledge.errors import QuisError

S = TypeVar("S", bound=Reply | None)


async def once(
    house: House,
    caller: Caller,
    event: str,
    work: Callable[[], Awaitable[Reply]],
    *,
    hurried: bool = True,
) -> Reply:
    """Work, where neither this process nor another has taken it up.

    Questions, of which there may be hundreds, let all else pass (``hurried``).
    """
    if again := await _again(house, caller, event):
        return again

    async def first() -> Reply:
        found = marks(caller.channel, event, "")
        if not await asking.first(house, caller, found):
            return asking.TAKEN
        return await work()

    with hurrying() if hurried else nullcontext():
        return await politely(house, caller, first)


async def politely(
    house: House,
    caller: Caller,
    work: Callable[[], Awaitable[S]],
    *,
    in_place: bool = False,
) -> S | Reply:
    """Work; where it fails, a card that says so, to whoever is there."""
    with request():
        try:
            return await work()
        except QuisError as error:
            card = said_of(error, await language_of(house, caller))
        except Exception as fault:
            house.desk.on_fault(fault)
            card = replies.unexpected(await language_of(house, caller))
    if in_place:
        return Reply(card=card, visibility=Visibility.PUBLIC)
    return told(caller, card)


async def quietly(
    house: House, work: Callable[[], Awaitable[Reply | None]]
) -> Reply | None:
    """Work that nobody asked for, so that nobody is told of an error."""
    with request():
        try:
            return await work()
        except Exception as fault:
            house.desk.on_fault(fault)
            return None


async def reminding(house: House, caller: Caller, reply: Reply) -> Reply:
    """Whoever manages the place hears in passing that its moderators do not."""
    if reply.card is None or reply.visibility is not Visibility.PRIVATE:
        return reply
    place = await here(house, caller)
    said = moderating.reminder(house, caller, place)
    blocks = (*said, *reply.card.blocks)
    return replace(reply, card=replace(reply.card, blocks=blocks))


async def _again(house: House, caller: Caller, event: str) -> Reply | None:
    """What is said to a command, press or form that came before; None where new."""
    found = marks(caller.channel, event, "")
    if not found or house.repeats.first(caller.tenant, found, house.now):
        return None
    return told(caller, replies.slow_down(1, await language_of(house, caller)))
