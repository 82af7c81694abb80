"""Questions that were taken up and not settled: statements on an open connection."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Select,
    and_,
    delete,
    func,
    or_,
    select,
)

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_rows import instant
from knowledge.adapters.sql_tenant_rows import Row, of_tenant
from knowledge.adapters.sql_upsert import add_row
from knowledge.model import PendingQuestion, Place, Tenant

_pending = schema.pending_questions


def add_pending(connection: Connection, question: PendingQuestion, most: int) -> None:
    """Note one, where its tenant has less than ``most``."""
    counted = select(func.count()).where(_of(question.tenant))
    if connection.execute(counted).scalar_one() < most:
        add_row(connection, _pending, _row(question))


def left_behind(
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


def pending_of(row: Row) -> PendingQuestion:
    """The question that a row holds."""
    return PendingQuestion(
        tenant=Tenant(row["platform"], row["tenant"]),
        place=Place(row["channel"], row["message"], row["thread"]),
        at=datetime.fromisoformat(row["at"]),
        holder=row["holder"],
        language=row["language"],
        direct=bool(row["direct"]),
    )


def settled(tenant: Tenant, channel: str, message: str) -> Delete:
    """Forget the one in this message."""
    return delete(_pending).where(
        _of(tenant), _pending.c.channel == channel, _pending.c.message == message
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


def _of(tenant: Tenant) -> ColumnElement[bool]:
    return and_(_pending.c.platform == tenant.platform, _pending.c.tenant == tenant.id)
