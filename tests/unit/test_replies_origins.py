"""Origins: what several documents took from one place counts once."""

from bot.replies.origins import origins
from knowledge.model import Document, Form, Kind, PartialDate, Source
from tests.answers import source


def document(id: str, *sources: Source) -> Document:
    return Document(
        id=id,
        title=id,
        body="A sentence.",
        form=Form.BRIEF,
        kind=Kind.PRESS,
        language="en",
        sources=sources,
    )


def paper(name: str) -> Source:
    return source(name, url=f"https://{name}.example/story")


WIRE = source("Wire", url="https://wire.example/1")
DATED = {"published_on": PartialDate(2025, 4, 3), "title": "A story"}


def test_three_papers_with_one_wire_story_are_one_origin():
    assert origins(document(n, paper(n), WIRE) for n in ("a", "b", "c")) == 1


def test_papers_that_cite_nothing_in_common_are_as_many_origins():
    assert origins(document(n, paper(n)) for n in ("a", "b", "c")) == 3


def test_one_page_is_one_however_its_address_is_written():
    addresses = (
        "https://wire.example/1",
        "http://www.wire.example/1/",
        "https://wire.example/1#top",
    )
    assert (
        origins(
            document(url, paper(str(n)), source("Wire", url=url))
            for n, url in enumerate(addresses)
        )
        == 1
    )


def test_the_same_publication_at_two_addresses_is_one_origin():
    first = document(
        "a", paper("a"), source("Wire", url="https://w.example/1", **DATED)
    )
    second = document(
        "b", paper("b"), source("WIRE ", url="https://m.example/2", **DATED)
    )
    assert origins((first, second)) == 1


def test_other_publications_of_whom_both_mention_do_not_join_them():
    first = document("a", paper("a"), source("Wire", url="https://w.example/1"))
    second = document("b", paper("b"), source("Wire", url="https://w.example/2"))
    assert origins((first, second)) == 2


def test_one_publisher_is_one_origin():
    first = document("a", source("Garante", url="https://g.example/1"))
    second = document("b", source("garante", url="https://g.example/2"))
    assert origins((first, second)) == 1


def test_what_joins_two_groups_makes_them_one():
    first = document("a", paper("a"), WIRE)
    second = document("b", paper("b"))
    both = document("c", paper("c"), WIRE, paper("b"))
    assert origins((first, second)) == 2
    assert origins((first, second, both)) == 1


def test_documents_without_a_source_are_their_own():
    assert origins((document("a"), document("b"), document("a"))) == 2
    assert origins(()) == 0
