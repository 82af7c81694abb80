"""Does what is held hold? Coverage, self-test, verification, doctor and figures."""

import csv
import json
import shutil
import socket
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import Actor, Role
from tests.fakes import FixedClock, WordEmbedder
from tests.scenario.documents import in_japan

JAPAN = "Is Clearview active in Japan?"


@pytest.fixture
def published(done, tmp_path):
    """The id of a published document on Clearview in Japan."""
    return done("kb", "add", in_japan(tmp_path), "--publish", "--json").json["id"]


# --- coverage ----------------------------------------------------------------------------


def test_coverage_is_told_by_vendor_and_country(done, published):
    shown = done("kb", "coverage").out
    assert "Clearview AI" in shown
    assert "Japan" in shown
    rows = done(
        "kb", "coverage", "--vendor", "Clearview", "--country", "Japan", "--json"
    )
    assert rows.json == [
        {
            "vendor": "clearview-ai",
            "place": "JP",
            "count": 1,
            "kinds": {"press": 1},
            "newest": "2024-05-01",
        }
    ]


def test_coverage_can_be_opened_in_a_spreadsheet(done, published):
    rows = list(csv.DictReader(done("kb", "coverage", "--csv").out.splitlines()))
    (japan,) = [row for row in rows if row["country"] == "JP"]
    assert (japan["vendor"], japan["count"], japan["press"]) == (
        "clearview-ai",
        "1",
        "1",
    )


@pytest.mark.parametrize(
    ("flag", "name"), [("--vendor", "FooCorp"), ("--country", "Wakanda")]
)
def test_coverage_of_what_nobody_knows_is_bad_use(quis, flag, name):
    done = quis("kb", "coverage", flag, name)
    assert done.status == 2
    assert name in done.complaint


# --- checks ------------------------------------------------------------------------------


def test_the_self_test_asks_what_is_held_and_what_is_not(done, published):
    record = done("kb", "selftest", "--json").json
    assert record["ok"]
    assert record["failures"] == []
    assert record["asked"] >= 6
    assert f"{record['asked']} questions asked, 0 failed" in done("kb", "selftest").out


def test_a_verification_says_that_all_is_well(done, published):
    record = done("kb", "verify", "--json").json
    assert record["ok"]
    assert record["documents"] == 11
    assert "All is as it should be." in done("kb", "verify").out


def test_a_verification_repairs_an_index(done, quis, published, tmp_path):
    done("ask", JAPAN)
    for path in (tmp_path / "quis" / "indexes" / "lexical").iterdir():
        path.write_bytes(b"\x93not this\n")
    record = done("kb", "verify", "--repair", "--json").json
    assert record["ok"]
    assert quis("ask", JAPAN).status == 0


def test_doctor_finds_nothing_wrong(done, published):
    assert "All is well." in done("doctor").out
    record = done("doctor", "--json").json
    assert record["ok"]
    assert {"name", "value", "state", "advice"} == set(record["checks"][0])
    assert "QUIS_DATA" in record["settings"]
    assert done("doctor", "--model", "--json").json["ok"]


def test_doctor_changes_nothing_and_makes_no_data_folder(done, monkeypatch, tmp_path):
    monkeypatch.setenv("QUIS_DATA", str(tmp_path / "nowhere"))
    monkeypatch.setenv("QUIS_CORPUS", "none")
    assert "the first question makes it" in done("doctor").out
    assert not (tmp_path / "nowhere").exists()


def test_doctor_tells_of_a_variable_that_is_no_setting(done, monkeypatch):
    monkeypatch.setenv("QUIS_LANGAUGE", "fr")
    assert "did you mean QUIS_LANGUAGE?" in done("doctor").out


def looked_at(quis, name):
    """What doctor found of one thing, by its English name."""
    checks = quis("doctor", "--json").json["checks"]
    return next(check for check in checks if check["name"] == name)


def test_doctor_tells_of_a_clock_that_went_back(quis, done, tmp_path):
    assert looked_at(quis, "Clock")["state"] == "good"
    config = LibraryConfig(data=tmp_path / "quis", corpus=None)
    tomorrow = FixedClock(datetime.now(UTC) + timedelta(days=1))
    with open_library(config, None, tomorrow, WordEmbedder()) as library:
        findings = library.read_file(in_japan(tmp_path))
        library.add(findings, {}, Actor("terminal:ana", Role.ADMIN), publish=True)
    found = looked_at(quis, "Clock")
    assert found["state"] == "attention"
    assert f"{tomorrow.instant:%Y-%m-%d %H:%M}" in found["value"]
    assert "set this machine's clock" in found["advice"]


def test_doctor_tells_of_a_bot_that_should_run_and_does_not(quis, done, monkeypatch):
    assert "quis run" not in done("doctor", "--json").out
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        monkeypatch.setenv("QUIS_HEALTH", f"0.0.0.0:{held.getsockname()[1]}")
        found = looked_at(quis, "quis run")
    assert found["state"] == "attention"
    assert "start quis run" in found["advice"]


def test_doctor_tells_of_a_store_that_another_process_locks(quis, tmp_path):
    with closing(sqlite3.connect(tmp_path / "quis" / "quis.sqlite")) as held:
        held.isolation_level = None
        held.execute("BEGIN EXCLUSIVE")
        found = looked_at(quis, "Library")
    assert found["state"] == "bad"
    assert "another process is writing; try again" in found["advice"]


