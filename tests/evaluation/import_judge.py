"""The shipped judge → weights that training goes on from.

``python -m tests.evaluation.import_judge OUT``. Each weight comes back as it was rounded to
8 bits, what was moved into it for that (``smoothed``) moved back. Needs ``onnx``.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    PreTrainedTokenizerFast,
)

import knowledge
from tests.evaluation.pieces import SIGNS, tokenizer

JUDGE = Path(knowledge.__file__).parent / "models" / "judge"
PREFIX = "model."
QUANTIZED, INVERSE = "_quantized", ".inverse"


def imported(folder: Path) -> tuple[Any, Any]:
    """The model and its tokenizer, of transformers."""
    graph = onnx.load(folder / "judge.onnx", load_external_data=True).graph
    held = {each.name: onnx.numpy_helper.to_array(each) for each in graph.initializer}
    state = dict(_weights(graph, held))
    words, width = state["bert.embeddings.word_embeddings.weight"].shape
    config = BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=4 * width,
        max_position_embeddings=512,
        pad_token_id=1,
        layer_norm_eps=_epsilon(graph),
    )
    config.num_labels = 1
    model = BertForSequenceClassification(config)
    model.load_state_dict({name: torch.tensor(each) for name, each in state.items()})
    reads = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer(folder / "sentencepiece.model"),
        cls_token=SIGNS["bos"],
        sep_token=SIGNS["eos"],
        pad_token=SIGNS["pad"],
        unk_token=SIGNS["unk"],
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )
    return model.eval(), reads


def _weights(graph: Any, held: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Name and weight. What is multiplied has lost its name, and has it back from the
    bias that is added next."""
    takers: dict[str, list[Any]] = defaultdict(list)
    for node in graph.node:
        for name in node.input:
            takers[name].append(node)
    divided = dict(_divided(graph, held))
    for name, each in held.items():
        if name.endswith(INVERSE):
            continue
        if name.startswith(PREFIX) and each.dtype == np.float32 and each.ndim:
            if not name.endswith("_scale"):
                yield _own(name), each
        elif name.endswith(QUANTIZED):
            base = name.removesuffix(QUANTIZED)
            scale, zero = held[f"{base}_scale"], held[f"{base}_zero_point"]
            whole = (each.astype(np.float32) - zero.astype(np.float32)) * scale
            if "_embeddings." in base:
                yield _own(base), whole
            else:
                bias = _own(_bias(takers, held, takers[name]))
                whole = whole * divided.get(name, 1)
                kind = bias.removesuffix("bias") + "weight"
                yield kind, np.ascontiguousarray(whole.T)


def _divided(graph: Any, held: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """By the name of what is multiplied, what its input was divided by (``smoothed``),
    (inputs, 1).
    """
    makers = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            measured = makers[node.input[0]]
            before = makers.get(measured.input[0])
            for name in before.input if before is not None else ():
                if name.endswith(INVERSE):
                    yield node.input[1], held[name][:, None]


def _own(name: str) -> str:
    """What transformers calls it."""
    return name.removeprefix(PREFIX).replace(".linear.", ".")


def _bias(
    takers: Mapping[str, Sequence[Any]], held: Mapping[str, Any], nodes: Sequence[Any]
) -> str:
    """The first bias that is added to what these nodes make."""
    names = [str(name) for node in nodes for name in node.input]
    for name in names:
        if name.endswith(".bias") and name in held:
            return name
    behind = [taker for n in nodes for name in n.output for taker in takers[name]]
    return _bias(takers, held, behind)


def _epsilon(graph: Any) -> float:
    """What is added to a variance before its root is taken, in every layer."""
    found = {
        attribute.f
        for node in graph.node
        if node.op_type == "LayerNormalization"
        for attribute in node.attribute
        if attribute.name == "epsilon"
    }
    (epsilon,) = found
    return float(epsilon)


def main(out: Path) -> None:
    """Write the weights and the tokenizer."""
    for each in imported(JUDGE):
        each.save_pretrained(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
