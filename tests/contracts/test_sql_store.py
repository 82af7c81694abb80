"""The SQL store keeps the contract of a Store, on SQLite and on PostgreSQL."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from knowledge.adapters import sql_lead, sql_schema
from knowledge.adapters.sql_engine import connect
from knowledge.adapters.sql_migrations import (
    APPLICATION_ID,
    MIGRATIONS,
    Migration,
    migrate,
)
from knowledge.adapters.sql_reading import published_passages
from knowledge.adapters.sql_store import SqlStore, open_store
from knowledge.errors import NewerStore, StoreUnavailable
from knowledge.ledger import broken_at
from knowledge.model import Status
from knowledge.ports import Store
from tests.contracts.store_contract import (
    Desk,
    HoldingsContract,
    StoreContract,
    change,
    document,
    ids,
    passages_of,
)
from tests.fakes import FixedClock

pytest_plugins = ["tests.contracts.sql_fixtures"]

ROOT = Path(__file__).parents[2]
KNOWN = MIGRATIONS[-1].version


class TestSqlStore(StoreContract):
    """Runs the contract; the fixture ``store`` is each database in turn."""


class TestSqlHoldings(HoldingsContract):
    """Runs the contract of what is held."""


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


@contextmanager
def raw(url: str) -> Iterator[Connection]:
    """The database itself, past the store."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def path_of(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


# --- opening -----------------------------------------------------------------------


def test_a_store_is_the_same_store_when_it_is_opened_again(store_url: str) -> None:
    first = open_store(store_url, FixedClock())
    held = Desk(first).put("a", vendors=("v",))
    everything, identity = Desk(first).everything(), first.id
    first.close()
    second = open_store(store_url, FixedClock())
    assert second.id == identity
    assert Desk(second).everything() == everything
    assert list(second.published(ids(held))) == ids(held)
    second.close()


def test_two_stores_have_different_ids(tmp_path: Path) -> None:
    stores = [
        open_store(f"sqlite:///{tmp_path}/{n}.sqlite", FixedClock()) for n in range(2)
    ]
    assert stores[0].id != stores[1].id
    for store in stores:
        store.close()


def test_a_closed_store_says_so_and_may_be_closed_again(store: SqlStore) -> None:
    listing = store.documents()
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.head()
    with pytest.raises(StoreUnavailable, match="closed"):
        next(listing)


def test_many_openers_of_an_empty_database_make_one_store(store_url: str) -> None:
    start = threading.Barrier(6)

    def opened() -> str:
        start.wait()
        store = open_store(store_url, FixedClock())
        try:
            return store.id
        finally:
            store.close()

    with ThreadPoolExecutor(6) as pool:
        assert len({f.result() for f in [pool.submit(opened) for _ in range(6)]}) == 1
    with raw(store_url) as connection:
        versions = connection.execute(text("SELECT version FROM quis_schema")).scalars()
        assert sorted(versions) == list(range(1, KNOWN + 1))


def test_a_folder_that_is_not_there_is_made_whatever_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "é ? #%41&mode=ro" / "data"
    store = open_store(f"sqlite:///{folder}/quis.sqlite", FixedClock())
    store.close()
    assert [p.name for p in folder.iterdir()] == ["quis.sqlite"]


def test_a_store_in_memory_is_shared_by_threads() -> None:
    store = open_store("sqlite://", FixedClock())
    desk = Desk(store)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(desk.put, [f"d{n}" for n in range(20)]))
    assert len(list(store.documents())) == 20
    store.close()


def test_a_sqlite_store_is_set_up_to_lose_nothing(sqlite_url: str) -> None:
    database = connect(sqlite_url, 1.0)
    migrate(database, FixedClock(), MIGRATIONS)
    with database.writing() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 1000,
    }
    header = path_of(sqlite_url).read_bytes()[:100]
    assert header[68:72] == b"Quis" == APPLICATION_ID.to_bytes(4, "big")
    assert int.from_bytes(header[60:64], "big") == KNOWN


def test_a_postgresql_writer_commits_durably_and_waits_with_a_limit(
    postgresql_url: str,
) -> None:
    with raw(postgresql_url) as connection:
        connection.execute(
            text(
                "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() ||"
                " ' SET synchronous_commit = off'; END $$"
            )
        )
    database = connect(postgresql_url, 1.5)
    with database.writing() as connection:
        for name, value in (("synchronous_commit", "on"), ("lock_timeout", "1500ms")):
            assert connection.execute(text(f"SHOW {name}")).scalar() == value
    database.close()


# --- migrations --------------------------------------------------------------------


