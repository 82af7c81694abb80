"""The gallery: every kind of card, as it would be sent, and a page to look at them."""

import inspect
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import bot.gallery
from bot import replies
from bot.cards import Card, Form, Line
from bot.catalogue import languages
from bot.gallery import DOCUMENTS, Exhibit, exhibits, homes, on_discord, on_slack, page
from bot.replies import kb
from knowledge.assembly import LibraryConfig
from knowledge.library import Library
from tests.conftest import CORPUS
from tests.platforms.slack_server.rules import view_problems
from tests.quick import opener

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Holds the gallery's documents."""
    folder = tmp_path_factory.mktemp("gallery")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name in DOCUMENTS:
        shutil.copy(CORPUS / f"{name}.md", corpus)
    config = LibraryConfig(data=folder / "data", corpus=corpus)
    with opener(config) as opened:
        opened.refresh()
        yield opened


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``quis gallery`` writes."""
    folder = tmp_path_factory.mktemp("written") / "new" / "gallery"
    command = [sys.executable, "-m", "tests.quick", "gallery", str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert str(folder / "index.html") in done.stdout
    return folder


def seen(html: str) -> str:
    """The words of a page."""
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_every_exhibit_is_written_for_both_platforms_and_shown(written):
    discord, slack = (
        {path.stem: json.loads(path.read_text("utf-8")) for path in folder.iterdir()}
        for folder in (written / "discord", written / "slack")
    )
    html = (written / "index.html").read_text("utf-8")

    assert len(discord) > 60
    homes = {"app-home", "app-home-of-a-manager", "app-home-at-first"}
    assert slack.keys() - discord.keys() == homes
    assert discord.keys() < slack.keys()
    assert set(re.findall(r'<section id="([^"]+)"', html)) == slack.keys()
    assert discord["answer"]["components"]
    assert discord["answer"]["allowed_mentions"] == {"parse": []}
    assert slack["answer"]["blocks"]
    assert slack["answer"]["text"]
    assert slack["form-wrong"]["type"] == "modal"


def test_slack_s_home_is_shown_and_that_discord_has_none_is_said(written):
    html = (written / "index.html").read_text("utf-8")
    kept = (written / "slack" / "app-home-at-first.json").read_text("utf-8")

    assert json.loads(kept)["type"] == "home"
    shown = seen(html[html.index('<section id="app-home-at-first"') :])
    for said in ("Discord has no App Home.", "Clearview AI", "Settings for all"):
        assert said in shown, said


@pytest.mark.parametrize("language", languages())
def test_slack_takes_each_home_in_every_language(library, language):
    for name, home in homes(library, language, NOW):
        assert view_problems(home) == [], name


def test_the_page_asks_nothing_of_any_other_machine_and_runs_nothing(written):
    html = (written / "index.html").read_text("utf-8")

    assert "default-src 'none'" in html
    assert "<script" not in html
    sources = re.findall(r'src="([^"]*)"', html)
    assert len(sources) == 2
    assert all((written / source).read_bytes()[:4] == b"\x89PNG" for source in sources)
    assert set(re.findall(r'href="([^:"#]*)', html)) <= {"", "http", "https"}


def test_quotes_are_on_the_page_word_for_word_on_both_sides(library):
    (answer,) = (e for e in exhibits(library, "slack", "en", NOW) if e.name == "answer")
    html = page("T", "en", [("a", on_discord(answer).body, on_slack(answer).body)])

    assert isinstance(answer.shown, Card)
    assert answer.shown.quotes()
    for quote in answer.shown.quotes():
        assert seen(html).count(quote.text) == 2


def test_what_was_struck_and_what_is_to_be_copied_look_so_on_both_sides(library):
    shown = {each.name: each for each in exhibits(library, "slack", "en", NOW)}
    html = {
        name: page("T", "en", [("a", on_discord(each).body, on_slack(each).body)])
        for name, each in shown.items()
        if name in ("marked", "cite")
    }

    assert html["marked"].count("<s>") == 2
    assert "~~" not in html["marked"]
    assert html["cite"].count("<pre>") == 8
    assert "```" not in html["cite"]


@pytest.mark.parametrize("language", languages())
def test_every_language_has_all_of_it(library, language):
    english = exhibits(library, "discord", "en", NOW)
    other = exhibits(library, "discord", language, NOW)

    assert [each.name for each in other] == [each.name for each in english]
    assert len({each.name for each in other}) == len(other)
    for each in other:
        assert on_discord(each).body["components"], each.name
        assert on_slack(each).body["blocks"], each.name


def test_answers_and_refusals_are_what_their_names_say(library):
    shown: dict[str, Any] = {
        each.name: each.shown for each in exhibits(library, "discord", "en", NOW)
    }

    for name in ("answer", "answer-misspelt", "answer-law", "context", "more"):
        assert shown[name].quotes(), name
    for name in ("refusal", "refusal-unknown", "refusal-not-answered", "greeting"):
        assert not shown[name].quotes(), name
    assert "Clearveiw" in str(shown["answer-misspelt"])
    assert "and in Italy?" not in shown["answer"].title


@pytest.mark.parametrize(("room", "least"), [(replies, 40), (kb, 30)])
def test_no_kind_of_card_or_form_is_missing(room, least):
    made = {
        name
        for name in room.__all__
        if inspect.isfunction(function := getattr(room, name))
        and get_type_hints(function).get("return") in (Card, Form)
    }
    folder = Path(bot.gallery.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))

    assert len(made) > least
    shown = {name for name in made if re.search(rf"\b\w+\.{name}\(", source)}
    assert made - shown == set()


def test_what_a_reader_wrote_never_acts_on_the_page():
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) **b** \"'&"
    exhibit = Exhibit("x", Card(hostile, (Line(hostile),)))

    html = page(
        hostile,
        '"><script>',
        [("<b>", on_discord(exhibit).body, on_slack(exhibit).body)],
    )

    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<b>" not in html
    assert seen(html).count("alert(1)") >= 5
