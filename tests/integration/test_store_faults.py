"""What the store does when the disk, the server or the process fails it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.pool import Pool

from knowledge.adapters.sql_engine import connect
from knowledge.adapters.sql_store import SqlStore, open_store
from knowledge.errors import StoreUnavailable
from knowledge.ledger import broken_at
from knowledge.model import Operation, Status
from tests.contracts.store_contract import (
    Desk,
    change,
    document,
    ids,
    passages_of,
)
from tests.fakes import FixedClock

pytest_plugins = ["tests.contracts.sql_fixtures"]

ROOT = Path(__file__).parents[2]
LOST = (
    "the server does not answer or lets nobody in: check that it runs, and the host, "
    "user, password and database in the store's URL"
)


def problem(caught: pytest.ExceptionInfo[StoreUnavailable]) -> str:
    """What the error says, which is one line that can be shown to anybody."""
    assert caught.value.__cause__ is not None
    assert "\n" not in str(caught.value)
    return str(caught.value.subject["problem"])


def path_of(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


# --- the process is killed ---------------------------------------------------------

ENDLESS_WRITER = """
import itertools, sys
from knowledge.adapters.sql_engine import connect
from knowledge.adapters.sql_store import open_store
from knowledge.model import Status
from tests.contracts.store_contract import Desk, change
from tests.fakes import FixedClock

store = open_store(sys.argv[1], FixedClock())
desk = Desk(store)
for n in itertools.count():
    name = f"{sys.argv[2]}-{n:05}"
    text = " ".join(f"Phrase {i} de {name}." for i in range(60))
    held = desk.put(name, text, vendors=("v",), fingerprints=(n, n + 1))
    print(name, flush=True)
    if n % 3 == 2:
        desk.move(held, Status.RETRACTED)
        print(f"-{name}", flush=True)
"""


def killed_while_writing(url: str, run: int, after: float) -> list[str]:
    """What a writer acknowledged before it was killed, some time after it began."""
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS_WRITER, url, f"run{run}"],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        acknowledged = [process.stdout.readline().strip()]
        threading.Timer(after, process.send_signal, [signal.SIGKILL]).start()
        acknowledged += [line.strip() for line in process.stdout if "\n" in line]
    assert process.returncode == -signal.SIGKILL
    return acknowledged


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_was_acknowledged_survives_a_killed_process(store_url: str) -> None:
    acknowledged: list[str] = []
    for run in range(4):
        after = random.uniform(0.0, 0.25)
        acknowledged += killed_while_writing(store_url, run, after)
    store = open_store(store_url, FixedClock())
    written = [name for name in acknowledged if not name.startswith("-")]
    retracted = {name[1:] for name in acknowledged if name.startswith("-")}
    assert len(written) >= 4
    for name in written:
        held = store.document(name)
        assert store.passages(name, 1) == passages_of(held)
        assert len(passages_of(held)) == 60
        if name in retracted:
            assert held.status is Status.RETRACTED
            assert store.published(ids(held)) == {}
    # At most the change under way at each kill is there without having been told of.
    held_now = list(store.documents())
    assert len(written) <= len(held_now) <= len(written) + 4
    # The feed, followed from its start, leads to just what can be quoted now.
    feed = store.changes(0, limit=10**6)
    assert [c.sequence for c in feed] == list(range(1, store.head().sequence + 1))
    followed: set[str] = set()
    for line in feed:
        if line.operation is Operation.PUT:
            followed.add(line.passage)
        else:
            followed.remove(line.passage)
    shown = [d for d in held_now if d.status is Status.PUBLISHED]
    assert followed == set(ids(*shown)) == set(store.published(sorted(followed)))
    assert broken_at(store.ledger()) is None
    store.close()


# --- SQLite: locks -----------------------------------------------------------------


@contextmanager
def locked(path: Path) -> Iterator[sqlite3.Connection]:
    """Another process's write transaction, as far as SQLite can tell."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_locked_store_says_so_after_its_patience_and_can_still_be_read(
    sqlite_url: str,
) -> None:
    store = open_store(sqlite_url, FixedClock(), patience=0.3)
    held = Desk(store).put("a")
    with locked(path_of(sqlite_url)) as other:
        began = time.monotonic()
        with pytest.raises(StoreUnavailable) as caught:
            Desk(store).put("b")
        assert 0.2 < time.monotonic() - began < 5
        assert problem(caught) == (
            "it is locked: another process is writing; try again in a moment"
        )
        assert list(store.published(ids(held))) == ids(held)
        other.execute("ROLLBACK")
        Desk(store).put("b")
    assert [d.id for d in store.documents()] == ["a", "b"]
    store.close()


