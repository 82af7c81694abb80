"""What each command does; all but ``/ask`` answers the one who typed it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot import replies
from bot.conversation.askable import LONGEST, cleaned
from bot.intents import (
    Ask,
    CountryRequest,
    CoverageRequest,
    Intent,
    LawsRequest,
    ProfileRequest,
    SourcesRequest,
    TimelineRequest,
)
from bot.reception import following, kb, papers, setting
from bot.reception.asking import ask
from bot.reception.failing import said_of
from bot.reception.house import Here, House, here, told
from bot.reception.messages import Caller, Command, How, Incoming, Reply
from bot.reception.pace import PERSON, PRESSES
from knowledge.model import AnswersWhen, NoAnswer, Question, Reason


@dataclass(frozen=True, slots=True)
class About:
    """What was filled in, as ids; ``strange`` is a name that is not known, as read.

    ``read`` is how each name that was typed was read.
    """

    vendor: str | None = None
    place: str | None = None
    strange: Question | None = None
    read: tuple[Question, ...] = ()


BOTH = ("coverage", "sources", "timeline")
"""Commands that look up a vendor, a country, or both."""


async def command(house: House, given: Command) -> Reply:
    """What is said to a command. Raises QuisError."""
    caller = given.caller
    name, _, inner = given.name.partition(" ")
    if name == "ask":
        return await _ask(house, given)
    place = await here(house, caller)
    who = ("press", caller.tenant, caller.user)
    if wait := house.pace.wait(who, PRESSES, house.now):
        return told(caller, replies.slow_down(wait, place.language))
    match name:
        case "privacy":
            listens = place.channel.answers is AnswersWhen.SURE
            card = replies.privacy(
                place.language,
                keeps_refused=place.settings.keep_refused,
                listens=listens,
            )
            return told(caller, card)
        case "kb":
            return await kb.command(house, given, place, inner)
        case "settings":
            return await setting.command(house, caller, place, inner, given.options)
        case "why":
            return await _why(house, caller, place)
        case "dossier":
            return await _dossier(house, caller, place, given.options)
        case "watch":
            about = await _named_somehow(house, given.options)
            if about.strange is not None:
                return await _unknown(house, caller, place, about.strange)
            rhythm = given.options.get("rhythm", "")
            begun = await following.watch(
                house, caller, place, about.vendor, about.place, rhythm
            )
            return _read_as(house, place, about, begun)
        case "watches":
            return await following.watches(house, caller, place)
        case "vendor" | "country" | "law" | "coverage" | "sources" | "timeline":
            return await _look_up(house, caller, place, name, given.options)
        case _:
            platform = caller.tenant.platform
            return told(caller, replies.help_card(platform, place.language))


async def _ask(house: House, given: Command) -> Reply:
    incoming = Incoming(
        caller=given.caller,
        text=given.options.get("question", ""),
        how=How.COMMAND,
        event=given.event,
    )
    reply = await ask(house, incoming)
    if reply is None:  # nothing is kept silent that somebody asked for
        return told(given.caller, replies.unexpected(None))
    return reply


async def _why(house: House, caller: Caller, place: Here) -> Reply:
    """How the last answer to this person here was chosen."""
    key = house.memory.last(caller, house.now)
    post = await house.kept(lambda t: t.post(caller.tenant, key)) if key else None
    if post is None:
        return told(caller, replies.no_answer_yet(place.language))
    held = await house.desk.recall(post.passages[: post.shown], post.places)
    card = replies.why(
        post, held, house.desk.names, house.desk.today, language=place.language
    )
    return told(caller, card)


async def _dossier(
    house: House, caller: Caller, place: Here, options: Mapping[str, str]
) -> Reply:
    """As much work as a question, and counted as one."""
    about = await _named_somehow(house, options)
    if about.strange is not None:
        return await _unknown(house, caller, place, about.strange)
    if about.vendor is None:
        return told(caller, replies.no_name(place.language))
    who = ("ask", caller.tenant, caller.user)
    if wait := house.pace.wait(who, PERSON, house.now):
        return told(caller, replies.slow_down(wait, place.language))
    file = await papers.dossier(house, caller, place, about.vendor, about.place)
    return _read_as(house, place, about, file)


async def _look_up(
    house: House, caller: Caller, place: Here, name: str, options: Mapping[str, str]
) -> Reply:
    naming = _named_somehow if name in BOTH else named
    about = await naming(house, options)
    if about.strange is not None:
        return await _unknown(house, caller, place, about.strange)
    intent = _intent(name, about, place.language)
    if intent is None:
        return told(caller, replies.no_name(place.language))
    found = told(caller, await house.desk.card(intent, tell=said_of))
    return _read_as(house, place, about, found)


def _read_as(house: House, place: Here, about: About, reply: Reply) -> Reply:
    """What is said, and at its head how a name was read that was written otherwise."""
    if reply.card is None:
        return reply
    taken = [id for id in (about.vendor, about.place) if id is not None]
    names, language = house.desk.names, place.language
    card = replies.read_as(reply.card, taken, about.read, names, language=language)
    return replace(reply, card=card)


def _intent(name: str, about: About, language: str | None) -> Intent | None:
    """What is looked up; None where a name is wanted and none was given."""
    vendor, place = about.vendor, about.place
    match name:
        case "vendor":
            if vendor is None:
                return None
            return ProfileRequest(vendor=vendor, language=language)
        case "country":
            if place is None:
                return None
            return CountryRequest(place=place, language=language)
        case "law":
            return LawsRequest(place=place, language=language)
        case "coverage":
            return CoverageRequest(vendor=vendor, place=place, language=language)
        case "sources":
            return SourcesRequest(vendor=vendor, place=place, language=language)
        case "timeline" if vendor or place:
            return TimelineRequest(vendor=vendor, place=place, language=language)
        case _:
            return None


async def named(house: House, options: Mapping[str, str]) -> About:
    """The ids of what was chosen, or typed in any spelling. Raises QuisError."""
    about = About()
    typed = cleaned(options.get("vendor", ""))[:LONGEST]
    if typed:
        vendor, read = await house.desk.vendor(typed)
        strange = None if vendor else read
        about = replace(about, vendor=vendor, strange=strange, read=(read,))
    typed = cleaned(options.get("country", ""))[:LONGEST]
    if typed and about.strange is None:
        place, read = await house.desk.place(typed)
        strange = None if place else read
        about = replace(about, place=place, strange=strange, read=(*about.read, read))
    return about


async def _named_somehow(house: House, options: Mapping[str, str]) -> About:
    """As ``named``, or the other way round where that is known; a line may name both.

    Slack has one line, and tells a vendor from a country by what is held; watched is
    also what is not held yet, and misspelt is what is held nowhere.
    """
    about = await named(house, options)
    if about.strange is not None:
        vendor, country = options.get("vendor", ""), options.get("country", "")
        other = await named(house, {"vendor": country, "country": vendor})
        about = about if other.strange else other
    if about.vendor and about.place is None and len(about.read) == 1:
        also = about.read[0].mentions.places
        about = replace(about, place=also[0]) if len(also) == 1 else about
    return about


async def _unknown(house: House, caller: Caller, place: Here, read: Question) -> Reply:
    """A refusal as for a question: the name is not known, and what may be meant.

    What is known, as the other of vendor and place, is named with its command.
    """
    if _is_name(read):
        platform = caller.tenant.platform
        card = replies.other_kind(read, house.desk.names, platform, place.language)
        return told(caller, card)
    refusal = NoAnswer(
        question=replace(read, unknown=(read.text,)),
        reason=Reason.UNKNOWN_SUBJECT,
        coverage=await house.desk.coverage(),
    )
    asked = Ask(text=read.text, spoken=place.language)
    return told(caller, house.desk.present(asked, refusal))


def _is_name(read: Question) -> bool:
    """Whether what was typed is nothing but a name that is known."""
    known = read.mentions.vendors or read.mentions.places
    return bool(known) and not (read.unknown or read.terms or read.names)
