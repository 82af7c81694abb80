"""What the judge is trained on, of this project's own: questions with questions, and
questions with passages.

A pair is the question that is asked, what is held against it, and whether that answers.
Held against it is a question that a document is known to answer, or a passage, as
``knowledge.judging`` gives them.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.analysis import fold, function_words, tokens
from knowledge.judging import MOST_COMPARED, compared, prose
from knowledge.likeness import alike
from knowledge.model import LANGUAGES, Document
from tests.evaluation.labelled import HELD_OUT
from tests.evaluation.signals import Case, Weighable

Pair = tuple[str, str, float]  # question, what is held against it, 1.0 where it answers

Group = tuple[str, Sequence[str], float]
"""A question, what may be held against it, and whether one of that answers."""

NEAR = Path(__file__).parent / "near.jsonl"

MOST_WRONG, MOST_UNANSWERED = 3, 5
"""Wrong documents for a question that has an answer, and for one that has none."""

MOST_MEANT = 11
"""Questions of a document that answers, among which the one meant is sought."""

OTHERWISE, AGAINST_ANOTHER, READ_TOO = 0.4, 0.15, 0.22
"""How many of the questions near are paired with other words, another own question, the
passage."""

BESIDE_ALL = 0.5
"""How many of the questions that nothing answers are held against all in a round."""

EASY, DOUBTFUL = -3.0, 2.0
"""Log-odds between which a question near is learned from as one that is not meant."""

BRIEF = 700
"""Characters: a body of no more is one passage, which answers all of its questions."""


def typed(text: str, language: str, chance: random.Random) -> str:
    """A question as people type it: now and then without signs, small words, a letter."""
    drawn = chance.random()
    if drawn < 0.25:
        text = text.lower().rstrip(" ?").lstrip("¿")
    elif drawn < 0.4:
        idle = function_words(language)
        kept = [token.text for token in tokens(text) if token.folded not in idle]
        text = " ".join(kept) or text
    elif drawn < 0.5:
        text = fold(text)
    if chance.random() < 0.12 and len(text) > 12:
        at = chance.randrange(3, len(text) - 3)
        swapped = text[at + 1] + text[at] if chance.random() < 0.5 else ""
        text = text[:at] + swapped + text[at + len(swapped or " ") :]
    return text


def self_taught(documents: Sequence[Document], chance: random.Random) -> Iterator[Pair]:
    """Own questions of a document, in two languages: the same, another, a stranger's."""
    listed = [entries for d in documents if (entries := parallel(d))]
    for entries in listed:
        for entry in entries:
            for _ in range(3):
                one = chance.choice(LANGUAGES)
                other = one if chance.random() < 0.35 else chance.choice(LANGUAGES)
                yield typed(entry[one], one, chance), entry[other], 1.0
                if len(entries) > 1:
                    rest = [another for another in entries if another is not entry]
                    wrong = chance.choice(rest)
                    yield typed(entry[one], one, chance), wrong[other], 0.0
            one = chance.choice(LANGUAGES)
            stranger = chance.choice(chance.choice(listed))
            if stranger is not entry:
                yield typed(entry[one], one, chance), stranger[one], 0.0


def parallel(document: Document) -> list[Mapping[str, str]]:
    """Its own questions that stand in every language: the first so many of each list."""
    lists = [
        [q.text for q in document.questions if q.language == code] for code in LANGUAGES
    ]
    entries = list(zip(*lists, strict=False))[: _parallel_by_id().get(document.id, 0)]
    return [dict(zip(LANGUAGES, entry, strict=True)) for entry in entries]


@cache
def _parallel_by_id() -> Mapping[str, int]:
    return {row.id: row.parallel for row in written()}


@dataclass(frozen=True)
class Near:
    """A line of ``near.jsonl``: what was written in readers' words beside a document.

    The document's first ``parallel`` own questions of each language are the same ones.
    ``same`` ask what its own question of that number asks, ``beside`` look like it and
    are answered by nothing; each is (language, text, number). ``held`` are (language,
    text): the document's text answers them, and none of its own questions asks them.
    """

    id: str
    parallel: int
    same: Sequence[tuple[str, str, int]]
    held: Sequence[tuple[str, str]]
    beside: Sequence[tuple[str, str, int]]


def written() -> Sequence[Near]:
    """All of ``near.jsonl``."""
    return [Near(**json.loads(line)) for line in NEAR.read_text("utf-8").splitlines()]


def near(documents: Mapping[str, Document], chance: random.Random) -> Iterator[Pair]:
    """Questions in other words, what else a document tells, and questions just beside.

    Some of each with the passage too; a third of those in other words as people type.
    """
    for row in written():
        document = documents[row.id]
        entries = parallel(document)
        same = [each for each in row.same if each[2] < len(entries)]
        for language, text, number in same:
            asked = typed(text, language, chance) if chance.random() < 0.3 else text
            yield asked, entries[number][language], 1.0
            beside = [(t, n) for code, t, n in same if code == language and t != text]
            if chance.random() < OTHERWISE:
                alike = [t for t, n in beside if n == number]
                abroad = entries[number][chance.choice(LANGUAGES)]
                yield asked, chance.choice([abroad, *alike]), 1.0
            others = [e[language] for n, e in enumerate(entries) if n != number]
            others += [t for t, n in beside if n != number]
            if others and chance.random() < AGAINST_ANOTHER:
                yield text, chance.choice(others), 0.0
            if is_brief(document) and chance.random() < READ_TOO:
                yield text, read(document), 1.0
        for _, text in row.held:
            if is_brief(document):
                yield text, read(document), 1.0
        for language, text, number in row.beside:
            if number < len(entries) and chance.random() < READ_TOO:
                yield text, entries[number][language], 0.0
            if is_brief(document) and chance.random() < READ_TOO:
                yield text, read(document), 0.0


