"""What every Store does: tests for an implementation to inherit.

A subclass supplies the fixture ``store``, an empty store of its own for each test.
"""

import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import ChangedMeanwhile, InvalidMetadata, UnknownDocument
from knowledge.ledger import broken_at
from knowledge.model import (
    Change,
    Coverage,
    Document,
    Event,
    Form,
    Holding,
    Kind,
    Link,
    Operation,
    PartialDate,
    Passage,
    Position,
    Relation,
    Source,
    Status,
    Step,
    Translation,
    Vetting,
)
from knowledge.ports import Store, Write
from tests.fakes import NOON

PUT, DROP = Operation.PUT, Operation.DROP
WORDS = "La police a utilisé Clearview. L’Italie figure sur la liste."
STEPS = {
    Status.DRAFT: Step.PROPOSE,
    Status.SUBMITTED: Step.SUBMIT,
    Status.APPROVED: Step.APPROVE,
    Status.PUBLISHED: Step.PUBLISH,
    Status.REJECTED: Step.REJECT,
    Status.RETRACTED: Step.RETRACT,
}
SOURCE = Source(title="T", publisher="P", url="https://example.org/a", language="fr")


def document(id: str, body: str = WORDS, **fields: object) -> Document:
    """A French press article, at revision 1, unless the fields say otherwise."""
    plain: dict[str, object] = {
        "title": f"On {id}",
        "form": Form.SOURCE,
        "kind": Kind.PRESS,
        "language": "fr",
        "sources": (SOURCE,),
        "revision": 1,
    }
    return Document(id=id, body=body, **{**plain, **fields})  # type: ignore[arg-type]


def passages_of(document: Document, **tags: tuple[str, ...]) -> tuple[Passage, ...]:
    """A passage for each sentence of a body, all with the document's tags or these."""
    on = {"vendors": document.vendors, "places": document.places, **tags}
    return tuple(
        Passage(
            document=document.id,
            revision=document.revision,
            start=sentence.start(),
            end=sentence.end(),
            text=sentence[0],
            locator=f"¶{number}",
            language=document.language,
            **on,
        )
        for number, sentence in enumerate(re.finditer(r"[^.\s][^.]*\.", document.body))
    )


def change(
    document: Document,
    expected: tuple[int, Status] | None,
    passages: tuple[Passage, ...] | None = None,
    fingerprints: tuple[int, ...] = (),
) -> Write:
    """The Write that brings a document to where it stands."""
    event = Event(
        at=NOON,
        actor="terminal:ana",
        step=STEPS.get(document.status, Step.CORRECT),
        document=document.id,
        revision=document.revision,
        rule="test",
        detail={"why": "parce qu’il le faut"},
    )
    return Write(
        document=document,
        event=event,
        expected=expected,
        passages=passages,
        fingerprints=fingerprints,
    )


@dataclass
class Desk:
    """Somebody who writes to a store and knows what stands there."""

    store: Store

    def put(
        self,
        id: str,
        body: str = WORDS,
        status: Status = Status.PUBLISHED,
        fingerprints: tuple[int, ...] = (),
        **fields: object,
    ) -> Document:
        """Write a new revision, cut into passages."""
        newest = self.newest(id)
        revision = newest[0] + 1 if newest else 1
        new = document(id, body, status=status, revision=revision, **fields)
        self.store.write([change(new, newest, passages_of(new), fingerprints)])
        return new

    def move(self, old: Document, status: Status) -> Document:
        """Put a stored revision at another status."""
        new = replace(old, status=status)
        self.store.write([change(new, self.newest(old.id))])
        return new

    def newest(self, id: str) -> tuple[int, Status] | None:
        try:
            held = self.store.document(id)
        except UnknownDocument:
            return None
        return held.revision, held.status

    def feed(self, after: int = 0) -> list[tuple[Operation, str]]:
        return [(c.operation, c.passage) for c in self.store.changes(after)]

    def everything(self) -> object:
        """All that can be asked of the store, to compare before and after."""
        store = self.store
        held = tuple(store.documents())
        return (
            held,
            tuple(store.passages(d.id, d.revision) for d in held),
            store.changes(0),
            store.head(),
            tuple(store.ledger()),
            store.coverage(),
        )


def ids(*documents: Document) -> list[str]:
    return [p.id for d in documents for p in passages_of(d)]


