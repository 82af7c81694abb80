"""People before a reception over a real library, as a platform's client would bring them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import count
from pathlib import Path

from rich.console import Console

from bot import terminal
from bot.cards import Action, Actions, Button, Card, Menu
from bot.desk import Desk
from bot.reception import Reception
from bot.reception.messages import (
    Caller,
    Choosing,
    Command,
    How,
    Incoming,
    Press,
    Reply,
    Submission,
)
from knowledge.assembly import LibraryConfig, open_library
from knowledge.library import Library
from knowledge.model import Place, Tenant
from tests.fakes import FixedClock, WordEmbedder

HERE = Tenant("discord", "100")
NUMBERS = count(1)


@contextmanager
def copied(stocked: Path, folder: Path) -> Iterator[tuple[Library, FixedClock]]:
    """The library of a copy of a data folder, an hour after that was filled."""
    shutil.copytree(stocked, folder / "quis")
    clock = FixedClock()
    clock.advance(hours=1)
    config = LibraryConfig(data=folder / "quis", corpus=None)
    with open_library(config, None, clock, WordEmbedder()) as library:
        yield library, clock


@dataclass
class Front:
    """A reception, and what stands behind it."""

    library: Library
    clock: FixedClock
    waiting: int = 240
    moderating: bool = False
    changed_from: tuple[str, ...] = ("discord:100",)
    faults: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """As a process would after its end: only the store is left."""
        desk = Desk(self.library, self.clock, on_fault=self.faults.append)
        self.reception = Reception(
            desk,
            self.library.tenants,
            self.library.notices,
            self.clock,
            waiting=self.waiting,
            corrections=self.library.corrections if self.moderating else None,
            reviews=self.library.reviews if self.moderating else None,
            changed_from=self.changed_from,
        )

    def person(self, user: str, **where: object) -> "Person":
        """Somebody in the channel ``news`` of a Discord server."""
        values: dict[str, object] = {"tenant": HERE, "channel": "news"} | where
        return Person(self, Caller(user=user, **values))  # type: ignore[arg-type]


@dataclass
class Person:
    """Somebody who asks, presses and fills in."""

    front: Front
    caller: Caller

    def but(self, **where: object) -> "Person":
        """The same person elsewhere, or with other rights."""
        return Person(self.front, replace(self.caller, **where))  # type: ignore[arg-type]

    async def says(
        self, text: str, how: How = How.MENTION, **more: object
    ) -> Reply | None:
        """A message; delivered where there is an answer."""
        ids: dict[str, object] = {"event": f"e{next(NUMBERS)}"} | more
        heard = Incoming(caller=self.caller, text=text, how=how, **ids)  # type: ignore[arg-type]
        reply = await self._posted(await self.front.reception.hear(heard))
        await self.front.reception.delivered(heard)
        return reply

    async def types(self, name: str, **options: str) -> Reply:
        """A command."""
        command = Command(caller=self.caller, name=name, options=options)
        reply = await self.front.reception.command(command)
        await self._posted(reply)
        return reply

    async def asks(self, question: str) -> Reply:
        """``/ask``."""
        return await self.types("ask", question=question)

    async def presses(self, on: Reply | Card, action: Action, **more: object) -> Reply:
        """The first button or menu of this action on a card."""
        card = on if isinstance(on, Card) else on.card
        assert card is not None
        code = next(c.code for c in components(card) if c.action is action)
        return await self.presses_code(code, **more)

    async def presses_code(self, code: str, **more: object) -> Reply:
        """Whatever the component carries."""
        press = Press(caller=self.caller, button=code, **more)  # type: ignore[arg-type]
        reply = await self.front.reception.press(press)
        await self._posted(reply)
        return reply

    async def sends(self, opened: Reply, **values: str) -> Reply:
        """A form that was opened."""
        assert opened.form is not None
        return await self.sends_form(opened.form.id, **values)

    async def sends_form(self, form: str, **values: str) -> Reply:
        """A form by its id."""
        given = Submission(caller=self.caller, form=form, values=values)
        reply = await self.front.reception.submit(given)
        await self._posted(reply)
        return reply

    async def is_offered(self, option: str, typed: str) -> list[str]:
        """The proposals while typing."""
        choosing = Choosing(caller=self.caller, option=option, typed=typed)
        offered = await self.front.reception.suggest(choosing)
        return [each.label for each in offered]

    async def is_offered_in_time(self, option: str, typed: str) -> list[str]:
        """The proposals where there have to be some; on a busy machine not at once."""
        for _ in range(20):
            if offered := await self.is_offered(option, typed):
                return offered
        return []

    async def _posted(self, reply: Reply | None) -> Reply | None:
        if reply is not None and reply.key:
            where = Place(reply.channel or self.caller.channel, f"m-{reply.key}")
            await self.front.reception.posted(reply.key, where)
        return reply


def components(card: Card) -> list[Button | Menu]:
    """All that can be pressed or chosen on a card."""
    found: list[Button | Menu] = []
    for block in card.blocks:
        if isinstance(block, Actions):
            found += [*block.buttons, *block.menus]
    return found


def offers(reply: Reply) -> set[Action]:
    """The actions that a card offers."""
    assert reply.card is not None
    return {component.action for component in components(reply.card)}


def read(card: Card | None) -> str:
    """A card as a person reads it, with what can be pressed."""
    assert card is not None
    file = StringIO()
    terminal.render(card, Console(file=file, width=200))
    labels = [component.label for component in components(card)]
    return " ".join([*file.getvalue().split(), *labels])
