"""Labelled sets as folders of JSON Lines, read whole and checked line by line."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Never

from knowledge.errors import InvalidDataset
from knowledge.evaluation.measures import SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A document of a set, or, without a title, one of its questions."""

    id: str
    text: str
    language: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """``text[start:end]`` of a document answers."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Key:
    """Whether a question can be answered from the corpus, and where."""

    answerable: bool
    spans: tuple[AnswerSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A set with a corpus of its own. ``relevance``: question → document → grade."""

    corpus: tuple[Text, ...]
    queries: tuple[Text, ...]
    relevance: Mapping[str, Mapping[str, int]]
    keys: Mapping[str, Key] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuestion:
    """A question over the knowledge base itself.

    ``context`` are earlier questions, oldest first; of ``must`` one document has to be
    among the first three; ``relevant`` are the documents that may be shown.
    """

    id: str
    text: str
    language: str
    answerable: bool
    context: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()


def read_dataset(folder: Path) -> Benchmark | tuple[CheckedQuestion, ...]:
    """A set with a corpus where there is one, else questions over the knowledge base.

    Raises InvalidDataset, naming file and line.
    """
    if not folder.is_dir():
        raise InvalidDataset(path=folder, problem="there is no such folder")
    if (folder / "corpus.jsonl").exists():
        return _benchmark(folder)
    if (folder / "questions.jsonl").exists():
        return _questions(folder / "questions.jsonl")
    raise InvalidDataset(
        path=folder,
        problem="it holds neither corpus.jsonl (with queries.jsonl and qrels.tsv) nor "
        "questions.jsonl",
    )


def sample(
    dataset: Benchmark | tuple[CheckedQuestion, ...], size: int
) -> Benchmark | tuple[CheckedQuestion, ...]:
    """The same set with at most ``size`` questions, drawn by chance but repeatably."""
    source = random.Random(SEED)  # noqa: S311
    if isinstance(dataset, Benchmark):
        if size >= len(dataset.queries):
            return dataset
        drawn = sorted(source.sample(range(len(dataset.queries)), size))
        return replace(dataset, queries=tuple(dataset.queries[i] for i in drawn))
    if size >= len(dataset):
        return dataset
    return tuple(dataset[i] for i in sorted(source.sample(range(len(dataset)), size)))


def _benchmark(folder: Path) -> Benchmark:
    answers = folder / "answers.jsonl"
    return Benchmark(
        corpus=tuple(_text(line) for line in _lines(folder / "corpus.jsonl")),
        queries=tuple(_text(line) for line in _lines(folder / "queries.jsonl")),
        relevance=_relevance(folder / "qrels.tsv"),
        keys=dict(_key(line) for line in _lines(answers)) if answers.exists() else {},
    )


def _questions(path: Path) -> tuple[CheckedQuestion, ...]:
    return tuple(
        CheckedQuestion(
            id=line.text("id"),
            text=line.text("text"),
            language=line.text("lang", "en"),
            answerable=line.truth("answerable"),
            context=line.texts("context"),
            must=line.texts("must"),
            relevant=line.texts("relevant"),
        )
        for line in _lines(path)
    )


def _relevance(path: Path) -> Mapping[str, Mapping[str, int]]:
    """Tab-separated question, document, grade; a header where the grade is no number."""
    grades: dict[str, dict[str, int]] = {}
    for number, row in enumerate(_read(path).splitlines(), start=1):
        cells = row.split("\t")
        try:
            question, document, grade = cells
            grades.setdefault(question, {})[document] = int(grade)
        except ValueError as error:
            if number > 1 and row.strip():
                problem = f"line {number} is not query-id, doc-id, relevance"
                raise InvalidDataset(path=path, problem=problem) from error
    grades = {question: found for question, found in grades.items() if found}
    if not grades:
        raise InvalidDataset(path=path, problem="it holds no relevance at all")
    return grades


def _text(line: "_Line") -> Text:
    return Text(
        id=line.text("id"),
        text=line.text("text"),
        title=line.text("title", ""),
        language=line.text("lang", "en"),
    )


def _key(line: "_Line") -> tuple[str, Key]:
    spans = [
        AnswerSpan(span.text("doc-id"), span.count("start"), span.count("end"))
        for span in line.items("spans")
    ]
    return line.text("query-id"), Key(line.truth("answerable"), tuple(spans))


def _lines(path: Path) -> Iterator["_Line"]:
    for number, text in enumerate(_read(path).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            problem = f"line {number} is no JSON"
            raise InvalidDataset(path=path, problem=problem) from error
        if not isinstance(values, dict):
            raise InvalidDataset(path=path, problem=f"line {number} is no object")
        yield _Line(path, number, values)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        problem = (error.strerror or "it cannot be read").lower()
        raise InvalidDataset(path=path, problem=problem) from error
    except UnicodeDecodeError as error:
        raise InvalidDataset(path=path, problem="it is not UTF-8") from error


@dataclass(frozen=True, slots=True)
class _Line:
    """One object of a file, which can say where a value is wrong."""

    path: Path
    number: int
    values: Mapping[str, object]

    def text(self, key: str, otherwise: str | None = None) -> str:
        value = self.values.get(key, otherwise)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)  # an id may be a number
        return value if isinstance(value, str) else self._wrong(key, "text")

    def count(self, key: str) -> int:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            return self._wrong(key, "a number")
        return value

    def truth(self, key: str) -> bool:
        value = self.values.get(key)
        return value if isinstance(value, bool) else self._wrong(key, "true or false")

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.values.get(key) or []
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            return self._wrong(key, "a list of texts")
        return tuple(values)

    def items(self, key: str) -> tuple["_Line", ...]:
        values = self.values.get(key) or []
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            return self._wrong(key, "a list of objects")
        return tuple(_Line(self.path, self.number, value) for value in values)

    def _wrong(self, key: str, wanted: str) -> Never:
        raise InvalidDataset(
            path=self.path, problem=f"line {self.number}: {key!r} has to be {wanted}"
        )
