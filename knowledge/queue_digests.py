"""Once a week the moderators of each place are told what waits for them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from knowledge.model import Digest, Queue, Rhythm, Tenant, TenantSettings
from knowledge.news import DIGESTS_AT, last_slot
from knowledge.ports import Clock
from knowledge.rechecking import Rechecking
from knowledge.tenant_ports import SettingsStore


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDigest:
    """A queue for the moderators' channel. ``again``: it was handed out before."""

    tenant: Tenant
    settings: TenantSettings
    queue: Queue
    due: date
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDigests:
    """Any method may raise StoreUnavailable."""

    tenants: SettingsStore
    rechecking: Rechecking
    clock: Clock

    def due(self, platform: str) -> tuple[DueDigest, ...]:
        """The digests that are due now; each until ``told`` of it.

        With what waits comes what was decided on the vocabulary since the last one.

        A place that is new to this is told from the next week on; where nothing waits,
        nobody is told, nor where their channel is gone, until there is another. A clock
        that goes back makes no week due that is over.
        """
        week = last_slot(Rhythm.WEEKLY, self.clock.now()).date()
        waiting = []
        for tenant, settings in self.tenants.moderated(platform):
            if settings.moderators_lost:
                continue
            last = self.tenants.digest(tenant)
            if last is None:
                self.told(tenant, week)
            elif last.due < week or (last.due == week and not last.told):
                waiting.append((tenant, settings, last))
        if not waiting:
            return ()
        held = self.rechecking.queue()
        first = min(_since(last, week) for *_, last in waiting)
        renamed = self.rechecking.renamed(_slot(first), _slot(week))
        found = []
        for tenant, settings, last in waiting:
            since = _slot(_since(last, week))
            queue = replace(held, renamed=tuple(r for r in renamed if r.at >= since))
            if not queue:
                self.told(tenant, week)
                continue
            again = last.due == week
            if not again:
                self.tenants.set_digest(tenant, Digest(week, told=False))
            found.append(
                DueDigest(
                    tenant=tenant,
                    settings=settings,
                    queue=queue,
                    due=week,
                    again=again,
                )
            )
        return tuple(found)

    def told(self, tenant: Tenant, due: date) -> None:
        """The digest of this week stands; or it never will, and is given up."""
        self.tenants.set_digest(tenant, Digest(due, told=True))


def _since(last: Digest, week: date) -> date:
    """The day of the digest before this week's; one handed out already is this week's."""
    return last.due if last.due < week else week - timedelta(days=7)


def _slot(day: date) -> datetime:
    return datetime.combine(day, DIGESTS_AT, UTC)
