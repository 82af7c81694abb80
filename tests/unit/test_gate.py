"""The gate weighs what a passage holds of what is asked, and nothing else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import knowledge
from knowledge.adapters.gate_file import load_gates
from knowledge.demands import demand
from knowledge.errors import ModelUnavailable
from knowledge.gate import AS_WIDE, BEFORE, JUDGED, READ, Gate, Gates, features
from knowledge.model import QuestionKind
from tests.unit.test_evidence import BAN, FINE, asking, passage, wanted

PACKAGED = Path(knowledge.__file__).parent / "models" / "gate.json"
ON_CLEARVIEW = {"vendor": ["clearview-ai"], "place": ["IT"]}


def named(question, found=FINE):
    return features(wanted(question), found)


def test_what_is_asked_and_held_counts_for_a_passage():
    held = named(asking(**ON_CLEARVIEW, concept=["fine"]))
    assert (held["concepts"], held["concepts-missing"]) == (1.0, 0.0)
    missing = named(asking(**ON_CLEARVIEW, concept=["employees"]))
    assert (missing["concepts"], missing["concepts-missing"]) == (0.0, 0.5)


def test_a_word_counts_in_any_inflection():
    assert named(asking("millions", **ON_CLEARVIEW))["words"] == 1.0
    assert named(asking("headquarters", **ON_CLEARVIEW))["words-missing"] == 0.5


def test_a_light_concept_is_no_demand():
    held = named(asking(**ON_CLEARVIEW, concept=["use"]))
    assert held["nothing-more-on-vendor"] == 1.0
    assert held["concepts-missing"] == 0.0


@pytest.mark.parametrize(
    ("kind", "nothing_more"),
    [
        (QuestionKind.STATUS, 1.0),
        (QuestionKind.HOW_MUCH, 0.0),
        (QuestionKind.WHEN, 0.0),
        (QuestionKind.DEFINITION, 0.0),
    ],
)
def test_an_amount_or_a_day_is_more_than_the_subject(kind, nothing_more):
    question = replace(asking(**ON_CLEARVIEW, concept=["use"]), kind=kind)
    assert named(question)["nothing-more"] == nothing_more


def test_vendor_and_place_in_one_sentence_are_together():
    assert named(asking(**ON_CLEARVIEW))["together"] == 1.0
    tagged: Any = {"vendors": ("clearview-ai",), "places": ("IT",)}
    apart = passage("It was fined.", **tagged)
    assert named(asking(**ON_CLEARVIEW), apart)["together"] == 0.0
    on_another = passage(
        "PimEyes left Italy.", **tagged, vendor=["pimeyes"], place=["IT"]
    )
    assert named(asking(**ON_CLEARVIEW), on_another)["together"] == 0.0


def test_a_sentence_may_leave_one_of_the_two_to_its_passage():
    tagged: Any = {"vendors": ("clearview-ai",), "places": ("IT",)}
    found = passage("The firm came to Italy.", **tagged, place=["IT"])
    assert named(asking(**ON_CLEARVIEW), found)["together"] == 1.0


@pytest.mark.parametrize(
    ("found", "terms", "expected"),
    [(BAN, "", 1.0), (BAN, "fees", 0.0), (FINE, "", 0.0)],
    ids=["a law, nothing more asked", "a law, more asked", "no law"],
)
def test_a_law_on_the_technology_asked_about_answers_by_what_it_is(
    found, terms, expected
):
    question = asking(
        terms, kind=QuestionKind.LAW, place=["EU"], concept=["facial-recognition"]
    )
    asked = demand(
        question,
        places=frozenset({"EU"}),
        law_places=frozenset({"EU"}),
        light=frozenset({"facial-recognition"}),
        matter=frozenset({"facial-recognition"}),
    )
    assert features(asked, found)["law-on-it"] == expected


@pytest.mark.parametrize(
    ("kind", "feature", "expected"),
    [
        (QuestionKind.HOW_MUCH, "amount", 1.0),
        (QuestionKind.WHO, "who", -1.0),
        (QuestionKind.WHERE, "where", 1.0),
        (QuestionKind.WHEN, "when", -1.0),
        (QuestionKind.STATUS, "amount", 0.0),
    ],
)
def test_the_sort_of_answer_that_is_asked_for_counts(kind, feature, expected):
    assert named(asking(kind=kind, **ON_CLEARVIEW))[feature] == expected


def test_somebody_is_named_by_two_capitals_that_are_no_firm_and_no_place():
    found = passage("Hoan Ton-That and Ana Lopes left.", vendors=("clearview-ai",))
    asked = asking(kind=QuestionKind.WHO, vendor=["clearview-ai"])
    assert named(asked, found)["who"] == 1.0


def test_what_a_judge_says_stands_beside_what_was_known_before():
    bare, own = (
        Gate(bias=b, weights={}, threshold=0.5, fitted_on="", data="")
        for b in (0.0, 2.0)
    )
    known = {"own": 1.0, "nothing-more": 0.0}
    both = Gates(bare=bare, own=own).with_judgement(known, {"judged": -1.5})
    assert both == {**known, "before": 2.0, "judged": -1.5}


def test_each_sort_of_passage_has_a_gate_of_its_own():
    bare, own, judged, read = (
        Gate(bias=float(n), weights={}, threshold=0.5, fitted_on="", data="")
        for n in range(4)
    )
    gates = Gates(bare=bare, own=own, judged=judged, read=read)
    more = {"nothing-more": 0.0}
    assert gates.of({**more, "own": 0.0}) is bare
    assert gates.of({**more, "own": 1.0}) is own
    assert gates.of({"nothing-more": 1.0, "own": 1.0}) is bare
    assert gates.of({**more, "own": 1.0, "judged": 0.5}) is judged
    assert gates.of({**more, "own": 1.0, "judged": 0.5, "read": 0.5}) is judged
    assert gates.of({**more, "own": 0.0, "read": 0.5}) is read
    assert Gates(bare=bare, own=own).of({**more, "own": 1.0, "judged": 0.5}) is own
    assert Gates(bare=bare, own=own).of({**more, "own": 0.0, "read": 0.5}) is bare


def test_what_a_judge_heard_is_put_in_order_by_a_gate_of_its_own():
    own, judged, first = (
        Gate(bias=float(n), weights={}, threshold=0.5, fitted_on="", data="")
        for n in range(3)
    )
    gates = Gates(bare=own, own=own, judged=judged, first=first)
    known = {"own": 1.0, "nothing-more": 0.0}
    assert gates.lead({**known, "judged": 0.5}) == 2.0
    assert gates.lead(known) == 0.0
    assert replace(gates, first=None).lead({**known, "judged": 0.5}) == 1.0


def test_a_probability_lies_between_0_and_1_and_grows_with_the_weight():
    gate = Gate(bias=0.0, weights={"a": 2.0}, threshold=0.5, fitted_on="", data="")
    assert gate.probability({}) == 0.5
    assert 0.5 < gate.probability({"a": 1.0}) < gate.probability({"a": 2.0}) < 1.0
    steep = replace(gate, weights={"a": 1e9})
    assert steep.probability({"a": 1.0}) <= 1.0


def test_the_packaged_numbers_weigh_features_that_there_are():
    gates = load_gates(PACKAGED)
    known = {*named(asking(**ON_CLEARVIEW)), BEFORE, JUDGED, AS_WIDE, READ}
    each = (gates.bare, gates.own, gates.judged, gates.read, gates.first)
    for gate in filter(None, each):
        assert set(gate.weights) <= known
        assert 0.0 < gate.threshold < 1.0


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"weights": {"a": "x"}})])
def test_numbers_that_cannot_be_read_are_told_in_one_line(tmp_path, text):
    path = tmp_path / "gate.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="install Quis again"):
        load_gates(path)
