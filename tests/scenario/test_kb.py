"""`quis kb`: every command at least once, for people and for machines."""

import csv
import json

import pytest

from tests.scenario.documents import IN_JAPAN, in_japan, markdown

JAPAN = "Is Clearview active in Japan?"


@pytest.fixture
def draft(done, tmp_path):
    """The id of a draft on Clearview in Japan."""
    return done("kb", "add", in_japan(tmp_path), "--json").json["id"]


@pytest.fixture
def published(done, tmp_path):
    """The id of a published document on Clearview in Japan."""
    return done("kb", "add", in_japan(tmp_path), "--publish", "--json").json["id"]


# --- adding ------------------------------------------------------------------------------


def test_what_was_read_of_a_file_is_shown_with_what_comes_next(done, tmp_path):
    shown = done("kb", "add", in_japan(tmp_path)).out
    for words in ("jp-1@1", "draft", "Clearview AI", "Japan", "English", "The Paper"):
        assert words in shown
    assert "Next: quis kb publish jp-1" in shown


def test_an_added_document_is_an_object_with_its_passages(done, tmp_path):
    record = done("kb", "add", in_japan(tmp_path), "--publish", "--json").json
    assert (record["id"], record["revision"]) == ("jp-1", 1)
    assert record["status"] == "published"
    assert record["vendors"] == ["clearview-ai"]
    assert record["countries"] == ["JP"]
    assert record["vetting"] == "person"
    assert record["near_duplicates"] == []
    (passage,) = record["passages"]
    assert passage["text"] == IN_JAPAN
    assert passage["id"] == f"jp-1@1#0-{len(IN_JAPAN)}"


def test_flags_overrule_what_would_be_guessed(done, tmp_path):
    flags = {
        "--id": "jp-9",
        "--title": "Another title",
        "--publisher": "Another paper",
        "--url": "https://another.example/",
        "--archived-url": "https://archive.example/",
        "--kind": "research",
        "--form": "brief",
        "--language": "fr",
        "--published-on": "2023",
        "--event-on": "2022-11",
        "--country": "South Korea",
    }
    given = [word for pair in flags.items() for word in pair]
    vendors = ["--vendor", "NEC", "--vendor", "clearview-ai"]
    path = tmp_path / "jp.txt"
    path.write_text(IN_JAPAN)
    record = done("kb", "add", path, *given, *vendors, "--json").json
    assert (record["id"], record["title"]) == ("jp-9", "Another title")
    assert (record["kind"], record["form"]) == ("research", "brief")
    assert record["vendors"] == ["nec", "clearview-ai"]
    assert record["countries"] == ["KR"]
    assert (record["language"], record["event_on"]) == ("fr", "2022-11")
    (source,) = record["sources"]
    assert source["publisher"] == "Another paper"
    assert source["archived_url"] == "https://archive.example/"
    assert source["published_on"] == "2023"


def test_several_files_are_added_and_one_that_is_broken_stops_nothing(quis, tmp_path):
    good = [in_japan(tmp_path), markdown(tmp_path, "kr-1", "NEC is in South Korea.")]
    missing = tmp_path / "missing.md"
    done = quis("kb", "add", good[0], missing, good[1], "--json")
    assert done.status == 2
    assert [record.get("id") for record in done.lines] == ["jp-1", None, "kr-1"]
    assert done.lines[1]["path"] == str(missing)
    assert "no such file" in done.complaint


# --- looking -----------------------------------------------------------------------------


def test_documents_are_listed(done, published):
    shown = done("kb", "list").out
    assert "jp-1@1" in shown
    assert "11 documents" in shown
    records = done("kb", "list", "--json").json
    assert len(records) == 11
    assert records == sorted(records, key=lambda record: record["id"])
    assert "body" not in records[0]


def test_documents_are_listed_by_status(done, draft):
    records = done("kb", "list", "--status", "draft", "--json").json
    assert [record["id"] for record in records] == [draft]


def test_a_document_is_shown_with_its_passages_and_status(done, draft):
    assert IN_JAPAN in done("kb", "show", draft).out
    record = done("kb", "show", draft, "--json").json
    assert record["status"] == "draft"
    assert record["body"] == IN_JAPAN
    for passage in record["passages"]:
        span = record["body"][passage["start"] : passage["end"]]
        assert span == passage["text"]
        assert passage["locator"] == "¶1"


