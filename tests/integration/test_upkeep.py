"""The indexes of an opened library: owned by one, mended by it, borrowed by others."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.adapters.owner_lock import FileOwnerLock
from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import InvalidMetadata, ModelUnavailable
from knowledge.evaluation import write_corpus
from knowledge.evaluation.dataset import Text
from knowledge.library import Library
from knowledge.model import (
    Actor,
    Answered,
    NoAnswer,
    Role,
    Step,
)
from knowledge.ports import Findings
from tests.fakes import FixedClock, WordEmbedder

ROOT = Path(__file__).parents[2]
ANA = Actor("terminal:ana", Role.ADMIN)
JAPAN = "Is Clearview active in Japan?"
LONG = " ".join(f"Clearview sentence number {n}." for n in range(60))


@pytest.fixture
def config(tmp_path: Path) -> LibraryConfig:
    return LibraryConfig(data=tmp_path / "data", corpus=None)


def opened(config: LibraryConfig, embedder: WordEmbedder | None = None) -> Library:
    return open_library(config, clock=FixedClock(), embedder=embedder or WordEmbedder())


@pytest.fixture
def library(config: LibraryConfig) -> Iterator[Library]:
    with opened(config) as library:
        yield library


def added(
    library: Library,
    identity: str = "jp-1",
    body: str = "Police in Japan used Clearview AI in 2024.",
    *,
    publish: bool = True,
) -> None:
    metadata = {
        "id": identity,
        "title": "A page",
        "publisher": "The Paper",
        "url": f"https://paper.example/{identity}",
        "published_on": "2024-05-01",
        "kind": "press",
    }
    findings = Findings(origin=f"{identity}.txt", body=body, metadata={})
    library.add(findings, metadata, ANA, publish=publish)


def indexed(library: Library) -> set[str]:
    """The revisions that the indexes hold; both hold the same."""
    library.refresh()
    held = [frozenset(index.ids()) for index in library.answering.retrieval.indexes]
    assert len(held) == 2
    assert held[0] == held[1]
    return {identity.split("#")[0] for identity in held[0]}


def test_a_draft_is_never_in_an_index_at_any_step_of_review(library: Library) -> None:
    added(library, publish=False)
    assert indexed(library) == set()
    for step in (Step.SUBMIT, Step.APPROVE):
        library.step("jp-1", step, ANA)
        assert indexed(library) == set()
    library.step("jp-1", Step.PUBLISH, ANA)
    assert indexed(library) == {"jp-1@1"}


def test_a_retraction_takes_the_passages_out_of_every_index(library: Library) -> None:
    added(library)
    assert indexed(library) == {"jp-1@1"}
    library.step("jp-1", Step.RETRACT, ANA, "withdrawn")
    assert indexed(library) == set()


def test_a_correction_is_in_the_indexes_only_once_it_is_published(
    library: Library,
) -> None:
    added(library)
    text = "Police in Japan tried Clearview AI once, in 2023."
    findings = Findings(origin="new.txt", body=text, metadata={})
    library.correct("jp-1", findings, {}, ANA, "the paper corrected itself")
    assert indexed(library) == {"jp-1@1"}
    library.step("jp-1", Step.PUBLISH, ANA)
    assert indexed(library) == {"jp-1@2"}


def test_a_new_revision_takes_the_place_of_the_old_one(library: Library) -> None:
    added(library)
    added(library, body="Police in Japan tried Clearview AI once, in 2023.")
    assert indexed(library) == {"jp-1@2"}


def answered(library: Library) -> bool:
    return isinstance(library.ask(JAPAN), Answered)


def test_a_deleted_index_folder_fills_itself_again(config: LibraryConfig) -> None:
    with opened(config) as library:
        added(library)
        assert answered(library)
    shutil.rmtree(config.data / "indexes")
    with opened(config) as library:
        assert answered(library)
        assert library.verify().ok


def broken(config: LibraryConfig, *names: str) -> None:
    """Overwrite every file of these indexes."""
    for name in names:
        for path in (config.data / "indexes" / name).rglob("*"):
            if path.is_file():
                path.write_bytes(b"\x93not this\n")


@pytest.mark.parametrize("names", [("lexical",), ("dense",), ("lexical", "dense")])
def test_its_owner_throws_a_damaged_index_away_and_fills_it_again(
    config: LibraryConfig, names: tuple[str, ...]
) -> None:
    with opened(config) as library:
        added(library)
        assert answered(library)
    broken(config, *names)
    with opened(config) as library:
        assert answered(library)
        assert all(index.ok for index in library.state().indexes)
        assert library.verify().ok
        assert library.state().owner


@pytest.mark.parametrize("name", ["lexical", "dense"])
def test_an_index_that_is_damaged_while_it_is_used_is_mended_with_the_next_question(
    config: LibraryConfig, name: str
) -> None:
    with opened(config) as library:
        added(library)
        assert answered(library)
        broken(config, name)
        added(library, "jp-2", "Clearview AI was also tried by police in Japan.")
        assert answered(library)  # from the other index, at least
        assert answered(library)
        assert all(index.ok for index in library.state().indexes)
        assert library.verify().ok


def test_who_does_not_own_a_damaged_index_leaves_it_as_it_is(
    config: LibraryConfig,
) -> None:
    with opened(config) as library:
        added(library)
        assert answered(library)
    with owned_elsewhere(config), opened(config) as library:
        broken(config, "lexical")
        before = snapshot(config.data / "indexes" / "lexical")
        assert answered(library)  # from the dense index
        (lexical, dense) = library.state().indexes
        assert lexical.problem is not None
        assert "damaged" in lexical.problem
        assert dense.ok
        assert library.verify().problems == (lexical.problem,)
        report = library.verify(repair=True)
        assert report.problems[0] == lexical.problem
        assert "end it (quis run), then repeat" in report.problems[1]
        assert report.rebuilt == ()
        assert snapshot(config.data / "indexes" / "lexical") == before


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Unloadable(WordEmbedder):
    """A model that is not there."""

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        raise ModelUnavailable(model="m", problem="it is gone; set QUIS_MODEL")

    queries = documents


def test_one_index_that_fails_does_not_hold_up_the_other(
    config: LibraryConfig,
) -> None:
    with opened(config, Unloadable()) as library:
        added(library)
        assert answered(library)
        (lexical, dense) = library.state().indexes
        assert lexical.ok
        assert dense.problem is not None
        assert "it is gone; set QUIS_MODEL" in dense.problem


# --- while a corpus is brought in ---------------------------------------------------------


class Counting(WordEmbedder):
    """Knows how many texts it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.given += len(texts)
        return super().documents(texts)


