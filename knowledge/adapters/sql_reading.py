"""The questions that the store is asked, as statements; nothing is executed here."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from knowledge.adapters import sql_schema as schema
from knowledge.model import LIVE, Kind, Status, Step

_revisions, _passages, _subjects = schema.revisions, schema.passages, schema.subjects

_LIVE = [status.value for status in LIVE]
"""Statuses of a revision that is shown or may come to be."""


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


def newest_live() -> ColumnElement[bool]:
    """Is this revision its document's newest that is published or may come to be?"""
    later = _revisions.alias()
    return and_(
        _revisions.c.status.in_(_LIVE),
        ~exists().where(
            later.c.document == _revisions.c.document,
            later.c.revision > _revisions.c.revision,
            later.c.status.in_(_LIVE),
        ),
    )


@lru_cache(maxsize=1)
def holders_of_body() -> Select[str]:
    """Documents of which the published or the newest live revision has ``body_sha256``."""
    return (
        select(_revisions.c.document)
        .where(
            _revisions.c.body_sha256 == bindparam("body_sha256"),
            or_(_revisions.c.status == Status.PUBLISHED.value, newest_live()),
        )
        .order_by(_revisions.c.document)
        .limit(1)
    )


def asked_names(count: int) -> Sequence[str]:
    """What ``sharing`` calls its fingerprints."""
    return [f"asked_{number}" for number in range(count)]


COMMON = 200
"""Revisions; a fingerprint that more of them have tells nothing."""


@lru_cache(maxsize=128)
def sharing(count: int) -> Select[str, int]:
    """Documents whose newest live revision has some fingerprints, and how many.

    There are ``count`` of them, called as ``asked_names`` says.

    Of those that few have: a phrase of a form tells nobody apart, and in a list of ten
    thousand rows by one pattern every row would be compared with all others.
    """
    held, other = schema.fingerprints, schema.fingerprints.alias()
    # One row each, and not VALUES: SQLAlchemy would compile those anew at each document.
    rows = (
        select(bindparam(name, type_=schema.Big).label("fingerprint"))
        for name in asked_names(count)
    )
    asked = union_all(*rows).cte("asked")
    # Counted no further than it takes: an index with 10,000 of one costs as 200 do.
    one_too_many = (
        select(other.c.fingerprint)
        .where(other.c.fingerprint == asked.c.fingerprint)
        .offset(COMMON)
        .limit(1)
        .scalar_subquery()
    )
    telling = select(asked.c.fingerprint).where(one_too_many.is_(None))
    return (
        select(held.c.document, func.count())
        .join_from(
            held,
            _revisions,
            and_(
                held.c.document == _revisions.c.document,
                held.c.revision == _revisions.c.revision,
            ),
        )
        .where(held.c.fingerprint.in_(telling), newest_live())
        .group_by(held.c.document)
    )


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


def published_after(at: str) -> Select[*tuple[Any, ...]]:
    """Lines of the ledger that publish something, later than this, newest first."""
    lines = schema.ledger
    return (
        select(lines)
        .where(lines.c.step == Step.PUBLISH.value, lines.c.at > at)
        .order_by(lines.c.at.desc(), lines.c.sequence.desc())
    )
