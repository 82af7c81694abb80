"""The golden rules, which hold after every test; one sentence for each breach."""

from collections.abc import Iterable, Iterator

from tests.platforms.slack_server.asked import Asked, Interaction, Post, Sort
from tests.platforms.slack_server.clock import ACKNOWLEDGE_WITHIN
from tests.platforms.slack_server.delivery import Delivery
from tests.platforms.slack_server.messages import Message


def pings(messages: Iterable[Message]) -> Iterator[str]:
    """Nobody is notified by what the bot writes."""
    for message in messages:
        if message.user.bot and message.told:
            yield f"{message} notifies {', '.join(message.told)}"


def unacknowledged(deliveries: Iterable[Delivery]) -> Iterator[str]:
    """Whatever reached the bot is acknowledged within three seconds."""
    for delivery in deliveries:
        if not delivery.was_sent:
            continue
        after = delivery.acknowledged_after
        if after is None:
            yield f"{delivery} was not acknowledged"
        elif after > ACKNOWLEDGE_WITHIN:
            yield f"{delivery} was acknowledged after {after:.1f} s"


def unanswered(asked: Iterable[Asked]) -> Iterator[str]:
    """One visible answer a question."""
    for each in asked:
        if each.deliveries and not any(d.was_sent for d in each.deliveries):
            continue  # the bot does not know of it
        match each:
            case Interaction():
                yield from _of_interaction(each)
            case Post(addressed=False) if each.shown:
                yield f"{each} was not addressed to the bot, which answered all the same"
            case Post(addressed=True) if not each.message.deleted:
                yield from _count(each, least=1, most=1)


def _of_interaction(asked: Interaction) -> Iterator[str]:
    if asked.sort in {Sort.SUGGESTIONS, Sort.NEWS} or asked.modal or asked.errors:
        # A list or a form is the answer, and nothing besides.
        yield from _count(asked, least=0, most=0)
    elif asked.sort in {Sort.COMMAND, Sort.SHORTCUT}:
        yield from _count(asked, least=1, most=1)
    elif asked.is_answered:
        # What was pressed on changed, or closed; a word besides is fine.
        yield from _count(asked, least=0, most=1)
    else:
        yield f"{asked} had no effect"


def _count(asked: Asked, *, least: int, most: int) -> Iterator[str]:
    if len(asked.shown) < least:
        yield f"{asked} has no answer"
    elif len(asked.shown) > most:
        listed = "; ".join(map(str, asked.shown))
        yield f"{asked} has {len(asked.shown)} answers, not {most}: {listed}"
