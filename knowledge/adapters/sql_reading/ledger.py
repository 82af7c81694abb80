"""What the ledger says was published."""

from typing import Any

from sqlalchemy import Select, select

from knowledge.adapters import sql_schema as schema
from knowledge.model import Step


def published_after(at: str) -> Select[*tuple[Any, ...]]:
    """Lines of the ledger that publish something, later than this, newest first."""
    lines = schema.ledger
    return (
        select(lines)
        .where(lines.c.step == Step.PUBLISH.value, lines.c.at > at)
        .order_by(lines.c.at.desc(), lines.c.sequence.desc())
    )
