"""Text → unit vectors, by an ONNX graph that was exported from a model.

A folder holds ``encoder.onnx`` (tokens in, unit vectors out: pooling and normalisation
are in it), ``tokenizer.json`` and ``encoder.json``, which says how to call it and what
vector the model itself gave for one text. torch is not needed.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge.adapters.onnx_session import by_length, each, open_session, padded, run

GRAPH = "encoder.onnx"
WEIGHTS = "encoder.weights"  # of the packaged model, which its graph points into
TOKENIZER = "tokenizer.json"
CARD = "encoder.json"

LEAST_ALIKE = 0.97
"""Cosine to the model's own vector. int8 has .99; a processor whose int8 arithmetic
overflows has less, and is served by the model itself."""

_AT_ONCE = 16  # texts in one batch


class UnlikeModel(ValueError):
    """The graph gives other vectors here than the model that it was exported from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """How a graph is called. ``text`` and ``vector`` are a sample of what it must give.

    ``inputs`` are those of the graph, by name. ``prompt`` comes before every text: the
    model's own, beside those that are set.
    """

    inputs: tuple[str, ...]
    longest: int
    padding: int
    prompt: str
    text: str
    vector: tuple[float, ...]

    def write(self, folder: Path) -> None:
        """Keep it in a folder. Raises OSError."""
        text = json.dumps(asdict(self), ensure_ascii=False)
        (folder / CARD).write_text(text + "\n", encoding="utf-8")


def read_card(folder: Path) -> Card:
    """The card of a folder. Raises OSError, ValueError, TypeError, KeyError."""
    values = json.loads((folder / CARD).read_text(encoding="utf-8"))
    values |= {name: tuple(values[name]) for name in ("inputs", "vector")}
    return Card(**values)


class GraphEncoder:
    """Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Raises UnlikeModel, and what the two libraries raise for broken files."""
        from tokenizers import Tokenizer

        self._card = read_card(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(self._card.longest)
        self._tokenizer.no_padding()
        self._session = open_session(folder / GRAPH)
        (found,) = self.encode([self._card.text])
        alike = sum(a * b for a, b in zip(found, self._card.vector, strict=True))
        if not alike >= LEAST_ALIKE:
            raise UnlikeModel(f"cosine {alike:.3f}")

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector of length 1 for each text, in order."""
        prompt = self._card.prompt
        tokens = self._tokenizer.encode_batch([prompt + _whole(text) for text in texts])
        vectors: list[list[float]] = [[]] * len(texts)
        batches = by_length([len(one.ids) for one in tokens], _AT_ONCE)
        found = each(lambda batch: self._run([tokens[n] for n in batch]), batches)
        for batch, rows in zip(batches, found, strict=True):
            for number, row in zip(batch, rows, strict=True):
                vectors[number] = row
        return vectors

    def _run(self, tokens: Sequence[Any]) -> list[list[float]]:
        made = {
            "input_ids": lambda: padded([t.ids for t in tokens], self._card.padding),
            "attention_mask": lambda: padded([t.attention_mask for t in tokens]),
            "token_type_ids": lambda: padded([t.type_ids for t in tokens]),
        }
        fed = {name: made[name]() for name in self._card.inputs}
        rows: list[list[float]] = run(self._session, fed).tolist()
        return rows


def _whole(text: str) -> str:
    """Half characters, which no tokenizer takes, as ``?``."""
    return text.encode("utf-8", "replace").decode()
