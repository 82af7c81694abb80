"""Pages, papers, tables and folders, through the command that an editor types."""

import hashlib
import json
import logging
import re
from functools import partial

import pytest
import structlog

from bot.cli import main
from knowledge.adapters.snapshots import SnapshotFiles
from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import EditorsOnly
from knowledge.model import Actor, Role
from tests.fakes import FixedClock, WordEmbedder
from tests.law_files import AKOMA_NTOSO, journal
from tests.made_files import column, pdf
from tests.web_server import serving

ARTICLE = """<html><head><title>Clearview fined</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2022-10-20"></head><body><article>
<h1>Clearview fined</h1><p>The French authority fined Clearview AI 20 million euros.</p>
<p>{more}</p></article></body></html>"""
FIRST = ARTICLE.format(more="The company did not answer the authority in time.")
SECOND = ARTICLE.format(more="The company answered the authority in the end.")


@pytest.fixture
def web(monkeypatch):
    with serving() as server:
        monkeypatch.setenv("QUIS_FETCH_ALLOW", server.allow)
        yield server


@pytest.fixture
def quis(monkeypatch, capsys):
    """Type a command; its status, its output, and its complaints."""
    monkeypatch.setenv("QUIS_CORPUS", "none")
    opener = partial(open_library, clock=FixedClock(), embedder=WordEmbedder())

    def typed(*arguments):
        status = main(list(map(str, arguments)), opener=opener)
        out, err = capsys.readouterr()
        return status, out, err

    yield typed
    # The command line sends all logs its own way; other tests have theirs.
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    root = logging.getLogger()
    for handler in [h for h in root.handlers if type(h).__module__ == "bot.logs"]:
        root.removeHandler(handler)


