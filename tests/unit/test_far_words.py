"""Questions far from a document's words, that a judge may learn reading from."""

import hashlib
import random
from collections import Counter
from pathlib import Path

import pytest

import knowledge
from knowledge.adapters.gate_file import load_gates
from knowledge.assembly import LibraryConfig
from knowledge.model import LANGUAGES
from tests.evaluation.far_words import FARTHER, NATURAL, VARIED, far_words, read_far
from tests.evaluation.gather_groups import GATES as GATE_FILE
from tests.evaluation.groups import Kind
from tests.evaluation.labelled import FOLDS, HELD_OUT, UNSEEN, read_questions
from tests.quick import opener

CORPUS = Path(knowledge.__file__).parent / "corpus"
EVERY, FARTHER_ONES = read_far(), read_far(FARTHER)
NATURAL_ONES = read_far(NATURAL)
GATES = load_gates(GATE_FILE)

each_set = pytest.mark.parametrize(
    ("written", "held", "beside", "even"),
    [(EVERY, 1, 5, 0.9), (FARTHER_ONES, 2, 8, 0.8)],
)
"""How many are answered in each language, how many left open, and how evenly these are
spread: of eight one is in a language that has another."""


def fold(document):
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % FOLDS


@each_set
def test_none_is_about_a_document_that_is_held_out(written, held, beside, even):
    assert len({each.id for each in written}) == len(written) > 250
    assert HELD_OUT not in {fold(each.id) for each in written}


@each_set
def test_each_document_is_asked_in_every_language_what_it_answers(
    written, held, beside, even
):
    for each in written:
        counted = Counter(language for language, _ in each.held)
        assert counted == dict.fromkeys(LANGUAGES, held), each.id


@each_set
def test_what_a_document_leaves_open_is_asked_as_often_in_every_language(
    written, held, beside, even
):
    counted = Counter(language for each in written for language, *_ in each.beside)
    assert set(counted) == set(LANGUAGES)
    assert min(counted.values()) > even * max(counted.values())
    for each in written:
        languages = {language for language, *_ in each.beside}
        assert len(each.beside) == beside
        assert len(languages) == min(beside, len(LANGUAGES))


def test_plain_questions_are_on_every_document_in_every_language():
    assert {each.id for each in NATURAL_ONES} == {p.stem for p in CORPUS.rglob("*.md")}
    for each in NATURAL_ONES:
        counted = Counter(language for language, _ in each.held)
        assert counted == dict.fromkeys(LANGUAGES, 2), each.id
        assert len({language for language, *_ in each.beside}) == 3


def test_varied_questions_are_on_every_document_six_of_them_in_english():
    varied = read_far(VARIED)
    assert {each.id for each in varied} == {p.stem for p in CORPUS.rglob("*.md")}
    for each in varied:
        counted = Counter(language for language, _ in each.held)
        assert set(counted) == set(LANGUAGES)
        assert (counted["en"], counted.total()) == (6, 14), each.id
        assert len({language for language, *_ in each.beside}) == 2


def test_none_is_asked_twice_or_where_the_judge_is_measured():
    every = (*EVERY, *FARTHER_ONES)
    asked = [text.casefold() for each in every for _, text in each.held]
    asked += [text.casefold() for each in every for _, text, _ in each.beside]
    assert len(set(asked)) == len(asked)
    measured = (*read_questions(), *read_questions(UNSEEN))
    assert {question.text.casefold() for question in measured}.isdisjoint(asked)


def test_each_is_held_against_its_document_and_what_is_answered_against_others_too(
    tmp_path, ten_briefs
):
    (row,) = [each for each in EVERY if each.id == "cv-042"]
    with opener(LibraryConfig(data=tmp_path, corpus=ten_briefs)) as library:
        library.refresh()
        made = list(far_words(library, EVERY, GATES, random.Random(1)))
        document = library.document(row.id)
    near = [each for each in made if each.kind is Kind.FAR]
    of_it = [each for each in near if str(each.passage).endswith(document.body)]
    assert [each.question for each in of_it if each.answers] == [t for _, t in row.held]
    left_open = [text for _, text, _ in row.beside]
    assert [each.question for each in of_it if not each.answers] == left_open
    assert all(each.compared and each.same == each.answers for each in of_it)
    assert len(of_it) < len(near) < sum(len(each.held) for each in EVERY)
    elsewhere = [each for each in made if each.kind is Kind.ELSEWHERE]
    answered = {each.question for each in near if each.answers}
    assert elsewhere
    assert not any(each.answers for each in elsewhere)
    assert {each.question for each in elsewhere} <= answered
    asked = {text for _, text in row.held}
    ours = [each for each in elsewhere if each.question in asked]
    assert ours
    assert not any(str(each.passage).endswith(document.body) for each in ours)
