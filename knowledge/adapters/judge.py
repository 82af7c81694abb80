"""Does this passage answer this question? A cross-encoder, served by ONNX Runtime.

``onnxruntime`` and ``tokenizers`` come with chromadb; torch is not needed. The weights
and what is known of them are in ``knowledge/models/judge`` (see its MODEL_CARD.md).
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from knowledge.adapters.onnx_session import by_length, each, open_session, padded
from knowledge.errors import ModelUnavailable

LONGEST_PAIR = 208
"""Tokens of question and passage together; the end of a longer passage is not read."""

_AT_ONCE = 8


class OnnxJudge:
    """Implements ``ports.Judge``. Loads its weights at the first call."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds ``judge.onnx`` and ``tokenizer.json``."""
        self._folder = folder
        self._loading = Lock()
        self._loaded: tuple[Any, Any] | None = None

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]:
        """For each (question, passage), the log-odds that the passage answers.

        Raises ModelUnavailable.
        """
        if not pairs:
            return []
        tokenizer, session = self._ready()
        encoded = tokenizer.encode_batch([list(pair) for pair in pairs])
        batches = by_length([len(one.ids) for one in encoded], _AT_ONCE)
        found = each(
            lambda batch: self._run(session, [encoded[n] for n in batch]), batches
        )
        odds = [0.0] * len(pairs)
        for batch, scores in zip(batches, found, strict=True):
            for number, score in zip(batch, scores, strict=True):
                odds[number] = float(score)
        return odds

    def _run(self, session: Any, encoded: Sequence[Any]) -> Sequence[float]:
        scores: Sequence[float] = session.run(
            None,
            {
                "input_ids": padded([one.ids for one in encoded]),
                "attention_mask": padded([one.attention_mask for one in encoded]),
                "token_type_ids": padded([one.type_ids for one in encoded]),
            },
        )[0][:, 0]
        return scores

    def _ready(self) -> tuple[Any, Any]:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> tuple[Any, Any]:
        try:
            from tokenizers import Tokenizer

            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            tokenizer.enable_truncation(LONGEST_PAIR, strategy="only_second")
            tokenizer.no_padding()
            session = open_session(self._folder / "judge.onnx")
        except Exception as error:  # both libraries raise bare exceptions
            raise ModelUnavailable(
                model="judge", problem="its files cannot be read; install Quis again"
            ) from error
        return tokenizer, session
