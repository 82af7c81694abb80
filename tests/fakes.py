"""The few fakes: the clock, and a model that is quick and needs no weights."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class FixedClock:
    """A clock that moves only when a test moves it."""

    instant: datetime = NOON

    def now(self) -> datetime:
        return self.instant

    def advance(self, **span: float) -> None:
        self.instant += timedelta(**span)


@dataclass
class WordEmbedder:
    """Hashes words into a unit vector: texts that share words lie close together."""

    size: int = 64
    fingerprint: str = "words-64"
    languages: frozenset[str] = field(default_factory=lambda: frozenset({"en"}))

    def queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [self._vector(text) for text in texts]

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        vector = [1e-3] * self.size
        for word in text.casefold().split():
            digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
            vector[int.from_bytes(digest[:4]) % self.size] += 1.0
        length = math.sqrt(sum(x * x for x in vector))
        return [x / length for x in vector]
