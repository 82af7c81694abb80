"""`quis backup`, `restore` and `kb verify`: kept whole, put back whole, or not at all."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.adapters.backup_file import BackupFile
from knowledge.errors import UnusableBackup
from tests.fakes import NOON
from tests.scenario.documents import in_japan

ROOT = Path(__file__).parents[2]
ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """From here on another, empty data folder is used."""

    def move():
        monkeypatch.setenv("QUIS_DATA", str(tmp_path / "elsewhere"))
        return tmp_path / "elsewhere"

    return move


def a_page(data):
    """A page as ``kb add URL`` keeps it."""
    name = "ab" + "0" * 62
    folder = data / "snapshots" / "ab"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(b"not what the name says")
    sound = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    (data / "snapshots" / "2c").mkdir()
    (data / "snapshots" / "2c" / sound).write_bytes(b"hello")
    return sound


def test_a_library_moves_into_an_empty_store_and_answers_there(
    done, tmp_path, elsewhere
):
    sound = a_page(tmp_path / "quis")
    assert "Whoever has it has all of it" in done("backup", tmp_path / "b.zip").out
    answer = done("ask", ITALY, "--json").json
    data = elsewhere()
    done("restore", tmp_path / "b.zip")
    assert done("ask", ITALY, "--json").json == answer
    assert done("kb", "verify", "--json").json["ok"]
    # A page whose bytes are no longer its own is not brought along.
    assert [p.name for p in (data / "snapshots").glob("*/*")] == [sound]
    assert not list(data.glob(".restore-*"))


def test_an_index_that_followed_what_was_there_before_is_not_trusted(
    done, quis, tmp_path
):
    done("backup", tmp_path / "b.zip")
    done("kb", "add", in_japan(tmp_path), "--publish")
    assert quis("ask", JAPAN).status == 0
    refused = quis("restore", tmp_path / "b.zip")
    assert refused.status == 1
    assert "holds 11 documents, and nothing was changed: say --force" in (
        refused.complaint
    )
    assert quis("ask", JAPAN).status == 0
    done("restore", tmp_path / "b.zip", "--force")
    assert quis("ask", JAPAN).status == 3
    report = done("kb", "verify", "--json").json
    assert (report["ok"], report["documents"]) == (True, 10)


def test_a_file_that_is_there_is_not_written_over(quis, tmp_path):
    path = tmp_path / "b.zip"
    path.write_text("mine")
    done = quis("backup", path)
    assert (done.status, path.read_text()) == (2, "mine")
    assert "it is there already; give another name" in done.complaint
    gone = quis("backup", tmp_path / "no" / "b.zip")
    assert "b.zip cannot be written" in gone.complaint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is no backup of Quis"),
        (b"hello", "it is no backup of Quis"),
        (b"PK\x03\x04" + b"x" * 500, "it is cut off or was altered"),
        (None, "No such file"),
    ],
)
def test_what_is_no_backup_is_told_in_one_line(quis, tmp_path, content, said):
    if content is not None:
        (tmp_path / "b.zip").write_bytes(content)
    done = quis("restore", tmp_path / "b.zip", "--force")
    assert done.status == 2
    assert said in done.complaint
    assert "nothing was changed" in done.complaint
    assert len(quis("kb", "list", "--json").json) == 10


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packed")
    (folder / "in").mkdir()
    (folder / "in" / "store.sqlite").write_bytes(random.Random(1).randbytes(3000))
    BackupFile().pack(folder / "in", folder / "b.zip", NOON)
    return (folder / "b.zip").read_bytes()


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_byte_that_is_missing_or_other_is_always_found(packed, data, tmp_path):
    at = data.draw(st.integers(0, len(packed) - 1))
    if data.draw(st.booleans()):
        broken = packed[:at]
    else:
        flip = data.draw(st.integers(1, 255))
        broken = packed[:at] + bytes([packed[at] ^ flip]) + packed[at + 1 :]
    path, out = tmp_path / "broken.zip", tmp_path / "out"
    path.write_bytes(broken)
    with pytest.raises(UnusableBackup):
        BackupFile().unpack(path, out)
    assert not out.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_restore_that_is_killed_leaves_the_old_store_or_the_new(done, tmp_path):
    data, kept = tmp_path / "quis", tmp_path / "kept"
    done("backup", tmp_path / "b.zip")
    done("kb", "add", in_japan(tmp_path), "--publish")
    shutil.copytree(data, kept)
    for patience in (0.0, 0.02, 0.1):
        shutil.rmtree(data)
        shutil.copytree(kept, data)
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.quick"),
                *("restore", str(tmp_path / "b.zip"), "--force"),
            ],
            cwd=ROOT,
        )
        while process.poll() is None and not list(data.glob(".restore-*")):
            time.sleep(0.001)
        time.sleep(patience)
        process.kill()
        process.wait()
        report = done("kb", "verify", "--json").json
        assert report["ok"], report
        assert report["documents"] in (10, 11)
    done("restore", tmp_path / "b.zip", "--force")
    assert not list(data.glob(".restore-*"))
    assert done("kb", "verify", "--json").json["documents"] == 10


# --- what verify finds ----------------------------------------------------------------


def altered(tmp_path, *statements):
    with closing(sqlite3.connect(tmp_path / "quis" / "quis.sqlite")) as store, store:
        for statement in statements:
            store.execute(statement)


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (
            ["UPDATE revisions SET status = 'draft' WHERE document = 'cv-007'"],
            "cv-007@1 is draft, by the ledger published: quis kb verify --repair sets it so",
        ),
        (
            [
                "UPDATE revisions SET body_sha256 = (SELECT body_sha256 FROM revisions"
                " WHERE document = 'cv-009'), body = (SELECT body FROM revisions"
                " WHERE document = 'cv-009') WHERE document = 'cv-007'"
            ],
            "the text of cv-007@1 is not what was stored: restore a backup",
        ),
        (
            ["DROP TRIGGER ledger_no_delete", "DELETE FROM ledger WHERE sequence = 20"],
            "the ledger ends at line 19, and 20 were written: restore a backup",
        ),
        (
            ["UPDATE passages SET start = 3 WHERE document = 'cv-007'"],
            "stands elsewhere in its text: restore a backup",
        ),
        (
            [
                "INSERT INTO posts SELECT 'k', 'slack', 't', 'c', '2026-01-01', 'en',"
                " 'o', 0, '[]', '[]', 'other', NULL, 1, NULL, NULL, NULL, NULL,"
                " NULL",
                "INSERT INTO shown SELECT 'k', 1, 0, 'gone@1#0-9', 'gone', 0, 9, NULL,"
                " NULL, NULL",
            ],
            "a posted answer shows gone@1#0-9, which is not held: restore a backup that has it",
        ),
    ],
)
def test_what_was_altered_past_the_store_is_found(quis, tmp_path, statements, said):
    altered(tmp_path, *statements)
    ended = quis("kb", "verify")
    assert ended.status == 1
    assert said in ended.out


def test_where_a_revision_stands_is_mended_by_the_ledger_and_indexes_follow(
    done, quis, tmp_path
):
    """A retraction that was undone past the store is one again, and the other way."""
    shown = [p["document"] for p in done("ask", ITALY, "--json").json["passages"]]
    done("kb", "retract", shown[0], "--reason", "wrong")
    altered(
        tmp_path,
        f"UPDATE revisions SET status = 'published' WHERE document = '{shown[0]}'",
        f"UPDATE revisions SET status = 'draft' WHERE document = '{shown[1]}'",
    )
    found = quis("kb", "verify")
    assert f"{shown[0]}@1 is published, by the ledger retracted" in found.out
    record = done("kb", "verify", "--repair", "--json").json
    assert record["ok"]
    assert len(record["mended"]) == 2
    told = [p["document"] for p in done("ask", ITALY, "--json").json["passages"]]
    assert shown[0] not in told
    assert shown[1] in told
    assert done("kb", "verify", "--json").json["ok"]


def test_by_a_broken_ledger_nothing_is_mended(quis, tmp_path):
    altered(
        tmp_path,
        "DROP TRIGGER ledger_no_delete",
        "DELETE FROM ledger WHERE sequence = 20",
        "UPDATE revisions SET status = 'draft' WHERE document = 'cv-007'",
    )
    ended = quis("kb", "verify", "--repair", "--json")
    assert ended.status == 1
    assert ended.json["mended"] == []
    assert "restore a backup" in " ".join(ended.json["problems"])


def test_a_draft_in_an_index_is_told_as_one_and_repaired(done, quis, tmp_path):
    done("kb", "add", in_japan(tmp_path), "--publish")
    done("ask", JAPAN)
    # It goes back to a draft behind the ledger's back, and the indexes do not hear of it.
    altered(tmp_path, "UPDATE revisions SET status = 'draft' WHERE document = 'jp-1'")
    out = quis("kb", "verify").out
    assert "with 1 passages that are not published, 1 of them of drafts" in out
    repaired = quis("kb", "verify", "--repair", "--json").json
    # The ledger is unbroken, so that its word holds; then the indexes are right as they are.
    (mended,) = repaired["mended"]
    assert mended.startswith("jp-1@1 is draft, by the ledger published")
    assert (repaired["problems"], repaired["rebuilt"]) == ([], [])
