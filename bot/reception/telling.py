"""What somebody is to be told now, and that they were: in the store until it is done."""

from dataclasses import dataclass, replace

from bot import replies
from bot.reception import kb
from bot.reception.forms import REPORT, REQUEST
from bot.reception.house import House
from bot.reception.kb import REVIEW
from bot.reception.messages import ToTell
from bot.reception.resolving import answer_of, request_card
from knowledge.errors import UnknownDocument
from knowledge.model import Place, Report, Request, RequestState, Tenant

REDRAW = "redraw/"

MOST_STALE = 200
"""Cards that wait to be drawn anew; more are left as they stand."""


@dataclass(frozen=True, slots=True)
class Due:
    """Names a notice: what it is about, whose, by which id."""

    prefix: str
    tenant: Tenant
    id: str

    def __str__(self) -> str:
        return f"{self.prefix}{self.tenant.platform}/{self.tenant.id}/{self.id}"

    @classmethod
    def read(cls, notice: str) -> "Due | None":
        """A notice by its name; None where it is none of ours."""
        for prefix in (REQUEST, REPORT):
            parts = notice.removeprefix(prefix).split("/")
            if notice.startswith(prefix) and len(parts) == 3:
                return cls(prefix, Tenant(parts[0], parts[1]), parts[2])
        return None


async def to_tell(house: House, platform: str) -> tuple[ToTell, ...]:
    """Whose request was met, and whose report was resolved. Raises QuisError."""
    held = await _held(house, platform)
    resolved = await house.desk.aside(lambda: house.notices.reports_resolved(platform))
    found = [await _resolved(house, report) for report in resolved]
    for request in held:
        notice = await _met(house, request)
        found += [notice] if notice else []
    stale = (each for each in house.stale.values() if each.tenant.platform == platform)
    return (*found, *stale)


async def _resolved(house: House, report: Report) -> ToTell:
    """To whoever reported something."""
    post, held = await answer_of(house, report)
    card = replies.report_resolved(
        report, post, held, house.desk.names, language=report.language
    )
    return ToTell(
        id=str(Due(REPORT, report.tenant, report.id)),
        tenant=report.tenant,
        card=card,
        user=report.reporter,
    )


async def _held(house: House, platform: str) -> tuple[Request, ...]:
    """The requests that were met; looked for anew only once in a while.

    Clients ask every few seconds, and what was published is not read through as often.
    """
    if house.looked.get(platform, house.now) is None:
        house.looked.put(platform, True, house.now)  # noqa: FBT003
        return await house.desk.aside(lambda: house.notices.requests_held(platform))
    held = await house.kept(lambda t: t.requests_in([RequestState.HELD]))
    return tuple(each for each in held if each.tenant.platform == platform)


async def _met(house: House, request: Request) -> ToTell | None:
    """To whoever asked; nothing where the document is gone again."""
    if request.document is None:
        return None
    try:
        document = await house.desk.document(request.document)
    except UnknownDocument:
        return None
    card = replies.request_held(
        request, document, house.desk.names, language=request.language
    )
    return ToTell(
        id=str(Due(REQUEST, request.tenant, request.id)),
        tenant=request.tenant,
        card=card,
        user=request.asker,
    )


async def told(house: House, notice: str) -> None:
    """It was told, or never can be: who it was for is wiped. Raises QuisError."""
    due = Due.read(notice)
    if due is None:
        house.stale.pop(notice, None)
        return
    if due.prefix == REPORT:
        await house.kept(lambda t: t.report_told(due.tenant, due.id))
        return
    request = await house.kept(lambda t: t.request(due.tenant, due.id))
    if request is not None:
        done = replace(request, state=RequestState.TOLD)
        await house.kept(lambda t: t.change_request(done, RequestState.HELD))
        kept = await house.kept(lambda t: t.request(due.tenant, due.id))
        if kept is not None:  # without who asked, and in which words
            await _redraw(house, kept)


async def _redraw(house: House, request: Request) -> None:
    """The moderators' card is to say that it was told.

    Kept in memory alone: where the process ends first, the card says what was true when
    it was posted, and any press of it draws it anew.
    """
    if request.card is None or len(house.stale) >= MOST_STALE:
        return
    settings = await house.rules.of(request.tenant)
    notice = f"{REDRAW}{request.tenant.platform}/{request.tenant.id}/{request.id}"
    house.stale[notice] = ToTell(
        id=notice,
        tenant=request.tenant,
        card=request_card(house, request, settings),
        edit=request.card,
    )


async def stands(house: House, key: str, where: Place) -> None:
    """A reply now stands there: an answer, or a card for the moderators.

    Raises QuisError.
    """
    caller = house.callers.get(key, house.now)
    if key.startswith(REPORT) and caller is not None:
        id = key.removeprefix(REPORT)
        await house.kept(lambda t: t.place_report(caller.tenant, id, where))
    elif key.startswith(REQUEST) and caller is not None:
        id = key.removeprefix(REQUEST)
        request = await house.kept(lambda t: t.request(caller.tenant, id))
        if request is not None:
            placed = replace(request, card=where)
            await house.kept(lambda t: t.change_request(placed, request.state))
    elif key.startswith(REVIEW) and caller is not None:
        await kb.stands(house, caller.tenant, key.removeprefix(REVIEW), where)
    elif not key.startswith((REPORT, REQUEST, REVIEW)):
        if caller is not None:
            post = await house.kept(lambda t: t.post(caller.tenant, key))
            if post is None or post.private:
                return  # a message that only its asker sees cannot be found again
            # A thread that is opened on a message has the message's id.
            house.memory.begun(caller, where.thread or where.message, house.now)
        await house.kept(lambda t: t.place_post(key, where))
        corrections = house.corrections
        if caller is not None and corrections is not None:
            await house.desk.aside(lambda: corrections.check(caller.tenant, key))
