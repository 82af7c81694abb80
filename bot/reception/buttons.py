"""What a press of a button or a choice of a menu does.

A button gives no right: its post, its tenant and channel, its asker and the person's
role are looked at again at every press.
"""

from collections.abc import Awaitable, Callable

from bot import replies
from bot.cards import Action, Card, Form
from bot.intents import CoverageRequest, Intent, TimelineRequest
from bot.reception import following, kb, leafing, papers
from bot.reception.asking import Heard, answered
from bot.reception.codes import Code
from bot.reception.earlier import question_on
from bot.reception.failing import said_of
from bot.reception.house import Here, House, here, language_of, told
from bot.reception.messages import Caller, How, Press, Reply, Visibility
from bot.reception.pace import PERSON, PRESSES
from bot.reception.resolving import resolve
from bot.reception.setting import chosen
from bot.reception.who_may import hashed, may_delete, may_see, owns
from knowledge.model import Post

HEAVY = frozenset(
    {
        Action.COUNTRY,
        Action.TIMELINE,
        Action.SHARE,
        Action.EVIDENCE,
        Action.DOSSIER,
    }
)
"""What costs as much as a question."""


async def press(house: House, pressed: Press) -> Reply:
    """What is said to a press. Raises QuisError."""
    caller = pressed.caller
    place = await here(house, caller)
    code = Code.read(pressed.button)
    if code is None:
        return told(caller, replies.expired(place.language))
    kind, allowance = ("ask", PERSON) if code.action in HEAVY else ("press", PRESSES)
    wait = house.pace.wait((kind, caller.tenant, caller.user), allowance, house.now)
    if wait:
        return told(caller, replies.slow_down(wait, place.language))
    match code.action:
        case Action.HELP:
            return told(
                caller, replies.help_card(caller.tenant.platform, place.language)
            )
        case Action.SETTINGS:
            return await chosen(house, caller, place, code.argument, pressed.values)
        case Action.KB | Action.KB_FORM:
            return await kb.press(house, pressed, place, code)
        case Action.RESOLVE:
            return await resolve(house, caller, place, code.argument)
        case Action.DOSSIER:
            about = replies.About.read(code.argument)
            if about.vendor is None:
                return told(caller, replies.expired(place.language))
            return await papers.dossier(house, caller, place, about.vendor, about.place)
        case Action.WATCHES:
            return await following.watches(house, caller, place)
        case Action.UNWATCH:
            return await following.end(house, caller, place, pressed.values)
        case Action.COUNTRY | Action.TIMELINE:
            return await _from_profile(house, pressed, place, code)
        case _:
            return await _on_post(house, pressed, place, code)


def made_before(house: House, pressed: Press) -> Form | None:
    """The form that this button opens, where it was made and came too late."""
    code = Code.read(pressed.button)
    return house.late.take(pressed.caller, code, house.now) if code else None


async def opened_late(house: House, caller: Caller, form: Form) -> Card:
    """What is said in the place of a form that came too late; its button opens it."""
    language, code = await language_of(house, caller), Code.read(form.id)
    if code is None:
        return replies.unexpected(language)
    house.late.put(caller, code, form, house.now)
    return replies.form_late(code.action, code.key, code.argument, language)


async def _from_profile(house: House, pressed: Press, place: Here, code: Code) -> Reply:
    """Go on from a profile: what it is about is in the argument, and no secret."""
    caller = pressed.caller
    about = replies.About.read(pressed.values[0] if pressed.values else code.argument)
    if code.action is Action.TIMELINE or not (about.vendor and about.place):
        intent: Intent = TimelineRequest(
            vendor=about.vendor, place=about.place, language=place.language
        )
        return told(caller, await house.desk.card(intent, tell=said_of))
    text = question_on(house, [about.vendor], [about.place], place.language)
    heard = Heard(
        caller=caller,
        how=How.COMMAND,
        text=text,
        here=place,
        quiet=not caller.direct,
        hidden=not caller.direct,
    )
    given = await answered(house, heard)
    return given or told(caller, replies.expired(place.language))


