"""A question, however it was asked → what is said to it, to whom, or silence."""

from dataclasses import dataclass, replace

from bot import replies
from bot.cards import Card
from bot.conversation.askable import Unfit, cleaned, unfit
from bot.intents import Ask
from bot.reception import interrupted
from bot.reception.earlier import asked_before, leads_on
from bot.reception.failing import said_of
from bot.reception.hearing import asks_us, awaits, heeds, uninvited, worth_saying
from bot.reception.house import Here, House, here
from bot.reception.messages import Caller, How, Incoming, Reply, Visibility
from bot.reception.pace import CHANNEL, PERSON
from bot.reception.posting import MOST_KEPT, new_key, post_of
from bot.reception.watching import Course, Outcome
from knowledge.errors import QuisError
from knowledge.gaps import refused
from knowledge.model import Answer, AnswersWhen, NoAnswer, Post

SHOWN = replies.SHOWN

TAKEN = Reply(card=None, visibility=Visibility.NOWHERE)
"""Said to what another process has taken up, and answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A question on its way: from whom, in which way, and who may see what is said.

    ``quiet``: what is no answer is for the asker alone. ``hidden``: so is an answer.
    """

    caller: Caller
    how: How
    text: str
    here: Here
    quiet: bool
    hidden: bool

    def seen(self, *, answer: bool) -> Visibility:
        """Who sees an answer, or anything else that is said."""
        alone = self.hidden if answer else self.quiet or self.hidden
        return Visibility.PRIVATE if alone else Visibility.PUBLIC


async def ask(
    house: House, incoming: Incoming, marks: tuple[str, ...] = ()
) -> Reply | None:
    """What is said to something that was said; None: nothing. Raises QuisError.

    ``marks`` tell a repetition, which another process may have answered already.
    """
    caller, how = incoming.caller, incoming.how
    place = await here(house, caller)
    if not heeds(how, place.channel.answers or AnswersWhen.ADDRESSED):
        return None
    if how is How.THREAD and not await leads_on(house, caller):
        return None  # people who talk in a thread where somebody else asked
    heard = _heard(incoming, place)
    if how is How.OVERHEARD:
        return await _heeded(house, heard, incoming, marks)
    if not await _taken_up(house, heard, incoming, marks):
        return TAKEN if how in (How.COMMAND, How.CLAIM) else None
    reply = await _heeded(house, heard, incoming, marks)
    if reply is None:
        await interrupted.settled(house, incoming)
    return reply


async def _heeded(
    house: House, heard: Heard, incoming: Incoming, marks: tuple[str, ...]
) -> Reply | None:
    """What is said to something that is for us; ``marks`` of what was overheard."""
    caller, how = heard.caller, heard.how
    if problem := unfit(heard.text):
        if uninvited(how):
            return None
        return _said(heard, await _unfit(house, heard, problem))
    if how is How.OVERHEARD:
        if not asks_us(heard.text, await house.desk.read(heard.text)):
            return None
        if house.pace.wait(
            ("channel", caller.tenant, caller.channel), CHANNEL, house.now
        ) or not await first(house, caller, marks):
            return None
    else:
        wait, heard = _paced(house, heard)
        if wait and uninvited(how):
            return None
        if wait:
            card = replies.slow_down(wait, await _language(house, heard))
            return _said(heard, card)
    return await answered(house, heard, earlier=await asked_before(house, incoming))


async def answered(
    house: House, heard: Heard, *, earlier: tuple[str, ...] = ()
) -> Reply | None:
    """Answer a question that may be asked, and record what is shown.

    None where an answer would only disturb. An error is told as it befits the way in
    which was asked.
    """
    course = Course(heard.caller.tenant.platform, house.watch)
    try:
        return await _answered(house, heard, earlier, course)
    finally:
        course.end()


async def _answered(
    house: House, heard: Heard, earlier: tuple[str, ...], course: Course
) -> Reply | None:
    if house.inside >= house.most_inside:
        course.came_to(Outcome.BUSY)
        if uninvited(heard.how):
            return None
        return _said(heard, replies.busy(await _language(house, heard)))
    asked = Ask(
        text=heard.text,
        limit=MOST_KEPT,
        earlier=earlier,
        spoken=heard.here.language,
    )
    house.inside += 1
    try:
        answer = await house.desk.answer(asked)
        understood = answer.question.text != heard.text
        if not worth_saying(heard.how, answer, understood=understood):
            course.came_to(Outcome.SILENT)
            return None
        course.found(answer)
        return await _given(house, heard, asked, answer)
    except QuisError as error:
        course.came_to(Outcome.FAILED)
        if uninvited(heard.how):
            return None
        return _said(heard, said_of(error, await _language(house, heard)))
    except Exception as fault:
        course.came_to(Outcome.FAILED)
        house.desk.on_fault(fault)
        if uninvited(heard.how):
            return None
        return _said(heard, replies.unexpected(await _language(house, heard)))
    finally:
        house.inside -= 1