def test_the_migrations_lead_to_the_schema_that_the_code_uses(
    store: SqlStore, store_url: str
) -> None:
    def shape(connection: Connection) -> dict[str, object]:
        seen = inspect(connection)
        return {
            table: (
                [
                    (c["name"], str(c["type"]), c["nullable"])
                    for c in seen.get_columns(table)
                ],
                seen.get_pk_constraint(table)["constrained_columns"],
                sorted(
                    (i["name"] or "", i["column_names"], bool(i["unique"]))
                    for i in seen.get_indexes(table)
                ),
                sorted(
                    (f["constrained_columns"], f["referred_table"], f["options"])
                    for f in seen.get_foreign_keys(table)
                ),
                len(seen.get_check_constraints(table)),
            )
            for table in seen.get_table_names()
        }

    with raw(store_url) as connection:
        migrated = shape(connection)
        tables = ", ".join(migrated)
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"DROP TABLE {tables}"))
            sql_schema.metadata.create_all(connection)
            assert shape(connection) == migrated
            return
    with raw("sqlite://") as connection:
        sql_schema.metadata.create_all(connection)
        assert shape(connection) == migrated


def test_versions_are_numbered_from_one_without_a_gap() -> None:
    assert [step.version for step in MIGRATIONS] == list(range(1, KNOWN + 1))


@pytest.mark.parametrize("version", range(1, KNOWN))
def test_a_store_of_any_older_version_is_brought_up_to_date(
    store_url: str, version: int
) -> None:
    clock = FixedClock()
    database = connect(store_url, 1.0)
    migrate(database, clock, MIGRATIONS[:version])
    database.close()
    clock.advance(days=1)
    store = open_store(store_url, clock)
    held = Desk(store).put("a")
    assert list(store.published(ids(held))) == ids(held)
    store.close()
    with raw(store_url) as connection:
        rows = connection.execute(
            text("SELECT version, description, applied_at FROM quis_schema ORDER BY 1")
        ).all()
    assert [(r.version, r.description) for r in rows] == [
        (step.version, step.description) for step in MIGRATIONS
    ]
    days = [r.applied_at[:10] for r in rows]
    assert days == ["2026-11-24"] * version + ["2026-11-25"] * (KNOWN - version)


def test_a_step_that_fails_leaves_the_store_at_the_step_before(store_url: str) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half_done (a INTEGER)"))
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    steps = (*MIGRATIONS[:3], Migration(4, "fails", fail))
    database = connect(store_url, 1.0)
    with pytest.raises(StoreUnavailable):
        migrate(database, FixedClock(), steps)
    database.close()
    with raw(store_url) as connection:
        assert "half_done" not in inspect(connection).get_table_names()
    store = open_store(store_url, FixedClock())  # goes on from there
    Desk(store).put("a")
    store.close()


def test_a_store_of_a_newer_version_is_left_alone(store_url: str) -> None:
    open_store(store_url, FixedClock()).close()
    newer = Migration(KNOWN + 1, "of the future", lambda _: None)
    database = connect(store_url, 1.0)
    migrate(database, FixedClock(), (*MIGRATIONS, newer))
    database.close()
    with raw(store_url) as connection:
        before = connection.execute(text("SELECT * FROM quis_schema")).all()
    with pytest.raises(NewerStore, match="newer Quis") as caught:
        open_store(store_url, FixedClock())
    assert caught.value.subject["found"] == KNOWN + 1
    assert caught.value.subject["known"] == KNOWN
    with raw(store_url) as connection:
        assert connection.execute(text("SELECT * FROM quis_schema")).all() == before


def test_a_newer_sqlite_file_keeps_every_byte(sqlite_url: str) -> None:
    open_store(sqlite_url, FixedClock()).close()
    path = path_of(sqlite_url)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {KNOWN + 1}")
        connection.execute("DROP TABLE quis_schema")  # whatever the future does
    before = path.read_bytes()
    with pytest.raises(NewerStore):
        open_store(sqlite_url, FixedClock())
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_another_applications_sqlite_file_is_left_alone(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    for owner, table in ((0, "t"), (0, "revisions"), (7, "t")):
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"CREATE TABLE {table} (a)")
            connection.execute(f"PRAGMA application_id = {owner}")
        before = path.read_bytes()
        with pytest.raises(StoreUnavailable, match="another application"):
            open_store(sqlite_url, FixedClock())
        assert path.read_bytes() == before


def test_another_applications_postgresql_tables_are_left_alone(
    postgresql_url: str,
) -> None:
    with raw(postgresql_url) as connection:
        connection.execute(text("CREATE TABLE ledger (a integer)"))
    with pytest.raises(StoreUnavailable, match="another application"):
        open_store(postgresql_url, FixedClock())
    with raw(postgresql_url) as connection:
        assert inspect(connection).get_table_names() == ["ledger"]


