"""The figures of an evaluation, against values worked out by hand."""

import json
import math

import pytest

from knowledge.errors import InvalidDataset
from knowledge.evaluation import (
    Benchmark,
    Confidence,
    Loaded,
    Miss,
    Observation,
    read_dataset,
    sample,
    separations,
    summarise,
    write_corpus,
)
from knowledge.evaluation.dataset import AnswerSpan, CheckedQuestion, Key, Text
from knowledge.evaluation.measures import (
    auroc,
    figure,
    hit_at_1,
    ndcg_at,
    recall_at,
    reciprocal_rank,
)
from knowledge.evaluation.trial import on_benchmark, on_questions
from knowledge.model import (
    Answered,
    Document,
    Evidence,
    Form,
    HeldPassage,
    Kind,
    Mentions,
    NoAnswer,
    Passage,
    Question,
    QuestionKind,
    Reason,
    Span,
)

# --- measures ----------------------------------------------------------------------


def test_ndcg_of_the_worked_example():
    # Grades found: 3, 2, 3, 0, 1, 2; the ideal order is 3, 3, 2, 2, 1, 0.
    ranking = ["a", "b", "c", "d", "e", "f"]
    relevance = {"a": 3, "b": 2, "c": 3, "e": 1, "f": 2}
    found = 3 + 2 / math.log2(3) + 3 / 2 + 0 + 1 / math.log2(6) + 2 / math.log2(7)
    ideal = 3 + 3 / math.log2(3) + 2 / 2 + 2 / math.log2(5) + 1 / math.log2(6)
    assert ndcg_at(10, ranking, relevance) == pytest.approx(found / ideal)
    assert ndcg_at(10, ranking, relevance) == pytest.approx(0.9608, abs=1e-4)


def test_ndcg_looks_no_deeper_than_its_depth():
    assert ndcg_at(2, ["x", "y", "a"], {"a": 1}) == 0.0
    assert ndcg_at(3, ["x", "y", "a"], {"a": 1}) == pytest.approx(0.5)


def test_ndcg_of_the_ideal_ranking_is_one_also_where_more_is_relevant_than_is_looked_at():
    relevance = {"a": 1, "b": 1, "c": 1}
    assert ndcg_at(2, ["c", "a", "b"], relevance) == pytest.approx(1.0)


def test_recall_counts_the_relevant_that_are_found():
    assert recall_at(2, ["a", "x", "b"], {"a": 1, "b": 2, "c": 0}) == 0.5
    assert recall_at(3, ["a", "x", "b"], {"a": 1, "b": 2, "c": 0}) == 1.0


def test_the_first_relevant_document_counts_for_the_reciprocal_rank():
    assert reciprocal_rank(["x", "y", "a", "b"], {"a": 1, "b": 1}) == pytest.approx(
        1 / 3
    )
    assert reciprocal_rank(["x"], {"a": 1}) == 0.0


def test_a_document_of_grade_zero_is_no_hit():
    assert hit_at_1(["a", "b"], {"a": 0, "b": 1}) == 0.0
    assert hit_at_1(["b", "a"], {"a": 0, "b": 1}) == 1.0


@pytest.mark.parametrize("measure", [hit_at_1, reciprocal_rank])
def test_an_empty_ranking_is_worth_nothing(measure):
    assert measure([], {"a": 1}) == 0.0


# --- intervals ---------------------------------------------------------------------


def observed(*values, measure="m", language="en"):
    return [Observation(measure, language, value) for value in values]


def test_without_spread_the_interval_is_the_mean():
    found = figure(observed(0.5, 0.5, 0.5))
    assert (found.mean, found.low, found.high, found.questions) == (0.5, 0.5, 0.5, 3)


def test_the_interval_is_near_that_of_the_normal_approximation():
    found = figure(observed(*[1.0] * 50, *[0.0] * 50))
    half = 1.96 * math.sqrt(0.25 / 100)
    assert found.low == pytest.approx(0.5 - half, abs=0.02)
    assert found.high == pytest.approx(0.5 + half, abs=0.02)


