"""Reports to the moderators, in the store's database."""

from typing import Any

from sqlalchemy import ColumnElement, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_tenant_rows import place_columns, report_of, report_row
from knowledge.adapters.sql_tenants.own_rows import OwnRows, is_of
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import add_row
from knowledge.model import Place, Report, Tenant

_reports = schema.reports


class SqlReports(OwnRows):
    """Implements ``tenant_ports.ReportStore``."""

    def add_report(self, report: Report) -> None:
        """Keep a new report. One whose id is there already is left as it is."""
        require_storable("the report", report)
        with self._database.writing() as connection:
            add_row(connection, _reports, report_row(report))

    def report(self, tenant: Tenant, id: str) -> Report | None:
        """The report with this id, where it is the tenant's."""
        if unstorable(id):
            return None
        found = self._some_reports(is_of(_reports, tenant), _reports.c.id == id)
        return found[0] if found else None

    def reports(self, tenant: Tenant, *, open_only: bool) -> tuple[Report, ...]:
        """A tenant's reports, oldest first."""
        which = [is_of(_reports, tenant)]
        if open_only:
            which.append(_reports.c.resolution.is_(None))
        return self._some_reports(*which)

    def reports_unplaced(self) -> tuple[Report, ...]:
        """All tenants' open reports whose card stands nowhere, oldest first."""
        return self._some_reports(
            _reports.c.resolution.is_(None), _reports.c.card_message.is_(None)
        )

    def reports_untold(self) -> tuple[Report, ...]:
        """All tenants' resolved reports whose reporter has not been told."""
        return self._some_reports(
            _reports.c.resolution.is_not(None), _reports.c.told == 0
        )

    def place_report(self, tenant: Tenant, id: str, card: Place) -> bool:
        """Say where its card stands; False where it is not known."""
        require_storable("the place of a report", card)
        return self._changes_report(tenant, id, place_columns(card, "card"))

    def resolve_report(self, tenant: Tenant, id: str, resolution: str) -> bool:
        """Resolve it; False where it is not known or was resolved before."""
        require_storable("the resolution", resolution)
        still_open = _reports.c.resolution.is_(None)
        return self._changes_report(tenant, id, {"resolution": resolution}, still_open)

    def report_told(self, tenant: Tenant, id: str) -> bool:
        """Its reporter was told, or never can be: who it was and wrote is wiped."""
        told = {"told": 1, "reporter": "", "text": ""}
        return self._changes_report(tenant, id, told)

    def _changes_report(
        self, tenant: Tenant, id: str, values: Any, *also: ColumnElement[bool]
    ) -> bool:
        if unstorable(id):
            return False
        this = update(_reports).where(
            is_of(_reports, tenant), _reports.c.id == id, *also
        )
        return self._changes(this.values(values))

    def _some_reports(self, *which: ColumnElement[bool]) -> tuple[Report, ...]:
        wanted = select(_reports).where(*which)
        wanted = wanted.order_by(_reports.c.at, _reports.c.id)
        with self._database.reading() as connection:
            return tuple(map(report_of, connection.execute(wanted).mappings()))
