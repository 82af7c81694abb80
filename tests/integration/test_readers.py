"""Files as people have them: read to the letter, or refused in one line."""

import os
import stat
from datetime import date

import pytest

from knowledge.adapters.corpus_files import as_markdown, write_document
from knowledge.adapters.language import LanguageDetector
from knowledge.adapters.readers import markdown as markdown_reader
from knowledge.adapters.readers.files import FileReader, readable_files
from knowledge.errors import UnreadableFile, UnwritableFile
from knowledge.model import (
    Document,
    Form,
    Kind,
    Link,
    PartialDate,
    Relation,
    Source,
    Translation,
    Vetting,
)

READER = FileReader()


def refusal(path):
    with pytest.raises(UnreadableFile) as raised:
        READER.read(path)
    message = str(raised.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def written(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# --- plain text --------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "L’Italie, été.\n",
        "\ufeffL’Italie, été.\n",
        "L’Italie, été.".encode("utf-16"),
        "\ufeffL’Italie, été.".encode("utf-16-be"),
    ],
)
def test_text_is_read_whatever_its_unicode_encoding(tmp_path, data):
    findings = READER.read(written(tmp_path, "a.txt", data))
    assert findings.body == "L’Italie, été."
    assert findings.metadata == {}


def test_line_ends_become_line_feeds_and_nothing_else_changes(tmp_path):
    decomposed = "e\u0301 \u00a0 ﬁ \u2028 \u200f"
    path = written(tmp_path, "a.txt", f"One.\r\nTwo.\rThree: {decomposed}.\n")
    assert READER.read(path).body == f"One.\nTwo.\nThree: {decomposed}."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b" \r\n\t ", "there is no text in it"),
        (b"\xef\xbb\xbf", "there is no text in it"),
        ("été".encode("cp1252"), "not UTF-8 (byte 0); save it as UTF-8"),
        (b"\xff\xfea", "broken UTF-16"),
        (b"a\0b", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"a\x1b[31mb", "control characters"),
        (b"a" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, words):
    assert words in refusal(written(tmp_path, "a.txt", data))


def test_a_text_of_exactly_the_largest_size_is_read(tmp_path):
    size = 20 * 1024 * 1024
    assert len(READER.read(written(tmp_path, "a.txt", b"a" * size)).body) == size


def test_a_missing_file_is_refused(tmp_path):
    assert "there is no such file" in refusal(tmp_path / "a.txt")


