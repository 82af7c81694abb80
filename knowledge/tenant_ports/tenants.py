"""All that is kept for one server or workspace, in one store."""

from datetime import datetime
from typing import Protocol

from knowledge.model import Tenant
from knowledge.tenant_ports.claims import ClaimStore
from knowledge.tenant_ports.pending import PendingStore
from knowledge.tenant_ports.posts import FeedbackStore, PostStore
from knowledge.tenant_ports.reports import ReportStore
from knowledge.tenant_ports.requests import RequestStore
from knowledge.tenant_ports.settings import SettingsStore


class TenantStore(
    SettingsStore,
    PostStore,
    RequestStore,
    ReportStore,
    FeedbackStore,
    PendingStore,
    ClaimStore,
    Protocol,
):
    """Keeps what belongs to one server or workspace. Safe to share between threads.

    Every method is one transaction; what a write has returned from survives a crash.
    Nothing crosses tenants: what is another's is answered as what is not there. Any
    method may raise StoreUnavailable, a write InvalidMetadata for text that no database
    can hold (a NUL, half a surrogate pair).
    """

    def known(self, platform: str) -> tuple[Tenant, ...]:
        """Of which tenants of a platform anything is kept, by their ids."""
        ...

    def forget(self, tenant: Tenant) -> None:
        """Wipe everything of a tenant."""
        ...

    def purge(self, *, events: datetime, posts: datetime, finished: datetime) -> int:
        """Wipe what is older than these instants; how many rows.

        Of posts those that no correction can reach: without a passage, or that stand
        nowhere. ``finished``: requests told or closed, reports resolved and told.
        """
        ...