def near_groups(
    documents: Mapping[str, Document], chance: random.Random
) -> Iterator[Group]:
    """Of the same lines, what none of a document's own questions asks.

    Of those the likeliest is the hardest to tell. What no document answers is held against
    all that are compared with it when it is asked, those in readers' words too.
    """
    for row in written():
        document = documents[row.id]
        entries = parallel(document)
        for language, text, number in row.same:
            rest = [e[language] for n, e in enumerate(entries) if n != number]
            if rest:
                yield text, rest, 0.0
        for language, text in row.held:
            if entries:
                yield text, [e[language] for e in entries], 0.0
        for language, text, _ in row.beside:
            listed = (*document.questions, *document.wordings)
            own = [q.text for q in listed if q.language == language]
            if own and chance.random() < BESIDE_ALL:
                yield text, chance.sample(own, min(MOST_COMPARED, len(own))), 0.0


def own_passages(
    documents: Mapping[str, Document], chance: random.Random
) -> Iterator[Pair]:
    """Own questions with their passage, and with one of a document on the same vendor."""
    by_name: dict[str, list[Document]] = {}
    for document in documents.values():
        by_name.setdefault(document.id.split("-")[0], []).append(document)
    for document in documents.values():
        for entry in parallel(document):
            if chance.random() > 0.3:
                continue
            language = chance.choice(LANGUAGES)
            if is_brief(document):
                asked = typed(entry[language], language, chance)
                yield asked, read(document), 1.0
            other = chance.choice(by_name[document.id.split("-")[0]])
            if other is not document and chance.random() < 0.5:
                yield typed(entry[language], language, chance), read(other), 0.0


def is_brief(document: Document) -> bool:
    """Whether its body is one passage."""
    return len(document.body) <= BRIEF


def read(document: Document) -> str:
    """A document of one passage as a judge reads it, a longer one in its beginning."""
    return f"{document.title}\n{document.body[:BRIEF]}"


Odds = Callable[[Sequence[tuple[str, str]]], Sequence[float]]


def labelled(found: Sequence[Case]) -> Iterator[Group]:
    """The labelled questions of all folds but the held-out one, with own questions.

    Of a document that answers, one of its questions is meant, and nobody said which; of
    another none is, and the likest are the hardest to tell.
    """
    for case in found:
        if case.label.fold == HELD_OUT:
            continue
        text, must = case.question.asked, set(case.label.must)
        one_each = {c.found.held.document.id: c for c in reversed(case.candidates)}
        for name, candidate in one_each.items():
            if name in must and (own := likest(case, candidate, MOST_MEANT)):
                yield text, own, 1.0
        wrong = [c for c in one_each.values() if not c.right]
        most = MOST_WRONG if case.label.answerable else MOST_UNANSWERED
        wrong.sort(key=lambda c: -best_alike(case, c))
        for candidate in wrong[:most]:
            if own := likest(case, candidate, MOST_COMPARED):
                yield text, own, 0.0


def meant(groups: Sequence[Group], odds: Odds) -> list[Pair]:
    """Of each group the text that the weights so far find likeliest.

    Learning from bags of which only the whole is labelled (Dietterich et al., 1997).
    """
    return [
        (question, text, answer) for question, text, answer, _ in _best(groups, odds)
    ]


def hard(groups: Sequence[Group], odds: Odds) -> list[Pair]:
    """As ``meant``, of what nobody labelled: without what is easily told, and without
    what the weights are so sure of that the line itself may be wrong.
    """
    return [
        (question, text, answer)
        for question, text, answer, score in _best(groups, odds)
        if EASY < score < DOUBTFUL
    ]


def _best(
    groups: Sequence[Group], odds: Odds
) -> Iterator[tuple[str, str, float, float]]:
    scores = iter(
        odds([(question, text) for question, texts, _ in groups for text in texts])
    )
    for question, texts, answer in groups:
        score, text = max((next(scores), text) for text in texts)
        yield question, text, answer, score


def likest(case: Case, candidate: Weighable, most: int) -> Sequence[str]:
    """The candidate's own questions as the judge is asked about them."""
    own = compared(case.wanted, candidate.candidate, case.question.language, most)
    return [question.text for question in own]


def best_alike(case: Case, candidate: Weighable) -> float:
    """How like the likest of its own questions is."""
    own = candidate.candidate.own
    return max((alike(case.wanted.units, question) for question in own), default=0.0)


def labelled_passages(found: Sequence[Case], chance: random.Random) -> Iterator[Pair]:
    """The labelled questions of all folds but the held-out one, with what was found."""
    for case in found:
        if case.label.fold == HELD_OUT:
            continue
        text, must = case.question.asked, set(case.label.must)
        one_each = {c.found.held.document.id: c for c in reversed(case.candidates)}
        for name, candidate in one_each.items():
            if name in must and chance.random() < 0.5:
                yield text, prose(case.wanted, candidate.candidate, case.question), 1.0
        wrong = [c for c in one_each.values() if not c.right][:8]
        for candidate in chance.sample(wrong, min(1, len(wrong))):
            yield text, prose(case.wanted, candidate.candidate, case.question), 0.0