async def _taken_up(
    house: House, heard: Heard, incoming: Incoming, marks: tuple[str, ...]
) -> bool:
    """Whether no process had taken it up; where somebody waits, it is pending now.

    What is for the asker alone could not be told them: nobody knows who asked.
    """
    if incoming.message and not heard.hidden and awaits(heard.how, heard.text):
        language = await _language(house, heard)
        return await interrupted.taken_up(house, incoming, marks, language)
    return await first(house, heard.caller, marks)


async def first(house: House, caller: Caller, marks: tuple[str, ...]) -> bool:
    """Whether no process has taken it up. Asked of the store only where we may answer."""
    tenant, now = caller.tenant, house.now
    if not marks:
        return True
    new = await house.kept(lambda t: [t.first_time(tenant, m, now) for m in marks])
    return all(new)


async def _given(house: House, heard: Heard, asked: Ask, answer: Answer) -> Reply:
    """The card of an answer, its record, and what is remembered of the conversation."""
    visibility = heard.seen(answer=not isinstance(answer, NoAnswer))
    private = visibility is Visibility.PRIVATE
    key = new_key()
    post = post_of(
        answer,
        heard.caller,
        key=key,
        at=house.now,
        language=heard.here.language,
        shown=SHOWN,
        private=private,
    )
    house.memory.asked(heard.caller, heard.text, house.now)
    if post is None:
        card = house.desk.present(asked, answer)
        return Reply(card=card, visibility=visibility)
    if isinstance(answer, NoAnswer):
        await _missed(house, heard, answer)
    await keep(house, heard.caller, post)
    house.memory.answered(heard.caller, key, heard.text, house.now)
    card = house.desk.present(
        asked, answer, key=key, private=private, moderated=heard.here.moderated
    )
    return Reply(card=card, visibility=visibility, key=key)


async def _missed(house: House, heard: Heard, answer: NoAnswer) -> None:
    """Count what was refused; in words only where an admin here has asked for them."""
    gaps = house.gaps
    if gaps is None:
        return
    text = heard.text if heard.here.settings.keep_refused else None
    refusal = refused(heard.caller.tenant, answer, house.now, text)
    await house.desk.aside(lambda: gaps.add(refusal))


async def keep(house: House, caller: Caller, post: Post) -> None:
    """Record a post before it is sent, so that its buttons work from the first moment."""
    await house.kept(lambda tenants: tenants.add_post(post))
    house.callers.put(post.key, caller, house.now)


def _heard(incoming: Incoming, place: Here) -> Heard:
    """Who sees what: in a direct message everything is public, as nobody else reads."""
    caller, how = incoming.caller, incoming.how
    never = place.channel.answers is AnswersWhen.NEVER
    by_command = how in (How.COMMAND, How.CLAIM)
    alone = how is How.CLAIM or (how is How.COMMAND and bool(place.channel.private))
    return Heard(
        caller=caller,
        how=how,
        text=cleaned(incoming.text),
        here=place,
        quiet=not caller.direct and (never or by_command),
        hidden=not caller.direct and (never or alone),
    )


def _paced(house: House, heard: Heard) -> tuple[int, Heard]:
    """The seconds to wait, for the person or the channel.

    Where the channel alone is too busy, whoever used a command gets the answer for
    themselves: that disturbs nobody.
    """
    caller, now = heard.caller, house.now
    wait = house.pace.wait(("ask", caller.tenant, caller.user), PERSON, now)
    if wait or heard.hidden or caller.direct:
        return wait, heard
    wait = house.pace.wait(("channel", caller.tenant, caller.channel), CHANNEL, now)
    if wait and heard.quiet:
        return 0, replace(heard, hidden=True)
    return wait, heard


async def _language(house: House, heard: Heard) -> str | None:
    """As ``here`` has it; where nobody said one, the question's own, as in an answer."""
    return await house.desk.language(Ask(text=heard.text, spoken=heard.here.language))


async def _unfit(house: House, heard: Heard, problem: Unfit) -> Card:
    language = heard.here.language
    if problem is Unfit.TOO_LONG:  # enough words to tell theirs
        language = await _language(house, heard)
    platform = heard.caller.tenant.platform
    return replies.unfit(problem, len(heard.text), language, platform=platform)


def _said(heard: Heard, card: Card) -> Reply:
    return Reply(card=card, visibility=heard.seen(answer=False))