def test_an_empty_file_becomes_a_store(sqlite_url: str) -> None:
    path_of(sqlite_url).touch()
    open_store(sqlite_url, FixedClock()).close()
    assert path_of(sqlite_url).read_bytes()[68:72] == b"Quis"


# --- the ledger --------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET actor = 'eve'",
        "UPDATE ledger SET actor = actor WHERE sequence = 1",
        "DELETE FROM ledger",
        "DELETE FROM ledger WHERE sequence = 2",
    ],
)
def test_the_ledger_refuses_changes_made_past_the_store(
    store: SqlStore, desk: Desk, store_url: str, statement: str
) -> None:
    desk.put("a")
    desk.put("b")
    before = list(store.ledger())
    with pytest.raises(DBAPIError, match="append-only"), raw(store_url) as connection:
        connection.execute(text(statement))
    assert list(store.ledger()) == before


def test_the_ledger_refuses_to_be_emptied_or_replaced(
    sqlite_url: str, postgresql_url: str
) -> None:
    cases = {
        sqlite_url: "REPLACE INTO ledger SELECT sequence, at, 'eve', step, document,"
        " revision, rule, detail, previous, hash FROM ledger",
        postgresql_url: "TRUNCATE ledger",
    }
    for url, statement in cases.items():
        store = open_store(url, FixedClock())
        Desk(store).put("a")
        with pytest.raises(DBAPIError, match="append-only"), raw(url) as connection:
            connection.execute(text(statement))
        assert [line.event.actor for line in store.ledger()] == ["terminal:ana"]
        store.close()


def drop_triggers(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP TRIGGER ledger_append_only ON ledger"))
        return
    for trigger in ("no_update", "no_delete", "no_replace"):
        connection.execute(text(f"DROP TRIGGER ledger_{trigger}"))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE ledger SET actor = 'eve' WHERE sequence = 2", 2),
        ("UPDATE ledger SET at = '2020-01-01T00:00:00+00:00' WHERE sequence = 3", 3),
        ("UPDATE ledger SET step = 'reject' WHERE sequence = 1", 1),
        ("UPDATE ledger SET document = 'z' WHERE sequence = 2", 2),
        ("UPDATE ledger SET revision = 9 WHERE sequence = 2", 2),
        ("UPDATE ledger SET rule = 'none' WHERE sequence = 2", 2),
        ("UPDATE ledger SET detail = '{}' WHERE sequence = 2", 2),
        ("UPDATE ledger SET previous = hash WHERE sequence = 2", 2),
        ("UPDATE ledger SET hash = previous WHERE sequence = 2", 2),
        ("DELETE FROM ledger WHERE sequence = 1", 1),
        ("DELETE FROM ledger WHERE sequence = 2", 2),
    ],
)
def test_tampering_past_the_triggers_is_found(
    store: SqlStore, desk: Desk, store_url: str, statement: str, found: int
) -> None:
    for name in ("a", "b", "c"):
        desk.put(name)
    with raw(store_url) as connection:
        drop_triggers(connection)
        connection.execute(text(statement))
    assert broken_at(store.ledger()) == found


def test_a_text_that_was_altered_past_the_store_is_found(
    store: SqlStore, desk: Desk, store_url: str
) -> None:
    for number in range(120):  # more than a page
        desk.put(f"d{number:03}")
    assert list(store.inspection.altered()) == []
    with raw(store_url) as connection:
        alter = "UPDATE revisions SET body = body || ' Non.' WHERE document = 'd110'"
        connection.execute(text(alter))
    assert list(store.inspection.altered()) == ["d110@1"]


def test_lines_cut_off_at_the_end_are_found_with_the_next_change(
    store: SqlStore, desk: Desk, store_url: str
) -> None:
    for name in ("a", "b", "c"):
        desk.put(name)
    with raw(store_url) as connection:
        drop_triggers(connection)
        connection.execute(text("DELETE FROM ledger WHERE sequence >= 2"))
    desk.put("d")
    assert broken_at(store.ledger()) == 2


@pytest.mark.parametrize("column", ["step", "at", "detail"])
def test_a_line_that_makes_no_sense_any_more_is_reported(
    store: SqlStore, desk: Desk, store_url: str, column: str
) -> None:
    desk.put("a")
    with raw(store_url) as connection:
        drop_triggers(connection)
        connection.execute(text(f"UPDATE ledger SET {column} = 'nonsense'"))
    with pytest.raises(StoreUnavailable, match="line 1 of its ledger"):
        list(store.ledger())


# --- several processes -------------------------------------------------------------

