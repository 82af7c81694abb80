"""Questions far from a document's words, that a judge may learn reading from."""

import hashlib
from collections import Counter

from knowledge.model import LANGUAGES
from tests.evaluation.far_words import read_far
from tests.evaluation.labelled import FOLDS, HELD_OUT, UNSEEN, read_questions

EVERY = read_far()


def fold(document):
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % FOLDS


def test_none_is_about_a_document_that_is_held_out():
    assert len({each.id for each in EVERY}) == len(EVERY) > 250
    assert HELD_OUT not in {fold(each.id) for each in EVERY}


def test_each_document_is_asked_in_every_language_what_it_answers():
    for each in EVERY:
        assert {language for language, _ in each.held} == set(LANGUAGES), each.id
        assert len(each.held) == len(LANGUAGES), each.id


def test_what_a_document_leaves_open_is_asked_as_often_in_every_language():
    counted = Counter(language for each in EVERY for language, *_ in each.beside)
    assert set(counted) == set(LANGUAGES)
    assert min(counted.values()) > 0.9 * max(counted.values())
    for each in EVERY:
        assert len({language for language, *_ in each.beside}) == len(each.beside) == 5


def test_none_is_asked_twice_or_where_the_judge_is_measured():
    asked = [text.casefold() for each in EVERY for _, text in each.held]
    asked += [text.casefold() for each in EVERY for _, text, _ in each.beside]
    assert len(set(asked)) == len(asked)
    measured = (*read_questions(), *read_questions(UNSEEN))
    assert {question.text.casefold() for question in measured}.isdisjoint(asked)
