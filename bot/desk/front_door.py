"""What the desk needs of a library, and of whoever draws."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.cards import Picture
from bot.replies.subject import Names
from knowledge.model import (
    Answer,
    Context,
    CountryProfile,
    Coverage,
    DatedEvent,
    Document,
    Evidence,
    FollowUp,
    Holding,
    Profile,
    Publisher,
    Question,
    ShownPassage,
    Span,
)
from knowledge.proofs import Proofs


class Terms(Names, Protocol):
    """What the library's vocabulary knows."""

    @property
    def matters(self) -> frozenset[str]:
        """The concepts that a question can be on: technologies, laws by their names."""
        ...

    @property
    def light_concepts(self) -> frozenset[str]:
        """Those that weigh little."""
        ...


class FrontDoor(Protocol):
    """What the desk needs of a library. Called from several threads."""

    @property
    def vocabulary(self) -> Terms:
        """The names that it knows."""
        ...

    def ask(
        self,
        text: str,
        *,
        limit: int = 3,
        language: str | None = None,
        follows: FollowUp | None = None,
    ) -> Answer:
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

    def profile(self, vendor: str) -> Profile:
        """A vendor, and what is held on it."""
        ...

    def country(self, place: str) -> CountryProfile:
        """A country, and what is held on it."""
        ...

    def laws(self, place: str | None = None) -> tuple[Holding, ...]:
        """The texts of law that are held."""
        ...

    def sources(
        self, vendor: str | None = None, place: str | None = None
    ) -> tuple[Publisher, ...]:
        """Whose publications are cited."""
        ...

    def dated_events(
        self, vendor: str | None = None, place: str | None = None
    ) -> tuple[DatedEvent, ...]:
        """What is held and dated, oldest first."""
        ...

    def undated(self, vendor: str | None = None, place: str | None = None) -> int:
        """How many documents bear no date."""
        ...

    def recall(
        self, passages: Sequence[ShownPassage], places: Sequence[str] = ()
    ) -> tuple[Evidence, ...]:
        """Those that are published at this moment, in order."""
        ...

    def around(self, passage: str, quote: Span) -> Context | None:
        """The sentences around a quote; None where it is no longer published."""
        ...

    def document(self, document: str, revision: int | None = None) -> Document:
        """A document. Raises UnknownDocument."""
        ...

    @property
    def proofs(self) -> Proofs:
        """What proves a passage."""
        ...

    def everything_on(
        self, vendor: str, place: str | None = None
    ) -> tuple[Evidence, ...]:
        """Every published passage on them, oldest first."""
        ...


Drawing = Callable[[Sequence[DatedEvent], str, str], Picture]
"""Events, a title and a language → the picture of a timeline."""
