"""How the pages of sources were when they were last looked at."""

from typing import Protocol

from knowledge.model import PageCheck


class PageCheckStore(Protocol):
    """Keeps the last look at each source's page. As ``TenantStore``."""

    def put(self, check: PageCheck) -> None:
        """Keep it in the place of the one before. Raises InvalidMetadata."""
        ...

    def all(self) -> tuple[PageCheck, ...]:
        """Each address's last, by address."""
        ...
