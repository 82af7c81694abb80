"""The same event twice: platforms deliver again what they are not sure has arrived."""

from datetime import datetime, timedelta

from bot.reception.memory import Fading
from knowledge.model import Tenant

REMEMBERED = 20_000
LASTS = timedelta(minutes=10)
"""Slack's last repetition comes after five."""


def marks(channel: str, event: str, message: str) -> tuple[str, ...]:
    """What tells an event again: its id, and the message that it brought.

    One message comes as two events where both kinds are subscribed to.
    """
    found = [f"event:{event}"] if event else []
    if message:
        found.append(f"message:{channel}:{message}")
    return tuple(found)


class Repeats:
    """The events of the last minutes, of this process."""

    def __init__(self) -> None:
        self._seen: Fading[tuple[Tenant, str], bool] = Fading(REMEMBERED, LASTS)

    def first(self, tenant: Tenant, marks: tuple[str, ...], now: datetime) -> bool:
        """Whether none of these marks was seen; all are from now on."""
        known = any(self._seen.get((tenant, mark), now) for mark in marks)
        for mark in marks:
            self._seen.put((tenant, mark), True, now)  # noqa: FBT003
        return not known
