"""What was asked and refused, in the store's database."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_rows import instant
from knowledge.adapters.sql_tenant_rows import of_tenant
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.model import Reason, Refusal, Tenant

_rows = schema.refusals


class SqlGaps:
    """Implements ``tenant_ports.GapStore``; ``SqlStore.gaps`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, refusal: Refusal) -> None:
        """Keep a refused question. Raises InvalidMetadata."""
        require_storable("the refused question", refusal)
        with self._database.writing() as connection:
            connection.execute(_rows.insert(), _row(refusal))

    def refusals(
        self, tenant: Tenant | None = None, since: datetime | None = None
    ) -> tuple[Refusal, ...]:
        """A tenant's, or all, since an instant, oldest first."""
        wanted = select(_rows).order_by(_rows.c.at, _rows.c.id)
        if tenant is not None:
            if unstorable(tenant.platform) or unstorable(tenant.id):
                return ()
            wanted = wanted.where(_of(tenant))
        if since is not None:
            wanted = wanted.where(_rows.c.at >= instant(since))
        with self._database.reading() as connection:
            return tuple(map(_refusal, connection.execute(wanted).mappings()))

    def wipe(self, tenant: Tenant) -> int:
        """Forget the words of a tenant's questions, not that they were asked."""
        these = update(_rows).where(_of(tenant), _rows.c.text.is_not(None))
        with self._database.writing() as connection:
            return connection.execute(these.values(text=None)).rowcount

    def purge(self, *, texts: datetime, refusals: datetime) -> int:
        """Wipe words, and refusals at all, older than these instants; how many."""
        old = delete(_rows).where(_rows.c.at < instant(refusals))
        worded = update(_rows).where(
            _rows.c.at < instant(texts), _rows.c.text.is_not(None)
        )
        with self._database.writing() as connection:
            gone = connection.execute(old).rowcount
            return gone + connection.execute(worded.values(text=None)).rowcount


def _of(tenant: Tenant) -> Any:
    return and_(_rows.c.platform == tenant.platform, _rows.c.tenant == tenant.id)


def _row(refusal: Refusal) -> dict[str, Any]:
    return {
        "id": secrets.token_hex(8),
        **of_tenant(refusal.tenant),
        "at": instant(refusal.at),
        "language": refusal.language,
        "reason": refusal.reason.value,
        "vendors": json.dumps(refusal.vendors),
        "places": json.dumps(refusal.places),
        "concepts": json.dumps(refusal.concepts),
        "text": refusal.text,
    }


def _refusal(row: Mapping[Any, Any]) -> Refusal:
    return Refusal(
        tenant=Tenant(row["platform"], row["tenant"]),
        at=datetime.fromisoformat(row["at"]),
        language=row["language"],
        reason=Reason(row["reason"]),
        vendors=tuple(json.loads(row["vendors"])),
        places=tuple(json.loads(row["places"])),
        concepts=tuple(json.loads(row["concepts"])),
        text=row["text"],
    )
