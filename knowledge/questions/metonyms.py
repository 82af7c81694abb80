"""A city that stands for more than its country: who asks what Brussels says means the Union."""

from collections.abc import Sequence

from knowledge.analysis import Token

SEATS = dict.fromkeys("brussels bruxelles brussel bruselas bruxelas".split(), "EU")
"""The city, folded → whose seat it is."""


def seated(words: Sequence[Token]) -> frozenset[str]:
    """The ids of places that may be meant by a city."""
    return frozenset(SEATS[word.folded] for word in words if word.folded in SEATS)
