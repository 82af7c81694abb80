"""What every TermStore does: tests for an implementation to inherit.

A subclass supplies the fixtures ``terms`` and ``store``, over one empty database.
"""

from dataclasses import replace
from typing import Any

import pytest

from knowledge.entries import Name
from knowledge.errors import ChangedMeanwhile, InvalidMetadata
from knowledge.ledger import broken_at
from knowledge.model import Event, Status, Step
from knowledge.term_ports import TermWrite
from knowledge.terms import Term, TermKind
from tests.fakes import NOON

DRAFT, PUBLISHED, RETRACTED = Status.DRAFT, Status.PUBLISHED, Status.RETRACTED


def term(name: str = "Argusview", **fields: Any) -> Term:
    plain: dict[str, Any] = {"kind": TermKind.NAME, "owner": "clearview-ai"}
    return Term(
        name=Name(text=name, exact=True, until=2019),
        **{"revision": 1, **plain, **fields},
    )


def write(after: Term, before: Term | None, step: Step = Step.PROPOSE) -> TermWrite:
    event = Event(
        at=NOON,
        actor="ana",
        step=step,
        document=after.id,
        revision=after.revision,
        rule="a-rule",
    )
    expected = (before.revision, before.status) if before else None
    return TermWrite(term=after, event=event, expected=expected)


class TermStoreContract:
    """Every test gets the store as ``terms``, and all of it as ``store``."""

    def test_a_term_is_kept_whole_with_its_line_of_the_ledger(self, terms, store):
        vendor = term(
            kind=TermKind.VENDOR,
            home="IT",
            description="Makes cameras – été",
            names=(Name(text="Argus"), Name(text="Vue", language="fr", whole=True)),
        )
        word = term("besked", kind=TermKind.WORD, owner="fine", language="de")
        terms.write([write(vendor, None), write(word, None)])
        assert terms.revisions(vendor.id) == (vendor,)
        assert terms.newest() == (vendor, word)
        assert terms.revisions("term:none") == ()
        lines = list(store.ledger())
        assert [line.event.document for line in lines] == [vendor.id, word.id]
        assert broken_at(lines) is None

    def test_only_what_is_published_or_retracted_is_laid_in_that_order(self, terms):
        first, second, third = term("One"), term("Two"), term("Three")
        for each in (first, second, third):
            terms.write([write(each, None)])
        assert terms.laid() == ()
        shown = replace(second, status=PUBLISHED)
        terms.write([write(shown, second, Step.PUBLISH)])
        gone = replace(first, status=RETRACTED)
        terms.write([write(gone, first, Step.RETRACT)])
        assert terms.laid() == (shown, gone)

    def test_the_head_moves_with_what_is_laid_and_with_nothing_else(self, terms):
        store, line = terms.head()
        assert line == 0
        draft = term()
        terms.write([write(draft, None)])
        assert terms.head() == (store, 0)
        terms.write([write(replace(draft, status=PUBLISHED), draft, Step.PUBLISH)])
        assert terms.head() == (store, 2)

    def test_a_new_revision_supersedes_the_published_one_when_it_is_published(
        self, terms
    ):
        one = term(status=PUBLISHED)
        two = replace(term(), revision=2, name=Name(text="Argusview"))
        terms.write([write(one, None, Step.PUBLISH)])
        terms.write([write(two, one)])
        assert terms.laid() == (one,)
        shown = replace(two, status=PUBLISHED)
        terms.write([write(shown, two, Step.PUBLISH)])
        assert terms.laid() == (shown,)
        assert [t.status for t in terms.revisions(one.id)] == [
            Status.SUPERSEDED,
            PUBLISHED,
        ]

    def test_of_two_who_change_it_at_once_one_does_and_nothing_is_half_written(
        self, terms, store
    ):
        draft = term()
        terms.write([write(draft, None)])
        with pytest.raises(ChangedMeanwhile):
            terms.write([write(term("Other"), None), write(draft, None)])
        rejected = replace(draft, status=Status.REJECTED)
        terms.write([write(rejected, draft, Step.REJECT)])
        with pytest.raises(ChangedMeanwhile):
            terms.write([write(replace(draft, status=PUBLISHED), draft)])
        assert terms.newest() == (rejected,)
        assert len(list(store.ledger())) == 2

    @pytest.mark.parametrize("text", ["a\0b", "half \ud800"])
    def test_text_that_no_database_holds_is_refused(self, terms, text):
        with pytest.raises(InvalidMetadata):
            terms.write([write(term(description=text), None)])
        assert terms.revisions(text) == ()
        assert terms.newest() == ()
