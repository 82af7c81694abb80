"""Whether anything grows: questions, publications and retractions for as long as is said.

    python -m tests.evaluation.soak [--minutes 60] [--a-second 2] [--askers 4] [--json]

On the starter set with its judge, questions of the labelled set in an order of their own,
and each ten seconds a document that is published and the last one retracted. Each minute
memory, threads, open files and the slowest answer are noted. What a process holds grows
until the texts that it meets have been read once; after that it must not.
"""

import argparse
import json
import random
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.assembly import LibraryConfig, open_library
from knowledge.library import Library
from knowledge.memory import keep_little
from knowledge.model import Step
from tests.evaluation.bench import EDITOR, LATE, memory_mb
from tests.evaluation.labelled import read_questions

A_CHANGE = 10.0  # seconds
A_NOTE = 60.0


@dataclass(frozen=True, slots=True)
class Note:
    """One minute: how many were answered, how long they took, what is held."""

    minute: int
    asked: int
    p50_ms: float
    p99_ms: float
    memory_mb: float
    threads: int
    files: int


def texts() -> Iterator[str]:
    """Questions without end, in a new order each time round."""
    listed = [question.text for question in read_questions()]
    drawn = random.Random(7)
    while True:
        drawn.shuffle(listed)
        yield from listed


def changed(library: Library, number: int) -> None:
    """Publish the document of a number, and retract the one before."""
    library.add(
        replace(
            LATE,
            origin=f"late-{number}.md",
            body=f"{LATE.body} It is the number {number}.",
            metadata={**LATE.metadata, "id": f"late-{number}"},
        ),
        {},
        EDITOR,
        publish=True,
    )
    if number:
        library.step(f"late-{number - 1}", Step.RETRACT, EDITOR, "A hoax.")


def soaked(
    library: Library, seconds: float, rate: float, askers: int
) -> Iterator[Note]:
    """A note a minute."""
    spent: list[float] = []

    def ask(text: str) -> None:
        began = time.perf_counter()
        library.ask(text)
        spent.append(time.perf_counter() - began)

    begun = time.monotonic()
    asked = changes = minutes = 0
    every = texts()
    with ThreadPoolExecutor(askers) as pool:
        while (now := time.monotonic() - begun) < seconds:
            if now >= changes * A_CHANGE:
                changed(library, changes)
                changes += 1
            if now * rate >= asked:
                pool.submit(ask, next(every))
                asked += 1
            else:
                time.sleep(0.01)
            if now >= (minutes + 1) * A_NOTE:
                minutes += 1
                taken, spent[:] = list(spent), []
                yield noted(minutes, taken)


def noted(minute: int, taken: list[float]) -> Note:
    """What this process holds now."""
    cuts = statistics.quantiles(taken, n=100) if len(taken) > 1 else [0.0] * 99
    return Note(
        minute=minute,
        asked=len(taken),
        p50_ms=1000 * cuts[49],
        p99_ms=1000 * cuts[98],
        memory_mb=memory_mb(),
        threads=threading.active_count(),
        files=len(list(Path("/proc/self/fd").iterdir())),
    )


def main() -> None:
    """Soak it, and print each minute as it ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--a-second", type=float, default=2)
    parser.add_argument("--askers", type=int, default=4)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    keep_little()  # as `quis` does
    with (
        TemporaryDirectory() as folder,
        open_library(LibraryConfig(data=Path(folder))) as library,
    ):
        library.refresh()
        for note in soaked(library, 60 * given.minutes, given.a_second, given.askers):
            values = asdict(note)
            line = (
                json.dumps(values)
                if given.json
                else "  ".join(f"{name} {value:.0f}" for name, value in values.items())
            )
            print(line, flush=True)


if __name__ == "__main__":
    main()
