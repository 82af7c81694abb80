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
    commands,
    forms,
    moderating,
    outbox,
    telling,
    tenancy,
)
from bot.reception.failing import said_of
from bot.reception.house import (
    ALONE,
    WAITING,
    Corrections,
    Digests,
    House,
    Notices,
    Watches,
    here,
    noted,
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
            await noted(self._house, lambda: moderating.lost(self._house, key))
        else:
            await noted(self._house, lambda: telling.stands(self._house, key, where))

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
        return await tenancy.known(self._house, platform)

    async def installed(self, tenant: Tenant, mark: str) -> None:
        """A place is served; ``mark`` tells its token again and reveals nothing of it."""
        await noted(self._house, lambda: tenancy.installed(self._house, tenant, mark))

    async def revoked(self, platform: str, mark: str) -> None:
        """The token with this mark was taken back: what was served with it is wiped."""
        await noted(self._house, lambda: tenancy.revoked(self._house, platform, mark))

    async def gone(self, tenant: Tenant) -> None:
        """The bot was removed: everything of this tenant is wiped."""
        await tenancy.gone(self._house, tenant)

    async def to_tell(self, platform: str) -> tuple[ToTell, ...]:
        """What somebody is now to be told; each until ``told`` of it."""
        return await outbox.to_tell(self._house, platform)

    async def take(self, notice: str) -> bool:
        """Whether this process is the one to tell it now."""
        return await outbox.take(self._house, notice)

    async def told(self, notice: str, where: Place | None = None) -> None:
        """It was told; or it never can be, and is given up."""
        await noted(self._house, lambda: outbox.told(self._house, notice, where))

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
                card = said_of(error, language)
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
