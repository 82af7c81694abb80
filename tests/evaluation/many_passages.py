"""Very many made-up passages on one machine: loaded, asked, added to and retracted from.

    python -m tests.evaluation.many_passages --passages 1000000 [--against 10000] [--json]

The store, both indexes and the way of a question are the real ones. The encoder is not:
a million real texts take hours to encode, and their vectors would be no further apart.
Vectors have the packaged model's 384 numbers and come from a hash of the words.

Each figure is told on standard error as soon as it is known, and every half a minute how
far the loading is: a run that is cut off was not for nothing.
"""

import argparse
import hashlib
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from knowledge.assembly import LibraryConfig, open_library
from knowledge.evaluation import write_corpus
from knowledge.evaluation.dataset import Text
from knowledge.library import Library
from knowledge.model import Answered, Step
from tests.evaluation.bench import EDITOR, LATE, Figures, memory_mb
from tests.fakes import WordEmbedder

A_DOCUMENT = 20  # passages
SIZE = 384
ASKED = 100
SILENCE = 30.0  # seconds between two lines on how far the loading is
SYLLABLES = (
    "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi".split()
)
VENDORS = [
    "Clearview AI",
    "NSO Group",
    "Palantir",
    "Cellebrite",
    "Hikvision",
    "PimEyes",
]
PLACES = ["Italy", "Greece", "France", "Poland", "Japan", "Mexico", "India", "Spain"]


def made(passages: int) -> Iterator[Text]:
    """Documents of words that nobody knows, each on a vendor in a place."""
    drawn = random.Random(7)
    words = ["".join(drawn.choices(SYLLABLES, k=3)) for _ in range(20_000)]
    for number in range(passages // A_DOCUMENT):
        vendor, place = drawn.choice(VENDORS), drawn.choice(PLACES)
        paragraphs = [
            f"{vendor} was used by the {' '.join(drawn.choices(words, k=25))} of {place}."
            for _ in range(A_DOCUMENT)
        ]
        title = f"{vendor} in {place}, {number}"
        body = "\n\n".join(paragraphs)
        yield Text(id=f"made-{number}", text=body, language="en", title=title)


class QuickWords(WordEmbedder):
    """The same vectors, sooner: Quis is measured, and not what stands in for a model."""

    def _vector(self, text: str) -> list[float]:
        counted = np.full(self.size, 1e-3)
        np.add.at(counted, [_slot(word) for word in text.casefold().split()], 1.0)
        unit: list[float] = (counted / np.linalg.norm(counted)).tolist()
        return unit


@cache
def _slot(word: str) -> int:
    digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:4]) % SIZE


def question(number: int) -> str:
    """A question on a vendor in a place."""
    vendor = VENDORS[number % len(VENDORS)]
    return f"Is {vendor} active in {PLACES[number % len(PLACES)]}?"


def took(began: float) -> float:
    return time.perf_counter() - began


@dataclass(slots=True)
class Telling:
    """Says on standard error what is known of so many passages."""

    passages: int
    began: float = field(default_factory=time.perf_counter)
    said: float = 0.0

    def of(self, figures: Figures) -> Figures:
        """The same figures, once they are told."""
        for figure, value in figures.items():
            self._say(f"{figure} {value:.3f}")
        return figures

    def progress(self, stage: str, done: int, total: int) -> None:
        """Implements ``ports.Progress``."""
        if took(self.said) > SILENCE:
            self.said = time.perf_counter()
            self._say(f"{stage} {done:,} of {total:,}")

    def _say(self, what: str) -> None:
        line = f"{self.passages:,} passages, {took(self.began):,.0f} s: {what}"
        print(line, file=sys.stderr, flush=True)


def measured(passages: int) -> Figures:
    """Load so many, ask, publish one more, retract one."""
    telling = Telling(passages)
    with TemporaryDirectory() as folder:
        files, data = Path(folder) / "files", Path(folder) / "data"
        files.mkdir()
        write_corpus(list(made(passages)), files)
        config = LibraryConfig(data=data, corpus=files)
        figures: Figures = {}
        began, worked = time.perf_counter(), time.process_time()
        opened = open_library(config, telling.progress, embedder=QuickWords(size=SIZE))
        with opened as library:
            stored = {"stored_s": took(began)}
            stored["stored_cpu_s"] = time.process_time() - worked
            figures |= telling.of(stored)
            began, worked = time.perf_counter(), time.process_time()
            library.refresh(telling.progress)
            indexed = {"indexed_s": took(began)}
            indexed["indexed_cpu_s"] = time.process_time() - worked
            indexed["passages"] = float(library.state().passages)
            figures |= telling.of(indexed)
            figures |= telling.of(asked(library))
            figures |= telling.of(changed(library))
            held = [path.stat().st_size for path in data.rglob("*") if path.is_file()]
            kept = {"disk_mb": sum(held) / 2**20, "memory_mb": memory_mb()}
            figures |= telling.of(kept)
    return figures


def asked(library: Library) -> Figures:
    """Milliseconds from a question to its answer; of work too, where others share the CPUs."""
    for number in range(5):
        library.ask(question(number))
    spent, worked, answered = [], [], 0
    for number in range(ASKED):
        began, working = time.perf_counter(), time.process_time()
        answered += isinstance(library.ask(question(number)), Answered)
        spent.append(1000 * took(began))
        worked.append(1000 * (time.process_time() - working))
    return {
        "question_p50_ms": statistics.median(spent),
        "question_cpu_p50_ms": statistics.median(worked),
        "question_cpu_least_ms": min(worked),
        "question_p99_ms": statistics.quantiles(spent, n=100)[98],
        "answered": answered / ASKED,
    }


def changed(library: Library) -> Figures:
    """Seconds until a publication is found, and until a retraction is everywhere."""
    began = time.perf_counter()
    library.add(LATE, {}, EDITOR, publish=True)
    library.refresh()
    figures = {"publish_to_indexed_s": took(began)}
    answer = library.ask(question(0))
    if not isinstance(answer, Answered):
        return figures
    document = answer.evidence[0].document.id
    began = time.perf_counter()
    library.step(document, Step.RETRACT, EDITOR, "A hoax.")
    figures["retraction_s"] = took(began)
    after = library.ask(question(0))
    shown = after.evidence if isinstance(after, Answered) else ()
    if any(each.document.id == document for each in shown):
        raise AssertionError(f"{document} is shown although it was retracted")
    library.refresh()
    figures["retraction_to_indexed_s"] = took(began)
    return figures


def main() -> None:
    """Measure each size and print it; behind a figure its ratio to the smallest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--against", type=int, help="another number, measured first")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    sizes = [size for size in (given.against, given.passages) if size]
    results = {size: measured(size) for size in sizes}
    if given.json:
        print(json.dumps(results))
        return
    base = results[sizes[0]]
    for figure in base:
        cells = [
            f"{found[figure]:14.3f} ({found[figure] / base[figure]:.2f})"
            if figure in found and base[figure]
            else f"{'–':>14}"
            for found in results.values()
        ]
        print(f"{figure:24}" + "".join(cells))


if __name__ == "__main__":
    main()
