"""The follow-ups that were written to fit and to test how they are understood."""

from collections import Counter
from pathlib import Path

import knowledge
from knowledge.model import LANGUAGES
from tests.evaluation.follow_ups import read_onward, read_talks

HELD = {
    path.stem for path in (Path(knowledge.__file__).parent / "corpus").rglob("*.md")
}


def test_of_every_document_two_talks_are_answered():
    answered = Counter(talk.id for talk in read_talks() if not talk.lacks)
    assert answered == dict.fromkeys(HELD, 2)


def test_talks_that_nothing_answers_are_on_documents_that_are_held():
    lacking = [talk for talk in read_talks() if talk.lacks]
    assert {talk.id for talk in lacking} <= HELD
    assert {talk.lang for talk in lacking} == set(LANGUAGES)


def test_most_of_those_that_go_on_do_so_in_another_document():
    onward = read_onward()
    for each in onward:
        assert {each.id, each.first_id, *each.others} <= HELD, each.then
    assert sum(each.id != each.first_id for each in onward) > 0.8 * len(onward)
