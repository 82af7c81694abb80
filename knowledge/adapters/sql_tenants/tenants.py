"""All that is kept for servers and workspaces, in the store's database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Table, delete, exists, or_, select, union

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_rows import instant
from knowledge.adapters.sql_tenants.claims import SqlClaims
from knowledge.adapters.sql_tenants.own_rows import is_of
from knowledge.adapters.sql_tenants.pending import SqlPending
from knowledge.adapters.sql_tenants.posts import SqlFeedback, SqlPosts
from knowledge.adapters.sql_tenants.reports import SqlReports
from knowledge.adapters.sql_tenants.requests import SqlRequests, in_state
from knowledge.adapters.sql_tenants.settings import SqlSettings
from knowledge.adapters.sql_text import unstorable
from knowledge.model import RequestState, Tenant

_posts, _shown = schema.posts, schema.shown
_requests, _reports = schema.requests, schema.reports
_seen, _pending, _claims = schema.seen_events, schema.pending_questions, schema.claims
_OF_TENANTS: Final[Sequence[Table]] = (
    schema.tenants,
    _seen,
    _pending,
    schema.digests,
    _posts,
    _requests,
    _reports,
    schema.watches,
    schema.refusals,
)
"""What is told apart by tenant, and wiped with one."""


class SqlTenants(
    SqlSettings,
    SqlPosts,
    SqlRequests,
    SqlReports,
    SqlFeedback,
    SqlPending,
    SqlClaims,
):
    """Implements ``tenant_ports.TenantStore``; ``SqlStore.tenants`` gives it out."""

    def known(self, platform: str) -> tuple[Tenant, ...]:
        """Of which tenants of a platform anything is kept, by their ids."""
        if unstorable(platform):
            return ()
        kept = (select(t.c.tenant).where(t.c.platform == platform) for t in _OF_TENANTS)
        with self._database.reading() as connection:
            ids = set(connection.execute(union(*kept)).scalars())
        return tuple(Tenant(platform, id_) for id_ in sorted(ids))

    def forget(self, tenant: Tenant) -> None:
        """Wipe everything of a tenant; what its posts show, and votes, go with them."""
        with self._database.writing() as connection:
            for table in _OF_TENANTS:
                connection.execute(delete(table).where(is_of(table, tenant)))

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
            delete(_requests).where(_requests.c.at < instant(finished), in_state(over)),
            delete(_reports).where(
                _reports.c.at < instant(finished), _reports.c.told == 1
            ),
        ]
        with self._database.writing() as connection:
            return sum(connection.execute(each).rowcount for each in stale)
