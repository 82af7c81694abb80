"""Whether places in a question stand side by side: "in Italy or Greece" asks about either.

"Did the US pay for Colombia's Pegasus?" asks about both at once.
"""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.analysis import Token
from knowledge.model import Mention, MentionKind

JOINING = frozenset(
    "and or nor versus vs as well et ou ni ainsi que e o oppure ed und oder sowie y u en of"
    " ook in im nel nella negli au aux a al alla dans na no nas nos em the la le les il lo"
    " das die der den el los las het de do da dos das than compared to with".split()
)
"""What may stand between two that are joined, folded; of all languages together."""


def side_by_side(words: Sequence[Token], found: Sequence[Mention]) -> bool:
    """Whether nothing but small words stands between two of the places that are named."""
    places = [m for m in found if m.kind is MentionKind.PLACE]
    for first, second in pairwise(places):
        between = [w for w in words if first.end <= w.start and w.end <= second.start]
        if first.id != second.id and all(w.folded in JOINING for w in between):
            return True
    return False
