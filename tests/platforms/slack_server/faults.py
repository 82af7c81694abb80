"""Faults on demand: what the Web API and response URLs do wrong, method by method."""

import asyncio
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from tests.platforms.slack_server.errors import SlackError

RESPONSE_URL = "response_url"  # named as if it were a method


@dataclass(kw_only=True)
class Fault:
    """What happens to the next ``times`` calls of a method.

    ``error`` is answered instead; with ``lose`` the call is carried out and the answer
    lost; ``gate`` keeps it waiting until set.
    """

    method: str
    times: int
    status: int = 200
    error: SlackError | None = None
    headers: dict[str, str] = field(default_factory=dict)
    lose: bool = False
    drop: bool = False
    gate: asyncio.Event | None = None
    met: int = 0  # how many calls have had it


class Faults:
    """Methods are named as Slack names them, with stars: ``"chat.*"``."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def next_for(self, method: str) -> Fault | None:
        for fault in self._faults:
            if fault.times > 0 and fnmatchcase(method, fault.method):
                fault.times -= 1
                fault.met += 1
                return fault
        return None

    def fail(
        self, method: str, error: str, *, status: int = 200, times: int = 1
    ) -> Fault:
        """Answer with this error: ``"fatal_error"``, ``"missing_scope"``, …"""
        return self._add(method, times, status=status, error=SlackError(error))

    def unavailable(self, method: str, *, status: int = 503, times: int = 1) -> Fault:
        """500, 502 or 503."""
        return self.fail(method, "service_unavailable", status=status, times=times)

    def rate_limit(self, method: str, *, retry_after: int = 1, times: int = 1) -> Fault:
        """429 with Retry-After in whole seconds, as Slack has it."""
        return self._add(
            method,
            times,
            status=429,
            error=SlackError("ratelimited"),
            headers={"Retry-After": str(retry_after)},
        )

    def drop(self, method: str, *, times: int = 1) -> Fault:
        """Close the connection and do nothing."""
        return self._add(method, times, drop=True)

    def lose_answer(self, method: str, *, times: int = 1) -> Fault:
        """Do what is asked, then close the connection without an answer."""
        return self._add(method, times, lose=True)

    def hold(self, method: str, *, times: int = 1) -> Fault:
        """Keep a call waiting until its ``gate`` is set."""
        return self._add(method, times, gate=asyncio.Event())

    def release(self) -> None:
        """Let everything go that is kept waiting."""
        for fault in self._faults:
            if fault.gate is not None:
                fault.gate.set()

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self._faults.clear()

    def _add(self, method: str, times: int, **what: Any) -> Fault:
        fault = Fault(method=method, times=times, **what)
        self._faults.append(fault)
        return fault
