"""A passage, cited: what is copied says whose words they are, and breaks nothing."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import languages, words
from bot.citing import citations
from knowledge.model import Document, Form, Kind, PartialDate, Passage, Source

EN = words("en")
SOURCE = Source(
    title="Ordinanza n. 50",
    publisher="Garante",
    url="https://garante.example/a_b?x={1}",
    language="it",
    published_on=PartialDate(2022, 2, 10),
    archived_url="https://archive.example/1",
)
DOCUMENT = Document(
    id="gar-1",
    title="Garante fines Clearview",
    body="It was fined.",
    form=Form.SOURCE,
    kind=Kind.REGULATOR_DECISION,
    language="it",
    sources=(SOURCE,),
    vetted_on=date(2026, 11, 23),
    revision=2,
)
PASSAGE = Passage(
    document="gar-1",
    revision=2,
    start=0,
    end=13,
    text="It was fined.",
    locator="¶1",
    language="it",
)


def test_the_source_s_own_words_are_cited_as_the_source():
    made = citations(DOCUMENT, PASSAGE, EN)
    assert made.plain == (
        "Garante, “Ordinanza n. 50”, 10 Feb 2022, ¶1, https://garante.example/a_b?x={1}, "
        "archived: https://archive.example/1. quis:gar-1@2#0-13"
    )
    assert made.markdown.endswith(
        "<https://garante.example/a_b?x={1}>, archived: <https://archive.example/1>. "
        "`quis:gar-1@2#0-13`"
    )


def test_an_editors_brief_is_never_cited_as_its_source():
    brief = replace(DOCUMENT, form=Form.BRIEF, sources=(SOURCE, SOURCE))
    made = citations(brief, PASSAGE, EN)
    assert made.plain.startswith(
        "Quis, editors’ brief “Garante fines Clearview”, ¶1, on: Garante, “Ordinanza"
    )
    assert made.plain.count("garante.example") == 2
    (item,) = json.loads(made.csl)
    assert item["author"] == [{"literal": "Quis"}]
    assert "URL" not in item
    assert "author = {{Quis}}" in made.bibtex
    assert "Editors’ brief on: Garante" in made.bibtex


def test_bibtex_and_csl_name_the_same_work():
    made = citations(DOCUMENT, PASSAGE, EN)
    assert made.bibtex.split("\n") == [
        "@misc{quis-gar-1-2-0-13,",
        "  author = {{Garante}},",
        "  title = {{Ordinanza n. 50}},",
        "  year = {2022},",
        "  month = feb,",
        "  url = {https://garante.example/a_b?x=%7B1%7D},",
        "  language = {it},",
        r"  note = {¶1. quis:gar-1@2\#0-13. https://archive.example/1},",
        "}",
    ]
    assert json.loads(made.csl) == [
        {
            "id": "quis-gar-1-2-0-13",
            "type": "report",
            "title": "Ordinanza n. 50",
            "author": [{"literal": "Garante"}],
            "publisher": "Garante",
            "issued": {"date-parts": [[2022, 2, 10]]},
            "URL": "https://garante.example/a_b?x={1}",
            "language": "it",
            "archive_location": "https://archive.example/1",
            "note": "¶1. quis:gar-1@2#0-13",
        }
    ]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("day", "parts"), [(None, None), ("2020", [2020]), ("2020-03", [2020, 3])]
)
def test_a_date_is_as_precise_as_it_is_known(kind, day, parts):
    when = PartialDate.parse(day) if day else None
    dated = replace(DOCUMENT, kind=kind, sources=(replace(SOURCE, published_on=when),))
    made = citations(dated, PASSAGE, EN)
    (item,) = json.loads(made.csl)
    assert item.get("issued") == (parts and {"date-parts": [parts]})
    assert ("month" in made.bibtex) == (parts is not None and len(parts) > 1)


@pytest.mark.parametrize("language", languages())
def test_what_is_no_longer_published_is_said_to_be_so_first(language):
    made = citations(DOCUMENT, PASSAGE, words(language), standing="Retracted.")
    for text in (made.plain, made.markdown):
        assert text.startswith("[Retracted.] Garante")
    assert "note = {Retracted. ¶1" in made.bibtex
    assert json.loads(made.csl)[0]["note"].startswith("Retracted. ¶1")


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_title_or_publisher_breaks_out_of_its_field(title, publisher):
    odd = replace(
        DOCUMENT, sources=(replace(SOURCE, title=title, publisher=publisher),)
    )
    made = citations(odd, PASSAGE, EN)
    assert "\n" not in made.plain + made.markdown
    (item,) = json.loads(made.csl)
    assert item["URL"] == SOURCE.url
    bare = re.sub(r"\\[{}]", "", made.bibtex)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert len(made.bibtex.split("\n")) == len(
        citations(DOCUMENT, PASSAGE, EN).bibtex.split("\n")
    ) - (not item.get("author"))
    # Nothing is a link, a tag or a mark but what is ours.
    assert re.sub(r"\\.", "", made.markdown).count("<") == 2
