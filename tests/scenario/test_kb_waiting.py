"""`quis kb gaps` and `quis kb queue`: what was asked and not held, and what waits."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.assembly import LibraryConfig
from knowledge.entries import Name
from knowledge.model import Actor, Reason, Refusal, Role, Tenant
from knowledge.terms import Term, TermKind
from tests.fakes import NOON
from tests.quick import opener
from tests.scenario.documents import in_japan

HERE = Tenant("discord", "100")
PROPOSER = Actor("test:cy", Role.CONTRIBUTOR)
EDITOR = Actor("test:ed", Role.EDITOR)


@pytest.fixture
def refused(quis, tmp_path):
    """Japan was asked about twice, once where words are kept; Kenya once."""
    with opener(LibraryConfig(data=tmp_path / "quis", corpus=None)) as library:
        for place, text in (("JP", None), ("JP", "Has Tokyo bought it?"), ("KE", None)):
            library.refusals.add(
                Refusal(
                    tenant=HERE,
                    at=NOON,
                    language="en",
                    reason=Reason.NOTHING_HELD,
                    vendors=("clearview-ai",),
                    places=(place,),
                    concepts=(),
                    text=text,
                )
            )


@pytest.mark.usefixtures("refused")
def test_what_was_refused_is_counted_most_often_asked_first(done):
    first, second = done("kb", "gaps", "--json").lines
    assert (first["place"], first["count"]) == ("JP", 2)
    assert first["questions"] == ["Has Tokyo bought it?"]
    assert (second["place"], second["count"], second["questions"]) == ("KE", 1, [])
    shown = done("kb", "gaps").out
    assert shown.index("Japan") < shown.index("Kenya")
    assert "Clearview AI" in shown


def test_where_nothing_was_refused_that_is_said(done):
    assert done("kb", "gaps", "--json").out == ""
    assert done("kb", "gaps").out.strip()


JAPAN = "Is Clearview active in Japan?"


def test_what_is_refused_in_a_terminal_is_counted_without_its_words(done, quis):
    quis("ask", JAPAN)
    quis("ask", JAPAN, "--json")
    quis("chat", stdin=f"{JAPAN}\nIs Clearview active in Italy?\n")
    (gap,) = done("kb", "gaps", "--json").lines
    assert (gap["vendor"], gap["place"], gap["count"]) == ("clearview-ai", "JP", 3)
    assert gap["questions"] == []


def test_its_words_are_kept_where_the_setting_says_so(done, quis, monkeypatch):
    monkeypatch.setenv("QUIS_KEEP_REFUSED", "true")
    quis("ask", JAPAN)
    (gap,) = done("kb", "gaps", "--json").lines
    assert gap["questions"] == [JAPAN]


def test_they_are_wiped_by_whoever_is_refused_next(done, quis, monkeypatch, tmp_path):
    with opener(LibraryConfig(data=tmp_path / "quis", corpus=None)) as library:
        library.refusals.add(
            Refusal(
                tenant=HERE,
                at=NOON - timedelta(days=40),
                language="en",
                reason=Reason.NOTHING_HELD,
                places=("KE",),
                text="Kenya?",
            )
        )
    quis("ask", JAPAN)
    gaps = done("kb", "gaps", "--json").lines
    assert {gap["place"]: gap["questions"] for gap in gaps} == {"JP": [], "KE": []}


def test_a_batch_is_no_sign_of_what_people_miss(done, quis):
    quis("ask", "--batch", "-", stdin=f'{{"id": 1, "text": "{JAPAN}"}}\n')
    assert done("kb", "gaps", "--json").out == ""


def test_a_refusal_is_given_where_it_cannot_be_counted(quis, tmp_path):
    store = sqlite3.connect(tmp_path / "quis" / "quis.sqlite")
    store.execute(
        "CREATE TRIGGER full BEFORE INSERT ON refusals"
        " BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    store.close()
    done = quis("ask", JAPAN, "--json")
    assert (done.status, done.json["reason"]) == (3, "nothing-held")


def test_a_draft_waits_until_it_is_published(done, tmp_path):
    path = in_japan(tmp_path, "jp-1", "Police unit 1 of Japan used Clearview AI.")
    done("kb", "add", path)
    waiting = done("kb", "queue", "--json").json
    (draft,) = waiting["drafts"]
    assert (draft["document"], draft["status"]) == ("jp-1", "draft")
    assert draft["since"]
    assert waiting["pages"] == []  # none was visited
    assert "jp-1" in done("kb", "queue").out
    done("kb", "publish", "jp-1")
    assert done("kb", "queue", "--json").json["drafts"] == []


def test_a_change_of_the_vocabulary_waits_until_it_is_decided(done, tmp_path):
    name = Term(kind=TermKind.NAME, owner="clearview-ai", name=Name(text="Argusview"))
    config = LibraryConfig(data=tmp_path / "quis", corpus=None)
    with opener(config) as library:
        term = library.naming.propose(name, PROPOSER)
        assert isinstance(term, Term)
        queue = library.rechecking.queue()
        assert queue == replace(queue, drafts=(), rechecks=(), pages=())
        assert queue  # so that the weekly digest is told, and it is in the digest
    (waiting,) = done("kb", "queue", "--json").json["terms"]
    assert (waiting["of"], waiting["name"]) == ("clearview-ai", "Argusview")
    assert waiting["since"]
    said = done("kb", "queue").out
    assert "1 change of the vocabulary" in said
    assert "Argusview" in said
    with opener(config) as library:
        library.naming.reject(term.id, term.revision, EDITOR, "no product")
    assert done("kb", "queue", "--json").json["terms"] == []