def test_the_same_seed_gives_the_same_interval():
    values = observed(*[0.0, 1.0, 0.3] * 7)
    assert figure(values) == figure(values)
    assert figure(values, seed=1) != figure(values, seed=2)


def test_a_share_is_of_all_that_was_shown_not_a_mean_of_shares():
    shares = [Observation("m", "en", 1, 1), Observation("m", "en", 0, 3)]
    assert figure(shares).mean == 0.25


def test_languages_are_told_apart_only_where_there_are_several():
    one = summarise(observed(1.0, 0.0))
    assert [m.language for m in one] == [None]
    both = summarise(observed(1.0) + observed(0.0, language="fr"))
    assert [(m.language, m.figure.mean) for m in both] == [
        (None, 0.5),
        ("en", 1.0),
        ("fr", 0.0),
    ]


# --- reading a set -----------------------------------------------------------------


def written(folder, **files):
    for name, content in files.items():
        suffix = "tsv" if name == "qrels" else "jsonl"
        if not isinstance(content, str):
            content = "\n".join(json.dumps(line) for line in content)
        (folder / f"{name}.{suffix}").write_text(content, encoding="utf-8")
    return folder


CORPUS = [
    {"id": "d1", "title": "One", "text": "  The sky is blue.", "lang": "en"},
    {"id": "d2", "title": "", "text": "The sky is blue.", "lang": "en"},
    {"id": "d3", "title": "Void", "text": " ", "lang": "en"},
    {"id": "d4", "title": "Deux", "text": "Le ciel\u0007 est bleu.", "lang": "fr"},
]


def test_a_benchmark_is_read_whole(tmp_path):
    found = read_dataset(
        written(
            tmp_path,
            corpus=CORPUS,
            queries=[{"id": 7, "text": "What is blue?", "lang": "en"}],
            qrels="query-id\tdoc-id\trelevance\n7\td1\t2\n7\td2\t1\n",
            answers=[
                {
                    "query-id": "7",
                    "answerable": True,
                    "spans": [{"doc-id": "d1", "start": 6, "end": 9, "text": "sky"}],
                }
            ],
        )
    )
    assert isinstance(found, Benchmark)
    assert [query.id for query in found.queries] == ["7"]
    assert found.relevance == {"7": {"d1": 2, "d2": 1}}
    assert found.keys == {"7": Key(True, (AnswerSpan("d1", 6, 9),))}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "neither corpus.jsonl"),
        ({"corpus": "{"}, "line 1 is no JSON"),
        ({"corpus": "[" * 100_000}, "line 1 is no JSON"),
        ({"corpus": "\n3"}, "line 2 is no object"),
        ({"corpus": [{"id": "a"}]}, "line 1: 'text' has to be text"),
        ({"corpus": CORPUS}, "queries.jsonl"),
        ({"corpus": CORPUS, "queries": CORPUS, "qrels": "a\tb\tc\n"}, "no relevance"),
        ({"corpus": CORPUS, "queries": CORPUS, "qrels": "a\tb\t1\nx"}, "line 2 is not"),
        ({"questions": [{"id": "a", "text": "b"}]}, "'answerable' has to be true"),
        (
            {"questions": [{"id": "a", "text": "b", "answerable": True, "must": "x"}]},
            "'must' has to be a list",
        ),
    ],
)
def test_a_broken_set_is_refused_with_file_and_line(tmp_path, files, said):
    with pytest.raises(InvalidDataset) as caught:
        read_dataset(written(tmp_path, **files))
    assert said in str(caught.value)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidDataset, match="no such folder"):
        read_dataset(tmp_path / "missing")


