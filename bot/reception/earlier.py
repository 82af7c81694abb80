"""What a question follows: the person's questions before it, or the answer that it is to."""

from collections.abc import Sequence

from bot.catalogue import words
from bot.reception.house import House
from bot.reception.messages import Caller, How, Incoming
from bot.reception.who_may import owns
from knowledge.model import Post

MOST_IN_THREAD = 50
"""Answers in a thread among which the person's own is looked for."""


async def leads_on(house: House, caller: Caller) -> bool:
    """Whether this person was answered in this thread, before a restart too."""
    if house.memory.earlier(caller, house.now):
        return True
    return await _answer_to(house, caller) is not None


async def _answer_to(house: House, caller: Caller) -> Post | None:
    """The newest answer in a thread to this very person. Raises QuisError."""
    thread = caller.thread
    if thread is None:
        return None
    posts = await house.kept(
        lambda t: t.posts_in(caller.tenant, caller.channel, thread, MOST_IN_THREAD)
    )
    return next((p for p in posts if owns(caller, p) and not p.private), None)


async def asked_before(house: House, incoming: Incoming) -> tuple[str, ...]:
    """The person's questions before this one.

    Who replies to an answer of the bot after a restart, or to one that somebody else
    was given, leans on what that answer was about: its vendor and its country. A claim
    that is checked is somebody else's words, and leans on nothing.
    """
    caller = incoming.caller
    if incoming.how is How.CLAIM:
        return ()
    before = house.memory.earlier(caller, house.now)
    message = incoming.replied_to
    if before:
        return before
    post = None
    if message is not None:
        post = await house.kept(
            lambda tenants: tenants.post_at(caller.tenant, caller.channel, message)
        )
    if post is None and incoming.how in (How.THREAD, How.REPLY, How.MENTION):
        post = await _answer_to(house, caller)
    if post is None or post.private:
        return ()
    subject = question_on(house, post.vendors, post.places, post.language)
    return (subject,) if subject else ()


def question_on(
    house: House, vendors: Sequence[str], places: Sequence[str], language: str | None
) -> str:
    """A question on a vendor in a place in the catalogue's words; of one, its name."""
    spoken, names = words(language), house.desk.names
    vendor = names.vendor_name(vendors[0]) if vendors else ""
    if not places:
        return vendor
    place = names.place_name(places[0], spoken.language)
    if not vendor:
        return place
    there = spoken.in_place(places[0], place)
    return spoken("suggest.active", vendor=vendor, place=there)
