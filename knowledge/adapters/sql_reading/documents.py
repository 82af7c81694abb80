"""Documents by id, and those that are linked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)

from knowledge.adapters import sql_schema as schema
from knowledge.model import Status

_revisions = schema.revisions


def newest_documents(
    status: Status | None, after: str, limit: int
) -> Select[*tuple[Any, ...]]:
    """The next documents by id, each at its newest revision (that has the status)."""
    other = _revisions.alias()
    newest = select(func.max(other.c.revision)).where(
        other.c.document == _revisions.c.document
    )
    if status is not None:
        newest = newest.where(other.c.status == status.value)
    return (
        select(_revisions)
        .where(
            _revisions.c.document > after,
            _revisions.c.revision == newest.scalar_subquery(),
        )
        .order_by(_revisions.c.document)
        .limit(limit)
    )


def linked(documents: Sequence[str]) -> CompoundSelect[*tuple[Any, ...]]:
    """Published documents that these name in a link, or that name these, each once.

    Only links of published revisions count. ``link_of`` is the one of these.
    """
    saying, links = _revisions.alias(), schema.links
    said = (
        select(
            links.c.document.label("source"),
            links.c.target.label("target"),
            links.c.relation.label("relation"),
        )
        .join_from(
            links,
            saying,
            and_(
                links.c.document == saying.c.document,
                links.c.revision == saying.c.revision,
            ),
        )
        .where(
            saying.c.status == Status.PUBLISHED.value,
            or_(links.c.document.in_(documents), links.c.target.in_(documents)),
        )
        .subquery()
    )
    ways = [
        select(
            said.c[of].label("link_of"),
            said.c.relation.label("link_relation"),
            literal(forward).label("link_forward"),
            _revisions,
        )
        .join_from(said, _revisions, said.c[other] == _revisions.c.document)
        .where(
            said.c[of].in_(documents),
            said.c[other] != said.c[of],
            _revisions.c.status == Status.PUBLISHED.value,
        )
        for of, other, forward in (("source", "target", 1), ("target", "source", 0))
    ]
    return union_all(*ways)
