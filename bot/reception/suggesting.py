"""What is proposed while a person types: vendors and countries on which something is held."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.catalogue import words
from bot.reception.house import House, here
from bot.reception.memory import Fading
from bot.reception.messages import Choosing, Option
from bot.reception.who_may import changes_from, role
from bot.replies.subject import Names
from knowledge.analysis import fold
from knowledge.model import Coverage, Role, TenantSettings

MOST = 25
LONGEST = 100
"""Characters of a proposal; the narrower platform takes as many."""

PATIENCE = 0.8
"""Seconds. A proposal that comes later is none; what it was read from is kept."""

FRESH = timedelta(minutes=1)


T = TypeVar("T")


class OnceAMinute(Generic[T]):
    """What one reading gave, kept for a minute.

    A reading that is begun goes on to its end, though whoever typed waits no longer:
    else where reading is slow no letter would ever be answered. Belongs to one event loop.
    """

    def __init__(self) -> None:
        self._kept: Fading[None, T] = Fading(1, FRESH)
        self._reading: asyncio.Task[T] | None = None

    async def get(self, read: Callable[[], Awaitable[T]], now: datetime) -> T:
        """What is kept, else what is being read. Raises what reading raises."""
        kept = self._kept.get(None, now)
        if kept is not None:
            return kept
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read(read, now))
            self._reading.add_done_callback(_heard)
        return await asyncio.shield(self._reading)

    async def _read(self, read: Callable[[], Awaitable[T]], now: datetime) -> T:
        given = await read()
        self._kept.put(None, given, now)
        return given


def _heard(reading: asyncio.Task[T]) -> None:
    """Its fault is no news where nobody waits for it."""
    if not reading.cancelled():
        reading.exception()


class Proposals:
    """What is held, and which documents there are, each read once a minute."""

    def __init__(self) -> None:
        self._held: OnceAMinute[tuple[Coverage, ...]] = OnceAMinute()
        self._listed: OnceAMinute[tuple[tuple[str, str], ...]] = OnceAMinute()

    async def suggest(self, house: House, choosing: Choosing) -> tuple[Option, ...]:
        """At most 25, best first; nothing where it takes too long. Raises nothing."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._found(house, choosing)
        except Exception:  # a person types on without a proposal
            return ()

    async def _found(self, house: House, choosing: Choosing) -> tuple[Option, ...]:
        place = await here(house, choosing.caller)
        if choosing.option in ("document", "other"):
            return await self._documents(house, choosing, place.settings)
        rows = await self._held.get(house.desk.coverage, house.now)
        language = words(place.language).language
        names = house.desk.names
        vendors = [(names.vendor_name(v), v) for v in _most(r.vendor for r in rows)]
        places = [(names.place_name(p, language), p) for p in _places(rows, names)]
        match choosing.option:
            case "vendor":
                return _matching(choosing.typed, vendors)
            case "country":
                return _matching(choosing.typed, places)
            case "question":
                return _completed(choosing.typed, [*vendors, *places])
            case _:
                return ()

    async def _documents(
        self, house: House, choosing: Choosing, settings: TenantSettings
    ) -> tuple[Option, ...]:
        """By id and title, drafts too, and so for those who moderate alone."""
        caller, reviews = choosing.caller, house.reviews
        if reviews is None or not changes_from(caller.tenant, house.changed_from):
            return ()
        if role(caller, settings) < Role.CONTRIBUTOR:
            return ()
        listed = await self._listed.get(
            lambda: house.desk.aside(reviews.listed), house.now
        )
        named = [(f"{id} · {title}"[:LONGEST], id) for id, title in listed]
        return _matching(choosing.typed, named)


def _places(rows: Iterable[Coverage], names: Names) -> list[str]:
    """Those on which something is held, then the regions that they lie in."""
    held = [row.place for row in rows]
    around = [w for place in held if place is not None for w in names.around(place)]
    regions = [wider for wider in _most(around) if len(names.opened(wider)) > 1]
    return list(dict.fromkeys([*_most(held), *regions]))


def _most(ids: Iterable[str | None]) -> list[str]:
    """Each once, those in most rows first."""
    counted = Counter(id for id in ids if id is not None)
    return sorted(counted, key=lambda id: (-counted[id], id))


BEGINS, A_WORD_BEGINS, HOLDS = range(3)
"""How a name is like what was typed, the likest first."""


def _matching(
    typed: str, named: Sequence[tuple[str, str]], least: int = HOLDS
) -> tuple[Option, ...]:
    """Names that begin so, then those of which a word does, then those that hold it."""
    sought = fold(typed.strip())
    ranked = []
    for order, (name, id) in enumerate(named):
        folded = fold(name)
        if folded.startswith(sought):
            rank = BEGINS
        elif any(word.startswith(sought) for word in folded.split()):
            rank = A_WORD_BEGINS
        elif sought in folded or sought == id.casefold():
            rank = HOLDS
        else:
            continue
        if rank <= least:
            ranked.append((rank, order, Option(name[:LONGEST], id)))
    return tuple(option for _, _, option in sorted(ranked, key=lambda r: r[:2])[:MOST])


def _completed(typed: str, named: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    """The question as typed, with its last word made whole.

    By names of which a word begins so: “Pegasus in It” is on Italy, not on Cellebrite.
    """
    head, space, last = typed.rpartition(" ")
    if len(last) < 2:
        return (Option(typed[:LONGEST], typed[:LONGEST]),) if typed.strip() else ()
    wholes = [typed] if typed.strip() else []
    wholes += [f"{head}{space}{o.label}" for o in _matching(last, named, A_WORD_BEGINS)]
    unique = dict.fromkeys(w for w in wholes if len(w) <= LONGEST)
    return tuple(Option(whole, whole) for whole in unique)[:MOST]
