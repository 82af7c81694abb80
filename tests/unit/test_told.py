"""Which passages are told, and which of them first."""

from dataclasses import replace

from knowledge.model import Link, QuestionKind, Relation, Standing
from knowledge.telling import FURTHER, Weighed, in_order, told
from tests.unit.test_evidence import FINE, asking


def weighed(
    probability: float,
    *,
    passes: bool = True,
    more: bool = True,
    standing: Standing = Standing.DIRECT,
    lead: float | None = None,
) -> Weighed:
    features = {"nothing-more": float(not more)}
    lead = probability if lead is None else lead
    return Weighed(FINE, standing, features, probability, lead, passes)


def kept(*found: Weighed, kind: QuestionKind = QuestionKind.OTHER) -> list[float]:
    return [each.probability for each in told(found, asking(kind=kind))]


def test_the_likeliest_is_told_by_what_the_gate_accepts():
    assert kept(weighed(0.3, passes=False), weighed(0.5)) == [0.5]


def test_a_further_passage_has_to_be_surer_than_what_the_gate_accepts():
    found = [weighed(0.999), weighed(0.9), weighed(FURTHER), weighed(0.98)]
    assert kept(*found) == [0.999, FURTHER]


def test_of_a_list_all_that_the_gate_accepts_is_told():
    found = [weighed(0.999), weighed(0.9), weighed(0.3, passes=False)]
    assert kept(*found, kind=QuestionKind.LIST) == [0.999, 0.9]


def test_one_that_is_as_likely_as_the_likeliest_is_told_too():
    assert kept(weighed(0.9), weighed(0.9), weighed(0.89)) == [0.9, 0.9]


def test_a_question_on_nothing_but_its_subject_is_told_all_that_passes():
    found = [weighed(0.55, more=False), weighed(0.4, more=False)]
    assert kept(*found) == [0.55, 0.4]


def test_where_nothing_passes_nothing_is_told():
    assert kept(weighed(0.9, passes=False)) == []


def test_law_does_not_keep_out_what_is_on_the_subject_itself():
    law = weighed(0.8, standing=Standing.WIDER_LAW)
    assert kept(law, weighed(0.55)) == [0.8, 0.55]


def test_the_one_that_leads_is_told_though_another_is_likelier():
    assert kept(weighed(0.97, lead=1.0), weighed(0.9, lead=2.0)) == [0.9]


def in_turn(*found: Weighed, ranked: bool = False) -> list[float]:
    question = asking(kind=QuestionKind.HOW_MUCH)
    return [each.probability for each in in_order(question, found, ranked=ranked)]


def test_what_leads_comes_first_and_law_under_its_heading_last():
    law = weighed(0.8, standing=Standing.WIDER_LAW, lead=9.0)
    assert in_turn(law, weighed(0.999, lead=1.0), weighed(0.9, lead=2.0)) == [
        0.9,
        0.999,
        0.8,
    ]


def test_a_reranker_knows_the_order_better():
    assert in_turn(weighed(0.5), weighed(0.9), ranked=True) == [0.5, 0.9]


def test_how_a_matter_stands_is_told_by_what_goes_on_with_the_one_that_leads_too():
    def after(relation: Relation, probability: float) -> Weighed:
        document = replace(
            FINE.held.document,
            id="later",
            links=(Link(relation, FINE.held.document.id),),
        )
        held = replace(FINE.held, document=document)
        candidate = replace(FINE, held=held)
        return replace(weighed(probability), candidate=candidate)

    went_on, said_otherwise = (
        after(Relation.UPDATES, 0.8),
        after(Relation.CONTRADICTS, 0.8),
    )
    assert kept(weighed(0.9), went_on, kind=QuestionKind.STATUS) == [0.9, 0.8]
    assert kept(weighed(0.9), went_on, kind=QuestionKind.WHO) == [0.9]
    assert kept(weighed(0.9), said_otherwise, kind=QuestionKind.STATUS) == [0.9]
    refused = replace(went_on, passes=False)
    assert kept(weighed(0.9), refused, kind=QuestionKind.STATUS) == [0.9]
