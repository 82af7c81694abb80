"""The moderators' channel: tried when it is set, missed when it is gone, caught up with.

What readers report and ask for is in the store first. A card of it that stands nowhere is
posted as soon as there is a channel for it again, also by another process.
"""

import secrets
from dataclasses import dataclass, replace

from bot import replies
from bot.cards import Block, Card, Heading
from bot.reception.forms import REPORT, REQUEST
from bot.reception.house import Here, House, spoken
from bot.reception.messages import Caller, Reply, ToTell, Visibility
from bot.reception.resolving import report_card, request_card
from bot.reception.who_may import may_configure
from knowledge.model import (
    Place,
    Report,
    Request,
    RequestState,
    Tenant,
    TenantSettings,
)

TRIAL = "moderators-"
"""The key of a reply that tries the channel begins so."""

CARD = "card:"


@dataclass(frozen=True, slots=True)
class Missing:
    """A card for the moderators that stands nowhere: of a report or a request."""

    kind: str
    tenant: Tenant
    id: str

    def __str__(self) -> str:
        return f"{CARD}{self.kind}/{self.tenant.platform}/{self.tenant.id}/{self.id}"

    @classmethod
    def read(cls, notice: str) -> "Missing | None":
        """By the name of its notice; None where it is none of these."""
        parts = notice.removeprefix(CARD).split("/")
        if not notice.startswith(CARD) or len(parts) != 4:
            return None
        return cls(parts[0], Tenant(parts[1], parts[2]), parts[3])


def tried(house: House, caller: Caller, settings: TenantSettings, saved: Card) -> Reply:
    """A word in the channel that was just set; ``saved`` where it can be posted there."""
    language = settings.of(settings.moderators_channel or "").language
    key = f"{TRIAL}{secrets.token_urlsafe(12)}"
    house.callers.put(key, caller, house.now)
    house.looked.drop(_looked(caller.tenant.platform))
    return Reply(
        card=replies.moderators_here(language),
        visibility=Visibility.ELSEWHERE,
        key=key,
        channel=settings.moderators_channel,
        also=saved,
        otherwise=replies.moderators_lost(
            caller.tenant.platform, spoken(caller, settings.of(caller.channel))
        ),
    )


async def lost(house: House, key: str) -> None:
    """The reply with this key could not be posted in the moderators' channel.

    Raises QuisError.
    """
    caller = house.callers.get(key, house.now)
    if caller is None:
        return
    house.callers.drop(key)
    await missed(house, caller.tenant)


def reminder(house: House, caller: Caller, place: Here) -> tuple[Block, ...]:
    """What whoever manages the place is told, once a day, while the channel is gone."""
    settings, tenant = place.settings, caller.tenant
    if not (settings.moderators_channel and settings.moderators_lost):
        return ()
    who = f"{tenant.platform}/{tenant.id}/{caller.user}"
    if not may_configure(caller, settings) or house.reminded.get(who, house.now):
        return ()
    house.reminded.put(who, True, house.now)  # noqa: FBT003
    card = replies.moderators_lost(tenant.platform, place.language)
    return (Heading(card.title), *card.blocks)


async def to_tell(house: House, platform: str) -> list[ToTell]:
    """The cards that stand nowhere, where there is a channel for them.

    Looked for once in a while. Raises QuisError.
    """
    if house.looked.get(_looked(platform), house.now) is not None:
        return []
    house.looked.put(_looked(platform), True, house.now)  # noqa: FBT003
    reports = await house.kept(lambda t: t.reports_unplaced())
    asked = await house.kept(lambda t: t.requests_in([RequestState.OPEN]))
    found: list[ToTell] = []
    for report in reports:
        if report.tenant.platform == platform:
            found += await _due(house, "report", report)
    for request in asked:
        if request.tenant.platform == platform and request.card is None:
            found += await _due(house, "request", request)
    return found


async def _due(house: House, kind: str, what: Report | Request) -> list[ToTell]:
    key = f"{REPORT if kind == 'report' else REQUEST}{what.id}"
    if house.callers.get(key, house.now) is not None:
        return []  # just being posted
    settings = await house.rules.of(what.tenant)
    channel = settings.moderators_channel
    if channel is None or settings.moderators_lost:
        return []
    if isinstance(what, Report):
        card = await report_card(house, what, settings)
    else:
        card = request_card(house, what, settings)
    notice = str(Missing(kind, what.tenant, what.id))
    return [
        ToTell(
            id=notice,
            tenant=what.tenant,
            card=card,
            channel=channel,
            mark=card.code(),
            again=True,  # a process may have ended behind the posting of it
        )
    ]


async def told(house: House, notice: str, where: Place | None) -> bool:
    """It stands, or cannot be posted; False where the notice is no such card.

    Raises QuisError.
    """
    due = Missing.read(notice)
    if due is None:
        return False
    if where is None:
        await missed(house, due.tenant)
    elif due.kind == "report":
        await house.kept(lambda t: t.place_report(due.tenant, due.id, where))
    else:
        request = await house.kept(lambda t: t.request(due.tenant, due.id))
        if request is not None:
            placed = replace(request, card=where)
            await house.kept(lambda t: t.change_request(placed, request.state))
    return True


async def missed(house: House, tenant: Tenant) -> None:
    """Nothing can be posted in the moderators' channel. Raises QuisError."""
    await house.rules.change(tenant, lambda s: replace(s, moderators_lost=True))


def _looked(platform: str) -> str:
    return f"{CARD}{platform}"
