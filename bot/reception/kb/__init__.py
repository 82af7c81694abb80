"""Documents changed from chat: by those who may, from the places that may, step by step.

Buttons and forms name a wish. The place, the person's role at this moment and what is
held at this moment decide, at every press and every form anew.
"""

from collections.abc import Mapping

from bot.reception.codes import Code
from bot.reception.house import Here, House
from bot.reception.house import told as said_to
from bot.reception.kb import adding, deciding, keeping, naming
from bot.reception.kb.people import Moderator, admitted
from bot.reception.kb.telling import REVIEW, forget, stands, to_tell, told
from bot.reception.messages import Command, Press, Reply, Submission
from bot.replies import kb as replies
from bot.replies.kb import Doing, Verb
from knowledge.errors import UnknownDocument
from knowledge.model import Role
from knowledge.naming import is_term

__all__ = [
    "REVIEW",
    "command",
    "forget",
    "press",
    "stands",
    "submit",
    "to_tell",
    "told",
]

EDITORS = frozenset({"retract", "recheck", "vet"})
"""Commands for editors; all others are for contributors."""

DECISIONS = frozenset({Verb.APPROVE, Verb.RETURN, Verb.REJECT, Verb.RETRACT, Verb.VET})

OPENED = {"vendor": Verb.VENDOR, "alias": Verb.NAME, "concept": Verb.WORD}
"""What a command of the vocabulary opens a form for."""

OF_THE_VOCABULARY = frozenset(OPENED.values())

OF_A_PROPOSAL = frozenset(
    {Verb.SOURCE, Verb.TAGS, Verb.TEXT, Verb.QUESTIONS, Verb.OFFER, Verb.DROP}
)


async def command(house: House, given: Command, place: Here, name: str) -> Reply:
    """``/kb NAME``. Raises QuisError."""
    least = Role.EDITOR if name in EDITORS else Role.CONTRIBUTOR
    who = admitted(house, given.caller, place, least)
    if isinstance(who, Reply):
        return who
    try:
        return await _obeyed(who, given, name)
    except UnknownDocument as error:
        return await keeping.no_document(who, str(error.subject["document"]))


async def _obeyed(who: Moderator, given: Command, name: str) -> Reply:
    options = given.options
    match name:
        case "add":
            return await adding.add(who, options.get("link", ""), given.files)
        case "correct":
            return await adding.correct(who, _id(options), given.files)
        case "link":
            return await adding.link(
                who, _id(options), options.get("relation", ""), options.get("other", "")
            )
        case "vendor" | "alias" | "concept":
            return naming.opened(who, OPENED[name])
        case "gaps":
            return await keeping.gaps(who)
        case "queue":
            return await keeping.queue(who)
        case "show":
            return await keeping.show(who, _id(options))
        case "history":
            return await keeping.history(who, _id(options))
        case "impact":
            return await deciding.impact(who, _id(options), None)
        case "retract":
            return await deciding.impact(who, _id(options), Verb.RETRACT)
        case "recheck":
            return await deciding.recheck(who, _id(options))
        case "vet":
            return await keeping.to_vet(who, _id(options))
        case _:
            return keeping.usage(who)


async def press(house: House, pressed: Press, place: Here, code: Code) -> Reply:
    """A button of ours. Raises QuisError."""
    doing = Doing.read(code.argument)
    verb = doing.verb if doing else None
    least = Role.EDITOR if verb in DECISIONS else Role.CONTRIBUTOR
    who = admitted(house, pressed.caller, place, least)
    if isinstance(who, Reply):
        return who
    if doing is None:
        return said_to(pressed.caller, replies.not_there(who.language))
    if doing.verb is Verb.ADD:
        return await adding.add(who, "", {})
    if doing.verb in OF_THE_VOCABULARY:
        return naming.opened(who, doing.verb)
    if doing.verb in OF_A_PROPOSAL:
        return await adding.press(who, code.key, doing.verb)
    revision = int(code.key) if code.key.isascii() and code.key.isdigit() else 0
    if is_term(doing.document):
        return await naming.press(who, doing, revision)
    match doing.verb:
        case Verb.MEND:
            return await adding.correct(who, doing.document, {})
        case Verb.SHOW:
            return await keeping.show(who, doing.document)
        case Verb.READ:
            return await keeping.read(who, doing.document, revision, doing.start)
        case Verb.VET:
            return await deciding.vet(who, doing.document, revision)
        case Verb.APPROVE:
            return await deciding.approve(who, doing.document, revision)
        case Verb.RETURN | Verb.REJECT | Verb.RETRACT:
            return await deciding.ask_why(who, doing, revision)
        case _:
            return said_to(pressed.caller, replies.not_there(who.language))


async def submit(house: House, form: Submission, place: Here, code: Code) -> Reply:
    """A form of ours. Raises QuisError."""
    doing = Doing.read(code.argument)
    verb = doing.verb if doing else None
    least = Role.EDITOR if verb in DECISIONS else Role.CONTRIBUTOR
    who = admitted(house, form.caller, place, least)
    if isinstance(who, Reply):
        return who
    if doing is None:
        return said_to(form.caller, replies.not_there(who.language))
    if doing.verb is Verb.ADD:
        return await adding.add(
            who, form.values.get("link", ""), form.files, form.values.get("text", "")
        )
    if doing.verb in OF_A_PROPOSAL:
        return await adding.submit(who, code.key, doing.verb, form)
    if doing.verb in OF_THE_VOCABULARY:
        return await naming.submit(who, doing.verb, form)
    revision = int(code.key) if code.key.isascii() and code.key.isdigit() else 0
    reason = form.values.get("reason", "")
    if is_term(doing.document):
        return await naming.decide(who, doing, revision, reason)
    if doing.verb in DECISIONS:
        return await deciding.decide(who, doing, revision, reason)
    return said_to(form.caller, replies.not_there(who.language))


def _id(options: Mapping[str, str]) -> str:
    """The id as it was chosen or typed."""
    return options.get("document", "").strip().lower()
