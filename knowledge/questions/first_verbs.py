"""The verb with which a question begins in Spanish, Portuguese or Italian.

Before a name it is capitalised and no part of it: ``¿Compró Mercadona …?``
"""

from collections.abc import Sequence

from knowledge.analysis import Token

LISTED = frozenset(
    "podia podian podria podrian pudo debia debian deberia deberian queria querian tenia"
    " tenian habia habian hacia hacian poteva potevano potrebbe potrebbero doveva dovevano"
    " dovrebbe dovrebbero aveva avevano podiam poderia poderiam devia deviam deveria"
    " deveriam tinha tinham havia".split()
)
"""Frequent ones whose endings names have too (``María``), folded."""

PAST_ENDINGS = {
    "es": ("ó", "aron", "ieron"),
    "pt": ("ou", "iu", "aram", "eram", "iram"),
    "it": ("ò", "ava", "avano", "evano"),
}
"""Of verbs in the past, with accents, as no name ends."""

INFINITIVE_ENDINGS = {
    "es": ("ar", "er", "ir"),
    "pt": ("ar", "er", "ir"),
    "it": ("are", "ere", "ire"),
}

BEFORE_OBJECT = frozenset(
    "a la el los las un una unos unas o os as um uma il lo gli le i".split()
)
"""Behind an infinitive, of which ``¿Clasificar a …?`` asks."""


def begins_as_verb(words: Sequence[Token], language: str) -> bool:
    """Whether the first of these words, which begins a sentence, is a verb by its form."""
    word, *after = words[:2]
    if word.folded in LISTED:
        return True
    if word.text.lower().endswith(PAST_ENDINGS.get(language, ())):
        return True
    infinitive = word.folded.endswith(INFINITIVE_ENDINGS.get(language, ()))
    return infinitive and any(each.folded in BEFORE_OBJECT for each in after)