def test_a_sample_is_the_same_each_time_and_keeps_its_order():
    questions = tuple(checked(str(number)) for number in range(50))
    drawn = sample(questions, 5)
    assert isinstance(drawn, tuple)
    assert len(drawn) == 5
    assert drawn == sample(questions, 5)
    assert [int(q.id) for q in drawn] == sorted(int(q.id) for q in drawn)
    assert sample(questions, 100) == questions


# --- loading -----------------------------------------------------------------------


def test_equal_texts_are_written_once_and_stand_for_both(tmp_path):
    texts = [Text(id=t["id"], text=t["text"], language=t["lang"]) for t in CORPUS]
    loaded = write_corpus(texts, tmp_path)
    assert loaded == {
        "text-000001": Loaded(("d1", "d2"), 2),
        "text-000002": Loaded(("d4",), 0),
    }
    body = (tmp_path / "text-000002.md").read_text(encoding="utf-8").split("---\n")[2]
    assert body.strip() == "Le ciel  est bleu."


# --- asking ------------------------------------------------------------------------


def checked(identity, **labels):
    plain = {"text": "Q", "language": "en", "answerable": True}
    return CheckedQuestion(id=identity, **{**plain, **labels})


def held(document, start=0, end=20):
    passage = Passage(
        document=document, revision=1, start=start, end=end, text="", locator="¶1",
        language="en",
    )  # fmt: skip
    return HeldPassage(
        passage,
        Document(
            id=document, title="T", body="b" * 40, form=Form.SOURCE, kind=Kind.PRESS,
            language="en", sources=(),
        ),
    )  # fmt: skip


def asked(text):
    return Question(
        text=text, language="en", kind=QuestionKind.OTHER, mentions=Mentions()
    )


def answered(*quotes):
    evidence = tuple(
        Evidence(
            passage=held(document).passage,
            document=held(document).document,
            quote=Span(start, end),
            score=1.0,
        )
        for document, start, end in quotes
    )
    return Answered(
        question=asked("Q"), evidence=evidence, coverage=(), newest_event_on=None,
        stale=True,
    )  # fmt: skip


REFUSED = NoAnswer(question=asked("Q"), reason=Reason.NOTHING_HELD)


class Library:
    """Gives the same ranking and the same answer to everybody."""

    def __init__(self, ranking, answer):
        self._ranking, self._answer = ranking, answer

    def read(self, text, language=None):
        return asked(text)

    def candidates(self, question, limit):
        return [held(document) for document in self._ranking]

    def ask(self, text, *, limit=3, language=None):
        return self._answer


def values(observations):
    return {
        o.measure: (o.part, o.whole) for o in observations if isinstance(o, Observation)
    }


def silent(stage, done, total):
    pass


def benchmark(answerable, spans=()):
    return Benchmark(
        corpus=(),
        queries=(Text(id="q", text="Q", language="en"),),
        relevance={"q": {"d2": 1}} if answerable else {},
        keys={"q": Key(answerable, spans)},
    )


LOADED = {"h1": Loaded(("d1",), 0), "h2": Loaded(("d2",), 5)}


def test_passages_are_ranked_as_documents_and_quotes_are_compared_with_the_labels():
    spans = (AnswerSpan("d2", 24, 30),)
    library = Library(["h1", "h1", "h2"], answered(("h1", 0, 9), ("h2", 10, 20)))
    found = values(on_benchmark(benchmark(True, spans), LOADED, library, silent))
    assert found["hit@1"] == (0.0, 1.0)
    assert found["mrr"] == (0.5, 1.0)
    assert found["recall@10"] == (1.0, 1.0)
    assert found["answered-answerable"] == (1.0, 1.0)
    assert found["quote-first"] == (0.0, 1.0)
    # 10..20 of the held text is 15..25 of the set's, which starts 5 earlier.
    assert found["quote-any"] == (1.0, 1.0)


def test_a_quote_that_only_touches_an_answer_does_not_overlap_it():
    library = Library(["h2"], answered(("h2", 10, 20)))
    spans = (AnswerSpan("d2", 25, 30), AnswerSpan("d2", 0, 15), AnswerSpan("d1", 0, 99))
    found = values(on_benchmark(benchmark(True, spans), LOADED, library, silent))
    assert found["quote-any"] == (0.0, 1.0)


