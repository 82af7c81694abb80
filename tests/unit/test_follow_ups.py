"""What a judge says of a passage for a question that goes on with the one before it."""

from dataclasses import replace

import pytest

from knowledge.evidence import OwnRead
from knowledge.follow_ups import (
    ALONE,
    ALONE_READ,
    BEFORE_READ,
    BOTH_READ,
    FURTHER_OWN,
    NO_OWN,
    heard,
)
from knowledge.model import FollowUp, QuestionKind
from tests.unit.test_evidence import FINE, asking, wanted

FOLLOWS = FollowUp("Was Clearview fined?", "how much? (Clearview)")
BOTH = "Was Clearview fined? how much?"
QUESTION = replace(asking(), text=BOTH, follows=FOLLOWS)


class Told:
    """Stands for a judge: says what it is told to of a pair, and else that it is not so."""

    def __init__(self, said):
        self.said = said

    def log_odds(self, pairs):
        return [self.said.get(pair, -5.0) for pair in pairs]

    def begin(self):
        """Nothing to load."""


def own(text):
    nothing: frozenset[str] = frozenset()
    return OwnRead(
        text=text,
        language="en",
        kind=QuestionKind.OTHER,
        vendors=nothing,
        places=nothing,
        concepts=nothing,
        light=nothing,
        forms=(),
    )


def features(said, *questions):
    found = replace(FINE, own=tuple(own(text) for text in questions))
    (one,) = heard(Told(said), QUESTION, FOLLOWS, wanted(QUESTION), [found])
    return one


def test_what_asks_no_more_than_the_question_before_tells_nothing_of_the_last():
    first = "Has Clearview been fined?"
    said = {(FOLLOWS.before, first): 4.0, (BOTH, first): 4.0}
    assert features(said, first)[FURTHER_OWN] == pytest.approx(0.0)


def test_an_own_question_nearer_to_both_than_to_the_first_tells_that_both_are_answered():
    first, more = "Has Clearview been fined?", "How much was Clearview fined?"
    said = {(FOLLOWS.before, first): 4.0, (BOTH, first): 4.0, (BOTH, more): 3.0}
    said[FOLLOWS.alone, more] = 2.0
    one = features(said, first, more)
    assert one[FURTHER_OWN] == pytest.approx(7.0)  # no farther than -4 from the first
    assert one[ALONE] == pytest.approx(2.0, abs=0.01)


def test_a_passage_without_own_questions_is_only_read():
    passage = "t\nThe Garante fined Clearview EUR 20 million."
    said = {(FOLLOWS.alone, passage): 1.0, (BOTH, passage): 2.0}
    one = features(said)
    assert one[ALONE] == one[FURTHER_OWN] == NO_OWN
    assert (one[ALONE_READ], one[BOTH_READ], one[BEFORE_READ]) == (1.0, 2.0, -5.0)
