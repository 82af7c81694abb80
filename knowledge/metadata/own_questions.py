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
    held = merging.base.questions if merging.base else ()
    return _merged(merging, "questions", language, held, set())


def read_wordings(merging: Merging, language: str) -> tuple[OwnQuestion, ...]:
    """The same in readers' words, in the same way; they need no question mark."""
    held = merging.base.wordings if merging.base else ()
    return _merged(merging, "wordings", language, held, {Flaw.NO_QUESTION})


def _merged(
    merging: Merging,
    key: str,
    language: str,
    held: tuple[OwnQuestion, ...],
    passed: Collection[Flaw],
) -> tuple[OwnQuestion, ...]:
    stated, given = merging.stated.get(key), merging.given.get(key)
    if not stated and not given:
        return () if given == {} else held
    # What was held before somebody asked for question marks is exported and read again;
    # of a file that is for the linter to say, of a person it is told at once.
    of_file = _read(merging, key, stated, language, {Flaw.NO_QUESTION})
    of_person = _read(merging, key, given, language, passed)
    return tuple(dict.fromkeys((*of_file, *of_person)))


def _read(
    merging: Merging,
    key: str,
    listed: object,
    language: str,
    passed: Collection[Flaw],
) -> list[OwnQuestion]:
    if not listed:
        return []
    if isinstance(listed, (list, tuple)):
        listed = {language: listed}
    if not isinstance(listed, Mapping):
        merging.problems.append(
            f"{key}: write a list under each language, as in en: [Who …?]"
        )
        return []
    found: list[OwnQuestion] = []
    for code, texts in listed.items():
        read = merging.read(key, code, values.language)
        if read is not None:
            found += _in_one_language(merging, f"{key} in {read}", read, texts, passed)
    return found


def _in_one_language(
    merging: Merging,
    where: str,
    language: str,
    texts: object,
    passed: Collection[Flaw],
) -> list[OwnQuestion]:
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
