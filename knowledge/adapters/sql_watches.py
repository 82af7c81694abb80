"""What channels watch, in the store's database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_rows import instant, ledger_line
from knowledge.adapters.sql_tenant_rows import of_tenant
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import add_row
from knowledge.model import Kept, LedgerLine, Rhythm, Step, Tenant, Watch

_rows, _lines = schema.watches, schema.ledger


class SqlWatches:
    """Implements ``tenant_ports.WatchStore``; ``SqlStore.watches`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- the ledger ----------------------------------------------------------------

    def head(self) -> int:
        """The last line of the ledger; 0 where there is none."""
        wanted = select(func.max(_lines.c.sequence))
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar() or 0

    def lines(self, after: int, limit: int) -> tuple[LedgerLine, ...]:
        """What was published or retracted behind a line of the ledger, in order."""
        wanted = (
            select(_lines)
            .where(
                _lines.c.sequence > after,
                _lines.c.step.in_([Step.PUBLISH.value, Step.RETRACT.value]),
            )
            .order_by(_lines.c.sequence)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(map(ledger_line, connection.execute(wanted).mappings()))

    # --- watches -------------------------------------------------------------------

    def add(self, watch: Watch, most: int) -> Kept:
        """Keep a new one where there is room; the same again takes the rhythm."""
        require_storable("the watch", watch)
        row = _row(watch)
        same = [_rows.c[name] == row[name] for name in ("vendor", "place")]
        here = _in(watch.tenant, watch.channel)
        changed = {"rhythm": row["rhythm"], "language": row["language"]}
        with self._database.writing() as connection:
            again = update(_rows).where(here, *same).values(changed)
            if connection.execute(again).rowcount:
                return Kept.CHANGED
            held = select(func.count()).select_from(_rows).where(here)
            if connection.execute(held).scalar_one() >= most:
                return Kept.FULL
            new = add_row(connection, _rows, row)
        return Kept.NEW if new else Kept.CHANGED

    def of(self, tenant: Tenant, channel: str) -> tuple[Watch, ...]:
        """What a channel watches, in the order in which it was added."""
        return self._some(_in(tenant, channel))

    def on(self, platform: str) -> tuple[Watch, ...]:
        """All of a platform."""
        if unstorable(platform):
            return ()
        return self._some(_rows.c.platform == platform)

    def end(self, tenant: Tenant, channel: str, id: str) -> bool:
        """Forget one; False where that channel has none such."""
        if unstorable(id):
            return False
        this = delete(_rows).where(_in(tenant, channel), _rows.c.id == id)
        with self._database.writing() as connection:
            return bool(connection.execute(this).rowcount)

    # --- telling -------------------------------------------------------------------

    def begin(self, ids: Sequence[str], through: int) -> None:
        """A telling up to this line is handed out; one that was begun stays as it is."""
        these = update(_rows).where(_rows.c.id.in_(list(ids)), _rows.c.begun.is_(None))
        with self._database.writing() as connection:
            connection.execute(these.values(begun=through))

    def told_through(
        self, tenant: Tenant, channel: str, through: int, at: datetime
    ) -> bool:
        """What was begun up to this line is told; False where nothing was."""
        these = update(_rows).where(_in(tenant, channel), _rows.c.begun == through)
        told = {"told": through, "told_at": instant(at), "begun": None}
        with self._database.writing() as connection:
            return bool(connection.execute(these.values(told)).rowcount)

    def _some(self, which: ColumnElement[bool]) -> tuple[Watch, ...]:
        wanted = select(_rows).where(which).order_by(_rows.c.since, _rows.c.id)
        with self._database.reading() as connection:
            return tuple(map(_watch, connection.execute(wanted).mappings()))


def _in(tenant: Tenant, channel: str) -> ColumnElement[bool]:
    """Is this row of that channel? Of what cannot be stored there is none."""
    if any(unstorable(text) for text in (tenant.platform, tenant.id, channel)):
        return _rows.c.id != _rows.c.id
    return and_(
        _rows.c.platform == tenant.platform,
        _rows.c.tenant == tenant.id,
        _rows.c.channel == channel,
    )


def _row(watch: Watch) -> dict[str, Any]:
    return {
        "id": watch.id,
        **of_tenant(watch.tenant),
        "channel": watch.channel,
        "owner": watch.owner,
        "vendor": watch.vendor or "",
        "place": watch.place or "",
        "rhythm": watch.rhythm.value,
        "language": watch.language,
        "since": instant(watch.told_at),
        "told": watch.told,
        "told_at": instant(watch.told_at),
        "begun": watch.begun,
    }


def _watch(row: Mapping[Any, Any]) -> Watch:
    return Watch(
        id=row["id"],
        tenant=Tenant(row["platform"], row["tenant"]),
        channel=row["channel"],
        owner=row["owner"],
        rhythm=Rhythm(row["rhythm"]),
        language=row["language"],
        told=row["told"],
        told_at=datetime.fromisoformat(row["told_at"]),
        vendor=row["vendor"] or None,
        place=row["place"] or None,
        begun=row["begun"],
    )
