"""Who moderates: admitted by the place, and by the role that the person has now."""

from dataclasses import dataclass

from bot import replies as all_replies
from bot.cards import Card
from bot.reception.house import Here, House, told
from bot.reception.messages import Caller, Reply, Visibility
from bot.reception.who_may import actor, actor_id, changes_from, role
from bot.replies import kb as replies
from bot.replies.kb.facts import PersonNamed
from knowledge.model import Actor, Role, Tenant
from knowledge.reviews import Reviews

TERMINAL = "terminal:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderator:
    """Somebody who may do what they ask for, and where they are."""

    house: House
    reviews: Reviews
    caller: Caller
    here: Here
    actor: Actor

    @property
    def language(self) -> str | None:
        """The language that the person is answered in."""
        return self.here.language

    @property
    def moderators_language(self) -> str | None:
        """That of the moderators' channel."""
        settings = self.here.settings
        channel = settings.moderators_channel
        return settings.of(channel).language if channel else settings.language

    @property
    def two_person(self) -> bool:
        """Whether who proposed something here cannot approve it."""
        return self.here.settings.two_person or (
            self.reviews.moderation.policy.two_person
        )

    @property
    def person(self) -> PersonNamed:
        """Names for those whom the ledger names."""
        return remembered(self.house)


def admitted(
    house: House, caller: Caller, place: Here, least: Role
) -> Moderator | Reply:
    """The person, where place and role allow it; else what is said to them."""
    if house.reviews is None or not changes_from(caller.tenant, house.changed_from):
        where = f"{caller.tenant.platform}:{caller.tenant.id}"
        return told(caller, replies.not_from_here(where, place.language))
    if role(caller, place.settings) < least:
        return told(caller, all_replies.not_allowed(least, place.language))
    who = actor(caller, place.settings)
    if caller.name:
        house.people.put(who.id, caller.name, house.now)
    return Moderator(
        house=house, reviews=house.reviews, caller=caller, here=place, actor=who
    )


def remembered(house: House) -> PersonNamed:
    """A name where it is known still; else the id of the ledger."""

    def named(id: str) -> str:
        return house.people.get(id, house.now) or id.removeprefix(TERMINAL)

    return named


def is_own(tenant: Tenant, user: str, actor: str) -> bool:
    """Whether a user of a platform is the one whom the ledger names."""
    return actor_id(tenant, user) == actor


def privately(who: Moderator, card: Card) -> Reply:
    """For this person alone."""
    return told(who.caller, card)


def for_moderators(who: Moderator, card: Card, also: Card, key: str = "") -> Reply:
    """In the moderators' channel, and a word to who did it; else that word alone."""
    channel = who.here.settings.moderators_channel
    if channel is None:
        return told(who.caller, also)
    if key:
        who.house.callers.put(key, who.caller, who.house.now)
    return Reply(
        card=card,
        visibility=Visibility.ELSEWHERE,
        key=key,
        channel=channel,
        also=also,
    )
