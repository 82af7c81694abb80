"""What is due to somebody: news on a request, a report that was resolved; and tidying."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge.errors import UnknownDocument
from knowledge.model import Report, Request, RequestState, Status
from knowledge.ports import Clock, Store
from knowledge.tenant_ports import TenantStore
from knowledge.vocabulary import Vocabulary

KEEP_EVENTS = timedelta(days=1)
KEEP_POSTS = timedelta(days=365)
KEEP_FINISHED = timedelta(days=90)
"""How long what is of no more use is kept; see ``TenantStore.purge``."""


@dataclass(frozen=True, slots=True)
class Notices:
    """Finds what somebody now has to be told. Any method may raise StoreUnavailable."""

    store: Store
    tenants: TenantStore
    vocabulary: Vocabulary
    clock: Clock

    def requests_held(self, platform: str | None = None) -> tuple[Request, ...]:
        """Requests on which a document was published since, their askers not told yet.

        Marks the open ones of all tenants as held. One whose document was taken back
        before anybody was told is open again. Repeatable; nothing is found twice by two.
        """
        for request in self.tenants.requests_in((RequestState.HELD,)):
            if request.document is None or not self._is_published(request.document):
                again = replace(request, state=RequestState.OPEN, document=None)
                self.tenants.change_request(again, RequestState.HELD)
        waiting = self.tenants.requests_in((RequestState.OPEN,))
        news = self._news(waiting)
        for request in waiting:
            document = self._published_on(request, news)
            if document is not None:
                held = replace(request, state=RequestState.HELD, document=document)
                self.tenants.change_request(held, RequestState.OPEN)
        return tuple(
            request
            for request in self.tenants.requests_in((RequestState.HELD,))
            if platform in (None, request.tenant.platform)
        )

    def reports_resolved(self, platform: str | None = None) -> tuple[Report, ...]:
        """Reports that were resolved, their reporters not told yet."""
        return tuple(
            report
            for report in self.tenants.reports_untold()
            if platform in (None, report.tenant.platform)
        )

    def purge(self) -> int:
        """Wipe what is old and of no more use; how many rows."""
        now = self.clock.now()
        return self.tenants.purge(
            events=now - KEEP_EVENTS,
            posts=now - KEEP_POSTS,
            finished=now - KEEP_FINISHED,
        )

    def _news(self, waiting: tuple[Request, ...]) -> dict[str, datetime]:
        """When each document was last published, since the oldest of these requests."""
        if not waiting:
            return {}
        oldest = min(request.at for request in waiting)
        news: dict[str, datetime] = {}
        for event in self.store.publications(oldest):
            news.setdefault(event.document, event.at)
        return news

    def _published_on(
        self, request: Request, news: Mapping[str, datetime]
    ) -> str | None:
        """The newest document that was published on a request after it was made."""
        since = [document for document, at in news.items() if at > request.at]
        if not since or not (request.vendors or request.places):
            return None
        on = {
            held.id
            for vendor in request.vendors or (None,)
            for place in self._places(request) or (None,)
            for held in self.store.holdings(vendor, place)
        }
        return next((document for document in since if document in on), None)

    def _places(self, request: Request) -> tuple[str, ...]:
        """Those asked about, with the places inside them, as for a question."""
        inside = [
            code
            for code in self.vocabulary.places
            if set(self.vocabulary.wider(code)) & set(request.places)
        ]
        return tuple(dict.fromkeys((*request.places, *inside)))

    def _is_published(self, document: str) -> bool:
        try:
            revisions = self.store.revisions(document)
        except UnknownDocument:
            return False
        return any(each.status is Status.PUBLISHED for each in revisions)
