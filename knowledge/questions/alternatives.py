"""Whether places in a question stand side by side: "in Italy or Greece" asks about either.

"Did the US pay for Colombia's Pegasus?" and "from Italy to Egypt" are on both at once.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.analysis import Token
from knowledge.model import Mention, MentionKind

JOINING = frozenset(
    "and or nor versus vs compared et ou ni ainsi e o oppure ed und oder sowie y u en of"
    " ook".split()
)
"""Words that join, folded; of all languages together. A comma or a stroke joins too."""

SMALL = JOINING | frozenset(
    "as well que in im nel nella negli au aux a al alla dans na no nas nos em the la le"
    " les il lo das die der den el los las het de do da dos than to with".split()
)
"""What may stand beside it between the two."""

_SIGNS = re.compile(r"[,/;+&]")


def side_by_side(text: str, words: Sequence[Token], found: Sequence[Mention]) -> bool:
    """Whether two of the places that are named are joined by small words alone."""
    places = [m for m in found if m.kind is MentionKind.PLACE]
    for first, second in pairwise(places):
        if first.id == second.id:
            continue
        between = [w for w in words if first.end <= w.start and w.end <= second.start]
        joined = any(w.folded in JOINING for w in between) or _SIGNS.search(
            text, first.end, second.start
        )
        if joined and all(w.folded in SMALL for w in between):
            return True
    return False
