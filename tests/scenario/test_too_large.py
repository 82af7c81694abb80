"""What is too large is refused in a line, and never read whole, by whichever way it comes."""

import json
import shutil
import sys
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

from tests.scenario.documents import IN_JAPAN, markdown

resource = pytest.importorskip("resource", reason="Windows does not tell of memory")

FLAGS = "--title T --publisher P --url https://p.example/a --kind press".split()
VOCABULARY = Path(__file__).parents[2] / "knowledge" / "vocabulary"
HUGE = 3 * 1024**3
MEGABYTE = 1024**2
ITALY = "Is Clearview active in Italy?"


def peak():
    """Megabytes that this process had at most, so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (MEGABYTE if sys.platform == "darwin" else 1024)


@pytest.fixture
def sparing():
    """In the end no more memory was taken than a file of the largest size needs."""
    before = peak()
    yield
    assert peak() - before < 300


def huge(path, beginning=b""):
    """Three gigabytes, of which the disk holds a beginning."""
    with path.open("wb") as file:
        file.write(beginning)
        file.truncate(HUGE)
    return path


@pytest.mark.parametrize(
    ("name", "beginning", "more"),
    [
        ("a.txt", b"Police in Japan.", ()),
        ("a.md", b"---\ntitle: T\n---\nPolice in Japan.", ()),
        ("a.pdf", b"%PDF-1.7\n", ()),
        ("a.docx", b"PK\x03\x04", ()),
        ("a.html", b"<html><body><p>Police in Japan.", ()),
        ("a.xml", b"<?xml version='1.0'?><akomaNtoso>", ()),
        ("a.csv", b"title,body\nT,Police\n", ("--map", "body=body")),
        ("a.jsonl", b'{"title": "T"}\n', ("--map", "body=body")),
    ],
)
def test_a_file_of_any_kind_is_refused(quis, tmp_path, sparing, name, beginning, more):
    done = quis("kb", "add", huge(tmp_path / name, beginning), *FLAGS, *more)
    assert done.status == 2
    assert f"{name} cannot be read: it is larger than 20 MB" in done.complaint
    assert len(quis("kb", "list", "--json").json) == 10


def test_a_file_of_metadata_is_refused(quis, tmp_path, sparing):
    markdown(tmp_path, "jp-1", IN_JAPAN)
    meta = huge(tmp_path / "meta.yaml", b"title: T\n")
    done = quis("kb", "add", tmp_path / "jp-1.md", "--meta", meta)
    assert done.status == 2
    assert "meta.yaml cannot be read: it is too long for metadata" in done.complaint


def test_of_a_folder_the_rest_is_taken_in(quis, tmp_path, sparing):
    folder = tmp_path / "folder"
    folder.mkdir()
    markdown(folder, "jp-1", IN_JAPAN)
    huge(folder / "jp-2.md", b"---\ntitle: T\n---\nPolice in Japan.")
    done = quis("kb", "sync", folder, "--publish", "--json")
    assert done.status == 1
    assert done.json["added"] == ["jp-1"]
    assert "jp-2.md cannot be read: it is larger than 20 MB" in done.complaint
    problems = quis("kb", "lint", folder, "--json").json
    assert ["jp-2.md" in each["path"] for each in problems] == [True]


def test_of_a_vocabulary_nothing_is_taken_in(quis, tmp_path, sparing):
    folder = tmp_path / "folder"
    shutil.copytree(VOCABULARY, folder / "vocabulary")
    huge(folder / "vocabulary" / "places.yaml", b"IT: {}\n")
    done = quis("kb", "sync", folder)
    assert done.status != 0
    assert "places.yaml" in done.complaint
    assert "larger than 20 MB" in done.complaint


def test_a_line_of_a_batch_is_refused_and_the_others_are_answered(quis, sparing):
    asked = [json.dumps({"id": n, "text": ITALY}).encode() for n in (1, 2)]
    lines = b"\n".join([asked[0], b"x" * (5 * MEGABYTE), asked[1], b""])
    done = quis("ask", "--batch", "-", stdin=lines)
    assert done.status == 1
    first, broken, last = done.lines
    assert (first["id"], last["id"]) == (1, 2)
    assert first["answered"]
    assert last["answered"]
    assert "longer than 1 MB" in broken["error"]


# --- backups -----------------------------------------------------------------------------


def test_a_backup_for_which_there_is_no_room_is_told_before_anything_is_written(
    quis, tmp_path, monkeypatch
):
    assert quis("backup", tmp_path / "b.zip").status == 0
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(9, 9, MEGABYTE // 2))
    done = quis("restore", tmp_path / "b.zip", "--force")
    assert done.status == 2
    assert "nothing was changed" in done.complaint
    assert "MB left: make room" in done.complaint
    assert len(quis("kb", "list", "--json").json) == 10


def test_a_backup_that_unpacks_to_a_mountain_is_refused(
    quis, tmp_path, monkeypatch, sparing
):
    def swollen(archive, name, data):
        """As ever, and so many blanks behind it, which are as good."""
        with archive.open(name, "w") as out:
            out.write(data.encode())
            for _ in range(350):
                out.write(b" " * MEGABYTE)

    with monkeypatch.context() as patched:
        patched.setattr(zipfile.ZipFile, "writestr", swollen)
        assert quis("backup", tmp_path / "b.zip").status == 0
    assert (tmp_path / "b.zip").stat().st_size < 20 * MEGABYTE
    done = quis("restore", tmp_path / "b.zip", "--force")
    assert done.status == 2
    assert "it is no backup of Quis" in done.complaint
