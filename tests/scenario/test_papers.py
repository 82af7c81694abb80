"""`quis evidence`, `dossier` and the address of a passage: what one takes away."""

import hashlib
import json
from datetime import datetime

import docx
import pytest

from knowledge.ledger import seal
from knowledge.model import Event, Step
from tests.scenario.documents import IN_JAPAN, in_japan, markdown


@pytest.fixture
def address(done, tmp_path):
    """Of a passage that is published."""
    done("kb", "add", in_japan(tmp_path), "--publish")
    return f"quis:jp-1@1#0-{len(IN_JAPAN)}"


def test_an_address_says_first_how_its_passage_stands_and_holds_for_ever(
    done, quis, address, tmp_path
):
    shown = done("kb", "show", address)
    assert shown.out.split("\n\n")[1].startswith("Published since")
    assert IN_JAPAN in " ".join(shown.out.split())
    changed = in_japan(tmp_path, body="Police in Japan never used Clearview AI.")
    done("kb", "correct", "jp-1", changed, "--reason", "it was denied")
    done("kb", "publish", "jp-1")
    assert (
        "No longer published: revision 2 is, since" in done("kb", "show", address).out
    )
    done("kb", "retract", "jp-1", "--reason", "nobody knows")
    now = done("kb", "show", "quis:jp-1@2#0-40", "--json").json
    assert list(now)[:2] == ["status", "now"]
    assert now["status"] == "retracted"
    assert now["now"]["reason"] == "nobody knows"
    assert now["passages"][0]["text"] == "Police in Japan never used Clearview AI."
    assert "Retracted on" in done("kb", "show", "jp-1@2#0-40").out
    unknown = quis("kb", "show", "quis:jp-1@2#0-41")
    assert unknown.status == 2
    assert "quis kb list" in unknown.complaint


def test_an_evidence_pack_proves_itself(done, address, tmp_path):
    folder = tmp_path / "pack"
    assert "files written to" in done("evidence", address, folder).out
    held = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert held["quote.txt"].decode() == IN_JAPAN
    for line in held.pop("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(held[name]).hexdigest() == digest
    document = json.loads(held["document.json"])
    assert document["address"] == address
    start, end = document["passages"][0]["start"], document["passages"][0]["end"]
    assert held["body.txt"].decode()[start:end] == IN_JAPAN
    history = json.loads(held["history.json"])
    assert [line["step"] for line in history] == ["propose", "publish"]
    sealed = history[0]["detail"]["text"]
    assert hashlib.sha256(held["body.txt"]).hexdigest() == sealed
    for line in history:
        event = Event(
            at=datetime.fromisoformat(line["at"]),
            actor=line["actor"],
            step=Step(line["step"]),
            document=line["document"],
            revision=line["revision"],
            rule=line["rule"],
            detail=line["detail"],
        )
        assert seal(event, line["sequence"], line["previous"]) == line["hash"]
    read = held["README.md"].decode()
    assert read.startswith(f"# {address}\n\n**Published since")
    assert all(f"`{name}`" in read for name in held if name != "README.md")


def test_a_pack_is_never_written_over_something_and_never_in_part(
    quis, address, tmp_path
):
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "mine").write_text("x")
    done = quis("evidence", address, folder)
    assert done.status == 2
    assert "it is there already and not empty; name another folder" in done.complaint
    assert [path.name for path in folder.iterdir()] == ["mine"]
    done = quis("evidence", "quis:jp-1@1#0-3", tmp_path / "new")
    assert done.status == 2
    assert not (tmp_path / "new").exists()


def test_a_dossier_has_every_passage_oldest_first_in_both_forms(done, tmp_path):
    told = done("dossier", "Clearview", "Italy", tmp_path / "d.md", "--json").json
    text = (tmp_path / "d.md").read_text()
    assert text.count("\n### ") == told["passages"] > 2
    assert text.startswith("# Dossier: Clearview AI · Italy\n")
    done("dossier", "clearview-ai", "IT", tmp_path / "d.docx")
    document = docx.Document(tmp_path / "d.docx")
    heads = [
        p.text
        for p in document.paragraphs
        if p.style is not None and p.style.name == "Heading 2"
    ]
    assert len(heads) == told["passages"]
    years = [int(head.rsplit(" ", 1)[1]) for head in heads]
    assert years == sorted(years)
    assert len(document.tables) == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["Clearview"], 2, "give a vendor, perhaps a country, and a file"),
        (["Zorblax", "d.md"], 2, "Zorblax"),
        (["Clearview", "Atlantis", "d.md"], 2, "Atlantis"),
        (["Clearview", "d.pdf"], 2, "its name has to end in .docx or .md"),
        (["Clearview", "no/d.md"], 2, "cannot be written: No such file"),
    ],
)
def test_what_makes_no_dossier_is_told_in_one_line(
    quis, tmp_path, monkeypatch, arguments, status, said
):
    monkeypatch.chdir(tmp_path)
    done = quis("dossier", *arguments)
    assert done.status == status
    assert said in done.complaint
    assert not list(tmp_path.glob("d.*"))


def test_where_nothing_is_held_there_is_no_dossier(quis, tmp_path):
    done = quis("dossier", "Clearview", "Japan", tmp_path / "d.md")
    assert (done.status, done.err) == (3, "")
    assert "so there is no dossier" in done.out
    assert not (tmp_path / "d.md").exists()


def test_markup_in_a_source_is_only_words_in_a_dossier(done, tmp_path):
    path = markdown(
        tmp_path,
        "jp-2",
        "Police in Japan used <b>Clearview AI</b> # *once* | twice.",
        title="A [page](http://x) `of` _signs_",
    )
    done("kb", "add", path, "--publish")
    done("dossier", "Clearview", "Japan", tmp_path / "d.md")
    text = (tmp_path / "d.md").read_text()
    assert r"\<b\>Clearview AI\</b\> \# \*once\* \| twice" in text
    assert r"A \[page\](http://x) \`of\` \_signs\_" in text
