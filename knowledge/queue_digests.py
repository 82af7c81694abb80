"""Once a week the moderators of each place are told what waits for them."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.model import Queue, Rhythm, Tenant, TenantSettings
from knowledge.news import last_slot
from knowledge.ports import Clock, Store
from knowledge.rechecking import Rechecking
from knowledge.tenant_ports import TenantStore

_TOLD, _BEGUN = "told", "begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDigest:
    """A queue for the moderators' channel. ``again``: it was handed out before."""

    tenant: Tenant
    settings: TenantSettings
    queue: Queue
    week: str  # the day on which it was due
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDigests:
    """Any method may raise StoreUnavailable."""

    store: Store
    tenants: TenantStore
    rechecking: Rechecking
    clock: Clock

    def due(self, platform: str) -> tuple[DueDigest, ...]:
        """The digests that are due now; each until ``told`` of it.

        A place that is new to this is told from the next week on; where nothing waits,
        nobody is told.
        """
        slot = last_slot(Rhythm.WEEKLY, self.clock.now())
        week = slot.date().isoformat()
        found: list[DueDigest] = []
        queue: Queue | None = None
        for tenant, settings in self.tenants.moderated(platform):
            state, _, known = (self.store.note(_key(tenant)) or "").partition(" ")
            # A clock that goes back makes no week due that is over.
            if not known or (state == _TOLD and known >= week):
                if not known:
                    self.told(tenant, week)
                continue
            again = state == _BEGUN and known == week
            queue = queue or self.rechecking.queue()
            if not queue:
                self.told(tenant, week)
                continue
            if not again:
                self.store.remember(_key(tenant), f"{_BEGUN} {week}")
            found.append(
                DueDigest(
                    tenant=tenant,
                    settings=settings,
                    queue=queue,
                    week=week,
                    again=again,
                )
            )
        return tuple(found)

    def told(self, tenant: Tenant, week: str) -> None:
        """The digest of this week stands; or it never will, and is given up."""
        self.store.remember(_key(tenant), f"{_TOLD} {week}")

    @property
    def today(self) -> datetime:
        """The present instant, by which things are overdue."""
        return self.clock.now()


def _key(tenant: Tenant) -> str:
    return f"queue-digest/{tenant.platform}/{tenant.id}"
