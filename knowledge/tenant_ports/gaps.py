"""What was asked and refused."""

from datetime import datetime
from typing import Protocol

from knowledge.model import Refusal, Tenant


class GapStore(Protocol):
    """Keeps what was refused. As ``TenantStore``."""

    def add(self, refusal: Refusal) -> None:
        """Keep a refused question. Raises InvalidMetadata."""
        ...

    def refusals(
        self, tenant: Tenant | None = None, since: datetime | None = None
    ) -> tuple[Refusal, ...]:
        """A tenant's, or all, since an instant, oldest first."""
        ...

    def wipe(self, tenant: Tenant) -> int:
        """Forget the words of a tenant's questions, not that they were asked."""
        ...

    def purge(self, *, texts: datetime, refusals: datetime) -> int:
        """Wipe words, and refusals at all, older than these instants; how many."""
        ...
