"""Deliveries: events, commands and interactions on their way to the bot.

Slack wants an answer within three seconds. An event that has none is sent again: at once,
after a minute, after five. Anything else is given up, and the person sees an error.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from tests.platforms.slack_server.clock import ACKNOWLEDGE_WITHIN, RETRY_AFTER, Clock
from tests.platforms.waiting import Diary, NothingCame

Json = dict[str, Any]


class Kind(Enum):
    """What is delivered, as the type of an envelope."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTION = "interactive"


class NotDelivered(Exception):
    """This attempt failed; ``final``: the bot asked not to be sent it again."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


@dataclass(eq=False, repr=False, kw_only=True)
class Attempt:
    """One sending; ``began`` is None until it left."""

    number: int
    reason: str = ""
    began: float | None = None
    acknowledged_after: float | None = None
    failed: str | None = None


@dataclass(eq=False, repr=False, kw_only=True)
class Delivery:
    """A payload for the bot; ``ack`` is what it answered with, in time.

    ``then`` is done with it, once.
    """

    kind: Kind
    payload: Json
    what: str
    then: Callable[[Json], None] | None = None
    attempts: list[Attempt] = field(default_factory=list)
    ack: Json | None = None
    acknowledged: bool = False
    done: bool = False

    @property
    def was_sent(self) -> bool:
        return any(attempt.began is not None for attempt in self.attempts)

    @property
    def acknowledged_after(self) -> float | None:
        """Seconds, of the attempt that was acknowledged first; late ones too."""
        times = (attempt.acknowledged_after for attempt in self.attempts)
        return next((time for time in times if time is not None), None)

    def __str__(self) -> str:
        return self.what


class Transport(Protocol):
    """Socket Mode or signed HTTP. Sends, and returns what the bot acknowledged with."""

    async def send(self, delivery: Delivery, attempt: Attempt) -> Json | None:
        """Raises NotDelivered; sets ``began``, and ``acknowledged_after`` if ever."""
        ...


class Deliveries:
    """Everything that was sent to the bot, in order."""

    def __init__(self, clock: Clock, diary: Diary, transport: Transport) -> None:
        self._clock = clock
        self._diary = diary
        self.transport = transport
        self.all: list[Delivery] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, delivery: Delivery) -> None:
        """On its way; ``settled`` waits for the end of it."""
        self.all.append(delivery)
        self._run(self._deliver(delivery))

    def repeat(self, delivery: Delivery, *, reason: str = "timeout") -> None:
        """Send it once more, as Slack does when an acknowledgement got lost."""
        number = len(delivery.attempts)
        self._run(self._again(delivery, Attempt(number=number, reason=reason)))

    async def settled(self) -> None:
        """Everything is either acknowledged or given up."""
        await self._diary.until(
            lambda: all(delivery.done for delivery in self.all),
            "every delivery to be acknowledged",
        )

    async def calm(self, seconds: float) -> None:
        """Wait that long at most for what is on its way."""
        with contextlib.suppress(NothingCame):
            await self._diary.until(
                lambda: not any(map(_on_its_way, self.all)), "calm", seconds=seconds
            )

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, delivery: Delivery) -> None:
        waits = [0.0, *(RETRY_AFTER if delivery.kind is Kind.EVENT else ())]
        reason = ""
        for number, wait in enumerate(waits):
            await self._clock.sleep(wait)
            attempt = Attempt(number=number, reason=reason)
            final = await self._try(delivery, attempt)
            if final:
                break
            reason = attempt.failed or ""
        delivery.done = True
        self._diary.note()

    async def _again(self, delivery: Delivery, attempt: Attempt) -> None:
        await self._try(delivery, attempt)

    async def _try(self, delivery: Delivery, attempt: Attempt) -> bool:
        """Whether there is no point in another one."""
        delivery.attempts.append(attempt)
        again = f", attempt {attempt.number + 1}" if attempt.number else ""
        try:
            ack = await self.transport.send(delivery, attempt)
        except NotDelivered as error:
            attempt.failed = str(error)
            self._diary.note(f"{delivery} was not delivered{again}: {error}")
            return error.final
        if not delivery.acknowledged:
            delivery.ack, delivery.acknowledged = ack, True
            if delivery.then is not None:
                delivery.then(ack or {})
        self._diary.note(f"{delivery} was acknowledged{again}")
        return True


def _on_its_way(delivery: Delivery) -> bool:
    """Sent, and neither acknowledged nor failed; or about to be sent."""
    last = delivery.attempts[-1] if delivery.attempts else None
    return not delivery.done and (last is None or last.failed is None)


async def within_the_limit(clock: Clock, work: "asyncio.Future[Json | None]") -> bool:
    """Whether it is done in three seconds of this clock; it is left running."""
    limit = asyncio.create_task(clock.sleep(ACKNOWLEDGE_WITHIN))
    both: set[asyncio.Future[Any]] = {work, limit}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        limit.cancel()
        await asyncio.wait({limit})
    return work.done()
