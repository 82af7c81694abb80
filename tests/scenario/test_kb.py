"""`quis kb`: every command at least once, for people and for machines."""

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
    for step, status in [
        ("submit", "submitted"),
        ("approve", "approved"),
        ("publish", "published"),
        ("recheck", "published"),
    ]:
        record = done("kb", step, draft, "--json").json
        assert (record["id"], record["status"]) == (draft, status)
        assert bool(record["rechecked_on"]) is (step == "recheck")
    assert done("ask", JAPAN).out
    shown = done("kb", "retract", draft, "--reason", "withdrawn").out
    assert "jp-1@1 is now retracted" in shown
    assert quis("ask", JAPAN).status == 3
    (*_, last) = done("kb", "history", draft, "--json").json
    assert (last["step"], last["detail"]["reason"]) == ("retract", "withdrawn")


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


def test_questions_that_a_text_answers_are_given_with_it_and_added_to_later(
    done, quis, tmp_path
):
    first = in_japan(tmp_path)
    added = done(
        *("kb", "add", first, "--publish", "--question", "Did Japan try Clearview?"),
        *("--question", "it: Clearview Tokyo?"),
    )
    listed = "“Did Japan try Clearview?”, “Clearview Tokyo?” (Italian)"
    assert listed in " ".join(added.out.split())
    more = in_japan(tmp_path, "jp-2", "Police in Japan bought Clearview AI in 2025.")
    again = "did japan try clearview?"
    said = done("kb", "add", more, "--question", again, "--json").json
    assert said["questions"] == {"en": [again]}
    assert said["asked_elsewhere"] == [{"question": again, "id": "jp-1"}]

    done("kb", "correct", "jp-1", "--question", "Who in Japan tried Clearview?")
    assert done("kb", "show", "jp-1", "--json").json["questions"] == {
        "en": ["Did Japan try Clearview?", "Who in Japan tried Clearview?"],
        "it": ["Clearview Tokyo?"],
    }
    compared = " ".join(done("kb", "diff", "jp-1").out.split())
    assert "+question (en): Who in Japan tried Clearview?" in compared
    refused = quis("kb", "add", more, "--id", "jp-3", "--question", "Clearview Japan")
    assert refused.status == 2
    assert "Clearview Japan is no question: end it with" in refused.complaint
