"""How fast is too fast: a token bucket for each person and channel. (pure)"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

MOST_BUCKETS = 10_000
"""Buckets that are remembered; the one unused for longest is given up first."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once, and as many again over so many seconds."""

    burst: int
    seconds: float


PERSON = Allowance(5, 30)
CHANNEL = Allowance(20, 30)
PRESSES = Allowance(20, 30)
LETTERS = Allowance(5, 600)
"""Reports and requests: each is a message in the moderators' channel."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was left at an instant."""

    left: float
    at: datetime


def taken(bucket: Bucket | None, allowance: Allowance, now: datetime) -> Bucket | int:
    """One taken out of a bucket, or the seconds until one can be.

    A clock that goes back fills nothing and takes nothing away.
    """
    left = float(allowance.burst)
    if bucket is not None:
        passed = max(0.0, (now - bucket.at).total_seconds())
        refilled = bucket.left + passed * allowance.burst / allowance.seconds
        left = min(left, refilled)
    if left >= 1:
        return Bucket(left - 1, now)
    return max(1, ceil((1 - left) * allowance.seconds / allowance.burst))


class Pace:
    """Buckets by whatever they are kept for. In memory, bounded."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[Hashable, Bucket] = OrderedDict()

    def wait(self, who: Hashable, allowance: Allowance, now: datetime) -> int:
        """0 where one more is allowed, and it is counted; else the seconds to wait."""
        held = self._buckets.get(who)
        found = taken(held, allowance, now)
        if isinstance(found, int):
            if (
                held is not None and held.at > now
            ):  # a clock that went back: by it alone
                self._buckets[who] = Bucket(held.left, now)
            return found
        self._buckets[who] = found
        self._buckets.move_to_end(who)
        while len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return 0
