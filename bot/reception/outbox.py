"""What the bot has to say unasked: to whom, by which process, and that it was said.

Several rooms have something to tell; each knows its own notices by their ids.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.reception import (
    caring,
    correcting,
    following,
    interrupted,
    kb,
    moderating,
    telling,
)
from bot.reception.house import LEASE, House, noted
from bot.reception.messages import ToTell
from knowledge.model import Place

Due = Callable[[House, str], Awaitable[Sequence[ToTell]]]
Told = Callable[[House, str, Place | None], Awaitable[bool]]

DUE: Sequence[Due] = (
    interrupted.to_tell,
    telling.to_tell,
    moderating.to_tell,
    correcting.to_tell,
    kb.to_tell,
    following.to_tell,
    caring.to_tell,
)
"""Whoever has something to tell, in the order in which it is told."""

TOLD: Sequence[Told] = (
    interrupted.told,
    correcting.told,
    moderating.told,
    kb.told,
    following.told,
    caring.told,
)
"""Each takes note of its own notices, and is False to another's."""


async def to_tell(house: House, platform: str) -> tuple[ToTell, ...]:
    """What somebody is now to be told; a room that fails keeps no other from telling."""
    found: list[ToTell] = []
    for due in DUE:
        await noted(house, partial(_gather, due, house, platform, found))
    for notice in found:
        house.handed.put(notice.id, True, house.now)  # noqa: FBT003
    begun = await _begun(house, [notice.id for notice in found])
    return tuple(
        replace(notice, again=True, since=begun[notice.id])
        if notice.id in begun
        else notice
        for notice in found
    )


async def take(house: House, notice: str) -> bool:
    """Whether this process is the one to tell it now."""
    if house.handed.get(notice, house.now) is None:
        return False  # too long ago: it may have been told since
    holder, at = house.holder, house.now
    try:
        if not await house.kept(lambda t: t.claim(notice, holder, at, LEASE)):
            return False
        await correcting.begun(house, notice)
    except Exception as fault:
        house.desk.on_fault(fault)
        return False
    return True


async def told(house: House, notice: str, where: Place | None) -> None:
    """It was told; or it never can be, and is given up. Raises QuisError."""
    for takes_note in TOLD:
        if await takes_note(house, notice, where):
            return
    await telling.told(house, notice)


async def _gather(due: Due, house: House, platform: str, found: list[ToTell]) -> None:
    found.extend(await due(house, platform))


async def _begun(house: House, notices: Sequence[str]) -> Mapping[str, datetime]:
    """Those that some process took to tell, and when: it may have ended behind that."""
    begun: dict[str, datetime] = {}

    async def look() -> None:
        begun.update(await house.kept(lambda t: t.claimed(notices)))

    if notices:
        await noted(house, look)
    return begun
