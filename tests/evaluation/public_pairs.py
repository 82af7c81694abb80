"""What the judge is trained on, of public sets: questions with the passages of a text.

SQuAD 2.0 has questions that look as if a text answered them; PIAF (French) and XQuAD
have questions in other languages. Of SQuAD 2.0 the titles of ``CHECKED`` are left out, to
see by. None of it is part of the project.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any

from knowledge.analysis import tokens
from knowledge.passages import sentences
from tests.evaluation.judge_pairs import Pair

CHECKED = ("French and Indian War", "Islamism")
PIECE = 650
"""Characters of a part of a text, about those of a passage."""

Row = Mapping[str, Any]


def squad(folder: Path, chance: random.Random) -> Iterator[Pair]:
    """Each question with each part of the text it was written against, and of another."""
    texts, asked = _texts(folder), list(_asked(folder))
    unlike = _search(texts)
    for question, answer in asked:
        own = _written_against(answer)
        if own is None or texts[own]["title"] in CHECKED:
            continue
        yield from _against(question, answer, texts[own], lambda: True)
        for other in unlike(question, own):
            if texts[other]["title"] not in CHECKED:
                yield question, chance.choice(_parts(texts[other]))[1], 0.0


def abroad(
    folder: Path,
    chance: random.Random,
    share: float,
    learned: Callable[[str], bool] = lambda text: True,
) -> Iterator[Pair]:
    """A share of the questions of PIAF or XQuAD, each with a text in its language.

    ``learned`` says by its id whether a text may be seen at all.
    """
    texts = {name: row for name, row in _texts(folder).items() if learned(name)}
    unlike = _search(texts)
    for question, answer in _asked(folder):
        if chance.random() > share:
            continue
        span = chance.choice(answer["spans"])
        own = str(span["doc-id"])
        if own not in texts:
            continue
        yield from _against(
            question, answer, texts[own], lambda: chance.random() < 0.25
        )
        for other in unlike(question, own):
            if texts[other]["lang"] == texts[own]["lang"] and chance.random() < 0.4:
                yield question, chance.choice(_parts(texts[other]))[1], 0.0


def checked(folder: Path) -> Iterator[tuple[str, Sequence[str], bool]]:
    """The questions on the titles left out: text, the parts of its text, answerable."""
    texts = _texts(folder)
    for question, answer in _asked(folder):
        own = _written_against(answer)
        if own is not None and texts[own]["title"] in CHECKED:
            parts = [part for _, part in _parts(texts[own])]
            yield question, parts, bool(answer["answerable"])


def _against(
    question: str, answer: Row, text: Row, wrong: Callable[[], bool]
) -> Iterator[Pair]:
    starts = [s["start"] for s in answer["spans"] if s["doc-id"] == text["id"]]
    for (start, end), part in _parts(text):
        answers = any(start <= at < end for at in starts)
        if answers or wrong():
            yield question, part, float(answers)


def _written_against(answer: Row) -> str | None:
    spans = answer["spans"]
    return str(spans[0]["doc-id"]) if spans else answer.get("written-against")


def _parts(text: Row) -> list[tuple[tuple[int, int], str]]:
    """Runs of whole sentences of about equal length, under the text's title."""
    body = str(text["text"])
    usual = max(300.0, 1.15 * len(body) / -(-len(body) // PIECE))
    runs: list[tuple[int, int]] = []
    for span in sentences(body, str(text["lang"])):
        if runs and span.end - runs[-1][0] <= usual:
            runs[-1] = (runs[-1][0], span.end)
        else:
            runs.append((span.start, span.end))
    title = str(text.get("title") or "").strip()
    return [((a, b), f"{title}\n{body[a:b]}".strip()) for a, b in runs]


def _search(texts: Mapping[str, Row]) -> Callable[[str, str], Sequence[str]]:
    """A plain search by rare words: question, own text → the likest other text."""
    words = {
        name: {t.folded for t in tokens(text["text"])} for name, text in texts.items()
    }
    known = Counter(word for held in words.values() for word in held)

    def likest(question: str, own: str) -> Sequence[str]:
        asked = {t.folded for t in tokens(question)}
        scores = {
            name: sum(log(len(texts) / known[word]) for word in asked & held)
            for name, held in words.items()
            if name != own
        }
        return sorted(scores, key=lambda name: -scores[name])[:1]

    return likest


def _texts(folder: Path) -> Mapping[str, Row]:
    return {row["id"]: row for row in _rows(folder / "corpus.jsonl")}


def _asked(folder: Path) -> Iterator[tuple[str, Row]]:
    answers = {row["query-id"]: row for row in _rows(folder / "answers.jsonl")}
    for row in _rows(folder / "queries.jsonl"):
        yield str(row["text"]), answers[row["id"]]


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)
