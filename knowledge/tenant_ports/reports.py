"""What somebody told the moderators is wrong with an answer."""

from typing import Protocol

from knowledge.model import Place, Report, Tenant


class ReportStore(Protocol):
    """Keeps reports, and what has become of them. As ``TenantStore``."""

    def add_report(self, report: Report) -> None:
        """Keep a new report. One whose id is there already is left as it is."""
        ...

    def report(self, tenant: Tenant, id: str) -> Report | None:
        """The report with this id, where it is the tenant's."""
        ...

    def reports(self, tenant: Tenant, *, open_only: bool) -> tuple[Report, ...]:
        """A tenant's reports, oldest first."""
        ...

    def reports_unplaced(self) -> tuple[Report, ...]:
        """All tenants' open reports whose card stands nowhere, oldest first."""
        ...

    def reports_untold(self) -> tuple[Report, ...]:
        """All tenants' resolved reports whose reporter has not been told, oldest first."""
        ...

    def place_report(self, tenant: Tenant, id: str, card: Place) -> bool:
        """Say where its card stands; False where it is not known."""
        ...

    def resolve_report(self, tenant: Tenant, id: str, resolution: str) -> bool:
        """Resolve it; False where it is not known or was resolved before."""
        ...

    def report_told(self, tenant: Tenant, id: str) -> bool:
        """Its reporter was told, or never can be: who it was and wrote is wiped."""
        ...
