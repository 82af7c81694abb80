"""What reads the meaning of texts, each with a model behind it."""

from collections.abc import Sequence
from typing import Protocol


class Embedder(Protocol):
    """Text → unit vectors. Loads its model at the first call, not before."""

    @property
    def fingerprint(self) -> str:
        """Names the model, its weights and its prompts; 8 to 40 of [a-z0-9-]."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """The supported languages that the model reads well."""
        ...

    def queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of length 1 for each question. Raises ModelUnavailable."""
        ...

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of length 1 for each passage. Raises ModelUnavailable."""
        ...


class Judge(Protocol):
    """Reads a question and a passage together: does the one answer the other?"""

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]:
        """For each pair as ``judging`` writes it, the log-odds that it does.

        Absolute: no pair depends on another. Raises ModelUnavailable.
        """
        ...

    def begin(self) -> None:
        """Begin to load what the first call needs, beside whatever is done meanwhile.

        Never raises: what cannot be loaded is told at the call.
        """
        ...


class Reranker(Protocol):
    """Orders candidates by reading each together with the question."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score a text, larger is better. Raises ModelUnavailable."""
        ...
