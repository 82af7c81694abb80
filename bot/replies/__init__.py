"""Every word the bot says: an answer, a refusal, what is held, or an error → a card.

Nothing here says anything about the world in words of its own: quotes are passed on
verbatim, all other words come from the catalogue. No card says yes or no.
"""

from collections.abc import Sequence
from datetime import date

from bot.cards import Card, Notice
from bot.catalogue import words
from bot.replies import notices
from bot.replies.answers import answered, more_passages
from bot.replies.arguments import About, Outcome, Resolving, Scope, Setting
from bot.replies.buttons import Under
from bot.replies.corrected import correction, letter, mark_of, marked
from bot.replies.forms import Unhelpful, reason_form, request_form, wrong_form
from bot.replies.gaps import gaps
from bot.replies.guidance import (
    COMMANDS,
    help_card,
    moderators_lost,
    privacy,
    typed,
    welcome,
)
from bot.replies.holdings import holdings
from bot.replies.listings import laws, sources
from bot.replies.moderators import (
    report_card,
    report_resolved,
    request_card,
    request_held,
)
from bot.replies.notices import (
    busy,
    deleted,
    empty,
    expired,
    form_late,
    interrupted,
    kept_for_moderators,
    link_alone,
    moderators_here,
    no_answer_yet,
    no_moderators,
    no_name,
    no_text,
    not_allowed,
    not_yours,
    nothing_new,
    report_sent,
    request_sent,
    resolved_already,
    saved,
    shared,
    slow_down,
    stays_private,
    thanks,
    told_no_more,
    too_long,
    unaddressed_content,
    unfit,
    will_be_told,
)
from bot.replies.papers import cite, dossier, evidence_pack
from bot.replies.preferences import EACH, INHERIT, settings
from bot.replies.problems import told
from bot.replies.profiles import country, profile, timeline
from bot.replies.queue import queue, queue_mark
from bot.replies.reading import other_kind, read_as
from bot.replies.refusals import refused
from bot.replies.subject import Names
from bot.replies.surroundings import context, why
from bot.replies.watches import (
    bulletin,
    bulletin_mark,
    no_watches,
    too_many_watches,
    unwatched,
    watch_what,
    watched,
    watches,
)
from knowledge.errors import QuisError
from knowledge.model import Answer, Answered, Coverage, Evidence, NoAnswer, Post

__all__ = [
    "COMMANDS",
    "EACH",
    "INHERIT",
    "About",
    "Names",
    "Outcome",
    "Resolving",
    "Scope",
    "Setting",
    "Unhelpful",
    "answer",
    "bulletin",
    "bulletin_mark",
    "busy",
    "cite",
    "context",
    "correction",
    "country",
    "coverage",
    "deleted",
    "dossier",
    "empty",
    "error",
    "error_line",
    "evidence_pack",
    "expired",
    "form_late",
    "gaps",
    "help_card",
    "interrupted",
    "kept_for_moderators",
    "laws",
    "letter",
    "link_alone",
    "mark_of",
    "marked",
    "moderators_here",
    "moderators_lost",
    "more",
    "no_answer_yet",
    "no_moderators",
    "no_name",
    "no_text",
    "no_watches",
    "not_allowed",
    "not_yours",
    "nothing_new",
    "other_kind",
    "privacy",
    "profile",
    "queue",
    "queue_mark",
    "read_as",
    "reason_form",
    "report_card",
    "report_resolved",
    "report_sent",
    "request_card",
    "request_form",
    "request_held",
    "request_sent",
    "resolved_already",
    "saved",
    "settings",
    "shared",
    "slow_down",
    "sources",
    "stays_private",
    "thanks",
    "timeline",
    "told_no_more",
    "too_long",
    "too_many_watches",
    "typed",
    "unaddressed_content",
    "unavailable",
    "unexpected",
    "unfit",
    "unwatched",
    "watch_what",
    "watched",
    "watches",
    "welcome",
    "why",
    "will_be_told",
    "wrong_form",
]

SHOWN = 3
"""How many passages a message shows at once."""


def answer(
    given: Answer,
    names: Names,
    today: date,
    *,
    language: str | None = None,
    asked: str | None = None,
    key: str = "",
    shown: int = SHOWN,
    private: bool = False,
    moderated: bool = True,
) -> Card:
    """An answer or a refusal → a card.

    Its words are in ``language``, else in the question's own, else in English.
    ``asked`` is what the person typed: where another question was understood, the card
    says which.

    With the ``key`` of its post it ends in buttons, and the first ``shown`` passages are
    drawn; without, all are. ``private``: the asker alone sees it. ``moderated``: somebody
    here takes what readers report and request.
    """
    spoken = words(language, given.question.language)
    meant = given.question.text
    other = asked is not None and _letters(asked) != _letters(meant)
    understood = meant if other else None
    under = (
        Under(key=key, words=spoken, private=private, moderated=moderated)
        if key
        else None
    )
    match given:
        case Answered():
            most = shown if key else None
            return answered(given, names, today, spoken, understood, under, most)
        case NoAnswer():
            return refused(given, names, spoken, understood, under)


def more(
    post: Post,
    evidence: Sequence[Evidence],
    names: Names,
    today: date,
    *,
    start: int,
    step: int = SHOWN,
    language: str | None = None,
) -> Card:
    """The passages of an answer behind number ``start``, the next ``step`` of them.

    ``evidence`` are those of ``post.passages`` that may be quoted now.
    """
    spoken = words(language, post.language)
    under = Under(key=post.key, words=spoken, private=True)
    card = more_passages(post, evidence, start, step, names, today, under)
    return card or notices.nothing_new(spoken.language)


def coverage(
    rows: Sequence[Coverage],
    names: Names,
    *,
    vendor: str | None = None,
    place: str | None = None,
    language: str | None = None,
) -> Card:
    """All that is held on a vendor, a place, both or anything → a card."""
    return holdings(rows, names, words(language), vendor, place)


def error_line(error: QuisError, language: str | None = None) -> str:
    """What went wrong and what to do, on one line."""
    spoken = words(language)
    key = f"errors.{type(error).__name__}"
    subject = dict(error.subject)
    if isinstance(problems := subject.get("problems"), tuple):
        subject["problem"] = told(problems, spoken)
    try:
        text = spoken(key, **subject) if key in spoken else str(error)
    except KeyError:  # raised without all that its message names
        text = str(error)
    return " ".join(text.splitlines()).replace("?.", "?")


def error(problem: QuisError, language: str | None = None) -> Card:
    """What went wrong and what to do → a card."""
    return Card(
        words(language)("error.title"), (Notice(error_line(problem, language)),)
    )


def unavailable(language: str | None = None) -> Card:
    """The card where what is held cannot be read: whoever asks can only come again."""
    spoken = words(language)
    return Card(spoken("error.title"), (Notice(spoken("error.unavailable")),))


def unexpected(language: str | None = None) -> Card:
    """The card where the fault is ours; it tells nothing of the fault."""
    spoken = words(language)
    return Card(spoken("error.title"), (Notice(spoken("error.unexpected")),))


def _letters(text: str) -> str:
    """What is compared: cleaning a text of spaces and signs is not understanding it."""
    return "".join(character for character in text if character.isalnum())
