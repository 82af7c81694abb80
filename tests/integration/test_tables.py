"""Tables: every row a document, and one line on every row that is none."""

import json

import pytest

from knowledge.adapters.readers.table import TableReader
from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import InvalidMetadata, UnreadableFile
from knowledge.model import Actor, Role, Status
from knowledge.tables import Mapped
from tests.fakes import FixedClock, WordEmbedder

EDITOR = Actor("terminal:ana", Role.EDITOR)
SAID = {"kind": "procurement", "language": "en", "publisher": "Atlas"}

ATLAS = """ID,Agency,State,Product,Summary,Link,Date,Vendor
AOS-1,Police of Here,CA,Cameras,"The police of Here bought ten cameras, and a ""hub"".
They paid with a grant.",https://atlas.example/1,1/30/2020,
AOS-2,Police of There,NY,Faces,The police of There used Clearview AI in 2019.,https://atlas.example/2,2/3/2020,Clearview AI
,,,,,,,
AOS-3,Sheriff,TX,Plates,The sheriff reads number plates on the highway.,https://atlas.example/3,2020,
"""
COLUMNS = {
    "id": "ID",
    "title": "{Agency}: {Product}",
    "body": "Summary",
    "url": "Link",
    "published_on": "Date",
    "vendors": "Vendor",
}


@pytest.fixture
def library(tmp_path):
    config = LibraryConfig(data=tmp_path / "data", corpus=None)
    with open_library(config, clock=FixedClock(), embedder=WordEmbedder()) as opened:
        yield opened


def written(folder, text, name="list.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def taken(
    library, path, columns=COLUMNS, *, dates="%m/%d/%Y", given=SAID, publish=False
):
    mapped = Mapped(columns, dates)
    return library.add_table(path, mapped, given, EDITOR, publish=publish)


def rows(path):
    return list(TableReader().rows(path))


def refusal(library, path, columns=COLUMNS, error=InvalidMetadata, given=SAID):
    with pytest.raises(error) as raised:
        taken(library, path, columns, given=given)
    message = str(raised.value)
    assert "\n" not in message
    assert str(path) in message
    return message


# --- rows --------------------------------------------------------------------------


def test_rows_know_the_line_where_they_begin(tmp_path):
    found = rows(written(tmp_path, ATLAS))
    assert [row.line for row in found] == [2, 4, 6]
    assert found[0].cells["Summary"].endswith('a "hub".\nThey paid with a grant.')


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_of_the_first_line(tmp_path, separator):
    text = separator.join(["a", "b"]) + "\r\n" + separator.join(["1", "2"])
    assert rows(written(tmp_path, text))[0].cells == {"a": "1", "b": "2"}


def test_a_table_is_decoded_as_a_text_is(tmp_path):
    data = "\ufefftitre\nété".encode("utf-16-le")
    assert rows(written(tmp_path, data))[0].cells == {"titre": "été"}
    with pytest.raises(UnreadableFile, match="save it as UTF-8"):
        rows(written(tmp_path, "titre\nété".encode("cp1252")))


