"""A process that is killed at any instant loses nothing that it acknowledged."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scenario.documents import in_japan, markdown

ROOT = Path(__file__).parents[2]
ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGKILL"
)


def started(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.quick", *map(str, arguments)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def killed_once(process, seen):
    """Kill a process some instants after it can be seen at work; what it had printed."""
    with process:
        while process.poll() is None and not seen():
            time.sleep(0.005)
        time.sleep(random.uniform(0.0, 0.3))
        process.kill()
        return process.stdout.read()


def is_sound(done):
    """The store opens, and store, ledger and indexes hold together."""
    report = done("kb", "verify", "--json").json
    assert report["ok"], report
    return report


def published(done):
    records = done("kb", "list", "--status", "published", "--json").json
    return {record["id"] for record in records}


@pytest.mark.parametrize("acknowledged", [1, 12])
def test_what_was_added_before_a_kill_is_there(quis, done, tmp_path, acknowledged):
    paths = [
        in_japan(tmp_path, f"jp-{n}", f"Police unit {n} of Japan used Clearview AI.")
        for n in range(60)
    ]
    with started("kb", "add", *paths, "--publish", "--json") as process:
        lines = [process.stdout.readline() for _ in range(acknowledged)]
        time.sleep(random.uniform(0.0, 0.05))
        process.kill()
        lines += process.stdout.read().splitlines()
    assert process.returncode < 0
    told = {json.loads(line)["id"] for line in lines if line.strip().endswith("}")}
    assert len(told) >= acknowledged
    is_sound(done)
    held = published(done)
    assert told <= held
    # The one under way at the kill may be there without having been told of.
    assert len([name for name in held if name.startswith("jp-")]) <= len(told) + 1
    again = quis("kb", "add", *paths, "--publish", "--json")
    assert len(published(done)) == 70
    assert all("has the same text" in line for line in again.err.splitlines())
    is_sound(done)


def test_a_folder_whose_taking_in_was_killed_is_taken_in_by_the_next_call(
    done, tmp_path
):
    folder = tmp_path / "folder"
    folder.mkdir()
    for n in range(320):
        odd = " ".join(
            f"{n:x}-{i * n % 97:x}" for i in range(12)
        )  # none is like another
        markdown(folder, f"jp-{n:03}", f"{odd}: police in Japan used Clearview AI.")
    store = tmp_path / "quis" / "quis.sqlite-wal"
    for size in (0, 300_000):  # amid the reading, and after the first transaction

        def at_work(size=size):
            return store.exists() and store.stat().st_size >= size

        killed_once(started("kb", "sync", folder, "--publish"), at_work)
        is_sound(done)
        for record in done("kb", "list", "--json").json:
            # A document and its publication were one transaction.
            assert record["status"] == "published"
    report = done("kb", "sync", folder, "--publish", "--json").json
    assert report["failed"] == []
    assert len(report["added"]) + len(report["unchanged"]) == 320
    assert len(published(done)) == 330
    is_sound(done)
    assert done("ask", JAPAN, "--json").json["answered"]


def test_a_first_question_that_was_killed_is_answered_by_the_next(
    quis, done, monkeypatch, tmp_path, ten_briefs
):
    data = tmp_path / "first"
    monkeypatch.setenv("QUIS_DATA", str(data))
    monkeypatch.setenv("QUIS_CORPUS", str(ten_briefs))
    for name in ("quis.sqlite", "indexes", "indexes/dense/chroma.sqlite3"):

        def at_work(name=name):
            return (data / name).exists()

        killed_once(started("ask", ITALY), at_work)
    answer = done("ask", ITALY, "--json").json
    assert answer["answered"]
    assert is_sound(done)["documents"] == 10
    assert len(published(done)) == 10
    assert quis("ask", JAPAN).status == 3
