"""A sentence-transformers model → a folder that ``graph`` serves, checked against it.

``python -m knowledge.adapters.embedder.exporting MODEL FOLDER``: a program, so that a
bot never holds torch in its own memory. It fails, and writes nothing that is taken for
whole, where a model cannot be exported or the graph gives other vectors.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge.adapters.embedder.graph import GRAPH, TOKENIZER, Card, GraphEncoder

LEAST_ALIKE = 0.9999
"""Cosine between the graph's vector and the model's, for each of ``SAMPLES``."""

SAMPLES = (
    "Is Clearview active in Italy?",
    "Die Polizei hat im März 2021 Gesichtserkennung eingesetzt; Näheres ist geheim.",
    "",
    "x",
    "L'autorité a infligé une amende de 20 millions d’euros. " * 12,
    "\U0001f600 \u202e 監視カメラ",
    "police " * 3000,  # more than any model reads
)

_OPSET = 18
_NAMES = ("input_ids", "attention_mask", "token_type_ids")


class Unexportable(ValueError):
    """A model that reads something else than tokens, or that the graph does not match."""


def export(model: str, folder: Path) -> None:
    """Write the graph of a model into a folder, and check it.

    ``model`` is a folder or a sentence-transformers name. Raises Unexportable, and what
    the libraries raise.
    """
    from sentence_transformers import SentenceTransformer

    whole = SentenceTransformer(
        model, device="cpu", model_kwargs={"attn_implementation": "eager"}
    ).eval()
    example = whole.preprocess(["a question of some length", "b"])
    names = tuple(name for name in _NAMES if name in example)
    others = {n for n, v in example.items() if hasattr(v, "shape")} - set(names)
    if "input_ids" not in names or others:
        raise Unexportable(f"it reads {sorted(others) or 'no tokens'}")
    folder.mkdir(parents=True, exist_ok=True)
    _write_graph(whole, [example[name] for name in names], names, folder / GRAPH)
    tokenizer = whole.tokenizer
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    expected = whole.encode(list(SAMPLES), normalize_embeddings=True).tolist()
    Card(
        inputs=names,
        longest=_longest(whole),
        padding=int(tokenizer.pad_token_id or 0),
        prompt=whole.prompts.get(whole.default_prompt_name or "") or "",
        text=SAMPLES[0],
        vector=tuple(expected[0]),
    ).write(folder)
    _check(GraphEncoder(folder), expected)


def _longest(whole: Any) -> int:
    if whole.max_seq_length is None:
        raise Unexportable("it does not say how long a text it reads")
    return int(whole.max_seq_length)


def _write_graph(
    whole: Any, example: Sequence[Any], names: tuple[str, ...], path: Path
) -> None:
    import torch

    class Vectors(torch.nn.Module):
        """The model as the graph is called: tensors in, unit vectors out."""

        def __init__(self) -> None:
            super().__init__()
            self.model = whole

        def forward(self, *tensors: Any) -> Any:
            features: Mapping[str, Any] = dict(zip(names, tensors, strict=True))
            found = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(found, p=2, dim=1)

    shape = {
        0: torch.export.Dim("batch", min=1, max=1024),
        1: torch.export.Dim("length", min=2, max=_longest(whole)),
    }
    with torch.no_grad():
        graph = torch.onnx.export(
            Vectors(),
            tuple(example),
            dynamo=True,
            dynamic_shapes=(tuple(shape for _ in names),),
            input_names=list(names),
            output_names=["vectors"],
            opset_version=_OPSET,
            verbose=False,
        )
    if graph is None:
        raise Unexportable("torch exported nothing")
    # Beside the graph: what lies there is mapped into memory, and of a vocabulary's
    # vectors, most of a multilingual model, only what is used is ever read.
    graph.save(str(path), external_data=True)


def _check(encoder: GraphEncoder, expected: Sequence[Sequence[float]]) -> None:
    """Each sample alone and all together, where the shorter ones are padded."""
    alone = [encoder.encode([text])[0] for text in SAMPLES]
    for found in (alone, encoder.encode(SAMPLES)):
        for text, one, other in zip(SAMPLES, found, expected, strict=True):
            alike = sum(a * b for a, b in zip(one, other, strict=True))
            if not alike >= LEAST_ALIKE:
                raise Unexportable(f"cosine {alike:.5f} for {text[:20]!r}")


if __name__ == "__main__":
    export(sys.argv[1], Path(sys.argv[2]))
