"""Events that are taken up once, and the questions among them that wait for an answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from knowledge.model import PendingQuestion, Tenant


class PendingStore(Protocol):
    """Keeps which events were seen, and what was taken up and is not answered yet.

    As ``TenantStore``.
    """

    def first_time(self, tenant: Tenant, event: str, at: datetime) -> bool:
        """Whether this event had not been seen; the same again is False, by any process."""
        ...

    def take_up(
        self, question: PendingQuestion, events: Sequence[str], most: int
    ) -> bool:
        """Whether none of these events had been seen; they are, from now on, by anybody.

        Then the question is pending, from the same moment on: a process that ends behind
        this leaves it so. Where its tenant has ``most`` already, it is not noted.
        """
        ...

    def pending(
        self,
        platform: str,
        *,
        holder: str,
        begun: datetime,
        at: datetime,
        lease: timedelta,
        since: datetime,
        limit: int,
    ) -> tuple[PendingQuestion, ...]:
        """Questions of a platform that a process left behind, oldest first.

        Those that this holder took up before it had ``begun``, and those that anybody
        took up longer than a lease before ``at``, or, by a clock that was wrong, behind
        it. None that is older than ``since``.
        """
        ...

    def settle(self, tenant: Tenant, channel: str, message: str) -> bool:
        """The question in this message is pending no more; False where it was not."""
        ...
