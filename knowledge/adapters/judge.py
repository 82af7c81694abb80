"""Does this passage answer this question? A cross-encoder, served by ONNX Runtime.

``onnxruntime`` and ``tokenizers`` come with chromadb; torch is not needed. The weights
and what is known of them are in ``knowledge/models/judge`` (see its MODEL_CARD.md).
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from knowledge.errors import ModelUnavailable

LONGEST_PAIR = 208
"""Tokens of question and passage together; the end of a longer passage is not read."""

_AT_ONCE = 16
_THREADS = 2  # small batches gain nothing from more


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
        # Alike lengths go together: a batch is padded to its longest.
        order = sorted(range(len(pairs)), key=lambda n: len(encoded[n].ids))
        odds = [0.0] * len(pairs)
        for start in range(0, len(order), _AT_ONCE):
            numbers = order[start : start + _AT_ONCE]
            scores = self._run(session, [encoded[n] for n in numbers])
            for number, score in zip(numbers, scores, strict=True):
                odds[number] = float(score)
        return odds

    def _run(self, session: Any, encoded: Sequence[Any]) -> Sequence[float]:
        import numpy as np

        longest = max(len(one.ids) for one in encoded)

        def padded(rows: Sequence[Sequence[int]]) -> Any:
            return np.array(
                [[*row, *[0] * (longest - len(row))] for row in rows], dtype=np.int64
            )

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
            import onnxruntime
            from tokenizers import Tokenizer

            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            tokenizer.enable_truncation(LONGEST_PAIR, strategy="only_second")
            tokenizer.no_padding()
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = _THREADS
            session = onnxruntime.InferenceSession(
                str(self._folder / "judge.onnx"),
                options,
                providers=["CPUExecutionProvider"],
            )
        except Exception as error:  # both libraries raise bare exceptions
            raise ModelUnavailable(
                model="judge", problem="its files cannot be read; install Quis again"
            ) from error
        return tokenizer, session
