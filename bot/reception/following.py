"""A channel watches a vendor or a country: set, listed, ended, told."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot import replies
from bot.reception.house import Here, House
from bot.reception.house import told as told_alone
from bot.reception.messages import Caller, Reply, ToTell, Visibility
from bot.reception.ports import Watches
from bot.reception.who_may import hashed, may_resolve
from knowledge.model import Bulletin, Kept, Place, Rhythm, Tenant, Watch
from knowledge.news import MOST_WATCHES

PREFIX = "watch/"


@dataclass(frozen=True, slots=True)
class Due:
    """Names a bulletin: whose, where, and up to which line of the ledger."""

    tenant: Tenant
    channel: str
    through: int

    def __str__(self) -> str:
        where = f"{self.tenant.platform}/{self.tenant.id}/{self.channel}"
        return f"{PREFIX}{where}/{self.through}"

    @classmethod
    def read(cls, notice: str) -> "Due | None":
        """A bulletin by its name; None where it is none."""
        parts = notice.removeprefix(PREFIX).split("/")
        if not notice.startswith(PREFIX) or len(parts) != 4 or not parts[3].isdigit():
            return None
        return cls(Tenant(parts[0], parts[1]), parts[2], int(parts[3]))


async def watch(
    house: House,
    caller: Caller,
    place: Here,
    vendor: str | None,
    country: str | None,
    rhythm: str,
) -> Reply:
    """``/watch``: by the week where nothing else was chosen. Raises QuisError."""
    kept_by, language = house.watches, place.language
    if kept_by is None:
        return told_alone(caller, replies.no_watches(language))
    if vendor is None and country is None:
        card = replies.watch_what(caller.tenant.platform, language)
        return told_alone(caller, card)
    often = Rhythm(rhythm) if rhythm in list(Rhythm) else Rhythm.WEEKLY
    id = secrets.token_hex(6)
    kept = await house.desk.aside(
        lambda: kept_by.add(
            id=id,
            tenant=caller.tenant,
            channel=caller.channel,
            owner=hashed(id, caller.user),
            rhythm=often,
            language=language,
            vendor=vendor,
            place=country,
        )
    )
    if kept is Kept.FULL:
        platform = caller.tenant.platform
        card = replies.too_many_watches(MOST_WATCHES, platform, language)
        return told_alone(caller, card)
    card = replies.watched(
        vendor,
        country,
        often,
        house.desk.names,
        changed=kept is Kept.CHANGED,
        language=language,
    )
    return told_alone(caller, card)


async def watches(house: House, caller: Caller, place: Here) -> Reply:
    """What is watched here. Raises QuisError."""
    held = await _held(house, caller)
    card = replies.watches(held, house.desk.names, language=place.language)
    return told_alone(caller, card)


async def end(
    house: House, caller: Caller, place: Here, values: Sequence[str]
) -> Reply:
    """By whoever began it, and by editors; the list is shown anew. Raises QuisError."""
    kept_by = house.watches
    wanted = values[0] if values else ""
    mine = next((w for w in await _held(house, caller) if w.id == wanted), None)
    ended = False
    if mine is not None and kept_by is not None:
        owner = hashed(mine.id, caller.user) == mine.owner
        if not owner and not caller.direct and not may_resolve(caller, place.settings):
            return told_alone(caller, replies.unwatched(place.language))
        ended = await house.desk.aside(
            lambda: kept_by.end(caller.tenant, caller.channel, wanted)
        )
    held = await _held(house, caller)
    card = replies.watches(held, house.desk.names, ended=ended, language=place.language)
    return Reply(card=card, visibility=Visibility.EDIT)


async def _held(house: House, caller: Caller) -> tuple[Watch, ...]:
    kept_by = house.watches
    if kept_by is None:
        return ()
    return await house.desk.aside(lambda: kept_by.here(caller.tenant, caller.channel))


async def to_tell(house: House, platform: str) -> list[ToTell]:
    """What channels are to be told now. Raises QuisError."""
    kept_by = house.watches
    if kept_by is None:
        return []
    due = await house.desk.aside(lambda: kept_by.due(platform))
    return [await _notice(house, bulletin) for bulletin in due]


async def _notice(house: House, bulletin: Bulletin) -> ToTell:
    tenant, channel = bulletin.tenant, bulletin.channel
    settings = await house.rules.of(tenant)
    language = settings.of(channel).language or bulletin.language
    card = replies.bulletin(
        bulletin,
        house.desk.names,
        asked=replies.typed("ask", tenant.platform, language),
        language=language,
    )
    return ToTell(
        id=str(Due(tenant, channel, bulletin.through)),
        tenant=tenant,
        card=card,
        channel=channel,
        mark=replies.bulletin_mark(bulletin),
        again=bulletin.again,
    )


async def told(house: House, notice: str, where: Place | None) -> bool:
    """It was told; or never can be, and then nothing is watched there any more.

    False where the notice is no bulletin. Raises QuisError.
    """
    due, kept_by = Due.read(notice), house.watches
    if due is None or kept_by is None:
        return False
    if where is None:
        await house.desk.aside(lambda: _end_all(kept_by, due))
        return True
    await house.desk.aside(lambda: kept_by.told(due.tenant, due.channel, due.through))
    return True


def _end_all(kept_by: Watches, due: Due) -> None:
    """The channel is gone, or lets the bot write no more: said in the log, once."""
    held = kept_by.here(due.tenant, due.channel)
    ended = sum(kept_by.end(due.tenant, due.channel, watch.id) for watch in held)
    structlog.get_logger().warning(
        "watches_ended", platform=due.tenant.platform, ended=ended
    )
