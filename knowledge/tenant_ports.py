"""What is kept for servers and workspaces, written for whoever calls it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from knowledge.model import (
    Digest,
    DueMarking,
    Feedback,
    Hindrance,
    Kept,
    LedgerLine,
    Marking,
    MarkingReport,
    PageCheck,
    PendingQuestion,
    Place,
    Post,
    Proposal,
    ProposalState,
    Refusal,
    Report,
    Request,
    RequestState,
    Tenant,
    TenantSettings,
    Watch,
)


class TenantStore(Protocol):
    """Keeps what belongs to one server or workspace. Safe to share between threads.

    Every method is one transaction; what a write has returned from survives a crash.
    Nothing crosses tenants: what is another's is answered as what is not there. Any
    method may raise StoreUnavailable, a write InvalidMetadata for text that no database
    can hold (a NUL, half a surrogate pair).
    """

    # --- settings ------------------------------------------------------------------

    def settings(self, tenant: Tenant) -> TenantSettings:
        """What holds in a tenant; the defaults where nothing was ever set."""
        ...

    def set_settings(self, tenant: Tenant, settings: TenantSettings) -> None:
        """Replace the whole value."""
        ...

    def known(self, platform: str) -> tuple[Tenant, ...]:
        """Of which tenants of a platform anything is kept, by their ids."""
        ...

    def moderated(self, platform: str) -> tuple[tuple[Tenant, TenantSettings], ...]:
        """The tenants of a platform that have a moderators' channel, by id."""
        ...

    def digest(self, tenant: Tenant) -> Digest | None:
        """The last digest of its queue that was handed out to its moderators."""
        ...

    def set_digest(self, tenant: Tenant, digest: Digest) -> None:
        """Keep it in the place of the one before."""
        ...

    # --- answers that were given ---------------------------------------------------

    def add_post(self, post: Post) -> None:
        """Keep a new post. One whose key is there already is left as it is."""
        ...

    def post(self, tenant: Tenant, key: str) -> Post | None:
        """The post with this key, where it is the tenant's."""
        ...

    def place_post(self, key: str, place: Place) -> bool:
        """Say where it now stands; False where it is not known (any more)."""
        ...

    def tell_asker(self, tenant: Tenant, key: str, asker: str | None) -> bool:
        """Say who is to be told of a private post's corrections; None: nobody any more.

        False where it is not known.
        """
        ...

    def show_more(self, tenant: Tenant, key: str, shown: int) -> bool:
        """Say that its message now shows so many passages; False where not known."""
        ...

    def post_at(self, tenant: Tenant, channel: str, message: str) -> Post | None:
        """The post that stands in this message of this channel."""
        ...

    def posts_in(
        self, tenant: Tenant, channel: str, thread: str, limit: int
    ) -> tuple[Post, ...]:
        """The posts that stand in a thread or that it was opened on, newest first."""
        ...

    def drop_post(self, tenant: Tenant, key: str) -> bool:
        """Forget a post and what was voted on it; False where it is not known."""
        ...

    def posts_showing(
        self, *, documents: Collection[str] = (), passages: Collection[str] = ()
    ) -> Iterator[Post]:
        """Posts of all tenants whose message shows one of these, oldest first.

        Also as a quote beside another one. Of a post's passages the first ``shown``
        count; private posts are among them. May be left half-read.
        """
        ...

    # --- requests to the moderators ------------------------------------------------

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

    # --- reports -------------------------------------------------------------------

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

    # --- votes ---------------------------------------------------------------------

    def feedback(
        self, tenant: Tenant, post: str, voter: str, *, helpful: bool, reason: str = ""
    ) -> bool:
        """One vote a voter and post, a later one in its place; False for no such post.

        ``voter`` is a hash, as ``Post.owner``.
        """
        ...

    def feedback_counts(self, tenant: Tenant) -> Feedback:
        """All votes in a tenant."""
        ...

    # --- once, and no more ---------------------------------------------------------

    def first_time(self, tenant: Tenant, event: str, at: datetime) -> bool:
        """Whether this event had not been seen; the same again is False, by any process."""
        ...

    def take_up(
        self, question: PendingQuestion, events: Sequence[str], most: int
    ) -> bool:
        """Whether none of these events had been seen; they are, from now on, by anybody.

        Then the question is pending, from the same moment on: a process that ends behind
        this leaves it so. Where its tenant has ``most`` already, it is not noted.
        """
        ...

    def pending(
        self,
        platform: str,
        *,
        holder: str,
        begun: datetime,
        at: datetime,
        lease: timedelta,
        since: datetime,
        limit: int,
    ) -> tuple[PendingQuestion, ...]:
        """Questions of a platform that a process left behind, oldest first.

        Those that this holder took up before it had ``begun``, and those that anybody
        took up longer than a lease before ``at``, or, by a clock that was wrong, behind
        it. None that is older than ``since``.
        """
        ...

    def settle(self, tenant: Tenant, channel: str, message: str) -> bool:
        """The question in this message is pending no more; False where it was not."""
        ...

    def claim(self, name: str, holder: str, at: datetime, lease: timedelta) -> bool:
        """Whether this holder now has what is named; of several who try at once one has.

        It keeps it until ``at`` + ``lease``, and longer where it claims it again. Nobody
        gives it back: it is free when the lease is over. A lease that ends beyond two of
        its length was given by a clock that was wrong, and is over.
        """
        ...

    def claimed(self, names: Sequence[str]) -> Mapping[str, datetime]:
        """Those of them that anybody ever claimed, as far back as that is kept.

        Each with the instant at which it was claimed first.
        """
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


