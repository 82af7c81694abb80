"""Decisions on documents: each on the revision that was looked at, once, by who may."""

from collections.abc import Callable

from bot.reception.house import told
from bot.reception.kb.people import Moderator, for_moderators, privately
from bot.reception.messages import Reply, Visibility
from bot.replies import empty
from bot.replies import kb as replies
from bot.replies.kb import Doing, Verb
from bot.replies.kb.forms import LONGEST_REASON
from knowledge.errors import ChangedMeanwhile, QuisError, StepRefused, UnknownDocument
from knowledge.model import UNDER_REVIEW, MarkingReport, Review, Step, Touched
from knowledge.reviews import decision_on

STEPS = {
    Verb.RETURN: Step.RETURN,
    Verb.REJECT: Step.REJECT,
    Verb.RETRACT: Step.RETRACT,
}


async def approve(who: Moderator, document: str, revision: int) -> Reply:
    """Approve and publish: the card says so, and answers may quote it. Raises QuisError."""
    review = await _review(who, document, revision)
    if review is None:
        return privately(who, replies.not_there(who.language))
    proposer = review.proposed.event.actor if review.proposed else ""
    if other := await _overtaken(who, review):
        return other
    if who.two_person and proposer == who.actor.id:
        return privately(who, replies.four_eyes(who.language))
    reviews = who.reviews

    def accept() -> Review:
        return reviews.accept(document, revision, who.actor, two_person=who.two_person)

    return await _decided(who, document, revision, accept)


async def ask_why(who: Moderator, doing: Doing, revision: int) -> Reply:
    """The form for the reason, where there is something to decide. Raises QuisError."""
    review = await _review(who, doing.document, revision)
    if review is None:
        return privately(who, replies.not_there(who.language))
    if doing.verb is not Verb.RETRACT:
        other = await _overtaken(who, review)
        if other is not None:
            return other
    form = replies.reason_form(str(revision), doing, who.language)
    return Reply(card=None, visibility=Visibility.FORM, form=form)


async def decide(who: Moderator, doing: Doing, revision: int, reason: str) -> Reply:
    """Return, reject or retract, for a reason. Raises QuisError."""
    step = STEPS.get(doing.verb)
    said = _plain(reason)
    if step is None:
        return privately(who, replies.not_there(who.language))
    if not said:
        return privately(who, empty(who.language))
    document, reviews = doing.document, who.reviews

    def take() -> Review:
        return reviews.take(document, revision, step, who.actor, said)

    if step is not Step.RETRACT:
        return await _decided(who, document, revision, take, by_form=True)
    touched = await _touched(who, document)
    review = await _taken(who, document, revision, take)
    if isinstance(review, Reply):
        return review
    marked = sum(touched.public.values())
    return _done(who, "retract", review, marked)


async def impact(who: Moderator, document: str, verb: Verb | None) -> Reply:
    """What a retraction would touch, with the button for it. Raises QuisError."""
    reviews = who.reviews
    held = await who.house.desk.aside(lambda: reviews.review(document))
    passages = 0
    if held.published is not None:
        published = held.published
        shown = await who.house.desk.aside(
            lambda: reviews.review(document, published.revision)
        )
        passages = len(shown.passages)
    card = replies.impact_card(
        held.published,
        held.published or held.document,
        passages,
        await _touched(who, document),
        await _report(who, document),
        verb=verb,
        language=who.language,
    )
    return privately(who, card)


async def recheck(who: Moderator, document: str) -> Reply:
    """Say that it was looked at again today. Raises QuisError."""
    return await _on_published(who, document, None, Step.RECHECK)


async def vet(who: Moderator, document: str, revision: int) -> Reply:
    """Say that this person compared it with its source. Raises QuisError."""
    return await _on_published(who, document, revision, Step.VET)


async def _on_published(
    who: Moderator, document: str, revision: int | None, step: Step
) -> Reply:
    reviews = who.reviews
    held = await who.house.desk.aside(lambda: reviews.review(document))
    about = held.published or held.document
    seen = about.revision if revision is None else revision

    def take() -> Review:
        return reviews.take(document, seen, step, who.actor)

    review = await _taken(who, document, seen, take)
    if isinstance(review, Reply):
        return review
    return _done(who, str(step), review, None)


def _done(who: Moderator, what: str, review: Review, marked: int | None) -> Reply:
    card = replies.done_card(
        what, review, who.person, marked=marked, language=who.moderators_language
    )
    also = replies.done_card(
        what, review, who.person, marked=marked, language=who.language
    )
    return for_moderators(who, card, also)


async def _decided(
    who: Moderator,
    document: str,
    revision: int,
    work: Callable[[], Review],
    *,
    by_form: bool = False,
) -> Reply:
    """Decide, and put what was decided in the place of the card that was pressed."""
    review = await _taken(who, document, revision, work)
    if isinstance(review, Reply):
        return review
    language = who.language if by_form else who.moderators_language
    card = replies.review_card(
        review,
        who.house.desk.names,
        who.person,
        two_person=who.two_person,
        language=language,
    )
    if by_form:  # no card was pressed: that of the moderators follows by itself
        return told(who.caller, card)
    return Reply(card=card, visibility=Visibility.EDIT)


async def _taken(
    who: Moderator, document: str, revision: int, work: Callable[[], Review]
) -> Review | Reply:
    """What came of a step; where somebody else was quicker, who and what they did.

    Raises QuisError.
    """
    try:
        return await who.house.desk.aside(work)
    except UnknownDocument:
        return privately(who, replies.not_there(who.language))
    except (ChangedMeanwhile, StepRefused) as error:
        review = await _review(who, document, revision)
        if review is None:
            return privately(who, replies.not_there(who.language))
        other = await _overtaken(who, review, error)
        if other is None:
            raise
        return other


async def _overtaken(
    who: Moderator, review: Review, error: QuisError | None = None
) -> Reply | None:
    """Who decided on this revision, or made a newer one; None where nobody did.

    ``error``: why a step was not taken, which may be for what was retracted since.
    """
    under_review = review.document.status in UNDER_REVIEW
    decided = decision_on(review)
    retracting = error is not None and error.subject.get("step") in (
        Step.RETRACT,
        Step.RECHECK,
        Step.VET,
    )
    if decided is not None and (not retracting or decided.event.step is Step.RETRACT):
        card = replies.decided_already(decided, who.person, language=who.language)
        return privately(who, card)
    if review.newest > review.document.revision and (under_review or error):
        document, reviews = review.document.id, who.reviews
        newest = await who.house.desk.aside(lambda: reviews.review(document))
        card = replies.newer_card(newest, who.person, language=who.language)
        return privately(who, card)
    return None


async def _review(who: Moderator, document: str, revision: int) -> Review | None:
    reviews = who.reviews
    try:
        return await who.house.desk.aside(lambda: reviews.review(document, revision))
    except UnknownDocument:
        return None


async def _touched(who: Moderator, document: str) -> Touched:
    corrections = who.house.corrections
    if corrections is None:
        return Touched(public={}, private={})
    return await who.house.desk.aside(lambda: corrections.touched(document))


async def _report(who: Moderator, document: str) -> MarkingReport:
    corrections = who.house.corrections
    if corrections is None:
        return MarkingReport()
    return await who.house.desk.aside(lambda: corrections.report(document))


def _plain(reason: str) -> str:
    held = "".join(c for c in reason if c.isprintable() or c in "\n\t")
    return held.encode("utf-8", "ignore").decode("utf-8").strip()[:LONGEST_REASON]
