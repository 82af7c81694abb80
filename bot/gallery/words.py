"""The short messages: one for each thing that can stand in the way, or was done."""

from collections.abc import Iterator

from bot import replies
from bot.cards import Action, Card
from bot.conversation.askable import Unfit
from knowledge.model import Role


def notices(platform: str, language: str) -> Iterator[tuple[str, Card]]:
    """Each with its name."""
    yield "busy", replies.busy(language)
    yield "interrupted", replies.interrupted(language)
    yield "slow-down", replies.slow_down(12, language)
    yield "empty", replies.empty(language)
    yield "no-name", replies.no_name(language)
    yield "too-long", replies.too_long(6000, 2000, language)
    yield "unfit", replies.unfit(Unfit.TOO_LONG, 6000, language)
    yield "no-text", replies.no_text(language)
    yield "link-alone", replies.link_alone(platform, language)
    yield "expired", replies.expired(language)
    yield "not-yours", replies.not_yours(language)
    yield "not-allowed", replies.not_allowed(Role.ADMIN, language)
    yield "form-late", replies.form_late(Action.WRONG, language=language)
    yield "moderators-here", replies.moderators_here(language)
    yield "kept-for-moderators", replies.kept_for_moderators(language)
    yield "no-moderators", replies.no_moderators(language)
    yield "nothing-new", replies.nothing_new(language)
    yield "no-answer-yet", replies.no_answer_yet(language)
    yield "stays-private", replies.stays_private(language)
    yield "unaddressed-content", replies.unaddressed_content(language)
    yield "resolved-already", replies.resolved_already(language)
    yield "thanks", replies.thanks(language)
    yield "report-sent", replies.report_sent(language)
    yield "request-sent", replies.request_sent(language)
    yield "deleted", replies.deleted(language)
    yield "shared", replies.shared(language)
    yield "will-be-told", replies.will_be_told(language)
    yield "told-no-more", replies.told_no_more(language)
    yield "saved", replies.saved(language)
