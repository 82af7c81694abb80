"""What became of answers that were given: each message is edited, then replied to, once.

What is due is in the store, and handed out again until it was done. What was begun before
is looked for first, as a process may have ended behind it; so is an answer of which nobody
noted where it stands. A private answer cannot be edited: its asker gets a letter, where
that was wished.
"""

from bot import replies
from bot.cards import Card
from bot.reception.house import House
from bot.reception.messages import Sought, ToTell
from bot.reception.ports import Corrections
from bot.reception.posting import made_again
from knowledge.errors import UnknownDocument
from knowledge.model import (
    Document,
    DueMarking,
    Marking,
    Place,
    Post,
    Telling,
    Tenant,
)

EDIT, REPLY, LETTER = "corrected:edit/", "corrected:reply/", "corrected:letter/"
SEEK = "corrected:seek/"
AT_ONCE = 40
"""Messages that are handed out at once, so that nobody else waits behind thousands."""


async def to_tell(house: House, platform: str) -> list[ToTell]:
    """The next step on each message that shows what no longer stands. Raises QuisError."""
    corrections = house.corrections
    if corrections is None:
        return []
    steps = await house.desk.aside(lambda: corrections.due(platform, AT_ONCE))
    notices = [await _notice(house, corrections, due) for due in steps]
    lost = await house.desk.aside(lambda: corrections.unplaced(platform, AT_ONCE))
    return [*map(_seek, lost), *(notice for notice in notices if notice is not None)]


def _seek(post: Post) -> ToTell:
    """It is looked for; what is due on it follows once it is found."""
    tenant = post.tenant
    sought = Sought(key=post.key, channel=post.channel, thread=post.thread, at=post.at)
    return ToTell(
        id=f"{SEEK}{tenant.platform}/{tenant.id}/{post.key}",
        tenant=tenant,
        card=Card(""),
        channel=post.channel,
        sought=sought,
    )


async def _notice(
    house: House, corrections: Corrections, due: DueMarking
) -> ToTell | None:
    post, markings = due.marked.post, due.marked.markings
    if post.place is None and post.asker is None:
        return None  # whoever wanted to be told wants it no more
    evidence = await house.desk.aside(lambda: corrections.as_shown(post))
    if not evidence:
        await house.desk.aside(lambda: corrections.edited(post.key, 0, gone=True))
        return None
    others = await _others(house, markings)
    name = f"{post.key}/{due.through}"
    if due.reply and post.asker is None:
        told = [e for e in markings if e.state is not Telling.DUE or not e.edited]
        card = replies.correction(
            post,
            evidence,
            markings,
            others,
            told=told,
            through=due.through,
            language=post.language,
        )
        return ToTell(
            id=f"{REPLY}{name}",
            tenant=post.tenant,
            card=card,
            reply_to=post.place,
            mark=replies.mark_of(post, due.through),
            again=due.again,
        )
    settings = await house.rules.of(post.tenant)
    answer = replies.answer(
        made_again(post, evidence, house.desk.today),
        house.desk.names,
        house.desk.today,
        language=post.language,
        key=post.key,
        shown=post.shown,
        moderated=settings.moderators_channel is not None,
    )
    card = replies.marked(answer, evidence, markings, others, language=post.language)
    if post.asker is not None:
        card = replies.letter(card, post, language=post.language)
        return ToTell(
            id=f"{LETTER}{name}", tenant=post.tenant, card=card, user=post.asker
        )
    return ToTell(id=f"{EDIT}{name}", tenant=post.tenant, card=card, edit=post.place)


async def _others(
    house: House, markings: tuple[Marking, ...]
) -> dict[tuple[str, int], Document]:
    found = {}
    for each in markings:
        if each.by is not None:
            try:
                document = await house.desk.document(each.by, each.revision)
            except UnknownDocument:
                continue
            found[each.by, each.revision] = document
    return found


async def begun(house: House, notice: str) -> None:
    """It is about to be done, where it is a correction. Raises QuisError."""
    corrections, step = house.corrections, _read(notice)
    if corrections is not None and step is not None:
        _, key, _ = step
        await house.desk.aside(lambda: corrections.begun(key))


async def told(house: House, notice: str, where: Place | None) -> bool:
    """It was done, or never can be; False where the notice is no correction.

    Raises QuisError.
    """
    corrections = house.corrections
    if corrections is not None and notice.startswith(SEEK):
        await _sought(house, corrections, notice.removeprefix(SEEK), where)
        return True
    step = _read(notice)
    if step is None or corrections is None:
        return False
    prefix, key, through = step
    failed = where is None
    if prefix == LETTER and failed:
        await house.desk.aside(lambda: corrections.unreachable(key))
    elif prefix == EDIT:
        await house.desk.aside(lambda: corrections.edited(key, through, gone=failed))
    else:
        await house.desk.aside(
            lambda: corrections.replied(key, through, refused=failed)
        )
    return True


async def _sought(
    house: House, corrections: Corrections, name: str, where: Place | None
) -> None:
    platform, id, key = name.split("/", 2)
    if where is None:
        tenant = Tenant(platform, id)
        await house.desk.aside(lambda: corrections.nowhere(tenant, key))
    else:
        await house.desk.aside(lambda: corrections.stands(key, where))


def _read(notice: str) -> tuple[str, str, int] | None:
    """Which step it names, on which post, through which line; None: no correction."""
    prefixes = (EDIT, REPLY, LETTER)
    prefix = next((each for each in prefixes if notice.startswith(each)), None)
    if prefix is None:
        return None
    key, _, line = notice.removeprefix(prefix).rpartition("/")
    return prefix, key, int(line)
