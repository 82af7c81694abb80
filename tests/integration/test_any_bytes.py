"""Whatever is in a file, it is read, or refused in one line; no reader breaks down."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.adapters.readers.confined import Confined
from knowledge.adapters.readers.files import FileReader
from knowledge.adapters.readers.law.reader import LawReader
from knowledge.adapters.readers.table import TableReader
from knowledge.errors import UnreadableFile
from knowledge.ports import Findings, Reader, Row
from tests.any_bytes import SEEDS, altered, marked_up

NO_SIGNS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<>&")
few = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """All kinds of files, with the one process that parses those of strangers."""
    confined = Confined()
    yield LawReader(FileReader(confined))
    confined.close()


def read(reader: Reader, path: Path, data: bytes) -> Findings | None:
    """What is found, which can be stored and sent; None: refused, as it has to be."""
    path.write_bytes(data)
    try:
        found = reader.read(path)
    except UnreadableFile as error:
        reason = str(error.subject["reason"])
        assert "\n" not in reason
        assert "breaks down" not in reason
        assert "takes longer" not in reason
        return None
    assert found.body.strip() == found.body != ""
    for text in (
        found.body,
        json.dumps(dict(found.metadata)),
        *map(str, found.found.values()),
    ):
        assert "\0" not in text
        text.encode("utf-8")  # no half of a character
    return found


@pytest.mark.parametrize("ending", SEEDS)
def test_the_file_itself_is_read(reader: Reader, tmp_path: Path, ending: str) -> None:
    assert read(reader, tmp_path / f"a{ending}", SEEDS[ending][0])


@pytest.mark.parametrize("ending", SEEDS)
@few
@given(data=st.data())
def test_an_altered_file_is_read_or_refused(
    reader: Reader, tmp_path: Path, ending: str, data: st.DataObject
) -> None:
    read(reader, tmp_path / f"a{ending}", data.draw(altered(SEEDS[ending])))


@few
@given(data=st.binary(max_size=300), ending=st.sampled_from(list(SEEDS)))
def test_any_bytes_are_read_or_refused(
    reader: Reader, tmp_path: Path, data: bytes, ending: str
) -> None:
    read(reader, tmp_path / f"a{ending}", data)


@few
@given(data=marked_up(st.text(NO_SIGNS, max_size=30)))
def test_any_body_of_a_word_file_is_read_or_refused(
    reader: Reader, tmp_path: Path, data: bytes
) -> None:
    read(reader, tmp_path / "a.docx", data)


@few
@given(
    data=st.one_of(
        st.binary(max_size=200),
        altered([b'title,body\nA page,"Police, in Japan."\n', b"a;b\n1;2\n"]),
        altered([b'{"title": "A page", "n": [1, null], "body": "Police."}\n']),
    ),
    ending=st.sampled_from([".csv", ".tsv", ".jsonl"]),
)
def test_any_table_gives_rows_or_is_refused(
    tmp_path: Path, data: bytes, ending: str
) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(data)
    rows, refusal = list[Row](), ""
    try:
        rows += TableReader().rows(path)
    except UnreadableFile as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert [row.line for row in rows] == sorted(row.line for row in rows)


def test_front_matter_of_very_many_keys_is_read_in_a_moment(tmp_path: Path) -> None:
    keys = "".join(f"{number:x}:\n" for number in range(0x1000, 0x3A00))
    assert len(keys) < 64 * 1024
    found = read(FileReader(), tmp_path / "a.md", f"---\n{keys}---\nText.".encode())
    assert found is not None
    assert len(found.metadata) == 0x2A00
