"""What every PassageIndex does: tests for an implementation to inherit.

A subclass supplies the fixture ``shelf``, a folder of its own and a way to open it.
"""

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge.errors import IndexUnavailable
from knowledge.model import (
    Document,
    Form,
    HeldPassage,
    Kind,
    OwnQuestion,
    Passage,
    Position,
    Status,
)
from knowledge.ports import PassageIndex, Query

# One index for all examples is meant, and the class that inherits differs.
ONE_INDEX = [HealthCheck.function_scoped_fixture, HealthCheck.differing_executors]

STORE = "store-1"
CLEARVIEW, NEC = "clearview-ai", "nec"


def held(
    name: str,
    text: str = "Police used face recognition.",
    *,
    title: str = "A page",
    language: str = "en",
    vendors: Sequence[str] = (),
    places: Sequence[str] = (),
    concepts: Sequence[str] = (),
    questions: Sequence[str] = (),
    wordings: Sequence[str] = (),
) -> HeldPassage:
    """The one passage of a document, as a store hands it out."""
    document = Document(
        id=name,
        title=title,
        body=text,
        form=Form.SOURCE,
        kind=Kind.PRESS,
        language=language,
        sources=(),
        questions=tuple(OwnQuestion("en", question) for question in questions),
        wordings=tuple(OwnQuestion("en", wording) for wording in wordings),
        revision=1,
        status=Status.PUBLISHED,
    )
    passage = Passage(
        document=name,
        revision=1,
        start=0,
        end=len(text),
        text=text,
        locator="¶1",
        language=language,
        vendors=tuple(vendors),
        places=tuple(places),
        concepts=tuple(concepts),
    )
    return HeldPassage(passage, document)


def at(sequence: int, store: str = STORE) -> Position:
    return Position(store, sequence)


def asked(text: str = "police", language: str = "en", **subject: Any) -> Query:
    return Query(text=text, language=language, **subject)


def found(index: PassageIndex, query: Query, limit: int = 10) -> list[str]:
    """The documents found, best first."""
    return [hit.passage.split("@")[0] for hit in index.search(query, limit)]


def everything(index: PassageIndex) -> object:
    """All that can be seen of an index, to compare before and after."""
    queries = [
        asked(),
        asked("face", vendors=(CLEARVIEW,)),
        asked("face", places=("IT",)),
        asked("", concepts=("fine",)),
    ]
    return index.ids(), index.position(), [index.search(q, 100) for q in queries]


EMPTY: object = (frozenset(), None, [()] * 4)
"""``everything`` of an index that is new."""


@dataclass
class Shelf:
    """A folder for one index, and whatever was opened in it."""

    folder: Path
    opening: Callable[..., PassageIndex]
    opened: list[PassageIndex] = field(default_factory=list)

    def open(self, *, anew: bool = False) -> PassageIndex:
        index = self.opening(self.folder, anew=anew)
        self.opened.append(index)
        return index

    def close(self) -> None:
        while self.opened:
            self.opened.pop().close()

    def again(self, *, anew: bool = False) -> PassageIndex:
        """Close what is open, and open the folder as another process would."""
        self.close()
        return self.open(anew=anew)