def test_a_store_is_opened_and_read_while_another_process_writes(
    sqlite_url: str,
) -> None:
    first = open_store(sqlite_url, FixedClock())
    held = Desk(first).put("a")
    with locked(path_of(sqlite_url)):
        second = open_store(sqlite_url, FixedClock(), patience=0.1)
        assert second.document("a") == held
        second.close()
    first.close()


def test_a_write_waits_for_another_processs_write_to_end(sqlite_url: str) -> None:
    store = open_store(sqlite_url, FixedClock(), patience=10)
    with locked(path_of(sqlite_url)) as other:
        writer = threading.Thread(target=Desk(store).put, args=["a"])
        writer.start()
        time.sleep(0.2)
        other.execute("COMMIT")
        writer.join()
    assert [d.id for d in store.documents()] == ["a"]
    store.close()


def test_a_locked_postgresql_store_says_so_after_its_patience(
    postgresql_url: str,
) -> None:
    store = open_store(postgresql_url, FixedClock(), patience=0.3)
    other = create_engine(postgresql_url)
    with other.begin() as connection:
        connection.execute(text("SELECT * FROM store FOR UPDATE"))
        with pytest.raises(StoreUnavailable) as caught:
            Desk(store).put("a")
        assert "locked" in problem(caught)
    Desk(store).put("a")
    other.dispose()
    store.close()


@pytest.mark.parametrize("released", [True, False])
def test_a_file_that_another_program_is_writing_is_waited_for(
    sqlite_url: str, *, released: bool
) -> None:
    path_of(sqlite_url).touch()
    with locked(path_of(sqlite_url)) as other, ThreadPoolExecutor(1) as pool:
        opening = pool.submit(
            open_store, sqlite_url, FixedClock(), patience=10 if released else 0.2
        )
        time.sleep(0.1)
        assert not opening.done()
        if released:
            other.execute("COMMIT")
            opening.result().close()
            return
        with pytest.raises(StoreUnavailable) as caught:
            opening.result()
        assert "locked" in problem(caught)


def test_threads_of_one_process_take_turns_and_do_not_wait_for_ever(
    sqlite_url: str,
) -> None:
    open_store(sqlite_url, FixedClock()).close()
    database = connect(sqlite_url, 0.2)

    def write() -> None:
        with database.writing():
            pass

    with ThreadPoolExecutor(1) as pool:
        with database.writing(), pytest.raises(StoreUnavailable, match="is locked"):
            pool.submit(write).result()
        pool.submit(write).result()
    database.close()


def test_a_line_of_writers_that_moves_is_waited_in_longer_than_for_one(
    sqlite_url: str,
) -> None:
    open_store(sqlite_url, FixedClock()).close()
    database = connect(sqlite_url, 0.4)

    def write(_: int) -> None:
        with database.writing():
            time.sleep(0.1)

    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert time.monotonic() - began > 2 * 0.4
    database.close()


def test_behind_another_process_no_writer_of_a_line_waits_longer_than_its_patience(
    sqlite_url: str,
) -> None:
    open_store(sqlite_url, FixedClock()).close()
    database = connect(sqlite_url, 0.3)

    def waited(_: int) -> float:
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match="is locked"), database.writing():
            pass
        return time.monotonic() - began

    with locked(path_of(sqlite_url)), ThreadPoolExecutor(6) as pool:
        # Who had the turn when patience was at its end is followed by one more.
        assert max(pool.map(waited, range(6))) < 6 * 0.3
    database.close()


