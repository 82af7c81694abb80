"""What becomes of a report or a request: said by a moderator, once, by a button."""

from dataclasses import replace

from bot import replies
from bot.cards import Card
from bot.reception.house import Here, House, told
from bot.reception.messages import Caller, Reply, Visibility
from bot.reception.who_may import actor_id, may_resolve
from knowledge.model import (
    Evidence,
    Post,
    Report,
    Request,
    RequestState,
    Role,
    TenantSettings,
)


async def resolve(house: House, caller: Caller, place: Here, argument: str) -> Reply:
    """Say so in its card; whoever wrote it is told by and by. Raises QuisError."""
    if not may_resolve(caller, place.settings):
        return told(caller, replies.not_allowed(Role.EDITOR, place.language))
    wish = replies.Resolving.read(argument)
    if wish is None:
        return told(caller, replies.expired(place.language))
    if wish.what == "report":
        card = await _report(house, caller, wish, place)
    else:
        card = await _request(house, caller, wish, place)
    if card is None:
        return told(caller, replies.resolved_already(place.language))
    return Reply(card=card, visibility=Visibility.EDIT)


async def _report(
    house: House, caller: Caller, wish: replies.Resolving, place: Here
) -> Card | None:
    """The report's card as it stands now; None where another was faster."""
    tenant = caller.tenant
    done = await house.kept(
        lambda t: t.resolve_report(tenant, wish.id, str(wish.outcome))
    )
    report = await house.kept(lambda t: t.report(tenant, wish.id)) if done else None
    if report is None:
        return None
    return await report_card(house, report, place.settings, resolved_by=caller)


async def _request(
    house: House, caller: Caller, wish: replies.Resolving, place: Here
) -> Card | None:
    tenant = caller.tenant
    request = await house.kept(lambda t: t.request(tenant, wish.id))
    if request is not None and request.state in (RequestState.HELD, RequestState.TOLD):
        # No moderator was faster: a document was published since the card was posted.
        return request_card(house, request, place.settings)
    if request is None or request.state is not RequestState.OPEN:
        return None
    closed = replace(request, state=RequestState.CLOSED)
    done = await house.kept(lambda t: t.change_request(closed, RequestState.OPEN))
    return request_card(house, closed, place.settings) if done else None


async def report_card(
    house: House,
    report: Report,
    settings: TenantSettings,
    *,
    resolved_by: Caller | None = None,
) -> Card:
    """A report as the moderators see it, with what its answer showed.

    Who resolved it now is said in the card, by name, and kept nowhere else.
    """
    post, held = await answer_of(house, report)
    done = (_named(resolved_by), house.now) if resolved_by else None
    return replies.report_card(
        report,
        post,
        held,
        house.desk.names,
        house.desk.today,
        resolved=done,
        language=_language(settings),
    )


def _named(caller: Caller) -> str:
    """As the ledger's people are shown: by name, or by id where none is known."""
    return caller.name or actor_id(caller.tenant, caller.user)


async def answer_of(
    house: House, report: Report
) -> tuple[Post | None, tuple[Evidence, ...]]:
    """The answer that a report is on, and what of it may be quoted now."""
    post = await house.kept(lambda t: t.post(report.tenant, report.post))
    if post is None:
        return None, ()
    return post, await house.desk.recall(post.passages[: post.shown], post.places)


def request_card(house: House, request: Request, settings: TenantSettings) -> Card:
    """A request as the moderators see it."""
    names = house.desk.names
    return replies.request_card(request, names, language=_language(settings))


def _language(settings: TenantSettings) -> str | None:
    """That of the moderators' channel."""
    channel = settings.moderators_channel
    return settings.of(channel).language if channel else settings.language
