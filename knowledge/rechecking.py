"""Go to every source again: is it there, and does it still say what is quoted?

Nothing that is held changes: a page that differs is kept as a snapshot of its own, and
where it has lost words that are quoted, the difference becomes a draft for a moderator.
That a document was looked at again is for a person to say, by the step recheck.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from knowledge.care import bad_pages, due, host, lost, visits
from knowledge.errors import (
    DuplicateDocument,
    ForbiddenAddress,
    InvalidMetadata,
    PageUnavailable,
    StepRefused,
    UnreadableFile,
)
from knowledge.model import (
    UNDER_REVIEW,
    Actor,
    BadPage,
    Document,
    Form,
    PageCheck,
    PageState,
    Queue,
    RecheckReport,
    Renamed,
    Status,
    WaitingDraft,
    WaitingTerm,
)
from knowledge.moderation import Moderation
from knowledge.naming.renamed import renamed_between
from knowledge.ports import (
    Clock,
    Fetcher,
    Findings,
    PageReader,
    Progress,
    Snapshots,
    Store,
)
from knowledge.tenant_ports import PageCheckStore
from knowledge.term_ports import TermStore

PAUSE = 5.0
"""Seconds between two requests to one host."""

REASON = "the page of its source no longer has all of its words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecking:
    """Any method may raise StoreUnavailable. ``wait`` sleeps so many seconds."""

    store: Store
    checks: PageCheckStore
    terms: TermStore
    moderation: Moderation
    fetcher: Fetcher
    snapshots: Snapshots
    reader: PageReader
    clock: Clock
    wait: Callable[[float], None]

    def queue(self) -> Queue:
        """Oldest drafts, of the vocabulary too, due rechecks and bad pages; fetches nothing."""
        published = tuple(self.store.documents(Status.PUBLISHED))
        waiting = [
            WaitingDraft(document=draft, since=self._since(draft.id, draft.revision))
            for draft in self.store.documents()
            if draft.status in UNDER_REVIEW
        ]
        terms = [
            WaitingTerm(
                owner=term.owner,
                name=term.name.text,
                since=self._since(term.id, term.revision),
            )
            for term in self.terms.newest()
            if term.status in UNDER_REVIEW
        ]
        waiting.sort(key=lambda one: (one.since or date.min, one.document.id))
        return Queue(
            drafts=tuple(waiting),
            terms=tuple(terms),  # in the order in which they were proposed
            rechecks=due(published, self.clock.now().date()),
            pages=bad_pages(published, self.checks.all()),
        )

    def renamed(self, since: datetime, until: datetime) -> tuple[Renamed, ...]:
        """What was decided on the vocabulary between two instants, in order."""
        return renamed_between(self.store, self.terms, since, until)

    def all(self, actor: Actor, progress: Progress) -> RecheckReport:
        """Visit every source of what is published, one host after another, with pauses.

        What a server says is as it was is not sent again. Interrupted, what was found
        until then is kept.
        """
        published = tuple(self.store.documents(Status.PUBLISHED))
        known = {check.url: check for check in self.checks.all()}
        unchanged, drafts = 0, []
        before = ""
        stops = visits(published)
        for number, (url, citing) in enumerate(stops, start=1):
            if host(url) == before:
                self.wait(PAUSE)
            before = host(url)
            check, same, made = self._visit(url, citing, known.get(url), actor)
            self.checks.put(check)
            unchanged += same
            drafts += made
            progress("visiting", number, len(stops))
        bad = bad_pages(published, self.checks.all())
        return RecheckReport(
            visited=len(stops),
            unchanged=unchanged,
            dead=_of(bad, PageState.DEAD),
            lost=_of(bad, PageState.HELD),
            drafts=tuple(drafts),
        )

    def _visit(
        self,
        url: str,
        citing: Sequence[Document],
        before: PageCheck | None,
        actor: Actor,
    ) -> tuple[PageCheck, bool, list[str]]:
        now = self.clock.now()
        try:
            if before is None:
                page = self.fetcher.fetch(url)
            elif (again := self.fetcher.revisit(url, before.validators)) is not None:
                page = again
            else:
                return replace(before, at=now), True, []
            snapshot = self.snapshots.keep(page, now)
            findings = self.reader.read(page, snapshot)
        except (ForbiddenAddress, PageUnavailable, UnreadableFile) as error:
            problem = str(error.subject.get("reason", error))
            # Its validators are forgotten: what is sent next is to be read.
            dead = PageCheck(url=url, at=now, state=PageState.DEAD, problem=problem)
            return dead, False, []
        gone: list[str] = []
        drafts: list[str] = []
        for document in citing:
            # A brief is in the editors' words, which no page has.
            if document.form is Form.BRIEF:
                continue
            held = self.store.passages(document.id, document.revision)
            if missing := lost(held, findings.body):
                gone += missing
                drafts += self._draft(document, findings, snapshot.sha256, actor)
        check = PageCheck(
            url=url,
            at=now,
            state=PageState.HELD,
            validators=page.validators,
            lost=tuple(gone),
        )
        return check, False, drafts

    def _draft(
        self, document: Document, page: Findings, snapshot: str, actor: Actor
    ) -> list[str]:
        """The page as it is now, as a draft on top; none where one waits already."""
        if self.store.document(document.id).status is not Status.PUBLISHED:
            return []
        findings = Findings(
            origin=document.id, body=page.body, metadata={}, snapshot=snapshot
        )
        try:
            self.moderation.correct(document.id, findings, {}, actor, REASON)
        except (DuplicateDocument, InvalidMetadata, StepRefused, UnreadableFile):
            return []  # what cannot be a revision is listed all the same
        return [document.id]

    def _since(self, draft: str, revision: int) -> date | None:
        lines = [
            line.event.at
            for line in self.store.ledger(draft)
            if line.event.revision == revision
        ]
        return min(lines).date() if lines else None


def _of(pages: Sequence[BadPage], state: PageState) -> tuple[BadPage, ...]:
    return tuple(page for page in pages if page.check.state is state)
