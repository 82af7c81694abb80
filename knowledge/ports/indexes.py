"""What finds passages: a question to an index, and the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.model import HeldPassage, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for.

    ``vendors`` and ``places`` filter: a hit has one of each that is not empty.
    ``concepts`` add to the score; so do ``text`` and its words.
    """

    text: str
    language: str
    vendors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate: an id and this index's own score, larger is better."""

    passage: str
    score: float


class PassageIndex(Protocol):
    """A cache of published passages that can be searched. May be behind the store.

    Safe to search from several threads while one thread applies changes. Any method
    may raise IndexUnavailable.
    """

    @property
    def name(self) -> str:
        """``dense`` or ``lexical``."""
        ...

    def position(self) -> Position | None:
        """How far it has followed the feed; None where it is new or was cleared."""
        ...

    def apply(
        self, put: Sequence[HeldPassage], drop: Sequence[str], position: Position
    ) -> None:
        """Bring it to ``position``. Repeatable: applying the same twice changes nothing.

        The position is moved after the data, so that an interrupted call is repeated.
        """
        ...

    def search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        """The best passages, best first, ties by id. Never raises for odd text."""
        ...

    def ids(self) -> frozenset[str]:
        """The ids of all passages in it, for verification."""
        ...

    def clear(self) -> None:
        """Empty it and forget the position."""
        ...

    def close(self) -> None:
        """Let go of files and memory."""
        ...
