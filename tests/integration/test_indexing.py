"""The indexes follow the store: whatever happens to them, they come back into step."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from knowledge import indexing
from knowledge.adapters.chroma_index import ChromaIndex
from knowledge.adapters.sql_store import SqlStore, open_store
from knowledge.adapters.tantivy_index import TantivyIndex
from knowledge.model import (
    Actor,
    HeldPassage,
    Position,
    Role,
    Status,
)
from knowledge.ports import PassageIndex, silent
from tests.contracts.store_contract import Desk
from tests.fakes import FixedClock, WordEmbedder

ROOT = Path(__file__).parents[2]
ANA = Actor("terminal:ana", Role.ADMIN)
JAPAN = "Is Clearview active in Japan?"
LONG = " ".join(f"Clearview sentence number {n}." for n in range(60))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 200)


# --- an index and a store --------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(f"sqlite:///{tmp_path}/quis.sqlite", FixedClock())
    yield opened
    opened.close()


@pytest.fixture
def desk(store: SqlStore) -> Desk:
    return Desk(store)


@pytest.fixture(params=["lexical", "dense"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PassageIndex]:
    folder = tmp_path / "index"
    opened: PassageIndex = (
        TantivyIndex(folder)
        if request.param == "lexical"
        else ChromaIndex(folder, WordEmbedder())
    )
    yield opened
    opened.close()


class Interrupted(Exception):
    """The process is told to stop."""


class Fragile:
    """A real index whose ``apply`` is interrupted once, before or after it did its work."""

    def __init__(self, index: PassageIndex, at: int, *, after: bool) -> None:
        self._index, self._left, self._after = index, at, after
        self.name = index.name
        self.position, self.search = index.position, index.search
        self.ids, self.clear, self.close = index.ids, index.clear, index.close

    def apply(
        self, put: Sequence[HeldPassage], drop: Sequence[str], position: Position
    ) -> None:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Interrupted
        self._index.apply(put, drop, position)
        if self._left == 0:
            raise Interrupted


def in_step(store: SqlStore, index: PassageIndex) -> bool:
    return indexing.verify(store, index).ok


def test_an_index_is_brought_to_the_stores_head_and_then_left_alone(
    store: SqlStore, desk: Desk, index: PassageIndex
) -> None:
    desk.put("a"), desk.put("b")
    assert indexing.catch_up(store, [index], silent) == store.head().sequence
    assert in_step(store, index)
    assert indexing.catch_up(store, [index], silent) == 0
    desk.put("c")
    assert indexing.catch_up(store, [index], silent) == 2
    assert in_step(store, index)


@pytest.mark.parametrize("after", [False, True])
def test_an_interrupted_catching_up_goes_on_where_it_was(
    store: SqlStore, desk: Desk, index: PassageIndex, after: bool
) -> None:
    for n in range(10):
        desk.put(f"d{n}", LONG)
    with pytest.raises(Interrupted):
        indexing.catch_up(store, [Fragile(index, 2, after=after)], silent)
    done = 2 * indexing.BATCH if after else indexing.BATCH
    assert index.position() == Position(store.id, done)
    assert indexing.catch_up(store, [index], silent) == 600 - done
    assert in_step(store, index)


def test_long_work_is_told_as_it_goes(
    store: SqlStore, desk: Desk, index: PassageIndex
) -> None:
    for n in range(8):
        desk.put(f"d{n}", LONG)
    told: list[tuple[str, int, int]] = []
    indexing.catch_up(store, [index], lambda *done: told.append(done))
    assert told == [("indexing", n, 480) for n in (200, 400, 480)]


def test_a_verification_says_in_what_an_index_differs(
    store: SqlStore, desk: Desk, index: PassageIndex
) -> None:
    held = desk.put("a")
    indexing.catch_up(store, [index], silent)
    desk.move(held, Status.RETRACTED)
    desk.put("b", LONG)
    said = str(indexing.verify(store, index))
    assert said == (
        f"the {index.name} index is 62 changes behind, without 60 published passages, "
        "with 2 passages that are not published: quis kb verify --repair rebuilds it"
    )


def test_an_index_that_followed_another_store_is_filled_anew(
    store: SqlStore, desk: Desk, index: PassageIndex, tmp_path: Path
) -> None:
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite", FixedClock())
    Desk(other).put("other")
    indexing.catch_up(other, [index], silent)
    desk.put("a"), desk.put("a", "Texte neuf.")
    assert not in_step(store, index)
    indexing.catch_up(store, [index], silent)
    assert in_step(store, index)
    assert {identity.split("@")[0] for identity in index.ids()} == {"a"}
    other.close()


def test_an_index_ahead_of_a_store_that_was_restored_is_filled_anew(
    tmp_path: Path, index: PassageIndex
) -> None:
    path, backup = tmp_path / "quis.sqlite", tmp_path / "backup.sqlite"
    store = open_store(f"sqlite:///{path}", FixedClock())
    Desk(store).put("a")
    store.close()
    shutil.copy(path, backup)
    store = open_store(f"sqlite:///{path}", FixedClock())
    Desk(store).put("b")
    indexing.catch_up(store, [index], silent)
    store.close()
    shutil.copy(backup, path)
    store = open_store(f"sqlite:///{path}", FixedClock())
    indexing.catch_up(store, [index], silent)
    assert in_step(store, index)
    assert {identity.split("@")[0] for identity in index.ids()} == {"a"}
    store.close()


def test_a_feed_read_late_puts_only_what_is_published_by_then(
    store: SqlStore, desk: Desk, index: PassageIndex
) -> None:
    held = desk.put("a")
    desk.move(held, Status.RETRACTED)
    desk.put("b")
    newer = desk.put("b", "Texte neuf. Autre phrase neuve.")
    indexing.catch_up(store, [index], silent)
    assert in_step(store, index)
    assert {i.split("#")[0] for i in index.ids()} == {f"b@{newer.revision}"}
