"""The questions that a document answers: lists in the front matter, by language."""

from collections.abc import Mapping

from knowledge.metadata import values
from knowledge.metadata.merging import Merging
from knowledge.model import OwnQuestion

LONGEST = 300
"""Characters of a question; a longer one is no question that anybody would ask."""

MOST = 50
"""Questions in one language."""


def read_own_questions(merging: Merging, language: str) -> tuple[OwnQuestion, ...]:
    """All questions, by language in the order written, each once.

    ``language`` is the document's own, of a list that names none. Those of a file win
    over those given; where neither has any, those held stay.
    """
    listed = merging.stated.get("questions") or merging.given.get("questions")
    if not listed:
        return merging.base.questions if merging.base else ()
    if isinstance(listed, (list, tuple)):
        listed = {language: listed}
    if not isinstance(listed, Mapping):
        merging.problems.append(
            "questions: write a list under each language, as in en: [Who …?]"
        )
        return ()
    found: list[OwnQuestion] = []
    for code, texts in listed.items():
        read = merging.read("questions", code, values.language)
        if read is not None:
            found += _in_one_language(merging, read, texts)
    return tuple(dict.fromkeys(found))


def _in_one_language(
    merging: Merging, language: str, texts: object
) -> list[OwnQuestion]:
    where = f"questions in {language}"
    if not isinstance(texts, (list, tuple)) or len(texts) > MOST:
        merging.problems.append(f"{where}: write a list of at most {MOST}")
        return []
    found = []
    for text in texts:
        said = " ".join(text.split()) if isinstance(text, str) else ""
        if said and len(said) <= LONGEST:
            found.append(OwnQuestion(language, said))
        else:
            problem = f"write each as a text of 1 to {LONGEST} characters"
            merging.problems.append(f"{where}: {problem}")
    return found
