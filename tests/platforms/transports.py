"""What people do and see, the same on every transport: the one interface of the scenarios.

A driver knows how its platform does each of these, and nothing of what is tried. Persons,
rooms and messages are the platform's own objects, which a scenario only hands on.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.catalogue import languages, words
from bot.desk import Desk
from bot.reception import Reception
from bot.timeline import draw
from knowledge.model import Tenant
from tests.platforms.shelf import Shelf

PATIENCE = 120.0
"""Seconds that a scenario waits at most; the machine may be busy with other things."""

FIRST_WORD = "arrives here from now on"
"""Of what is said in the moderators' channel when it is set."""

LOCALES = {
    **{language: language for language in ("fr", "it", "de", "nl")},
    "en": "en-US",
    "es": "es-ES",
    "pt": "pt-BR",
}


class OwnTime:
    """Makes a server's clock run by the time that this process had.

    What is judged is the bot, and not how busy the machine is with others. What waits
    without working would go unseen, so that is tried for itself.
    """

    _added: float

    def seconds(self) -> float:
        return time.process_time() + self._added


@dataclass(kw_only=True)
class Site:
    """A server or workspace: two rooms, ana who manages it, and ben who reads."""

    tenant: Tenant
    place: Any
    news: Any = None
    desk: Any = None
    ana: Any = None
    ben: Any = None


