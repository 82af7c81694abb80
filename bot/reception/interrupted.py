"""Questions behind which a process ended: whoever asked is told, once, to ask again.

The platform has acknowledged such a question and does not deliver it again, and its mark
keeps every other process from answering. So it is noted where it stands, with the mark,
until something was said to it. What is left over is told by whichever process comes next,
and what got lost on its way to the platform by the same; a client looks first whether an
answer stands, which may have gone out all the same.
"""

from datetime import timedelta

from bot import replies
from bot.reception.house import LEASE, Asked, House, noted
from bot.reception.messages import Incoming, ToTell
from knowledge.model import AnswersWhen, PendingQuestion, Place, Tenant

PREFIX = "interrupted/"

TOLD_WITHIN = timedelta(days=1)
"""Whoever asked before has asked again, or wants to know no more."""

MOST = 1000
"""Questions of one place that may be pending; further ones are answered all the same."""

AT_ONCE = 40
"""Messages that are handed out at once, so that nobody else waits behind hundreds."""


async def taken_up(
    house: House, incoming: Incoming, marks: tuple[str, ...], language: str | None
) -> bool:
    """Whether no process had taken it up; this one has now, and it is pending.

    ``language`` is the one to say in that it was interrupted. Raises QuisError.
    """
    caller = incoming.caller
    question = PendingQuestion(
        tenant=caller.tenant,
        place=Place(caller.channel, incoming.message, caller.thread),
        at=house.now,
        holder=house.holder,
        language=language,
        direct=caller.direct,
    )
    if not await house.kept(lambda t: t.take_up(question, marks, MOST)):
        return False
    house.asked.put(_asked(question), True, house.now)  # noqa: FBT003
    return True


async def settled(house: House, incoming: Incoming) -> None:
    """Something was said to it, or nothing is to be; of another process's: nothing.

    Raises nothing: where the store does not answer, it is looked for what was said.
    """
    caller = incoming.caller
    asked = Asked(caller.tenant, caller.channel, incoming.message)
    if house.asked.get(asked, house.now) is None:
        return
    house.asked.drop(asked)
    await noted(house, lambda: _settle(house, asked))


async def to_tell(house: House, platform: str) -> list[ToTell]:
    """The questions that a process left behind. Raises QuisError."""
    now = house.now
    left = await house.kept(
        lambda t: t.pending(
            platform,
            holder=house.holder,
            begun=house.began,
            at=now,
            lease=LEASE,
            since=now - TOLD_WITHIN,
            limit=AT_ONCE + len(house.asked),
        )
    )
    found = []
    for question in left:
        if house.asked.get(_asked(question), now) is not None:
            continue  # it is being answered, here and now
        channel = (await house.rules.of(question.tenant)).of(question.place.channel)
        if channel.answers is AnswersWhen.NEVER and not question.direct:
            await _settle(house, _asked(question))  # since then nothing is said there
            continue
        found.append(_notice(question, channel.language or question.language))
    return found[:AT_ONCE]


async def told(house: House, notice: str, where: Place | None) -> bool:
    """It was told, or never can be; False where the notice is none of these.

    Raises QuisError.
    """
    del where  # in either case there is no more to be done
    parts = notice.removeprefix(PREFIX).split("/", 3)
    if not notice.startswith(PREFIX) or len(parts) != 4:
        return False
    platform, tenant, channel, message = parts
    await _settle(house, Asked(Tenant(platform, tenant), channel, message))
    return True


def _notice(question: PendingQuestion, language: str | None) -> ToTell:
    tenant, place = question.tenant, question.place
    where = f"{tenant.platform}/{tenant.id}/{place.channel}/{place.message}"
    return ToTell(
        id=f"{PREFIX}{where}",
        tenant=tenant,
        card=replies.interrupted(language),
        reply_to=place,
        unanswered=True,
    )


def _asked(question: PendingQuestion) -> Asked:
    return Asked(question.tenant, question.place.channel, question.place.message)


async def _settle(house: House, asked: Asked) -> None:
    await house.kept(lambda t: t.settle(asked.tenant, asked.channel, asked.message))
