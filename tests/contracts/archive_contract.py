"""What every Archive, Inspection and Mending does: tests for an implementation to inherit.

A subclass supplies the fixtures ``store`` and ``other``, two empty stores.
"""

from pathlib import Path

import pytest

from knowledge.adapters.sql_store import SqlStore
from knowledge.errors import StoreNotEmpty, UnusableBackup
from knowledge.ledger import broken_at
from knowledge.model import (
    Document,
    Link,
    Operation,
    Post,
    Relation,
    ShownPassage,
    Status,
)
from tests.contracts.store_contract import Desk
from tests.contracts.tenant_contract import post


def showing(key: str, passage: str) -> Post:
    """An answer that shows a passage."""
    shown = ShownPassage(passage=passage, start=0, end=9)
    return post(key, passages=(shown,), shown=1)


def filled(store: SqlStore) -> SqlStore:
    """Documents of every standing, a link, a note, a post."""
    desk = Desk(store)
    desk.put("a", fingerprints=(1, 2**62), vendors=("clearview-ai",), places=("IT",))
    desk.put("a", "La police l’a nié. Elle a menti.", Status.DRAFT)
    retracted = desk.put("b", "Un autre texte, plus court.")
    desk.move(retracted, Status.RETRACTED)
    desk.put("c", "Encore un texte. 😀 Fin.", links=(Link(Relation.CONTRADICTS, "a"),))
    store.remember("vocabulary", "1234")
    store.tenants.add_post(showing("p1", "a@1#0-30"))
    return store


def contents(store: SqlStore) -> dict[str, object]:
    """All that can be read of a store, but for its id."""
    documents: list[Document] = [
        revision
        for newest in store.documents()
        for revision in store.revisions(newest.id)
    ]
    return {
        "documents": documents,
        "passages": [store.passages(d.id, d.revision) for d in documents],
        "ledger": list(store.ledger()),
        "feed": store.changes(0),
        "coverage": store.coverage(),
        "related": store.related([d.id for d in documents]),
        "resembling": store.resembling([1, 2**62]),
        "note": store.note("vocabulary"),
        "posts": list(store.tenants.posts_showing(documents=["a"])),
    }


class ArchiveContract:
    """A copy is the store as it was, in whatever database it is put."""

    def test_a_copy_holds_all_that_was_held(
        self, store: SqlStore, other: SqlStore, tmp_path: Path
    ) -> None:
        filled(store).archive.copy_to(tmp_path / "copy")
        other.archive.replace_by(tmp_path / "copy", force=False)
        assert contents(other) == contents(store)
        assert broken_at(other.ledger()) is None
        assert [path.name for path in tmp_path.glob("copy*")] == ["copy"]

    def test_a_restored_store_has_an_id_of_its_own_and_goes_on(
        self, store: SqlStore, other: SqlStore, tmp_path: Path
    ) -> None:
        filled(store).archive.copy_to(tmp_path / "copy")
        before = other.id
        other.archive.replace_by(tmp_path / "copy", force=False)
        assert other.id not in (before, store.id)
        Desk(other).put("d", "Un texte nouveau.")
        assert broken_at(other.ledger()) is None
        assert other.head().sequence == store.head().sequence + 1

    def test_what_is_held_gives_way_only_by_force(
        self, store: SqlStore, other: SqlStore, tmp_path: Path
    ) -> None:
        filled(store).archive.copy_to(tmp_path / "copy")
        Desk(other).put("x", "Ce qui était là.")
        held = contents(other)
        with pytest.raises(StoreNotEmpty, match="holds 1 documents"):
            other.archive.replace_by(tmp_path / "copy", force=False)
        assert contents(other) == held
        other.archive.replace_by(tmp_path / "copy", force=True)
        assert contents(other) == contents(store)

    def test_a_store_with_answers_alone_is_not_empty(
        self, store: SqlStore, other: SqlStore, tmp_path: Path
    ) -> None:
        filled(store).archive.copy_to(tmp_path / "copy")
        other.tenants.add_post(showing("p", "a@1#0-30"))
        with pytest.raises(StoreNotEmpty):
            other.archive.replace_by(tmp_path / "copy", force=False)

    def test_the_ledger_is_append_only_after_a_restore_too(
        self, store: SqlStore, other: SqlStore, tmp_path: Path
    ) -> None:
        filled(store).archive.copy_to(tmp_path / "copy")
        other.archive.replace_by(tmp_path / "copy", force=False)
        self.refuses_to_change_the_ledger(other)

    def refuses_to_change_the_ledger(self, store: SqlStore) -> None:
        raise NotImplementedError

    def test_what_is_no_store_is_refused(self, other: SqlStore, tmp_path: Path) -> None:
        Desk(other).put("x", "Ce qui était là.")
        held = contents(other)
        (tmp_path / "copy").write_text("no database" * 1000)
        with pytest.raises(UnusableBackup, match="its store cannot be read"):
            other.archive.replace_by(tmp_path / "copy", force=True)
        assert contents(other) == held