def shown(quis, *arguments):
    status, out, err = quis(*arguments, "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


# --- pages -------------------------------------------------------------------------


def test_a_page_becomes_a_draft_with_what_it_says_of_itself(quis, web):
    url = web.page("/news/fine.html", FIRST)
    found = shown(quis, "kb", "add", url, "--kind", "press")
    assert found["id"] == "127-0-0-1-news-fine"
    assert (found["status"], found["revision"]) == ("draft", 1)
    assert (found["title"], found["language"]) == ("Clearview fined", "en")
    assert (found["vendors"], found["countries"]) == (["clearview-ai"], ["FR"])
    assert found["sources"][0]["publisher"] == "The Paper"
    assert found["sources"][0]["url"] == url
    assert found["sources"][0]["published_on"] == "2022-10-20"
    assert any("did not answer" in passage["text"] for passage in found["passages"])


def test_what_a_page_says_is_overruled_by_whoever_adds_it(quis, web):
    url = web.page("/a", FIRST)
    flags = ["--kind", "press", "--title", "Mine", "--published-on", "2022-10-19"]
    found = shown(quis, "kb", "add", url, *flags, "--url", "https://paper.example/a")
    assert found["title"] == "Mine"
    assert found["sources"][0]["published_on"] == "2022-10-19"
    assert found["sources"][0]["url"] == "https://paper.example/a"


def test_the_bytes_of_a_page_are_kept_and_the_ledger_says_which(quis, web, tmp_path):
    url = web.page("/a", FIRST)
    found = shown(quis, "kb", "add", url, "--kind", "press")
    sha256 = hashlib.sha256(FIRST.encode()).hexdigest()
    folder = tmp_path / "quis" / "snapshots" / sha256[:2]
    assert (folder / sha256).read_text() == FIRST
    assert json.loads((folder / f"{sha256}.json").read_text()) == {
        "sha256": sha256,
        "asked": url,
        "url": url,
        "content_type": "text/html; charset=utf-8",
        "size": len(FIRST),
        "fetched_at": "2026-11-24T12:00:00+00:00",
    }
    history = shown(quis, "kb", "history", found["id"])
    assert history[0]["detail"]["snapshot"] == sha256
    assert {path.name for path in folder.iterdir()} == {sha256, f"{sha256}.json"}


def test_a_page_that_changed_gives_a_draft_on_top_and_a_second_snapshot(
    quis, web, tmp_path
):
    url = web.page("/a", FIRST)
    flags = ["--kind", "press", "--country", "FR"]
    first = shown(quis, "kb", "add", url, *flags, "--publish")
    web.page("/a", SECOND)
    second = shown(quis, "kb", "add", url)
    assert second["id"] == first["id"]
    assert (second["revision"], second["status"]) == (2, "draft")
    old = shown(quis, "kb", "show", f"{first['id']}@1")
    assert old["status"] == "published"
    assert "did not answer" in old["body"]
    history = shown(quis, "kb", "history", first["id"])
    kept = {line["detail"].get("snapshot") for line in history} - {None}
    assert len(kept) == 2
    assert len(list((tmp_path / "quis" / "snapshots").glob("??/*.json"))) == 2


def test_a_page_whose_text_is_the_same_changes_nothing(quis, web, tmp_path):
    url = web.page("/a", FIRST)
    quis("kb", "add", url, "--kind", "press")
    web.page("/a", FIRST.replace("<body>", "<body><!-- 12:31 -->"))
    status, _, err = quis("kb", "add", url)
    assert status == 2
    assert "is held already: nothing was added" in err
    assert len(list((tmp_path / "quis" / "snapshots").glob("??/*.json"))) == 2


def test_a_correction_may_come_from_a_page_too(quis, web):
    url = web.page("/a", FIRST)
    found = shown(quis, "kb", "add", url, "--kind", "press", "--publish")
    web.page("/b", SECOND)
    after = shown(quis, "kb", "correct", found["id"], web.url("/b"), "--reason", "new")
    assert (after["revision"], after["status"]) == (2, "draft")
    detail = shown(quis, "kb", "history", found["id"])[-1]["detail"]
    assert detail["reason"] == "new"
    assert detail["snapshot"] == hashlib.sha256(SECOND.encode()).hexdigest()


def test_a_paper_and_a_text_behind_an_address_are_read(quis, web):
    paper = pdf([column(["The police of France bought the software in 2020."])])
    url = web.page("/a.pdf", paper, content_type="application/octet-stream")
    found = shown(quis, "kb", "add", url, "--kind", "procurement", "--title", "T")
    assert found["passages"][0]["text"].startswith("The police of France")
    url = web.page("/a.txt", "The police of Italy did too.", content_type="text/plain")
    found = shown(quis, "kb", "add", url, "--kind", "procurement", "--title", "T")
    assert found["countries"] == ["IT"]


def test_what_cannot_be_fetched_is_one_line_and_the_rest_goes_in(quis, web):
    good = web.page("/a", FIRST)
    bad = [
        web.redirect("/b", "http://169.254.169.254/latest/meta-data/"),
        web.url("/none"),
        web.page("/c", b"\x89PNG", content_type="image/png"),
        "http://user:word@paper.example/",
        "http://localhost/",
        "ftp://paper.example/",
    ]
    status, out, err = quis("kb", "add", "--kind", "press", bad[0], good, *bad[1:])
    assert status == 2
    assert "Clearview fined" in out
    lines = err.strip().splitlines()
    assert len(lines) == len(bad)
    assert all(re.match("quis: (http|ftp)://", line) for line in lines)


def test_only_editors_may_have_a_page_fetched(tmp_path, web):
    config = LibraryConfig(data=tmp_path, corpus=None, fetch_allow=(web.allow,))
    url = web.page("/a", FIRST)
    with open_library(config, embedder=WordEmbedder()) as library:
        with pytest.raises(EditorsOnly, match="save the page and add the file"):
            library.read_from(url, Actor("discord:1", Role.CONTRIBUTOR))
        assert web.asked == []
        assert library.read_from(url, Actor("discord:2", Role.EDITOR)).snapshot


def test_a_snapshot_that_was_changed_is_found_out(quis, web, tmp_path):
    quis("kb", "add", web.page("/a", FIRST), "--kind", "press")
    folder = tmp_path / "quis" / "snapshots"
    (path,) = (path for path in folder.glob("??/*") if not path.suffix)
    assert SnapshotFiles(folder).damaged([path.name]) == ()
    path.write_text("Something else.")
    assert SnapshotFiles(folder).damaged([path.name]) == (path.name,)
    status, out, err = quis("kb", "verify")
    assert status == 1
    assert "is gone or no longer what was fetched" in out + err


def test_a_broken_setting_for_tests_is_one_line(quis, monkeypatch):
    monkeypatch.setenv("QUIS_FETCH_ALLOW", "localhost")
    status, _, err = quis("kb", "list")
    assert status == 2
    assert "is not address:port" in err


# --- tables ------------------------------------------------------------------------

TABLE = """Name,What,Where
One,The police of France bought cameras in 2019.,https://a.example/1
Two,,https://a.example/2
Three,The police of Italy bought cameras in 2020.,https://a.example/3
"""
MAP = ["--map", "title=Name", "--map", "body=What", "--map", "url=Where"]


def test_the_rows_of_a_table_go_in_and_the_one_that_fails_is_listed(quis, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(TABLE)
    status, out, err = quis("kb", "add", path, *MAP, "--kind", "procurement")
    assert status == 1
    assert "2 added, 0 changed, 0 unchanged" in out
    assert err.splitlines() == [
        f"quis: {path}:3 cannot be read: there is no text in it."
    ]
    status, out, _ = quis("kb", "add", path, *MAP, "--kind", "procurement")
    assert "0 added, 0 changed, 2 unchanged" in out


def test_a_mapping_may_stand_in_a_file(quis, tmp_path):
    path, mapping = tmp_path / "list.csv", tmp_path / "map.yaml"
    path.write_text(TABLE.replace("\nTwo,,https://a.example/2", ""))
    mapping.write_text("title: Name\nbody: What\nurl: Where\ndates: '%d.%m.%Y'\n")
    found = shown(quis, "kb", "add", path, "--map", mapping, "--kind", "procurement")
    assert len(found["added"]) == 2


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--map", "title=A", "--map", "title=B"], "given twice and differently"),
        (["--map", "none.yaml"], "give a YAML file, or KEY=VALUE"),
        (["--map", "title=Name"], "--map body=COLUMN"),
        ([*MAP, "--id", "one"], "--map id=COLUMN"),
        ([], "say with --map"),
    ],
)
def test_a_mapping_that_does_not_fit_is_one_line(quis, tmp_path, flags, words):
    path = tmp_path / "list.csv"
    path.write_text(TABLE)
    status, _, err = quis("kb", "add", path, *flags, "--kind", "procurement")
    assert status == 2
    assert words in err
    assert len(err.splitlines()) == 1


