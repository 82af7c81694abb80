"""The golden rules, which hold after every test; one sentence for each breach."""

from collections.abc import Iterable, Iterator

from tests.platforms.discord_server.asked import Ack, Asked, Interaction, Post, Sort
from tests.platforms.discord_server.messages import Message


def pings(messages: Iterable[Message]) -> Iterator[str]:
    """Nobody is notified by what the bot writes."""
    for message in messages:
        if message.author.bot and message.notified:
            yield f"{message} notifies {', '.join(message.notified)}"


def unanswered(asked: Iterable[Asked]) -> Iterator[str]:
    """Acknowledged within three seconds, and one visible answer a question."""
    for each in asked:
        match each:
            case Interaction():
                yield from _of_interaction(each)
            case Post():
                yield from _of_post(each)
            case _:
                pass


def _of_interaction(asked: Interaction) -> Iterator[str]:
    if asked.ack is None:
        yield f"{asked} was not acknowledged within three seconds"
        return
    if asked.ack in {Ack.SUGGESTIONS, Ack.MODAL}:
        # A form is the answer, and nothing besides.
        yield from _count(asked, asked.shown, least=0, most=0)
    elif asked.ack in {Ack.UPDATE, Ack.WILL_UPDATE}:
        # The message that was pressed on changes; a word besides is fine.
        yield from _count(asked, asked.shown, least=0, most=1)
    elif asked.sort is Sort.PRESS:
        yield from _count(asked, asked.shown, least=0 if asked.updated else 1, most=1)
    else:
        yield from _count(asked, asked.shown, least=1, most=1)


def _of_post(asked: Post) -> Iterator[str]:
    if not asked.addressed:
        if asked.shown:
            yield f"{asked} was not addressed to the bot, which answered all the same"
    elif not asked.message.deleted:
        yield from _count(asked, asked.shown, least=1, most=1)


def _count(
    asked: Asked, shown: list[Message], *, least: int, most: int
) -> Iterator[str]:
    if len(shown) < least:
        yield f"{asked} has no answer"
    elif len(shown) > most:
        listed = "; ".join(map(str, shown))
        yield f"{asked} has {len(shown)} answers, not {most}: {listed}"
