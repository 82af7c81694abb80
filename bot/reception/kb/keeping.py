"""What moderators look at: drafts that wait, a revision, its passages, its ledger."""

from bot import replies as all_replies
from bot.reception.house import told
from bot.reception.kb.people import Moderator, privately
from bot.reception.messages import Reply
from bot.replies import kb as replies
from knowledge.errors import UnknownDocument
from knowledge.gaps import grouped
from knowledge.model import Gap


async def queue(who: Moderator) -> Reply:
    """The drafts that nobody has decided on. Raises QuisError."""
    reviews = who.reviews
    waiting = await who.house.desk.aside(reviews.queue)
    terms = await who.house.desk.aside(reviews.naming.queue)
    card = replies.queue_card(
        waiting,
        who.person,
        terms=terms,
        names=who.house.desk.names,
        language=who.language,
    )
    return privately(who, card)


async def gaps(who: Moderator) -> Reply:
    """What was asked here and not held. Raises QuisError."""
    kept, tenant = who.house.gaps, who.caller.tenant
    found: tuple[Gap, ...] = ()
    if kept is not None:
        store = kept
        found = await who.house.desk.aside(lambda: grouped(store.refusals(tenant)))
    names = who.house.desk.names
    return privately(who, all_replies.gaps(found, names, language=who.language))


async def show(who: Moderator, document: str) -> Reply:
    """The newest revision, as it is reviewed. Raises QuisError."""
    reviews = who.reviews
    review = await who.house.desk.aside(lambda: reviews.review(document))
    about = review.document
    asked = await who.house.desk.aside(lambda: reviews.asked_elsewhere(about))
    card = replies.review_card(
        review,
        who.house.desk.names,
        who.person,
        two_person=who.two_person,
        language=who.language,
        asked=asked,
    )
    return privately(who, card)


async def read(who: Moderator, document: str, revision: int, start: int) -> Reply:
    """Passages of a revision, some at once. Raises QuisError."""
    reviews = who.reviews
    try:
        review = await who.house.desk.aside(lambda: reviews.review(document, revision))
    except UnknownDocument:
        return privately(who, replies.not_there(who.language))
    card = replies.passages_card(review, start, language=who.language)
    return privately(who, card)


async def history(who: Moderator, document: str) -> Reply:
    """All that was done to a document. Raises QuisError."""
    reviews = who.reviews
    held = await who.house.desk.document(document)
    lines = await who.house.desk.aside(lambda: reviews.history(document))
    card = replies.history_card(held, lines, who.person, language=who.language)
    return privately(who, card)


async def to_vet(who: Moderator, document: str) -> Reply:
    """A document of the starter set with its passages, to be compared. Raises QuisError."""
    reviews = who.reviews
    held = await who.house.desk.aside(lambda: reviews.review(document))
    about = held.published or held.document
    review = await who.house.desk.aside(
        lambda: reviews.review(document, about.revision)
    )
    names = who.house.desk.names
    card = replies.vetting_card(review, names, language=who.language)
    return privately(who, card)


def usage(who: Moderator) -> Reply:
    """What can be done."""
    platform = who.caller.tenant.platform
    return told(who.caller, replies.usage(platform, who.language))
