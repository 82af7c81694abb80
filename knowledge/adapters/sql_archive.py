"""A whole store as one SQLite file, and such a file in the place of a whole store.

The copy is itself a store as ``sql_store`` writes it. SQLite makes it by its online backup
(https://www.sqlite.org/backup.html); PostgreSQL's rows are carried over table by table in
one transaction that sees one state. So a copy of either can be put in the place of either.
"""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy import text as sql

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database, connect
from knowledge.adapters.sql_migrations import MIGRATIONS, migrate
from knowledge.errors import NewerStore, StoreNotEmpty, StoreUnavailable, UnusableBackup
from knowledge.ports import Clock

_ROWS = 500  # carried at once
_PATIENCE = 10.0

_OWN = (schema.schema_versions, schema.store, schema.notes)
"""What every store has, even an empty one."""


class SqlArchive:
    """Implements ``keeping_ports.Archive``; opened by ``sql_store.open_store``."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def copy_to(self, path: Path) -> None:
        """Write all that is held at one moment, while others go on."""
        with self._database.reading() as connection:
            if self._database.dialect == "sqlite":
                _backed_up(connection, path)
                return
            with _opened(path, self._clock) as copy, copy.writing() as target:
                target.execute(delete(schema.store))
                target.execute(delete(schema.notes))
                _carry(connection, target)
        with closing(sqlite3.connect(path)) as copied:
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, no log beside it

    def replace_by(self, path: Path, *, force: bool) -> None:
        """Put such a copy in the place of what is held, in one transaction."""
        try:
            copy = _opened(path, self._clock)
            with (
                copy as source,
                source.reading() as read,
                self._database.writing() as connection,
            ):
                self._replace(read, connection, force=force)
        except NewerStore as error:
            problem = "a newer Quis wrote it: upgrade Quis"
            raise UnusableBackup(path=path.name, reason=problem) from error
        except _Unreadable as error:
            problem = "its store cannot be read; take another one"
            raise UnusableBackup(path=path.name, reason=problem) from error

    def _replace(
        self, source: Connection, connection: Connection, *, force: bool
    ) -> None:
        with _ledger_open(connection):
            held = _documents(connection)
            if not force and (held or not _is_empty(connection)):
                raise StoreNotEmpty(where=self._database.where, documents=held)
            for table in reversed(_tables()):
                connection.execute(delete(table))
            _carry(source, connection)
            connection.execute(update(schema.store).values(id=uuid.uuid4().hex))


class _Unreadable(Exception):
    """The copy is no store."""


@contextmanager
def _opened(path: Path, clock: Clock) -> Iterator[Database]:
    """A copy, made or brought up to date. Raises NewerStore and _Unreadable."""
    database = connect(f"sqlite:///{path}", _PATIENCE)
    try:
        try:
            migrate(database, clock, MIGRATIONS)
        except NewerStore:
            raise
        except StoreUnavailable as error:
            raise _Unreadable from error
        yield database
    finally:
        database.close()


def _backed_up(connection: Connection, path: Path) -> None:
    source = connection.connection.driver_connection
    if not isinstance(source, sqlite3.Connection):
        raise TypeError("a SQLite store is opened by the sqlite3 module")
    with closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _tables() -> list[Table]:
    """All that are carried, each behind those that it refers to."""
    held = schema.metadata.sorted_tables
    return [table for table in held if table is not schema.schema_versions]


def _carry(source: Connection, target: Connection) -> None:
    """Every row of every table; those of the target are empty."""
    streaming = source.execution_options(yield_per=_ROWS)
    for table in _tables():
        # By their key: what was inserted in this order is read in it again.
        key = list(table.primary_key.columns) or list(table.columns)
        ordered = select(table).order_by(*key)
        for rows in streaming.execute(ordered).mappings().partitions(_ROWS):
            target.execute(insert(table), [dict(row) for row in rows])


@contextmanager
def _ledger_open(connection: Connection) -> Iterator[None]:
    """Nobody else writes, and for once the ledger's lines may be taken away.

    All of it is undone with the transaction.
    """
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in _tables())
        connection.execute(sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
        connection.execute(sql("ALTER TABLE ledger DISABLE TRIGGER USER"))
        yield
        connection.execute(sql("ALTER TABLE ledger ENABLE TRIGGER USER"))
        return
    guards = connection.execute(
        sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    ).all()
    for name, _ in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, made in guards:
        connection.exec_driver_sql(made)


def _documents(connection: Connection) -> int:
    counted = select(func.count(func.distinct(schema.revisions.c.document)))
    return connection.execute(counted).scalar_one()


def _is_empty(connection: Connection) -> bool:
    return not any(
        connection.execute(select(table).limit(1)).first() is not None
        for table in _tables()
        if table not in _OWN
    )
