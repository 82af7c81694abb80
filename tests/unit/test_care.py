"""When a document is due to be looked at again, and what a page has lost."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.care import due, due_on, lost, visits
from knowledge.model import Document, Form, Kind, Passage, Source

TODAY = date(2026, 11, 24)


def document(id="a", kind=Kind.PRESS, urls=("https://a.example/1",), **fields):
    sources = tuple(
        Source(title="S", publisher="P", url=url, language="en") for url in urls
    )
    return Document(
        id=id,
        title="T",
        body="B",
        form=Form.SOURCE,
        kind=kind,
        language="en",
        sources=sources,
        **fields,
    )


@pytest.mark.parametrize(
    ("kind", "looked_at", "from_then_on"),
    [
        (Kind.PROCUREMENT, date(2026, 5, 24), date(2026, 11, 24)),
        (Kind.LAW, date(2026, 5, 24), date(2027, 5, 24)),
        (Kind.PRESS, date(2026, 8, 31), date(2027, 3, 1)),
        (Kind.LAW, date(2024, 2, 29), date(2025, 3, 1)),
        (Kind.PRESS, None, None),
    ],
)
def test_a_law_is_due_after_a_year_and_all_else_after_half_of_one(
    kind, looked_at, from_then_on
):
    assert due_on(document(kind=kind, vetted_on=looked_at)) == from_then_on


def test_a_recheck_counts_from_its_own_day():
    held = document(vetted_on=date(2020, 1, 1), rechecked_on=date(2026, 11, 1))
    assert due_on(held) == date(2027, 5, 1)


def test_what_is_of_unknown_age_is_due_at_once_and_first():
    held = [
        document("new", vetted_on=TODAY),
        document("old", vetted_on=date(2026, 1, 1)),
        document("unknown"),
        document("older", vetted_on=date(2025, 1, 1)),
    ]
    found = [each.document.id for each in due(held, TODAY)]
    assert found == ["unknown", "older", "old"]


def test_words_are_lost_where_a_page_has_them_no_more_however_it_is_spaced():
    def passage(text, start):
        return Passage(
            document="a",
            revision=1,
            start=start,
            end=start + len(text),
            text=text,
            locator="¶1",
            language="en",
        )

    held = [passage("It was used\nin  Rome.", 0), passage("It was used in Milan.", 30)]
    assert lost(held, "Menu. It was used in Rome. It was sold.") == ("a@1#30-51",)


def test_each_address_is_visited_once_and_host_by_host():
    shared = "https://b.example/1"
    held = [
        document("x", urls=(shared, "https://a.example/2")),
        document("y", urls=("https://c.example/1", "https://a.example/1", shared)),
        replace(document("z", urls=(shared,)), revision=2),
    ]
    assert [(url, [d.id for d in citing]) for url, citing in visits(held)] == [
        ("https://a.example/1", ["y"]),
        ("https://a.example/2", ["x"]),
        (shared, ["x", "y", "z"]),
        ("https://c.example/1", ["y"]),
    ]