class MarkingStore(Protocol):
    """Keeps what has become of quotes that were shown, and which message says so.

    As ``TenantStore``: each method one transaction; a post that is wiped takes its
    markings with it. Any method may raise StoreUnavailable.
    """

    def position(self) -> int:
        """The ledger's line up to which posts were looked through; 0 at first."""
        ...

    def lines(self, after: int, limit: int) -> tuple[LedgerLine, ...]:
        """What was published or retracted behind a line of the ledger, in order."""
        ...

    def line_before(self, at: datetime) -> int:
        """The last line of the ledger that is older than this; 0 where none is."""
        ...

    def add(self, markings: Sequence[Marking], position: int) -> int:
        """Keep new markings and move the position, never back; how many were new.

        Those that are there already, and those of posts that are gone, change nothing.
        """
        ...

    def of(self, post: str) -> tuple[Marking, ...]:
        """A post's markings, in the ledger's order."""
        ...

    def of_each(self, posts: Sequence[str]) -> Mapping[str, tuple[Marking, ...]]:
        """The same of many posts at once; those that have none are left out."""
        ...

    def due(self, platform: str, limit: int) -> tuple[DueMarking, ...]:
        """The next step on each post of a platform that stands somewhere, or whose asker
        is to be told.

        Channels take turns, with an edit and a reply each; in a channel those that were
        begun least come first, then the oldest changes.
        """
        ...

    def begin(self, post: str) -> bool:
        """The step that is next on a post is begun now; False where none is due."""
        ...

    def edited(self, post: str, through: int) -> bool:
        """The message shows all due markings up to this line; False where none is due."""
        ...

    def told(self, post: str, through: int, hindrance: Hindrance | None = None) -> bool:
        """The edited ones up to this line are told; False where none is due."""
        ...

    def give_up(self, post: str, hindrance: Hindrance) -> bool:
        """Nothing more can be done about a post's due markings; False where none is."""
        ...

    def unplaced(self, platform: str, limit: int) -> tuple[Post, ...]:
        """Posts for all to see with due markings of which no place is known, oldest first."""
        ...

    def give_up_untold(self, before: datetime) -> int:
        """Those of private posts older than this whose asker is to be told no more; how many."""
        ...

    def report(self, document: str | None = None) -> MarkingReport:
        """How many there are, by what became of them; of one document, or of all."""
        ...


