"""One flow for every platform: who may, who is addressed, what was shown, what is due.

The clients know their platforms and decide nothing; the reception knows no platform.
Settings, posts, requests, reports and where questions are pending are in the store;
conversations, cooldowns and the events of the last minutes are in memory and gone with the
process.
"""

from collections.abc import Collection
from dataclasses import replace

from bot import replies
from bot.cards import Card, Form
from bot.desk import Desk
from bot.desk.threads import hurrying
from bot.reception import (
    asking,
    buttons,
    commands,
    forms,
    interrupted,
    moderating,
    outbox,
    telling,
    tenancy,
)
from bot.reception.house import (
    ALONE,
    WAITING,
    House,
    language_of,
    noted,
    spoken,
)
from bot.reception.manners import once, politely, quietly, reminding
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
from bot.reception.ports import Corrections, Digests, Notices, Watches
from bot.reception.repeats import marks
from bot.reception.rules import Rules
from bot.reception.suggesting import Proposals
from bot.reception.watching import Unwatched, Watch
from knowledge.errors import QuisError
from knowledge.model import (
    AnswersWhen,
    Place,
    Tenant,
    TenantSettings,
)
from knowledge.ports import Clock
from knowledge.reviews import Reviews
from knowledge.tenant_ports import GapStore, TenantStore

__all__ = ["Reception"]


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
            return await quietly(house, work)
        in_place = caller.direct or heard.how not in (How.COMMAND, How.CLAIM)
        return await politely(house, caller, work, in_place=in_place)

    async def command(self, command: Command) -> Reply:
        """Any command, ``ask`` too."""

        async def work() -> Reply:
            reply = await commands.command(self._house, command)
            return await reminding(self._house, command.caller, reply)

        who, event = command.caller, command.event
        hurried = command.name != "ask"
        return await once(self._house, who, event, work, hurried=hurried)

    async def press(self, press: Press) -> Reply:
        """A button or a choice of a menu."""

        if (form := buttons.made_before(self._house, press)) is not None:
            return Reply(card=None, visibility=Visibility.FORM, form=form)

        async def work() -> Reply:
            reply = await buttons.press(self._house, press)
            return await reminding(self._house, press.caller, reply)

        return await once(self._house, press.caller, press.event, work)

    async def submit(self, form: Submission) -> Reply:
        """A form that was sent."""

        async def work() -> Reply:
            return await forms.submit(self._house, form)

        return await once(self._house, form.caller, form.event, work)

    async def suggest(self, choosing: Choosing) -> tuple[Option, ...]:
        """At most 25 proposals, best first, within a second."""
        with hurrying():
            return await self._proposals.suggest(self._house, choosing)

    # --- what clients do -----------------------------------------------------------

    async def late(self, caller: Caller, form: Form) -> Card:
        """What is said in the place of a form that cannot be opened any more."""
        return await buttons.opened_late(self._house, caller, form)

    async def language(self, caller: Caller) -> str | None:
        """The language to speak to somebody; None where nobody said one."""
        return await language_of(self._house, caller)

    async def posted(self, key: str, where: Place | None) -> None:
        """The reply with this key now stands there; None: it cannot be posted."""
        if where is None:
            await noted(self._house, lambda: moderating.lost(self._house, key))
        else:
            await noted(self._house, lambda: telling.stands(self._house, key, where))

    async def delivered(self, heard: Incoming) -> None:
        """What was said to this now stands; or nothing was said, or nothing can be."""
        await interrupted.settled(self._house, heard)

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
