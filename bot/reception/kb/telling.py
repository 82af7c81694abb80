"""What moderators and proposers are told without asking: in the store until it is done."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.cards import Card
from bot.reception.house import House
from bot.reception.kb.people import is_own, remembered
from bot.reception.messages import ToTell
from bot.replies import kb as replies
from knowledge.model import Place, Proposal, ProposalState, Review, Tenant
from knowledge.reviews import Reviews, decision_on
from knowledge.terms import TermReview

REVIEW = "review-"
"""The key of a reply that is a review begins so; see ``telling.stands``."""

CARD, MARK, NEWS = "kb:card/", "kb:mark/", "kb:news/"
"""A card that was not posted; one that shows what was decided; news to its proposer."""

PATIENCE = timedelta(minutes=2)
"""How long a card may be on its way before it is taken for lost."""


@dataclass(frozen=True, slots=True)
class Due:
    """Names a notice: what it is, and on which proposal."""

    what: str
    tenant: Tenant
    key: str

    def __str__(self) -> str:
        return f"{self.what}{self.tenant.platform}/{self.tenant.id}/{self.key}"

    @classmethod
    def read(cls, notice: str) -> "Due | None":
        """A notice by its name; None where it is none of ours."""
        for what in (CARD, MARK, NEWS):
            parts = notice.removeprefix(what).split("/")
            if notice.startswith(what) and len(parts) == 3:
                return cls(what, Tenant(parts[0], parts[1]), parts[2])
        return None


async def to_tell(house: House, platform: str) -> list[ToTell]:
    """The next thing to be told on each proposal. Raises QuisError."""
    reviews = house.reviews
    if reviews is None:
        return []
    decided = await house.desk.aside(lambda: reviews.decided(platform))
    found = [await _on(house, reviews, each, review) for each, review in decided]
    lost = await house.desk.aside(lambda: reviews.offered(platform, PATIENCE))
    done = {proposal.key for proposal, _ in decided}
    found += [await _lost(house, reviews, e) for e in lost if e.key not in done]
    return [notice for notice in found if notice is not None]


async def _on(
    house: House,
    reviews: Reviews,
    proposal: Proposal,
    review: Review | TermReview | None,
) -> ToTell | None:
    """First its card shows what was decided, then its proposer is told."""
    if review is None:
        await _end(house, reviews, proposal)
        return None
    if proposal.state is ProposalState.OFFERED and proposal.card is not None:
        return ToTell(
            id=str(Due(MARK, proposal.tenant, proposal.key)),
            tenant=proposal.tenant,
            card=await _card(house, proposal, review),
            edit=proposal.card,
        )
    decided = decision_on(review)
    actor = decided.event.actor if decided else ""
    if is_own(proposal.tenant, proposal.proposer, actor):
        await _end(house, reviews, proposal)
        return None
    return ToTell(
        id=str(Due(NEWS, proposal.tenant, proposal.key)),
        tenant=proposal.tenant,
        card=_outcome(house, proposal, review),
        user=proposal.proposer,
    )


async def _lost(house: House, reviews: Reviews, proposal: Proposal) -> ToTell | None:
    """A card that never came to stand, as after a crash."""
    settings = await house.rules.of(proposal.tenant)
    channel = settings.moderators_channel
    if channel is None or proposal.document is None:
        return None
    document, revision = proposal.document, proposal.revision
    review = await house.desk.aside(lambda: reviews.of_proposal(document, revision))
    card = await _card(house, proposal, review)
    return ToTell(
        id=str(Due(CARD, proposal.tenant, proposal.key)),
        tenant=proposal.tenant,
        card=card,
        channel=channel,
        mark=card.code(),
        again=True,  # it may stand already: a process may have ended behind the posting
    )


def _outcome(house: House, proposal: Proposal, review: Review | TermReview) -> Card:
    person, language = remembered(house), proposal.language
    if isinstance(review, TermReview):
        return replies.term_outcome_card(review, house.desk.names, person, language)
    platform = proposal.tenant.platform
    return replies.outcome_card(review, person, platform, language=language)


async def _card(house: House, proposal: Proposal, review: Review | TermReview) -> Card:
    settings = await house.rules.of(proposal.tenant)
    channel = settings.moderators_channel
    language = settings.of(channel).language if channel else settings.language
    if isinstance(review, TermReview):
        return replies.term_card(
            review,
            house.desk.names,
            remembered(house),
            two_person=settings.two_person,
            language=language,
        )
    return replies.review_card(
        review,
        house.desk.names,
        remembered(house),
        two_person=settings.two_person,
        language=language,
    )


async def told(house: House, notice: str, where: Place | None) -> bool:
    """It was told, or never can be; False where the notice is none of ours.

    Raises QuisError.
    """
    due, reviews = Due.read(notice), house.reviews
    if due is None or reviews is None:
        return False
    if due.what == CARD and where is not None:
        await stands(house, due.tenant, due.key, where)
        return True
    held = await house.desk.aside(lambda: reviews.proposals.get(due.tenant, due.key))
    if held is None or due.what == CARD:
        return True
    if due.what == NEWS:
        await _end(house, reviews, held)
        return True
    shown = replace(held, state=ProposalState.SHOWN)
    await house.desk.aside(
        lambda: reviews.proposals.change(shown, ProposalState.OFFERED)
    )
    return True


async def stands(house: House, tenant: Tenant, key: str, where: Place) -> None:
    """A review now stands there. Raises QuisError."""
    reviews = house.reviews
    if reviews is not None:
        await house.desk.aside(lambda: reviews.proposals.place(tenant, key, where))


async def forget(house: House, tenant: Tenant) -> None:
    """The bot was removed there. Raises QuisError."""
    reviews = house.reviews
    if reviews is not None:
        await house.desk.aside(lambda: reviews.proposals.forget(tenant))


async def _end(house: House, reviews: Reviews, proposal: Proposal) -> None:
    """Nobody has to be told any more: who it was is wiped."""
    over = replace(proposal, state=ProposalState.TOLD)
    await house.desk.aside(lambda: reviews.proposals.change(over, proposal.state))
