"""What moderators see and fill in: findings, reviews, decisions, the ledger of a document."""

from bot.replies.kb.arguments import Doing, Verb
from bot.replies.kb.deciding import (
    decided_already,
    done_card,
    impact_card,
    newer_card,
    outcome_card,
)
from bot.replies.kb.forms import (
    add_form,
    form_id,
    name_form,
    questions_form,
    reason_form,
    source_form,
    tags_form,
    text_form,
    vendor_form,
    word_form,
)
from bot.replies.kb.intake import findings_card
from bot.replies.kb.keeping import history_card, queue_card, usage
from bot.replies.kb.notices import (
    four_eyes,
    handed_in,
    handed_in_already,
    no_document,
    not_from_here,
    not_sent,
    not_there,
    retracted,
    thrown_away,
    too_large,
    too_long,
)
from bot.replies.kb.review import passages_card, review_card, vetting_card
from bot.replies.kb.terms import (
    not_known,
    objected,
    term_card,
    term_outcome_card,
    term_retracted,
)

__all__ = [
    "Doing",
    "Verb",
    "add_form",
    "decided_already",
    "done_card",
    "findings_card",
    "form_id",
    "four_eyes",
    "handed_in",
    "handed_in_already",
    "history_card",
    "impact_card",
    "name_form",
    "newer_card",
    "no_document",
    "not_from_here",
    "not_known",
    "not_sent",
    "not_there",
    "objected",
    "outcome_card",
    "passages_card",
    "questions_form",
    "queue_card",
    "reason_form",
    "retracted",
    "review_card",
    "source_form",
    "tags_form",
    "term_card",
    "term_outcome_card",
    "term_retracted",
    "text_form",
    "thrown_away",
    "too_large",
    "too_long",
    "usage",
    "vendor_form",
    "vetting_card",
    "word_form",
]
