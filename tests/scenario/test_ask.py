"""`quis ask` and `quis chat`: questions through the command line."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.scenario.documents import ARTICLE, ARTICLE_SENTENCE, in_japan

ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"

# --- the object that `ask --json` prints: DESIGN, part 6 --------------------------------


def exactly(properties, more=False):
    """An object with all of these keys; ``more``: with others, too."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": more,
    }


def listed(items, least=0):
    return {"type": "array", "items": items, "minItems": least}


def either(*kinds):
    return {"type": [*kinds, "null"]}


TEXT, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 0}
IDS = listed(TEXT)
DATE = {"anyOf": [{"type": "null"}, {"pattern": r"^\d{4}(-\d\d(-\d\d)?)?$", **TEXT}]}
SOURCE = exactly(
    {
        "title": TEXT,
        "publisher": {"type": "string"},
        "url": either("string"),
        "published_on": DATE,
        "language": {"pattern": "^[a-z]{2}$", **TEXT},
    }
)
PASSAGE = exactly(
    {
        "quote": TEXT,
        "document": TEXT,
        "revision": {"type": "integer", "minimum": 1},
        "start": COUNT,
        "end": {"type": "integer", "minimum": 1},
        "locator": TEXT,
        "form": {"enum": ["source", "brief"]},
        "kind": {
            "enum": "law court-ruling regulator-decision procurement press research "
            "company-statement".split()
        },
        "event_on": DATE,
        "vetted_on": DATE,
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "link": either("string"),
        "sources": listed(SOURCE, least=1),
    },
    more=True,
)
ROW = exactly(
    {
        "vendor": either("string"),
        "place": either("string"),
        "count": {"type": "integer", "minimum": 1},
        "kinds": {
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
        "newest": DATE,
    }
)
KEYS = {
    "question": {"type": "string"},
    "answered": {"type": "boolean"},
    "language": {"pattern": "^[a-z]{2}$", **TEXT},
    "mentions": exactly(
        {
            "vendors": IDS,
            "places": IDS,
            "concepts": IDS,
            "years": listed({"type": "integer"}),
        }
    ),
    "newest_event_on": DATE,
    "stale": {"type": "boolean"},
    "coverage": listed(ROW),
}
ANSWERED = {
    **KEYS,
    "answered": {"const": True},
    "reason": {"type": "null"},
    "passages": listed(PASSAGE, least=1),
}
REASONS = ["nothing-held", "below-threshold", "unknown-subject", "not-a-question"]
REFUSED = {
    **KEYS,
    "answered": {"const": False},
    "reason": {"enum": REASONS},
    "passages": {"type": "array", "maxItems": 0},
    "newest_event_on": {"type": "null"},
}
SCHEMA = {"anyOf": [exactly(ANSWERED, more=True), exactly(REFUSED, more=True)]}


def valid(record):
    """The record, which keeps the contract."""
    Draft202012Validator(SCHEMA).validate(record)
    assert record["reason"] not in REASONS or not record["passages"]
    return record


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


# --- batches ---------------------------------------------------------------------------------


def batch(*lines):
    return "".join(
        (line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines
    )


def test_a_batch_gives_an_object_a_line_with_its_id(quis, tmp_path):
    asked = [
        {"id": "a", "text": ITALY, "lang": "en"},
        {"id": 2, "text": "Clearview est-elle active au Japon ?", "lang": "fr"},
        {"id": "c", "text": "and in Greece?", "lang": "en", "context": [ITALY]},
        {"id": "d", "text": ITALY, "lang": "pl", "context": None},
    ]
    (tmp_path / "questions.jsonl").write_text(batch(*asked))
    for done in (
        quis("ask", "--batch", tmp_path / "questions.jsonl"),
        quis("ask", "--batch", "-", stdin="\n" + batch(*asked)),
    ):
        assert (done.status, done.err) == (0, "")
        assert [valid(record)["id"] for record in done.lines] == ["a", 2, "c", "d"]
        assert [r["answered"] for r in done.lines] == [True, False, True, True]
        assert done.lines[2]["mentions"]["places"] == ["GR"]
        assert done.lines[1]["language"] == "fr"


def test_a_broken_line_says_so_and_is_not_the_end_of_a_batch(quis):
    lines = [
        "no json",
        "[]",
        {"text": ITALY},
        {"id": True, "text": ITALY},
        {"id": "no text"},
        {"id": "lang", "text": ITALY, "lang": 3},
        {"id": "context", "text": ITALY, "context": [3]},
        {"id": "long", "text": "x" * 100_000},
        {"id": "half", "text": "Is Clearview \ud800 active in Italy?"},
        '{"id": "deep", "text": ' + "[" * 100_000,
        {"id": "good", "text": ITALY},
    ]
    done = quis("ask", "--batch", "-", stdin=batch(*lines).encode() + b"\xff\xfe\n")
    assert done.status == 1
    *broken, half, deep, good, bytes_ = done.lines
    assert [record.get("id") for record in broken] == [
        None,
        None,
        None,
        None,
        "no text",
        "lang",
        "context",
        "long",
    ]
    for record in (*broken, deep, bytes_):
        assert set(record) == {"id", "error"}
        assert "\n" not in record["error"]
    assert "100000 characters; at most 2000" in broken[-1]["error"]
    assert valid(half)["id"] == "half"
    assert valid(good)["answered"]


def test_a_batch_that_cannot_be_read_is_bad_use(quis, tmp_path):
    done = quis("ask", "--batch", tmp_path / "nowhere.jsonl")
    assert done.status == 2
    assert "nowhere.jsonl cannot be read: no such file" in done.complaint


def test_an_empty_batch_has_no_answers(quis):
    done = quis("ask", "--batch", "-", stdin="")
    assert (done.status, done.out, done.err) == (0, "", "")


# --- a conversation ----------------------------------------------------------------------------


def test_a_conversation_understands_a_follow_up_and_shows_how(quis):
    done = quis("chat", stdin=f"{ITALY}\n\nand in Greece?\nquit\n{JAPAN}\n")
    assert (done.status, done.err) == (0, "")
    shown = " ".join(done.out.split())
    assert "Clearview AI · Italy" in shown
    assert "(understood as: and in Greece? (Clearview))" in shown or re.search(
        r"\(understood as: [^)]*Clearview[^)]*Greece", shown
    )
    assert "Clearview AI · Greece" in shown
    assert "Japan" not in shown


def test_a_conversation_ends_with_its_input_and_outlives_odd_lines(quis):
    lines = f"{'x' * 5000}\n\x1b[31m\u202e\n".encode() + b"\xff\xfe\n" + ITALY.encode()
    done = quis("chat", stdin=lines)
    assert (done.status, done.err) == (0, "")
    assert "5000 characters; at most 2000" in " ".join(done.out.split())
    assert "IrpiMedia" in done.out
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_what_was_added_meanwhile_is_found(done, quis, tmp_path: Path):
    assert quis("ask", JAPAN).status == 3
    done("kb", "add", in_japan(tmp_path), "--publish")
    assert "Police in Japan used Clearview AI" in done("ask", JAPAN).out
