"""The dense index in a Chroma server: the contract, and a server that is gone and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.adapters import chroma_server
from knowledge.adapters.chroma_server import ChromaServerIndex
from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import IndexUnavailable
from knowledge.library import Library
from knowledge.model import Actor, Answered, Role, Step
from knowledge.ports import PassageIndex
from tests.contracts.chroma_process import ChromaProcess
from tests.contracts.index_contract import (
    EMPTY,
    IndexContract,
    Shelf,
    asked,
    at,
    everything,
    found,
    held,
)
from tests.fakes import WordEmbedder

pytest_plugins = ["tests.contracts.sql_fixtures"]

ITALY = "Is Clearview active in Italy?"
ANA = Actor("terminal:ana", Role.ADMIN)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaProcess]:
    with ChromaProcess(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaProcess]:
    """One that the test may end."""
    with ChromaProcess(tmp_path / "chroma") as server:
        yield server


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma_server, "REST", 0.0)
    monkeypatch.setattr(chroma_server, "LOOK_EVERY", 0.0)


class TestChromaServerIndex(IndexContract):
    @pytest.fixture
    def shelf(self, tmp_path: Path, running: ChromaProcess) -> Iterator[Shelf]:
        def opening(folder: Path, *, anew: bool = False) -> PassageIndex:
            # A collection belongs to a model: each test has its own.
            name = f"w{abs(hash(folder)):x}"
            return ChromaServerIndex(
                running.url, WordEmbedder(fingerprint=name), anew=anew
            )

        shelf = Shelf(tmp_path, opening)
        yield shelf
        shelf.close()

    def test_opened_anew_it_is_empty(self, index: PassageIndex, shelf: Shelf) -> None:
        index.apply([held("a")], [], at(1))
        assert everything(shelf.again(anew=True)) == EMPTY


def test_what_one_process_applies_another_finds(running: ChromaProcess) -> None:
    first, second = (
        ChromaServerIndex(running.url, WordEmbedder(fingerprint="two-of-them"))
        for _ in range(2)
    )
    assert second.position() is None
    first.apply([held("a")], [], at(3))
    assert second.position() == at(3)
    assert found(second, asked()) == ["a"]


def test_a_server_that_is_gone_is_told_in_one_line_and_is_found_again(
    server: ChromaProcess,
) -> None:
    index = ChromaServerIndex(server.url, WordEmbedder())
    index.apply([held("a")], [], at(1))
    server.kill()
    for ask in (
        index.position,
        index.ids,
        lambda: index.search(asked(), 3),
        lambda: index.apply([held("b")], [], at(2)),
    ):
        with pytest.raises(IndexUnavailable, match="check QUIS_CHROMA") as caught:
            ask()
        assert "\n" not in str(caught.value)
    server.start()
    assert index.position() == at(1)
    assert found(index, asked()) == ["a"]


def test_a_server_that_comes_back_without_its_rows_is_as_new(
    server: ChromaProcess,
) -> None:
    index = ChromaServerIndex(server.url, WordEmbedder())
    index.apply([held("a")], [], at(1))
    server.kill()
    server.lose_everything()
    server.start()
    assert index.position() is None
    index.apply([held("b")], [], at(2))
    assert found(index, asked()) == ["b"]


# --- libraries on it -----------------------------------------------------------------


def opened(data: Path, store_url: str, chroma: str, corpus: Path) -> Library:
    config = LibraryConfig(data=data, store_url=store_url, chroma=chroma, corpus=corpus)
    return open_library(config, None, None, WordEmbedder())


def shown(library: Library) -> list[str]:
    """The documents that answer."""
    answer = library.ask(ITALY)
    assert isinstance(answer, Answered)
    return [each.document.id for each in answer.evidence]


def test_questions_are_answered_without_the_server_and_it_heals(
    server: ChromaProcess, postgresql_url: str, tmp_path: Path, ten_briefs: Path
) -> None:
    with opened(tmp_path / "one", postgresql_url, server.url, ten_briefs) as library:
        assert shown(library)
        assert set(library.lag().values()) == {0}
        server.kill()
        server.lose_everything()
        document = shown(library)[0]  # by its words
        assert library.lag() == {"lexical": 0, "dense": None}
        library.step(document, Step.RETRACT, ANA, "A hoax.")
        server.start()
        library.refresh()
        assert set(library.lag().values()) == {0}
        assert library.verify().ok


def test_of_two_processes_one_leads_and_the_other_follows_until_it_is_gone(
    server: ChromaProcess, postgresql_url: str, tmp_path: Path, ten_briefs: Path
) -> None:
    first = opened(tmp_path / "one", postgresql_url, server.url, ten_briefs)
    second = opened(tmp_path / "two", postgresql_url, server.url, ten_briefs)
    with second:
        with first:
            first.refresh()
            second.refresh()  # its own lexical index, and no more
            assert set(second.lag().values()) == {0}
            document = shown(first)[0]
            first.step(document, Step.RETRACT, ANA, "A hoax.")
            second.refresh()
            lag = second.lag()
            assert lag["lexical"] == 0
            assert lag["dense"]  # the leader has not come to it
            assert document not in shown(second)
        second.refresh()
        assert set(second.lag().values()) == {0}
        assert second.verify().ok