@pytest.fixture
def many(tmp_path: Path) -> LibraryConfig:
    """With a corpus that is stored in more than one go."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    texts = [
        Text(id=str(n), text=f"Word {n}.", language="en", title=f"Title {n}")
        for n in range(120)
    ]
    write_corpus(texts, corpus)
    return LibraryConfig(data=tmp_path / "data", corpus=corpus)


def test_the_indexes_follow_while_a_corpus_is_stored(many: LibraryConfig) -> None:
    embedder = Counting()
    with opened(many, embedder) as library:
        assert embedder.given >= 100
        assert len(indexed(library)) == 120
        assert embedder.given == 120  # each once


def test_a_corpus_is_stored_whole_where_an_index_cannot_follow(
    many: LibraryConfig,
) -> None:
    with opened(many, Unloadable()) as library:
        assert len(list(library.documents())) == 120
        library.refresh()
        (lexical, dense) = library.state().indexes
        assert lexical.ok
        assert "it is gone; set QUIS_MODEL" in str(dense.problem)


def test_a_corpus_that_cannot_be_read_leaves_nothing_open(many: LibraryConfig) -> None:
    assert many.corpus is not None
    broken = many.corpus / "text-000119.md"
    broken.write_text(broken.read_text().replace("kind: ", "kind: no-"))
    with pytest.raises(InvalidMetadata):
        opened(many)
    assert FileOwnerLock(many.data / "indexes.lock").acquire(0)
    broken.unlink()
    with opened(many) as library:
        assert len(indexed(library)) == 119


# --- verification and repair --------------------------------------------------------------


def test_a_verification_finds_passages_that_an_index_lacks_and_a_repair_puts_them(
    library: Library,
) -> None:
    added(library)
    assert answered(library)
    for index in library.answering.retrieval.indexes:
        position = index.position()
        assert position is not None
        index.apply([], sorted(index.ids()), position)
    report = library.verify()
    assert [p.split(" index")[0] for p in report.problems] == [
        "the lexical",
        "the dense",
    ]
    assert all("verify --repair" in problem for problem in report.problems)
    repaired = library.verify(repair=True)
    assert repaired.ok
    assert repaired.rebuilt == ("lexical", "dense")
    assert answered(library)


def test_a_verification_counts_what_it_checked(library: Library) -> None:
    added(library)
    added(library, "jp-2", "Clearview AI was tried.\n\nIt was in Japan.")
    report = library.verify()
    assert report.ok
    assert report.documents == 2
    assert report.passages == 3
    assert report.ledger_lines == 4  # each was proposed and published


# --- several processes ---------------------------------------------------------------------

OWNER = """
import sys
from pathlib import Path
from knowledge.assembly import LibraryConfig, open_library
from tests.fakes import FixedClock, WordEmbedder

