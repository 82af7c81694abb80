"""What the judge learns from, group by group, and what of it."""

import json
import math
import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import PreTrainedTokenizerFast

import knowledge
from knowledge.adapters.gate_file import load_gates
from knowledge.adapters.judge import LONGEST_PAIR
from knowledge.assembly import LibraryConfig
from knowledge.gate import BEFORE, JUDGED, READ, Gate
from knowledge.judging import MOST_COMPARED
from knowledge.retrieval import Found
from tests.evaluation.group_scores import (
    NOTHING,
    Reader,
    Scored,
    drawn,
    either,
    is_doubtful,
    likeliest,
    of_like_length,
    worth_learning,
)
from tests.evaluation.groups import Group, Kind, read_groups, write_groups
from tests.evaluation.judge_groups import is_learned_from, labelled, others
from tests.evaluation.judge_pairs import parallel, written
from tests.evaluation.labelled import HELD_OUT, read_questions
from tests.evaluation.near_groups import near
from tests.evaluation.pieces import tokenizer as shipped_tokenizer
from tests.evaluation.public_pairs import abroad
from tests.evaluation.signals import Case, Weighable
from tests.evaluation.train_together import LEARNED, loss
from tests.quick import opener
from tests.unit.test_evidence import FINE, asking, wanted
from tests.unit.test_own_questions import own

MODELS = Path(knowledge.__file__).parent / "models"
ODDS = st.lists(st.floats(-20, 20), min_size=1, max_size=MOST_COMPARED)


NO_MODEL = SimpleNamespace(device="cpu")
TOKENIZER = PreTrainedTokenizerFast(
    tokenizer_object=shipped_tokenizer(MODELS / "judge" / "sentencepiece.model"),
    cls_token="<s>",
    sep_token="</s>",
)


def group(kind=Kind.OTHER_WORDS, **fields):
    return Group(kind=kind, question="?", **fields)


# --- what is held against a question -----------------------------------------------------


@pytest.fixture(scope="module")
def beside_one(tmp_path_factory, ten_briefs):
    """A brief, what was written beside it, and the groups that are made of that."""
    library = opener(
        LibraryConfig(data=tmp_path_factory.mktemp("data"), corpus=ten_briefs)
    )
    library.refresh()
    (row,) = [row for row in written() if row.id == "cv-057"]
    made = list(near(library, [row], random.Random(1)))
    document = library.document("cv-057")
    library.close()
    return document, row, made


def test_a_question_is_never_held_against_itself(beside_one):
    _, row, made = beside_one
    asked = {text for _, text, _ in row.same}
    assert asked <= {each.question for each in made}
    assert asked & {text for each in made for text in each.compared}
    assert not [each for each in made if each.question in each.compared]
    assert max(len(each.compared) for each in made) == MOST_COMPARED


def test_among_those_that_are_not_meant_none_asks_the_same(beside_one):
    document, row, made = beside_one
    number = {text: n for _, text, n in row.same}
    for n, entry in enumerate(parallel(document)):
        number |= dict.fromkeys(entry.values(), n)
    not_meant = [each for each in made if each.kind is Kind.NOT_MEANT]
    assert not_meant
    for each in not_meant:
        assert number[each.question] not in {number[text] for text in each.compared}


def test_what_a_text_tells_is_answered_by_it_and_asked_by_none_of_its_questions(
    beside_one,
):
    _, row, made = beside_one
    held = [each for each in made if each.kind is Kind.HELD]
    assert {each.question for each in held} == {text for _, text in row.held}
    assert {(each.same, each.answers) for each in held} == {(False, True)}
    beside = {(e.same, e.answers) for e in made if e.kind is Kind.BESIDE}
    assert beside == {(False, False)}


def test_nothing_is_held_twice_or_beyond_what_is_compared():
    assert others("a", ["b", "a", "c", "b"]) == ("b", "c")
    many = [str(number) for number in range(40)]
    assert others("3", many) == ("0", "1", "2", *many[4 : MOST_COMPARED + 1])


