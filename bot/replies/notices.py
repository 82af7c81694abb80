"""Short cards, each one polite sentence or two: what cannot be done now, what was done."""

from dataclasses import replace

from bot.cards import Action, Actions, Button, Card, Line, Notice, Weight
from bot.catalogue import words
from bot.conversation.askable import LONGEST, Unfit
from bot.replies.guidance import invocation
from knowledge.model import Role


def busy(language: str | None = None) -> Card:
    """More is being asked than can be answered at once."""
    return _notice("busy", language)


def interrupted(language: str | None = None) -> Card:
    """The bot was ended before it could say a word to a question."""
    return _notice("interrupted", language)


def slow_down(seconds: int, language: str | None = None) -> Card:
    """This person, or this channel, asked a lot in a short time."""
    return _notice("slow-down", language, count=max(1, seconds))


def empty(language: str | None = None) -> Card:
    """Nothing was asked."""
    return _notice("empty", language, help_button=True)


def no_name(language: str | None = None) -> Card:
    """A command that looks up a vendor or a country came without one."""
    return _notice("no-name", language, help_button=True)


def too_long(length: int, limit: int, language: str | None = None) -> Card:
    """More was asked than is read at once."""
    return _notice("too-long", language, length=length, limit=limit)


def no_text(language: str | None = None) -> Card:
    """A file, a picture or an emoji came without words."""
    return _notice("no-text", language)


def link_alone(platform: str | None = None, language: str | None = None) -> Card:
    """A link came without words; ``platform`` is None in a terminal."""
    command = invocation("kb", "add", platform, language) if platform else "quis kb add"
    return _notice("link-alone", language, command=command)


def unfit(
    problem: Unfit,
    length: int,
    language: str | None = None,
    *,
    platform: str | None = None,
) -> Card:
    """There is no question in what was written, of so many characters."""
    match problem:
        case Unfit.EMPTY:
            return empty(language)
        case Unfit.NO_TEXT:
            return no_text(language)
        case Unfit.TOO_LONG:
            return too_long(length, LONGEST, language)
        case Unfit.ADDRESS:
            return link_alone(platform, language)


def expired(language: str | None = None) -> Card:
    """The button belongs to an answer that is not known any more."""
    return _notice("expired", language)


def not_yours(language: str | None = None) -> Card:
    """Only who asked may do this."""
    return _notice("not-yours", language)


def not_allowed(role: Role, language: str | None = None) -> Card:
    """This takes a role that the person does not have."""
    spoken = words(language)
    return _notice("not-allowed", language, role=spoken(f"role.{role.name.lower()}"))


def no_moderators(language: str | None = None) -> Card:
    """Nobody here takes what readers ask of the moderators."""
    return _notice("no-moderators", language)


def form_late(
    action: Action, key: str = "", argument: str = "", language: str | None = None
) -> Card:
    """A form can only be opened at once; this one waits behind a button."""
    card = _notice("form-late", language)
    opens = Button(
        label=words(language)("button.open-form"),
        action=action,
        key=key,
        argument=argument,
        weight=Weight.FIRST,
    )
    return replace(card, blocks=(*card.blocks, Actions((opens,))))


def nothing_new(language: str | None = None) -> Card:
    """There is nothing further to show; what there was may be published no longer."""
    return _notice("nothing-new", language)


def no_answer_yet(language: str | None = None) -> Card:
    """``/why`` without an earlier answer to this person in this channel."""
    return _notice("no-answer-yet", language)


def stays_private(language: str | None = None) -> Card:
    """In this channel answers are for their askers alone, by its settings."""
    return _notice("stays-private", language)


def unaddressed_content(language: str | None = None) -> Card:
    """Discord hands over no words of a message in which the bot is not mentioned."""
    return _notice("unaddressed-content", language)


def kept_for_moderators(language: str | None = None) -> Card:
    """What was sent waits until the moderators can be reached."""
    return _done("kept-for-moderators", language)


def moderators_here(language: str | None = None) -> Card:
    """The first word in the moderators' channel."""
    return _done("moderators-here", language)


def thanks(language: str | None = None) -> Card:
    """For a judgement on an answer."""
    return _done("thanks", language)


def report_sent(language: str | None = None) -> Card:
    """What was reported is with the moderators."""
    return _done("report-sent", language)


def request_sent(language: str | None = None) -> Card:
    """What was asked of the moderators is with them."""
    return _done("request-sent", language)


def deleted(language: str | None = None) -> Card:
    """The bot's message was taken away."""
    return _done("deleted", language)


def shared(language: str | None = None) -> Card:
    """A private answer now stands in the channel."""
    return _done("shared", language)


def will_be_told(language: str | None = None) -> Card:
    """Who asked in private hears of corrections."""
    return _done("will-be-told", language)


def told_no_more(language: str | None = None) -> Card:
    """Who asked in private hears of corrections no more."""
    return _done("told-no-more", language)


def saved(language: str | None = None) -> Card:
    """A setting was changed."""
    return _done("saved", language)


def resolved_already(language: str | None = None) -> Card:
    """Another moderator was faster."""
    return _notice("resolved-already", language)


def _notice(
    name: str, language: str | None, *, help_button: bool = False, **values: object
) -> Card:
    spoken = words(language)
    blocks: list[Notice | Actions] = [Notice(spoken(f"notice.{name}.text", **values))]
    if help_button:
        button = Button(label=spoken("button.help"), action=Action.HELP)
        blocks.append(Actions((button,)))
    return Card(spoken(f"notice.{name}.title"), tuple(blocks))


def _done(name: str, language: str | None) -> Card:
    spoken = words(language)
    return Card(spoken(f"done.{name}.title"), (Line(spoken(f"done.{name}.text")),))
