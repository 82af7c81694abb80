"""What is due to somebody: news on a request, a report that was resolved; and tidying."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from knowledge.model import Report, Request, RequestState
from knowledge.ports import Clock, Store
from knowledge.tenant_ports import GapStore, TenantStore
from knowledge.vocabulary import Vocabulary

KEEP_EVENTS = timedelta(days=1)
KEEP_POSTS = timedelta(days=365)
KEEP_FINISHED = timedelta(days=90)
"""How long what is of no more use is kept; see ``TenantStore.purge``."""

KEEP_REFUSALS = timedelta(days=365)
KEEP_REFUSED_WORDS = timedelta(days=30)
"""How long refused questions are counted, and kept in words where that is allowed."""


@dataclass(frozen=True, slots=True)
class Notices:
    """Finds what somebody now has to be told. Any method may raise StoreUnavailable."""

    store: Store
    tenants: TenantStore
    gaps: GapStore
    vocabulary: Vocabulary
    clock: Clock
    keep_words: timedelta = KEEP_REFUSED_WORDS

    def requests_held(self, platform: str | None = None) -> tuple[Request, ...]:
        """Requests on which a document was published since, their askers not told yet.

        Marks the open ones of all tenants as held. One whose document was taken back
        before anybody was told is open again. Repeatable, by several processes too.
        """
        self._reopen(self.tenants.requests_in((RequestState.HELD,)))
        self._hold(self.tenants.requests_in((RequestState.OPEN,)))
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
        return self.purge_refusals() + self.tenants.purge(
            events=now - KEEP_EVENTS,
            posts=now - KEEP_POSTS,
            finished=now - KEEP_FINISHED,
        )

    def purge_refusals(self) -> int:
        """Of these alone what refused questions leave behind; how many rows."""
        now = self.clock.now()
        return self.gaps.purge(
            texts=now - self.keep_words, refusals=now - KEEP_REFUSALS
        )

    def _reopen(self, held: Sequence[Request]) -> None:
        published = self.store.subjects([r.document for r in held if r.document])
        for request in held:
            if request.document not in published:
                again = replace(request, state=RequestState.OPEN, document=None)
                self.tenants.change_request(again, RequestState.HELD)

    def _hold(self, waiting: Sequence[Request]) -> None:
        """Mark those on which something was published after they were made."""
        if not waiting:
            return
        news = self.store.publications(min(request.at for request in waiting))
        on = self.store.subjects([event.document for event in news])
        for request in waiting:
            found = (
                event.document
                for event in news
                if event.at > request.at
                and any(
                    self._is_met(request, *subject)
                    for subject in on.get(event.document, ())
                )
            )
            document = next(found, None)
            if document is not None:
                held = replace(request, state=RequestState.HELD, document=document)
                self.tenants.change_request(held, RequestState.OPEN)

    def _is_met(self, request: Request, vendor: str | None, place: str | None) -> bool:
        """As for a question, a place counts for the wider ones that it lies in."""
        places = (place, *self.vocabulary.around(place)) if place else ()
        return request.is_met_by((vendor,) if vendor else (), places)
