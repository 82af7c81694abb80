"""The vocabulary changed from chat: proposed in a form, and decided as documents are."""

import re
from collections.abc import Callable
from typing import TypeVar

from bot import replies as all_replies
from bot.cards import Card
from bot.catalogue import words
from bot.reception.hearing import LONGEST, cleaned
from bot.reception.kb.adding import line_of
from bot.reception.kb.people import Moderator, for_moderators, privately
from bot.reception.kb.telling import REVIEW
from bot.reception.messages import Reply, Submission, Visibility
from bot.reception.posting import new_key
from bot.reception.who_may import hashed
from bot.replies import kb as replies
from bot.replies.kb import Doing, Verb
from bot.replies.kb.forms import LONGEST_REASON
from knowledge.errors import ChangedMeanwhile, StepRefused, UnknownDocument
from knowledge.metadata import slug
from knowledge.model import LANGUAGES, Proposal, ProposalState, Status
from knowledge.moderation import UNDER_REVIEW
from knowledge.naming import Naming
from knowledge.reviews import decision_on
from knowledge.terms import Term, TermKind, TermReview
from knowledge.terms.rules import LONGEST as LONGEST_NAME
from knowledge.terms.rules import Against, Objection
from knowledge.vocabulary import Name

T = TypeVar("T")

MOST_NAMES = 20
YEAR = re.compile(r"(?:19|20)\d\d")

FORMS = {
    "vendor": replies.vendor_form,
    "alias": replies.name_form,
    "concept": replies.word_form,
}
"""The form that a command opens."""


def opened(who: Moderator, name: str) -> Reply:
    """The form of a command."""
    if not who.here.moderated:
        return privately(who, all_replies.no_moderators(who.language))
    form = FORMS[name](who.language)
    return Reply(card=None, visibility=Visibility.FORM, form=form)


async def submit(who: Moderator, verb: Verb, form: Submission) -> Reply:
    """A form that proposes something. Raises QuisError."""
    values = {key: line_of(value) for key, value in form.values.items()}
    match verb:
        case Verb.VENDOR:
            term = await _vendor(who, values)
        case Verb.NAME:
            term = await _name(who, values)
        case _:
            term = await _word(who, values)
    if isinstance(term, Reply):
        return term
    return await _propose(who, term, values.get("reason", "")[:LONGEST_REASON])


async def press(who: Moderator, doing: Doing, revision: int) -> Reply:
    """A button of a term. Raises QuisError."""
    if doing.verb is Verb.APPROVE:
        return await _approve(who, doing.document, revision)
    review = await _review(who, doing.document, None)
    if review is None:
        return privately(who, replies.not_there(who.language))
    if doing.verb in (Verb.REJECT, Verb.RETRACT) and review.newest == revision:
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


# --- what was filled in -----------------------------------------------------------------


async def _vendor(who: Moderator, values: dict[str, str]) -> Term | Reply:
    home = values.get("home", "")
    country: str | None = None
    if home:
        country, _ = await who.house.desk.place(cleaned(home)[:LONGEST])
        if country is None:
            return privately(who, replies.not_known("country", home, who.language))
    name = values.get("name", "")
    others = [each.strip() for each in values.get("names", "").split(",")]
    term = Term(
        kind=TermKind.VENDOR,
        owner=slug(name[:LONGEST_NAME]) or f"vendor-{hashed('vendor', name)[:8]}",
        name=Name(text=name),
        home=country,
        description=values.get("description", ""),
        names=tuple(Name(text=each) for each in others if each)[:MOST_NAMES],
    )
    held = await who.house.desk.aside(lambda: _vendor_held(who.reviews.naming, term))
    if held is not None:
        return privately(who, _card(who, held, who.language))
    return term


def _vendor_held(naming: Naming, term: Term) -> TermReview | None:
    """A vendor is proposed once; what is known of one is changed in the files."""
    held = naming.held(term.id)
    if held is None or held.status not in (*UNDER_REVIEW, Status.PUBLISHED):
        return None
    return naming.review(held.id)


async def _name(who: Moderator, values: dict[str, str]) -> Term | Reply:
    typed, until = values.get("vendor", ""), values.get("until", "")
    vendor, _ = await who.house.desk.vendor(cleaned(typed)[:LONGEST])
    if vendor is None:
        return privately(who, replies.not_known("vendor", typed, who.language))
    if until and YEAR.fullmatch(until) is None:
        return privately(who, replies.not_known("year", until, who.language))
    manner = values.get("manner", "")
    name = Name(
        text=values.get("name", ""),
        exact=manner in ("exact", "typed"),
        lowercase=manner == "typed",
        until=int(until) if until else None,
    )
    return Term(kind=TermKind.NAME, owner=vendor, name=name)


async def _word(who: Moderator, values: dict[str, str]) -> Term | Reply:
    typed = cleaned(values.get("concept", ""))[:LONGEST]
    desk, language = who.house.desk, values.get("language", "")
    concept: str | None = typed.lower()
    if desk.names.concept_name(concept or "", "en") == concept:
        found = (await desk.read(typed)).mentions.concepts
        concept = found[0] if found else None
    if concept is None:
        return privately(who, replies.not_known("concept", typed, who.language))
    if language not in LANGUAGES:
        language = words(who.language).language
    manner = values.get("manner", "")
    name = Name(
        text=values.get("word", ""), exact=manner == "exact", whole=manner == "whole"
    )
    return Term(kind=TermKind.WORD, owner=concept, name=name, language=language)


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
        review = await _review(who, held.id, None)
        if review is not None:
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
