"""A store as one file and back, from and to SQLite and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from knowledge.adapters.sql_store import SqlStore, open_store
from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import UnusableBackup
from knowledge.model import Answered, Status
from tests.contracts.archive_contract import (
    ArchiveContract,
    InspectionContract,
    MendingContract,
    filled,
)
from tests.contracts.store_contract import Desk
from tests.fakes import FixedClock, WordEmbedder
from tests.integration.test_upkeep import added

pytest_plugins = ["tests.contracts.sql_fixtures"]


class TestSqlArchive(ArchiveContract):
    """Runs the contract from each database to each."""

    @pytest.fixture(params=["to-sqlite", "to-postgresql"])
    def other(
        self, request: pytest.FixtureRequest, tmp_path: Path
    ) -> Iterator[SqlStore]:
        if request.param == "to-sqlite":
            url = f"sqlite:///{tmp_path}/other.sqlite"
        else:
            url = request.getfixturevalue("second_postgresql_url")
        opened = open_store(url, FixedClock())
        self.other_url = url
        yield opened
        opened.close()

    def refuses_to_change_the_ledger(self, store: SqlStore) -> None:
        engine = create_engine(self.other_url)
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as raw:
            raw.execute(text("DELETE FROM ledger"))
        engine.dispose()


class TestSqlInspection(InspectionContract):
    """Runs the contract; the fixture ``store`` is each database in turn."""


class TestSqlMending(MendingContract):
    """Runs the contract; the fixture ``store`` is each database in turn."""


def changed(store_url: str, statement: str) -> None:
    """The database itself is changed, past the store."""
    engine = create_engine(store_url)
    with engine.begin() as raw:
        raw.execute(text(statement))
    engine.dispose()


def test_a_passage_that_was_moved_past_the_store_is_found(
    store: SqlStore, store_url: str
) -> None:
    filled(store)
    moved = next(iter(store.passages("a", 1)))
    changed(store_url, f"UPDATE passages SET \"end\" = 2 WHERE id = '{moved.id}'")
    assert store.inspection.misplaced() == (moved.id,)


def test_a_copy_is_of_one_moment_while_others_write(
    store: SqlStore, tmp_path: Path
) -> None:
    desk = Desk(filled(store))
    before = store.head()
    store.archive.copy_to(tmp_path / "copy")
    desk.put("later", "Écrit après.")
    copy = open_store(f"sqlite:///{tmp_path / 'copy'}", FixedClock())
    assert copy.head().sequence == before.sequence
    assert [d.id for d in copy.documents()] == ["a", "b", "c"]
    copy.close()


def test_a_copy_by_a_newer_quis_is_refused_in_one_line(
    store: SqlStore, tmp_path: Path
) -> None:
    filled(store).archive.copy_to(tmp_path / "copy")
    changed(f"sqlite:///{tmp_path / 'copy'}", "PRAGMA user_version = 999")
    with pytest.raises(UnusableBackup, match="a newer Quis wrote it: upgrade Quis"):
        store.archive.replace_by(tmp_path / "copy", force=True)
    assert [d.id for d in store.documents()] == ["a", "b", "c"]


def test_verify_restates_on_each_database_what_the_ledger_proves(
    store_url: str, tmp_path: Path
) -> None:
    config = LibraryConfig(data=tmp_path / "data", store_url=store_url, corpus=None)
    with open_library(config, clock=FixedClock(), embedder=WordEmbedder()) as library:
        added(library)
        assert library.verify().ok
        changed(store_url, "UPDATE revisions SET status = 'draft'")
        report = library.verify()
        said = "jp-1@1 is draft, by the ledger published"
        assert f"{said}: quis kb verify --repair sets it so" in report.problems
        assert report.mendable
        report = library.verify(repair=True)
        assert (report.mended, report.problems) == ((said,), ())
        assert library.document("jp-1").status is Status.PUBLISHED
        answer = library.ask("Is Clearview active in Japan?")
        assert isinstance(answer, Answered)
        assert library.verify().ok