config = LibraryConfig(data=Path(sys.argv[1]), corpus=None)
library = open_library(config, clock=FixedClock(), embedder=WordEmbedder())
library.refresh()
assert library.state().owner
print("owner", flush=True)
for line in sys.stdin:
    print(library.refresh(), flush=True)
library.close()
"""


@contextmanager
def owned_elsewhere(
    config: LibraryConfig,
) -> Iterator[tuple[subprocess.Popen[str], Callable[[], None]]]:
    """Another process owns the indexes; the second value makes it look at the feed."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(config.data)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "owner\n"

        def look() -> None:
            print("look", file=process.stdin, flush=True)
            assert process.stdout
            process.stdout.readline()

        try:
            yield process, look
        finally:
            process.stdin.close()
            process.wait(timeout=30)


def test_a_second_process_reads_and_writes_while_the_first_owns_the_indexes(
    config: LibraryConfig,
) -> None:
    with opened(config) as library:
        added(library)
    with owned_elsewhere(config) as (_, look), opened(config) as library:
        assert answered(library)
        assert not library.state().owner
        assert library.refresh() == 0
        added(library, "kr-1", "Police in South Korea used Clearview AI.")
        look()
        assert isinstance(library.ask("Is Clearview active in South Korea?"), Answered)
        library.step("kr-1", Step.RETRACT, ANA, "withdrawn")
        assert isinstance(library.ask("Is Clearview active in South Korea?"), NoAnswer)
        assert not library.state().owner


def test_a_second_process_becomes_the_owner_when_the_first_is_gone(
    config: LibraryConfig,
) -> None:
    with opened(config) as library:
        added(library)
        library.refresh()
    with owned_elsewhere(config) as (process, _), opened(config) as library:
        assert answered(library)
        assert not library.state().owner
        process.kill()  # its lock dies with it
        process.wait()
        added(library, "kr-1", "Police in South Korea used Clearview AI.")
        assert isinstance(library.ask("Is Clearview active in South Korea?"), Answered)
        assert library.state().owner
        assert library.verify().ok


def test_a_lock_is_held_by_one_and_free_when_it_is_let_go(tmp_path: Path) -> None:
    one, other = (FileOwnerLock(tmp_path / "lock") for _ in range(2))
    assert one.acquire(0)
    assert one.acquire(0)
    assert not other.acquire(0.05)
    one.release()
    one.release()
    assert other.acquire(0)
    other.release()


def test_a_lock_that_cannot_be_made_is_not_held(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert not FileOwnerLock(tmp_path / "file" / "lock").acquire(0)
