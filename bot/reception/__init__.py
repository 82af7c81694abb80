"""One flow for every platform: who may, who is addressed, what was shown, what is due.

The clients know their platforms and decide nothing; the reception knows no platform.
Settings, posts, requests and reports are in the store; conversations, cooldowns and the
events of the last minutes are in memory and gone with the process.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import TypeVar

from bot import replies
from bot.cards import Card
from bot.desk import Desk
from bot.reception import (
    asking,
    buttons,
    caring,
    commands,
    correcting,
    following,
    forms,
    kb,
    moderating,
    telling,
)
from bot.reception.house import (
    ALONE,
    LEASE,
    WAITING,
    Corrections,
    Digests,
    House,
    Notices,
    Watches,
    here,
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
from bot.reception.watching import Unwatched, Watch, request
from knowledge.errors import QuisError
from knowledge.model import (
    AnswersWhen,
    ChannelSettings,
    Place,
    Tenant,
    TenantSettings,
)
from knowledge.ports import Clock
from knowledge.reviews import Reviews
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
        reviews: Reviews | None = None,
        changed_from: Collection[str] = (),
        watches: Watches | None = None,
        gaps: GapStore | None = None,
        digests: Digests | None = None,
        waiting: int = WAITING,
        watch: Watch | None = None,
        holder: str = ALONE,
    ) -> None:
        """``holder`` names this process where several may serve one store."""

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
            reviews,
            frozenset(changed_from),
            watches,
            gaps,
            digests,
            most_inside=waiting,
            watch=watch or Unwatched(),
            holder=holder,
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
            reply = await commands.command(self._house, command)
            return await self._reminding(command.caller, reply)

        return await self._once(command.caller, command.event, work)

    async def press(self, press: Press) -> Reply:
        """A button or a choice of a menu."""

        async def work() -> Reply:
            reply = await buttons.press(self._house, press)
            return await self._reminding(press.caller, reply)

        return await self._once(press.caller, press.event, work)

    async def submit(self, form: Submission) -> Reply:
        """A form that was sent."""

        async def work() -> Reply:
            return await forms.submit(self._house, form)

        return await self._once(form.caller, form.event, work)

    async def suggest(self, choosing: Choosing) -> tuple[Option, ...]:
        """At most 25 proposals, best first, within a second."""
        return await self._proposals.suggest(self._house, choosing)

    # --- what clients do -----------------------------------------------------------

    async def posted(self, key: str, where: Place | None) -> None:
        """The reply with this key now stands there; None: it cannot be posted."""
        if where is None:
            await self._noted(lambda: moderating.lost(self._house, key))
        else:
            await self._noted(lambda: telling.stands(self._house, key, where))

    async def spoke_in(self, tenant: Tenant, channel: str, thread: str) -> bool:
        """Whether the bot answered in this thread, as far back as that is kept."""
        try:
            posts = await self._house.kept(
                lambda t: t.posts_in(tenant, channel, thread, 1)
            )
        except QuisError as fault:  # then whoever speaks there is not heard
            self._house.desk.on_fault(fault)
            return False
        return bool(posts)

    async def welcome(self, caller: Caller) -> Card | None:
        """The first word in a tenant; None where it was said before."""
        house, tenant = self._house, caller.tenant
        try:
            settings = await house.rules.of(tenant)
            if settings.welcomed:
                return None
            await house.rules.change(tenant, lambda s: replace(s, welcomed=True))
        except QuisError as fault:
            house.desk.on_fault(fault)
            return None
        return replies.welcome(
            tenant.platform, spoken(caller, settings.of(caller.channel))
        )

    async def known(self, platform: str) -> tuple[Tenant, ...]:
        """The servers or workspaces of which anything is kept."""
        try:
            return await self._house.kept(lambda t: t.known(platform))
        except QuisError as fault:  # the next start looks again
            self._house.desk.on_fault(fault)
            return ()

    async def installed(self, tenant: Tenant, mark: str) -> None:
        """A place is served; ``mark`` tells its token again and reveals nothing of it."""
        rules = self._house.rules

        async def work() -> None:
            if (await rules.of(tenant)).installation != mark:
                await rules.change(tenant, lambda s: replace(s, installation=mark))

        await self._noted(work)

    async def revoked(self, platform: str, mark: str) -> None:
        """The token with this mark was taken back: what was served with it is wiped."""

        async def work() -> None:
            for tenant in await self.known(platform):
                if (await self._house.rules.of(tenant)).installation == mark:
                    await self.gone(tenant)

        await self._noted(work)

    async def gone(self, tenant: Tenant) -> None:
        """The bot was removed: everything of this tenant is wiped."""
        house = self._house
        house.memory.forget(tenant)
        house.rules.forget(tenant)
        await self._noted(lambda: house.kept(lambda t: t.forget(tenant)))
        await self._noted(lambda: kb.forget(house, tenant))

    async def to_tell(self, platform: str) -> tuple[ToTell, ...]:
        """What somebody is now to be told; each until ``told`` of it."""
        found: list[ToTell] = []

        async def news() -> None:
            found.extend(await telling.to_tell(self._house, platform))

        async def cards() -> None:
            found.extend(await moderating.to_tell(self._house, platform))

        async def corrections() -> None:
            found.extend(await correcting.to_tell(self._house, platform))

        async def reviews() -> None:
            found.extend(await kb.to_tell(self._house, platform))

        async def watched() -> None:
            found.extend(await following.to_tell(self._house, platform))

        async def waiting() -> None:
            found.extend(await caring.to_tell(self._house, platform))

        await self._noted(news)
        await self._noted(cards)
        await self._noted(corrections)
        await self._noted(reviews)
        await self._noted(watched)
        await self._noted(waiting)
        for notice in found:
            self._house.handed.put(notice.id, True, self._house.now)  # noqa: FBT003
        begun = await self._begun([notice.id for notice in found])
        return tuple(
            replace(notice, again=notice.again or notice.id in begun)
            for notice in found
        )

    async def _begun(self, notices: list[str]) -> Collection[str]:
        """Those that some process took to tell: it may have ended behind the sending."""
        begun: set[str] = set()

        async def look() -> None:
            begun.update(await self._house.kept(lambda t: t.claimed(notices)))

        if notices:
            await self._noted(look)
        return begun

    async def take(self, notice: str) -> bool:
        """Whether this process is the one to tell it now."""
        house = self._house
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

    async def told(self, notice: str, where: Place | None = None) -> None:
        """It was told; or it never can be, and is given up."""

        async def work() -> None:
            if await correcting.told(self._house, notice, where):
                return
            if await moderating.told(self._house, notice, where):
                return
            if await kb.told(self._house, notice, where):
                return
            if await following.told(self._house, notice, where):
                return
            if not await caring.told(self._house, notice, where):
                await telling.told(self._house, notice)

        await self._noted(work)

    def answers_in(self, tenant: Tenant, channel: str) -> AnswersWhen:
        """When the bot speaks there, so that a client can leave the rest alone."""
        return self._house.rules.answers_in(tenant, channel)

    # --- whatever happens ----------------------------------------------------------

    async def _reminding(self, caller: Caller, reply: Reply) -> Reply:
        """Whoever manages the place hears in passing that its moderators do not."""
        if reply.card is None or reply.visibility is not Visibility.PRIVATE:
            return reply
        place = await here(self._house, caller)
        said = moderating.reminder(self._house, caller, place)
        blocks = (*said, *reply.card.blocks)
        return replace(reply, card=replace(reply.card, blocks=blocks))

    async def _once(
        self, caller: Caller, event: str, work: Callable[[], Awaitable[Reply]]
    ) -> Reply:
        """Work, where neither this process nor another has taken it up."""
        if again := self._again(caller, event):
            return again

        async def first() -> Reply:
            found = marks(caller.channel, event, "")
            if not await asking.first(self._house, caller, found):
                return asking.TAKEN
            return await work()

        return await self._politely(caller, first)

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
        with request():
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
        with request():
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
