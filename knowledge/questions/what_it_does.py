"""What a maker does: "What does Fog Data Science do?" asks no more than what it is.

Read as its latest news, the question was answered with whatever is newest on the maker.
With more around the name ("What does Clearview do in Italy?") that is what is asked.
"""

from collections.abc import Sequence

from knowledge.analysis import Token
from knowledge.model import MentionKind, Mentions
from knowledge.questions.phrases import phrases

ASKED = phrases(
    "what does * do|what do * do|que fait|cosa fa|che cosa fa|che fa|was macht"
    "|que hace|a que se dedica|wat doet|o que faz|que faz"
)
"""Of all languages together: few words are left to tell one by."""

SAID = frozenset({"macht", "dedica"})
"""The words that say so and are no idle ones elsewhere."""


def asks_what_it_does(
    words: Sequence[Token], content: Sequence[Token], mentions: Mentions
) -> bool:
    """Whether a question that names makers and nothing else asks what they do."""
    named = {mention.kind for mention in mentions.found}
    more = {token.folded for token in content} - SAID
    if named != {MentionKind.VENDOR} or more:
        return False
    return bool(ASKED.standing([token.folded for token in words], 0))
