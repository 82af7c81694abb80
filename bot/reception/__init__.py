"""One flow for every platform: who may, who is addressed, what was shown, what is due.

The clients know their platforms and decide nothing; the reception knows no platform.
Settings, posts, requests and reports are in the store; conversations, cooldowns and the
events of the last minutes are in memory and gone with the process.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import replies
from bot.desk import Desk
from bot.reception import (
    asking,
    buttons,
    caring,
    commands,
    correcting,
    forms,
    telling,
    watching,
)
from bot.reception.house import (
    WAITING,
    Corrections,
    Digests,
    House,
    Notices,
    Watches,
    spoken,
    told,
)
from bot.reception.messages import (
    Caller,
    Choosing,
    Command,
    How,
    Incoming,
    Option,
    Press,
    Reply,
    Submission,
    ToTell,
    Visibility,
)
from bot.reception.repeats import marks
from bot.reception.rules import Rules
from bot.reception.suggesting import Proposals
from knowledge.errors import QuisError
from knowledge.model import (
    AnswersWhen,
    ChannelSettings,
    Place,
    Tenant,
    TenantSettings,
)
from knowledge.ports import Clock
from knowledge.tenant_ports import GapStore, TenantStore

__all__ = ["Reception"]

S = TypeVar("S", bound=Reply | None)


class Reception:
    """Implements ``messages.Receives``. Belongs to one event loop."""

    def __init__(
        self,
        desk: Desk,
        tenants: TenantStore,
        notices: Notices,
        clock: Clock,
        *,
        corrections: Corrections | None = None,
        watches: Watches | None = None,
        gaps: GapStore | None = None,
        digests: Digests | None = None,
        waiting: int = WAITING,
    ) -> None:
        async def read(tenant: Tenant) -> TenantSettings:
            return await desk.aside(lambda: tenants.settings(tenant))

        async def write(tenant: Tenant, settings: TenantSettings) -> None:
            await desk.aside(lambda: tenants.set_settings(tenant, settings))

        rules = Rules(read, write, clock.now)
        self._house = House(
            desk,
            tenants,
            notices,
            clock,
            rules,
            corrections,
            watches,
            gaps,
            digests,
            most_inside=waiting,
        )
        self._proposals = Proposals()

    # --- what people do ------------------------------------------------------------

    async def hear(self, heard: Incoming) -> Reply | None:
        """Something said; None: stay silent."""
        caller = heard.caller
        house = self._house
        found = marks(caller.channel, heard.event, heard.message)
        if found and not house.repeats.first(caller.tenant, found, house.now):
            return None

        async def work() -> Reply | None:
            return await asking.ask(house, heard, found)

        if heard.how is How.OVERHEARD:
            return await self._quietly(work)
        in_place = caller.direct or heard.how not in (How.COMMAND, How.CLAIM)
        return await self._politely(caller, work, in_place=in_place)

    async def command(self, command: Command) -> Reply:
        """Any command, ``ask`` too."""

        async def work() -> Reply:
            return await commands.command(self._house, command)

        if again := self._again(command.caller, command.event):
            return again
        return await self._politely(command.caller, work)

    async def press(self, press: Press) -> Reply:
        """A button or a choice of a menu."""

        async def work() -> Reply:
            return await buttons.press(self._house, press)

        if again := self._again(press.caller, press.event):
            return again
        return await self._politely(press.caller, work)

    async def submit(self, form: Submission) -> Reply:
        """A form that was sent."""

        async def work() -> Reply:
            return await forms.submit(self._house, form)

        if again := self._again(form.caller, form.event):
            return again
        return await self._politely(form.caller, work)

    async def suggest(self, choosing: Choosing) -> tuple[Option, ...]:
        """At most 25 proposals, best first, within a second."""
        return await self._proposals.suggest(self._house, choosing)

    # --- what clients do -----------------------------------------------------------

    async def posted(self, key: str, where: Place) -> None:
        """The reply with this key now stands there."""
        await self._noted(lambda: telling.stands(self._house, key, where))

    async def gone(self, tenant: Tenant) -> None:
        """The bot was removed: everything of this tenant is wiped."""
        house = self._house
        house.memory.forget(tenant)
        house.rules.forget(tenant)
        await self._noted(lambda: house.kept(lambda t: t.forget(tenant)))

    async def to_tell(self, platform: str) -> tuple[ToTell, ...]:
        """What somebody is now to be told; each until ``told`` of it."""
        found: list[ToTell] = []

        async def news() -> None:
            found.extend(await telling.to_tell(self._house, platform))

        async def corrections() -> None:
            found.extend(await correcting.to_tell(self._house, platform))

        async def watched() -> None:
            found.extend(await watching.to_tell(self._house, platform))

        await self._noted(news)
        await self._noted(corrections)

        async def waiting() -> None:
            found.extend(await caring.to_tell(self._house, platform))

        await self._noted(watched)
        await self._noted(waiting)
        return tuple(found)

    async def told(self, notice: str, where: Place | None = None) -> None:
        """It was told; or it never can be, and is given up."""

        async def work() -> None:
            if await correcting.told(self._house, notice, where):
                return
            if await watching.told(self._house, notice):
                return
            if not await caring.told(self._house, notice):
                await telling.told(self._house, notice)

        await self._noted(work)

    def answers_in(self, tenant: Tenant, channel: str) -> AnswersWhen:
        """When the bot speaks there, so that a client can leave the rest alone."""
        return self._house.rules.answers_in(tenant, channel)

    # --- whatever happens ----------------------------------------------------------

    def _again(self, caller: Caller, event: str) -> Reply | None:
        """What is said to a command, press or form that came before; None where new."""
        house = self._house
        found = marks(caller.channel, event, "")
        if not found or house.repeats.first(caller.tenant, found, house.now):
            return None
        return told(caller, replies.slow_down(1, spoken(caller, ChannelSettings())))

    async def _politely(
        self,
        caller: Caller,
        work: Callable[[], Awaitable[S]],
        *,
        in_place: bool = False,
    ) -> S | Reply:
        """An error is a card too, and the fault of nobody who reads it."""
        language = spoken(caller, ChannelSettings())
        try:
            return await work()
        except QuisError as error:
            card = replies.error(error, language)
        except Exception as fault:
            self._house.desk.on_fault(fault)
            card = replies.unexpected(language)
        if in_place:
            return Reply(card=card, visibility=Visibility.PUBLIC)
        return told(caller, card)

    async def _quietly(
        self, work: Callable[[], Awaitable[Reply | None]]
    ) -> Reply | None:
        """Nobody asked, so nobody is told of an error."""
        try:
            return await work()
        except Exception as fault:
            self._house.desk.on_fault(fault)
            return None

    async def _noted(self, work: Callable[[], Awaitable[object]]) -> None:
        """Nobody waits for it; an error is logged, and the next call tries again."""
        try:
            await work()
        except Exception as fault:
            self._house.desk.on_fault(fault)