# --- folders -----------------------------------------------------------------------


def test_three_broken_files_among_many_are_listed_and_the_rest_goes_in(quis, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(250):
        (folder / f"doc-{number:03}.md").write_text(
            f"---\ntitle: Doc {number}\nkind: press\nlanguage: en\n---\n\n"
            f"The police of France bought {number} cameras.\n"
        )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4")
    (folder / "login.html").write_text("<html><body><p>Log in</p></body></html>")
    (folder / "latin.md").write_bytes(b"\xe9")
    first = quis("kb", "sync", folder)
    second = quis("kb", "sync", folder)
    assert "250 added, 0 changed, 0 unchanged" in first[1]
    assert "0 added, 0 changed, 250 unchanged" in second[1]
    for status, _, err in (first, second):
        assert status == 1
        named = [line.split(" cannot be read")[0] for line in err.splitlines()]
        assert named == [
            f"quis: {folder / name}"
            for name in ("broken.pdf", "latin.md", "login.html")
        ]


def test_files_of_every_kind_are_taken_from_a_folder(quis, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "page.html").write_text(FIRST)
    (folder / "paper.pdf").write_bytes(
        pdf([column(["The police of France bought the software in 2020."])], title="P")
    )
    (folder / "brief.md").write_text(
        "---\ntitle: B\nkind: research\n---\n\nThe police of Italy stopped it in 2021.\n"
    )
    status, out, err = quis("kb", "sync", folder)
    assert "1 added" in out
    # What no file of these kinds can say has to be said by somebody.
    assert err.count("kind is missing: say --kind") == 2
    for expected in (
        "2 added, 0 changed, 1 unchanged",
        "0 added, 0 changed, 3 unchanged",
    ):
        status, out, err = quis("kb", "sync", folder, "--kind", "press")
        assert (status, err) == (0, "")
        assert expected in out
    assert shown(quis, "kb", "show", "page")["kind"] == "press"
    assert shown(quis, "kb", "show", "brief")["kind"] == "research"


def test_asking_loads_no_reader(tmp_path):
    import subprocess
    import sys

    script = (
        "import sys; from knowledge.assembly import LibraryConfig, open_library;"
        "from pathlib import Path;"
        f"open_library(LibraryConfig(data=Path({str(tmp_path)!r}), corpus=None)).close();"
        "heavy = 'trafilatura pdfminer docx httpcore2 httpx2'.split();"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_another_page_does_not_take_the_place_of_one_with_the_same_name(quis, web):
    quis("kb", "add", web.page("/a_b", FIRST), "--kind", "press")
    other = web.page(
        "/a-b", "Nobody in Greece ever saw it in use.", content_type="text/plain"
    )
    status, _, err = quis("kb", "add", other, "--kind", "press", "--title", "T")
    assert status == 2
    assert "another text is held as '127-0-0-1-a-b'" in err


def test_a_page_that_cannot_be_kept_is_not_read(quis, web, tmp_path):
    (tmp_path / "quis").mkdir()
    (tmp_path / "quis" / "snapshots").write_text("A file where the folder should be.")
    status, _, err = quis("kb", "add", web.page("/a", FIRST), "--kind", "press")
    assert status == 1
    assert "a page cannot be kept there" in err
    assert quis("kb", "list", "--json")[1].strip() == "[]"


@pytest.mark.parametrize(
    ("law", "content_type"),
    [(journal(), "text/html"), (AKOMA_NTOSO.encode(), "application/xml")],
)
def test_a_law_behind_an_address_is_read_by_its_articles(quis, web, law, content_type):
    url = web.page("/law", law, content_type=content_type)
    found = shown(quis, "kb", "add", url)
    assert found["kind"] == "law"
    assert any(passage["locator"].startswith("Art. 1") for passage in found["passages"])


def test_xml_that_is_no_law_is_refused(quis, web):
    url = web.page("/feed", "<rss><channel/></rss>", content_type="text/xml")
    status, _, err = quis("kb", "add", url, "--kind", "press")
    assert status == 2
    assert "it is text/xml, not a page" in err