def test_lines_of_json_are_rows_too(tmp_path):
    lines = [
        json.dumps({"a": "é", "b": ["x", "y"], "c": None, "d": 1, "e": {}}),
        "",
        "[1]",
        "{",
    ]
    found = rows(written(tmp_path, "\n".join(lines), "list.jsonl"))
    assert found[0].cells == {"a": "é", "b": ("x", "y"), "c": "", "d": "1", "e": "{}"}
    assert [(row.line, row.problem) for row in found[1:]] == [
        (3, "it is no JSON object {…}"),
        (4, "it is no JSON"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a,b\n"1,2', "no CSV"),
        ("a,a\n1,2", "two columns are called 'a'"),
        ("", "it is empty"),
        ("a\n" + "1\n" * 100_001, "more than 100,000 rows"),
        ("a\n" + "x" * 3_000_000, "no CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused(library, tmp_path, text, words):
    assert words in refusal(library, written(tmp_path, text), error=UnreadableFile)


# --- documents ---------------------------------------------------------------------


def test_every_row_becomes_a_document(library, tmp_path):
    report = taken(library, written(tmp_path, ATLAS))
    assert report.added == ("aos-1", "aos-2", "aos-3")
    assert report.failed == ()
    first, second = library.document("aos-1"), library.document("aos-2")
    assert first.title == "Police of Here: Cameras"
    assert first.body.startswith("The police of Here bought ten cameras")
    assert str(first.sources[0].published_on) == "2020-01-30"
    assert first.sources[0].url == "https://atlas.example/1"
    assert first.status is Status.DRAFT
    assert second.vendors == ("clearview-ai",)
    assert str(library.document("aos-3").sources[0].published_on) == "2020"


def test_the_same_table_again_changes_nothing(library, tmp_path):
    path = written(tmp_path, ATLAS)
    taken(library, path, publish=True)
    report = taken(library, path, publish=True)
    assert (report.added, report.changed) == ((), ())
    assert len(report.unchanged) == 3


def test_a_row_that_changed_becomes_a_revision(library, tmp_path):
    taken(library, written(tmp_path, ATLAS), publish=True)
    report = taken(library, written(tmp_path, ATLAS.replace("highway", "motorway")))
    assert report.changed == ("aos-3",)
    assert library.document("aos-3").status is Status.DRAFT
    assert library.document("aos-3", 1).status is Status.PUBLISHED


def test_rows_that_fail_are_listed_and_the_rest_go_in(library, tmp_path):
    broken = ATLAS.replace("Clearview AI\n", "Clearwiew\n").replace(
        "2020,\n", "soon,,x\n", 1
    )
    report = taken(library, written(tmp_path, broken))
    assert report.added == ("aos-3",)
    problems = {path.name: problem for path, problem in report.failed}
    assert problems.keys() == {"list.csv:2", "list.csv:4"}
    assert "9 cells under 8 columns" in problems["list.csv:2"]
    assert "vendor 'Clearwiew' is not known" in problems["list.csv:4"]
    assert all("\n" not in problem for problem in problems.values())


def test_a_row_without_an_id_keeps_the_one_that_its_title_and_address_give(
    library, tmp_path
):
    columns = {key: name for key, name in COLUMNS.items() if key != "id"}
    first = taken(library, written(tmp_path, ATLAS), columns)
    moved = ATLAS.replace("AOS-1", "x").replace("highway", "motorway")
    second = taken(library, written(tmp_path, moved, "other.csv"), columns)
    assert second.changed == (first.added[2],)
    assert first.added[0].startswith("police-of-here-cameras-")


def test_two_rows_with_one_text_are_not_both_taken(library, tmp_path):
    row = ATLAS.strip().splitlines()[-1]
    report = taken(library, written(tmp_path, ATLAS + row.replace("AOS-3", "AOS-4")))
    assert len(report.added) == 3
    assert "has the same text as aos-3" in report.failed[0][1]


def test_a_hundred_rows_are_one_transaction_and_a_thousand_are_taken(library, tmp_path):
    lines = [
        json.dumps({"t": f"Title {n}", "b": f"The police bought {n} cameras in May."})
        for n in range(1000)
    ]
    path = written(tmp_path, "\n".join(lines), "list.jsonl")
    report = taken(library, path, {"title": "t", "body": "b"})
    assert len(report.added) == 1000


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"title": "Agency"}, "--map body=COLUMN"),
        ({"body": "Summary"}, "--map title=COLUMN"),
        (
            {"title": "Agency", "body": "Text"},
            "there is no column 'Text'; there are Agency",
        ),
        ({"title": "{Agency} {X}", "body": "Summary"}, "there is no column 'X'"),
        ({"title": "Agency", "body": "{Agency} {Summary}"}, "because it is quoted"),
        ({"titel": "Agency", "body": "Summary"}, "--map titel=… is no key"),
        ({"sources": "Link", "title": "Agency", "body": "Summary"}, "is no key"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_before_any_row(
    library, tmp_path, columns, words
):
    assert words in refusal(library, written(tmp_path, ATLAS), columns)
    assert library.documents() == ()
