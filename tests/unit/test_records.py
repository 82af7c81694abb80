"""The object that machines read, held against DESIGN part 6."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from bot.records import answer_record, coverage_records
from knowledge.model import Correction, MentionKind, NoAnswer, Reason, Relation
from tests.answers import (
    GARANTE,
    GDPR,
    IRPI,
    answer,
    asked,
    beside,
    evidence,
    held,
)

TEXT = {"type": "string", "minLength": 1}
DATE = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
DAY = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d$"}
COUNT = {"type": "integer", "minimum": 0}
IDS = {"type": "array", "items": TEXT}


def exactly(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SOURCE = exactly(
    title={"type": "string"}, publisher=TEXT, url=TEXT, published_on=DATE, language=TEXT
)
BESIDE = exactly(
    relation={"enum": ["contradicts", "supersedes", "updates"]},
    forward={"type": "boolean"},
    quote=TEXT,
    document=TEXT,
    revision={"type": "integer", "minimum": 1},
    start=COUNT,
    end=COUNT,
    locator=TEXT,
    form={"enum": ["source", "brief"]},
    kind=TEXT,
    event_on=DATE,
    sources={"type": "array", "items": SOURCE},
)
PASSAGE = exactly(
    quote=TEXT,
    document=TEXT,
    revision={"type": "integer", "minimum": 1},
    start=COUNT,
    end=COUNT,
    locator=TEXT,
    form={"enum": ["source", "brief"]},
    kind={
        "enum": [
            "law", "court-ruling", "regulator-decision", "procurement", "press",
            "research", "company-statement",
        ]
    },
    language=TEXT,
    event_on=DATE,
    vetted_on=DAY,
    vetting={"enum": ["starter-set", "person"]},
    standing={"enum": ["direct", "wider-law"]},
    score={"type": "number", "minimum": 0, "maximum": 1},
    link={"type": ["string", "null"]},
    exact_link={"type": ["string", "null"]},
    sources={"type": "array", "items": SOURCE},
    translations={
        "type": "array",
        "items": exactly(language=TEXT, by=TEXT, text=TEXT),
    },
    beside={"type": "array", "items": BESIDE},
)  # fmt: skip
COVERAGE = exactly(
    vendor={"type": ["string", "null"]},
    place={"type": ["string", "null"]},
    count=COUNT,
    kinds={"type": "object", "additionalProperties": COUNT},
    newest=DATE,
)
CORRECTIONS = {
    "type": "array",
    "items": exactly(written=TEXT, kind={"enum": ["vendor", "place"]}, id=TEXT),
}
SCHEMA = exactly(
    question={"type": "string"},
    answered={"type": "boolean"},
    reason={
        "enum": [
            None,
            "nothing-held",
            "below-threshold",
            "unknown-subject",
            "not-a-question",
        ]
    },
    language=TEXT,
    mentions=exactly(
        vendors=IDS,
        places=IDS,
        concepts=IDS,
        years={"type": "array", "items": {"type": "integer"}},
    ),
    corrected=CORRECTIONS,
    suggested=CORRECTIONS,
    passages={"type": "array", "items": PASSAGE},
    newest_event_on=DATE,
    stale={"type": "boolean"},
    more=COUNT,
    coverage={"type": "array", "items": COVERAGE},
)


def valid(record: dict[str, object]) -> Any:
    """The record as a machine reads it, after checking it against the contract."""
    read = json.loads(json.dumps(record))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(read, SCHEMA)
    return read


def test_an_answer_is_the_object_of_the_contract():
    record = valid(answer_record(answer(IRPI, GARANTE, GDPR, more=2)))

    assert record["answered"] is True
    assert record["reason"] is None
    assert record["mentions"]["vendors"] == ["clearview-ai"]
    assert record["mentions"]["places"] == ["IT"]
    assert record["newest_event_on"] == "2025-04"
    assert record["stale"] is True
    assert record["more"] == 2
    assert [p["event_on"] for p in record["passages"]] == [
        "2025-04",
        "2022-02-10",
        "2016-04-27",
    ]
    assert [p["standing"] for p in record["passages"]] == [
        "direct",
        "direct",
        "wider-law",
    ]


def test_a_quote_is_the_body_between_its_offsets():
    (passage,) = valid(answer_record(answer(IRPI)))["passages"]
    assert passage["quote"] == IRPI.document.body[passage["start"] : passage["end"]]


def test_the_link_is_that_of_the_first_source():
    (passage,) = valid(answer_record(answer(GARANTE)))["passages"]

    assert passage["link"] == "https://example.org/order"
    assert [source["publisher"] for source in passage["sources"]] == [
        "Garante",
        "Clearview",
    ]
    assert passage["sources"][1]["published_on"] == "2022-03"


def test_the_other_side_stands_inside_the_passage_that_it_belongs_to():
    other = beside(GARANTE, Relation.CONTRADICTS)
    shown = replace(IRPI, beside=(other,))
    (passage,) = valid(answer_record(answer(shown)))["passages"]
    (record,) = passage["beside"]
    assert record["quote"] == GARANTE.text
    assert (record["relation"], record["forward"]) == ("contradicts", False)


def test_a_document_without_sources_has_no_link():
    bare = evidence("It is.")
    bare = replace(bare, document=replace(bare.document, sources=()))
    (passage,) = valid(answer_record(answer(bare)))["passages"]

    assert passage["link"] is None
    assert passage["sources"] == []


@pytest.mark.parametrize("reason", list(Reason))
def test_a_refusal_has_a_reason_and_shows_nothing(reason):
    rows = (
        held("clearview-ai", "US", "2026-02", press=2, law=1),
        held(None, "EU", None, law=1),
    )
    record = valid(
        answer_record(NoAnswer(question=asked(), reason=reason, coverage=rows))
    )

    assert record["answered"] is False
    assert record["reason"] == str(reason)
    assert record["passages"] == []
    assert record["newest_event_on"] is None
    assert record["stale"] is False
    assert record["coverage"][0] == {
        "vendor": "clearview-ai",
        "place": "US",
        "count": 3,
        "kinds": {"law": 1, "press": 2},
        "newest": "2026-02",
    }
    assert record["coverage"][1]["vendor"] is None


def test_what_is_held_keeps_the_order_given():
    rows = (held("b", "US", press=1), held("a", "IT", press=1))
    assert [row["vendor"] for row in coverage_records(rows)] == ["b", "a"]


def test_a_misspelt_name_is_told_with_what_it_was_read_as():
    slip = Correction("Clearveiw", MentionKind.VENDOR, "clearview-ai")
    question = replace(asked(), corrected=(slip,))
    record = valid(answer_record(answer(IRPI, question=question)))
    assert record["corrected"] == [
        {"written": "Clearveiw", "kind": "vendor", "id": "clearview-ai"}
    ]
    assert record["suggested"] == []


def test_names_that_an_unknown_one_may_be_are_told():
    near = tuple(
        Correction("Montaxa", MentionKind.VENDOR, identity) for identity in ("a", "b")
    )
    question = replace(asked(), suggested=near, unknown=("Montaxa",))
    refused = NoAnswer(question=question, reason=Reason.UNKNOWN_SUBJECT)
    record = valid(answer_record(refused))
    assert [each["id"] for each in record["suggested"]] == ["a", "b"]
