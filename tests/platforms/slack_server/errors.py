"""The errors of Slack's Web API: HTTP 200 with ``ok: false`` and a documented word."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class SlackError(Exception):
    """Raised by a method, answered as Slack would."""

    error: str
    details: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.details}


class NotOffered(AssertionError):
    """Slack's client does not offer this, so nobody can do it."""


def refused(error: str, problems: list[str]) -> SlackError:
    """With what is wrong, a sentence each, where Slack puts it."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return SlackError(error, {"response_metadata": {"messages": messages}})
