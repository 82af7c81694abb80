"""Things remembered for a while, the oldest forgotten first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most so many values, each for so many seconds. ``now`` never goes back."""

    def __init__(self, most: int, seconds: float, now: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._now = now
        self._held: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value, where it is held still."""
        return self._held[key][1] if self.holds(key) else None

    def holds(self, key: K) -> bool:
        """Whether there is a value still."""
        found = self._held.get(key)
        return found is not None and self._now() - found[0] < self._seconds

    def put(self, key: K, value: V) -> None:
        """Hold it from now on."""
        self._held[key] = (self._now(), value)
        self._held.move_to_end(key)
        while len(self._held) > self._most:
            self._held.popitem(last=False)


class Seen(Generic[K]):
    """At most so many things, each for so many seconds."""

    def __init__(self, most: int, seconds: float, now: Callable[[], float]) -> None:
        self._held: Recent[K, None] = Recent(most, seconds, now)

    def __contains__(self, key: K) -> bool:
        return self._held.holds(key)

    def note(self, key: K) -> bool:
        """Whether it was new; it is not from now on."""
        new = key not in self
        if new:
            self._held.put(key, None)
        return new