class ProposalStore(Protocol):
    """Keeps what moderators bring in from chat, until they know what became of it.

    As ``TenantStore``: each method one transaction, nothing crosses tenants. Any method
    may raise StoreUnavailable, a write InvalidMetadata for text that no database holds.
    """

    def add(self, proposal: Proposal) -> None:
        """Keep a new proposal. One whose key is there already is left as it is."""
        ...

    def get(self, tenant: Tenant, key: str) -> Proposal | None:
        """The proposal with this key, where it is the tenant's."""
        ...

    def change(self, proposal: Proposal, expected: ProposalState) -> bool:
        """Replace it whole, where its state still is ``expected``; else False.

        What is of no more use in its state is wiped; see ``Proposal``.
        """
        ...

    def place(self, tenant: Tenant, key: str, card: Place) -> bool:
        """Say where its card stands; False where it is not known."""
        ...

    def drop(self, tenant: Tenant, key: str) -> bool:
        """Forget one that has no draft yet; False where there is none."""
        ...

    def in_states(self, states: Collection[ProposalState]) -> tuple[Proposal, ...]:
        """All tenants' proposals in these states, oldest first."""
        ...

    def forget(self, tenant: Tenant) -> None:
        """Wipe everything of a tenant. Its drafts stay in review."""
        ...

    def purge(self, *, unfinished: datetime, told: datetime) -> int:
        """Wipe those without a draft, and those told, that are older; how many."""
        ...


class WatchStore(Protocol):
    """Keeps what channels watch, and how far each was told.

    As ``TenantStore``: each method one transaction; what is another tenant's is answered
    as what is not there. Any method may raise StoreUnavailable.
    """

    def head(self) -> int:
        """The last line of the ledger; 0 where there is none."""
        ...

    def lines(self, after: int, limit: int) -> tuple[LedgerLine, ...]:
        """What was published or retracted behind a line of the ledger, in order."""
        ...

    def add(self, watch: Watch, most: int) -> Kept:
        """Keep a new one where its channel has less than ``most``.

        Where the channel watches the same already, that one takes the rhythm and the
        language, and keeps the line up to which it was told.
        """
        ...

    def of(self, tenant: Tenant, channel: str) -> tuple[Watch, ...]:
        """What a channel watches, in the order in which it was added."""
        ...

    def on(self, platform: str) -> tuple[Watch, ...]:
        """All of a platform."""
        ...

    def end(self, tenant: Tenant, channel: str, id: str) -> bool:
        """Forget one; False where that channel has none such."""
        ...

    def begin(self, ids: Sequence[str], through: int) -> None:
        """A telling up to this line is handed out; one that was begun stays as it is."""
        ...

    def told_through(
        self, tenant: Tenant, channel: str, through: int, at: datetime
    ) -> bool:
        """What was begun up to this line is told; False where nothing was."""
        ...


class GapStore(Protocol):
    """Keeps what was refused. As ``TenantStore``."""

    def add(self, refusal: Refusal) -> None:
        """Keep a refused question. Raises InvalidMetadata."""
        ...

    def refusals(
        self, tenant: Tenant | None = None, since: datetime | None = None
    ) -> tuple[Refusal, ...]:
        """A tenant's, or all, since an instant, oldest first."""
        ...

    def wipe(self, tenant: Tenant) -> int:
        """Forget the words of a tenant's questions, not that they were asked."""
        ...

    def purge(self, *, texts: datetime, refusals: datetime) -> int:
        """Wipe words, and refusals at all, older than these instants; how many."""
        ...


class PageCheckStore(Protocol):
    """Keeps the last look at each source's page. As ``TenantStore``."""

    def put(self, check: PageCheck) -> None:
        """Keep it in the place of the one before. Raises InvalidMetadata."""
        ...

    def all(self) -> tuple[PageCheck, ...]:
        """Each address's last, by address."""
        ...
