"""Rows that may be there already: left as they are, or replaced."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import sqlite


def _insert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, which both databases do in their own words."""
    if connection.dialect.name == "postgresql":
        # Here: where it is not used, it would be 2 MB and a fiftieth of a second.
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    return sqlite.insert(table)


def add_row(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert a row; False, and nothing is changed, where its key is there already."""
    added = _insert(connection, table).values(row).on_conflict_do_nothing()
    counted = {"preserve_rowcount": True}  # else it is not known of an INSERT
    return bool(connection.execute(added, execution_options=counted).rowcount)


def put_row(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row, or put it in the place of the one with its key."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    put = _insert(connection, table).values(row)
    connection.execute(put.on_conflict_do_update(index_elements=keys, set_=rest))


def win_row(
    connection: Connection,
    table: Table,
    row: dict[str, Any],
    over: ColumnElement[bool],
    first: dict[str, Any],
) -> bool:
    """Insert a row, or replace the one with its key where ``over`` holds of that.

    False, and nothing is changed, where it does not. One statement: of several who try
    at once one wins. ``first`` is kept of the row that was there first.
    """
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    put = _insert(connection, table).values(row | first)
    won = put.on_conflict_do_update(index_elements=keys, set_=rest, where=over)
    counted = {"preserve_rowcount": True}
    return bool(connection.execute(won, execution_options=counted).rowcount)
