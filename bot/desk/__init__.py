"""An intent in, a card out; the only place where async meets the synchronous engine.

Loads neither model nor index: it works on any library that is handed to it.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from bot import replies
from bot.cards import Card
from bot.conversation import Known, resolve
from bot.conversation.askable import cleaned, unfit
from bot.desk.front_door import Drawing, FrontDoor
from bot.desk.threads import Slots, in_thread
from bot.intents import (
    Ask,
    CountryRequest,
    CoverageRequest,
    Intent,
    LawsRequest,
    ProfileRequest,
    SourcesRequest,
    TimelineRequest,
)
from bot.replies.subject import Names
from knowledge.errors import QuisError
from knowledge.model import (
    Answer,
    Context,
    Coverage,
    Document,
    Evidence,
    Mentions,
    NoAnswer,
    Question,
    QuestionKind,
    Reason,
    ShownPassage,
)
from knowledge.ports import Clock
from knowledge.proofs import Proof

AT_ONCE = 4
"""How many questions are worked on at the same time; others wait their turn."""

ASIDE_AT_ONCE = 8
"""How many short errands to the store are run beside the questions."""

ENOUGH_TO_TELL = 200
"""Characters of a question by which its language is told when it cannot be answered."""

T = TypeVar("T")


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
        draw: Drawing | None = None,
    ) -> None:
        self._library = library
        self._clock = clock
        self._slots = Slots(at_once)
        self._aside = Slots(ASIDE_AT_ONCE)
        self.on_fault = on_fault
        self._draw = draw

    @property
    def names(self) -> Names:
        """The names to show."""
        return self._library.vocabulary

    @property
    def today(self) -> date:
        """The day, by which evidence is old or not."""
        return self._clock.now().date()

    # --- questions -----------------------------------------------------------------

    async def answer(self, ask: Ask) -> Answer:
        """The engine's answer to the question meant. Raises QuisError."""

        def work() -> Answer:
            terms = self._library.vocabulary
            known = Known(self._mentions, terms.matters, terms.light_concepts)
            meant = resolve(ask.earlier, ask.text, known)
            if meant.dangling:
                read = self._library.read(ask.text, ask.language)
                if read.kind is not QuestionKind.NONE:
                    return self._of_nobody(read)
            return self._library.ask(
                meant.text,
                limit=ask.limit,
                language=ask.language,
                follows=meant.follows,
            )

        return await in_thread(work, self._slots)

    def _of_nobody(self, read: Question) -> Answer:
        """A refusal with all that is held, as nobody said on whom the question is."""
        return NoAnswer(
            question=read,
            reason=Reason.UNKNOWN_SUBJECT,
            coverage=self._library.coverage(),
        )

    def _mentions(self, text: str) -> Mentions:
        """What a text of the conversation names, misspelt names too."""
        return self._library.read(text).mentions

    def present(
        self,
        ask: Ask,
        answer: Answer,
        *,
        key: str = "",
        private: bool = False,
        moderated: bool = True,
    ) -> Card:
        """The card of an answer; a question understood as another is shown too.

        Where nothing was asked, in so many words, how to ask.
        """
        text, language = cleaned(ask.text), ask.spoken or ask.language
        if isinstance(answer, NoAnswer) and (problem := unfit(text)) is not None:
            return replies.unfit(problem, len(text), language)
        return replies.answer(
            answer,
            self._library.vocabulary,
            self.today,
            language=language,
            asked=ask.text,
            key=key,
            private=private,
            moderated=moderated,
        )

    async def read(self, text: str) -> Question:
        """A text as it is read. Raises QuisError."""
        return await self.aside(lambda: self._library.read(text))

    async def vendor(self, typed: str) -> tuple[str | None, Question]:
        """The id of a vendor, by its id or any of its names, and how it was read."""
        read = await self.read(typed)
        if self.names.vendor_name(typed) != typed:
            return typed, read
        return next(iter(read.mentions.vendors), None), read

    async def place(self, typed: str) -> tuple[str | None, Question]:
        """The code of a place, by its code or any of its names, and how it was read."""
        read = await self.read(typed)
        if self.names.place_name(typed.upper(), "en") != typed.upper():
            return typed.upper(), read
        return next(iter(read.mentions.places), None), read

    # --- answers that were given ---------------------------------------------------

    async def recall(
        self, passages: Sequence[ShownPassage], places: Sequence[str]
    ) -> tuple[Evidence, ...]:
        """Those of an answer's passages that may be quoted now. Raises QuisError.

        ``places`` are those that were asked about.
        """
        return await self.aside(lambda: self._library.recall(passages, places))

    async def around(self, evidence: Evidence) -> Context | None:
        """The sentences around a quote. Raises QuisError."""
        return await self.aside(
            lambda: self._library.around(evidence.passage.id, evidence.quote)
        )

    async def document(self, id: str, revision: int | None = None) -> Document:
        """A document, by default at its newest revision. Raises UnknownDocument."""
        return await self.aside(lambda: self._library.document(id, revision))

    async def proof(self, address: str) -> Proof:
        """What proves a passage. Raises UnknownDocument."""
        return await self.aside(lambda: self._library.proofs.proof(address))

    async def everything_on(
        self, vendor: str, place: str | None
    ) -> tuple[tuple[Evidence, ...], tuple[Coverage, ...]]:
        """Every published passage on them, oldest first, and what is held where."""
        library = self._library

        def work() -> tuple[tuple[Evidence, ...], tuple[Coverage, ...]]:
            return library.everything_on(vendor, place), library.coverage(vendor, place)

        return await self.aside(work)

    async def coverage(self) -> tuple[Coverage, ...]:
        """All that is held. Raises QuisError."""
        return await self.aside(self._library.coverage)

    # --- cards ---------------------------------------------------------------------

    async def card(
        self,
        intent: Intent,
        heed: Callable[[Answer], object] = lambda _: None,
        tell: Callable[[QuisError, str | None], Card] = replies.error,
    ) -> Card:
        """The card for whatever is asked. Raises nothing: an error is a card too.

        ``heed`` is told of the answer to a question, before it is shown. ``tell`` words
        an error in a language.
        """
        try:
            if isinstance(intent, Ask):
                answer = await self.answer(intent)
                heed(answer)
                return self.present(intent, answer)
            return await self.aside(lambda: self._held(intent))
        except QuisError as error:
            return tell(error, await self.language(intent))
        except Exception as fault:
            self.on_fault(fault)
            return replies.unexpected(await self.language(intent))

    def _held(self, request: Intent) -> Card:
        """What is held, seen from one side or another."""
        library, names = self._library, self._library.vocabulary
        match request:
            case CoverageRequest(vendor=vendor, place=place, language=language):
                rows = library.coverage(vendor, place)
                return replies.coverage(
                    rows, names, vendor=vendor, place=place, language=language
                )
            case ProfileRequest(vendor=vendor, language=language):
                return replies.profile(
                    library.profile(vendor), names, language=language
                )
            case CountryRequest(place=place, language=language):
                return replies.country(library.country(place), names, language=language)
            case LawsRequest(place=place, language=language):
                held = library.laws(place)
                return replies.laws(held, names, place=place, language=language)
            case SourcesRequest(vendor=vendor, place=place, language=language):
                cited = library.sources(vendor, place)
                return replies.sources(
                    cited, names, vendor=vendor, place=place, language=language
                )
            case TimelineRequest():
                return self._timeline(request)
            case Ask():
                raise TypeError("a question is answered, not looked up")

    def _timeline(self, request: TimelineRequest) -> Card:
        library, names = self._library, self._library.vocabulary
        if self._draw is None:  # nothing to draw with: what is held, in words
            rows = library.coverage(request.vendor, request.place)
            return replies.coverage(
                rows,
                names,
                vendor=request.vendor,
                place=request.place,
                language=request.language,
            )
        events = library.dated_events(request.vendor, request.place)
        language = request.language or "en"
        parts = [names.vendor_name(request.vendor)] if request.vendor else []
        parts += [names.place_name(request.place, language)] if request.place else []
        title = " · ".join(parts)
        picture = self._draw(events, title, language) if events else None
        return replies.timeline(
            picture,
            names,
            vendor=request.vendor,
            place=request.place,
            undated=library.undated(request.vendor, request.place),
            language=request.language,
        )

    async def language(self, intent: Intent) -> str | None:
        """The language to say an error in, even where nothing else works."""
        if not isinstance(intent, Ask):
            return intent.language
        if intent.spoken or intent.language:
            return intent.spoken or intent.language
        opening = intent.text[:ENOUGH_TO_TELL]
        try:
            read = await self.read(opening)
        except Exception:  # one error is being told already
            return None
        return read.language

    # --- threads -------------------------------------------------------------------

    async def aside(self, work: Callable[[], T]) -> T:
        """Run a short errand in a thread, beside the questions and not behind them."""
        return await in_thread(work, self._aside)
