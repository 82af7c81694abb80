"""What a form that was sent does: a report, a request, the reason for a vote.

A form may be sent after a restart: all that it is about is in its id and in the store.
"""

import secrets

from bot import replies
from bot.cards import Action, Card
from bot.reception import kb
from bot.reception.codes import Code
from bot.reception.house import Here, House, here, told
from bot.reception.messages import Caller, Reply, Submission, Visibility
from bot.reception.pace import LETTERS
from bot.reception.resolving import report_card, request_card
from bot.reception.who_may import hashed, may_see
from knowledge.model import Post, Report, ReportKind, Request

LONGEST_LETTER = 1000
REPORT = "report-"
REQUEST = "request-"
"""The key of a reply that is a card for the moderators begins so; see ``posted``."""


async def submit(house: House, form: Submission) -> Reply:
    """What is said to a form. Raises QuisError."""
    caller = form.caller
    place = await here(house, caller)
    code = Code.read(form.form)
    if code is not None and code.action is Action.KB_FORM:
        return await kb.submit(house, form, place, code)
    post = None
    if code is not None and code.key:
        key = code.key
        post = await house.kept(lambda t: t.post(caller.tenant, key))
    if code is None or post is None or not may_see(caller, post):
        return told(caller, replies.expired(place.language))
    language = place.language or post.language
    match code.action:
        case Action.NOT_HELPFUL:
            return await _reason(house, caller, post, form, language)
        case Action.WRONG | Action.REQUEST if not place.moderated:
            return told(caller, replies.no_moderators(language))
        case Action.WRONG | Action.REQUEST:
            who = ("letter", caller.tenant, caller.user)
            if wait := house.pace.wait(who, LETTERS, house.now):
                return told(caller, replies.slow_down(wait, language))
            if code.action is Action.WRONG:
                return await _report(house, form, place, post, language)
            return await _request(house, form, place, post, language)
        case _:
            return told(caller, replies.expired(language))


async def _reason(
    house: House, caller: Caller, post: Post, form: Submission, language: str
) -> Reply:
    """The reason goes with the vote that was counted when the button was pressed."""
    given = form.values.get("reason", "")
    reason = given if given in list(replies.Unhelpful) else ""
    voter = hashed(post.key, caller.user)
    await house.kept(
        lambda t: t.feedback(post.tenant, post.key, voter, helpful=False, reason=reason)
    )
    return told(caller, replies.thanks(language))


async def _report(
    house: House, form: Submission, place: Here, post: Post, language: str
) -> Reply:
    kind = form.values.get("kind", "")
    known = kind if kind in list(ReportKind) else ReportKind.OTHER
    report = Report(
        id=secrets.token_urlsafe(12),
        tenant=post.tenant,
        post=post.key,
        at=house.now,
        language=language,
        reporter=form.caller.user,
        kind=ReportKind(known),
        text=_text(form),
        passages=tuple(p.passage for p in post.passages[: post.shown]),
    )
    await house.kept(lambda t: t.add_report(report))
    card = await report_card(house, report, place.settings)
    key = f"{REPORT}{report.id}"
    house.callers.put(key, form.caller, house.now)
    return _to_moderators(place, card, key, replies.report_sent(language), language)


async def _request(
    house: House, form: Submission, place: Here, post: Post, language: str
) -> Reply:
    text = _text(form)
    if not text:
        return told(form.caller, replies.empty(language))
    request = Request(
        id=secrets.token_urlsafe(12),
        tenant=post.tenant,
        channel=post.channel,
        at=house.now,
        language=language,
        asker=form.caller.user,
        text=text,
        vendors=post.vendors,
        places=post.places,
    )
    await house.kept(lambda t: t.add_request(request))
    card = request_card(house, request, place.settings)
    key = f"{REQUEST}{request.id}"
    house.callers.put(key, form.caller, house.now)
    return _to_moderators(place, card, key, replies.request_sent(language), language)


def _to_moderators(
    place: Here, card: Card, key: str, sent: Card, language: str
) -> Reply:
    """Kept already: where the channel is gone it is posted when there is another."""
    return Reply(
        card=card,
        visibility=Visibility.ELSEWHERE,
        key=key,
        channel=place.settings.moderators_channel,
        also=sent,
        otherwise=replies.kept_for_moderators(language),
    )


def _text(form: Submission) -> str:
    """A person's own words, as many as a form takes, without what no store can hold."""
    text = form.values.get("text", "")
    held = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return held.encode("utf-8", "ignore").decode("utf-8").strip()[:LONGEST_LETTER]
