"""Which of a document's own questions does one of its passages answer?

A document's editors wrote the questions that its words answer. They are metadata of the
whole document; to be found by them and weighed by them is for the passage that answers.
"""

from collections.abc import Sequence

from knowledge.analysis import function_words, stem, tokens
from knowledge.model import HeldPassage, OwnQuestion

ENOUGH = 0.75
"""Of the words that a question shares with the document, how many the passage holds."""

OFFERED = 6
"""Of a document's questions in one language, how many are put to readers: the first. Those
behind them are the same in other words, as people type, and are only compared."""


def answered_by(
    held: HeldPassage, questions: Sequence[OwnQuestion] | None = None
) -> tuple[OwnQuestion, ...]:
    """Those of the document's ``questions``, else of all, that this passage answers.

    In order. All of them where it is the whole text. Else those of whose words it holds
    nearly all that the document does; one that shares no word (it is in another language)
    goes with every passage.
    """
    document, passage = held.document, held.passage
    questions = document.questions if questions is None else tuple(questions)
    if not questions or is_whole(held):
        return questions
    whole = _words(document.body, document.language)
    inside = _words(passage.text, document.language)
    return tuple(
        question
        for question in questions
        if _holds(_words(question.text, question.language), inside, whole)
    )


def is_whole(held: HeldPassage) -> bool:
    """Whether the passage is all of its document's text, or nearly."""
    return len(held.passage.text) >= 0.9 * len(held.document.body.strip())


def offered(questions: Sequence[OwnQuestion], language: str) -> frozenset[str]:
    """Those of a document in a language that may be put to a reader, as texts."""
    listed = [question.text for question in questions if question.language == language]
    return frozenset(listed[:OFFERED])


def readable(
    questions: Sequence[OwnQuestion], language: str, reads: frozenset[str]
) -> tuple[OwnQuestion, ...]:
    """Those for a model that ``reads`` some languages: one language is enough for it.

    The document's own ``language`` where the model reads it, else the first that it does.
    """
    held = dict.fromkeys(q.language for q in questions if q.language in reads)
    chosen = language if language in held else next(iter(held), None)
    return tuple(q for q in questions if q.language == chosen)


def _holds(
    asked: frozenset[str], inside: frozenset[str], whole: frozenset[str]
) -> bool:
    return len(asked & inside) >= ENOUGH * len(asked & whole)


def _words(text: str, language: str) -> frozenset[str]:
    idle = function_words(language)
    folded = {token.folded for token in tokens(text)} - idle
    return frozenset(stem(word, language) for word in folded)
