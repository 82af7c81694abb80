"""How long it takes from a publication until a question is answered with it.

    python -m tests.evaluation.publishing [--times 5] [--data FOLDER] [--words]

On a store that holds the starter set, with the packaged model; ``--words`` takes the
tests' own embedder, which computes next to nothing, so that what is left is the store,
the indexes and the answer. ``--data`` keeps the filled store for another time. Wall and
processor time are told: on a busy machine the second is what the work itself takes.
"""

import argparse
import contextlib
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from knowledge.assembly import LibraryConfig, open_library
from knowledge.library import Library
from knowledge.model import Actor, Answered, Role, Step
from knowledge.ports import Findings
from tests.fakes import WordEmbedder

EDITOR = Actor("test:editor", Role.ADMIN)
T = TypeVar("T")

QUESTION = "Did the police of Tallinn use Clearview AI in case number {number}?"
WORDS = (
    "The police of Tallinn, Estonia, used Clearview AI in case number {number}. "
    "A court heard of it in the spring.\n\n"
    "The ministry in Estonia said that Clearview AI is not in use any more."
)


def drafted(library: Library, number: int) -> str:
    """A document that waits for its publication."""
    said = {
        "id": f"tallinn-{number}",
        "title": f"Case {number}",
        "publisher": "Paper",
        "url": f"https://paper.example/{number}",
        "published_on": "2026-03-02",
        "kind": "press",
        "form": "source",
        "language": "en",
    }
    body = WORDS.format(number=number)
    found = Findings(origin=said["id"], body=body, metadata=dict(said))
    return library.add(found, {}, EDITOR, publish=False).document.id


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """What came of it; seconds on the wall, and of this process."""
    wall, processor = time.monotonic(), time.process_time()
    result = work()
    return result, time.monotonic() - wall, time.process_time() - processor


def answered_with(library: Library, document: str, question: str) -> bool:
    answer = library.ask(question, language="en")
    return isinstance(answer, Answered) and document in {
        evidence.document.id for evidence in answer.evidence
    }


def measured(library: Library, times: int) -> Iterator[dict[str, list[float]]]:
    """Each publication with what it took, in the order in which they are done."""
    for number in range(41, 41 + times):
        document = drafted(library, number)
        question = QUESTION.format(number=number)
        assert not answered_with(library, document, question)
        _, *publish = timed(partial(library.step, document, Step.PUBLISH, EDITOR))
        _, *index = timed(library.refresh)
        found, *ask = timed(partial(answered_with, library, document, question))
        assert found, f"{document} is published and not answered with"
        yield {
            "publish": publish,
            "index": index,
            "ask": ask,
            "all": [sum(each) for each in zip(publish, index, ask, strict=True)],
        }


def main(arguments: argparse.Namespace) -> None:
    """Prints a line for each part: medians and the longest, in milliseconds."""
    with contextlib.ExitStack() as opened:
        data = arguments.data or Path(
            opened.enter_context(tempfile.TemporaryDirectory())
        )
        embedder = WordEmbedder() if arguments.words else None
        config = LibraryConfig(data=data)
        library = opened.enter_context(open_library(config, embedder=embedder))
        _, wall, processor = timed(library.refresh)
        print(json.dumps({"filled": [round(wall, 1), round(processor, 1)]}), flush=True)
        found = list(measured(library, arguments.times))
    for part in ("publish", "index", "ask", "all"):
        walls, processors = zip(*(one[part] for one in found), strict=True)
        row = {
            "part": part,
            "wall_ms": round(1000 * statistics.median(walls)),
            "processor_ms": round(1000 * statistics.median(processors)),
            "longest_wall_ms": round(1000 * max(walls)),
        }
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--words", action="store_true")
    main(parser.parse_args())