def test_one_revision_or_one_passage_can_be_shown(done, draft):
    (passage,) = done("kb", "show", f"{draft}@1", "--json").json["passages"]
    record = done("kb", "show", passage["id"], "--json").json
    assert record["passages"] == [passage]


@pytest.mark.parametrize("address", ["nobody", "jp-1@7", "jp-1@1#0-1", "../etc@1#1-2"])
def test_what_is_not_held_cannot_be_shown(quis, draft, address):
    done = quis("kb", "show", address)
    assert done.status == 2
    assert "No document is called" in done.complaint
    assert "`quis kb list` shows what is held" in done.complaint


def test_the_history_of_a_document_is_the_ledger_of_it(done, published):
    shown = done("kb", "history", published).out
    assert "propose" in shown
    assert "publish" in shown
    lines = done("kb", "history", published, "--json").json
    assert [line["step"] for line in lines] == ["propose", "publish"]
    assert lines[1]["previous"] == lines[0]["hash"]
    assert all(line["actor"].startswith("terminal:") for line in lines)


# --- review ------------------------------------------------------------------------------


def test_a_document_goes_through_review_step_by_step(done, quis, draft):
    record: dict[str, object] = {}
    for step, status in [
        ("submit", "submitted"),
        ("approve", "approved"),
        ("publish", "published"),
        ("recheck", "published"),
    ]:
        record = done("kb", step, draft, "--json").json
        assert (record["id"], record["status"]) == (draft, status)
    assert record["rechecked_on"] == record["vetted_on"]
    assert done("ask", JAPAN).out
    shown = done("kb", "retract", draft, "--reason", "withdrawn").out
    assert "jp-1@1 is now retracted" in shown
    assert quis("ask", JAPAN).status == 3
    (*_, last) = done("kb", "history", draft, "--json").json
    assert (last["step"], last["detail"]) == ("retract", {"reason": "withdrawn"})


def test_a_rejected_document_is_not_published(quis, done, draft):
    done("kb", "submit", draft)
    assert "rejected" in done("kb", "reject", draft, "--reason", "no source").out
    refused = quis("kb", "publish", draft)
    assert refused.status == 1
    assert 'jp-1 cannot be put to "publish"' in refused.complaint


def test_a_retraction_needs_a_reason(quis, published):
    for arguments in ((), ("--reason", " ")):
        done = quis("kb", "retract", published, *arguments)
        assert done.status == 2
        assert "--reason" in done.complaint


def test_nobody_publishes_alone_what_two_have_to(quis, monkeypatch, tmp_path):
    monkeypatch.setenv("QUIS_TWO_PERSON", "true")
    assert quis("kb", "add", in_japan(tmp_path)).status == 0
    for arguments in (("kb", "publish", "jp-1"), ("kb", "approve", "jp-1")):
        done = quis(*arguments)
        assert done.status == 1
        assert done.complaint
    assert quis("ask", JAPAN).status == 3


def test_a_correction_is_a_draft_on_top_until_it_is_published(
    done, tmp_path, published
):
    text = "Police in Japan tried Clearview AI once, the paper says."
    path = markdown(tmp_path, "new", text, more=f"id: {published}")
    record = done("kb", "correct", published, path, "--json").json
    assert (record["revision"], record["status"]) == (2, "draft")
    assert IN_JAPAN in " ".join(done("ask", JAPAN).out.split())

    changes = done("kb", "diff", published, "--json").json
    assert (changes["from"], changes["to"]) == (1, 2)
    assert f"-{IN_JAPAN}" in changes["diff"]
    assert f"+{text}" in changes["diff"]
    assert f"+{text}" in done("kb", "diff", published).out

    done("kb", "publish", published, "--json")
    shown = " ".join(done("ask", JAPAN).out.split())
    assert text in shown
    assert IN_JAPAN not in shown
    assert "is the published one" in done("kb", "diff", published).out


