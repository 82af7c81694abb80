"""Which of many texts may be a few edits away from a word, by the pairs of letters in both.

One edit changes three pairs at most: an insertion, a deletion, another letter or two
letters changed about. So whoever is near shares nearly all, and to count what is shared
takes a few steps for all texts at once: each has its bit in a number for every pair.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

PAIRS_AN_EDIT = 3
"""Two letters changed about change the pair of them, and the one on either side."""

_Pair = tuple[str, int]


class Bigrams:
    """Texts to be found, each within so many edits. Immutable."""

    def __init__(self, texts: Sequence[str], edits: Sequence[int]) -> None:
        """``edits`` are those within which each of the texts is to be found."""
        having: dict[_Pair, int] = defaultdict(int)
        alike: dict[tuple[int, int], int] = defaultdict(int)
        for number, (text, most) in enumerate(zip(texts, edits, strict=True)):
            alike[most, len(text)] |= 1 << number
            for pair in _pairs(text):
                having[pair] |= 1 << number
        self._having: Mapping[_Pair, int] = dict(having)
        self._alike: Mapping[tuple[int, int], int] = dict(alike)
        self._edits = frozenset(edits)

    def near(self, written: str) -> Iterator[int]:
        """The numbers of all texts that are near enough, and of few others, in order."""
        shared = self._counted(written)
        own = len(written)
        found = 0
        for most in self._edits:
            for length in range(own - most, own + most + 1):
                if texts := self._alike.get((most, length)):
                    fewest = max(own, length) + 1 - PAIRS_AN_EDIT * most
                    found |= texts & _at_least(fewest, shared)
        while found:
            lowest = found & -found
            yield lowest.bit_length() - 1
            found ^= lowest

    def _counted(self, written: str) -> Sequence[int]:
        """How many pairs each text shares, as binary digits: the ones, the twos, …"""
        digits: list[int] = []
        for pair in _pairs(written):
            carry = self._having.get(pair, 0)
            for place, digit in enumerate(digits):
                if not carry:
                    break
                digits[place], carry = digit ^ carry, digit & carry
            if carry:
                digits.append(carry)
        return digits


def _pairs(text: str) -> Iterator[_Pair]:
    """Each pair of letters, its ends too, with how many of the same stood before it."""
    before: dict[str, int] = {}
    text = f" {text} "
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        count = before.get(pair, 0)
        before[pair] = count + 1
        yield pair, count


def _at_least(fewest: int, digits: Sequence[int]) -> int:
    """The texts whose count is so large; -1 stands for all of them."""
    if fewest <= 0:
        return -1
    if fewest >> len(digits):
        return 0
    more, same = 0, -1
    for place in reversed(range(len(digits))):
        if fewest >> place & 1:
            same &= digits[place]
        else:
            more |= same & digits[place]
            same &= ~digits[place]
    return more | same
