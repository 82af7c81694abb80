"""What is kept for servers and workspaces, in the store's database."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    union,
    update,
)

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_pending import (
    add_pending,
    left_behind,
    pending_of,
    settled,
)
from knowledge.adapters.sql_posts import posts_of, showing
from knowledge.adapters.sql_rows import instant
from knowledge.adapters.sql_tenant_rows import (
    of_tenant,
    place_columns,
    post_row,
    report_of,
    report_row,
    request_of,
    request_row,
    settings_of,
    settings_text,
    shown_rows,
)
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import add_row, put_row, win_row
from knowledge.model import (
    Digest,
    Feedback,
    PendingQuestion,
    Place,
    Post,
    Report,
    Request,
    RequestState,
    Tenant,
    TenantSettings,
)

_CHUNK = 500  # ids in one statement; SQLite may be built to take no more than 999
_PAGE = 100  # posts that an iterator fetches at once

_posts, _shown, _votes = schema.posts, schema.shown, schema.votes
_requests, _reports = schema.requests, schema.reports
_tenants, _seen, _digests = schema.tenants, schema.seen_events, schema.digests
_claims, _pending = schema.claims, schema.pending_questions
_OF_TENANTS: Final[Sequence[Table]] = (
    _tenants,
    _seen,
    _pending,
    _digests,
    _posts,
    _requests,
    _reports,
    schema.watches,
    schema.refusals,
)
"""What is told apart by tenant, and wiped with one."""


class SqlTenants:
    """Implements ``tenant_ports.TenantStore``; ``SqlStore.tenants`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- settings ------------------------------------------------------------------

    def settings(self, tenant: Tenant) -> TenantSettings:
        """What holds in a tenant; the defaults where nothing was ever set."""
        wanted = select(_tenants.c.settings).where(_of(_tenants, tenant))
        with self._database.reading() as connection:
            held = connection.execute(wanted).scalar()
        return TenantSettings() if held is None else settings_of(held)

    def set_settings(self, tenant: Tenant, settings: TenantSettings) -> None:
        """Replace the whole value."""
        require_storable("the settings", (tenant, settings))
        row = {**of_tenant(tenant), "settings": settings_text(settings)}
        with self._database.writing() as connection:
            put_row(connection, _tenants, row)

    def known(self, platform: str) -> tuple[Tenant, ...]:
        """Of which tenants of a platform anything is kept, by their ids."""
        if unstorable(platform):
            return ()
        kept = (select(t.c.tenant).where(t.c.platform == platform) for t in _OF_TENANTS)
        with self._database.reading() as connection:
            ids = set(connection.execute(union(*kept)).scalars())
        return tuple(Tenant(platform, id_) for id_ in sorted(ids))

    def moderated(self, platform: str) -> tuple[tuple[Tenant, TenantSettings], ...]:
        """The tenants of a platform that have a moderators' channel, by id."""
        if unstorable(platform):
            return ()
        wanted = select(_tenants).where(_tenants.c.platform == platform)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(_tenants.c.tenant)).mappings()
            held = [
                (Tenant(platform, row["tenant"]), settings_of(row["settings"]))
                for row in rows
            ]
        return tuple(each for each in held if each[1].moderators_channel)

    def digest(self, tenant: Tenant) -> Digest | None:
        """The last digest of its queue that was handed out to its moderators."""
        wanted = select(_digests.c.due, _digests.c.told).where(_of(_digests, tenant))
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return row and Digest(date.fromisoformat(row.due), bool(row.told))

    def set_digest(self, tenant: Tenant, digest: Digest) -> None:
        """Keep it in the place of the one before."""
        require_storable("the digest", tenant)
        row = {"due": digest.due.isoformat(), "told": int(digest.told)}
        with self._database.writing() as connection:
            put_row(connection, _digests, {**of_tenant(tenant), **row})

    # --- answers that were given ---------------------------------------------------

    def add_post(self, post: Post) -> None:
        """Keep a new post. One whose key is there already is left as it is."""
        require_storable("the answer", post)
        with self._database.writing() as connection:
            if add_row(connection, _posts, post_row(post)) and post.passages:
                connection.execute(_shown.insert(), shown_rows(post))

    def post(self, tenant: Tenant, key: str) -> Post | None:
        """The post with this key, where it is the tenant's."""
        return self._one_post(tenant, _posts.c.key == key, key)

    def place_post(self, key: str, place: Place) -> bool:
        """Say where it now stands; False where it is not known (any more)."""
        if unstorable(key):
            return False
        require_storable("the place of an answer", place)
        placed = update(_posts).where(_posts.c.key == key)
        return self._changes(placed.values(place_columns(place, "place")))

    def tell_asker(self, tenant: Tenant, key: str, asker: str | None) -> bool:
        """Say who is to be told of its corrections; False where it is not known."""
        if unstorable(key):
            return False
        require_storable("the asker", asker or "")
        this = update(_posts).where(_of(_posts, tenant), _posts.c.key == key)
        return self._changes(this.values(asker=asker))

    def show_more(self, tenant: Tenant, key: str, shown: int) -> bool:
        """Say that its message now shows so many passages; False where not known."""
        if unstorable(key):
            return False
        this = update(_posts).where(_of(_posts, tenant), _posts.c.key == key)
        return self._changes(this.values(shown=shown))

    def post_at(self, tenant: Tenant, channel: str, message: str) -> Post | None:
        """The post that stands in this message of this channel."""
        here = and_(
            _posts.c.place_channel == channel, _posts.c.place_message == message
        )
        return self._one_post(tenant, here, channel, message)

    def posts_in(
        self, tenant: Tenant, channel: str, thread: str, limit: int
    ) -> tuple[Post, ...]:
        """The posts that stand in a thread or that it was opened on, newest first."""
        if unstorable(channel) or unstorable(thread):
            return ()
        newest = (
            select(_posts.c.key)
            .where(
                _of(_posts, tenant),
                _posts.c.place_channel == channel,
                or_(_posts.c.place_thread == thread, _posts.c.place_message == thread),
            )
            .order_by(_posts.c.at.desc(), _posts.c.key)
            .limit(limit)
        )
        with self._database.reading() as connection:
            keys = list(connection.execute(newest).scalars())
            held = posts_of(connection, _posts.c.key.in_(keys))
        return tuple(held[key] for key in keys)

    def drop_post(self, tenant: Tenant, key: str) -> bool:
        """Forget a post and what was voted on it; False where it is not known."""
        if unstorable(key):
            return False
        return self._changes(
            delete(_posts).where(_of(_posts, tenant), _posts.c.key == key)
        )

    def posts_showing(
        self, *, documents: Collection[str] = (), passages: Collection[str] = ()
    ) -> Iterator[Post]:
        """Posts of all tenants whose message shows one of these, oldest first."""
        found: set[tuple[str, str]] = set()
        with self._database.reading() as connection:
            for column, ids in (("document", documents), ("passage", passages)):
                sound = sorted({id_ for id_ in ids if not unstorable(id_)})
                for start in range(0, len(sound), _CHUNK):
                    those = showing(column, sound[start : start + _CHUNK])
                    found |= {(r.at, r.key) for r in connection.execute(those)}
        keys = [key for _, key in sorted(found)]
        for start in range(0, len(keys), _PAGE):
            page = keys[start : start + _PAGE]
            with self._database.reading() as connection:
                held = posts_of(connection, _posts.c.key.in_(page))
            yield from (held[key] for key in page if key in held)

    def _one_post(
        self, tenant: Tenant, which: ColumnElement[bool], *texts: str
    ) -> Post | None:
        if any(unstorable(text) for text in texts):
            return None
        with self._database.reading() as connection:
            held = posts_of(connection, _of(_posts, tenant), which)
        return max(held.values(), key=lambda post: post.at, default=None)

    # --- requests to the moderators ------------------------------------------------

    def add_request(self, request: Request) -> None:
        """Keep a new request. One whose id is there already is left as it is."""
        require_storable("the request", request)
        with self._database.writing() as connection:
            add_row(connection, _requests, request_row(request))

    def request(self, tenant: Tenant, id: str) -> Request | None:
        """The request with this id, where it is the tenant's."""
        if unstorable(id):
            return None
        found = self._some_requests(_of(_requests, tenant), _requests.c.id == id)
        return found[0] if found else None

    def requests(
        self, tenant: Tenant, states: Collection[RequestState] = tuple(RequestState)
    ) -> tuple[Request, ...]:
        """A tenant's requests, oldest first."""
        return self._some_requests(_of(_requests, tenant), _in_state(states))

    def requests_in(self, states: Collection[RequestState]) -> tuple[Request, ...]:
        """All tenants' requests, oldest first."""
        return self._some_requests(_in_state(states))

    def change_request(self, request: Request, expected: RequestState) -> bool:
        """Replace state, document and card, where the state still is ``expected``."""
        require_storable("the request", request)
        row = request_row(request)
        changed = {"state": row["state"], "document": row["document"]}
        changed |= place_columns(request.card, "card")
        if request.state in (RequestState.TOLD, RequestState.CLOSED):
            changed |= {"asker": "", "text": ""}
        this = update(_requests).where(
            _of(_requests, request.tenant),
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

    # --- reports -------------------------------------------------------------------

    def add_report(self, report: Report) -> None:
        """Keep a new report. One whose id is there already is left as it is."""
        require_storable("the report", report)
        with self._database.writing() as connection:
            add_row(connection, _reports, report_row(report))

    def report(self, tenant: Tenant, id: str) -> Report | None:
        """The report with this id, where it is the tenant's."""
        if unstorable(id):
            return None
        found = self._some_reports(_of(_reports, tenant), _reports.c.id == id)
        return found[0] if found else None

    def reports(self, tenant: Tenant, *, open_only: bool) -> tuple[Report, ...]:
        """A tenant's reports, oldest first."""
        which = [_of(_reports, tenant)]
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
        this = update(_reports).where(_of(_reports, tenant), _reports.c.id == id, *also)
        return self._changes(this.values(values))

    def _some_reports(self, *which: ColumnElement[bool]) -> tuple[Report, ...]:
        wanted = select(_reports).where(*which)
        wanted = wanted.order_by(_reports.c.at, _reports.c.id)
        with self._database.reading() as connection:
            return tuple(map(report_of, connection.execute(wanted).mappings()))

    # --- votes ---------------------------------------------------------------------

    def feedback(
        self, tenant: Tenant, post: str, voter: str, *, helpful: bool, reason: str = ""
    ) -> bool:
        """One vote a voter and post, a later one in its place; False for no such post."""
        if unstorable(post):
            return False
        require_storable("the vote", (voter, reason))
        row = {"post": post, "voter": voter, "helpful": int(helpful), "reason": reason}
        this = select(_posts.c.key).where(_of(_posts, tenant), _posts.c.key == post)
        with self._database.writing() as connection:
            if connection.execute(this.with_for_update()).scalar() is None:
                return False
            put_row(connection, _votes, row)
        return True

    def feedback_counts(self, tenant: Tenant) -> Feedback:
        """All votes in a tenant."""
        count = func.count().label("votes")
        wanted = (
            select(_votes.c.helpful, _votes.c.reason, count)
            .join_from(_votes, _posts, _votes.c.post == _posts.c.key)
            .where(_of(_posts, tenant))
            .group_by(_votes.c.helpful, _votes.c.reason)
            .order_by(count.desc(), _votes.c.reason)
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return Feedback(
            helpful=sum(row.votes for row in rows if row.helpful),
            not_helpful=sum(row.votes for row in rows if not row.helpful),
            reasons={r.reason: r.votes for r in rows if r.reason and not r.helpful},
        )

    # --- once, and no more ---------------------------------------------------------

    def first_time(self, tenant: Tenant, event: str, at: datetime) -> bool:
        """Whether this event had not been seen; the same again is False."""
        require_storable("the event", (tenant, event))
        row = {**of_tenant(tenant), "event": event, "at": instant(at)}
        with self._database.writing() as connection:
            return add_row(connection, _seen, row)

    def take_up(
        self, question: PendingQuestion, events: Sequence[str], most: int
    ) -> bool:
        """Whether none of these events had been seen; then the question is pending."""
        require_storable("the question", (question, events))
        seen = {**of_tenant(question.tenant), "at": instant(question.at)}
        with self._database.writing() as connection:
            new = [add_row(connection, _seen, {**seen, "event": e}) for e in events]
            if all(new):
                add_pending(connection, question, most)
        return all(new)

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
        """Questions of a platform that a process left behind, oldest first."""
        if unstorable(platform) or unstorable(holder):
            return ()
        wanted = left_behind(
            platform, (holder, begun), (at - lease, at + lease), since
        ).limit(limit)
        with self._database.reading() as connection:
            return tuple(map(pending_of, connection.execute(wanted).mappings()))

    def settle(self, tenant: Tenant, channel: str, message: str) -> bool:
        """The question in this message is pending no more; False where it was not."""
        if any(map(unstorable, (tenant.platform, tenant.id, channel, message))):
            return False
        return self._changes(settled(tenant, channel, message))

    def claim(self, name: str, holder: str, at: datetime, lease: timedelta) -> bool:
        """Whether this holder now has it, for as long as the lease."""
        require_storable("a claim", (name, holder))
        row = {"name": name, "holder": holder, "until": instant(at + lease)}
        first = {"begun": instant(at)}
        over = or_(
            _claims.c.holder == holder,
            _claims.c.until <= instant(at),
            _claims.c.until > instant(at + 2 * lease),  # whose clock had jumped
        )
        with self._database.writing() as connection:
            return win_row(connection, _claims, row, over, first)

    def claimed(self, names: Sequence[str]) -> Mapping[str, datetime]:
        """Those that were claimed, also where the lease is over, and since when."""
        columns = (_claims.c.name, _claims.c.begun)
        asked = select(*columns).where(_claims.c.name.in_(names))
        with self._database.reading() as connection:
            rows = connection.execute(asked).all()
        return {name: datetime.fromisoformat(begun) for name, begun in rows}

    def forget(self, tenant: Tenant) -> None:
        """Wipe everything of a tenant; what its posts show, and votes, go with them."""
        with self._database.writing() as connection:
            for table in _OF_TENANTS:
                connection.execute(delete(table).where(_of(table, tenant)))

    def purge(self, *, events: datetime, posts: datetime, finished: datetime) -> int:
        """Wipe what is older than these instants; how many rows."""
        over = (RequestState.TOLD, RequestState.CLOSED)
        shows_something = exists().where(_shown.c.post == _posts.c.key)
        stale = [
            delete(_seen).where(_seen.c.at < instant(events)),
            delete(_pending).where(_pending.c.at < instant(events)),
            delete(_claims).where(_claims.c.until < instant(events)),
            delete(_posts).where(
                _posts.c.at < instant(posts),
                or_(_posts.c.place_message.is_(None), ~shows_something),
            ),
            delete(_requests).where(
                _requests.c.at < instant(finished), _in_state(over)
            ),
            delete(_reports).where(
                _reports.c.at < instant(finished), _reports.c.told == 1
            ),
        ]
        with self._database.writing() as connection:
            return sum(connection.execute(each).rowcount for each in stale)

    def _changes(self, statement: Any) -> bool:
        with self._database.writing() as connection:
            return bool(connection.execute(statement).rowcount)


def _of(table: Table, tenant: Tenant) -> ColumnElement[bool]:
    """Is this row the tenant's? Of a tenant that cannot be stored there is none."""
    if unstorable(tenant.platform) or unstorable(tenant.id):
        return table.c.platform != table.c.platform
    return and_(table.c.platform == tenant.platform, table.c.tenant == tenant.id)


def _in_state(states: Collection[RequestState]) -> ColumnElement[bool]:
    return _requests.c.state.in_(sorted({state.value for state in states}))
