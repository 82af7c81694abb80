"""Faults on demand: what the REST side does wrong, route by route."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.discord_server.errors import RATE_LIMITED, ErrorKind


@dataclass(kw_only=True)
class Fault:
    """What happens to the next ``times`` requests of a route.

    ``error`` is answered instead; with ``lose`` the request is carried out and the
    answer lost; ``gate`` keeps it waiting until set.
    """

    method: str
    pattern: re.Pattern[str]
    times: int
    error: ErrorKind | None = None
    details: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    lose: bool = False
    drop: bool = False
    gate: asyncio.Event | None = None
    met: int = 0  # how many requests have had it


class Faults:
    """Routes are named by method and pattern: ``"POST", "/channels/*/messages"``.

    A star stands for one part of the path.
    """

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def next_for(self, method: str, path: str) -> Fault | None:
        for fault in self._faults:
            fits = fault.method == method and fault.pattern.fullmatch(path)
            if fault.times > 0 and fits:
                fault.times -= 1
                fault.met += 1
                return fault
        return None

    def fail(
        self, method: str, route: str, error: ErrorKind, *, times: int = 1
    ) -> Fault:
        """Answer with this error."""
        limited = {"retry_after": 0.01, "global": False} if error.status == 429 else {}
        return self._add(method, route, times, error=error, details=limited)

    def rate_limit(
        self,
        method: str,
        route: str,
        *,
        retry_after: float = 0.05,
        times: int = 1,
        everywhere: bool = False,
    ) -> Fault:
        """429 with Retry-After; ``everywhere`` is the global limit."""
        return self._add(
            method,
            route,
            times,
            error=RATE_LIMITED,
            details={"retry_after": retry_after, "global": everywhere},
            headers={
                "Retry-After": str(retry_after),
                "X-RateLimit-Reset-After": str(retry_after),
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Scope": "global" if everywhere else "user",
                **({"X-RateLimit-Global": "true"} if everywhere else {}),
            },
        )

    def drop(self, method: str, route: str, *, times: int = 1) -> Fault:
        """Close the connection and do nothing."""
        return self._add(method, route, times, drop=True)

    def lose_answer(self, method: str, route: str, *, times: int = 1) -> Fault:
        """Do what is asked, then close the connection without an answer."""
        return self._add(method, route, times, lose=True)

    def hold(self, method: str, route: str, *, times: int = 1) -> Fault:
        """Keep a request waiting until its ``gate`` is set."""
        return self._add(method, route, times, gate=asyncio.Event())

    def release(self) -> None:
        """Let everything go that is kept waiting."""
        for fault in self._faults:
            if fault.gate is not None:
                fault.gate.set()

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self._faults.clear()

    def _add(self, method: str, route: str, times: int, **what: Any) -> Fault:
        pattern = re.compile(re.escape(route).replace(r"\*", "[^/]+"))
        fault = Fault(method=method, pattern=pattern, times=times, **what)
        self._faults.append(fault)
        return fault
