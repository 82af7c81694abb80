"""What the judge learns from of ``near.jsonl``: each question written beside a document,
with what is compared of that document when it is asked.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from knowledge.evidence import Candidate
from knowledge.judging import compared, prose
from knowledge.library import Library
from knowledge.model import LANGUAGES, Document, Status
from tests.evaluation.groups import Group, Kind
from tests.evaluation.judge_groups import WAYS, others, ways
from tests.evaluation.judge_pairs import Near, parallel

MOST_LOOKED_AT = 60
"""Own questions of a passage among which those that ask something else are sought: the
likest few are nearly all in other words of the one meant."""

MOST_BESIDE = 2
"""Passages of a document that a question just beside is held against."""

IN_ANY_LANGUAGE = 0.5
"""How many questions in other words are held against one in any language too."""


class Held(NamedTuple):
    """A passage's own questions, the likest first, and the passage itself where its
    document has no other: among several nobody said which answers.
    """

    own: Sequence[str]
    passage: str | None


Against = Callable[[str, str], Sequence[Held]]
"""Question, its language → what each passage of a document holds against it."""


def near(
    library: Library, rows: Iterable[Near], chance: random.Random
) -> Iterator[Group]:
    """What was written beside each document that the library has, held against it."""
    documents = {d.id: d for d in library.documents(Status.PUBLISHED)}
    for row in rows:
        if row.id not in documents:
            continue
        document = documents[row.id]
        against = _against(library, document)
        for group in (
            *_in_other_words(row, document, against, chance),
            *_told_or_beside(row, against, chance),
        ):
            if group.compared or group.passage:
                yield group


def passages_of(library: Library, document: Document) -> list[Candidate]:
    """A published document's passages, read, in order."""
    answering = library.answering
    store = answering.retrieval.store
    ids = [p.id for p in store.passages(document.id, document.revision)]
    published = store.published(ids)
    return [answering.readings.of(published[one]) for one in ids if one in published]


def _against(library: Library, document: Document) -> Against:
    answering = library.answering
    retrieval, readings = answering.retrieval, answering.readings
    passages = passages_of(library, document)
    read: dict[str, list[Candidate]] = {}

    def against(text: str, language: str) -> list[Held]:
        if language not in read:
            read[language] = [readings.asked(one, language) for one in passages]
        question = library.read(text, language)
        wanted = retrieval.demand(question)
        held = []
        for one in read[language]:
            own = compared(wanted, one, language, MOST_LOOKED_AT)
            whole = prose(wanted, one, question) if len(passages) == 1 else None
            held.append(Held([each.text for each in own], whole))
        return held

    return against


def _in_other_words(
    row: Near, document: Document, against: Against, chance: random.Random
) -> Iterator[Group]:
    """Each question with what has the one meant, with what has not, and with that alone."""
    entries = parallel(document)
    meant = {(language, text): n for language, text, n in reversed(row.same)}
    for n, entry in enumerate(entries):
        meant |= dict.fromkeys(entry.items(), n)
    for language, text, number in row.same:
        if number >= len(entries):
            continue
        as_typed = ways(text, language, WAYS, chance)
        group = partial(Group, question=text, ways=as_typed)
        for own, passage in against(text, language):
            asking = {each: meant.get((language, each)) for each in own}
            if passage or number in asking.values():
                yield group(
                    kind=Kind.OTHER_WORDS,
                    compared=others(text, own),
                    same=True,
                    passage=passage,
                    answers=True,
                )
            # What nobody gave a number may be the same as well.
            rest = [one for one, n in asking.items() if n not in (number, None)]
            yield group(kind=Kind.NOT_MEANT, compared=others(text, rest))
        its_own = entries[number][language]
        yield group(kind=Kind.ITS_OWN, compared=others(text, [its_own]), same=True)
        if chance.random() < IN_ANY_LANGUAGE:
            other = chance.choice(LANGUAGES)
            said = [t for (code, t), n in meant.items() if (code, n) == (other, number)]
            alike = others(text, [chance.choice(said)])
            yield group(kind=Kind.ANY_LANGUAGE, compared=alike, same=True)


def _told_or_beside(
    row: Near, against: Against, chance: random.Random
) -> Iterator[Group]:
    """What a text answers and none of its questions asks; and what neither does."""
    asked = [(Kind.HELD, language, text) for language, text in row.held]
    asked += [(Kind.BESIDE, language, text) for language, text, _ in row.beside]
    for kind, language, text in asked:
        as_typed = ways(text, language, WAYS, chance)
        most = MOST_BESIDE if kind is Kind.BESIDE else 1
        for own, passage in against(text, language)[:most]:
            yield Group(
                kind=kind,
                question=text,
                ways=as_typed,
                compared=others(text, own),
                passage=passage,
                answers=kind is Kind.HELD,
            )
