"""`quis kb sync`, `export` and `lint`: folders of documents."""

import pytest

from tests.scenario.documents import markdown

JAPAN = "Is Clearview active in Japan?"


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