def test_more_readers_than_connections_do_not_wait_for_ever() -> None:
    database = connect("sqlite://", 0.2)

    def read() -> None:
        with database.reading():
            pass

    with ThreadPoolExecutor(1) as pool:
        with database.reading(), pytest.raises(StoreUnavailable) as caught:
            pool.submit(read).result()
        assert problem(caught) == (
            "all its connections are in use: try again in a moment"
        )
        pool.submit(read).result()
    database.close()


# --- SQLite: the disk --------------------------------------------------------------


@contextmanager
def no_page_more() -> Iterator[None]:
    """Every connection opened inside finds that its file can grow no further."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite: the size it has

    event.listen(Pool, "connect", limit)
    try:
        yield
    finally:
        event.remove(Pool, "connect", limit)


def test_a_full_disk_is_reported_and_nothing_is_half_written(sqlite_url: str) -> None:
    store = open_store(sqlite_url, FixedClock())
    held = Desk(store).put("a")
    before = Desk(store).everything()
    store.close()
    with no_page_more():
        store = open_store(sqlite_url, FixedClock())
        with pytest.raises(StoreUnavailable) as caught:
            Desk(store).put("b", "Très long. " * 10_000)
        assert "the disk is full" in problem(caught)
        assert Desk(store).everything() == before
        assert list(store.published(ids(held))) == ids(held)
        store.close()
    store = open_store(sqlite_url, FixedClock())
    assert Desk(store).everything() == before
    Desk(store).put("b")  # there is room again
    assert broken_at(store.ledger()) is None
    store.close()


FILL_THE_DISK = """
import sys
from knowledge.adapters.sql_engine import connect
from knowledge.adapters.sql_store import open_store
from knowledge.errors import StoreUnavailable
from knowledge.ledger import broken_at
from tests.contracts.store_contract import Desk
from tests.fakes import FixedClock

store = open_store(sys.argv[1], FixedClock())
written = []
try:
    for n in range(1000):
        Desk(store).put(f"d{n:04}", "Une phrase assez longue. " * 400)
        written.append(f"d{n:04}")
except StoreUnavailable as error:
    print(error)
assert written
assert [d.id for d in store.documents()] == written
store.close()
store = open_store(sys.argv[1], FixedClock())
assert [d.id for d in store.documents()] == written
assert broken_at(store.ledger()) is None
store.close()
print("whole")
"""


def test_a_disk_that_fills_up_while_writing_loses_nothing(tmp_path: Path) -> None:
    # A mount namespace of its own: the small disk is gone when its process is.
    apart = ["unshare", "--map-root-user", "--mount", "sh", "-ec"]
    mount = 'mount -t tmpfs -o size=2m none "$1"; '
    try:
        may = subprocess.run([*apart, mount, "sh", tmp_path], capture_output=True)
    except FileNotFoundError:
        pytest.skip("mounts a small disk, with the command unshare of Linux")
    if may.returncode:
        pytest.skip("mounts a small disk, which this machine does not allow")
    script = f'{mount} exec "$2" -c "$3" "sqlite:///$1/quis.sqlite"'
    told = subprocess.run(
        [*apart, script, "sh", tmp_path, sys.executable, FILL_THE_DISK],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    error, whole = told.stdout.splitlines()
    assert "the disk is full" in error
    assert whole == "whole"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, whom no mode of a file holds back."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that everybody can reach."""
    if sys.platform == "win32":
        pytest.skip("needs the file modes of POSIX")
    for parent in (tmp_path, *tmp_path.parents):
        if parent == Path(tempfile.gettempdir()).resolve():
            break
        if parent.owner() == tmp_path.owner():
            parent.chmod(parent.stat().st_mode | 0o055)
    folder = tmp_path / "data"
    folder.mkdir()
    yield folder
    folder.chmod(0o755)


