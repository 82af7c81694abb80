"""Whether a maker still exists, asked around its name: "Gibt es Hacking Team noch?".

Where the words stand side by side ("Hacking Team existe encore ?") the vocabulary has them.
Around a name they ask this only where nothing else is named or said: "Gibt es in Ungarn
noch Kameras von Hikvision?" asks about cameras.
"""

from collections.abc import Sequence

from knowledge.analysis import Token
from knowledge.model import Mention, MentionKind, Mentions
from knowledge.questions.phrases import phrases

CONCEPT = "insolvency"
"""The concept that says whether a maker is in business."""

AROUND = phrases(
    "does * exist|do * exist|existe * encore|existe * toujours|esiste * ancora"
    "|gibt es * noch|gibts * noch|existiert * noch|besteht * noch"
    "|existe * todavia|existe * aun"
    "|bestaat * nog|bestaan * nog|existe * ainda"
)
"""Of all languages together: three words are too few to tell one by."""

SAID = frozenset(
    "exist existe esiste gibt gibts existiert besteht bestaat bestaan".split()
)
"""The words that say so."""

STILL = frozenset(
    "still noch encore toujours ancora todavia aun nog ainda es il".split()
)
"""What else may stand there: small words, and content in a language not guessed."""


def still_there(
    words: Sequence[Token], content: Sequence[Token], mentions: Mentions
) -> Mention | None:
    """What asks it, as a mention of its concept; None where something else is asked."""
    named = {mention.kind for mention in mentions.found}
    more = {token.folded for token in content} - SAID - STILL
    if named != {MentionKind.VENDOR} or more:
        return None
    asks = AROUND.anywhere([token.folded for token in words])
    said = next((token for token in words if token.folded in SAID), None)
    if said is None or not asks:
        return None
    return Mention(MentionKind.CONCEPT, CONCEPT, said.start, said.end)
