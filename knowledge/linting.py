"""What is wrong with a folder of documents, seen together: rules on values alone.

Each file by itself is judged by ``metadata``; here stands what only shows in company.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.model import Document, Relation
from knowledge.own_questions.flaws import flaw_of
from knowledge.passages import cut, sentences
from knowledge.resemblance import NEAR_DUPLICATE, resemblance, sketch

LONGEST_SENTENCE = 1000
"""Characters: a quote is never cut inside a sentence, and no card shows a longer one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, in one line."""

    path: str
    message: str


Files = Sequence[tuple[str, Document]]


def together(files: Files) -> tuple[Problem, ...]:
    """All that is wrong with documents that each can be read, by path."""
    found: list[Problem] = []
    for rule in (
        *(_same_ids, _same_texts, _near_duplicates, _links),
        *(_long_sentences, _own_questions),
    ):
        found += rule(files)
    return tuple(sorted(found, key=lambda problem: (problem.path, problem.message)))


def _same_ids(files: Files) -> Iterator[Problem]:
    return _same(files, lambda document: document.id, "id")


def _same_texts(files: Files) -> Iterator[Problem]:
    return _same(files, lambda document: document.body, "text")


def _same(files: Files, key: Callable[[Document], str], what: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, document in files:
        first = seen.setdefault(key(document), path)
        if first != path:
            yield Problem(path, f"{path} has the {what} of {first}: leave one out")


def _near_duplicates(files: Files) -> Iterator[Problem]:
    sketches = [sketch(document.body) for _, document in files]
    holders: dict[int, list[int]] = {}
    for number, prints in enumerate(sketches):
        shared = Counter(other for p in prints for other in holders.get(p, ()))
        for other, count in sorted(shared.items()):
            alike = resemblance(count, len(prints), len(sketches[other]))
            (path, document), (_, earlier) = files[number], files[other]
            if alike >= NEAR_DUPLICATE and document.body != earlier.body:
                yield Problem(
                    path,
                    f"{document.id} is nearly the same as {earlier.id} "
                    f"({round(100 * alike)} %): make one of the two",
                )
        for value in prints:
            holders.setdefault(value, []).append(number)


def _links(files: Files) -> Iterator[Problem]:
    """Links that lead nowhere, are said twice, or gainsay each other."""
    known = {document.id for _, document in files}
    said = {
        (document.id, link.relation, link.document)
        for _, document in files
        for link in document.links
    }
    for path, document in files:
        for (relation, target), times in Counter(
            (link.relation, link.document) for link in document.links
        ).items():
            link = f"{document.id} {relation} {target}"
            if target not in known:
                yield Problem(
                    path, f"{link}, which is not there: mend or drop the link"
                )
            elif times > 1:
                yield Problem(path, f"{link} is said twice: leave one out")
            elif (target, relation, document.id) in said and document.id < target:
                both = relation is Relation.CONTRADICTS
                advice = (
                    "say it once" if both else "one came first; drop one of the two"
                )
                yield Problem(path, f"{link} and the other way round: {advice}")


def _long_sentences(files: Files) -> Iterator[Problem]:
    for path, document in files:
        for passage in cut(document):
            longest = max(
                (s.end - s.start for s in sentences(passage.text, passage.language)),
                default=0,
            )
            if longest > LONGEST_SENTENCE:
                yield Problem(
                    path,
                    f"{document.id} {passage.locator} has a sentence of {longest} "
                    f"characters; no card shows more than {LONGEST_SENTENCE}",
                )


def _own_questions(files: Files) -> Iterator[Problem]:
    for path, document in files:
        for question in document.questions:
            if flaw_of(question.text) is not None:
                yield Problem(
                    path,
                    f"{document.id} answers {question.text!r}, which is no question: end "
                    "it with a question mark, or leave it out",
                )