def test_the_held_out_fold_is_in_no_group():
    question = asking(vendor=["clearview-ai"], place=["IT"], concept=["fine"])
    candidate = replace(FINE, own=(own("Did Italy fine it?"),))
    weighed = Weighable(Found(held=candidate.held), candidate, right=True)
    found = [
        Case(label, replace(question, text=label.id), wanted(question), (weighed,))
        for label in read_questions()[:40]
    ]
    gates = load_gates(MODELS / "gate.json")
    learned_from = {g.question for g in labelled(found, gates, random.Random(1))}
    assert learned_from == {c.label.id for c in found if c.label.fold != HELD_OUT}
    assert len(learned_from) < len(found)


def test_the_half_of_the_texts_that_is_kept_to_see_by_is_in_no_pair(tmp_path):
    texts = [
        {"id": f"t{n}", "title": f"t{n}", "text": f"It is in t{n}.", "lang": "en"}
        for n in range(12)
    ]
    asked = [{"id": f"q{n}", "text": "Where is it?"} for n in range(12)]
    answers = [
        {"query-id": f"q{n}", "spans": [{"doc-id": f"t{n}", "start": 0}]}
        for n in range(12)
    ]
    for name, rows in (("corpus", texts), ("queries", asked), ("answers", answers)):
        lines = "\n".join(map(json.dumps, rows))
        (tmp_path / f"{name}.jsonl").write_text(lines, "utf-8")
    pairs = abroad(tmp_path, random.Random(1), 1.0, is_learned_from)
    seen = {text.split("\n")[0] for _, text, _ in pairs}
    assert seen == {row["id"] for row in texts if is_learned_from(row["id"])}
    assert 0 < len(seen) < len(texts)


def test_groups_come_back_from_their_file(tmp_path):
    known = [
        group(Kind.LABELLED, ways=("é",), compared=("a", "b"), same=True, before=-1.5),
        group(Kind.SQUAD, passage="p", answers=True),
    ]
    write_groups(tmp_path / "groups.gz", known)
    assert list(read_groups(tmp_path / "groups.gz")) == known


# --- what is learned from -----------------------------------------------------------------


@given(ODDS, st.integers(0, MOST_COMPARED))
def test_the_sum_over_a_group_is_that_over_its_parts(odds, most):
    best, rest = likeliest(odds, most)
    parts = [odds[place] for place in best]
    assert either([*parts, rest]) == pytest.approx(either(odds))
    assert either(odds) == pytest.approx(math.log(sum(map(math.exp, odds))))


def test_of_nothing_the_odds_are_none():
    assert either([]) == NOTHING
    assert either([1.5, either([])]) == 1.5


def test_a_group_is_told_as_well_as_the_worse_of_its_parts():
    known = group(compared=("a", "b"), same=False, passage="p", answers=True)
    assert Scored(known, "?", (-9.0, -4.0), 3.5).margin == 3.5
    assert Scored(known, "?", (-9.0, 2.0), 3.5).margin < -2.0


def test_what_is_told_easily_is_mostly_left_out():
    chance = random.Random(1)
    known = group(compared=("a",), same=True)
    easy, hard = Scored(known, "?", (6.0,)), Scored(known, "?", (1.0,))
    assert 0.05 < sum(worth_learning(easy, chance) for _ in range(1000)) / 1000 < 0.2
    assert all(worth_learning(hard, chance) for _ in range(100))


def test_a_line_that_the_weights_are_sure_is_wrong_is_left_out():
    for kind, doubted in ((Kind.NOT_MEANT, True), (Kind.LABELLED, False)):
        assert is_doubtful(Scored(group(kind), "?", (1.7, 1.7))) is doubted
        assert not is_doubtful(Scored(group(kind), "?", (1.7, -8.0)))


