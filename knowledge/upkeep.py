"""The indexes of an opened library: opened when first needed, owned, and kept in step.

Embedded indexes belong to one process at a time. A process that is not the owner reads
them as they were when it opened them, and opens them again when the store has moved on
or the owner is gone; what it finds is read again from the store in any case.

An index is a cache. The owner throws a damaged one away and fills it from the store.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Protocol

from knowledge import indexing
from knowledge.errors import IndexUnavailable, ModelUnavailable, QuisError
from knowledge.model import Position
from knowledge.ports import OwnerLock, PassageIndex, Progress, Store, silent


class OpenIndex(Protocol):
    """Opens one index."""

    def __call__(self, *, anew: bool = False) -> PassageIndex:
        """``anew`` throws away what is on the disk. Raises IndexUnavailable."""
        ...


RERANKER = "reranker"
"""The name of what may fail beside the indexes."""

_WAIT = 2.0  # seconds for the lock, at first
_LONG_WAIT = 30.0  # … where the owner has yet to fill the indexes, at first use
_PATIENCE = 5.0  # seconds that a question waits for another thread's catching up


class Upkeep:
    """Owns, or borrows, the indexes. Safe to share between threads."""

    def __init__(
        self,
        store: Store,
        open_indexes: Mapping[str, OpenIndex],
        lock: OwnerLock,
        shared: Mapping[str, OwnerLock] | None = None,
    ) -> None:
        """``open_indexes`` open each index, by name.

        ``shared``: those that a server holds for several processes, and who of these leads.
        The others are this process's own, by ``lock``.
        """
        self._store = store
        self._open_indexes = open_indexes
        self._lock = lock
        self._shared = shared or {}
        self._owner = False
        self._indexes: tuple[PassageIndex, ...] | None = None
        self._opened_at: Position | None = None  # the feed's head at that time
        self._problems: dict[str, str] = {}
        self._damaged: set[str] = set()
        self._mended: set[str] = set()
        self._guard = threading.Condition()
        self._users = 0
        self._applying = threading.Lock()

    @property
    def owner(self) -> bool:
        """Whether this process may write to the indexes."""
        return self._owner

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all indexes, open or not."""
        return tuple(self._open_indexes)

    @property
    def problems(self) -> Mapping[str, str]:
        """What ails each index that ails, by name."""
        return dict(self._problems)

    def failed(self, error: QuisError) -> None:
        """Told of an index, or a model, that failed while it was asked."""
        name = str(error.subject.get("index", RERANKER))
        self._problems[name] = str(error)
        # A model that cannot be loaded is no fault of the index, and a server's is gone
        # and back, not damaged.
        if name not in (RERANKER, *self._shared) and not isinstance(
            error.__cause__, ModelUnavailable
        ):
            self._damaged.add(name)

    @contextmanager
    def in_use(self) -> Iterator[tuple[PassageIndex, ...]]:
        """The indexes that can be opened; none is closed while they are used.

        Raises IndexUnavailable where none can be.
        """
        with self._guard:
            if self._indexes is None:
                self._open_first()
            elif not self._users:
                self._look_again()
            self._users += 1
            indexes = self._indexes or ()
        try:
            yield indexes
        finally:
            with self._guard:
                self._users -= 1
                self._guard.notify_all()

    def catch_up(self, indexes: Sequence[PassageIndex], progress: Progress) -> int:
        """Bring each to the store's head, where this process is the owner, or leads.

        Returns how many changes were applied. One index that fails is noted and the
        others go on; raises its error only where all fail.
        """
        if not (self._owner or self._shared) or not self._applying.acquire(
            timeout=_PATIENCE
        ):
            return 0
        try:
            return self._catch_up(indexes, progress)
        finally:
            self._applying.release()

    @contextmanager
    def alongside(self) -> Iterator[Callable[[], None]]:
        """While much is stored, the indexes follow in a thread of their own.

        What it yields is called whenever more was stored. Left, it waits for what is being
        applied; the rest, and whatever failed, is left to the next ``catch_up``.
        """
        with ThreadPoolExecutor(1, "indexing") as thread:
            following: Future[None] | None = None

            def stored() -> None:
                nonlocal following
                if following is None or following.done():
                    following = thread.submit(self._follow)

            yield stored

    def _follow(self) -> None:
        with suppress(QuisError), self.in_use() as indexes:
            self.catch_up(indexes, silent)

    def _catch_up(self, indexes: Sequence[PassageIndex], progress: Progress) -> int:
        applied = 0
        failures: list[IndexUnavailable] = []
        for index in indexes:
            try:
                if self._is_ours(index.name):
                    applied += indexing.catch_up(self._store, [index], progress)
                elif index.name in self._shared:
                    index.position()  # whether it is back, if it was gone
                else:
                    continue
            except IndexUnavailable as error:
                failures.append(error)
                self.failed(error)
            else:
                self._problems.pop(index.name, None)
        if failures and len(failures) == len(indexes):
            raise failures[-1]
        return applied

    def _is_ours(self, name: str) -> bool:
        """Whether this process is the one to write to an index."""
        lead = self._shared.get(name)
        return self._owner if lead is None else lead.acquire(0)

    def rebuild(self, index: PassageIndex, progress: Progress) -> None:
        """Empty an index and fill it from the store. For the owner alone."""
        with self._applying:
            indexing.rebuild(self._store, index, progress)
        self._problems.pop(index.name, None)

    def close(self) -> None:
        """Wait for those who use the indexes, close them, and give up the lock."""
        with self._guard:
            self._guard.wait_for(lambda: not self._users, timeout=_LONG_WAIT)
            self._close_indexes()
            self._owner = False
            self._lock.release()
            for lead in self._shared.values():
                lead.release()

    # --- opening; called with the guard held -----------------------------------------

    def _open_first(self) -> None:
        self._owner = self._lock.acquire(_WAIT)
        self._open()
        deadline = time.monotonic() + _LONG_WAIT
        while not self._owner and self._behind() and time.monotonic() < deadline:
            self._owner = self._lock.acquire(0.5)
            self._reopen()

    def _look_again(self) -> None:
        if self._owner:
            # Once: one that fails again when it is new is not helped so.
            if self._damaged - self._mended:
                self._reopen()
            return
        self._owner = self._lock.acquire(0)
        if self._owner or self._store.head() != self._opened_at:
            self._reopen()

    def _reopen(self) -> None:
        self._close_indexes()
        self._open()

    def _open(self) -> None:
        self._opened_at = self._store.head()
        opened: list[PassageIndex] = []
        failure: IndexUnavailable | None = None
        for name, open_index in self._open_indexes.items():
            try:
                opened.append(self._open_one(name, open_index))
            except IndexUnavailable as error:
                failure = error
                self._problems[name] = str(error)
            else:
                self._problems.pop(name, None)
        if failure is not None and not opened:
            raise failure
        self._indexes = tuple(opened)

    def _open_one(self, name: str, open_index: OpenIndex) -> PassageIndex:
        if not self._owner or name in self._shared:
            return open_index()
        if name in self._damaged - self._mended:
            self._mended.add(name)
            return open_index(anew=True)
        try:
            return open_index()
        except IndexUnavailable as error:
            if isinstance(error.__cause__, ModelUnavailable):
                raise
            return open_index(anew=True)

    def _behind(self) -> bool:
        """Whether the indexes are far enough behind for answers to be missing."""
        head = self._store.head()
        for index in self._indexes or ():
            try:
                if index.position() != head:
                    return True
            except IndexUnavailable:
                continue
        return False

    def _close_indexes(self) -> None:
        for index in self._indexes or ():
            index.close()
        self._indexes = None
