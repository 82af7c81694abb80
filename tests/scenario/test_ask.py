"""`quis ask` and `quis chat`: questions through the command line."""

import json

import pytest

from tests.scenario.contract import valid
from tests.scenario.documents import ARTICLE, ARTICLE_SENTENCE

ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"


def test_an_answer_keeps_the_contract_with_machines_and_ends_with_0(quis):
    done = quis("ask", ITALY, "--json")
    record = valid(done.json)
    assert (done.status, done.err) == (0, "")
    assert record["question"] == ITALY
    assert record["answered"]
    assert record["mentions"]["vendors"] == ["clearview-ai"]
    assert record["mentions"]["places"] == ["IT"]
    first = record["passages"][0]
    assert first["link"] == first["sources"][0]["url"]
    assert {"vendor": "clearview-ai", "place": "IT"}.items() <= record["coverage"][
        0
    ].items()


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (JAPAN, "nothing-held"),
        ("Is Clearview active in Wakanda?", "unknown-subject"),
        ("How many employees does Clearview have in Italy?", "below-threshold"),
        ("was it fined there?", "unknown-subject"),
        ("hello", "not-a-question"),
        ("", "not-a-question"),
        ("?", "not-a-question"),
    ],
)
def test_a_refusal_keeps_the_contract_with_machines_and_ends_with_3(
    quis, question, reason
):
    done = quis("ask", question, "--json")
    assert (done.status, done.err) == (3, "")
    assert valid(done.json)["reason"] == reason


def test_a_quote_stands_in_the_document_at_its_place(quis):
    for passage in quis("ask", ITALY, "--json").json["passages"]:
        address = f"{passage['document']}@{passage['revision']}"
        held = quis("kb", "show", address, "--json").json
        assert held["status"] == "published"
        assert held["body"][passage["start"] : passage["end"]] == passage["quote"]


def test_an_answer_for_people_shows_quotes_dates_and_sources(quis):
    done = quis("ask", ITALY)
    assert (done.status, done.err) == (0, "")
    shown = " ".join(done.out.split())
    assert "IrpiMedia reported in April 2025 that the Italian Garante" in shown
    assert "Apr 2025" in shown
    assert "https://irpimedia.irpi.eu/?p=92197" in shown
    assert "Editors’ brief" in shown


def test_a_refusal_says_what_is_held_on_the_vendor_and_on_the_country(quis):
    done = quis("ask", JAPAN)
    assert (done.status, done.err) == (3, "")
    shown = " ".join(done.out.split())
    assert "Nothing vetted is held on Clearview AI in Japan." in shown
    assert "does not mean that it is not used there" in shown
    assert "Held on Clearview AI: Italy" in shown
    assert "Held on Japan: nothing" in shown
    assert "http" not in done.out


def test_as_many_passages_are_shown_as_asked_for(quis):
    record = quis("ask", ITALY, "--json", "--limit", 2).json
    assert len(record["passages"]) == 2
    assert record["more"] > 0


def test_the_language_of_the_words_can_be_set(quis, monkeypatch):
    french = quis("ask", JAPAN, "--language", "fr").out
    assert "Clearview AI" in french
    assert "Nothing vetted" not in french
    monkeypatch.setenv("QUIS_LANGUAGE", "fr")
    assert quis("ask", JAPAN).out == french


def test_words_of_a_question_without_quotation_marks_are_one_question(quis):
    done = quis("ask", "Is", "Clearview", "active", "in", "Japan?", "--json")
    assert done.json["question"] == JAPAN


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--batch", "-", ITALY),
        (ITALY, "--limit", "0"),
        (ITALY, "--limit", "many"),
        (ITALY, "--language", "xx"),
        (ITALY, "--nonsense"),
    ],
)
def test_bad_use_is_told_in_one_line_and_ends_with_2(quis, arguments):
    done = quis("ask", *arguments)
    assert done.status == 2
    assert done.out == ""
    assert "quis ask --help says more" in done.complaint


# --- the article of the shared samples -----------------------------------------------------

ABOUT = {
    "title": "Clearview vise 22 pays",
    "publisher": "Siècle Digital",
    "url": "https://siecledigital.example/clearview",
    "published_on": "2020-02-28",
    "kind": "press",
}


@pytest.fixture
def article(done):
    """The French article, published, with metadata in flags."""
    if not ARTICLE.exists():
        pytest.skip(f"{ARTICLE.name} of the shared samples is not here")
    flags = [x for k, v in ABOUT.items() for x in (f"--{k.replace('_', '-')}", v)]
    return done("kb", "add", ARTICLE, *flags, "--publish", "--json").json


def test_metadata_in_a_file_or_in_pairs_is_as_good_as_flags(done, article, tmp_path):
    (tmp_path / "about.yaml").write_text(json.dumps(ABOUT), encoding="utf-8")
    pairs = [x for k, v in ABOUT.items() for x in ("--meta", f"{k}={v}")]
    for event_on, given in {
        "2020-01": ["--meta", tmp_path / "about.yaml"],
        "2020-02": pairs,
    }.items():
        again = done("kb", "add", ARTICLE, *given, "--event-on", event_on, "--json")
        assert again.json["sources"] == article["sources"]
        assert again.json["kind"] == "press"
        assert again.json["event_on"] == event_on


@pytest.mark.parametrize(
    ("question", "label"),
    [
        (ITALY, "PRESS · 28 Feb 2020 · Siècle Digital (French)"),
        (
            "Clearview est-elle active en Italie ?",
            "PRESSE · 28 févr. 2020 · Siècle Digital (français)",
        ),
    ],
)
def test_the_french_article_is_quoted_word_for_word_and_labelled(
    done, article, question, label
):
    shown = " ".join(done("ask", question).out.split())
    assert ARTICLE_SENTENCE in shown
    assert label in shown
    record = valid(done("ask", question, "--json").json)
    (quoted,) = [p for p in record["passages"] if p["document"] == article["id"]]
    assert quoted["quote"] == ARTICLE_SENTENCE
    assert (quoted["form"], quoted["kind"]) == ("source", "press")
    assert quoted["sources"][0]["published_on"] == "2020-02-28"
    assert quoted["sources"][0]["language"] == "fr"


def test_the_article_does_not_answer_for_a_country_that_it_does_not_name(quis, article):
    done = quis("ask", JAPAN)
    assert done.status == 3
    assert "Held on Clearview AI:" in done.out
    assert "Held on Japan: nothing" in " ".join(done.out.split())