async def _on_post(house: House, pressed: Press, place: Here, code: Code) -> Reply:
    """A button under an answer that was given, perhaps last year, or by nobody."""
    caller = pressed.caller
    post = await house.kept(lambda tenants: tenants.post(caller.tenant, code.key))
    if post is None or not may_see(caller, post):
        return told(caller, replies.expired(place.language))
    does = _DOES.get(code.action)
    if does is None:
        return told(caller, replies.expired(place.language))
    return await does(house, pressed, place, post, code)


async def _coverage(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    """All that is held on the vendor asked about, else on the place, else at all."""
    vendor = post.vendors[0] if post.vendors else None
    where = None if vendor or not post.places else post.places[0]
    language = place.language or post.language
    request = CoverageRequest(vendor=vendor, place=where, language=language)
    return told(pressed.caller, await house.desk.card(request, tell=said_of))


async def _wrong(
    _house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    language = place.language or post.language
    if not place.moderated:
        return told(pressed.caller, replies.no_moderators(language))
    return _form(replies.wrong_form(post.key, language))


async def _request(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    language = place.language or post.language
    if not place.moderated:
        return told(pressed.caller, replies.no_moderators(language))
    text = house.memory.text(post.tenant, post.key, house.now)
    return _form(replies.request_form(post.key, text, language))


async def _helpful(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    await _vote(house, pressed.caller, post, helpful=True)
    return told(pressed.caller, replies.thanks(place.language or post.language))


async def _unhelpful(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    """Counted at once; a reason may follow, by a form that one may also close."""
    await _vote(house, pressed.caller, post, helpful=False)
    return _form(replies.reason_form(post.key, place.language or post.language))


async def _vote(house: House, caller: Caller, post: Post, *, helpful: bool) -> None:
    voter = hashed(post.key, caller.user)
    await house.kept(
        lambda tenants: tenants.feedback(post.tenant, post.key, voter, helpful=helpful)
    )


async def _tell_me(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    """Who asked in private is told of corrections from now on; pressed again, no more."""
    caller, language = pressed.caller, place.language or post.language
    if not post.private or not owns(caller, post):
        return told(caller, replies.not_yours(language))
    asker = None if post.asker else caller.user
    await house.kept(lambda tenants: tenants.tell_asker(post.tenant, post.key, asker))
    card = replies.will_be_told if asker else replies.told_no_more
    return told(caller, card(language))


async def _delete(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    """The post and what it is known by. Only in the message where it stands itself."""
    caller, language = pressed.caller, place.language or post.language
    if not may_delete(caller, post, place.settings):
        return told(caller, replies.not_yours(language))
    stands = post.place.message if post.place else None
    if pressed.place is not None and stands not in (None, pressed.place.message):
        return told(caller, replies.expired(language))
    await house.kept(lambda tenants: tenants.drop_post(post.tenant, post.key))
    return Reply(card=replies.deleted(language), visibility=Visibility.DELETE)


def _form(form: Form) -> Reply:
    return Reply(card=None, visibility=Visibility.FORM, form=form)


Does = Callable[[House, Press, Here, Post, Code], Awaitable[Reply]]

_DOES: dict[Action, Does] = {
    Action.MORE: leafing.more,
    Action.CONTEXT: leafing.context,
    Action.WHY: leafing.why,
    Action.SHARE: leafing.share,
    Action.NOT_MEANT: leafing.not_meant,
    Action.CITE: papers.cite,
    Action.EVIDENCE: papers.evidence,
    Action.COVERAGE: _coverage,
    Action.WRONG: _wrong,
    Action.REQUEST: _request,
    Action.HELPFUL: _helpful,
    Action.NOT_HELPFUL: _unhelpful,
    Action.TELL_ME: _tell_me,
    Action.DELETE: _delete,
}
