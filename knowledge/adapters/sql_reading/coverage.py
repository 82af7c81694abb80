"""What is published on whom and where: counted, listed, named."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.sql.elements import ColumnElement

from knowledge.adapters import sql_schema as schema
from knowledge.model import Kind, Status

_revisions, _passages, _subjects = schema.revisions, schema.passages, schema.subjects


def coverage_cells(
    vendor: str | None, places: Sequence[str] | None
) -> Select[*tuple[Any, ...]]:
    """vendor, place, kind, how many published documents, the newest date of them."""
    cells = (
        select(
            _subjects.c.vendor,
            _subjects.c.place,
            _revisions.c.kind,
            func.count(_passages.c.document.distinct()).label("documents"),
            func.max(_revisions.c.dated).label("newest"),
        )
        .join_from(_subjects, _passages, _passages.c.id == _subjects.c.passage)
        .join(
            _revisions,
            and_(
                _passages.c.document == _revisions.c.document,
                _passages.c.revision == _revisions.c.revision,
            ),
        )
        .where(_revisions.c.status == Status.PUBLISHED.value)
        .group_by(_subjects.c.vendor, _subjects.c.place, _revisions.c.kind)
    )
    if vendor is not None:
        cells = cells.where(_subjects.c.vendor == vendor)
    if places is not None:
        cells = cells.where(_subjects.c.place.in_(places))
    return cells


_CITABLE = and_(
    _passages.c.document == _revisions.c.document,
    _passages.c.revision == _revisions.c.revision,
)


def _on(
    vendor: str | None, places: Sequence[str] | None, kind: Kind | None
) -> list[ColumnElement[bool]]:
    """What holds of a published passage on both, in a document of the kind."""
    wanted = [_revisions.c.status == Status.PUBLISHED.value]
    if kind is not None:
        wanted.append(_revisions.c.kind == kind.value)
    if vendor is not None or places is not None:
        on = exists().where(_subjects.c.passage == _passages.c.id)
        if vendor is not None:
            on = on.where(_subjects.c.vendor == vendor)
        if places is not None:
            on = on.where(_subjects.c.place.in_(places))
        wanted.append(on)
    return wanted


def holdings(
    vendor: str | None, places: Sequence[str] | None, kind: Kind | None
) -> Select[*tuple[Any, ...]]:
    """Published documents with passages on both, and how many; no words."""
    whole = [_revisions.c[name] for name in _WITHOUT_WORDS]
    return (
        select(*whole, func.count().label("passages"))
        .join_from(_revisions, _passages, _CITABLE)
        .where(*_on(vendor, places, kind))
        .group_by(*whole)
        .order_by(_revisions.c.document)
    )


_WITHOUT_WORDS = "document title form kind language sources event_on dated".split()


def subjects_held(
    vendor: str | None, places: Sequence[str] | None, kind: Kind | None
) -> Select[*tuple[Any, ...]]:
    """The vendors and places that all passages of those documents are on."""
    asked = (
        select(_revisions.c.document)
        .join_from(_revisions, _passages, _CITABLE)
        .where(*_on(vendor, places, kind))
    )
    return (
        select(_revisions.c.document, _subjects.c.vendor, _subjects.c.place)
        .distinct()
        .join_from(_revisions, _passages, _CITABLE)
        .join(_subjects, _subjects.c.passage == _passages.c.id)
        .where(
            _revisions.c.status == Status.PUBLISHED.value,
            _revisions.c.document.in_(asked),
        )
        .order_by(_revisions.c.document, _subjects.c.vendor, _subjects.c.place)
    )


def subjects_of(documents: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """What passages of these published documents are on; a row of each at least."""
    return (
        select(_revisions.c.document, _subjects.c.vendor, _subjects.c.place)
        .distinct()
        .outerjoin_from(_revisions, _passages, _CITABLE)
        .outerjoin(_subjects, _subjects.c.passage == _passages.c.id)
        .where(
            _revisions.c.status == Status.PUBLISHED.value,
            _revisions.c.document.in_(documents),
        )
    )
