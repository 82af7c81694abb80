"""`quis kb gaps` and `quis kb queue`: what was asked and not held, and what waits."""

import pytest

from knowledge.assembly import LibraryConfig
from knowledge.model import Reason, Refusal, Tenant
from tests.fakes import NOON
from tests.quick import opener
from tests.scenario.documents import in_japan

HERE = Tenant("discord", "100")


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
