"""The vocabulary changed from chat: proposed in a form, and decided as documents are."""

from collections.abc import Callable
from typing import TypeVar

from bot import replies as all_replies
from bot.cards import Card
from bot.catalogue import words
from bot.reception.kb import filled
from bot.reception.kb.adding import line_of
from bot.reception.kb.people import Moderator, for_moderators, privately
from bot.reception.kb.telling import REVIEW
from bot.reception.messages import Reply, Submission, Visibility
from bot.reception.posting import new_key
from bot.replies import kb as replies
from bot.replies.kb import Doing, Verb
from bot.replies.kb.forms import LONGEST_REASON
from knowledge.entries import Name
from knowledge.errors import ChangedMeanwhile, StepRefused, UnknownDocument
from knowledge.model import UNDER_REVIEW, Proposal, ProposalState
from knowledge.reviews import decision_on
from knowledge.terms import Term, TermKind, TermReview
from knowledge.terms.rules import Against, Objection

T = TypeVar("T")


FORMS = {
    Verb.VENDOR: replies.vendor_form,
    Verb.NAME: replies.name_form,
    Verb.WORD: replies.word_form,
}


def opened(who: Moderator, verb: Verb) -> Reply:
    """The form that a command opens, or the button of one that came late."""
    if not who.here.moderated:
        return privately(who, all_replies.no_moderators(who.language))
    form = FORMS[verb](who.language)
    return Reply(card=None, visibility=Visibility.FORM, form=form)


async def submit(who: Moderator, verb: Verb, form: Submission) -> Reply:
    """A form that proposes something. Raises QuisError."""
    values = {key: line_of(value) for key, value in form.values.items()}
    match verb:
        case Verb.VENDOR:
            found: Term | TermReview | Card = await filled.vendor(who, values)
        case Verb.NAME:
            found = await filled.name(who, values)
        case _:
            found = await filled.word(who, values)
    match found:
        case Card():
            return privately(who, found)
        case TermReview():
            return privately(who, _card(who, found, who.language))
        case Term():
            reason = values.get("reason", "")[:LONGEST_REASON]
            return await _propose(who, found, reason)


async def press(who: Moderator, doing: Doing, revision: int) -> Reply:
    """A button of a term. Raises QuisError."""
    if doing.verb is Verb.APPROVE:
        return await _approve(who, doing.document, revision)
    review = await _review(who, doing.document, None)
    if review is None:
        return privately(who, replies.not_there(who.language))
    naming = who.reviews.naming
    live = await who.house.desk.aside(lambda: naming.live(doing.document))
    current = revision in (review.newest, live.revision if live else None)
    if doing.verb in (Verb.REJECT, Verb.RETRACT) and current:
        intro = ""
        if doing.verb is Verb.RETRACT:
            intro = words(who.language)("kb.term.retract-intro")
        key = str(revision)
        form = replies.reason_form(key, doing, who.language, intro=intro)
        return Reply(card=None, visibility=Visibility.FORM, form=form)
    return privately(who, _card(who, review, who.language))


async def decide(who: Moderator, doing: Doing, revision: int, reason: str) -> Reply:
    """Reject or retract, for a reason. Raises QuisError."""
    said = line_of(reason)[:LONGEST_REASON]
    naming, term = who.reviews.naming, doing.document
    if not said:
        return privately(who, all_replies.empty(who.language))
    if doing.verb is Verb.REJECT:

        def reject() -> TermReview:
            return naming.reject(term, revision, who.actor, said)

        rejected = await _taken(who, term, reject)
        if isinstance(rejected, Reply):
            return rejected
        return privately(who, _card(who, rejected, who.language))
    if doing.verb is not Verb.RETRACT:
        return privately(who, replies.not_there(who.language))

    def retract() -> TermReview | Objection:
        return naming.retract(term, revision, who.actor, said)

    done = await _taken(who, term, retract)
    names = who.house.desk.names
    if isinstance(done, Reply):
        return done
    if isinstance(done, Objection):
        return privately(who, replies.objected(done, names, who.language))
    card, also = (
        replies.term_retracted(done, names, who.person, language)
        for language in (who.moderators_language, who.language)
    )
    return for_moderators(who, card, also)


