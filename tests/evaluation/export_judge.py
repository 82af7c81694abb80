"""Trained weights → knowledge/models/judge: an int8 graph, its weights and its pieces.

``python -m tests.evaluation.export_judge WEIGHTS``. Needs ``onnx`` and ``onnxscript``,
which neither Quis nor its tests need otherwise: install them for this alone.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForSequenceClassification, AutoTokenizer

import knowledge
from tests.evaluation.fused import fused
from tests.evaluation.graphs import weights_apart, without_traces
from tests.evaluation.own_words import own_words
from tests.evaluation.pieces import in_order, most_used_first, sentencepiece
from tests.evaluation.smoothed import smooth

KNOWLEDGE = Path(knowledge.__file__).parent
JUDGE = KNOWLEDGE / "models" / "judge"
CORPUS = KNOWLEDGE / "corpus"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OPSET = 18

SEED, MEASURED = 5, 300
"""Which pairs the activations are measured by, and how many."""


class _Logits(torch.nn.Module):
    """The model as the graph is called: three tensors in, one column out."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        return self.model(
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=token_type_ids,
        ).logits


def export(weights: Path, folder: Path) -> None:
    """Write ``judge.onnx``, ``judge.weights`` and ``sentencepiece.model``."""
    tokenizer = AutoTokenizer.from_pretrained(weights)
    model = AutoModelForSequenceClassification.from_pretrained(
        weights, num_labels=1, attn_implementation="eager"
    ).eval()
    reads = tokenizer.backend_tokenizer
    smooth(model, list(_examples(tokenizer)))
    order = most_used_first(reads, starter_set())
    vectors = model.get_input_embeddings().weight
    vectors.data = vectors.data[list(order)]
    example = tokenizer(
        ["a question", "b"], ["a passage", "c"], return_tensors="pt", padding=True
    )
    batch = torch.export.Dim("batch", min=1, max=512)
    length = torch.export.Dim("length", min=2, max=512)
    graph = torch.onnx.export(
        _Logits(model),
        tuple(example[name] for name in INPUTS),
        dynamo=True,
        dynamic_shapes=tuple({0: batch, 1: length} for _ in INPUTS),
        input_names=list(INPUTS),
        output_names=["logits"],
        opset_version=OPSET,
    )
    if graph is None:
        raise RuntimeError("torch exported nothing")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        whole = Path(temporary) / "judge.onnx"
        graph.save(str(whole))
        quantize_dynamic(
            whole,
            folder / "judge.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
    without_traces(folder / "judge.onnx")
    fused(folder / "judge.onnx")
    weights_apart(folder / "judge.onnx")
    pieces = sentencepiece(in_order(reads.to_str(), order))
    (folder / "sentencepiece.model").write_bytes(pieces)


def _examples(tokenizer: Any) -> Iterator[Any]:
    """What it is asked, by which is measured how far its activations reach."""
    chance = random.Random(SEED)
    for group in chance.sample(list(own_words(chance)), MEASURED):
        yield tokenizer(group.question, group.passage, return_tensors="pt")


def starter_set() -> list[str]:
    """Everything that the judge is asked about there."""
    return [path.read_text("utf-8") for path in sorted(CORPUS.rglob("*.md"))]


if __name__ == "__main__":
    export(Path(sys.argv[1]), JUDGE)
