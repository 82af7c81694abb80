"""Events that were seen, and questions taken up and not settled, in the store's database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Delete, Select, and_, delete, func, or_, select

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_rows import instant
from knowledge.adapters.sql_tenant_rows import Row, of_tenant
from knowledge.adapters.sql_tenants.own_rows import OwnRows, is_of
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import add_row
from knowledge.model import PendingQuestion, Place, Tenant

_seen, _pending = schema.seen_events, schema.pending_questions


class SqlPending(OwnRows):
    """Implements ``tenant_ports.PendingStore``."""

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
                _add_pending(connection, question, most)
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
        wanted = _left_behind(
            platform, (holder, begun), (at - lease, at + lease), since
        ).limit(limit)
        with self._database.reading() as connection:
            return tuple(map(_pending_of, connection.execute(wanted).mappings()))

    def settle(self, tenant: Tenant, channel: str, message: str) -> bool:
        """The question in this message is pending no more; False where it was not."""
        if any(map(unstorable, (tenant.platform, tenant.id, channel, message))):
            return False
        return self._changes(_settled(tenant, channel, message))


def _add_pending(connection: Connection, question: PendingQuestion, most: int) -> None:
    """Note one, where its tenant has less than ``most``."""
    counted = select(func.count()).where(is_of(_pending, question.tenant))
    if connection.execute(counted).scalar_one() < most:
        add_row(connection, _pending, _row(question))


def _left_behind(
    platform: str,
    mine: tuple[str, datetime],
    running: tuple[datetime, datetime],
    since: datetime,
) -> Select[Any]:
    """As ``TenantStore.pending``: what this holder took up until an instant (``mine``).

    And what was taken up outside of a span, in which the process may be ``running``.
    """
    holder, begun = mine
    first, last = running
    left = or_(
        and_(_pending.c.holder == holder, _pending.c.at <= instant(begun)),
        _pending.c.at <= instant(first),
        _pending.c.at > instant(last),
    )
    return (
        select(_pending)
        .where(_pending.c.platform == platform, _pending.c.at >= instant(since), left)
        .order_by(_pending.c.at, _pending.c.channel, _pending.c.message)
    )


def _pending_of(row: Row) -> PendingQuestion:
    """The question that a row holds."""
    return PendingQuestion(
        tenant=Tenant(row["platform"], row["tenant"]),
        place=Place(row["channel"], row["message"], row["thread"]),
        at=datetime.fromisoformat(row["at"]),
        holder=row["holder"],
        language=row["language"],
        direct=bool(row["direct"]),
    )


def _settled(tenant: Tenant, channel: str, message: str) -> Delete:
    """Forget the one in this message."""
    return delete(_pending).where(
        is_of(_pending, tenant),
        _pending.c.channel == channel,
        _pending.c.message == message,
    )


def _row(question: PendingQuestion) -> dict[str, Any]:
    return {
        **of_tenant(question.tenant),
        "channel": question.place.channel,
        "message": question.place.message,
        "thread": question.place.thread,
        "at": instant(question.at),
        "holder": question.holder,
        "language": question.language,
        "direct": int(question.direct),
    }
