"""How fast, how small: Quis beside its peers, in one run on one machine.

``python -m tests.evaluation.bench SET [--documents N] [--questions N] [--json]``, with a
set that ``quis eval`` reads. Each contender is a process of its own. What is told are
medians, and ratios to the bare encoder: a machine's own milliseconds say little. Beside
them stands the processor's time, which a neighbour on the machine changes far less.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import knowledge
from knowledge import assembly
from knowledge.adapters import judge
from knowledge.adapters.embedder import PACKAGED, SentenceTransformerEmbedder
from knowledge.assembly import LibraryConfig, open_library
from knowledge.evaluation import write_corpus
from knowledge.evaluation.dataset import Benchmark, Text, read_dataset
from knowledge.memory import keep_little
from knowledge.model import Actor, Role
from knowledge.ports import Findings
from tests.evaluation.peers import PEERS, missing

Figures = dict[str, float]
EDITOR = Actor("bench", Role.ADMIN)
LATE = Findings(
    origin="late.md",
    body="The xylographist of Clearview AI works in Italy.",
    metadata={
        "id": "late",
        "title": "A late arrival",
        "form": "source",
        "kind": "press",
        "language": "en",
        "publisher": "bench",
        "url": "https://bench.example/late",
        "published_on": "2026-01-01",
    },
)
"""A document that is published while questions are asked."""

ASKERS = 8  # who ask at the same time
COLD = 3  # processes


# --- measuring -------------------------------------------------------------------------


def median_ms(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Milliseconds a text."""
    return 1000 * statistics.median(_seconds(work, text) for text in texts)


def _seconds(work: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    work(text)
    return time.perf_counter() - began


@contextmanager
def busy_core() -> Iterator[None]:
    """One core is kept busy by something else."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as neighbour:
        try:
            yield
        finally:
            neighbour.kill()


def memory_mb() -> float:
    """This process's memory now, as Linux tells it; 0 elsewhere."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def asked(work: Callable[[str], object], questions: Sequence[str]) -> Figures:
    """What is measured of everybody who answers."""
    for question in questions[:5]:  # the first are for warming up
        work(question)
    spent = time.process_time()
    figures = {"question_ms": median_ms(work, questions)}
    figures["question_cpu_ms"] = 1000 * (time.process_time() - spent) / len(questions)
    with busy_core():
        figures["question_busy_ms"] = median_ms(work, questions)
    began = time.perf_counter()
    with ThreadPoolExecutor(ASKERS) as pool:
        list(pool.map(work, questions))
    figures["questions_a_second"] = len(questions) / (time.perf_counter() - began)
    figures["memory_mb"] = memory_mb()
    return figures


# --- contenders --------------------------------------------------------------------------


def bare(corpus: Sequence[Text], questions: Sequence[str]) -> Figures:
    """The encoder alone, as Quis opens it."""
    graph = Path(knowledge.__file__).parent / "models" / "encoder"
    embedder = SentenceTransformerEmbedder(PACKAGED, packaged_graph=graph)
    figures = asked(lambda text: embedder.queries([text]), questions)
    texts = [f"{text.title}\n{text.text}" for text in corpus]
    began = time.perf_counter()
    embedder.documents(texts)
    figures["documents_a_second"] = len(texts) / (time.perf_counter() - began)
    return figures


def unjudged(corpus: Sequence[Text], questions: Sequence[str]) -> Figures:
    """Quis without its judge: what a peer does, and the gate."""
    assembly._judge = lambda: None
    return quis(corpus, questions)


def quis(corpus: Sequence[Text], questions: Sequence[str]) -> Figures:
    """The whole way from a question to an answer or a refusal."""
    keep_little()  # as `quis` does
    judge.MOST_REMEMBERED = 0  # who asks the same again is not what is measured
    with TemporaryDirectory() as folder:
        data, files = Path(folder) / "data", Path(folder) / "corpus"
        files.mkdir()
        write_corpus(corpus, files)
        config = LibraryConfig(data=data, corpus=files)
        began = time.perf_counter()
        with open_library(config) as library:
            library.refresh()
            figures = {
                "documents_a_second": len(corpus) / (time.perf_counter() - began),
                "passages": float(library.state().passages),
            }
            figures |= asked(lambda text: library.ask(text, language="en"), questions)
            began = time.perf_counter()
            library.add(LATE, {}, EDITOR, publish=True)
            library.refresh()
            library.ask("What is a xylographist?", language="en")
            figures["publish_to_answer_s"] = time.perf_counter() - began
        figures["cold_ask_s"] = statistics.median(
            _cold(data, questions[0]) for _ in range(COLD)
        )
    return figures


def _cold(data: Path, question: str) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot", "ask", question],
        env={**os.environ, "QUIS_DATA": str(data), "QUIS_CORPUS": "none"},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - began


def peer(name: str, corpus: Sequence[Text], questions: Sequence[str]) -> Figures:
    """One of the peers, on the same texts."""
    texts = [(text.id, f"{text.title}\n{text.text}") for text in corpus]
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        began = time.perf_counter()
        search = PEERS[name][0](texts, Path(folder))
        taken = time.perf_counter() - began
        return {"documents_a_second": len(texts) / taken, **asked(search, questions)}


# --- one run -----------------------------------------------------------------------------


def contend(name: str, folder: Path, documents: int, count: int) -> Figures:
    """Measure one contender in this process."""
    found = read_dataset(folder)
    if not isinstance(found, Benchmark):
        raise SystemExit("bench: SET needs a corpus of its own")
    corpus = found.corpus[:documents]
    questions = [query.text for query in found.queries[:count]]
    own = {"bare": bare, "quis": quis, "unjudged": unjudged}
    if name in own:
        return own[name](corpus, questions)
    return peer(name, corpus, questions)


def table(results: Mapping[str, Figures]) -> Iterator[str]:
    """One line a figure; behind each its ratio to the bare encoder's, where it has one."""
    yield f"{'':22}" + "".join(f"{name:>20}" for name in results)
    names = dict.fromkeys(name for figures in results.values() for name in figures)
    for figure in names:
        base = results.get("bare", {}).get(figure)
        cells = []
        for figures in results.values():
            value = figures.get(figure)
            ratio = f" ({value / base:.2f})" if value is not None and base else ""
            cells.append("–" if value is None else f"{value:.2f}{ratio}")
        yield f"{figure:22}" + "".join(f"{cell:>20}" for cell in cells)


def main() -> int:
    """Run the contenders one after the other and print what they did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--only", help="names with commas between")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(
            json.dumps(
                contend(given.child, given.set, given.documents, given.questions)
            )
        )
        return 0
    wanted = (
        given.only.split(",") if given.only else ["bare", "unjudged", "quis", *PEERS]
    )
    results: dict[str, Figures] = {}
    for name in wanted:
        if name in PEERS and missing(name):
            print(f"bench: {name} is not installed; left out", file=sys.stderr)
            continue
        program = [sys.executable, "-m", "tests.evaluation.bench", str(given.set)]
        program += ["--documents", str(given.documents)]
        program += ["--questions", str(given.questions), "--child", name]
        done = subprocess.run(program, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            print(f"bench: {name} failed; left out", file=sys.stderr)
            continue
        results[name] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(results) if given.json else "\n".join(table(results)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