def test_doctor_tells_of_a_postgresql_that_is_gone(quis, monkeypatch):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"postgresql+psycopg://quis:secret@127.0.0.1:{held.getsockname()[1]}/quis"
        monkeypatch.setenv("QUIS_STORE", url)
        ended = quis("doctor", "--json")
    assert ended.status == 1
    (found,) = [c for c in ended.json["checks"] if c["name"] == "Library"]
    assert "check that it runs, and the host, user, password" in found["advice"]
    assert "secret" not in ended.out


def test_doctor_tells_of_a_disk_that_is_nearly_full(quis, monkeypatch):
    left = shutil.disk_usage(".")._replace(free=100 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: left)
    found = looked_at(quis, "Free space")
    assert found["state"] == "bad"
    assert "make room on the disk" in found["advice"]


def test_doctor_tells_of_a_corrupt_store(quis, tmp_path):
    path = tmp_path / "quis" / "quis.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\x93" * 30_000 + whole[38_192:])
    found = looked_at(quis, "Library")
    assert found["state"] == "bad"
    assert "restore a backup" in found["advice"]


@pytest.mark.parametrize("name", ["lexical", "dense"])
def test_doctor_tells_that_a_corrupt_index_is_filled_again(quis, tmp_path, name):
    for path in (tmp_path / "quis" / "indexes" / name).rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x93not this\n")
    found = looked_at(quis, f"Index: {name}")
    assert found["state"] == "attention"
    assert "the next question, or quis run" in found["advice"]


def test_doctor_tells_of_a_chroma_server_that_is_gone(quis, monkeypatch):
    with socket.socket() as held:  # an address where nothing listens
        held.bind(("127.0.0.1", 0))
        monkeypatch.setenv("QUIS_CHROMA", f"http://127.0.0.1:{held.getsockname()[1]}")
        found = looked_at(quis, "Index: dense")
    assert found["state"] == "bad"
    assert "start it, or check QUIS_CHROMA" in found["value"]
    assert "words alone" in found["advice"]
    assert "--repair" not in found["advice"]


# --- figures -----------------------------------------------------------------------------


@pytest.fixture
def dataset(tmp_path):
    """A labelled set of three texts and three questions, of which one has no answer."""
    made = tmp_path / "dataset"
    made.mkdir()
    texts = {
        "t1": "Clearview AI was fined by the Garante in Italy.",
        "t2": "PimEyes was used by police in Poland.",
        "t3": "The owl and the hedgehog went to sea.",
    }
    asked = {
        "q1": "Was Clearview fined in Italy?",
        "q2": "Is PimEyes active in Poland?",
    }

    def rows(items):
        return "".join(
            json.dumps({"id": key, "title": "", "text": text, "lang": "en"}) + "\n"
            for key, text in items.items()
        )

    (made / "corpus.jsonl").write_text(rows(texts))
    (made / "queries.jsonl").write_text(rows(asked))
    (made / "qrels.tsv").write_text("query-id\tdoc-id\tscore\nq1\tt1\t1\nq2\tt2\t1\n")
    return made


def test_figures_are_measured_on_a_labelled_set(done, dataset):
    record = done("eval", dataset, "--json").json
    assert record["questions"] == 2
    figures = {f["measure"]: f["mean"] for f in record["figures"] if not f["language"]}
    assert figures["hit@1"] == 1.0
    assert figures["recall@10"] == 1.0
    shown = done("eval", dataset).out
    assert "Hit at 1" in shown
    assert "1.000" in shown


def test_figures_are_measured_on_the_knowledge_base_itself(done, tmp_path):
    made = tmp_path / "questions"
    made.mkdir()
    asked = [
        {
            "id": "1",
            "lang": "en",
            "text": "Is Clearview active in Italy?",
            "context": [],
            "answerable": True,
            "must": ["cv-083"],
            "relevant": ["cv-083", "cv-042", "cv-043", "cv-018", "cv-007"],
        },
        {
            "id": "2",
            "lang": "en",
            "text": JAPAN,
            "context": [],
            "answerable": False,
            "must": [],
            "relevant": [],
        },
    ]
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    (made / "questions.jsonl").write_text(lines)
    record = done("eval", made, "--json").json
    figures = {f["measure"]: f["mean"] for f in record["figures"] if not f["language"]}
    assert figures["answered-answerable"] == 1.0
    assert figures["refused-unanswerable"] == 1.0
    assert figures["must-in-3"] == 1.0
    assert "misses" not in record


def test_each_question_that_went_wrong_is_told_with_what_was_shown(done, tmp_path):
    made = tmp_path / "questions"
    made.mkdir()
    asked = [
        {"id": "1", "text": "Is Clearview active in Italy?", "answerable": False},
        {"id": "2", "text": JAPAN, "answerable": True, "relevant": ["cv-083"]},
        {"id": "3", "text": JAPAN, "answerable": False},
    ]
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    (made / "questions.jsonl").write_text(lines)
    missed = done("eval", made, "--misses", "--json").json["misses"]
    assert [(m["id"], m["how"]) for m in missed] == [
        ("1", "answered"),
        ("2", "refused"),
    ]
    assert "cv-083" in missed[0]["shown"]
    assert missed[1]["shown"] == []
    told = " ".join(done("eval", made, "--misses").out.split())
    assert "What went wrong" in told
    assert told.count("Is Clearview active in Italy?") == 1


def test_a_folder_that_is_no_labelled_set_is_bad_use(quis, tmp_path):
    done = quis("eval", tmp_path)
    assert done.status == 2
    assert str(tmp_path) in done.complaint