def test_a_folder_that_may_not_be_written_to_is_reported(folder: Path) -> None:
    folder.chmod(0o555)
    for url in (
        f"sqlite:///{folder}/quis.sqlite",
        f"sqlite:///{folder}/in/quis.sqlite",
    ):
        with as_nobody(), pytest.raises(StoreUnavailable) as caught:
            open_store(url, FixedClock())
        assert problem(caught) in (
            "its file cannot be opened: check that the folder is there and may be "
            "written to",
            "the folder cannot be made (Permission denied)",
        )
    assert list(folder.iterdir()) == []


def test_a_store_that_may_not_be_written_to_is_reported(folder: Path) -> None:
    url = f"sqlite:///{folder}/quis.sqlite"
    open_store(url, FixedClock()).close()
    path = path_of(url)
    folder.chmod(0o777)
    path.chmod(0o444)

    def write() -> None:
        store = open_store(url, FixedClock())
        try:
            Desk(store).put("a")
        finally:
            store.close()

    with as_nobody(), pytest.raises(StoreUnavailable) as caught:
        write()
    assert problem(caught) == (
        "it may not be written to: check the rights of its files and its folder"
    )


def test_a_folder_that_is_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreUnavailable, match="folder cannot be made"):
        open_store(f"sqlite:///{tmp_path}/data/quis.sqlite", FixedClock())


def test_a_file_that_is_a_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}", FixedClock())


@pytest.mark.parametrize(
    "content", [b"Is Clearview active in Italy? " * 99, b"\0" * 9999]
)
def test_a_file_that_is_no_sqlite_database_is_left_alone(
    sqlite_url: str, content: bytes
) -> None:
    path_of(sqlite_url).write_bytes(content)
    with pytest.raises(StoreUnavailable) as caught:
        open_store(sqlite_url, FixedClock())
    assert "not a SQLite database" in problem(caught)
    assert path_of(sqlite_url).read_bytes() == content


def test_a_damaged_store_says_to_restore_a_backup(sqlite_url: str) -> None:
    store = open_store(sqlite_url, FixedClock())
    for n in range(40):
        Desk(store).put(f"d{n}", "Une phrase assez longue. " * 100)
    store.close()
    path = path_of(sqlite_url)
    sound = path.read_bytes()
    page = 4096
    path.write_bytes(sound[:page] + b"\xa5" * (len(sound) - page))

    def use() -> None:
        store = open_store(sqlite_url, FixedClock())
        try:
            list(store.documents())
        finally:
            store.close()

    with pytest.raises(StoreUnavailable) as caught:
        use()
    assert problem(caught) == ("its database disk image is malformed: restore a backup")


def test_a_store_cut_short_says_to_restore_a_backup(sqlite_url: str) -> None:
    store = open_store(sqlite_url, FixedClock())
    for n in range(40):
        Desk(store).put(f"d{n}", "Une phrase assez longue. " * 100)
    store.close()
    path = path_of(sqlite_url)
    path.write_bytes(path.read_bytes()[: 4096 * 3])
    with pytest.raises(StoreUnavailable) as caught:
        open_store(sqlite_url, FixedClock())
    assert "restore a backup" in problem(caught)


# --- PostgreSQL --------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:s3cr3t@127.0.0.1:1/quis",
        "postgres://ana:s3cr3t@127.0.0.1:1/quis",
        "postgresql+psycopg://ana:s3cr3t@127.0.0.1:1/quis",
        "postgresql://127.0.0.1:1/quis?user=ana&password=s3cr3t",
    ],
)
def test_a_server_out_of_reach_is_reported_without_the_password(url: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store(url, FixedClock())
    assert problem(caught) == LOST
    assert caught.value.subject["where"] == "postgresql://127.0.0.1:1/quis"
    raised: BaseException | None = caught.value
    while raised is not None:
        assert "s3cr3t" not in str(raised) + repr(raised)
        raised = raised.__cause__ or raised.__context__


@pytest.mark.parametrize(
    "url",
    [
        "",
        "quis.sqlite",
        "sqlite:///a\0b",
        "mysql://ana:s3cr3t@host/quis",
        "postgresql://ana:s3cr3t@host:s3cr3t/quis",
        "postgresql+psycopg2://ana:s3cr3t@host/quis",
        "sqlite+aiosqlite:///quis.sqlite",
    ],
)
def test_a_url_that_is_not_understood_is_reported_without_the_password(
    url: str,
) -> None:
    with pytest.raises(StoreUnavailable, match="URL is not understood") as caught:
        open_store(url, FixedClock())
    assert "s3cr3t" not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_a_database_that_is_not_there_is_reported(postgresql_server: str) -> None:
    url = (
        make_url(postgresql_server)
        .set(database="nowhere")
        .render_as_string(hide_password=False)
    )
    with pytest.raises(StoreUnavailable) as caught:
        open_store(url, FixedClock())
    assert problem(caught) == LOST


def test_a_missing_driver_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnavailable) as caught:
        open_store("postgresql://host/quis", FixedClock())
    assert 'pip install "quis[postgres]"' in problem(caught)