WRITER = """
import sys
from knowledge.adapters.sql_store import open_store
from knowledge.errors import ChangedMeanwhile
from knowledge.model import Status
from tests.contracts.store_contract import change, document, passages_of
from tests.fakes import FixedClock

store = open_store(sys.argv[1], FixedClock())
print("ready", flush=True)
for line in sys.stdin:
    seen = int(line)
    new = document("a", f"Révision {seen + 1}.", revision=seen + 1)
    try:
        store.write([change(new, (seen, Status.DRAFT), passages_of(new))])
        print("won", flush=True)
    except ChangedMeanwhile:
        print("lost", flush=True)
store.close()
"""


@contextmanager
def writer(url: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield process
    assert process.returncode == 0


def test_of_two_processes_that_saw_the_same_exactly_one_wins(
    store: SqlStore, store_url: str
) -> None:
    rounds = 15
    store.write([change(document("a"), None)])
    with writer(store_url) as one, writer(store_url) as two:
        pair = (one, two)

        def heard(process: subprocess.Popen[str]) -> str:
            assert process.stdout
            return process.stdout.readline().strip()

        assert [heard(p) for p in pair] == ["ready", "ready"]
        for seen in range(1, rounds + 1):
            for process in pair:
                assert process.stdin
                process.stdin.write(f"{seen}\n")
                process.stdin.flush()
            assert sorted(heard(p) for p in pair) == ["lost", "won"]
        for process in pair:
            assert process.stdin
            process.stdin.close()
    assert [d.revision for d in store.revisions("a")] == list(range(1, rounds + 2))
    assert broken_at(store.ledger()) is None
    assert len(list(store.ledger())) == rounds + 1


def test_what_one_store_retracts_another_no_longer_quotes(store_url: str) -> None:
    here = open_store(store_url, FixedClock())
    there = open_store(store_url, FixedClock())
    held = Desk(here).put("a")
    assert list(there.published(ids(held))) == ids(held)
    gone = replace(held, status=Status.RETRACTED)
    here.write([change(gone, (1, Status.PUBLISHED))])
    assert there.published(ids(held)) == {}
    here.close()
    there.close()


def test_a_law_is_read_once_for_all_of_its_passages(
    store: SqlStore, store_url: str
) -> None:
    law = document("law", "Article premier. " * 400, status=Status.PUBLISHED)
    store.write([change(law, None, passages_of(law))])
    with raw(store_url) as connection:
        rows = (
            connection.execute(published_passages(), {"ids": ids(law)}).mappings().all()
        )
    assert len(rows) == 400
    assert [row["body"] for row in rows if row["body"] is not None] == [law.body]
    assert len(store.published(ids(law))) == 400


# --- two processes that write ----------------------------------------------------------


def test_changes_of_two_writers_are_numbered_in_the_order_of_their_commits(
    store_url: str,
) -> None:
    """Each store has its own lock between threads, as two processes have."""
    stores = [open_store(store_url, FixedClock()) for _ in range(3)]
    *writers, reader = stores
    done = threading.Event()
    seen: list[int] = []

    def write(name: str, store: SqlStore) -> None:
        for n in range(12):
            new = document(f"{name}{n}", status=Status.PUBLISHED)
            store.write([change(new, None, passages_of(new))])

    def follow() -> None:
        while True:
            last = done.is_set()
            after = seen[-1] if seen else 0
            seen.extend(each.sequence for each in reader.changes(after, limit=5))
            if last and len(seen) >= reader.head().sequence:
                return

    with ThreadPoolExecutor(3) as pool:
        follower = pool.submit(follow)
        working = [
            pool.submit(write, *each) for each in zip("ab", writers, strict=True)
        ]
        try:
            for each in working:
                each.result()
        finally:
            done.set()
        follower.result()
    # A number that came later than a greater one would be missing here.
    assert seen == list(range(1, reader.head().sequence + 1))
    assert broken_at(reader.ledger()) is None
    for store in stores:
        store.close()


def test_of_several_processes_one_leads_until_it_ends_or_loses_its_connection(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_lead, "CHECK_EVERY", 0.0)
    stores = [open_store(postgresql_url, FixedClock()) for _ in range(2)]
    first, second = (store.lead("dense") for store in stores)
    other = stores[1].lead("another")
    assert first
    assert second
    assert other
    assert first.acquire(0)
    assert first.acquire(0)  # still
    assert not second.acquire(0.2)
    assert other.acquire(0)
    first.release()
    assert second.acquire(0)
    assert not first.acquire(0)
    admin = create_engine(postgresql_url)
    with admin.connect() as connection:  # as a server does that is started anew
        others = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        ended = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype ="
        connection.execute(text(f"{ended} 'advisory' AND pid IN ({others})"))
    admin.dispose()
    assert first.acquire(5)
    assert not second.acquire(0)
    for store in stores:
        store.close()
    for lead in (first, second, other):
        lead.release()


def test_a_file_needs_no_leader(sqlite_url: str) -> None:
    with closing(open_store(sqlite_url, FixedClock())) as store:
        assert store.lead("dense") is None
