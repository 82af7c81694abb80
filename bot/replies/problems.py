"""What is wrong with what was filled in or written, in the reader's words.

The engine names a key as it stands in a file; a person is told its label.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.catalogue import Words
from bot.replies.subject import echo
from knowledge.metadata import Problem
from knowledge.model import PartialDate

LONGEST_VALUE = 80
"""Characters of what somebody wrote that are said back."""


def told(problems: Iterable[str | Problem], words: Words) -> str:
    """All of them on one line."""
    return "; ".join(_told(each, words) for each in problems)


def _told(problem: str | Problem, words: Words) -> str:
    if isinstance(problem, str):
        return problem
    known = f"kb.field.{problem.key}"
    label = problem.named(words(known) if known in words else problem.key)
    if not problem.name:
        return f"{label}{problem.says}"
    values = _shown(problem.values, words)
    return words(f"problem.{problem.name}", field=label, **values)


def _shown(values: Mapping[str, object], words: Words) -> dict[str, str]:
    """Dates as the language writes them, and what was written between its marks."""
    shown = {}
    for name, value in values.items():
        if isinstance(value, PartialDate | date):
            shown[name] = words.dated(value)
        else:
            shown[name] = words.quoted(echo(str(value), LONGEST_VALUE))
    return shown
