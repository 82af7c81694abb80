"""Both indexes keep the contract of a PassageIndex, in folders of their own."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from chromadb import Collection
from filelock import FileLock

from knowledge.adapters import chroma_few
from knowledge.adapters.chroma_filter import Passing
from knowledge.adapters.chroma_index import ChromaIndex
from knowledge.adapters.tantivy_index import TantivyIndex
from knowledge.errors import IndexUnavailable, ModelUnavailable
from knowledge.ports import PassageIndex
from tests.contracts.index_contract import (
    FolderContract,
    Shelf,
    asked,
    at,
    found,
    held,
)
from tests.fakes import WordEmbedder

ROOT = Path(__file__).parents[2]


class TestTantivyIndex(FolderContract):
    @pytest.fixture
    def shelf(self, tmp_path: Path) -> Iterator[Shelf]:
        shelf = Shelf(tmp_path / "lexical", TantivyIndex)
        yield shelf
        shelf.close()

    def files(self, folder: Path) -> Sequence[Path]:
        return [path for path in folder.iterdir() if not path.name.endswith(".lock")]


class TestChromaIndex(FolderContract):
    @pytest.fixture
    def shelf(self, tmp_path: Path) -> Iterator[Shelf]:
        shelf = Shelf(tmp_path / "dense", dense())
        yield shelf
        shelf.close()

    def files(self, folder: Path) -> Sequence[Path]:
        return [path for path in folder.rglob("*") if path.is_file()]


class TestChromaIndexWhereFewPassOfMany(TestChromaIndex):
    """Each of the few rows that pass a filter is looked at, as in a large collection."""

    @pytest.fixture(autouse=True)
    def large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(chroma_few, "MANY", 0)


class dense:  # noqa: N801 - it is called like a function
    """Opens a ChromaIndex on a quick model."""

    def __init__(self, embedder: object | None = None) -> None:
        self.embedder = embedder or WordEmbedder()

    def __call__(self, folder: Path, *, anew: bool = False) -> PassageIndex:
        return ChromaIndex(folder, self.embedder, anew=anew)  # type: ignore[arg-type]


# --- lexical -------------------------------------------------------------------------


@pytest.fixture
def lexical(tmp_path: Path) -> Iterator[TantivyIndex]:
    index = TantivyIndex(tmp_path / "lexical")
    yield index
    index.close()


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("en", "The police were TESTING cameras.", "camera tests"),
        ("fr", "À l’étranger, les policières négociaient.", "a l'etranger"),
        ("fr", "Les policiers négociaient des contrats.", "contrat négocié"),
        ("it", "Le città hanno sperimentato il riconoscimento.", "CITTA"),
        ("de", "Die Polizei prüfte die Verträge.", "vertrag geprüft"),
        ("es", "Las policías compraron cámaras.", "camara comprada"),
        ("nl", "De politie heeft camera’s gekocht.", "CAMERA'S"),
        ("pt", "As polícias negociaram contratos.", "contrato policia"),
    ],
)
def test_a_word_is_found_whatever_its_accents_case_and_ending(
    lexical: TantivyIndex, language: str, text: str, query: str
) -> None:
    lexical.apply([held("a", text, language=language)], [], at(1))
    assert found(lexical, asked(query, language)) == ["a"]


def test_a_stem_is_that_of_the_passages_own_language(lexical: TantivyIndex) -> None:
    french = held("fr", "Les amendes étaient lourdes.", language="fr")
    english = held("en", "The fines were heavy.", language="en")
    lexical.apply([french, english], [], at(2))
    assert found(lexical, asked("amende", "fr")) == ["fr"]
    assert found(lexical, asked("fine", "en")) == ["en"]


def test_a_word_finds_its_cousins_in_other_languages_for_less(
    lexical: TantivyIndex,
) -> None:
    rows = [
        held("en", "A collaboration was signed.", language="en"),
        held("fr", "Une collaboration fut signée.", language="fr"),
        held("it", "Ha firmato.", language="it"),
    ]
    lexical.apply(rows, [], at(3))
    for language in ("en", "fr", "de"):
        names = found(lexical, asked("collaborations", language))
        assert sorted(names) == ["en", "fr"]


def test_a_concept_is_a_bridge_between_languages(lexical: TantivyIndex) -> None:
    rows = [
        held("de", "Ein Bußgeld wurde verhängt.", language="de", concepts=["fine"]),
        held("fr", "Rien de tel.", language="fr", concepts=["ban"]),
    ]
    lexical.apply(rows, [], at(2))
    assert found(lexical, asked("penalty", concepts=("fine",))) == ["de"]
    assert found(lexical, asked("", concepts=("fine",))) == ["de"]


def test_the_title_counts_but_for_less_than_the_text(lexical: TantivyIndex) -> None:
    rows = [
        held("a", "The owl went to sea.", title="A map of hedgehogs"),
        held("b", "The hedgehogs went to sea.", title="A map of owls"),
        held("c", "The cat went to sea.", title="A map of dogs"),
    ]
    lexical.apply(rows, [], at(3))
    assert found(lexical, asked("hedgehog")) == ["b", "a"]


def test_what_readers_type_finds_the_passage_that_answers(
    lexical: TantivyIndex,
) -> None:
    rows = [held("a", "It sank.", wordings=["hedgehog boat"]), held("b", "It flew.")]
    lexical.apply(rows, [], at(2))
    assert found(lexical, asked("hedgehog")) == ["a"]


def test_function_words_find_nothing_beside_words_that_tell(
    lexical: TantivyIndex,
) -> None:
    rows = [held("a", "It is what it is, and there it is."), held("b", "Cameras.")]
    lexical.apply(rows, [], at(2))
    assert found(lexical, asked("Is it there in the cameras?")) == ["b"]


def test_the_row_of_the_position_is_never_found(lexical: TantivyIndex) -> None:
    lexical.apply([], [], at(1))
    for text in ("#position", "store-1", "position", "sequence"):
        assert found(lexical, asked(text)) == []
    assert lexical.ids() == frozenset()


# --- dense ---------------------------------------------------------------------------


def test_each_model_has_a_collection_of_its_own(tmp_path: Path) -> None:
    one, other = WordEmbedder(), WordEmbedder(fingerprint="words-other", size=32)
    shelf = Shelf(tmp_path, dense(one))
    shelf.open().apply([held("a")], [], at(5))
    shelf.close()
    shelf.opening = dense(other)
    assert shelf.open().position() is None
    shelf.opened[-1].apply([held("b")], [], at(6))
    assert found(shelf.opened[-1], asked()) == ["b"]
    shelf.close()
    shelf.opening = dense(one)
    assert shelf.open().position() == at(5)
    assert found(shelf.opened[-1], asked()) == ["a"]
    shelf.close()


def test_the_title_is_embedded_with_the_passage(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, dense())
    rows = [
        held("a", "It was there.", title="Clearview in Rome"),
        held("b", "It was there.", title="PimEyes in Paris"),
    ]
    shelf.open().apply(rows, [], at(2))
    assert found(shelf.opened[-1], asked("clearview rome")) == ["a", "b"]
    shelf.close()


class Unloadable(WordEmbedder):
    """A model that nothing can be asked of."""

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        raise ModelUnavailable(model="m", problem="it is gone; set QUIS_MODEL")

    queries = documents


def test_a_model_that_cannot_be_loaded_makes_the_index_unavailable(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path, dense())
    shelf.open().apply([held("a")], [], at(1))
    shelf.close()
    shelf.opening = dense(Unloadable())
    index = shelf.open()
    assert index.position() == at(1)
    for use in (
        lambda: index.search(asked(), 3),
        lambda: index.apply([held("b")], [], at(2)),
    ):
        with pytest.raises(IndexUnavailable, match="it is gone; set QUIS_MODEL") as e:
            use()
        assert isinstance(e.value.__cause__, ModelUnavailable)
    assert index.position() == at(1)
    assert len(index.ids()) == 1
    shelf.close()


LOADER = """
import sys
from pathlib import Path
from knowledge.adapters.chroma_index import ChromaIndex
from tests.fakes import WordEmbedder
ChromaIndex(Path(sys.argv[1]), WordEmbedder()).ids()
"""


def with_damaged_vectors(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path, dense())
    # From 1000 rows on they are kept in files that are loaded by Chroma's native half.
    shelf.open().apply([held(f"d{n}") for n in range(1800)], [], at(1))
    shelf.close()
    (header,) = tmp_path.rglob("header.bin")
    header.write_bytes(header.read_bytes()[:50])
    return shelf


def test_damaged_vectors_are_told_of_and_end_no_process(tmp_path: Path) -> None:
    shelf = with_damaged_vectors(tmp_path)
    with pytest.raises(IndexUnavailable, match="verify --repair rebuilds it"):
        shelf.open()
    anew = shelf.again(anew=True)
    anew.apply([held("a")], [], at(1))
    assert found(anew, asked()) == ["a"]
    shelf.close()


def test_vectors_that_another_program_touched_but_not_damaged_serve(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path, dense())
    shelf.open().apply([held("a")], [], at(1))
    shelf.close()
    for path in tmp_path.rglob("*.bin"):
        path.touch()
    assert found(shelf.again(), asked()) == ["a"]
    shelf.close()


def test_vectors_that_end_the_process_are_not_loaded_twice(tmp_path: Path) -> None:
    shelf = with_damaged_vectors(tmp_path)
    (tmp_path / "sealed").unlink()  # nobody can tell that they were damaged
    done = subprocess.run(
        [sys.executable, "-c", LOADER, tmp_path],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode
    assert b"Error" not in done.stderr  # no exception of Python's ended it
    with pytest.raises(IndexUnavailable, match="verify --repair rebuilds it"):
        shelf.open().ids()
    anew = shelf.again(anew=True)
    anew.apply([held("a")], [], at(1))
    assert found(anew, asked()) == ["a"]
    assert shelf.again().position() == at(1)
    shelf.close()


def test_two_processes_may_load_the_vectors_at_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, dense())
    shelf.open().apply([held("a")], [], at(1))
    with FileLock(tmp_path / "loading.lock"):
        assert shelf.again().position() == at(1)
    shelf.close()


# --- who passes a filter --------------------------------------------------------------


def test_a_write_that_fails_half_way_leaves_no_row_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = dense()(tmp_path / "dense")
    index.apply([held("a", vendors=["v"]), held("b", vendors=["v"])], [], at(1))
    assert found(index, asked(vendors=("v",))) == ["a", "b"]

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("chromadb.Collection.upsert", broken)
        with pytest.raises(IndexUnavailable):
            index.apply([held("a", vendors=["v"])], [], at(2))
    assert found(index, asked(vendors=("v",))) == ["b"]
    index.close()


def test_what_another_process_writes_is_known_at_the_next_question(
    tmp_path: Path,
) -> None:
    owner, other = dense()(tmp_path / "dense"), dense()(tmp_path / "dense")
    owner.apply([held("a", vendors=["v"]), held("b", vendors=["v"])], [], at(1))
    assert found(other, asked(vendors=("v",))) == ["a", "b"]
    owner.apply([], [held("a").passage.id], at(2))
    assert found(other, asked(vendors=("v",))) == ["b"]
    owner.apply([held("c", vendors=["v"])], [], at(3))
    assert found(other, asked(vendors=("v",))) == ["b", "c"]
    owner.close()
    other.close()


def test_what_another_process_deletes_while_it_is_asked_for_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = dense()(tmp_path / "dense")
    index.apply([held("a", vendors=["v"]), held("b", vendors=["v"])], [], at(1))
    gone = [held("gone").passage.id, held("b").passage.id]
    with monkeypatch.context() as patch:  # as it was a moment ago
        patch.setattr(Passing, "of", lambda *_: gone)
        assert found(index, asked(vendors=("v",))) == ["a", "b"]
    index.close()


@pytest.mark.parametrize("most", [0, 1, 2])
def test_more_rows_than_can_be_remembered_are_found_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("knowledge.adapters.chroma_filter.MOST_REMEMBERED", most)
    index = dense()(tmp_path / "dense")
    rows = [held(name, vendors=[vendor]) for name, vendor in ("av", "bv", "cw", "dx")]
    index.apply(rows, [], at(1))
    for _ in range(2):
        assert found(index, asked(vendors=("v",))) == ["a", "b"]
        assert found(index, asked(vendors=("w",))) == ["c"]
        assert found(index, asked(vendors=("x", "w"))) == ["c", "d"]
    index.close()


def test_what_was_asked_for_last_is_not_asked_of_the_collection_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.adapters.chroma_filter.MOST_REMEMBERED", 0)
    index = dense()(tmp_path / "dense")  # four rows: as many ids are remembered
    rows = [held(name, vendors=[vendor]) for name, vendor in ("av", "bv", "cw", "dx")]
    index.apply(rows, [], at(1))
    looked: list[list[str]] = []
    get = Collection.get

    def counted(collection, *given, **wanted):
        if "where" in wanted:
            looked.append(re.findall(r"'\$contains': '(\w)'", str(wanted["where"])))
        return get(collection, *given, **wanted)

    monkeypatch.setattr(Collection, "get", counted)
    for vendors in ("v", "w", "v", "x", "v", "w", "wx", "w", "x"):
        assert found(index, asked(vendors=tuple(vendors)))
    assert looked == [["v"], ["w"], ["x"], ["w", "x"], ["x"]]
    index.close()


def test_of_very_many_that_tie_the_best_are_still_first(
    lexical: TantivyIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.adapters.tantivy_index.MOST_TIED", 2)
    best = held("z", "Police tested police cameras of the police.")
    lexical.apply([*(held(name) for name in "abcdefgh"), best], [], at(1))
    names = found(lexical, asked(), 3)
    assert names[0] == "z"
    assert len(names) == 3
