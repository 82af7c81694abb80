"""The questions that a document answers: lists in the front matter, by language."""

from collections.abc import Collection, Mapping

from knowledge.metadata import values
from knowledge.metadata.merging import Merging
from knowledge.model import OwnQuestion
from knowledge.own_questions.flaws import LONGEST, MOST, Flaw, flaw_of


def read_own_questions(merging: Merging, language: str) -> tuple[OwnQuestion, ...]:
    """All questions, by language in the order written, each once.

    ``language`` is the document's own, of a list that names none. To those of a file
    those given are added; where neither says anything, those held stay. An empty mapping
    that is given says that there are none.
    """
    stated, given = merging.stated.get("questions"), merging.given.get("questions")
    if not stated and not given:
        held = merging.base.questions if merging.base else ()
        return () if given == {} else held
    # What was held before somebody asked for question marks is exported and read again;
    # of a file that is for the linter to say, of a person it is told at once.
    found = _read(merging, stated, language, {Flaw.NO_QUESTION}) if stated else []
    found += _read(merging, given, language, set()) if given else []
    return tuple(dict.fromkeys(found))


def _read(
    merging: Merging, listed: object, language: str, passed: Collection[Flaw]
) -> list[OwnQuestion]:
    if isinstance(listed, (list, tuple)):
        listed = {language: listed}
    if not isinstance(listed, Mapping):
        merging.problems.append(
            "questions: write a list under each language, as in en: [Who …?]"
        )
        return []
    found: list[OwnQuestion] = []
    for code, texts in listed.items():
        read = merging.read("questions", code, values.language)
        if read is not None:
            found += _in_one_language(merging, read, texts, passed)
    return found


def _in_one_language(
    merging: Merging, language: str, texts: object, passed: Collection[Flaw]
) -> list[OwnQuestion]:
    where = f"questions in {language}"
    if not isinstance(texts, (list, tuple)) or len(texts) > MOST:
        merging.problems.append(f"{where}: write a list of at most {MOST}")
        return []
    found = []
    for text in texts:
        said = " ".join(text.split()) if isinstance(text, str) else ""
        flaw = flaw_of(said)
        if said and (flaw is None or flaw in passed):
            found.append(OwnQuestion(language, said))
        elif said and flaw is Flaw.NO_QUESTION:
            problem = (
                f"{values.shown(said)} is no question: end it with a question mark"
            )
            merging.problems.append(f"{where}: {problem}")
        else:
            problem = f"write each as a text of 1 to {LONGEST} characters"
            merging.problems.append(f"{where}: {problem}")
    return found