def test_public_groups_are_drawn_as_often_as_is_said():
    both = [group(Kind.SQUAD, passage="p"), group(Kind.HELD, passage="p")] * 1000
    kinds = [each.kind for each, _ in drawn(both, 2.5, random.Random(1))]
    assert kinds.count(Kind.HELD) == 1000
    assert 2400 < kinds.count(Kind.SQUAD) < 2600


# --- what weights say, and how wrong they are ---------------------------------------------


@given(st.lists(st.integers(1, 200), max_size=40))
def test_every_text_is_in_one_batch_that_is_not_too_long(lengths):
    batches = list(of_like_length(lengths, 400))
    assert sorted(n for batch in batches for n in batch) == list(range(len(lengths)))
    assert all(len(b) * max(lengths[n] for n in b) <= 400 for b in batches)


@pytest.mark.parametrize("text", ["Italy fined it.", "Clearview was fined. " * 90])
def test_a_pair_is_put_together_as_the_tokenizer_would(text):
    question = "Is Clearview active in Italy?"
    expected = TOKENIZER(
        question, text, truncation="only_second", max_length=LONGEST_PAIR
    )
    assert (
        list(Reader(NO_MODEL, TOKENIZER).row(question, text)) == expected["input_ids"]
    )


def test_pairs_in_any_company_are_what_each_is_alone():
    asked = ["Who runs it?", "Wer leitet die Firma? " * 30, "Chi la dirige?"]
    pairs = [(one, other) for one in asked for other in asked if one != other]
    reader = Reader(Counting(), TOKENIZER)
    said = reader.odds(pairs).tolist()
    assert said == [sum(reader.row(*pair)) % 9973 for pair in pairs]


class Counting:
    """A model that says the sum of the tokens that it is to read."""

    device = "cpu"

    def __call__(self, input_ids, attention_mask):
        whole = (input_ids * attention_mask).sum(dim=1, keepdim=True) % 9973
        return SimpleNamespace(logits=whole)


class Saying(Reader):
    """A reader whose weights say of each text what the test has them say."""

    def __init__(self, **odds):
        self.model = SimpleNamespace(device="cpu")
        self.odds_of = odds

    def odds(self, pairs):
        return torch.tensor([self.odds_of[text] for _, text in pairs])


GATE = Gate(
    bias=0.5,
    weights={BEFORE: 0.25, JUDGED: 0.5, READ: 1.0},
    threshold=0.5,
    fitted_on="",
    data="",
)


def wrongness(odds, *, answer):
    return math.log(1 + math.exp(-odds if answer else odds))


def test_those_not_asked_again_count_as_they_were():
    texts = tuple("abcdef")
    before = (3.0, 2.5, 2.0, 1.5, 1.0, 0.5)
    now = (2.0, 1.0, 0.0, -1.0)
    known = Scored(group(compared=texts, same=True), "?", before)
    said = Saying(**dict(zip(texts[:LEARNED], now, strict=True)))
    expected = wrongness(either([*now, *before[LEARNED:]]), answer=True)
    assert loss(said, [known], GATE).item() == pytest.approx(expected)


def test_of_a_labelled_question_what_the_gate_makes_of_both_counts_most():
    known = group(
        Kind.LABELLED,
        compared=("a",),
        same=False,
        passage="p",
        answers=False,
        before=2.0,
    )
    lesson = [Scored(known, "?", (0.0,), 0.0)]
    both = wrongness(0.5 + 0.25 * 2.0 + 0.5 * -1.0 + 1.0 * 3.0, answer=False)
    parts = 0.5 * wrongness(-1.0, answer=False) + 0.5 * wrongness(3.0, answer=False)
    found = loss(Saying(a=-1.0, p=3.0), lesson, GATE).item()
    assert found == pytest.approx((both + parts) / 2)


def test_a_group_without_own_questions_is_learned_from_by_its_passage_alone():
    known = group(Kind.SQUAD, passage="p", answers=True)
    found = loss(Saying(p=-1.0), [Scored(known, "?", (), -2.0)], GATE)
    assert found.item() == pytest.approx(wrongness(-1.0, answer=True))
