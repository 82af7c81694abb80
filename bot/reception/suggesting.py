"""What is proposed while a person types: vendors and countries on which something is held."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

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
"""Seconds. A proposal that comes later is none."""

FRESH = timedelta(minutes=1)


class Proposals:
    """What is held, kept for a minute."""

    def __init__(self) -> None:
        self._held: Fading[str, tuple[Coverage, ...]] = Fading(1, FRESH)
        self._listed: Fading[str, tuple[tuple[str, str], ...]] = Fading(1, FRESH)

    async def suggest(self, house: House, choosing: Choosing) -> tuple[Option, ...]:
        """At most 25, best first; nothing where it takes too long. Raises nothing."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._found(house, choosing)
        except Exception:  # a person types on without a proposal
            return ()

    async def _found(self, house: House, choosing: Choosing) -> tuple[Option, ...]:
        place = await here(house, choosing.caller)
        language = words(place.language).language
        rows = await self._rows(house, house.now)
        names = house.desk.names
        vendors = [(names.vendor_name(v), v) for v in _most(r.vendor for r in rows)]
        places = [(names.place_name(p, language), p) for p in _places(rows, names)]
        match choosing.option:
            case "vendor":
                return _matching(choosing.typed, vendors)
            case "country":
                return _matching(choosing.typed, places)
            case "document" | "other":
                return await self._documents(house, choosing, place.settings)
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
        listed = self._listed.get("documents", house.now)
        if listed is None:
            listed = await house.desk.aside(reviews.listed)
            self._listed.put("documents", listed, house.now)
        named = [(f"{id} · {title}"[:LONGEST], id) for id, title in listed]
        return _matching(choosing.typed, named)

    async def _rows(self, house: House, now: datetime) -> tuple[Coverage, ...]:
        rows = self._held.get("rows", now)
        if rows is None:
            rows = await house.desk.coverage()
            self._held.put("rows", rows, now)
        return rows


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
