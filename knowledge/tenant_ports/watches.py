"""What channels watch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import Kept, LedgerLine, Tenant, Watch


class WatchStore(Protocol):
    """Keeps what channels watch, and how far each was told.

    As ``TenantStore``: each method one transaction; what is another tenant's is answered
    as what is not there. Any method may raise StoreUnavailable.
    """

    def head(self) -> int:
        """The last line of the ledger; 0 where there is none."""
        ...

    def lines(self, after: int, limit: int) -> tuple[LedgerLine, ...]:
        """What was published or retracted behind a line of the ledger, in order."""
        ...

    def add(self, watch: Watch, most: int) -> Kept:
        """Keep a new one where its channel has less than ``most``.

        Where the channel watches the same already, that one takes the rhythm and the
        language, and keeps the line up to which it was told.
        """
        ...

    def of(self, tenant: Tenant, channel: str) -> tuple[Watch, ...]:
        """What a channel watches, in the order in which it was added."""
        ...

    def on(self, platform: str) -> tuple[Watch, ...]:
        """All of a platform."""
        ...

    def end(self, tenant: Tenant, channel: str, id: str) -> bool:
        """Forget one; False where that channel has none such."""
        ...

    def begin(self, ids: Sequence[str], through: int) -> None:
        """A telling up to this line is handed out; one that was begun stays as it is."""
        ...

    def told_through(
        self, tenant: Tenant, channel: str, through: int, at: datetime
    ) -> bool:
        """What was begun up to this line is told; False where nothing was."""
        ...
