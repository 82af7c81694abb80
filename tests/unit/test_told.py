"""Which passages are told beside the likeliest one."""

import pytest

from knowledge.answering import Weighed, told
from knowledge.model import Mentions, Question, QuestionKind, Standing
from tests.unit.test_evidence import FINE


def weighed(probability: float, *, passes: bool = True, more: bool = True) -> Weighed:
    features = {"nothing-more": float(not more)}
    return Weighed(FINE, Standing.DIRECT, features, probability, passes)


def asked(kind: QuestionKind) -> Question:
    return Question(text="?", language="en", kind=kind, mentions=Mentions(()), terms=())


def kept(kind: QuestionKind, *found: Weighed) -> list[float]:
    return [each.probability for each in told(asked(kind), found)]


def test_the_likeliest_is_told_by_what_the_gate_accepts():
    assert kept(QuestionKind.WHEN, weighed(0.3, passes=False), weighed(0.5)) == [0.5]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (QuestionKind.HOW_MUCH, [0.95, 0.92]),
        (QuestionKind.STATUS, [0.95, 0.7, 0.92]),
        (QuestionKind.LIST, [0.95, 0.7, 0.92]),
    ],
)
def test_a_further_passage_has_to_be_surer_where_one_answer_is_asked_for(
    kind, expected
):
    found = [weighed(0.95), weighed(0.7), weighed(0.92), weighed(0.5)]
    assert kept(kind, *found) == expected


def test_a_question_on_nothing_but_its_subject_is_told_all_that_passes():
    found = [weighed(0.55, more=False), weighed(0.4, more=False)]
    assert kept(QuestionKind.STATUS, *found) == [0.55, 0.4]


def test_where_nothing_passes_nothing_is_told():
    assert kept(QuestionKind.WHEN, weighed(0.9, passes=False)) == []
