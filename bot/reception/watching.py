"""What may be known of a question by whoever operates the bot: that it was, and how it ended.

No text, no names, no tenant; one id ties together what is logged of one request.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog

from knowledge.model import Answer, Answered, NoAnswer


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    BUSY = "busy"  # too many were in the house
    FAILED = "failed"  # an error was told
    SILENT = "silent"  # nobody had asked, and there was nothing worth saying


@dataclass(frozen=True, slots=True)
class Ended:
    """A question that was dealt with. ``reason`` of a refusal; ``seconds`` with waiting."""

    platform: str
    outcome: Outcome
    reason: str
    seconds: float


class Watch(Protocol):
    """Counts questions. Called in the event loop; must not wait."""

    def ended(self, question: Ended) -> None:
        """A question was dealt with."""
        ...


class Unwatched:
    """A ``Watch`` that counts nothing."""

    def ended(self, question: Ended) -> None:
        """Let it pass."""


class Course:
    """Follows one question to its end."""

    def __init__(self, platform: str, watch: Watch) -> None:
        self._platform = platform
        self._watch = watch
        self._begun = time.perf_counter()
        self._outcome = Outcome.FAILED
        self._reason = ""

    def came_to(self, outcome: Outcome) -> None:
        """How it ends, if nothing else happens."""
        self._outcome, self._reason = outcome, ""

    def found(self, answer: Answer) -> None:
        """What the engine said."""
        match answer:
            case Answered():
                self._outcome = Outcome.ANSWERED
            case NoAnswer(reason=reason):
                self._outcome, self._reason = Outcome.REFUSED, str(reason)

    def end(self) -> None:
        """Count it, and log it without a word of it."""
        seconds = time.perf_counter() - self._begun
        ended = Ended(self._platform, self._outcome, self._reason, seconds)
        self._watch.ended(ended)
        structlog.get_logger().info(
            "question_ended",
            platform=ended.platform,
            outcome=str(ended.outcome),
            reason=ended.reason or None,
            seconds=round(seconds, 4),
        )


@contextmanager
def request() -> Iterator[None]:
    """All that is logged inside, in threads too, carries the id of this request."""
    with structlog.contextvars.bound_contextvars(request=secrets.token_hex(6)):
        yield
