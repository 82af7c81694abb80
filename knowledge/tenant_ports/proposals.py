"""What moderators bring in from chat."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from knowledge.model import Place, Proposal, ProposalState, Tenant


class ProposalStore(Protocol):
    """Keeps what moderators bring in from chat, until they know what became of it.

    As ``TenantStore``: each method one transaction, nothing crosses tenants. Any method
    may raise StoreUnavailable, a write InvalidMetadata for text that no database holds.
    """

    def add(self, proposal: Proposal) -> None:
        """Keep a new proposal. One whose key is there already is left as it is."""
        ...

    def get(self, tenant: Tenant, key: str) -> Proposal | None:
        """The proposal with this key, where it is the tenant's."""
        ...

    def change(self, proposal: Proposal, expected: ProposalState) -> bool:
        """Replace it whole, where its state still is ``expected``; else False.

        What is of no more use in its state is wiped; see ``Proposal``.
        """
        ...

    def place(self, tenant: Tenant, key: str, card: Place) -> bool:
        """Say where its card stands; False where it is not known."""
        ...

    def drop(self, tenant: Tenant, key: str) -> bool:
        """Forget one that has no draft yet; False where there is none."""
        ...

    def in_states(self, states: Collection[ProposalState]) -> tuple[Proposal, ...]:
        """All tenants' proposals in these states, oldest first."""
        ...

    def forget(self, tenant: Tenant) -> None:
        """Wipe everything of a tenant. Its drafts stay in review."""
        ...

    def purge(self, *, unfinished: datetime, told: datetime) -> int:
        """Wipe those without a draft, and those told, that are older; how many."""
        ...