def test_a_question_without_an_answer_counts_for_refusals_alone():
    library = Library(["h1"], REFUSED)
    found = values(on_benchmark(benchmark(False), LOADED, library, silent))
    assert found == {"refused-unanswerable": (1.0, 1.0)}


def test_questions_over_the_knowledge_base_are_judged_by_what_is_shown():
    questions = [checked("a", must=("x", "h2"), relevant=("h2", "h3"))]
    answer = answered(("h1", 0, 5), ("h2", 0, 5), ("h3", 0, 5))
    found = values(on_questions(questions, lambda _: answer, silent))
    assert found == {
        "answered-answerable": (1.0, 1.0),
        "answer-first": (0.0, 1.0),
        "first-of-answered": (0.0, 1.0),
        "must-in-3": (1.0, 1.0),
        "relevant-shown": (2.0, 3.0),
    }


def test_a_refusal_misses_what_must_be_shown():
    found = values(on_questions([checked("a", must=("x",))], lambda _: REFUSED, silent))
    assert found == {
        "answered-answerable": (0.0, 1.0),
        "answer-first": (0.0, 1.0),
        "must-in-3": (0.0, 1.0),
    }


@pytest.mark.parametrize(
    ("labels", "answer", "how"),
    [
        ({"relevant": ("h1",)}, REFUSED, "refused"),
        ({"answerable": False}, answered(("h1", 0, 5)), "answered"),
        ({"relevant": ("h2",)}, answered(("h1", 0, 5), ("h2", 0, 5)), "misled"),
        ({"relevant": ("h1",)}, answered(("h1", 0, 5), ("h2", 0, 5)), None),
        ({"answerable": False}, REFUSED, None),
        ({}, answered(("h1", 0, 5)), None),
    ],
)
def test_a_question_that_went_wrong_is_told_with_what_was_shown(labels, answer, how):
    seen = on_questions([checked("a", **labels)], lambda _: answer, silent)
    missed = [each for each in seen if isinstance(each, Miss)]
    assert [each.how for each in missed] == ([how] if how else [])
    for each in missed:
        shown = [e.document.id for e in getattr(answer, "evidence", ())]
        assert (each.id, each.text, list(each.shown)) == ("a", "Q", shown)


def sure(*answerable: float) -> list[Confidence]:
    return [Confidence("en", True, value) for value in answerable]


def unsure(*unanswerable: float) -> list[Confidence]:
    return [Confidence("en", False, value) for value in unanswerable]


@pytest.mark.parametrize(
    ("confidences", "expected"),
    [
        (sure(0.9, 0.8) + unsure(0.1, 0.2), 1.0),
        (sure(0.1, 0.2) + unsure(0.9, 0.8), 0.0),
        (sure(0.5) + unsure(0.5), 0.5),
        (sure(0.9, 0.3) + unsure(0.4, 0.1), 0.75),
    ],
)
def test_refusals_are_told_apart_as_often_as_an_answerable_question_seems_likelier(
    confidences, expected
):
    assert auroc(confidences) == expected


def test_without_both_sorts_of_questions_nothing_is_told_apart():
    assert separations(sure(0.9, 0.8)) == ()


def test_telling_apart_is_measured_over_all_and_by_language():
    german = [Confidence("de", True, 0.2), Confidence("de", False, 0.6)]
    english = sure(0.9, 0.8, 0.7) + unsure(0.1, 0.2)
    measured = {m.language: m.figure for m in separations([*german, *english])}
    assert measured["en"].mean == 1.0
    assert measured["de"].mean == 0.0
    assert 0.0 < measured[None].mean < 1.0
    assert measured[None].low <= measured[None].mean <= measured[None].high
    assert measured[None].questions == 7
