"""Whatever is handed in: one clear line that says what to do, and nothing half-written."""

import codecs
import os
import re
import sqlite3
import sys
from contextlib import closing

import pytest

from tests.scenario.documents import IN_JAPAN, in_japan, markdown

JAPAN = "Is Clearview active in Japan?"
FLAGS = "--title T --publisher P --url https://p.example/a --kind press".split()
NOW = ("--published-on", "2024-05-01")


@pytest.fixture
def refused(quis, tmp_path):
    """Runs a command that has to be bad use, and gives its one line; nothing is added."""

    def run(*arguments):
        before = dump(tmp_path / "quis" / "quis.sqlite")
        done = quis(*arguments)
        assert (done.status, done.out) == (2, ""), done
        assert dump(tmp_path / "quis" / "quis.sqlite") == before
        return done.complaint

    return run


def dump(store):
    """All that is stored, by a way that is none of ours."""
    with closing(sqlite3.connect(store)) as connection:
        return list(connection.iterdump())


# --- files -------------------------------------------------------------------------------


def written(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "it is empty"),
        ("blank.txt", b" \n\t\n\xe2\x80\x8b", "no"),
        ("bare.md", b"---\ntitle: T\n---\n\n", "there is no text in it"),
        ("binary.txt", bytes(range(256)) * 50, "it is a binary file, not text"),
        ("latin.txt", "à Rome, l’été".encode("cp1252"), "save it as UTF-8"),
        ("broken16.txt", codecs.BOM_UTF16_LE + b"\x00\xd8", "save it as UTF-8"),
        ("bell.txt", b"Police\x07 in Japan.", "control characters in it"),
        ("huge.txt", b"Police in Japan. " * 1_300_000, "larger than 20 MB; split it"),
        ("broken.pdf", b"%PDF-1.7", "it is no PDF or its end is missing"),
        ("sheet.xyz", b"Text.", ".txt are read; save its text as .txt"),
        ("endless.md", b"---\ntitle: T\n", "close it with a line ---"),
        ("broken.md", b"---\ntitle: [T\n---\nText.", "front matter is no YAML"),
        (
            "bomb.md",
            b"---\na: &a [x]\nb: *a\n---\nText.",
            "aliases (*name) are not read",
        ),
        ("signs.txt", b"!!! ??? ...", "language cannot be told from the text: say"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(refused, tmp_path, name, data, words):
    path = written(tmp_path, name, data)
    said = refused("kb", "add", path, *FLAGS, *NOW, "--publish")
    assert words in said
    assert name in said


def test_a_file_that_is_not_there_or_may_not_be_read_is_refused(refused, tmp_path):
    assert "no such file" in refused("kb", "add", tmp_path / "nowhere.txt", *FLAGS)
    assert "use kb sync" in refused("kb", "add", tmp_path, *FLAGS)
    assert "no such file" in refused("kb", "add", "a\0b.txt", *FLAGS)
    if hasattr(os, "geteuid") and os.geteuid() != 0:  # root may read everything
        path = written(tmp_path, "secret.txt", b"Text.")
        path.chmod(0)
        assert "permission denied" in refused("kb", "add", path, *FLAGS)


def test_a_folder_that_is_not_there_is_refused(refused, tmp_path):
    for command in (("sync",), ("lint",)):
        said = refused("kb", *command, tmp_path / "nowhere")
        assert "there is no such folder" in said


# --- metadata ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ([], ["Title is missing: say --title", "evidence is missing: say --kind"]),
        ([*FLAGS[:4], "--kind", "rumour"], ["rumour", "press"]),
        ([*FLAGS, "--form", "poem"], ["poem", "source", "brief"]),
        ([*FLAGS, "--language", "xx"], ["xx"]),
        ([*FLAGS, "--vendor", "FooCorp"], ["FooCorp"]),
        ([*FLAGS, "--country", "Wakanda"], ["Wakanda"]),
        ([*FLAGS, "--country", "XX"], ["XX"]),
        (
            [*FLAGS, "--published-on", "3024-01-01"],
            ["Published on: 1 Jan 3024 lies in the future"],
        ),
        ([*FLAGS, "--event-on", "3024"], ["Happened on: 3024 lies in the future"]),
        (
            [*FLAGS, "--published-on", "01/02/2020"],
            ["Published on: “01/02/2020” is no date. Please write YYYY"],
        ),
        ([*FLAGS, "--published-on", "2020-02-30"], ["2020-02-30"]),
        (
            [*FLAGS, *NOW, "--event-on", "2025"],
            ["Happened on: 2025 is later than its newest source"],
        ),
        (
            [*FLAGS, "--url", "javascript:alert(1)"],
            ["Address of the source: “javascript:alert(1)” is no web"],
        ),
        ([*FLAGS, "--id", "../../etc/passwd"], ["id"]),
        ([*FLAGS, "--meta", "colour=red"], ["colour"]),
        ([*FLAGS, "--meta", "title=Another"], ["title is given twice"]),
        ([*FLAGS, "--meta", "nowhere.yaml"], ["nowhere.yaml cannot be read"]),
    ],
)
def test_metadata_that_cannot_be_used_is_refused(refused, tmp_path, flags, words):
    path = written(tmp_path, "jp.txt", IN_JAPAN.encode())
    said = refused("kb", "add", path, *flags, "--publish")
    for word in words:
        assert word in said
    assert re.search(r"[a-z]_[a-z]", said.partition("jp.txt")[2]) is None  # no raw key


