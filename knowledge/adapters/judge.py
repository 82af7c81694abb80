"""Does this passage answer this question? A cross-encoder, served by ONNX Runtime.

torch is not needed. The weights and what is known of them are in
``knowledge/models/judge`` (see its MODEL_CARD.md).
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from knowledge.adapters.onnx_session import by_length, each, open_session, padded, run
from knowledge.errors import ModelUnavailable

LONGEST_PAIR = 208
"""Tokens of question and passage together; the end of the longer one is not read."""

_BEGIN, _END = 0, 2
"""The model's own signs: of a pair, ``<s> question </s></s> passage </s>``."""

_SIGNS = 4

MOST_REMEMBERED = 4_000
"""Pairs whose judgement is kept: a few MB at the most."""

_AT_ONCE = 16


class OnnxJudge:
    """Implements ``ports.Judge``. Loads its weights at the first call.

    What was said of a pair is remembered: int8 takes the measure of a whole batch, so
    that the same pair in other company would be judged a little otherwise.
    """

    def __init__(self, folder: Path) -> None:
        """``folder`` holds ``judge.onnx``, what that points to, and ``sentencepiece.model``."""
        self._folder = folder
        self._loading = Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._said: dict[bytes, float] = {}

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]:
        """For each (question, passage), the log-odds that the passage answers.

        Raises ModelUnavailable.
        """
        known = self._said
        names = [_name(pair) for pair in pairs]
        by_name = dict(zip(names, pairs, strict=True))
        new = {name: pair for name, pair in by_name.items() if name not in known}
        said = self._judged(list(new.values())) if new else ()
        judged = dict(zip(new, said, strict=True))
        found = [judged[name] if name in judged else known[name] for name in names]
        if len(known) + len(judged) > MOST_REMEMBERED:
            # Anew, and not emptied: another thread may be looking something up.
            self._said = judged
        else:
            known.update(judged)
        return found

    def begin(self) -> None:
        """Read the files in a thread of its own, which holds the lock of Python little."""
        with suppress(ImportError):
            # Here, and not in the thread: numpy cannot be imported in two at a time.
            import onnxruntime  # noqa: F401
            import sentencepiece  # noqa: F401
        Thread(target=self._beforehand, daemon=True).start()

    def _beforehand(self) -> None:
        with suppress(ModelUnavailable):
            self._ready()

    def _judged(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]:
        pieces, session = self._ready()
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        cut_up = dict(zip(texts, pieces.encode(list(map(_plain, texts))), strict=True))
        rows = [_row(*map(cut_up.__getitem__, pair)) for pair in pairs]
        batches = by_length([len(row) for row in rows], _AT_ONCE)
        found = each(
            lambda batch: self._run(session, [rows[n] for n in batch]), batches
        )
        odds = [0.0] * len(pairs)
        for batch, scores in zip(batches, found, strict=True):
            for number, score in zip(batch, scores, strict=True):
                odds[number] = float(score)
        return odds

    def _run(self, session: Any, rows: Sequence[Sequence[int]]) -> Sequence[float]:
        fed = {
            "input_ids": padded(rows),
            "attention_mask": padded([[1] * len(row) for row in rows]),
            "token_type_ids": padded([[0] * len(row) for row in rows]),
        }
        scores: Sequence[float] = run(session, fed)[:, 0]
        return scores

    def _ready(self) -> tuple[Any, Any]:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> tuple[Any, Any]:
        try:
            from sentencepiece import SentencePieceProcessor

            model = str(self._folder / "sentencepiece.model")
            pieces = SentencePieceProcessor(model_file=model)
            session = open_session(self._folder / "judge.onnx")
        except Exception as error:  # both libraries raise bare exceptions
            raise ModelUnavailable(
                model="judge", problem="its files cannot be read; install Quis again"
            ) from error
        return pieces, session


def _row(question: Sequence[int], passage: Sequence[int]) -> Sequence[int]:
    """A pair as the model reads it. What is too long gives way, the longer first."""
    most = LONGEST_PAIR - _SIGNS
    first = question[: max(most // 2, most - len(passage))]
    second = passage[: max(most // 2, most - len(question))]
    return [_BEGIN, *first, _END, _END, *second, _END]


def _name(pair: tuple[str, str]) -> bytes:
    """What a pair is remembered by: what somebody asked is nowhere kept in words."""
    text = "\0".join(pair)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _plain(text: str) -> str:
    """Without half characters, which the library does not take, and without what would
    be read as a sign of the model's own, such as ``</s>``."""
    return text.encode("utf-8", "replace").decode().replace("<", " ")
