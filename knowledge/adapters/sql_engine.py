"""Opens a database and gives out its two kinds of transaction; knows no table.

SQLite. The sqlite3 module would begin transactions by its own rules, so it is told not
to begin any (``isolation_level=None``) and SQLAlchemy's "begin" event does: a reader
with BEGIN, which gives it one snapshot, a writer with BEGIN IMMEDIATE, which takes the
write lock before anything is read, so that what it decides on cannot change under it.

PostgreSQL. A reader runs at REPEATABLE READ for the same snapshot; a writer at READ
COMMITTED, and takes its turn by locking the store's row (see ``sql_journal``).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy import text as sql
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import QueuePool

from knowledge.adapters.sql_errors import LOCKED, translated
from knowledge.errors import StoreUnavailable

_FILE = "sqlite:///"
_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


class Database:
    """One database. Safe to share between threads.

    ``where`` names it in messages, never with a password. ``patience``, in seconds, is
    how long a writer waits for another one; in a line of several, for each.
    """

    def __init__(self, engine: Engine, where: str, patience: float) -> None:
        self.where = where
        self.dialect = engine.dialect.name
        self._engine = engine
        self._patience = patience
        self._closed = False
        self._turn = Lock()
        self._begun = 0  # transactions that write, by whoever has the turn
        if self.dialect == "sqlite":
            self._reader = engine
            self._writer = engine.execution_options(begin="BEGIN IMMEDIATE")
        else:
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")
            self._writer = engine.execution_options(isolation_level="READ COMMITTED")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store. Raises StoreUnavailable."""
        with self._open(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, committed durably at the end or rolled back whole.

        Raises StoreUnavailable.
        """
        with self._open(), self._in_turn(), self._writer.begin() as connection:
            self._begun += 1
            if self.dialect == "postgresql":
                wait = f"{round(self._patience * 1000)}ms"
                connection.execute(_DURABLY_AND_PATIENTLY, {"wait": wait})
            yield connection

    def session(self) -> Connection:
        """A connection outside any transaction, to be closed; raises StoreUnavailable.

        For what lasts as long as a session does, which only PostgreSQL knows.
        """
        with self._open():
            own = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            return own.connect()

    def prepare(self) -> None:
        """Settings that stay with the database: SQLite's write-ahead log.

        Called once it is known to be ours. Raises StoreUnavailable.
        """
        if self.dialect == "postgresql":
            self._refuse_other_encodings()
            return
        # SQLite does not wait for other connections while it changes this setting.
        deadline = monotonic() + self._patience
        with self._open(), self._engine.execution_options(begin="").connect() as own:
            while True:
                try:
                    own.exec_driver_sql("PRAGMA journal_mode = WAL")
                except OperationalError:
                    if monotonic() >= deadline:
                        raise
                    sleep(0.02)
                else:
                    return

    def _refuse_other_encodings(self) -> None:
        with self.reading() as connection:
            encoding = connection.execute(sql("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            problem = f"its encoding is {encoding}: create it with ENCODING 'UTF8'"
            raise StoreUnavailable(where=self.where, problem=problem)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        # SQLite polls for its write lock, in no order and with growing naps. Threads of
        # one process queue here; only processes are left to meet at the file. A line
        # that moves is waited in, however slow the disk is: who gave up behind seven
        # others had sent what it could not record any more.
        begun = self._begun
        while not self._turn.acquire(timeout=self._patience):
            if self._begun == begun:
                raise StoreUnavailable(where=self.where, problem=LOCKED)
            begun = self._begun
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _open(self) -> Iterator[None]:
        if self._closed:
            raise StoreUnavailable(where=self.where, problem="it was closed")
        with translated(self.where):
            yield

    def close(self) -> None:
        """Close every connection; repeatable."""
        self._closed = True
        self._engine.dispose()


_DURABLY_AND_PATIENTLY = sql(
    """SELECT set_config('lock_timeout', :wait, true),
              set_config('synchronous_commit',
                         CASE current_setting('synchronous_commit')
                         WHEN 'off' THEN 'on'
                         ELSE current_setting('synchronous_commit') END, true)"""
)


def connect(url: str, patience: float) -> Database:
    """The database at a URL; nothing is opened yet but a folder is made for a file.

    ``sqlite:///PATH`` takes all that follows as the path, whatever its characters;
    ``sqlite://`` is a store in memory, for one process and as long as it lives;
    ``postgresql://USER:PASSWORD@HOST:PORT/NAME`` needs the extra ``postgres``.
    Raises StoreUnavailable.
    """
    if "\0" in url:
        raise StoreUnavailable(where="named by its URL", problem=_BAD_URL)
    if url in ("sqlite://", "sqlite:///:memory:"):
        # One connection, lent to one thread at a time.
        one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return _sqlite(URL.create("sqlite"), "in memory", patience, **one)
    if url.startswith(_FILE):
        path = Path(url.removeprefix(_FILE))
        _make_folder(path)
        location = URL.create("sqlite", database=str(path))
        return _sqlite(location, str(path), patience, pool_size=8, max_overflow=56)
    return _postgresql(url, patience)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"the folder cannot be made ({error.strerror})"
        raise StoreUnavailable(where=str(path), problem=problem) from error


def _sqlite(url: URL, where: str, patience: float, **pool: Any) -> Database:
    engine = create_engine(
        url,
        connect_args={
            "isolation_level": None,
            "timeout": patience,
            "check_same_thread": False,  # the pool lends a connection to one thread
        },
        pool_timeout=patience,
        hide_parameters=True,
        **pool,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, where, patience)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # law 6: a commit is on the disk


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN")
    if begin:
        connection.exec_driver_sql(begin)


_GIVEN_UP_AFTER: Final[Mapping[str, int]] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
}
"""Seconds after which libpq holds a server for gone that falls silent without hanging up,
as where a cable is pulled: a minute, in place of the system's quarter of an hour."""


def _postgresql(text: str, patience: float) -> Database:
    url = _parsed(text)
    if url is None or url.drivername not in _POSTGRESQL:
        raise StoreUnavailable(where="named by its URL", problem=_BAD_URL)
    where = f"postgresql://{url.host or ''}{f':{url.port}' if url.port else ''}"
    where = f"{where}/{url.database or ''}"
    settings: dict[str, Any] = {"client_encoding": "utf8"}
    settings |= {k: v for k, v in _GIVEN_UP_AFTER.items() if k not in url.query}
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args=settings,
            pool_size=8,
            max_overflow=24,
            pool_timeout=patience,
            pool_pre_ping=True,  # a server that was restarted is noticed and rejoined
            hide_parameters=True,
        )
    except ImportError as error:
        problem = 'its driver is not installed: pip install "quis[postgres]"'
        raise StoreUnavailable(where=where, problem=problem) from error
    return Database(engine, where, patience)


def _parsed(text: str) -> URL | None:
    try:
        return make_url(text)
    except (ArgumentError, ValueError):
        return None  # the error may quote the URL, and so its password: not chained


_BAD_URL = (
    "the URL is not understood: write sqlite:///PATH or "
    "postgresql://USER:PASSWORD@HOST:PORT/NAME"
)
