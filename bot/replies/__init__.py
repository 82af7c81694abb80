"""Every word the bot says: an answer, a refusal, what is held, or an error → a card.

Nothing here says anything about the world in words of its own: quotes are passed on
verbatim, all other words come from the catalogue. No card says yes or no.
"""

from collections.abc import Sequence
from datetime import date

from bot.cards import Card, Notice
from bot.catalogue import words
from bot.replies.answers import answered
from bot.replies.holdings import holdings
from bot.replies.refusals import refused
from bot.replies.subject import Names
from knowledge.errors import QuisError
from knowledge.model import Answer, Answered, Coverage, NoAnswer


def answer(
    given: Answer,
    names: Names,
    today: date,
    *,
    language: str | None = None,
    asked: str | None = None,
) -> Card:
    """An answer or a refusal → a card.

    Its words are in ``language``, else in the question's own, else in English.
    ``asked`` is what the person typed: where another question was understood, the card
    says which.
    """
    spoken = words(language, given.question.language)
    meant = given.question.text
    other = asked is not None and _letters(asked) != _letters(meant)
    understood = meant if other else None
    match given:
        case Answered():
            return answered(given, names, today, spoken, understood)
        case NoAnswer():
            return refused(given, names, spoken, understood)


def coverage(
    rows: Sequence[Coverage],
    names: Names,
    *,
    vendor: str | None = None,
    place: str | None = None,
    language: str | None = None,
) -> Card:
    """All that is held on a vendor, a place, both or anything → a card."""
    return holdings(rows, names, words(language), vendor, place)


def error_line(error: QuisError, language: str | None = None) -> str:
    """What went wrong and what to do, on one line."""
    spoken = words(language)
    key = f"errors.{type(error).__name__}"
    try:
        text = spoken(key, **error.subject) if key in spoken else str(error)
    except KeyError:  # raised without all that its message names
        text = str(error)
    return " ".join(text.splitlines())


def error(problem: QuisError, language: str | None = None) -> Card:
    """What went wrong and what to do → a card."""
    return Card(
        words(language)("error.title"), (Notice(error_line(problem, language)),)
    )


def unexpected(language: str | None = None) -> Card:
    """The card where the fault is ours; it tells nothing of the fault."""
    spoken = words(language)
    return Card(spoken("error.title"), (Notice(spoken("error.unexpected")),))


def _letters(text: str) -> str:
    """What is compared: cleaning a text of spaces and signs is not understanding it."""
    return "".join(character for character in text if character.isalnum())
