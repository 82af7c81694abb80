"""Passages that are published, whole."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select

from knowledge.adapters import sql_schema as schema
from knowledge.model import Status

_revisions, _passages = schema.revisions, schema.passages


@lru_cache(maxsize=1)
def published_passages() -> Select[*tuple[Any, ...]]:
    """Those passages of ``ids`` that are published, each with its revision.

    The same statement each time, as every question needs it. A law's body is long and many
    of its passages may be asked for at once, so the body comes with one row of a revision
    only; it is NULL in the others.
    """
    places = (_passages.c.document, _passages.c.revision)
    among = (
        select(
            _passages,
            func.row_number().over(partition_by=places, order_by=_passages.c.id),
        )
        .where(_passages.c.id.in_(bindparam("ids", expanding=True)))
        .subquery()
    )
    *columns, number = among.c
    apart = [column.label(f"passage_{column.name}") for column in columns]
    whole = [column for column in _revisions.c if column.name != "body"]
    body = case((number == 1, _revisions.c.body)).label("body")
    return (
        select(*apart, *whole, body)
        .join_from(
            among,
            _revisions,
            and_(
                among.c.document == _revisions.c.document,
                among.c.revision == _revisions.c.revision,
            ),
        )
        .where(_revisions.c.status == Status.PUBLISHED.value)
    )