def test_connections_that_the_server_closed_are_opened_again(
    postgresql_url: str,
) -> None:
    store = open_store(postgresql_url, FixedClock())
    held = Desk(store).put("a")
    other = create_engine(postgresql_url)
    with other.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    other.dispose()
    assert list(store.published(ids(held))) == ids(held)
    Desk(store).put("b")
    store.close()


def test_a_server_that_falls_silent_is_given_up_unless_the_url_says_otherwise(
    postgresql_url: str,
) -> None:
    """What libpq was told; a cable cannot be pulled here."""

    def told(url: str) -> dict[str, str]:
        database = connect(url, 1)
        with database.reading() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            parameters: dict[str, str] = driver.info.get_parameters()
        database.close()
        return parameters

    given_up = told(postgresql_url)
    seconds = int(given_up["keepalives_idle"])
    seconds += int(given_up["keepalives_interval"]) * int(given_up["keepalives_count"])
    assert seconds == int(given_up["tcp_user_timeout"]) / 1000 == 60
    sign = "&" if "?" in postgresql_url else "?"
    assert told(f"{postgresql_url}{sign}keepalives_idle=5")["keepalives_idle"] == "5"


def test_a_database_of_another_encoding_is_refused(postgresql_server: str) -> None:
    admin = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(
            text(
                "CREATE DATABASE ascii_only TEMPLATE template0 ENCODING 'SQL_ASCII'"
                " LC_COLLATE 'C' LC_CTYPE 'C'"
            )
        )
    url = (
        make_url(postgresql_server)
        .set(database="ascii_only")
        .render_as_string(hide_password=False)
    )
    try:
        with pytest.raises(StoreUnavailable, match="ENCODING 'UTF8'"):
            open_store(url, FixedClock())
    finally:
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE ascii_only"))
        admin.dispose()


def test_a_server_set_read_only_is_reported(postgresql_url: str) -> None:
    open_store(postgresql_url, FixedClock()).close()
    read_only = make_url(postgresql_url).update_query_dict(
        {"options": "-c default_transaction_read_only=on"}
    )
    store = open_store(read_only.render_as_string(hide_password=False), FixedClock())
    with pytest.raises(StoreUnavailable) as caught:
        store.remember("a", "b")
    assert "takes no writes" in problem(caught)
    store.close()


# --- nothing is left open ----------------------------------------------------------


def test_no_transaction_is_left_open_after_errors_and_half_read_iterators(
    postgresql_url: str,
) -> None:
    store: SqlStore = open_store(postgresql_url, FixedClock())
    desk = Desk(store)
    store.write([change(document(f"d{n:03}"), None) for n in range(120)])
    listing, lines = store.documents(), store.ledger()
    next(listing)
    next(lines)
    write = change(document("e"), None)
    naive = replace(write.event, at=write.event.at.replace(tzinfo=None))
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            store.changes(0, limit=-1)
        with pytest.raises(ValueError, match="zone"):
            store.write([replace(write, event=naive)])
    desk.put("z")
    other = create_engine(postgresql_url)
    with other.connect() as connection:
        states = connection.execute(
            text(
                "SELECT state FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).scalars()
        assert set(states) == {"idle"}
    other.dispose()
    store.close()
