"""The labelled questions, as folders that ``quis eval`` reads."""

from pathlib import Path

import pytest

import knowledge
from knowledge.evaluation import read_dataset
from tests.evaluation.labelled import UNSEEN, read_questions
from tests.evaluation.question_sets import write

CORPUS = Path(knowledge.__file__).parent / "corpus"


@pytest.mark.parametrize(
    "name", ["held-out", "harder", "plain", "november", "late_november"]
)
def test_each_set_is_read_as_quis_eval_reads_it(tmp_path, name):
    write(tmp_path)
    questions = read_dataset(tmp_path / name)
    assert isinstance(questions, tuple)
    assert {question.answerable for question in questions} == {True, False}
    assert len({question.id for question in questions}) == len(questions)


def test_an_unseen_question_is_answered_by_documents_that_are_held_or_by_none():
    texts = [path.read_text("utf-8") for path in CORPUS.rglob("*.md")]
    held = {text.partition("\nid: ")[2].partition("\n")[0].strip('"') for text in texts}
    for question in read_questions(UNSEEN):
        assert {*question.must} <= {*question.relevant} <= held, question.id
        assert bool(question.must) == question.answerable, question.id


def test_unseen_questions_were_not_asked_before():
    before = {question.text.casefold() for question in read_questions()}
    assert before.isdisjoint(q.text.casefold() for q in read_questions(UNSEEN))
