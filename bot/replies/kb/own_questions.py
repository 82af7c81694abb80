"""The questions that a document answers, and what is wrong with them, in words."""

from collections.abc import Iterator, Sequence

from bot.catalogue import Words
from bot.replies.kb.facts import listed
from bot.replies.subject import echo
from knowledge.model import Document, OwnQuestion
from knowledge.own_questions.flaws import LONGEST, MOST, Flaw

LONGEST_LIST = 600
"""Characters of all of them on a card; its form shows the rest."""

LONGEST_SHOWN = 150
MOST_SAID = 5
"""Of those that other documents answer too."""


def questions_line(
    questions: Sequence[OwnQuestion], asked_in: str, spoken: Words
) -> str:
    """All of them on one line; what is not in the document's language says so."""
    asked = _listed(questions, asked_in, spoken)
    return spoken("kb.review.questions", questions=asked)


def questions_shown(document: Document, spoken: Words) -> str:
    """A document's, as they stand beside their name."""
    return _listed(document.questions, document.language, spoken)


def _listed(questions: Sequence[OwnQuestion], asked_in: str, spoken: Words) -> str:
    asked = [
        spoken.quoted(question.text)
        if question.language == asked_in
        else f"{spoken.quoted(question.text)} ({spoken.language_name(question.language)})"
        for question in questions
    ]
    return echo(listed(asked), LONGEST_LIST)


def flaw_line(question: OwnQuestion, flaw: Flaw, spoken: Words) -> str:
    """Why a question is not taken, and what to do."""
    limit = MOST if flaw is Flaw.TOO_MANY else LONGEST
    return spoken(
        f"kb.own.flaw.{flaw}",
        question=_shown(question.text, spoken),
        length=len(question.text),
        limit=limit,
    )


def elsewhere_lines(asked: Sequence[tuple[str, str]], spoken: Words) -> Iterator[str]:
    """Which of them are another document's too; (question, document)."""
    others: dict[str, list[str]] = {}
    for question, document in asked:
        others.setdefault(question, []).append(document)
    for question in list(others)[:MOST_SAID]:
        documents = listed(others[question][:MOST_SAID])
        shown = _shown(question, spoken)
        yield spoken("kb.own.elsewhere", question=shown, document=documents)


def _shown(question: str, spoken: Words) -> str:
    return spoken.quoted(echo(question, LONGEST_SHOWN))
