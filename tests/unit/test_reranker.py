"""A cross-encoder that is set orders what retrieval found; one that fails changes nothing."""

import pytest

from knowledge.adapters.reranker import CrossEncoderReranker
from knowledge.errors import ModelUnavailable

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] clearview police italy fined in".split()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A cross-encoder with random weights, made here: no hub is asked."""
    from sentence_transformers import CrossEncoder  # noqa: F401 - fails early if absent
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("cross-encoder")
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_each_text_gets_one_score_and_the_same_text_the_same(tiny):
    reranker = CrossEncoderReranker(str(tiny))
    texts = ["fined in italy", "police", "fined in italy"]
    scores = reranker.scores("clearview italy", texts)
    assert len(scores) == 3
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert scores[0] != pytest.approx(scores[1], abs=1e-9)
    assert reranker.scores("clearview", []) == []


def test_what_is_no_cross_encoder_is_told_with_what_to_do(tmp_path):
    with pytest.raises(ModelUnavailable, match="QUIS_RERANKER"):
        CrossEncoderReranker(str(tmp_path)).scores("a", ["b"])
