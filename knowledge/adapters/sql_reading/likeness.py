"""Documents that hold a body already, or one that is much like it."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from knowledge.adapters import sql_schema as schema
from knowledge.model import LIVE, Status

_revisions = schema.revisions

_LIVE = [status.value for status in LIVE]
"""Statuses of a revision that is shown or may come to be."""


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
