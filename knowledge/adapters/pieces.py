"""Text → pieces of words, by the likeliest parting of each word (unigram model).

What ``tokenizers`` does with the same file, and its normaliser and its cutting into words
are used here too. Its tree of pieces is not: it takes 30 MB for fifty thousand of them,
where a ``dict`` takes a quarter. A word is parted once and remembered.

Kudo, "Subword Regularization", ACL 2018, section 3.2.
"""

import json
from array import array
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

MOST_REMEMBERED = 20_000
"""Words whose pieces are kept: some 5 MB at the most."""

UNKNOWN_COSTS = 10.0
"""How much less likely than the rarest piece a letter is that is none (SentencePiece)."""


class Pieces:
    """Safe to share between threads."""

    def __init__(self, file: Path) -> None:
        """``file`` is a ``tokenizer.json`` of a unigram model.

        Raises what reading it raises: OSError, ValueError, KeyError, and of the library
        bare exceptions.
        """
        from tokenizers import Tokenizer

        told = json.loads(file.read_text("utf-8"))
        held, self._unknown = told["model"]["vocab"], told["model"]["unk_id"]
        signs = {sign["content"] for sign in told["added_tokens"]}
        self._numbers = {
            piece: number
            for number, (piece, _) in enumerate(held)
            if piece not in signs  # the model's own, which no text can write
        }
        self._worth = array("d", (worth for _, worth in held))
        self._longest = max(map(len, self._numbers))
        self._of_unknown = min(self._worth) - UNKNOWN_COSTS
        told["model"] |= {"vocab": held[: self._unknown + 1]}
        told["added_tokens"] = []
        rest: Any = Tokenizer.from_str(json.dumps(told))
        self._normalised = rest.normalizer.normalize_str
        self._words = rest.pre_tokenizer.pre_tokenize_str
        self._parted = lru_cache(MOST_REMEMBERED)(self._best)

    def __call__(self, text: str) -> list[int]:
        """The numbers of the pieces, in order; no sign for a start or an end."""
        whole = text.encode("utf-8", "replace").decode()  # half characters
        words = self._words(self._normalised(whole))
        return [number for word, _ in words for number in self._parted(word)]

    def _best(self, word: str) -> Sequence[int]:
        """The pieces of one word whose worth is most, taken together."""
        worth = [0.0] + [float("-inf")] * len(word)
        last: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)  # where from, which
        for start in range(len(word)):
            for end in range(start + 1, min(start + self._longest, len(word)) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None:
                    reached = worth[start] + self._worth[number]
                elif end == start + 1:
                    number, reached = self._unknown, worth[start] + self._of_unknown
                else:
                    continue
                if reached > worth[end]:
                    worth[end], last[end] = reached, (start, number)
        found: list[int] = []
        end = len(word)
        while end:
            end, number = last[end]
            if number != self._unknown or found[-1:] != [number]:
                found.append(number)  # unknown letters side by side are one piece
        return tuple(reversed(found))