# --- proposing and deciding -------------------------------------------------------------


async def _propose(who: Moderator, term: Term, reason: str) -> Reply:
    """Hand it in, and show it to the moderators. Raises QuisError."""
    naming = who.reviews.naming
    proposed = await who.house.desk.aside(
        lambda: naming.propose(term, who.actor, reason)
    )
    if isinstance(proposed, Objection):
        return await _objected(who, term, proposed)
    key, caller = new_key(), who.caller
    proposal = Proposal(
        key=key,
        tenant=caller.tenant,
        proposer=caller.user,
        at=who.house.now,
        language=words(who.language).language,
        origin="",
        body="",
        state=ProposalState.OFFERED,
        document=proposed.id,
        revision=proposed.revision,
    )
    reviews = who.reviews
    await who.house.desk.aside(lambda: reviews.proposals.add(proposal))
    review = await who.house.desk.aside(
        lambda: naming.review(proposed.id, proposed.revision)
    )
    card = _card(who, review, who.moderators_language)
    return for_moderators(who, card, replies.handed_in(who.language), f"{REVIEW}{key}")


async def _objected(who: Moderator, term: Term, found: Objection) -> Reply:
    """What is held already is shown, with the button to take it out."""
    if found.against is Against.HELD and term.kind is not TermKind.VENDOR:
        held = Term(
            kind=term.kind,
            owner=term.owner,
            name=Name(text=found.held),
            language=term.language,
        )
        naming = who.reviews.naming
        live = await who.house.desk.aside(lambda: naming.live(held.id))
        if live is not None:
            review = await who.house.desk.aside(
                lambda: naming.review(held.id, live.revision)
            )
            return privately(who, _card(who, review, who.language))
    return privately(who, replies.objected(found, who.house.desk.names, who.language))


async def _approve(who: Moderator, term: str, revision: int) -> Reply:
    """Approve and publish: every question is read by it from now on. Raises QuisError."""
    review = await _review(who, term, revision)
    if review is None:
        return privately(who, replies.not_there(who.language))
    proposer = review.proposed.event.actor if review.proposed else ""
    if decision_on(review) or review.newest > revision:
        newest = await _review(who, term, None)
        return privately(who, _as_it_is(who, newest or review))
    if who.two_person and proposer == who.actor.id:
        return privately(who, replies.four_eyes(who.language))
    naming = who.reviews.naming

    def accept() -> TermReview | Objection:
        return naming.accept(term, revision, who.actor, two_person=who.two_person)

    done = await _taken(who, term, accept)
    match done:
        case Reply():
            return done
        case Objection():
            names = who.house.desk.names
            return privately(who, replies.objected(done, names, who.language))
        case _:
            card = _card(who, done, who.moderators_language)
            return Reply(card=card, visibility=Visibility.EDIT)


async def _taken(who: Moderator, term: str, work: Callable[[], T]) -> T | Reply:
    """What came of a step; where somebody was quicker, how it stands now."""
    try:
        return await who.house.desk.aside(work)
    except UnknownDocument:
        return privately(who, replies.not_there(who.language))
    except (ChangedMeanwhile, StepRefused):
        review = await _review(who, term, None)
        if review is None or review.term.status in UNDER_REVIEW:
            raise
        return privately(who, _as_it_is(who, review))


def _as_it_is(who: Moderator, review: TermReview) -> Card:
    """Who decided already, and how; else how it stands."""
    decided = decision_on(review)
    if decided is None:
        return _card(who, review, who.language)
    return replies.decided_already(decided, who.person, language=who.language)


def _card(who: Moderator, review: TermReview, language: str | None) -> Card:
    return replies.term_card(
        review,
        who.house.desk.names,
        who.person,
        two_person=who.two_person,
        language=language,
    )


async def _review(who: Moderator, term: str, revision: int | None) -> TermReview | None:
    naming = who.reviews.naming
    try:
        return await who.house.desk.aside(lambda: naming.review(term, revision))
    except UnknownDocument:
        return None