def test_a_folder_is_refused_with_the_command_for_folders(tmp_path):
    assert "kb sync" in refusal(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in refusal(tmp_path / "a.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = written(tmp_path, "a.txt", "Text.")
    path.chmod(stat.S_IWUSR)
    assert "permission denied" in refusal(path)


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    long = tmp_path / ("a" * 300 + ".txt")
    assert "cannot be read" in refusal(long)


@pytest.mark.parametrize("name", ["a.odt", "a.doc", "a"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_can_be_read(
    tmp_path, name
):
    message = refusal(written(tmp_path, name, "Text."))
    assert "only .docx, .htm, .html, .md, .pdf, .txt are read" in message


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl"])
def test_a_table_is_refused_with_the_flag_for_tables(tmp_path, name):
    assert "say with --map" in refusal(written(tmp_path, name, "a,b"))


# --- Markdown ----------------------------------------------------------------------


def markdown(folder, front, body="Text."):
    return written(folder, "a.md", f"---\n{front}\n---\n\n{body}\n")


@pytest.fixture(params=["with libyaml", "without"])
def either_parser(request, monkeypatch):
    if request.param == "without":
        plain = markdown_reader._PlainLoader
        monkeypatch.setattr(markdown_reader, "_FrontMatterLoader", plain)


@pytest.mark.usefixtures("either_parser")
def test_front_matter_is_read_as_written(tmp_path):
    front = "title: 'A: b'\nevent_on: 2020-02\ncountries: [NO, IT]\nyear: 010\nlast:"
    findings = READER.read(markdown(tmp_path, front, "Body.\n\n---\n\nMore."))
    assert findings.body == "Body.\n\n---\n\nMore."
    assert findings.metadata == {
        "title": "A: b",
        "event_on": "2020-02",
        "countries": ["NO", "IT"],
        "year": "010",
        "last": "",
    }


@pytest.mark.parametrize(
    "text", ["Text.", "Text.\n---\nmore", "\n---\na: b\n---\nText."]
)
def test_markdown_may_have_no_front_matter(tmp_path, text):
    findings = READER.read(written(tmp_path, "a.md", text))
    assert findings.metadata == {}
    assert findings.body == text.strip()


def test_empty_front_matter_says_nothing(tmp_path):
    assert READER.read(written(tmp_path, "a.md", "---\n---\nText.")).metadata == {}


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("title: [a", "no YAML in line"),
        ("- a\n- b", "`key: value`"),
        ("just words", "`key: value`"),
        ("title: a\ntitle: b", "'title' is there twice"),
        ("[a, b]: c", "front matter"),
        ("a: &x [1]\nb: *x", "aliases (*name) are not read"),
        ("a: !!python/object/apply:os.system [ls]", "front matter"),
        ("a: " + "[" * 5000, "front matter"),
        ("a: " + "x" * 70_000, "longer than 64 kB"),
    ],
)
def test_front_matter_that_cannot_be_used_is_refused(tmp_path, front, words):
    assert words in refusal(markdown(tmp_path, front))


def test_front_matter_without_an_end_is_refused(tmp_path):
    path = written(tmp_path, "a.md", "---\ntitle: a\n\nText.")
    assert "close it with a line ---" in refusal(path)


def test_markdown_without_a_body_is_refused(tmp_path):
    assert "there is no text in it" in refusal(markdown(tmp_path, "title: a", ""))


# --- folders -----------------------------------------------------------------------


def test_a_folder_gives_what_can_be_read_in_order_and_nothing_hidden(tmp_path):
    for name in (
        "b.md",
        "a.txt",
        "c.odt",
        "d.csv",
        ".hidden.md",
        "sub/d.TXT",
        ".git/e.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Text.")
    names = [str(p.relative_to(tmp_path)) for p in readable_files(tmp_path)]
    assert names == ["a.txt", "b.md", "sub/d.TXT"]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="no such folder"):
        readable_files(tmp_path / "none")


# --- writing -----------------------------------------------------------------------

DOCUMENT = Document(
    id="no-1",
    title="yes: “[no]” # 1, l’été",
    body="---\nOne.\n\n---\n\nTwo: \u00a0é \u2028 x",
    form=Form.BRIEF,
    kind=Kind.COURT_RULING,
    language="en",
    sources=(
        Source(
            title="12",
            publisher="Le Journal",
            url="https://journal.example/?a=1&b=%20",
            language="fr",
            published_on=PartialDate(2020, 2),
            archived_url="https://archive.example/1",
        ),
        Source(title="T", publisher="P", url="https://p.example", language="no"),
    ),
    vendors=("clearview-ai",),
    places=("NO", "IT"),
    event_on=PartialDate(2020),
    links=(Link(Relation.UPDATES, "no-0"), Link(Relation.UPDATES, "no-00")),
    translations=(Translation(language="fr", by="Ana", text="« É »: un\n\n# deux"),),
    vetting=Vetting.STARTER_SET,
    vetted_on=date(2026, 11, 23),
)


def test_a_written_document_reads_back_the_same(tmp_path):
    path = write_document(DOCUMENT, tmp_path / "out")
    findings = READER.read(path)
    assert path.name == "no-1.md"
    assert findings.body == DOCUMENT.body
    assert findings.metadata == {
        "id": "no-1",
        "title": DOCUMENT.title,
        "form": "brief",
        "kind": "court-ruling",
        "language": "en",
        "vendors": ["clearview-ai"],
        "countries": ["NO", "IT"],
        "event_on": "2020",
        "updates": ["no-0", "no-00"],
        "vetting": "starter-set",
        "vetted_on": "2026-11-23",
        "sources": [
            {
                "title": "12",
                "publisher": "Le Journal",
                "url": "https://journal.example/?a=1&b=%20",
                "published_on": "2020-02",
                "language": "fr",
                "archived_url": "https://archive.example/1",
            },
            {
                "title": "T",
                "publisher": "P",
                "url": "https://p.example",
                "language": "no",
            },
        ],
        "translations": [
            {"language": "fr", "by": "Ana", "text": "« É »: un\n\n# deux"}
        ],
    }


def test_a_written_document_looks_as_a_person_would_write_it():
    lines = as_markdown(DOCUMENT).splitlines()
    assert lines[:3] == ["---", "id: no-1", "title: 'yes: “[no]” # 1, l’été'"]
    assert "countries: ['NO', IT]" in lines
    assert "  - title: '12'" in lines
    assert "    publisher: Le Journal" in lines


def test_writing_leaves_no_part_of_a_file_behind(tmp_path):
    write_document(DOCUMENT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["no-1.md"]


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path):
    written(tmp_path, "file", "x")
    with pytest.raises(UnwritableFile, match="cannot be written"):
        write_document(DOCUMENT, tmp_path / "file")


# --- languages ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The police used a face search engine without telling anyone.", "en"),
        ("La police a utilisé un moteur de recherche de visages.", "fr"),
        ("La polizia ha usato un motore di ricerca di volti nel 2020.", "it"),
        ("Die Polizei nutzte eine Suchmaschine für Gesichter.", "de"),
        ("La policía usa el reconocimiento facial desde el año 2019.", "es"),
        ("De politie gebruikte een zoekmachine voor gezichten.", "nl"),
        ("A polícia usa reconhecimento facial em Portugal desde 2019.", "pt"),
        ("Policja używa wyszukiwarki twarzy od wielu lat.", "pl"),
        ("警察は顔認識を使用しています。", "ja"),
    ],
)
def test_the_language_of_a_sentence_is_told(text, language):
    assert LanguageDetector()(text)[0] == language
    assert LanguageDetector()(text)[1] > 0.5


def test_a_few_odd_signs_are_of_no_sure_language():
    assert LanguageDetector()("Hello 1234!")[1] < 0.5
