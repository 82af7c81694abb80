"""Further looks at an answer that was given: more, around, why, shared, not meant.

What is shown is read again from the store each time: it may have been retracted since.
"""

from dataclasses import replace

from bot import replies
from bot.intents import Ask
from bot.reception.asking import SHOWN, keep
from bot.reception.codes import Code
from bot.reception.house import Here, House, told
from bot.reception.messages import Press, Reply, Visibility
from bot.reception.pace import CHANNEL
from bot.reception.posting import again, made_again, new_key, post_of
from bot.reception.who_may import owns
from knowledge.model import (
    AnswersWhen,
    Evidence,
    Mentions,
    NoAnswer,
    Post,
    Question,
    Reason,
)


async def more(
    house: House, pressed: Press, place: Here, post: Post, code: Code
) -> Reply:
    """The passages behind those that were shown."""
    held = await house.desk.recall(post.passages, post.places)
    card = replies.more(
        post,
        held,
        house.desk.names,
        house.desk.today,
        start=code.number,
        language=place.language,
    )
    shown = len(card.quotes())
    behind = {p.passage for p in post.passages[code.number :]}
    newly = [each for each in held if each.passage.id in behind][:shown]
    reply = told(pressed.caller, card)
    return await _recorded(house, pressed, post, newly, reply)


async def context(
    house: House, pressed: Press, place: Here, post: Post, code: Code
) -> Reply:
    """The sentences around a quote."""
    language = place.language or post.language
    number = code.number
    shown = post.numbered(number)
    if shown is None:
        return told(pressed.caller, replies.expired(language))
    held = await house.desk.recall([shown], post.places)
    around = await house.desk.around(held[0]) if held else None
    if around is None:
        return told(pressed.caller, replies.nothing_new(language))
    card = replies.context(
        held[0],
        around.span,
        house.desk.today,
        number=number,
        others=range(1, post.shown + 1),
        key=post.key,
        language=language,
    )
    reply = told(pressed.caller, card)
    return await _recorded(house, pressed, post, held, reply)


async def why(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    """How the answer was chosen."""
    held = await house.desk.recall(post.passages[: post.shown], post.places)
    card = replies.why(
        post, held, house.desk.names, house.desk.today, language=place.language
    )
    return told(pressed.caller, card)


async def share(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    """A private answer, now for all in the channel: once, as it may be quoted now."""
    caller, now = pressed.caller, house.now
    language = place.language or post.language
    if place.channel.answers is AnswersWhen.NEVER or not post.private:
        return told(caller, replies.stays_private(language))
    if wait := house.pace.wait(
        ("channel", caller.tenant, caller.channel), CHANNEL, now
    ):
        return told(caller, replies.slow_down(wait, language))
    held = await house.desk.recall(post.passages, post.places)
    if not held:
        return told(caller, replies.nothing_new(language))
    event = f"share:{post.key}"
    first = await house.kept(lambda t: t.first_time(post.tenant, event, now))
    if not first:
        return told(caller, replies.shared(language))
    public = again(post, caller, held, at=now, shown=SHOWN, private=False)
    await keep(house, caller, public)
    answer = made_again(post, held, house.desk.today)
    card = replies.answer(
        answer,
        house.desk.names,
        house.desk.today,
        language=language,
        key=public.key,
        moderated=place.moderated,
    )
    return Reply(card=card, visibility=Visibility.PUBLIC, key=public.key)


async def not_meant(
    house: House, pressed: Press, place: Here, post: Post, _code: Code
) -> Reply:
    """A misspelt name was read as another: the answer gives way to a refusal.

    Only while the words are still known, and by whoever asked.
    """
    caller, now = pressed.caller, house.now
    language = place.language or post.language
    if not owns(caller, post):
        return told(caller, replies.not_yours(language))
    text = house.memory.text(post.tenant, post.key, now)
    if not text:
        return told(caller, replies.expired(language))
    question = _unread(await house.desk.read(text))
    refusal = NoAnswer(question=question, reason=Reason.UNKNOWN_SUBJECT)
    key = new_key()
    refused = post_of(
        refusal,
        caller,
        key=key,
        at=now,
        language=language,
        shown=0,
        private=post.private,
    )
    if refused is not None:
        await keep(house, caller, refused)
        house.memory.answered(caller, key, text, now)
        await house.kept(lambda t: t.drop_post(post.tenant, post.key))
    card = house.desk.present(
        Ask(text=text, spoken=language),
        refusal,
        key=key,
        private=post.private,
        moderated=place.moderated,
    )
    return Reply(card=card, visibility=Visibility.EDIT, key=key)


def _unread(question: Question) -> Question:
    """The question with its misspelt names as unknown ones."""
    guessed = {(each.kind, each.id) for each in question.corrected}
    found = tuple(m for m in question.mentions.found if (m.kind, m.id) not in guessed)
    written = tuple(each.written for each in question.corrected)
    return replace(
        question,
        mentions=Mentions(found),
        corrected=(),
        suggested=question.corrected,
        unknown=(*question.unknown, *written),
    )


async def _recorded(
    house: House,
    pressed: Press,
    post: Post,
    shown: list[Evidence] | tuple[Evidence, ...],
    reply: Reply,
) -> Reply:
    """Where a further message stays for good, what it shows is recorded like an answer."""
    if reply.visibility is not Visibility.PUBLIC or not shown:
        return reply
    further = again(
        post,
        pressed.caller,
        shown,
        at=house.now,
        shown=len(shown),
        private=False,
    )
    await keep(house, pressed.caller, further)
    return replace(reply, key=further.key)
