"""Posts read whole, and which of them show something: on an open connection."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_tenant_rows import post_of
from knowledge.model import Post

_posts, _shown = schema.posts, schema.shown


def showing(column: str, ids: Sequence[str]) -> Any:
    """The posts of which a quote that can be seen has one of these."""
    return (
        select(_posts.c.at, _posts.c.key)
        .join_from(_shown, _posts, _shown.c.post == _posts.c.key)
        .where(_shown.c[column].in_(ids), _shown.c.position < _posts.c.shown)
        .distinct()
    )


def posts_of(connection: Connection, *which: ColumnElement[bool]) -> dict[str, Post]:
    """Posts whole, by their keys."""
    rows = connection.execute(select(_posts).where(*which)).mappings().all()
    shown: dict[str, list[Any]] = {row["key"]: [] for row in rows}
    if not rows:
        return {}
    quotes = (
        select(_shown)
        .where(_shown.c.post.in_(list(shown)))
        .order_by(_shown.c.post, _shown.c.position, _shown.c.beside)
    )
    for row in connection.execute(quotes).mappings():
        shown[row["post"]].append(row)
    return {row["key"]: post_of(row, shown[row["key"]]) for row in rows}
