"""An intent in, a card out; the only place where async meets the synchronous engine.

Loads neither model nor index: it works on any library that is handed to it.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from bot import replies
from bot.cards import Card
from bot.conversation import resolve
from bot.intents import Ask, CoverageRequest, Intent
from bot.replies.subject import Names
from knowledge.errors import QuisError
from knowledge.model import Answer, Coverage, Mentions, Question
from knowledge.ports import Clock

AT_ONCE = 4
"""How many questions are worked on at the same time; others wait their turn."""

ENOUGH_TO_TELL = 200
"""Characters of a question by which its language is told when it cannot be answered."""

T = TypeVar("T")


class FrontDoor(Protocol):
    """What the desk needs of a library. Called from several threads."""

    @property
    def vocabulary(self) -> Names:
        """The names that it knows."""
        ...

    def ask(self, text: str, *, limit: int = 3, language: str | None = None) -> Answer:
        """Passages that answer, or a refusal. May raise any QuisError."""
        ...

    def read(self, text: str, language: str | None = None) -> Question:
        """The question as it is read."""
        ...

    def coverage(
        self, vendor: str | None = None, place: str | None = None
    ) -> tuple[Coverage, ...]:
        """What is held."""
        ...


def note(fault: Exception) -> None:
    """Log that something failed that nobody foresaw; its message is not told.

    The message may hold what a person typed, so only the kind of error is named.
    """
    logging.getLogger(__name__).error(
        "desk_failed", extra={"error": type(fault).__name__}
    )


class Desk:
    """Answers intents over one library. Belongs to one event loop."""

    def __init__(
        self,
        library: FrontDoor,
        clock: Clock,
        *,
        at_once: int = AT_ONCE,
        on_fault: Callable[[Exception], None] = note,
    ) -> None:
        self._library = library
        self._clock = clock
        self._slots = asyncio.Semaphore(at_once)
        self._on_fault = on_fault

    async def answer(self, ask: Ask) -> Answer:
        """The engine's answer to the question meant. Raises QuisError."""

        def work() -> Answer:
            meant = resolve(ask.earlier, ask.text, self._mentions)
            return self._library.ask(meant.text, limit=ask.limit, language=ask.language)

        return await self._in_thread(work)

    def _mentions(self, text: str) -> Mentions:
        """What a text of the conversation names, misspelt names too."""
        return self._library.read(text).mentions

    def present(self, ask: Ask, answer: Answer) -> Card:
        """The card of an answer; a question understood as another is shown too."""
        return replies.answer(
            answer,
            self._library.vocabulary,
            self._clock.now().date(),
            language=ask.language,
            asked=ask.text,
        )

    async def card(self, intent: Intent) -> Card:
        """The card for whatever is asked. Raises nothing: an error is a card too."""
        try:
            match intent:
                case Ask():
                    return self.present(intent, await self.answer(intent))
                case CoverageRequest():
                    return await self._coverage(intent)
        except QuisError as error:
            return replies.error(error, await self._language(intent))
        except Exception as fault:
            self._on_fault(fault)
            return replies.unexpected(await self._language(intent))

    async def _coverage(self, request: CoverageRequest) -> Card:
        rows = await self._in_thread(
            lambda: self._library.coverage(request.vendor, request.place)
        )
        return replies.coverage(
            rows,
            self._library.vocabulary,
            vendor=request.vendor,
            place=request.place,
            language=request.language,
        )

    async def _language(self, intent: Intent) -> str | None:
        """The language to say an error in, even where nothing else works."""
        if intent.language is not None or isinstance(intent, CoverageRequest):
            return intent.language
        opening = intent.text[:ENOUGH_TO_TELL]
        try:
            read = await self._in_thread(lambda: self._library.read(opening))
        except Exception:  # one error is being told already
            return None
        return read.language

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """Run in a thread. Where a caller gives up, the thread keeps its slot."""
        await self._slots.acquire()
        running = asyncio.ensure_future(asyncio.to_thread(work))
        running.add_done_callback(self._ended)
        return await asyncio.shield(running)

    def _ended(self, running: asyncio.Future[T]) -> None:
        self._slots.release()
        if not running.cancelled():
            running.exception()  # looked at, so that asyncio does not warn of it