class InspectionContract:
    """The store knows where its ledger ends and which shown passages it holds."""

    def test_a_sound_store_has_nothing_to_tell(self, store: SqlStore) -> None:
        filled(store)
        inspection = store.inspection
        assert list(inspection.altered()) == []
        assert inspection.misplaced() == ()
        assert inspection.unknown_quotes() == ()
        lines = list(store.ledger())
        end = inspection.ledger_end()
        assert (end.lines, end.hash) == (lines[-1].sequence, lines[-1].hash)

    def test_an_answer_that_shows_what_is_held_nowhere_is_found(
        self, store: SqlStore
    ) -> None:
        filled(store).tenants.add_post(showing("p2", "gone@3#0-9"))
        assert store.inspection.unknown_quotes() == ("gone@3#0-9",)

    def test_every_text_has_the_hash_that_was_stored_with_it(
        self, store: SqlStore
    ) -> None:
        desk = Desk(store)
        for number in range(120):  # more than a page
            desk.put(f"d{number:03}", f"Texte numéro {number}.")
        texts = dict(store.inspection.texts())
        assert len(texts) == 120
        assert len(set(texts.values())) == 120
        assert list(texts)[-1] == "d119@1"


class MendingContract:
    """What a whole ledger proves is written back, and indexes can follow."""

    def test_a_revision_stands_where_it_is_restated_and_the_feed_tells_its_passages(
        self, store: SqlStore
    ) -> None:
        filled(store)
        head = store.head().sequence
        store.mending.restate(
            {
                ("a", 1): (Status.PUBLISHED, Status.RETRACTED),
                ("b", 1): (Status.RETRACTED, Status.PUBLISHED),
            }
        )
        assert [d.status for d in store.revisions("a")] == ["retracted", "draft"]
        assert store.document("b").status is Status.PUBLISHED
        fed = {(c.operation, c.passage) for c in store.changes(head)}
        dropped = {(Operation.DROP, p.id) for p in store.passages("a", 1)}
        put = {(Operation.PUT, p.id) for p in store.passages("b", 1)}
        assert dropped
        assert put
        assert fed == dropped | put

    def test_of_two_revisions_that_change_places_one_is_published_all_the_while(
        self, store: SqlStore
    ) -> None:
        desk = Desk(store)
        desk.put("a")
        desk.put("a", "Un autre texte, plus court.")
        assert [d.status for d in store.revisions("a")] == ["superseded", "published"]
        store.mending.restate(
            {
                ("a", 1): (Status.SUPERSEDED, Status.PUBLISHED),
                ("a", 2): (Status.PUBLISHED, Status.SUPERSEDED),
            }
        )
        assert [d.status for d in store.revisions("a")] == ["published", "superseded"]

    def test_what_has_changed_since_it_was_seen_stays_and_nothing_is_told(
        self, store: SqlStore
    ) -> None:
        filled(store)
        before = contents(store), store.head()
        store.mending.restate({("a", 2): (Status.SUBMITTED, Status.PUBLISHED)})
        assert (contents(store), store.head()) == before

    def test_of_what_is_published_neither_before_nor_after_no_index_hears(
        self, store: SqlStore
    ) -> None:
        filled(store)
        head = store.head()
        store.mending.restate({("a", 2): (Status.DRAFT, Status.REJECTED)})
        assert store.document("a", 2).status is Status.REJECTED
        assert store.head() == head