class Transport(ABC):
    """A platform as its people see it, and the bot that serves it."""

    name: str
    SENT: Any
    ACKNOWLEDGED: Any
    here: Site
    there: Site
    server: Any

    def __init__(self, shelf: Shelf, data: Path) -> None:
        self.shelf = shelf
        self.data = data
        self.said: list[str] = []
        self.faults: list[Exception] = []
        self.moderating = False
        self.changed_from: tuple[str, ...] = ()
        self.client: Any = None
        self.ended: Any = None

    async def __aenter__(self) -> "Transport":
        await self.server.__aenter__()
        self.here, self.there = self._site("Newsroom"), self._site("Archive")
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.server.__aexit__(*error)

    def later(self, **span: float) -> None:
        """So much time has passed for the bot, by default long enough to ask again."""
        self.shelf.clock.advance(**(span or {"minutes": 10}))

    def heard(self, text: str) -> str:
        """Something that no log may repeat."""
        self.said.append(text)
        return text

    # --- the bot ----------------------------------------------------------------------

    def reception(self) -> Reception:
        """As after a start: only the store is left of what was before."""
        shelf, clock = self.shelf, self.shelf.clock
        desk = Desk(shelf, clock, on_fault=self.faults.append, draw=draw)
        if not self.moderating:
            return Reception(
                desk,
                shelf.tenants,
                shelf.notices,
                clock,
                watches=shelf.watches,
                gaps=shelf.refusals,
                digests=shelf.digests,
            )
        return Reception(
            desk,
            shelf.tenants,
            shelf.notices,
            clock,
            corrections=shelf.corrections,
            reviews=shelf.reviews,
            changed_from=self.changed_from or (self._place_of(self.here),),
            watches=shelf.watches,
            gaps=shelf.refusals,
            digests=shelf.digests,
        )

    @staticmethod
    def _place_of(site: "Site") -> str:
        return f"{site.tenant.platform}:{site.tenant.id}"

    @asynccontextmanager
    async def serving(self, *, all_words: bool = False) -> AsyncIterator[Any]:
        """The bot, connected. ``all_words``: the platform hands over what everybody says."""
        self.client = self.made(self.reception(), all_words=all_words)
        async with self.running():
            yield self.client

    @abstractmethod
    def made(self, reception: Reception, *, all_words: bool = False) -> Any:
        """A client that was not run yet."""

    @abstractmethod
    def running(self) -> AbstractAsyncContextManager[None]:
        """Run ``client`` until left; what it ended with is kept in ``ended``."""

    @abstractmethod
    async def settled(self) -> None:
        """Wait until the bot has dealt with everything that it was sent."""

    @abstractmethod
    async def tell(self) -> None:
        """Whatever is due to somebody is told."""

    # --- who and where ----------------------------------------------------------------

    @abstractmethod
    def _site(self, name: str) -> Site:
        """A server or workspace with its rooms and people."""

    @abstractmethod
    def person(
        self,
        name: str,
        *,
        language: str = "en",
        site: Site | None = None,
        group: Any = None,
    ) -> Any:
        """Somebody more."""

    @abstractmethod
    def room(self, name: str) -> Any:
        """A channel more."""

    @abstractmethod
    def private_room(self, name: str, *people: Any, has_bot: bool) -> Any:
        """A channel that nobody but these people sees, and perhaps the bot."""

    @abstractmethod
    def group(self, name: str) -> Any:
        """A role, or user group."""

    @abstractmethod
    def demote(self, who: Any) -> None:
        """This person manages the place no more."""

    # --- what people do ---------------------------------------------------------------

    async def ask(self, who: Any, room: Any, question: str, **how: Any) -> Any:
        """``/ask``."""
        return await self.command(who, room, "ask", question=question, **how)

    @abstractmethod
    async def command(self, who: Any, room: Any, name: str, /, **options: Any) -> Any:
        """A command, as the platform has people fill it in; ``until`` is how far."""

    @abstractmethod
    async def mention(self, who: Any, room: Any, text: str, **how: Any) -> Any:
        """A message that names the bot."""

    async def direct(self, who: Any, text: str, **how: Any) -> Any:
        """A direct message to the bot."""
        return await who.dm(self.heard(text), **how)

    @abstractmethod
    async def reply(self, who: Any, to: Any, text: str) -> Any:
        """To a message of the bot that stands in the channel."""

    @abstractmethod
    async def go_on(self, who: Any, after: Any, text: str, *, heeded: bool) -> Any:
        """In the thread of an answer, without naming the bot."""

    @abstractmethod
    async def chat(
        self, who: Any, room: Any, text: str, *, heeded: bool = False
    ) -> Any:
        """Something said among people. ``heeded``: the bot is to answer all the same."""

    @abstractmethod
    async def claim(self, who: Any, said: Any) -> Any:
        """The entry of the menu on a message."""

    async def press(self, who: Any, on: Any, action: str, **how: Any) -> Any:
        """The button of this action."""
        return await who.presses(on, self.id_of(on, action), **how)

    async def choose(self, who: Any, on: Any, argument: str, value: str) -> Any:
        """From the menu with this argument."""
        menus = self.menus(on)
        found = next(id for id in menus if f":{argument}" in id)
        return await who.chooses(on, found, value)

    @abstractmethod
    async def forge(self, who: Any, on: Any, id: str) -> Any:
        """A press of a button that is not there, as an altered client sends it."""

    @abstractmethod
    async def fill(self, who: Any, opened: Any, **values: str) -> Any:
        """Fill in the form that was opened, and send it."""

    # --- what people see --------------------------------------------------------------

    def id_of(self, on: Any, action: str) -> str:
        """What the button of this action is known by."""
        ids = [id for id in self.ids(on) if id.startswith(f"quis:{action}:")]
        assert ids, f"no button {action!r} among {self.ids(on)}"
        return ids[0]

    def offers(self, on: Any) -> set[str]:
        """The actions that can be pressed."""
        return {id.split(":")[1] for id in self.ids(on)}

    @abstractmethod
    def ids(self, on: Any) -> list[str]:
        """Of all the bot's buttons on a message."""

    @abstractmethod
    def menus(self, on: Any) -> list[str]:
        """Of all the bot's menus on a message."""

    @abstractmethod
    def pictures(self, asked: Any) -> list[str]:
        """What is said in words of each picture of an answer."""

    @abstractmethod
    def files(self, asked: Any, who: Any) -> list[tuple[str, bytes]]:
        """The files that came with an answer, and that nobody was asked for before."""

    @abstractmethod
    def private(self, asked: Any) -> bool:
        """Whether nobody else sees the answer."""

    @abstractmethod
    def seen(self, who: Any, room: Any) -> list[Any]:
        """The bot's messages that somebody sees in a room, oldest first."""

    def cards(self, who: Any, room: Any) -> list[Any]:
        """Those for the moderators in their channel, without the first word in it."""
        seen = self.seen(who, room)
        first = [words(code)("done.moderators-here.text") for code in languages()]
        return [m for m in seen if not any(word in m.text for word in first)]

    # --- what goes wrong --------------------------------------------------------------

    disturbances: tuple[str, ...]
    """How its connection can be disturbed; see ``disturb``."""

    @abstractmethod
    async def disturb(self, how: str) -> None:
        """Disturb the connection in this way."""

    @abstractmethod
    def refuse_connection(self) -> None:
        """The next attempt to connect fails."""

    @abstractmethod
    def limit(self) -> None:
        """The next message of the bot meets a limit (429)."""

    @abstractmethod
    def fail(self) -> None:
        """The next message of the bot meets a fault of the platform's (5xx)."""

    @abstractmethod
    def storm(self) -> None:
        """Whatever the bot sends of its own accord meets limits, then faults, until calm."""

    def calm(self) -> None:
        """Nothing is wrong with the platform any more."""
        self.server.faults.clear()

    @abstractmethod
    def fail_response(self) -> None:
        """What is said first to whoever did something meets a fault, for one time."""

    @abstractmethod
    def fail_follow_up(self) -> None:
        """What is said later to whoever did something meets a fault, for one time."""

    @abstractmethod
    def fail_form(self) -> None:
        """The next form cannot be opened."""

    @abstractmethod
    def forbid(self, room: Any) -> None:
        """The bot may not write in this room any more."""

    @abstractmethod
    async def repeat(self, asked: Any) -> None:
        """Deliver what somebody did once more."""

    @abstractmethod
    def keep_back(self) -> None:
        """Nothing that people write reaches the bot from now on: its line is down."""

    def keep_waiting(self) -> None:
        """The same of what is new, which then comes one by one, as ``let_go`` has it."""
        self.keep_back()

    @abstractmethod
    async def let_go(self, messages: int) -> list[Callable[[], None]]:
        """Those that were kept waiting, oldest first: each call delivers one."""

    @abstractmethod
    async def deliver_late(self, seconds: float) -> None:
        """It comes after all, as the platform does it, so long after it was written."""

    @abstractmethod
    def lose_acknowledgement(self) -> None:
        """The next acknowledgement comes too late, or gets lost."""

    @abstractmethod
    def revoke(self) -> None:
        """The token is good no more."""

    @abstractmethod
    def no_letters(self, who: Any) -> None:
        """This person takes no direct messages any more."""

    @abstractmethod
    def uninstall(self) -> None:
        """The bot is removed from ``here``."""

    @abstractmethod
    def leave(self) -> None:
        """The bot is removed from ``here`` while it is not running."""

    def forgive(self, part_of_a_sentence: str) -> None:
        """A breach of a golden rule that the scenario is about."""
        self.server.forgive(part_of_a_sentence)

    @property
    @abstractmethod
    def secrets(self) -> list[str]:
        """What no log may hold."""