@pytest.mark.parametrize(
    "more",
    [
        "vendors: [foocorp]",
        "countries: [Atlantis]",
        'event_on: "2999"',
        "kind: press",
        "colour: red",
        "sources: [1, 2]",
    ],
)
def test_front_matter_that_cannot_be_used_is_refused(refused, tmp_path, more):
    path = markdown(tmp_path, "jp-1", IN_JAPAN, more=more)
    assert "jp-1.md" in refused("kb", "add", path, "--publish")


def test_a_flag_that_contradicts_the_front_matter_is_refused(refused, tmp_path):
    said = refused("kb", "add", in_japan(tmp_path), "--title", "Another")
    assert "Title is contradictory" in said
    assert "leave one out" in said


def test_metadata_that_is_no_yaml_is_refused(refused, tmp_path):
    path = in_japan(tmp_path)
    for data in (b"[", b"\xff\xfe", b"- a\n- b\n", b"x" * 70_000, b"\0"):
        about = written(tmp_path, "about.yaml", data)
        assert "about.yaml cannot be read" in refused(
            "kb", "add", path, "--meta", about
        )


def test_what_holds_for_one_file_is_not_said_of_several(refused, tmp_path):
    paths = [in_japan(tmp_path), markdown(tmp_path, "kr-1", "NEC is in South Korea.")]
    said = refused("kb", "add", *paths, "--title", "T")
    assert "title can be said of one file at a time" in said


# --- what is held already ------------------------------------------------------------------


def test_a_duplicate_is_refused_with_the_id_of_what_is_held(quis, done, tmp_path):
    done("kb", "add", in_japan(tmp_path), "--publish")
    again = quis("kb", "add", in_japan(tmp_path, "jp-2"), "--publish")
    assert again.status == 2
    assert "has the same text as jp-1, which is held already" in again.complaint
    assert "nothing was added" in again.complaint
    assert len(quis("kb", "list", "--json").json) == 11


def test_a_near_duplicate_is_added_with_a_warning(done, tmp_path):
    words = [f"Clearview reached police number {n} of Japan." for n in range(40)]
    done("kb", "add", in_japan(tmp_path, "jp-1", " ".join(words)))
    near = in_japan(tmp_path, "jp-2", " ".join(words[:-1]))
    record = done("kb", "add", near, "--json").json
    ((other, percent),) = [(n["id"], n["percent"]) for n in record["near_duplicates"]]
    assert other == "jp-1"
    assert 80 <= percent < 100
    nearer = in_japan(tmp_path, "jp-3", " ".join(words[1:]))
    assert "Nearly the same text is held already" in done("kb", "add", nearer).out


def test_another_text_under_an_id_that_is_taken_is_refused(refused, done, tmp_path):
    done("kb", "add", in_japan(tmp_path))
    path = written(tmp_path, "jp-1.txt", b"An owl and a hedgehog went to sea with NEC.")
    said = refused("kb", "add", path, *FLAGS, *NOW)
    assert "another text is held as 'jp-1'" in said
    assert "say --id jp-1 to replace it, or another --id" in said


# --- questions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    ["", " ", "?", "x", "\n\n", "\u200f\u202e\u2066", "\x01\x1b[2J", "\ud800", "…"],
)
def test_a_question_of_nothing_is_refused_as_no_question(quis, question):
    done = quis("ask", question)
    assert (done.status, done.err) == (3, "")
    assert "\x1b" not in done.out
    assert quis("ask", question, "--json").json["reason"] in (
        "not-a-question",
        "unknown-subject",
        "nothing-held",
    )


def test_a_question_of_a_hundred_thousand_characters_is_bad_use(refused):
    said = refused("ask", "Clearview? " * 10_000)
    assert said.startswith(
        "The question has 110000 characters; at most 2000 can be read"
    )
    assert "ask in one or two sentences" in said


@pytest.mark.parametrize(
    "question",
    [
        "Is Clear\u200dview active in\u202e Italy?",
        "\u200fIs Clearview active in Italy?\u200f",
        "Is\tClearview\r\nactive\x0bin Italy?",
        "Is Clearview\x00 active in Italy?\x1b[31m",
        "Is \ud83d Clearview active in Italy?",
    ],
)
def test_marks_and_controls_in_a_question_do_no_harm(quis, question):
    done = quis("ask", question)
    assert done.status in (0, 3)
    assert done.err == ""
    assert not set("\x00\x1b\u202e") & set(done.out)


# --- settings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("QUIS_LOG_LEVEL", "loud"),
        ("QUIS_LANGUAGE", "xx"),
        ("QUIS_MODEL_LANGUAGES", "en,klingon"),
        ("QUIS_TWO_PERSON", "perhaps"),
        ("QUIS_STORE", "mysql://user:hunter2@host/quis"),
    ],
)
def test_a_setting_that_cannot_be_used_is_bad_use(quis, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    for arguments in (("ask", JAPAN), ("kb", "list"), ("doctor",), ("run",)):
        done = quis(*arguments)
        assert (done.status, done.out) == (2, "")
        assert done.complaint.startswith(f"{variable}: ")
        assert "hunter2" not in done.err
    assert quis("--help").status == 0


def test_an_unknown_command_is_bad_use(quis):
    for arguments in (("aks",), ("kb", "burn")):
        done = quis(*arguments)
        assert (done.status, done.out) == (2, "")
        assert arguments[-1] in done.complaint


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_with_undecodable_bytes_does_no_harm(refused, tmp_path):
    name = os.fsdecode(b"caf\xe9.txt")
    assert "no such file" in refused("kb", "add", tmp_path / name, *FLAGS)
