"""The cards of a gallery for what a person takes away: citations, evidence, a dossier.

What is in the files is beside the point here.
"""

from collections.abc import Iterator, Sequence

from bot import replies
from bot.cards import Card
from bot.dossier import ENDINGS, file_name
from knowledge.library import Library
from knowledge.model import Evidence

VENDOR = "clearview-ai"


def cards(
    library: Library, evidence: Sequence[Evidence], key: str, language: str
) -> Iterator[tuple[str, Card]]:
    """Each with its name."""
    names = library.vocabulary
    numbers = range(1, len(evidence[: replies.SHOWN]) + 1)
    yield (
        "cite",
        replies.cite(evidence[0], number=1, others=numbers, key=key, language=language),
    )
    yield (
        "evidence",
        replies.evidence_pack("evidence.zip", b"PK", number=1, language=language),
    )
    files = [(file_name(VENDOR, None, ending), b"...") for ending in ENDINGS]
    for name, held in (("dossier", len(evidence)), ("dossier-empty", 0)):
        card = replies.dossier(
            files if held else [], held, names, vendor=VENDOR, language=language
        )
        yield name, card