def test_a_correction_of_metadata_alone_keeps_the_text(done, published):
    record = done("kb", "correct", published, "--title", "Better", "--json").json
    assert (record["title"], record["revision"]) == ("Better", 2)
    assert done("kb", "show", published, "--json").json["body"] == IN_JAPAN


def test_a_correction_of_nothing_is_bad_use(quis, published):
    done = quis("kb", "correct", published)
    assert done.status == 2
    assert "say what is to change" in done.complaint


def test_the_impact_of_a_retraction_is_told(done, published):
    assert "1 passage of jp-1 is published now" in done("kb", "impact", published).out
    record = done("kb", "impact", published, "--json").json
    assert (record["id"], record["revision"]) == ("jp-1", 1)
    assert [passage["text"] for passage in record["passages"]] == [IN_JAPAN]


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


# --- folders -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A folder of three documents."""
    made = tmp_path / "folder"
    made.mkdir()
    for n, place in enumerate(["Japan", "South Korea", "Brazil"]):
        markdown(made, f"doc-{n}", f"Police in {place} used Clearview AI {n} times.")
    return made


def test_a_folder_is_taken_in_and_again_nothing_changes(done, folder):
    record = done("kb", "sync", folder, "--publish", "--json").json
    assert record["added"] == ["doc-0", "doc-1", "doc-2"]
    again = done("kb", "sync", folder, "--publish", "--json").json
    assert (again["added"], again["changed"]) == ([], [])
    assert again["unchanged"] == ["doc-0", "doc-1", "doc-2"]
    markdown(folder, "doc-1", "Police in South Korea used Clearview AI daily.")
    assert (
        "0 added, 1 changed, 2 unchanged" in done("kb", "sync", folder, "--publish").out
    )
    assert "daily" in done("ask", "Is Clearview active in South Korea?").out


def test_drafts_of_a_folder_are_published_by_syncing_again(done, quis, folder):
    assert "They are drafts." in done("kb", "sync", folder).out
    assert quis("ask", JAPAN).status == 3
    record = done("kb", "sync", folder, "--publish", "--json").json
    assert record["changed"] == ["doc-0", "doc-1", "doc-2"]
    assert quis("ask", JAPAN).status == 0


def test_a_broken_file_of_a_folder_is_told_and_the_others_are_taken_in(quis, folder):
    (folder / "broken.md").write_bytes(b"\xff\xfe\x00")
    done = quis("kb", "sync", folder, "--json")
    assert done.status == 1
    assert done.json["added"] == ["doc-0", "doc-1", "doc-2"]
    (failed,) = done.json["failed"]
    assert failed["path"] == str(folder / "broken.md")
    assert failed["error"] == done.complaint


def test_what_is_exported_reads_back_the_same(done, tmp_path, folder):
    done("kb", "sync", folder, "--publish")
    out = tmp_path / "out"
    assert "13 documents written to" in done("kb", "export", out).out
    record = done("kb", "export", out, "--json").json
    assert record == {"folder": str(out), "documents": 13}
    assert len(list(out.iterdir())) == 13
    again = done("kb", "sync", out, "--publish", "--json").json
    assert len(again["unchanged"]) == 13


def test_lint_finds_nothing_wrong_with_what_can_be_published(done, folder):
    assert done("kb", "lint", folder, "--json").json == []
    assert "Nothing is wrong." in done("kb", "lint", folder).out


def test_lint_tells_what_is_wrong_and_stores_nothing(quis, folder):
    markdown(folder, "doc-9", "Some text here.", more="vendors: [foocorp]")
    (folder / "doc-0-again.md").write_text((folder / "doc-0.md").read_text())
    done = quis("kb", "lint", folder, "--json")
    assert done.status == 1
    paths = {record["path"].rsplit("/", 1)[1] for record in done.json}
    assert "doc-9.md" in paths
    assert paths & {"doc-0.md", "doc-0-again.md"}
    assert all("\n" not in record["error"] for record in done.json)
    assert len(quis("kb", "list", "--json").json) == 10


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


def test_a_folder_that_is_no_labelled_set_is_bad_use(quis, tmp_path):
    done = quis("eval", tmp_path)
    assert done.status == 2
    assert str(tmp_path) in done.complaint
