"""`quis kb recheck --all`, typed: every source of what is published is visited, politely."""

import hashlib
import json
import logging
import threading
import time
from dataclasses import replace

import pytest
import structlog

from bot.cli import main
from knowledge.rechecking import PAUSE
from tests.quick import opener
from tests.web_server import serving

ROME = "The police of Rome used Clearview AI in 2020."
MILAN = "The police of Milan used Clearview AI as well."


@pytest.fixture
def web(monkeypatch):
    with serving() as server:
        monkeypatch.setenv("QUIS_FETCH_ALLOW", server.allow)
        yield server


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def typed(monkeypatch, capsys, pauses):
    """Types a command; what it would sleep is noted, and not slept."""
    monkeypatch.setenv("QUIS_CORPUS", "none")

    def opened(config, progress=None):
        library = opener(config, progress)
        library.rechecking = replace(library.rechecking, wait=pauses.append)
        return library

    def typed(*arguments):
        status = main(list(map(str, arguments)), opener=opened)
        out, err = capsys.readouterr()
        assert (status, err) == (0, "")
        return out

    handlers = list(logging.getLogger().handlers)
    yield typed
    logging.getLogger().handlers = handlers
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def shown(typed, *arguments):
    return json.loads(typed(*arguments, "--json"))


@pytest.fixture
def papers(web, typed):
    """Two pages of one host, published; what the server saw of each visit."""
    site = Site(web)
    for name, words in (
        ("paper-a", f"{ROME}\n\n{MILAN}"),
        ("paper-b", ROME[:-9] + "."),
    ):
        url = site.says(name, words)
        said = ["--id", name, "--title", name, "--publisher", "Paper", "--kind"]
        said += ["press", "--form", "source", "--published-on", "2026-03-02"]
        added = shown(typed, "kb", "add", url, *said, "--language", "en", "--publish")
        assert added["status"] == "published"
    site.visits.clear()
    return site


class Site:
    """Answers with an entity tag, and 304 to whoever sends it; counts who is there."""

    def __init__(self, web):
        self.web, self.visits = web, []
        self._words, self._inside = {}, threading.Semaphore(1)

    def says(self, name, words):
        self._words[name] = words
        self.web.pages[f"/{name}"] = lambda request: self._answer(request, name)
        return self.web.url(f"/{name}")

    def _answer(self, request, name):
        alone = self._inside.acquire(blocking=False)
        time.sleep(0.02)
        body = self._words[name].encode()
        tag = f'"{len(body)}"'
        same = request.headers.get("If-None-Match") == tag
        self.visits.append((name, 304 if same else 200, alone))
        request.send_response(304 if same else 200)
        request.send_header("ETag", tag)
        request.send_header("Content-Type", "text/plain; charset=utf-8")
        request.send_header("Content-Length", "0" if same else str(len(body)))
        request.end_headers()
        if not same:
            request.wfile.write(body)
        if alone:
            self._inside.release()


def test_a_host_is_visited_alone_with_pauses_and_asked_only_for_what_is_new(
    typed, papers, pauses
):
    assert shown(typed, "kb", "recheck", "--all")["visited"] == 2
    assert papers.visits == [("paper-a", 200, True), ("paper-b", 200, True)]
    assert pauses == [PAUSE]
    papers.visits.clear()
    report = shown(typed, "kb", "recheck", "--all")
    assert (report["visited"], report["unchanged"]) == (2, 2)
    assert papers.visits == [("paper-a", 304, True), ("paper-b", 304, True)]


def snapshots(tmp_path):
    folder = tmp_path / "quis" / "snapshots"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_difference_becomes_a_draft_and_no_snapshot_is_overwritten(
    typed, papers, tmp_path
):
    before = snapshots(tmp_path)
    papers.says("paper-a", f"{ROME}\n\nAn appeal is open in the same matter.")
    report = shown(typed, "kb", "recheck", "--all")
    assert report["drafts"] == ["paper-a"]
    ((lost),) = [page["lost"] for page in report["lost"]]
    assert len(lost) == 1
    draft = shown(typed, "kb", "show", "paper-a")
    assert (draft["status"], draft["revision"]) == ("draft", 2)
    assert MILAN not in draft["body"]
    after = snapshots(tmp_path)
    assert before
    assert len(after) > len(before)
    assert {path: after[path] for path in before} == before
    answered = shown(typed, "ask", "Did the police of Milan use Clearview AI?")
    assert MILAN in [passage["quote"] for passage in answered["passages"]]
    assert shown(typed, "kb", "recheck", "--all")["drafts"] == []


def test_a_dead_link_and_lost_words_are_said_in_words(typed, papers, web):
    papers.says("paper-a", f"{ROME}\n\nNothing else.")
    web.page("/paper-b", "Gone.", status=410)
    said = typed("kb", "recheck", "--all")
    assert "paper-a" in said
    assert "410" in said
    waiting = typed("kb", "queue")
    assert "paper-b" in waiting
