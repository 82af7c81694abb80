"""The project's own questions over the starter set: what must not get worse unseen.

A tenth of the labelled questions, the packaged model, the packaged judge. The floors lie
a little below what was measured when they were set (see CHANGELOG).
"""

from collections import defaultdict

import pytest

from bot.conversation import resolve
from knowledge.evaluation import CheckedQuestion, Observation, on_questions
from knowledge.model import NoAnswer
from tests.evaluation.labelled import read_questions
from tests.evaluation.signals import known_to, opened

EVERY = 10

FLOORS = {
    "answered-answerable": 0.72,
    "refused-unanswerable": 0.94,
    "must-in-3": 0.70,
    "relevant-shown": 0.85,
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("starter")) as library:
        yield library


@pytest.mark.slow
@pytest.mark.parametrize(
    "framed",
    [
        "Hi! {} Thanks!",
        "Hello all, {}",
        "Could you please tell me: {}",
        "Quick question: {}",
    ],
)
def test_a_polite_question_is_answered_as_a_curt_one_is(library, framed):
    for curt in ("where is PimEyes based?", "who bought Paragon?"):
        answers = [library.ask(text) for text in (curt, framed.format(curt))]
        shown = [[e.passage.id for e in answer.evidence] for answer in answers]
        assert shown[0] == shown[1] != []


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Is {} still in business?",
        "does {} still exist?",
        "{} existe encore ?",
        "{} esiste ancora?",
        "sigue existiendo {}?",
        "ainda existe a {}?",
        "is {} nog in bedrijf?",
    ],
)
def test_whether_a_company_still_exists_is_told_where_something_says_so(library, text):
    told = library.ask(text.format("FinFisher"))
    assert {e.document.id for e in told.evidence} == {"finfisher-insolvency-2022"}
    for vendor in ("Sandvine", "MSAB", "Negg Group"):
        assert isinstance(library.ask(text.format(vendor)), NoAnswer), vendor


@pytest.mark.slow
def test_answers_and_refusals_stay_as_good_as_they_were(library):
    sample = sorted(read_questions(), key=lambda q: q.id)[::EVERY]
    questions = [
        CheckedQuestion(
            id=q.id,
            language=q.lang,
            text=q.text,
            context=q.context,
            answerable=q.answerable,
            must=q.must,
            relevant=q.relevant,
        )
        for q in sample
    ]

    def ask(question):
        meant = resolve(question.context, question.text, known_to(library))
        language, follows = question.language, meant.follows
        return library.ask(meant.text, limit=3, language=language, follows=follows)

    parts: dict[str, float] = defaultdict(float)
    wholes: dict[str, float] = defaultdict(float)
    for seen in on_questions(questions, ask, lambda *_: None):
        if isinstance(seen, Observation):
            parts[seen.measure] += seen.part
            wholes[seen.measure] += seen.whole
    found = {name: parts[name] / wholes[name] for name in FLOORS}
    assert {n: v for n, v in found.items() if v < FLOORS[n]} == {}, found
