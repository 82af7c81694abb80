"""Words that English uses often, by the encoder's list of pieces: it has them whole.

Such a word is no name by itself: ``ring``, ``oracle``, ``bridge``. The list of a BERT
tokenizer is made by frequency (Devlin et al. 2019, section 3), so what stands there in
one piece is a common word or name.
"""

import json
from functools import cached_property
from pathlib import Path


class CommonWords:
    """Implements ``terms.rules.Ordinary``; the list is read with the first word."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = tokenizer

    def __call__(self, word: str) -> bool:
        """Whether it is a common word. Where there is no list, none is."""
        return word in self._words

    def all(self) -> frozenset[str]:
        """Every common word."""
        return self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        try:
            told = json.loads(self._tokenizer.read_text("utf-8"))
            pieces = told["model"]["vocab"]
        except (OSError, ValueError, KeyError):
            return frozenset()
        return frozenset(piece for piece in pieces if str(piece).isalpha())
