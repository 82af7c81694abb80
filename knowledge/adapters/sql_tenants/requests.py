"""Requests to the moderators, in the store's database."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_tenant_rows import place_columns, request_of, request_row
from knowledge.adapters.sql_tenants.own_rows import OwnRows, is_of
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import add_row
from knowledge.model import Request, RequestState, Tenant

_requests = schema.requests


class SqlRequests(OwnRows):
    """Implements ``tenant_ports.RequestStore``."""

    def add_request(self, request: Request) -> None:
        """Keep a new request. One whose id is there already is left as it is."""
        require_storable("the request", request)
        with self._database.writing() as connection:
            add_row(connection, _requests, request_row(request))

    def request(self, tenant: Tenant, id: str) -> Request | None:
        """The request with this id, where it is the tenant's."""
        if unstorable(id):
            return None
        found = self._some_requests(is_of(_requests, tenant), _requests.c.id == id)
        return found[0] if found else None

    def requests(
        self, tenant: Tenant, states: Collection[RequestState] = tuple(RequestState)
    ) -> tuple[Request, ...]:
        """A tenant's requests, oldest first."""
        return self._some_requests(is_of(_requests, tenant), in_state(states))

    def requests_in(self, states: Collection[RequestState]) -> tuple[Request, ...]:
        """All tenants' requests, oldest first."""
        return self._some_requests(in_state(states))

    def change_request(self, request: Request, expected: RequestState) -> bool:
        """Replace state, document and card, where the state still is ``expected``."""
        require_storable("the request", request)
        row = request_row(request)
        changed = {"state": row["state"], "document": row["document"]}
        changed |= place_columns(request.card, "card")
        if request.state in (RequestState.TOLD, RequestState.CLOSED):
            changed |= {"asker": "", "text": ""}
        this = update(_requests).where(
            is_of(_requests, request.tenant),
            _requests.c.id == request.id,
            _requests.c.state == expected.value,
        )
        return self._changes(this.values(changed))

    def requests_on(
        self, vendors: Sequence[str], places: Sequence[str]
    ) -> tuple[Request, ...]:
        """All tenants' open requests that something on all of these would answer."""
        return tuple(
            request
            for request in self.requests_in((RequestState.OPEN,))
            if request.is_met_by(vendors, places)
        )

    def _some_requests(self, *which: ColumnElement[bool]) -> tuple[Request, ...]:
        wanted = select(_requests).where(*which)
        wanted = wanted.order_by(_requests.c.at, _requests.c.id)
        with self._database.reading() as connection:
            return tuple(map(request_of, connection.execute(wanted).mappings()))


def in_state(states: Collection[RequestState]) -> ColumnElement[bool]:
    """Is this row a request in one of these states?"""
    return _requests.c.state.in_(sorted({state.value for state in states}))
