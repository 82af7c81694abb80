"""A cross-encoder of sentence-transformers that reads question and passage together.

Off unless a setting names one: it costs some 20 ms a passage on a processor. It orders
what retrieval found; whether a passage may be shown is still the gate's to say.
"""

import logging
from collections.abc import Sequence
from threading import Lock
from typing import Any

from knowledge.errors import ModelUnavailable

_AT_ONCE = 16  # pairs in one batch


class CrossEncoderReranker:
    """Implements ``ports.Reranker``. Loads its model at the first call."""

    def __init__(self, model: str) -> None:
        """``model`` is a folder or a sentence-transformers name."""
        self._name = model
        self._model: Any = None
        self._loading = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """How well each text answers; larger is better. Raises ModelUnavailable."""
        if not texts:
            return []
        with self._loading:
            if self._model is None:
                self._model = self._load()
        pairs = [(question, text) for text in texts]
        try:
            found = self._model.predict(
                pairs, batch_size=_AT_ONCE, show_progress_bar=False
            )
            return [float(score) for score in found]
        except (RuntimeError, ValueError, TypeError) as error:
            problem = f"it gives no one score a pair ({type(error).__name__})"
            raise ModelUnavailable(model=self._name, problem=problem) from error

    def _load(self) -> Any:
        try:
            from sentence_transformers import CrossEncoder

            logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
            return CrossEncoder(self._name)
        except Exception as error:  # of all libraries that have a hand in loading
            raise ModelUnavailable(
                model=self._name,
                problem=f"it is no cross-encoder, or incomplete ({type(error).__name__}); "
                "set QUIS_RERANKER to the folder of one, or to nothing",
            ) from error
