"""`quis kb recheck --all`: every source is visited, and nothing that is held changes."""

from dataclasses import replace

import pytest

from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import Actor, Role, Status, Step
from knowledge.ports import silent
from knowledge.rechecking import PAUSE
from tests.fakes import FixedClock, WordEmbedder
from tests.web_server import serving

ANA = Actor("test:ana", Role.ADMIN)
ROME = "The police of Rome used Clearview AI."
MILAN = "The police of Milan used Clearview AI as well."


@pytest.fixture
def web():
    with serving() as server:
        yield server


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def library(web, tmp_path, clock):
    config = LibraryConfig(
        data=tmp_path / "quis", corpus=None, fetch_allow=(web.allow,)
    )
    with open_library(config, None, clock, WordEmbedder()) as library:
        yield library


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def walk(library, pauses):
    rechecking = replace(library.rechecking, wait=pauses.append)
    return lambda: rechecking.all(ANA, silent)


def publish(library, web, id, text, **headers):
    url = web.page(f"/{id}", text, content_type="text/plain", **headers)
    findings = library.read_from(url, ANA)
    said = {"id": id, "title": id, "publisher": "Paper", "form": "source"}
    said |= {"kind": "press", "language": "en", "published_on": "2026-03-02"}
    return library.add(findings, said, ANA, publish=True).document


def snapshots(tmp_path):
    return {
        path: path.read_bytes()
        for path in (tmp_path / "quis" / "snapshots").rglob("*")
        if path.is_file()
    }


def test_a_page_that_is_as_it_was_is_not_sent_again(library, web, walk):
    publish(library, web, "paper-a", ROME, etag='"1"', last_modified="Mon")
    assert walk().unchanged == 0
    web.page("/paper-a", b"", status=304)
    report = walk()
    assert (report.visited, report.unchanged, report.dead) == (1, 1, ())
    asked = {name.lower(): value for name, value in web.asked[-1][1].items()}
    assert asked["if-none-match"] == '"1"'
    assert asked["if-modified-since"] == "Mon"


def test_a_page_that_lost_its_words_becomes_a_draft_and_nothing_is_overwritten(
    library, web, walk, tmp_path
):
    publish(library, web, "paper-a", f"{ROME}\n\n{MILAN}")
    before = snapshots(tmp_path)
    web.page("/paper-a", f"{ROME}\n\nAn appeal is open.", content_type="text/plain")
    report = walk()
    assert report.drafts == ("paper-a",)
    ((page),) = report.lost
    assert len(page.check.lost) == 1
    draft = library.document("paper-a")
    assert (draft.status, "appeal" in draft.body) == (Status.DRAFT, True)
    (published,) = library.documents(Status.PUBLISHED)
    assert MILAN in published.body
    assert published.rechecked_on is None
    after = snapshots(tmp_path)
    assert {path: after[path] for path in before} == before
    assert walk().drafts == ()  # one draft waits already
    queue = library.rechecking.queue()
    assert [one.document.id for one in queue.drafts] == ["paper-a"]
    assert [one.document.id for one in queue.pages] == ["paper-a"]


def test_more_on_a_page_than_is_quoted_is_no_difference(library, web, walk):
    publish(library, web, "paper-a", ROME)
    web.page("/paper-a", f"Menu\n\n{ROME}\n\nMore.", content_type="text/plain")
    report = walk()
    assert (report.lost, report.drafts) == ((), ())


def test_dead_links_are_listed_until_they_live_again(library, web, walk):
    publish(library, web, "paper-a", ROME)
    publish(library, web, "paper-b", MILAN)
    web.page("/paper-a", "Gone.", status=404)
    report = walk()
    ((dead),) = report.dead
    assert dead.document.id == "paper-a"
    assert "404" in dead.check.problem
    assert report.drafts == ()
    web.page("/paper-a", ROME, content_type="text/plain")
    assert walk().dead == ()
    assert library.rechecking.queue().pages == ()


def test_one_host_is_asked_with_pauses_and_what_is_retracted_not_at_all(
    library, web, walk, pauses
):
    for id, text in (
        ("paper-a", ROME),
        ("paper-b", MILAN),
        ("paper-c", "Turin used Clearview AI too."),
    ):
        publish(library, web, id, text)
    library.step("paper-c", Step.RETRACT, ANA, "wrong")
    web.asked.clear()
    walk()
    assert [path for path, _ in web.asked] == ["/paper-a", "/paper-b"]
    assert pauses == [PAUSE]


def test_what_is_published_is_due_after_half_a_year_until_somebody_looks(
    library, web, clock
):
    publish(library, web, "paper-a", ROME)
    assert not library.rechecking.queue()
    clock.advance(days=190)
    assert [one.document.id for one in library.rechecking.queue().rechecks] == [
        "paper-a"
    ]
    library.step("paper-a", Step.RECHECK, ANA)
    assert not library.rechecking.queue()
