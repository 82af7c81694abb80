"""What somebody asked the moderators to bring in."""

from collections.abc import Collection, Sequence
from typing import Protocol

from knowledge.model import Request, RequestState, Tenant


class RequestStore(Protocol):
    """Keeps requests, and what has become of them. As ``TenantStore``."""

    def add_request(self, request: Request) -> None:
        """Keep a new request. One whose id is there already is left as it is."""
        ...

    def request(self, tenant: Tenant, id: str) -> Request | None:
        """The request with this id, where it is the tenant's."""
        ...

    def requests(
        self, tenant: Tenant, states: Collection[RequestState] = tuple(RequestState)
    ) -> tuple[Request, ...]:
        """A tenant's requests, oldest first."""
        ...

    def requests_in(self, states: Collection[RequestState]) -> tuple[Request, ...]:
        """All tenants' requests, oldest first; for those who tell the askers."""
        ...

    def change_request(self, request: Request, expected: RequestState) -> bool:
        """Replace state, document and card, where the state still is ``expected``.

        False where it is another one: somebody was quicker. Told or closed, it loses
        its asker and its text.
        """
        ...

    def requests_on(
        self, vendors: Sequence[str], places: Sequence[str]
    ) -> tuple[Request, ...]:
        """All tenants' open requests that something on all of these would answer.

        One that named no vendor is met by its place, one without a place by its vendor.
        """
        ...