class IndexContract:
    @pytest.fixture
    def index(self, shelf: Shelf) -> Iterator[PassageIndex]:
        yield shelf.open()
        shelf.close()

    # --- its position ----------------------------------------------------------------

    def test_a_new_index_is_empty_and_has_no_position(
        self, index: PassageIndex
    ) -> None:
        assert everything(index) == EMPTY

    def test_the_position_is_where_the_last_changes_brought_it(
        self, index: PassageIndex
    ) -> None:
        index.apply([held("a")], [], at(7))
        assert index.position() == at(7)
        index.apply([], [], at(9))
        assert index.position() == at(9)
        assert found(index, asked()) == ["a"]

    def test_passages_and_position_are_there_when_it_is_opened_again(
        self, index: PassageIndex, shelf: Shelf
    ) -> None:
        index.apply([held("a"), held("b")], [], at(2))
        before = everything(index)
        assert everything(shelf.again()) == before

    def test_a_position_names_the_store_that_it_is_of(
        self, index: PassageIndex
    ) -> None:
        index.apply([], [], at(3, store="é another"))
        assert index.position() == at(3, store="é another")

    def test_a_cleared_index_is_empty_and_has_no_position(
        self, index: PassageIndex, shelf: Shelf
    ) -> None:
        index.apply([held("a")], [], at(1))
        index.clear()
        assert everything(index) == EMPTY
        assert everything(shelf.again()) == EMPTY

    def test_a_cleared_index_can_be_filled_again(self, index: PassageIndex) -> None:
        index.apply([held("a")], [], at(1))
        index.clear()
        index.apply([held("b")], [], at(2))
        assert found(index, asked()) == ["b"]
        assert index.position() == at(2)

    # --- putting and dropping --------------------------------------------------------

    def test_what_is_put_is_found_and_what_is_dropped_is_not(
        self, index: PassageIndex
    ) -> None:
        a, b = held("a"), held("b")
        index.apply([a, b], [], at(2))
        assert sorted(found(index, asked())) == ["a", "b"]
        index.apply([], [a.passage.id], at(3))
        assert found(index, asked()) == ["b"]
        assert index.ids() == {b.passage.id}

    def test_dropping_what_is_not_there_changes_nothing(
        self, index: PassageIndex
    ) -> None:
        index.apply([held("a")], [], at(1))
        index.apply([], ["b@1#0-9", "", "#position", "☃" * 300], at(1))
        assert found(index, asked()) == ["a"]
        assert index.position() == at(1)

    def test_new_tags_replace_the_old_ones_wholly(self, index: PassageIndex) -> None:
        index.apply([held("a", vendors=[CLEARVIEW], places=["IT", "FR"])], [], at(1))
        index.apply([held("a", vendors=[NEC])], [], at(2))
        assert found(index, asked(vendors=(NEC,))) == ["a"]
        assert found(index, asked(vendors=(CLEARVIEW,))) == []
        assert found(index, asked(places=("IT",))) == []
        index.apply([held("a")], [], at(3))
        assert found(index, asked(vendors=(NEC,))) == []
        assert len(index.ids()) == 1

    def test_applying_the_same_twice_changes_nothing(self, index: PassageIndex) -> None:
        drop = [held("b").passage.id]
        index.apply([held("a", vendors=[CLEARVIEW]), held("b")], [], at(2))
        index.apply([held("c", places=["IT"])], drop, at(4))
        once = everything(index)
        index.apply([held("c", places=["IT"])], drop, at(4))
        assert everything(index) == once

    def test_a_passage_that_is_dropped_and_put_at_once_is_there(
        self, index: PassageIndex
    ) -> None:
        one = held("a")
        index.apply([one], [one.passage.id], at(1))
        assert found(index, asked()) == ["a"]

    def test_a_question_that_a_passage_answers_finds_it_once(
        self, index: PassageIndex
    ) -> None:
        answers = ["Who paid penalties?", "When were penalties imposed?"]
        put = [held("a", "Lorem ipsum.", questions=answers), held("b", "Lorem dolor.")]
        index.apply(put, [], at(2))
        assert found(index, asked("who paid penalties"))[0] == "a"
        assert found(index, asked("who paid penalties")).count("a") == 1
        assert index.ids() == {each.passage.id for each in put}

    def test_the_questions_of_a_passage_are_gone_with_it(
        self, index: PassageIndex
    ) -> None:
        first = held("a", "Lorem ipsum.", questions=["Who paid penalties?"])
        other = held("b", "Lorem dolor.")
        index.apply([first, other], [], at(2))
        index.apply([], [first.passage.id], at(3))
        assert "a" not in found(index, asked("who paid penalties"))
        assert index.ids() == {other.passage.id}

    def test_more_passages_than_one_call_takes_are_put(
        self, index: PassageIndex
    ) -> None:
        many = [held(f"d{n:04}") for n in range(1200)]
        index.apply(many, [], at(1200))
        assert index.ids() == {one.passage.id for one in many}
        index.apply([], [one.passage.id for one in many[1:]], at(2400))
        assert found(index, asked()) == ["d0000"]

    # --- filters ---------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("subject", "expected"),
        [
            ({}, ["both", "law", "place-only", "two", "vendor-only"]),
            ({"vendors": (CLEARVIEW,)}, ["both", "two", "vendor-only"]),
            ({"places": ("IT",)}, ["both", "law", "place-only", "two"]),
            ({"vendors": (CLEARVIEW,), "places": ("IT",)}, ["both", "two"]),
            ({"vendors": (NEC,), "places": ("FR",)}, ["two"]),
            ({"vendors": (CLEARVIEW, NEC)}, ["both", "two", "vendor-only"]),
            ({"places": ("EU", "FR")}, ["law", "two"]),
            ({"vendors": ("nobody",)}, []),
            ({"vendors": (NEC,), "places": ("JP",)}, []),
        ],
    )
    def test_a_hit_has_one_of_each_filter_that_is_not_empty(
        self, index: PassageIndex, subject: dict[str, Any], expected: list[str]
    ) -> None:
        rows = [
            held("both", vendors=[CLEARVIEW], places=["IT"]),
            held("two", vendors=[CLEARVIEW, NEC], places=["FR", "IT"]),
            held("vendor-only", vendors=[CLEARVIEW]),
            held("place-only", places=["IT"]),
            held("law", places=["EU", "IT"]),
        ]
        index.apply(rows, [], at(len(rows)))
        assert sorted(found(index, asked(**subject))) == expected

    def test_a_filter_matches_whole_tags_only(self, index: PassageIndex) -> None:
        index.apply([held("a", vendors=["clearview-ai"], places=["IT"])], [], at(1))
        for vendor in ("clearview", "ai", "Clearview-AI", "*"):
            assert found(index, asked(vendors=(vendor,))) == []

    # --- order -----------------------------------------------------------------------

    def test_the_best_passage_comes_first_with_the_largest_score(
        self, index: PassageIndex
    ) -> None:
        index.apply(
            [
                held("a", "An owl and a hedgehog went to sea in a boat."),
                held("b", "Police in Rome tested face recognition."),
                held("c", "Police in Rome bought cars."),
            ],
            [],
            at(3),
        )
        hits = index.search(asked("Police in Rome tested face recognition"), 3)
        assert hits[0].passage.startswith("b@")
        assert [hit.score for hit in hits] == sorted(
            (hit.score for hit in hits), reverse=True
        )
        assert hits[0].score > hits[1].score

    def test_passages_that_tie_come_by_id_whatever_their_order_of_arrival(
        self, index: PassageIndex
    ) -> None:
        for sequence, name in enumerate(["d", "b", "e", "a", "c"], start=1):
            index.apply([held(name)], [], at(sequence))
        assert found(index, asked()) == ["a", "b", "c", "d", "e"]
        assert found(index, asked(), 2) == ["a", "b"]

    def test_a_subject_asked_for_before_has_what_is_written_later(
        self, index: PassageIndex
    ) -> None:
        def on(*vendors: str, places: Sequence[str] = ()) -> list[str]:
            query = asked("police", vendors=vendors, places=tuple(places))
            return sorted(found(index, query))

        def all_found() -> list[list[str]]:
            return [on(CLEARVIEW, places=["IT", "FR"]), on(CLEARVIEW, NEC), on(NEC)]

        in_italy = held("a", vendors=[CLEARVIEW], places=["IT"])
        index.apply([in_italy, held("b", vendors=[NEC])], [], at(1))
        assert all_found() == [["a"], ["a", "b"], ["b"]]
        in_france = held("b", vendors=[CLEARVIEW], places=["FR"])
        asking = held("c", vendors=[CLEARVIEW], questions=["Which police?"])
        index.apply([in_france, asking], [], at(2))
        assert all_found() == [["a", "b"], ["a", "b", "c"], []]
        index.apply([], [in_italy.passage.id, asking.passage.id], at(3))
        assert all_found() == [["b"], ["b"], []]
        index.clear()
        assert all_found() == [[], [], []]

    def test_no_more_are_found_than_asked_for(self, index: PassageIndex) -> None:
        index.apply([held(f"d{n}") for n in range(9)], [], at(9))
        assert len(index.search(asked(), 4)) == 4
        assert len(index.search(asked(), 1000)) == 9
        assert index.search(asked(), 0) == ()

    # --- odd text --------------------------------------------------------------------

    @example("")
    @example(" ")
    @example("\0")
    @example('"unclosed AND (OR NOT +-*? title:x id:#position [a TO b] ^9 ~')
    @example("'\"; DROP TABLE passages; --")
    @example("\ud800 half \udfff")
    @example("\u202eright to left\u202c\u200f")
    @example("word " * 2_000)
    @example("x" * 10_000)
    @example("e\u0301" * 5_000)
    @settings(
        max_examples=40,
        suppress_health_check=ONE_INDEX,
    )
    @given(st.text(st.characters(exclude_categories=()), max_size=200))
    def test_no_question_however_odd_makes_it_fail(
        self, index: PassageIndex, text: str
    ) -> None:
        if not index.ids():
            index.apply([held("a", vendors=[CLEARVIEW])], [], at(1))
        for vendors in ((), (CLEARVIEW,)):
            hits = index.search(asked(text, vendors=vendors), 3)
            assert {hit.passage for hit in hits} <= index.ids()

    @settings(
        max_examples=25,
        suppress_health_check=ONE_INDEX,
    )
    @given(st.text(max_size=200), st.text(max_size=80))
    def test_a_passage_of_any_text_is_taken_and_dropped_again(
        self, index: PassageIndex, text: str, title: str
    ) -> None:
        one = held("odd", text, title=title, vendors=[CLEARVIEW])
        index.apply([one], [], at(1))
        assert index.ids() == {one.passage.id}
        index.search(asked(text, vendors=(CLEARVIEW,)), 3)
        index.apply([], [one.passage.id], at(2))
        assert index.ids() == frozenset()

    # --- threads ---------------------------------------------------------------------

    def test_several_threads_search_while_one_applies(
        self, index: PassageIndex
    ) -> None:
        index.apply([held("always", vendors=[CLEARVIEW])], [], at(1))
        stop = threading.Event()

        def search() -> int:
            times = 0
            while not stop.is_set():
                names = found(index, asked(vendors=(CLEARVIEW,)))
                assert "always" in names
                times += 1
            return times

        with ThreadPoolExecutor(4) as pool:
            searching = [pool.submit(search) for _ in range(4)]
            try:
                for n in range(2, 22):
                    put = [held(f"d{n}-{i}", vendors=[CLEARVIEW]) for i in range(3)]
                    index.apply(put, [], at(n))
                    index.apply([], [one.passage.id for one in put], at(n))
            finally:
                stop.set()
            assert all(future.result() for future in searching)
        assert index.position() == at(21)
        assert len(index.ids()) == 1


