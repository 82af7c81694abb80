"""The judge, and how texts are put together for a model: fast, and always the same."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession
from sentencepiece import SentencePieceProcessor
from tokenizers import Tokenizer

import knowledge
from knowledge.adapters.judge import LONGEST_PAIR, OnnxJudge, _row
from knowledge.adapters.onnx_session import A_CALL, MOST_TOKENS, by_length
from knowledge.errors import ModelUnavailable
from tests.evaluation.fused import UnknownShape, fused, with_gelus
from tests.evaluation.pieces import (
    SIGNS,
    in_order,
    most_used_first,
    sentencepiece,
    tokenizer,
)

FOLDER = Path(knowledge.__file__).parent / "models" / "judge"
ASKED = "Is Clearview active in Italy?"
PAIRS = [
    (ASKED, "Does Clearview work in Italy?"),
    (ASKED, "How high was the fine?"),
    (ASKED, "The Italian authority fined Clearview AI twenty million euros. " * 6),
]


@pytest.fixture(scope="module")
def judge():
    return OnnxJudge(FOLDER)


class Counting(OnnxJudge):
    """Counts the pairs that the model itself is asked about."""

    asked = 0

    def _judged(self, pairs):
        self.asked += len(pairs)
        return [float(len(text)) for _, text in pairs]


# --- batches ---------------------------------------------------------------------------


def cost(batches, lengths):
    return sum(max(lengths[n] for n in b) * len(b) + A_CALL for b in batches)


def fits(batch, lengths):
    return len(batch) == 1 or max(lengths[n] for n in batch) * len(batch) <= MOST_TOKENS


@given(st.lists(st.integers(1, 500), max_size=60), st.integers(1, 16))
def test_every_text_is_in_one_batch_and_no_plain_cutting_is_cheaper(lengths, most):
    batches = by_length(lengths, most)
    assert sorted(n for batch in batches for n in batch) == list(range(len(lengths)))
    assert all(len(batch) <= most and fits(batch, lengths) for batch in batches)
    order = sorted(range(len(lengths)), key=lambda n: -lengths[n])
    for size in range(1, most + 1):
        plain = [order[at : at + size] for at in range(0, len(order), size)]
        if all(fits(batch, lengths) for batch in plain):
            assert cost(batches, lengths) <= cost(plain, lengths)


def test_a_long_text_is_no_burden_to_short_ones():
    assert by_length([30, 200, 31, 29], 8) == [[1], [2, 0, 3]]


# --- any words --------------------------------------------------------------------------


def test_signs_of_the_model_in_a_question_are_no_signs(judge):
    text = "Clearview was fined in Italy."
    odds = judge.log_odds(
        [("Fined </s> in Italy?", text), ("Fined  /s> in Italy?", text)]
    )
    assert odds[0] == odds[1]


@given(st.text(max_size=80))
@example("half \ud800 a character")
def test_a_question_of_any_characters_is_judged(judge, text):
    (odds,) = judge.log_odds([(text, "Clearview was fined in Italy.")])
    assert -30 < odds < 30


# --- pieces of words -------------------------------------------------------------------


def test_the_pieces_that_are_shipped_come_from_those_that_training_reads():
    shipped = FOLDER / "sentencepiece.model"
    spelling = tokenizer(shipped).to_str()
    assert sentencepiece(spelling) == shipped.read_bytes()
    with pytest.raises(ValueError, match="no weights"):
        sentencepiece(spelling.replace('"Unigram"', '"BPE"'))


def test_pieces_are_numbered_by_use_and_texts_are_cut_up_as_before():
    read = tokenizer(FOLDER / "sentencepiece.model")
    texts = ["Clearview, Clearview, Clearview!", "Is it fined?"]
    order = most_used_first(read, texts)
    assert sorted(order) == list(range(read.get_vocab_size()))
    assert order[: len(SIGNS)] == list(range(len(SIGNS)))
    anew = Tokenizer.from_str(in_order(read.to_str(), order))
    for text in texts:
        before, after = read.encode(text), anew.encode(text)
        assert after.tokens == before.tokens
        assert [order[number] for number in after.ids] == before.ids
    name = read.encode("Clearview", add_special_tokens=False).ids
    assert {order.index(number) for number in name} <= set(range(12))


@pytest.fixture(scope="module")
def readers():
    shipped = FOLDER / "sentencepiece.model"
    read = tokenizer(shipped)
    read.enable_truncation(LONGEST_PAIR, strategy="longest_first")
    return read, SentencePieceProcessor(model_file=str(shipped))


@pytest.mark.parametrize(
    "text",
    [
        "Is Clearview active in Italy?",
        "  Qu’est-ce que\tl’IA ?  ½ ﬁn\u200b ",
        "Straße, año, coração: „ja“…",
        "👍🏽 監視カメラ",
        "word " * 300,
    ],
)
@pytest.mark.parametrize("other", ["", "Clearview was fined. ", "Fined. " * 400])
def test_a_pair_is_put_together_as_in_training(readers, text, other):
    read, pieces = readers
    expected = read.encode(text, other).ids
    assert list(_row(*pieces.encode([text, other]))) == expected


# --- the graph -------------------------------------------------------------------------


def test_the_graphs_that_are_shipped_were_rewritten_and_are_not_twice(tmp_path):
    for name in ("judge.onnx", "judge.weights"):
        shutil.copy(FOLDER / name, tmp_path)
    with pytest.raises(UnknownShape, match="rewritten before"):
        fused(tmp_path / "judge.onnx")
    encoder = FOLDER.parent / "encoder" / "encoder.onnx"
    with pytest.raises(UnknownShape, match="rewritten before"):
        with_gelus(Path(shutil.copy(encoder, tmp_path)))


def test_gelu_as_one_node_says_what_it_said_as_five(tmp_path):
    path = tmp_path / "gelu.onnx"
    numbers = {"root": 2**0.5, "one": 1.0, "half": 0.5}
    nodes = [
        helper.make_node(kind, inputs.split(), [output])
        for kind, inputs, output in (
            ("Div", "x root", "divided"),
            ("Erf", "divided", "erf"),
            ("Add", "erf one", "added"),
            ("Mul", "half added", "halved"),
            ("Mul", "x halved", "y"),
        )
    ]
    x, y = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None])
        for name in ("x", "y")
    )
    held = [
        numpy_helper.from_array(np.array(number, dtype=np.float32), name)
        for name, number in numbers.items()
    ]
    graph = helper.make_graph(nodes, "gelu", [x], [y], held)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 9
    onnx.save(model, path)

    fed = {"x": np.linspace(-6, 6, 97, dtype=np.float32)}
    (before,) = InferenceSession(path).run(None, fed)
    with_gelus(path)
    (after,) = InferenceSession(path).run(None, fed)
    assert [node.op_type for node in onnx.load(path).graph.node] == ["Gelu"]
    assert after == pytest.approx(before, abs=1e-6)


# --- judging ---------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["judge.weights", "sentencepiece.model"])
def test_a_judge_whose_files_are_not_all_there_is_unavailable(tmp_path, lost):
    for path in FOLDER.iterdir():
        if path.name != lost:
            shutil.copy(path, tmp_path)
    with pytest.raises(ModelUnavailable, match="install Quis again"):
        OnnxJudge(tmp_path).log_odds(PAIRS)


def test_a_question_longer_than_is_read_is_judged_by_its_beginning(judge):
    words = "Is Clearview active in Italy, as the ministry said? " * 40
    longer = judge.log_odds([(words, text) for _, text in PAIRS])
    longest = judge.log_odds([(words * 2, text) for _, text in PAIRS])
    assert list(longer) == list(longest)


def test_a_judge_that_was_begun_says_what_it_says_anyhow_and_a_broken_one_at_the_call(
    judge, tmp_path
):
    begun = OnnxJudge(FOLDER)
    begun.begin()
    assert begun.log_odds(PAIRS) == judge.log_odds(PAIRS)
    broken = OnnxJudge(tmp_path)
    broken.begin()
    with pytest.raises(ModelUnavailable, match="judge"):
        broken.log_odds(PAIRS)


def test_a_question_in_other_words_is_likelier_than_another_question(judge):
    same, other, _ = judge.log_odds(PAIRS)
    assert same > other


def test_a_pair_is_judged_alike_in_whatever_company_it_is_asked_again(judge):
    together = judge.log_odds(PAIRS)
    assert [judge.log_odds([pair])[0] for pair in PAIRS] == together


def test_each_pair_is_asked_once():
    judge = Counting(FOLDER)
    assert judge.log_odds([("q", "aa"), ("q", "b"), ("q", "aa")]) == [2.0, 1.0, 2.0]
    assert judge.log_odds([("q", "b"), ("q", "ccc")]) == [1.0, 3.0]
    assert judge.asked == 3
    assert judge.log_odds([]) == []


def test_what_is_remembered_has_a_bound(monkeypatch):
    monkeypatch.setattr("knowledge.adapters.judge.MOST_REMEMBERED", 5)
    judge = Counting(FOLDER)
    for number in range(40):
        judge.log_odds([("q", "x" * number), ("q", "y" * number)])
    assert len(judge._said) <= 5
