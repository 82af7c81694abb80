"""A data folder that fails: one clear line, an exit status, and nothing half-written."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.scenario.documents import IN_JAPAN, in_japan

JAPAN = "Is Clearview active in Japan?"
ITALY = "Is Clearview active in Italy?"
ROOT = Path(__file__).parents[2]
COMMANDS = [("ask", ITALY), ("kb", "list"), ("kb", "verify")]


@pytest.fixture
def data(quis, tmp_path):
    """The data folder of the commands; ten briefs are in it."""
    return tmp_path / "quis"


@pytest.fixture
def failing(quis, tmp_path):
    """Runs every command, which has to fail, and gives its one line."""

    def run(commands=COMMANDS):
        said = set()
        for arguments in (*commands, ("kb", "add", in_japan(tmp_path))):
            done = quis(*arguments)
            assert (done.status, done.out) == (1, ""), (arguments, done)
            said.add(done.complaint)
        (line,) = said
        return line

    return run


def test_a_corrupt_store_says_to_restore_a_backup(failing, data):
    path = data / "quis.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + os.urandom(30_000) + whole[38_192:])
    assert "is malformed: restore a backup" in failing()


def test_a_file_that_is_no_store_is_left_alone(failing, data):
    text = b"No database, and longer than the hundred bytes of a header. " * 4
    (data / "quis.sqlite").write_bytes(text)
    assert "point QUIS_DATA at another folder, or restore a backup" in failing()
    assert (data / "quis.sqlite").read_bytes() == text


def test_a_store_of_a_newer_version_says_to_upgrade(failing, quis, data):
    with closing(sqlite3.connect(data / "quis.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    said = failing()
    assert "was written by a newer Quis (schema 99" in said
    assert "upgrade Quis, or point QUIS_DATA at another folder" in said
    doctor = quis("doctor")
    assert doctor.status == 1
    assert "upgrade Quis" in " ".join(doctor.out.split())


def test_a_data_folder_that_is_a_file_says_to_name_another(failing, data):
    shutil.rmtree(data)
    data.write_text("in the way")
    assert "point QUIS_DATA at one that this user may write to" in failing()


def test_a_locked_store_can_be_asked_and_says_so_to_who_writes(quis, data, tmp_path):
    path = in_japan(tmp_path)
    with closing(sqlite3.connect(data / "quis.sqlite")) as connection:
        connection.isolation_level = None
        connection.execute("BEGIN IMMEDIATE")
        assert quis("ask", ITALY).status == 0
        done = quis("kb", "add", path, "--publish")
        assert (done.status, done.out) == (1, "")
        assert "it is locked: another process is writing; try again" in done.complaint
    assert quis("kb", "add", path, "--publish").status == 0
    assert quis("ask", JAPAN).status == 0


# --- a full disk -----------------------------------------------------------------------------


def limited(size, *arguments):
    """A command in a process of its own, none of whose files may grow past a size."""
    import resource

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        [sys.executable, "-m", "tests.quick", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=limit,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_is_told_and_nothing_is_half_written(quis, done, data, tmp_path):
    path = in_japan(tmp_path, body="\n\n".join([IN_JAPAN, *map(sentence, range(500))]))
    ended = limited(70_000, "kb", "add", path, "--publish")
    assert (ended.returncode, ended.stdout) == (1, "")
    (line,) = ended.stderr.splitlines()
    assert "check that it is there, sound and not full" in line
    assert done("kb", "verify", "--json").json["documents"] == 10
    assert done("kb", "add", path, "--publish")
    assert quis("ask", JAPAN).status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_is_full_at_the_first_use_leaves_nothing_broken(
    monkeypatch, done, ten_briefs, tmp_path
):
    monkeypatch.setenv("QUIS_DATA", str(tmp_path / "first"))
    monkeypatch.setenv("QUIS_CORPUS", str(ten_briefs))
    ended = limited(4096, "ask", ITALY)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "not full" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert done("ask", ITALY, "--json").json["answered"]
    assert done("kb", "verify", "--json").json["documents"] == 10


def sentence(number):
    return f"Clearview came to police district number {number} of the country."


# --- rights ----------------------------------------------------------------------------------


@contextmanager
def as_nobody():
    """As a user who has no rights of his own, where the tests are run by root."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the file modes of POSIX")
def test_a_folder_that_may_not_be_written_to_is_told(quis, data, tmp_path):
    for parent in (tmp_path, *tmp_path.parents):
        if parent == Path(tempfile.gettempdir()).resolve():
            break
        if parent.owner() == tmp_path.owner():
            parent.chmod(parent.stat().st_mode | 0o055)
    path = in_japan(tmp_path)
    quis("kb", "list")  # whatever is imported is, before the rights are gone
    for held in (data, *data.rglob("*")):
        held.chmod(0o555 if held.is_dir() else 0o444)
    try:
        with as_nobody():
            for arguments in (("ask", ITALY), ("kb", "add", path), ("run",)):
                done = quis(*arguments)
                assert (done.status, done.out) == (1, ""), done
                assert "may be written to" in done.complaint or (
                    "may not be written to: check the rights" in done.complaint
                )
    finally:
        for held in (data, *data.rglob("*")):
            held.chmod(0o755)
    assert len(quis("kb", "list", "--json").json) == 10


# --- indexes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [["lexical"], ["dense"], ["lexical", "dense"]])
def test_a_corrupt_index_mends_itself_before_the_question_is_answered(
    quis, done, data, names
):
    before = done("ask", ITALY, "--json").json
    for name in names:
        for path in (data / "indexes" / name).rglob("*"):
            if path.is_file():
                path.write_bytes(b"\x93not this\n")
    again = quis("ask", ITALY, "--json")
    assert (again.status, again.json) == (0, before)
    assert "panicked" not in again.err
    assert done("kb", "verify", "--json").json["ok"]


def test_indexes_that_cannot_be_made_at_all_are_told(quis, data):
    shutil.rmtree(data / "indexes")
    (data / "indexes").write_text("in the way")
    done = quis("ask", ITALY)
    assert (done.status, done.out) == (1, "")
    assert "index cannot be used: its folder cannot be made" in done.complaint
    doctor = quis("doctor", "--json")
    assert doctor.status == 1
    assert [c["state"] for c in doctor.json["checks"]].count("bad") == 2


def test_a_model_that_is_none_leaves_the_words_to_be_searched(tmp_path, data):
    """With the real opener: the fake model always loads."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", ITALY, "--json"],
        cwd=ROOT,
        env={**os.environ, "QUIS_MODEL": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_verify_tells_of_a_text_that_was_altered_in_the_file(quis, tmp_path):
    with closing(sqlite3.connect(tmp_path / "quis" / "quis.sqlite")) as store, store:
        store.execute("UPDATE revisions SET body = replace(body, 'fined', 'praised')")
    ended = quis("kb", "verify")
    assert ended.status == 1
    assert "is not what was stored: restore a backup" in ended.out
