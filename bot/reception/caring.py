"""The weekly digest of what waits, to the moderators' channel of each place."""

from datetime import date

from bot import replies
from bot.reception import moderating
from bot.reception.house import House
from bot.reception.messages import ToTell
from knowledge.model import Place, Tenant

PREFIX = "queue/"


async def to_tell(house: House, platform: str) -> list[ToTell]:
    """The digests that are due. Raises QuisError."""
    digests = house.digests
    if digests is None:
        return []
    found = []
    for due in await house.desk.aside(lambda: digests.due(platform)):
        channel = due.settings.moderators_channel
        if channel is None:
            continue
        language = due.settings.of(channel).language
        found.append(
            ToTell(
                id=f"{PREFIX}{due.tenant.platform}/{due.tenant.id}/{due.due}",
                tenant=due.tenant,
                card=replies.queue(
                    due.queue,
                    house.desk.names,
                    language=language,
                    week=due.due.isoformat(),
                ),
                channel=channel,
                mark=replies.queue_mark(due.due.isoformat(), language),
                again=due.again,
            )
        )
    return found


async def told(house: House, notice: str, where: Place | None) -> bool:
    """It was told, or never can be; False where the notice is no such digest.

    Raises QuisError.
    """
    parts = notice.removeprefix(PREFIX).split("/")
    digests = house.digests
    if not notice.startswith(PREFIX) or len(parts) != 3 or digests is None:
        return False
    tenant, due = Tenant(parts[0], parts[1]), date.fromisoformat(parts[2])
    await house.desk.aside(lambda: digests.told(tenant, due))
    if where is None:
        await moderating.missed(house, tenant)
    return True