class WritingContract:
    def test_a_revision_comes_back_as_it_was_written(self, store: Store) -> None:
        written = document(
            "cv-001",
            "“É” ‮\U0001f600 ı \r\n\t",
            form=Form.BRIEF,
            kind=Kind.COURT_RULING,
            sources=(
                SOURCE,
                replace(
                    SOURCE,
                    title="Ordinanza «50»",
                    published_on=PartialDate(2022, 2),
                    archived_url="https://web.example/1",
                ),
            ),
            vendors=("clearview-ai", "a"),
            places=("IT", "EU", "FR"),
            event_on=PartialDate(2022, 2, 10),
            links=(
                Link(Relation.UPDATES, "cv-007"),
                Link(Relation.CONTRADICTS, "cv-009"),
            ),
            translations=(Translation(language="fr", by="Ana", text="« É »\n\nDeux."),),
            vetting=Vetting.STARTER_SET,
            vetted_on=date(2026, 11, 23),
            rechecked_on=date(2026, 11, 24),
            status=Status.APPROVED,
        )
        store.write([change(written, None, ())])
        assert store.document("cv-001") == written
        assert store.document("cv-001", 1) == written
        assert store.revisions("cv-001") == (written,)

    def test_a_revision_without_the_optional_fields_comes_back_too(
        self, store: Store
    ) -> None:
        written = document("bare", sources=())
        store.write([change(written, None)])
        assert store.document("bare") == written
        assert store.passages("bare", 1) == ()

    def test_passages_come_back_in_order_with_their_tags_in_order(
        self, store: Store
    ) -> None:
        written = document("a", status=Status.PUBLISHED)
        first, second = passages_of(
            written,
            vendors=("zed", "alpha"),
            places=("IT", "FR"),
            concepts=("police-use", "ban"),
        )
        store.write([change(written, None, (second, first))])
        assert store.passages("a", 1) == (first, second)
        assert store.published([second.id])[second.id].passage == second

    def test_text_beyond_the_basic_plane_keeps_its_offsets(self, store: Store) -> None:
        written = document("a", "\U0001f600\U0001f600 Été. \U00020000 fin.")
        store.write([change(written, None, passages_of(written))])
        for passage in store.passages("a", 1):
            assert passage.text == written.body[passage.start : passage.end]
        assert [p.text for p in store.passages("a", 1)][1] == "\U00020000 fin."

    @settings(
        max_examples=60,
        deadline=None,
        # One store for all examples is meant: each is a document of its own.
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(body=st.text(st.characters(exclude_categories=["Cs"], min_codepoint=1)))
    def test_a_body_comes_back_exactly_whatever_its_characters(
        self, store: Store, body: str
    ) -> None:
        name = f"d{sum(1 for _ in store.documents())}"
        written = document(name, body, title=body)
        store.write([change(written, None)])
        assert store.document(name) == written
        assert store.with_same_body(body) is not None

    @pytest.mark.parametrize("flaw", ["\0", "\ud800", "a\udfff"])
    @pytest.mark.parametrize(
        "spoil",
        [
            lambda w, x: replace(
                w, document=replace(w.document, body=w.document.body + x)
            ),
            lambda w, x: replace(w, document=replace(w.document, title=x)),
            lambda w, x: replace(w, document=replace(w.document, vendors=("a", x))),
            lambda w, x: replace(
                w, document=replace(w.document, sources=(replace(SOURCE, url=x),))
            ),
            lambda w, x: replace(w, event=replace(w.event, actor=x)),
            lambda w, x: replace(w, event=replace(w.event, detail={"why": x})),
            lambda w, x: replace(w, event=replace(w.event, detail={x: "why"})),
            lambda w, x: replace(
                w, passages=tuple(replace(p, concepts=(x,)) for p in w.passages)
            ),
            lambda w, x: replace(w, document=replace(w.document, id=x)),
        ],
    )
    def test_text_that_cannot_be_stored_is_refused_and_nothing_is_written(
        self, store: Store, desk: Desk, spoil: Callable[[Write, str], Write], flaw: str
    ) -> None:
        desk.put("held")
        before = desk.everything()
        new = document("new")
        with pytest.raises(InvalidMetadata) as caught:
            store.write([spoil(change(new, None, passages_of(new)), flaw)])
        assert caught.value.subject["subject"] in ("new", ascii(flaw))
        str(caught.value).encode()  # can be printed
        assert desk.everything() == before

    def test_asking_for_text_that_cannot_be_stored_finds_nothing(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", vendors=("v",))
        for odd in ("a\0", "\udc80"):
            for ask in (store.document, store.revisions):
                with pytest.raises(UnknownDocument) as caught:
                    ask(odd)
                str(caught.value).encode()
            assert store.passages(odd, 1) == ()
            assert store.published([odd]) == {}
            assert store.with_same_body(odd) is None
            assert store.coverage(vendor=odd) == ()
            assert store.coverage(places=(odd,)) == ()
            assert list(store.ledger(odd)) == []
            assert store.note(odd) is None
            with pytest.raises(InvalidMetadata):
                store.remember("key", odd)

    def test_an_unknown_document_or_revision_says_so(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a")
        for ask in (store.document, store.revisions):
            with pytest.raises(UnknownDocument):
                ask("b")
        for revision in (-1, 0, 2, 2**31, 2**80):
            with pytest.raises(UnknownDocument):
                store.document("a", revision)
            assert store.passages("a", revision) == ()

    @pytest.mark.parametrize(
        "expected",
        [
            None,
            (1, Status.PUBLISHED),
            (2, Status.DRAFT),
            (1, Status.SUBMITTED),
        ],
    )
    def test_a_document_that_is_not_as_expected_is_left_alone(
        self, store: Store, desk: Desk, expected: tuple[int, Status] | None
    ) -> None:
        held = desk.put("a", status=Status.DRAFT)
        before = desk.everything()
        with pytest.raises(ChangedMeanwhile):
            store.write([change(replace(held, status=Status.PUBLISHED), expected)])
        assert desk.everything() == before

    def test_a_document_expected_but_not_there_is_refused(
        self, store: Store, desk: Desk
    ) -> None:
        before = desk.everything()
        with pytest.raises(ChangedMeanwhile):
            store.write([change(document("a"), (1, Status.DRAFT), ())])
        assert desk.everything() == before

    def test_of_several_changes_all_or_none_are_stored(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("held")
        before = desk.everything()
        new = document("new", status=Status.PUBLISHED)
        again = document("held", revision=2)
        with pytest.raises(ChangedMeanwhile):
            store.write([change(new, None, passages_of(new)), change(again, None)])
        assert desk.everything() == before

    def test_a_change_sees_the_one_before_it_in_the_same_write(
        self, store: Store
    ) -> None:
        first = document("a", status=Status.PUBLISHED)
        second = document("a", "Autre.", status=Status.PUBLISHED, revision=2)
        store.write(
            [
                change(first, None, passages_of(first)),
                change(second, (1, Status.PUBLISHED), passages_of(second)),
            ]
        )
        assert [d.status for d in store.revisions("a")] == [
            Status.SUPERSEDED,
            Status.PUBLISHED,
        ]

    def test_writing_nothing_changes_nothing(self, store: Store, desk: Desk) -> None:
        before = desk.everything()
        store.write([])
        store.retag([])
        assert desk.everything() == before

    @pytest.mark.parametrize("revision", [0, 1, 3])
    def test_a_new_revision_follows_the_newest(
        self, store: Store, desk: Desk, revision: int
    ) -> None:
        desk.put("a", status=Status.DRAFT)
        before = desk.everything()
        new = document("a", "Autre.", revision=revision)
        with pytest.raises(InvalidMetadata):
            store.write([change(new, (1, Status.DRAFT))])
        assert desk.everything() == before

    def test_the_text_of_a_stored_revision_never_changes(
        self, store: Store, desk: Desk
    ) -> None:
        held = desk.put("a")
        with pytest.raises(InvalidMetadata):
            store.write([change(replace(held, body=f"{WORDS} "), desk.newest("a"))])
        assert store.document("a").body == WORDS

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda p: replace(p, text=p.text.replace("a", "o")),
            lambda p: replace(p, start=p.start + 1),
            lambda p: replace(p, document="b"),
            lambda p: replace(p, revision=2),
        ],
    )
    def test_a_passage_that_is_not_of_its_body_is_refused(
        self, store: Store, spoil: Callable[[Passage], Passage]
    ) -> None:
        new = document("a")
        first, second = passages_of(new)
        with pytest.raises(InvalidMetadata):
            store.write([change(new, None, (first, spoil(second)))])
        assert list(store.documents()) == []


class PublishingContract:
    def test_a_published_document_is_put_into_the_feed_and_can_be_quoted(
        self, store: Store, desk: Desk
    ) -> None:
        held = desk.put("a")
        assert desk.feed() == [(PUT, id_) for id_ in ids(held)]
        found = store.published(ids(held))
        assert [p.passage for p in found.values()] == list(passages_of(held))
        assert all(p.document == held for p in found.values())

    @pytest.mark.parametrize("status", [s for s in Status if s is not Status.PUBLISHED])
    def test_nothing_but_published_revisions_can_be_quoted(
        self, store: Store, desk: Desk, status: Status
    ) -> None:
        held = desk.put("a", status=status)
        assert desk.feed() == []
        assert store.published(ids(held)) == {}
        assert store.coverage() == ()

    def test_publishing_supersedes_what_was_published(
        self, store: Store, desk: Desk
    ) -> None:
        old = desk.put("a")
        new = desk.put("a", "Corrigé. Deux fois.")
        assert desk.feed(after=2) == [
            *((DROP, id_) for id_ in ids(old)),
            *((PUT, id_) for id_ in ids(new)),
        ]
        assert store.document("a", 1) == replace(old, status=Status.SUPERSEDED)
        assert list(store.published([*ids(old), *ids(new)])) == ids(new)

    def test_publishing_a_stored_draft_puts_its_passages(
        self, store: Store, desk: Desk
    ) -> None:
        draft = desk.put("a", status=Status.DRAFT)
        desk.move(draft, Status.PUBLISHED)
        assert desk.feed() == [(PUT, id_) for id_ in ids(draft)]

    def test_a_retracted_document_cannot_be_quoted_from_that_moment(
        self, store: Store, desk: Desk
    ) -> None:
        held = desk.put("a")
        desk.move(held, Status.RETRACTED)
        assert store.published(ids(held)) == {}
        assert desk.feed(after=2) == [(DROP, id_) for id_ in ids(held)]
        assert store.coverage() == ()
        assert store.passages("a", 1) == passages_of(held)  # history stays readable

    def test_rejecting_a_draft_on_top_leaves_the_published_revision(
        self, store: Store, desk: Desk
    ) -> None:
        held = desk.put("a")
        draft = desk.put("a", "Brouillon.", status=Status.DRAFT)
        desk.move(draft, Status.REJECTED)
        assert store.document("a", 1).status is Status.PUBLISHED
        assert list(store.published([*ids(held), *ids(draft)])) == ids(held)
        assert store.head().sequence == 2

    def test_a_published_revision_is_retracted_under_a_draft(
        self, store: Store, desk: Desk
    ) -> None:
        held = desk.put("a")
        draft = desk.put("a", "Brouillon.", status=Status.DRAFT)
        desk.move(held, Status.RETRACTED)
        assert store.published(ids(held)) == {}
        assert store.document("a") == draft

    def test_a_recheck_puts_every_passage_again(self, store: Store, desk: Desk) -> None:
        held = desk.put("a")
        checked = replace(held, rechecked_on=date(2026, 11, 24))
        store.write([change(checked, desk.newest("a"))])
        assert desk.feed(after=2) == [(PUT, id_) for id_ in ids(held)]
        first = ids(held)[0]
        assert store.published([first])[first].document == checked

    def test_cutting_a_published_revision_anew_drops_what_is_gone(
        self, store: Store, desk: Desk
    ) -> None:
        held = desk.put("a")
        first, second = passages_of(held)
        store.write([change(held, desk.newest("a"), (second,))])
        assert desk.feed(after=2) == [(DROP, first.id), (PUT, second.id)]
        assert store.passages("a", 1) == (second,)
        assert list(store.published([first.id, second.id])) == [second.id]

    def test_other_documents_are_not_touched(self, store: Store, desk: Desk) -> None:
        other = desk.put("b")
        desk.move(desk.put("a"), Status.RETRACTED)
        assert list(store.published(ids(other))) == ids(other)

    def test_published_answers_in_the_order_asked_and_ignores_strangers(
        self, store: Store, desk: Desk
    ) -> None:
        a, b = desk.put("a"), desk.put("b", "Un. Deux.")
        asked = [ids(b)[1], "b@1#0-99", ids(a)[0], "nonsense", "", ids(b)[1], ids(b)[0]]
        assert list(store.published(asked)) == [ids(b)[1], ids(a)[0], ids(b)[0]]
        assert store.published([]) == {}

    def test_published_takes_more_ids_than_a_statement_takes_variables(
        self, store: Store, desk: Desk
    ) -> None:
        held = desk.put("a")
        strangers = [f"x@1#{n}-{n + 1}" for n in range(70_000)]
        found = store.published([ids(held)[0], *strangers, ids(held)[1]])
        assert list(found) == ids(held)

    def test_retagging_replaces_tags_and_puts_published_passages_again(
        self, store: Store, desk: Desk
    ) -> None:
        shown = desk.put("a", vendors=("old",), places=("IT",))
        draft = desk.put("b", status=Status.DRAFT, vendors=("old",))
        tags = {"vendors": ("new", "zed"), "places": (), "concepts": ("ban",)}
        retagged = (*passages_of(draft, **tags), *passages_of(shown, **tags))
        stranger = replace(retagged[0], document="gone")
        before = store.head().sequence
        store.retag([*retagged, stranger])
        assert store.passages("a", 1) == passages_of(shown, **tags)
        assert store.passages("b", 1) == passages_of(draft, **tags)
        assert desk.feed(before) == [(PUT, id_) for id_ in ids(shown)]
        assert [(c.vendor, c.place) for c in store.coverage()] == [
            ("new", None),
            ("zed", None),
        ]
        assert store.document("a") == shown

    def test_retagging_what_is_not_stored_changes_nothing(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a")
        before = desk.everything()
        store.retag(passages_of(document("b"), vendors=("v",)))
        assert desk.everything() == before


class ReadingContract:
    def test_documents_are_listed_by_id_at_their_newest_revision(
        self, store: Store, desk: Desk
    ) -> None:
        b, upper = desk.put("b"), desk.put("B-2")
        desk.put("a")
        draft = desk.put("a", "Brouillon.", status=Status.DRAFT)
        assert list(store.documents()) == [upper, draft, b]

    def test_documents_with_a_status_are_found_under_a_draft(
        self, store: Store, desk: Desk
    ) -> None:
        a = desk.put("a")
        draft = desk.put("a", "Brouillon.", status=Status.DRAFT)
        newer = desk.put("a", "Encore.", status=Status.DRAFT)
        b = desk.put("b")
        assert list(store.documents(Status.PUBLISHED)) == [a, b]
        assert list(store.documents(Status.DRAFT)) == [newer]
        assert draft not in store.documents(Status.DRAFT)
        assert list(store.documents(Status.RETRACTED)) == []

    def test_more_documents_than_a_page_are_listed_once_each(
        self, store: Store
    ) -> None:
        written = [document(f"d{n:04}") for n in range(250)]
        store.write([change(d, None) for d in written])
        assert list(store.documents()) == written
        assert list(store.documents(Status.DRAFT)) == written

    def test_an_iterator_left_half_read_stands_in_nobodys_way(
        self, store: Store, desk: Desk
    ) -> None:
        store.write([change(document(f"d{n:03}"), None) for n in range(150)])
        listing, lines = store.documents(), store.ledger()
        next(listing)
        next(lines)
        desk.put("e")
        assert next(listing).id == "d001"
        assert next(lines).sequence == 2
        assert [d.id for d in listing][-1] == "e"

    def test_the_same_body_is_found_in_live_documents_only(
        self, store: Store, desk: Desk
    ) -> None:
        assert store.with_same_body(WORDS) is None
        held = desk.put("a")
        assert store.with_same_body(WORDS) == "a"
        assert store.with_same_body(f"{WORDS} ") is None
        desk.move(held, Status.RETRACTED)
        assert store.with_same_body(WORDS) is None
        rejected = desk.put("b", status=Status.SUBMITTED)
        assert store.with_same_body(WORDS) == "b"
        desk.move(rejected, Status.REJECTED)
        assert store.with_same_body(WORDS) is None

    def test_the_same_body_is_found_in_the_published_and_in_the_newest_revision(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", "Publié.")
        desk.put("a", "Brouillon.", status=Status.DRAFT)
        newest = desk.put("a", "Encore.", status=Status.DRAFT)
        assert store.with_same_body("Publié.") == "a"
        assert store.with_same_body("Encore.") == "a"
        assert store.with_same_body("Brouillon.") is None
        desk.move(newest, Status.PUBLISHED)
        assert store.with_same_body("Publié.") is None  # superseded

    def test_resembling_counts_shared_fingerprints_of_live_documents(
        self, store: Store, desk: Desk
    ) -> None:
        top = 2**63 - 1
        desk.put("a", fingerprints=(1, 2, 3, top))
        desk.put("b", fingerprints=(3, 4))
        desk.put("c", fingerprints=(5,))
        gone = desk.put("d", fingerprints=(1, 2, 3))
        desk.move(gone, Status.RETRACTED)
        assert store.resembling((3, top, 2, 2, 99)) == {"a": 3, "b": 1}
        assert store.resembling(()) == {}

    def test_resembling_looks_at_the_newest_live_revision(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", fingerprints=(1, 2))
        draft = desk.put("a", "Autre.", status=Status.DRAFT, fingerprints=(3,))
        assert store.resembling((1, 2, 3)) == {"a": 1}
        desk.move(draft, Status.REJECTED)
        assert store.resembling((1, 2, 3)) == {"a": 2}

    def test_resembling_takes_more_fingerprints_than_a_statement_does_variables(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", fingerprints=tuple(range(2000)))
        assert store.resembling(range(1000, 71_000)) == {"a": 1000}

    def test_resembling_passes_over_what_hundreds_have(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", "Un.", fingerprints=(1, 2))
        for number in range(300):
            desk.put(f"b-{number}", f"Texte {number}.", fingerprints=(1,))
        assert store.resembling((1, 2)) == {"a": 1}

    def test_a_note_is_what_was_remembered_last(self, store: Store) -> None:
        assert store.note("vocabulary") is None
        store.remember("vocabulary", "1")
        store.remember("vocabulary", "“2”")
        store.remember("other", "")
        assert (store.note("vocabulary"), store.note("other")) == ("“2”", "")


class CoverageContract:
    def test_coverage_counts_documents_not_passages(
        self, store: Store, desk: Desk
    ) -> None:
        vendors, places = ("clearview-ai",), ("IT",)
        day, year = PartialDate(2022, 2), PartialDate(2022)
        ruling = Kind.REGULATOR_DECISION
        desk.put("a", vendors=vendors, places=places, event_on=day)
        desk.put("b", vendors=vendors, places=places, event_on=year)
        desk.put("c", vendors=vendors, places=places, kind=ruling)
        assert store.coverage() == (
            Coverage(
                vendor="clearview-ai",
                place="IT",
                count=3,
                kinds={Kind.PRESS: 2, ruling: 1},
                newest=day,
            ),
        )

    def test_coverage_asked_for_before_has_what_is_written_later(
        self, store: Store, desk: Desk
    ) -> None:
        def counted() -> list[int]:
            return [sum(c.count for c in store.coverage(v)) for v in ("v", "w", None)]

        assert counted() == [0, 0, 0]
        held = desk.put("a", vendors=("v",), places=("IT",))
        assert counted() == [1, 0, 1]
        store.retag([replace(p, vendors=("w",)) for p in store.passages("a", 1)])
        assert counted() == [0, 1, 1]
        desk.move(held, Status.RETRACTED)
        assert counted() == [0, 0, 0]

    def test_coverage_has_rows_for_a_vendor_or_a_place_alone(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("law", kind=Kind.LAW, places=("EU",))
        desk.put("profile", vendors=("nso-group",))
        desk.put("neither")
        cells = {(c.vendor, c.place, c.count) for c in store.coverage()}
        assert cells == {(None, "EU", 1), ("nso-group", None, 1)}

    def test_coverage_goes_by_what_each_passage_is_on(self, store: Store) -> None:
        held = document("a", status=Status.PUBLISHED)
        first, second = passages_of(held)
        first = replace(first, vendors=("v", "w"), places=("IT", "FR"))
        second = replace(second, vendors=("w",), places=("GR",))
        store.write([change(held, None, (first, second))])
        cells = {(c.vendor, c.place) for c in store.coverage()}
        assert cells == {(v, p) for v in "vw" for p in ("IT", "FR")} | {("w", "GR")}

    def test_coverage_of_a_subject_has_only_the_rows_about_it(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", vendors=("v",), places=("IT", "FR"))
        desk.put("b", vendors=("w",), places=("IT",))
        desk.put("c", places=("IT",))

        def cells(
            vendor: str | None = None, places: tuple[str, ...] | None = None
        ) -> list[tuple[str | None, str | None]]:
            return [(c.vendor, c.place) for c in store.coverage(vendor, places)]

        assert cells("v") == [("v", "FR"), ("v", "IT")]
        assert cells(None, ("IT",)) == [("v", "IT"), ("w", "IT"), (None, "IT")]
        assert cells(None, ("FR", "GR")) == [("v", "FR")]
        assert cells("v", ("IT",)) == [("v", "IT")]
        assert cells("v", ("FR", "IT")) == [("v", "FR"), ("v", "IT")]
        assert cells("v", ("GR",)) == []
        assert cells("v", ()) == []
        assert cells("nobody") == []

    def test_coverage_is_sorted_by_vendor_count_and_place_with_none_last(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", vendors=("w",), places=("IT", "FR"))
        desk.put("b", vendors=("w",), places=("IT",))
        desk.put("c", vendors=("v",))
        desk.put("d", vendors=("v",), places=("DE",))
        desk.put("e", places=("DE", "BE"))
        assert [(c.vendor, c.place) for c in store.coverage()] == [
            ("v", "DE"),
            ("v", None),
            ("w", "IT"),
            ("w", "FR"),
            (None, "BE"),
            (None, "DE"),
        ]

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        dates=st.lists(
            st.one_of(
                st.dates().map(lambda d: PartialDate(d.year, d.month, d.day)),
                st.dates().map(lambda d: PartialDate(d.year, d.month)),
                st.dates().map(lambda d: PartialDate(d.year)),
                st.none(),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_the_newest_date_is_the_latest_whatever_is_known_of_it(
        self, store: Store, dates: list[PartialDate | None]
    ) -> None:
        known = sum(1 for _ in store.documents())
        written = [
            document(
                f"d{known + n:05}",
                status=Status.PUBLISHED,
                event_on=day,
                vendors=(f"v{known}",),
            )
            for n, day in enumerate(dates)
        ]
        store.write([change(d, None, passages_of(d)) for d in written])
        (cell,) = store.coverage(vendor=f"v{known}")
        assert cell.newest == max((d for d in dates if d), default=None)

    def test_the_newest_date_falls_back_to_the_sources(
        self, store: Store, desk: Desk
    ) -> None:
        dated = replace(SOURCE, published_on=PartialDate(2020, 2))
        desk.put("a", vendors=("v",), sources=(SOURCE, dated))
        assert store.coverage()[0].newest == PartialDate(2020, 2)


class FeedAndLedgerContract:
    def test_an_empty_store_is_at_the_start_of_its_own_feed(self, store: Store) -> None:
        assert store.head() == Position(store.id, 0)
        assert store.id
        assert store.changes(0) == ()
        assert list(store.ledger()) == []

    def test_the_feed_is_read_in_pages(self, store: Store, desk: Desk) -> None:
        held = desk.put("a", "Un. Deux. Trois.")
        lines = tuple(Change(n, PUT, id_) for n, id_ in enumerate(ids(held), start=1))
        assert store.changes(0, limit=2) == lines[:2]
        assert store.changes(2, limit=2) == lines[2:]
        assert store.changes(3) == ()
        assert store.head() == Position(store.id, 3)

    def test_the_ledger_tells_every_change_and_holds_together(
        self, store: Store, desk: Desk
    ) -> None:
        desk.move(desk.put("a"), Status.RETRACTED)
        desk.put("b", status=Status.DRAFT)
        lines = list(store.ledger())
        assert [(x.event.step, x.event.document) for x in lines] == [
            (Step.PUBLISH, "a"),
            (Step.RETRACT, "a"),
            (Step.PROPOSE, "b"),
        ]
        assert broken_at(lines) is None
        assert [x.sequence for x in store.ledger("a")] == [1, 2]
        assert list(store.ledger("c")) == []

    def test_an_event_comes_back_as_it_was_recorded(self, store: Store) -> None:
        rome = timezone(timedelta(hours=1))
        at = datetime(2026, 11, 24, 13, 0, 0, 123456, tzinfo=rome)
        write = change(document("a"), None)
        event = replace(write.event, at=at, detail={"z": "é", "a": "“”"})
        store.write([replace(write, event=event)])
        (line,) = store.ledger()
        assert line.event == event
        assert line.event.at.tzinfo == UTC
        assert broken_at([line]) is None

    def test_more_lines_than_a_page_are_read_in_order(self, store: Store) -> None:
        store.write([change(document(f"d{n:03}"), None) for n in range(230)])
        lines = list(store.ledger())
        assert [x.sequence for x in lines] == list(range(1, 231))
        assert broken_at(lines) is None


class ConcurrencyContract:
    def test_of_two_threads_that_saw_the_same_exactly_one_wins(
        self, store: Store, desk: Desk
    ) -> None:
        held = desk.put("a", status=Status.DRAFT)
        rounds = 12
        for _ in range(rounds):
            seen = desk.newest("a")
            assert seen is not None
            new = replace(held, revision=seen[0] + 1)
            start = threading.Barrier(2)

            def attempt(
                new: Document = new,
                seen: tuple[int, Status] = seen,
                start: threading.Barrier = start,
            ) -> bool:
                start.wait()
                try:
                    store.write([change(new, seen, passages_of(new))])
                except ChangedMeanwhile:
                    return False
                return True

            with ThreadPoolExecutor(2) as pool:
                won = [f.result() for f in [pool.submit(attempt) for _ in range(2)]]
            assert sorted(won) == [False, True]
        assert len(store.revisions("a")) == len(list(store.ledger())) == rounds + 1

    def test_the_feed_has_no_gap_however_many_write_and_fail(
        self, store: Store
    ) -> None:
        def write(worker: int) -> None:
            for n in range(8):
                new = document(f"w{worker}-{n}", status=Status.PUBLISHED)
                good = change(new, None, passages_of(new))
                other = document(f"x{worker}-{n}", status=Status.PUBLISHED)
                bad = change(other, (1, Status.DRAFT), passages_of(other))
                with pytest.raises(ChangedMeanwhile):
                    store.write([good, bad])  # takes numbers, then gives them back
                store.write([good])

        seen: list[Change] = []
        writers_done = threading.Event()

        def follow() -> None:
            while True:
                last = writers_done.is_set()
                seen.extend(store.changes(len(seen), limit=7))
                if last and len(seen) >= store.head().sequence:
                    return

        with ThreadPoolExecutor(5) as pool:
            follower = pool.submit(follow)
            writers = [pool.submit(write, worker) for worker in range(4)]
            try:
                for writer in writers:
                    writer.result()
            finally:
                writers_done.set()
            follower.result()
        # What a follower saw as it grew is what stands there: nothing came in between.
        assert [c.sequence for c in seen] == list(range(1, 4 * 8 * 2 + 1))
        assert tuple(seen) == store.changes(0)
        assert broken_at(store.ledger()) is None
        assert len(list(store.ledger())) == 32

    def test_a_reader_never_sees_half_a_change(self, store: Store, desk: Desk) -> None:
        versions = [desk.put("a", f"Un {n:02}. Deux {n:02}.") for n in range(2)]
        last = 30
        strangers = [f"x@1#{n}-{n + 1}" for n in range(1200)]
        every = [
            *(f"a@{n}#0-6" for n in range(1, last)),
            *strangers,  # more than are looked up at once
            *(f"a@{n}#7-15" for n in range(1, last)),
        ]
        assert set(ids(*versions)) < set(every)
        stop = threading.Event()

        def watch() -> Sequence[int]:
            sizes = []
            while not stop.is_set():
                found = store.published(every)
                sizes.append(len(found))
                assert len({p.document.revision for p in found.values()}) == 1
            return sizes

        with ThreadPoolExecutor(1) as pool:
            watcher = pool.submit(watch)
            try:
                for n in range(2, last - 1):
                    desk.put("a", f"Un {n:02}. Deux {n:02}.")
            finally:
                stop.set()
            assert set(watcher.result()) == {2}


class LinkContract:
    def test_a_link_is_found_from_both_ends(self, store: Store, desk: Desk) -> None:
        fine = desk.put("fine", "Une amende.")
        annulled = desk.put(
            "annulment",
            "Annulée.",
            links=(Link(Relation.SUPERSEDES, "fine"),),
        )
        related = store.related(["fine", "annulment", "nobody"])
        assert set(related) == {"fine", "annulment"}
        (back,), (forth,) = related["fine"], related["annulment"]
        assert (back.relation, back.forward) == (Relation.SUPERSEDES, False)
        assert back.document == annulled
        assert (forth.forward, forth.document) == (True, fine)

    def test_only_published_documents_are_related(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", "Un.")
        link = (Link(Relation.CONTRADICTS, "a"),)
        desk.put("draft", "Deux.", status=Status.DRAFT, links=link)
        gone = desk.put("gone", "Trois.", links=link)
        desk.move(gone, Status.RETRACTED)
        changed = desk.put("changed", "Quatre.", links=link)
        desk.put("changed", "Cinq.")
        assert changed.links == link
        assert store.related(["a"]) == {}

    def test_a_link_to_what_is_not_held_leads_nowhere(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", "Un.", links=(Link(Relation.UPDATES, "never-held"),))
        desk.put("self", "Deux.", links=(Link(Relation.UPDATES, "self"),))
        assert store.related(["a", "self", "\0"]) == {}
        assert store.related([]) == {}

    def test_contradictions_come_first_then_what_is_newer(
        self, store: Store, desk: Desk
    ) -> None:
        earlier = (Link(Relation.UPDATES, "earlier"),)
        desk.put("earlier", "Avant.", event_on=PartialDate(2019))
        desk.put("a", "Un.", event_on=PartialDate(2020), links=earlier)
        for name, year, relation in (
            ("denial", 2021, Relation.CONTRADICTS),
            ("later", 2022, Relation.UPDATES),
            ("latest", 2023, Relation.SUPERSEDES),
        ):
            links = (Link(relation, "a"),)
            desk.put(name, f"{name}.", event_on=PartialDate(year), links=links)
        found = [one.document.id for one in store.related(["a"])["a"]]
        assert found == ["denial", "latest", "later", "earlier"]

    def test_a_status_that_moves_keeps_the_links(
        self, store: Store, desk: Desk
    ) -> None:
        desk.put("a", "Un.")
        link = (Link(Relation.CONTRADICTS, "a"),)
        draft = desk.put("b", "Deux.", status=Status.DRAFT, links=link)
        assert store.related(["a"]) == {}
        desk.move(draft, Status.PUBLISHED)
        assert [one.document.id for one in store.related(["a"])["a"]] == ["b"]


class StoreContract(
    LinkContract,
    WritingContract,
    PublishingContract,
    ReadingContract,
    CoverageContract,
    FeedAndLedgerContract,
    ConcurrencyContract,
):
    """All of the contract."""

    @pytest.fixture
    def desk(self, store: Store) -> Desk:
        """Somebody at work on the store."""
        return Desk(store)


class HoldingsContract:
    """What a store says of published documents without their words."""

    def test_holdings_are_of_passages_on_both(self, desk: Desk):
        vw = ("v", "w")
        a = desk.put("a", event_on=PartialDate(2020), vendors=vw, places=("IT",))
        desk.put("b", vendors=("v",), places=("FR",))
        desk.put("c", vendors=("v",), places=("IT",), status=Status.DRAFT)
        law = desk.put("l", kind=Kind.LAW, places=("IT",))
        [held] = desk.store.holdings("v", ("IT",))
        assert held == Holding(
            id="a",
            title="On a",
            form=Form.SOURCE,
            kind=Kind.PRESS,
            language="fr",
            sources=a.sources,
            event_on=PartialDate(2020),
            dated=PartialDate(2020),
            vendors=("v", "w"),
            places=("IT",),
            passages=2,
        )
        found = {
            asked: [one.id for one in desk.store.holdings(*asked)]
            for asked in (
                ("v", None),
                (None, ("IT",)),
                (None, ("IT", "FR")),
                (None, None, Kind.LAW),
                (None, None),
                ("v", ("GR",)),
                ("\0", None),
                (None, ("IT", "\0")),
            )
        }
        assert list(found.values()) == [
            ["a", "b"],
            ["a", "l"],
            ["a", "b", "l"],
            ["l"],
            ["a", "b", "l"],
            [],
            [],
            [],
        ]
        desk.move(law, Status.RETRACTED)
        assert desk.store.holdings(kind=Kind.LAW) == ()

    def test_holdings_come_newest_first_and_undated_last(self, desk: Desk):
        dates = {"a": None, "b": "2020", "c": "2021-03", "d": "2020-02-01", "e": None}
        for id, when in dates.items():
            desk.put(id, event_on=PartialDate.parse(when) if when else None)
        assert [one.id for one in desk.store.holdings()] == list("cdbae")

    def test_a_passage_on_several_of_the_places_counts_once(self, desk: Desk):
        desk.put("a", vendors=("v",), places=("IT", "FR"))
        [held] = desk.store.holdings("v", ("IT", "FR", "GR"))
        assert (held.passages, held.places) == (2, ("FR", "IT"))

    def test_a_holding_counts_only_the_passages_on_the_subject(self, desk: Desk):
        new = document("a", vendors=("v", "w"), status=Status.PUBLISHED)
        first, second = passages_of(new)
        passages = (replace(first, vendors=("v",)), replace(second, vendors=("w",)))
        desk.store.write([change(new, None, passages)])
        [held] = desk.store.holdings("v")
        assert (held.passages, held.vendors) == (1, ("v", "w"))

    def test_published_documents_are_told_with_their_subjects(self, desk: Desk):
        desk.put("a", vendors=("v", "w"), places=("IT",))
        desk.put("b", places=("FR",))
        desk.put("c")
        desk.put("d", vendors=("v",), status=Status.DRAFT)
        assert desk.store.subjects(["a", "b", "c", "d", "e", "\0"]) == {
            "a": {("v", "IT"), ("w", "IT")},
            "b": {(None, "FR")},
            "c": frozenset(),
        }

    def test_publications_are_told_newest_first(self, desk: Desk):
        for minutes, id in enumerate("abc"):
            new = document(id, status=Status.PUBLISHED)
            write = change(new, None, passages_of(new))
            at = NOON + timedelta(minutes=minutes)
            desk.store.write([replace(write, event=replace(write.event, at=at))])
        desk.put("d", status=Status.DRAFT)
        told = [event.document for event in desk.store.publications(NOON)]
        assert told == ["c", "b"]
        zone = timezone(timedelta(hours=5))
        before = (NOON - timedelta(seconds=1)).astimezone(zone)
        told = [event.document for event in desk.store.publications(before)]
        assert told == ["c", "b", "a"]
