"""Questions as a person writes them in a form, one a line, and back.

The language of a line is told by its words; where they tell another one, or none, the
line begins with it: ``it: Clearview Italia?``. So what is shown in a form and sent again
untouched is the same.
"""

import re
from collections.abc import Mapping, Sequence

from knowledge.analysis import guess_language
from knowledge.model import LANGUAGES, OwnQuestion

ROOM = 2500
"""Characters that a form shows of them; both platforms take more."""

_SAID = re.compile(rf"({'|'.join(LANGUAGES)})\s*:\s*", re.IGNORECASE)

ByLanguage = dict[str, list[str]]
"""As the front matter has them."""


def read_lines(text: str, language: str) -> tuple[OwnQuestion, ...]:
    """The questions of a text, each once; ``language`` where their words tell none."""
    found: list[OwnQuestion] = []
    for line in text.splitlines():
        written = " ".join(line.split())
        said = _SAID.match(written)
        if said is not None:
            found.append(OwnQuestion(said[1].lower(), written[said.end() :]))
        elif written:
            found.append(OwnQuestion(guess_language(written, language), written))
    return tuple(dict.fromkeys(one for one in found if one.text))


def line_of(question: OwnQuestion, language: str) -> str:
    """A question as a line that ``read_lines`` reads back."""
    told = read_lines(question.text, language) == (question,)
    return question.text if told else f"{question.language}: {question.text}"


def in_a_form(
    questions: Sequence[OwnQuestion], language: str
) -> tuple[OwnQuestion, ...]:
    """As many as a form has room for, those in the document's ``language`` first."""
    shown: list[OwnQuestion] = []
    room = ROOM
    for question in sorted(questions, key=lambda one: one.language != language):
        room -= len(line_of(question, language)) + 1
        if room < 0:
            break
        shown.append(question)
    return tuple(shown)


def after_a_form(
    held: Sequence[OwnQuestion], text: str, language: str
) -> tuple[OwnQuestion, ...]:
    """Those of a form that was sent, then those that it had no room for."""
    shown = in_a_form(held, language)
    left = (question for question in held if question not in shown)
    return tuple(dict.fromkeys((*read_lines(text, language), *left)))


def by_language(questions: Sequence[OwnQuestion]) -> ByLanguage:
    """As the front matter has them, in their order."""
    found: ByLanguage = {}
    for question in questions:
        found.setdefault(question.language, []).append(question.text)
    return found


def of_languages(listed: Mapping[str, Sequence[str]]) -> tuple[OwnQuestion, ...]:
    """The opposite of ``by_language``."""
    return tuple(
        OwnQuestion(language, text)
        for language, texts in listed.items()
        for text in texts
    )
