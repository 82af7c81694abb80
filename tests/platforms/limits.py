"""The limits that the platforms set, by the clock on the wall, for loads.

Discord says in every answer how much of a bucket is left; Slack says nothing until it
refuses. Both are counted in windows here, which begin with the first call in each.
"""

import re
import time
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Final


@dataclass(frozen=True)
class Limit:
    """So many calls in so many seconds."""

    most: int
    seconds: float


DISCORD_CHANNEL: Final = Limit(5, 5)
"""New messages, and edits, in a channel: what Discord's answers have said for years."""
DISCORD_EVERYWHERE: Final = Limit(50, 1)
"""https://docs.discord.com/developers/topics/rate-limits#global-rate-limit"""
SLACK_TIER_3: Final = Limit(50, 60)
"""https://docs.slack.dev/apis/web-api/rate-limits: chat.update, conversations.replies"""
SLACK_CHANNEL: Final = Limit(60, 60)
"""chat.postMessage in a channel: one a second, and short bursts are let pass."""


@dataclass(frozen=True)
class Left:
    """What is left in a window and for how long it lasts; ``refused``: it was empty."""

    limit: Limit
    left: int
    seconds: float
    refused: bool


@dataclass
class Limits:
    """``speed``: how many times faster than in the world the windows pass."""

    speed: float = 1.0
    refusals: Counter[str] = field(default_factory=Counter)
    _windows: dict[Hashable, tuple[float, int]] = field(default_factory=dict)

    def take(self, name: str, key: Hashable, limit: Limit) -> Left:
        """One call of a kind."""
        now, lasts = time.monotonic(), limit.seconds / self.speed
        began, taken = self._windows.get((name, key), (now, 0))
        if now - began >= lasts:
            began, taken = now, 0
        if taken >= limit.most:
            self.refusals[name] += 1
            return Left(limit, 0, began + lasts - now, refused=True)
        self._windows[name, key] = (began, taken + 1)
        return Left(limit, limit.most - taken - 1, began + lasts - now, refused=False)

    # --- Discord -------------------------------------------------------------------

    def discord(self, method: str, path: str) -> tuple[dict[str, str], Left | None]:
        """The headers of an answer; and the limit that refuses it."""
        everywhere = self.take("everywhere", None, DISCORD_EVERYWHERE)
        if everywhere.refused:
            return {"X-RateLimit-Global": "true", **_refused(everywhere)}, everywhere
        channel = re.match(r"/channels/(\d+)/messages", path)
        if channel is None or method not in ("POST", "PATCH"):
            return {}, None
        left = self.take(method, channel[1], DISCORD_CHANNEL)
        headers = {
            "X-RateLimit-Limit": str(left.limit.most),
            "X-RateLimit-Remaining": str(left.left),
            "X-RateLimit-Reset-After": f"{left.seconds:.3f}",
            "X-RateLimit-Reset": f"{time.time() + left.seconds:.3f}",
            "X-RateLimit-Bucket": f"{method}-messages".lower(),
        }
        if left.refused:
            return {**headers, **_refused(left), "X-RateLimit-Scope": "user"}, left
        return headers, None

    # --- Slack ---------------------------------------------------------------------

    def slack(self, method: str, team: str, arguments: Mapping[str, object]) -> int:
        """0, or after how many whole seconds it may be called again."""
        if method == "chat.postMessage":
            left = self.take(method, (team, arguments.get("channel")), SLACK_CHANNEL)
        elif method in ("chat.update", "conversations.replies"):
            left = self.take(method, team, SLACK_TIER_3)
        else:
            return 0
        return max(1, ceil(left.seconds)) if left.refused else 0


def _refused(left: Left) -> dict[str, str]:
    return {"Retry-After": f"{left.seconds:.3f}"}
