"""What every part of the reception works on: the desk, the store, and what is remembered."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from bot.cards import Card
from bot.catalogue import languages
from bot.desk import Desk
from bot.reception.late import Late
from bot.reception.memory import Fading, Memory
from bot.reception.messages import Caller, Reply, ToTell, Visibility
from bot.reception.pace import Pace
from bot.reception.ports import Corrections, Digests, Notices, Watches
from bot.reception.repeats import Repeats
from bot.reception.rules import Rules
from bot.reception.watching import Unwatched, Watch
from knowledge.model import (
    ChannelSettings,
    Tenant,
    TenantSettings,
)
from knowledge.ports import Clock
from knowledge.reviews import Reviews
from knowledge.tenant_ports import GapStore, TenantStore

WAITING = 240
"""How many questions may be in the house; one more is asked to come back.

Two hundred people who ask at once are all answered: each is told at once that the
answer is coming, and it may take minutes.
"""

TO_BE_POSTED = timedelta(minutes=30)
"""How long it may take until a reply stands."""

KNOWN_BY_NAME = timedelta(days=7)
"""How long the name of somebody who moderated is remembered; in memory, as all here."""

LOOKED_FOR = timedelta(seconds=20)
"""How long the answer holds whether something was published on a request."""

REMINDED = timedelta(days=1)
"""How long whoever manages a place is not told the same again."""

LEASE = timedelta(minutes=10)
"""How long what a process took to tell is its own: telling takes seconds, a minute
where the platform sets limits. One that ended meanwhile is followed by another then. So
is one that took up a question, which hundreds may wait behind for minutes."""

HANDED_OUT = timedelta(minutes=5)
"""How old a look at what is due may be: less than a lease, or it may have been told."""

SPOKEN_WITHIN = 0.5
"""Seconds that the settings are waited for where only a language is wanted of them."""

ALONE = "alone"
"""The name of a process that serves a store by itself."""

T = TypeVar("T")


class Asked(NamedTuple):
    """A question by the message that it came in."""

    tenant: Tenant
    channel: str
    message: str


@dataclass(slots=True)
class House:
    """Belongs to one event loop. ``inside`` counts the questions that wait or are read.

    ``changed_from`` names the places from which documents may be changed, as
    ``platform:id``; ``people`` are names by the ids that the ledger has.
    ``reading`` lets few pages and files be read at the same time.
    """

    desk: Desk
    tenants: TenantStore
    notices: Notices
    clock: Clock
    rules: Rules
    corrections: Corrections | None = None
    reviews: Reviews | None = None
    changed_from: frozenset[str] = frozenset()
    watches: Watches | None = None
    gaps: GapStore | None = None
    digests: Digests | None = None
    most_inside: int = WAITING
    inside: int = 0
    memory: Memory = field(default_factory=Memory)
    late: Late = field(default_factory=Late)
    pace: Pace = field(default_factory=Pace)
    repeats: Repeats = field(default_factory=Repeats)
    callers: Fading[str, Caller] = field(
        default_factory=lambda: Fading(1000, TO_BE_POSTED)
    )

    reminded: Fading[str, bool] = field(default_factory=lambda: Fading(1000, REMINDED))
    people: Fading[str, str] = field(
        default_factory=lambda: Fading(1000, KNOWN_BY_NAME)
    )
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    watch: Watch = field(default_factory=Unwatched)

    holder: str = ALONE  # the name of this process among several
    handed: Fading[str, bool] = field(default_factory=lambda: Fading(5000, HANDED_OUT))
    looked: Fading[str, bool] = field(default_factory=lambda: Fading(10, LOOKED_FOR))
    stale: dict[str, ToTell] = field(default_factory=dict)  # cards to be drawn anew
    asked: Fading[Asked, bool] = field(  # what this process is answering
        default_factory=lambda: Fading(5000, LEASE)
    )
    began: datetime = field(init=False)  # when this process did

    def __post_init__(self) -> None:
        self.began = self.clock.now()

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.clock.now()

    async def kept(self, work: Callable[[TenantStore], T]) -> T:
        """What the store says, asked in a thread. Raises QuisError."""
        return await self.desk.aside(lambda: work(self.tenants))


async def noted(house: House, work: Callable[[], Awaitable[object]]) -> None:
    """Work that nobody waits for; an error is logged, and the next call tries again."""
    try:
        await work()
    except Exception as fault:
        house.desk.on_fault(fault)


@dataclass(frozen=True, slots=True)
class Here:
    """Where a person is: what holds in the tenant, in the channel, and in which language.

    ``language`` is None where nobody said one: then the question's own is spoken.
    """

    settings: TenantSettings
    channel: ChannelSettings
    language: str | None

    @property
    def moderated(self) -> bool:
        """Whether somebody takes what readers report and request."""
        return self.settings.moderators_channel is not None


async def here(house: House, caller: Caller) -> Here:
    """What holds where this person is. Raises QuisError."""
    settings = await house.rules.of(caller.tenant)
    channel = settings.of(caller.channel)
    return Here(settings, channel, spoken(caller, channel))


async def language_of(house: House, caller: Caller) -> str | None:
    """The language that ``here`` has, where work failed or none was begun; soon.

    Raises nothing: where the settings cannot be read, those that were read last hold.
    """
    try:
        async with asyncio.timeout(SPOKEN_WITHIN):
            settings = await house.rules.of(caller.tenant)
    except Exception:  # one error is being told already
        settings = house.rules.last_known(caller.tenant)
    return spoken(caller, settings.of(caller.channel))


def told(caller: Caller, card: Card) -> Reply:
    """For this person alone; where nobody else reads, simply there."""
    alone = Visibility.PUBLIC if caller.direct else Visibility.PRIVATE
    return Reply(card=card, visibility=alone)


def spoken(caller: Caller, channel: ChannelSettings) -> str | None:
    """The one rule of every card, menu and form: the language that was set, else one's own.

    What was set for the channel counts before what was set for the whole place, and both
    before the person's own on the platform, for what they alone see too: who sets a
    language speaks for all who are there.
    """
    own = (caller.locale or "").replace("_", "-").partition("-")[0].lower()
    return channel.language or (own if own in languages() else None)