class FolderContract(IndexContract):
    """… and of one that is in a folder of its own, which may be gone or broken."""

    def test_a_folder_that_was_deleted_opens_empty(
        self, index: PassageIndex, shelf: Shelf
    ) -> None:
        index.apply([held("a")], [], at(1))
        shelf.close()
        shutil.rmtree(shelf.folder)
        anew = shelf.open()
        assert anew.position() is None
        anew.apply([held("b")], [], at(1))
        assert found(anew, asked()) == ["b"]

    def test_opened_anew_it_is_empty_even_where_it_was_sound(
        self, index: PassageIndex, shelf: Shelf
    ) -> None:
        index.apply([held("a")], [], at(1))
        assert everything(shelf.again(anew=True)) == EMPTY

    @pytest.mark.parametrize("damage", ["overwritten", "cut", "emptied"])
    def test_damaged_files_are_told_in_one_line_and_mended_by_opening_anew(
        self, index: PassageIndex, shelf: Shelf, damage: str
    ) -> None:
        index.apply([held(f"d{n}", vendors=[CLEARVIEW]) for n in range(50)], [], at(50))
        shelf.close()
        for path in self.files(shelf.folder):
            data = path.read_bytes()
            path.write_bytes(
                {
                    "overwritten": b"\x93not this\n" * (len(data) // 10 + 1),
                    "cut": data[: len(data) // 2],
                    "emptied": b"",
                }[damage]
            )
        try:
            # An empty file can pass for a new one: then it is filled again as new.
            assert everything(shelf.open()) == EMPTY
            assert damage == "emptied"
        except IndexUnavailable as error:
            self.is_one_clear_line(error)
        anew = shelf.again(anew=True)
        assert anew.position() is None
        anew.apply([held("a")], [], at(1))
        assert found(anew, asked()) == ["a"]

    def test_a_damaged_index_is_mended_by_clearing_it(
        self, index: PassageIndex, shelf: Shelf
    ) -> None:
        index.apply([held(f"d{n}") for n in range(50)], [], at(50))
        for path in self.files(shelf.folder):
            path.write_bytes(b"\x93not this\n")
        index.clear()
        assert index.position() is None
        index.apply([held("a")], [], at(1))
        assert found(index, asked()) == ["a"]

    def test_a_folder_that_cannot_be_made_is_told_in_one_line(
        self, shelf: Shelf
    ) -> None:
        shelf.folder.parent.mkdir(parents=True, exist_ok=True)
        shelf.folder.write_text("in the way")
        with pytest.raises(IndexUnavailable) as caught:
            shelf.open()
        self.is_one_clear_line(caught.value)

    def test_closing_twice_is_no_fault(self, index: PassageIndex) -> None:
        index.apply([held("a")], [], at(1))
        index.close()
        index.close()

    # --- for a subclass to say --------------------------------------------------------

    def files(self, folder: Path) -> Sequence[Path]:
        """The files without which nothing can be read."""
        raise NotImplementedError

    def is_one_clear_line(self, error: IndexUnavailable) -> None:
        said = str(error)
        assert "\n" not in said
        assert len(said) < 300
        assert said.startswith(f"The {error.subject['index']} index cannot be used: ")
        assert "Traceback" not in said
