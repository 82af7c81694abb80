"""What a process has claimed, in the store's database."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_rows import instant
from knowledge.adapters.sql_tenants.own_rows import OwnRows
from knowledge.adapters.sql_text import require_storable
from knowledge.adapters.sql_upsert import win_row

_claims = schema.claims


class SqlClaims(OwnRows):
    """Implements ``tenant_ports.ClaimStore``; a claim is no tenant's."""

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
