"""Which of several processes leads: a lock in PostgreSQL that ends with its connection."""

import hashlib
import time
from contextlib import suppress
from threading import Lock

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from knowledge.adapters.sql_engine import Database
from knowledge.errors import StoreUnavailable

CHECK_EVERY = 1.0
"""Seconds for which a held lock is believed to be held: the server may have gone."""


class AdvisoryLock:
    """Implements ``ports.OwnerLock`` on a session of its own, for all threads at once.

    https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
    """

    def __init__(self, database: Database, name: str) -> None:
        digest = hashlib.sha256(f"quis {name}".encode()).digest()
        self._key = int.from_bytes(digest[:8], signed=True)
        self._database = database
        self._guard = Lock()
        self._session: Connection | None = None
        self._checked_at = 0.0

    def acquire(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; False where another leads, or it is gone."""
        deadline = time.monotonic() + timeout
        while True:
            with self._guard:
                if self._is_held() or self._taken():
                    return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(min(0.1, timeout))

    def release(self) -> None:
        """Let another process have it, from this very moment on."""
        with self._guard:
            if self._session is not None:
                # The server notices only in a while that a session has ended.
                unlock = text("SELECT pg_advisory_unlock(:key)")
                with suppress(SQLAlchemyError):
                    self._session.execute(unlock, {"key": self._key})
            self._drop()

    def _is_held(self) -> bool:
        if self._session is None:
            return False
        if time.monotonic() - self._checked_at < CHECK_EVERY:
            return True
        try:
            self._session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            self._drop()
            return False
        self._checked_at = time.monotonic()
        return True

    def _taken(self) -> bool:
        try:
            session = self._database.session()
        except StoreUnavailable:
            return False
        try:
            lock = text("SELECT pg_try_advisory_lock(:key)")
            won = bool(session.execute(lock, {"key": self._key}).scalar())
        except SQLAlchemyError:
            won = False
        if not won:
            session.close()
            return False
        self._session, self._checked_at = session, time.monotonic()
        return True

    def _drop(self) -> None:
        if self._session is not None:
            self._session.invalidate()  # closed for good: the lock ends with it
            self._session.close()
            self._session = None
