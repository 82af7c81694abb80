"""A judge made ready for 8 bits says in floats what it said before."""

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from tests.evaluation.smoothed import Smoothed, smooth

LOUD = 3
"""A channel that is much larger than the others."""


@pytest.fixture
def model():
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
    )
    config.num_labels = 1
    made = BertForSequenceClassification(config).eval()
    for layer in made.base_model.encoder.layer:
        layer.attention.output.LayerNorm.weight.data[LOUD] = 20.0
    return made


EXAMPLES = [{"input_ids": torch.tensor([[2, 7, n, 9, 3]])} for n in range(10, 20)]


def said(model):
    with torch.no_grad():
        return torch.cat([model(**example).logits for example in EXAMPLES])


def reach(model):
    """Of what comes into the layer behind the loud channel, the largest and the middle."""
    seen = []
    dense = model.base_model.encoder.layer[0].intermediate.dense
    taken = dense.linear if isinstance(dense, Smoothed) else dense
    hook = taken.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    said(model)
    hook.remove()
    largest = torch.cat(seen).abs().flatten(0, -2).amax(0)
    return largest.max() / largest.median()


def test_a_smoothed_judge_says_the_same_in_floats(model):
    before = said(model)
    smooth(model, EXAMPLES)
    assert torch.allclose(said(model), before, atol=1e-5)


def test_no_channel_is_much_larger_than_the_others_any_more(model):
    before = reach(model)
    smooth(model, EXAMPLES)
    assert before > 10
    assert reach(model) < before / 3


def test_layers_that_take_the_same_are_smoothed_by_the_same(model):
    smooth(model, EXAMPLES)
    asks = model.base_model.encoder.layer[1].attention.self
    assert asks.query.inverse is asks.key.inverse is asks.value.inverse
