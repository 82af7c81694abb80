"""The dense index in a Chroma server, which several processes share.

Reached when it is asked, not when it is opened: a server that is gone, and comes back with
or without what was in it, is found again by itself. One that has just failed is left in
peace for a moment, so that no question waits for it twice.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

import httpx  # comes with chromadb, which lets its errors through

from knowledge.adapters.chroma_filter import Passing, where
from knowledge.adapters.chroma_index import ChromaIndex
from knowledge.adapters.chroma_library import (
    ChromaError,
    chromadb,
    settings,
    unchecked,
)
from knowledge.errors import IndexUnavailable, ModelUnavailable
from knowledge.model import HeldPassage, Position
from knowledge.ports import Embedder, Hit, Query

LOOK_EVERY = 1.0
"""Seconds for which the position is believed: others may write, the server may be new."""

REST = 2.0
"""Seconds before one that failed is asked again."""

TIMEOUT = 10.0
"""Seconds that the server may take; chromadb itself would wait for ever."""


class ChromaServerIndex(ChromaIndex):
    """Implements ``ports.PassageIndex`` at an address like ``http://127.0.0.1:8000``."""

    def __init__(self, url: str, embedder: Embedder, *, anew: bool = False) -> None:
        """``anew`` empties it. Raises IndexUnavailable only then."""
        self._url = url
        self._embedder = embedder
        self._writing = RLock()
        self._vectors = {}
        self._passing = Passing()
        self._client: Any = None
        self._held: chromadb.Collection | None = None
        self._looked_at = 0.0
        self._rests_until = 0.0
        if anew:
            self.clear()

    def position(self) -> Position | None:
        """How far it has followed the feed; None where it is new or was cleared."""
        with self._reached(), self._writing:
            if time.monotonic() - self._looked_at >= LOOK_EVERY:
                self._held = None
            return super().position()

    def apply(
        self, put: Sequence[HeldPassage], drop: Sequence[str], position: Position
    ) -> None:
        """Drop and put passages, then move the position."""
        with self._reached():
            super().apply(put, drop, position)

    def search(self, query: Query, limit: int) -> tuple[Hit, ...]:
        """The nearest passages, nearest first, ties by id; a score is a cosine."""
        with self._reached():
            return super().search(query, limit)

    def ids(self) -> frozenset[str]:
        """The ids of all passages in it."""
        with self._reached():
            return super().ids()

    def clear(self) -> None:
        """Empty it and forget the position."""
        with self._reached(), self._writing:
            name = self._now().name
            self._client.delete_collection(name)
            self._held = None
            self._now()

    def close(self) -> None:
        """Let go of the connection. Repeatable."""
        with self._writing:
            self._forget()

    def _now(self) -> chromadb.Collection:
        with self._writing:
            if self._client is None:
                self._client = _client(self._url)
            if self._held is None:
                self._held = self._made(self._client)
                self._looked_at = time.monotonic()
            return self._held

    def _among(self, query: Query) -> Mapping[str, Any]:
        """By their tags: others may write at any time, so no row is remembered."""
        return {"where": where(query)}

    def _written(self) -> None:
        """The server's own affair."""

    def _forget(self) -> None:
        self._client = self._held = None

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Whatever fails on the way to the server is IndexUnavailable."""
        if time.monotonic() < self._rests_until:
            raise self._unavailable()
        try:
            yield
        except IndexUnavailable as error:
            if isinstance(error.__cause__, ModelUnavailable):
                raise
            self._failed(error.__cause__ or error)
            raise self._unavailable() from error.__cause__
        except (ChromaError, httpx.HTTPError, ValueError, OSError) as error:
            self._failed(error)
            raise self._unavailable() from error

    def _failed(self, error: BaseException) -> None:
        with self._writing:
            self._forget()
        if not isinstance(error, ChromaError):  # it answered: a new one lacks our rows
            self._rests_until = time.monotonic() + REST

    def _unavailable(self) -> IndexUnavailable:
        problem = (
            f"its server at {self._url} does not answer, or not as it should: "
            "start it, or check QUIS_CHROMA; it is filled again by itself"
        )
        return IndexUnavailable(index=self.name, problem=problem)


def _client(url: str) -> Any:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    with unchecked():
        client: Any = chromadb.HttpClient(
            host=parts.hostname or "",
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=settings(),
        )
    client._server._session.timeout = httpx.Timeout(TIMEOUT)
    return client
