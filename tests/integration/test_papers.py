"""PDF and Word files: their text as it stands, or one line on why there is none."""

import io
import struct
import time
import zipfile

import pypdf
import pytest

from knowledge.adapters.readers.confined import Confined
from knowledge.adapters.readers.files import FileReader
from knowledge.errors import UnreadableFile
from tests.made_files import column, p, pdf, table, word

READER = FileReader(Confined())

POLICE = [
    "The Belgian federal police confirmed in October 2021 that its",
    "officers had used the application of Clearview AI during a",
    "meeting at Europol, and that this was not legal in Belgium.",
]
COURT = [
    "The supervisory body asked the police to destroy the images.",
    "The minister answered questions in parliament on it twice.",
]


def read(folder, data, name="a.pdf"):
    path = folder / name
    path.write_bytes(data)
    return READER.read(path)


def refusal(folder, data, name="a.pdf"):
    with pytest.raises(UnreadableFile) as raised:
        read(folder, data, name)
    message = str(raised.value)
    assert "\n" not in message
    assert name in message
    return message


# --- PDF ---------------------------------------------------------------------------


def test_the_lines_of_a_paragraph_become_one_and_paragraphs_stay_apart(tmp_path):
    page = [(60.0, 740.0, 16.0, "A report on the police")]
    page += column(POLICE, top=700) + column(COURT, top=640)
    findings = read(tmp_path, pdf([page], title="A report"))
    assert findings.body.split("\n\n") == [
        "A report on the police",
        " ".join(POLICE),
        " ".join(COURT),
    ]
    assert findings.metadata == {}
    assert findings.found == {"title": "A report"}


def test_columns_are_read_one_after_the_other(tmp_path):
    left = [
        "The first column begins here",
        "and goes on for a while so",
        "that it ends here.",
    ]
    right = ["The second column begins", "after the first has come", "to its very end."]
    page = column(left, x=50, top=700) + column(right, x=330, top=700)
    page.sort(key=lambda line: -line[1])  # as a printer draws them, row by row
    assert read(tmp_path, pdf([page])).body.split("\n\n") == [
        " ".join(left),
        " ".join(right),
    ]


def test_running_heads_and_page_numbers_are_left_out(tmp_path):
    pages = [
        [
            (60, 770, 8, "Annual report of the committee"),
            *column([f"This is what page {n} has to say about the police."]),
            (290, 30, 8, f"{n} / 12"),
        ]
        for n in range(1, 5)
    ]
    body = read(tmp_path, pdf(pages)).body
    assert "Annual report" not in body
    assert "/ 12" not in body
    assert len(body.split("\n\n")) == 4


def test_a_sentence_goes_on_over_the_page_and_a_footnote_is_not_its_end(tmp_path):
    first = [
        *column(["No evidence was found in the files of the authority that"]),
        *column(["1 See the decision of 3 May 2021"], top=80, size=7),
    ]
    second = column(["the police ever used the software of the vendor."])
    assert read(tmp_path, pdf([first, second])).body.split("\n\n") == [
        "No evidence was found in the files of the authority that the police ever used "
        "the software of the vendor.",
        "1 See the decision of 3 May 2021",
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            [
                "All surveillance is named here. It is a surveil-",
                "lance tool of the police.",
            ],
            "It is a surveillance tool of the police.",
        ),
        (
            [
                "It sells face-recognition. The tool is for face-",
                "recognition in the street.",
            ],
            "The tool is for face-recognition in the street.",
        ),
        (
            ["Nobody can tell whether it is an e-", "mail or not in this sentence."],
            "whether it is an e-\nmail or not",
        ),
        (
            ["The law of France and Franco-", "German police rules apply."],
            "Franco- German",
        ),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_only_where_the_text_shows_how(
    tmp_path, lines, joined
):
    assert joined in read(tmp_path, pdf([column(lines)])).body


def test_a_title_that_names_another_file_is_none(tmp_path):
    data = pdf([column(POLICE)], title="Microsoft Word - draft_v2.docx")
    assert read(tmp_path, data).found == {}


def test_a_scan_is_refused_with_a_word_on_ocr(tmp_path):
    message = refusal(tmp_path, pdf([[], []], pictures=[0, 1]))
    assert "scans; run OCR" in message


def test_a_scanned_page_among_others_is_refused_too(tmp_path):
    data = pdf([column(POLICE), [], column(COURT)], pictures=[1])
    assert "these are scans without text: 2; run OCR" in refusal(tmp_path, data)


def test_a_picture_on_the_cover_is_no_scan(tmp_path):
    data = pdf([[], column(POLICE), column(COURT)], pictures=[0])
    assert read(tmp_path, data).body.startswith("The Belgian")


def encrypted(password):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([column(POLICE)])))
    writer.encrypt(password, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_file_is_refused(tmp_path):
    assert "it is encrypted; save a copy" in refusal(tmp_path, encrypted("word"))


def test_a_file_that_asks_for_no_password_is_read(tmp_path):
    assert read(tmp_path, encrypted("")).body == " ".join(POLICE)


WHOLE = pdf([column(POLICE)])


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4",
        b"%PDF-1.4\n%%EOF",
        b"Text, and no PDF at all.",
        b"\0" * 5000,
        WHOLE[:200],
        WHOLE[:-30],
        pdf([column(POLICE), column(COURT)]).replace(
            b"/Type /Page ", b"/Type /Pegs ", 1
        ),
        pdf([]),
    ],
)
def test_a_broken_file_is_refused(tmp_path, data):
    message = refusal(tmp_path, data)
    assert any(
        words in message for words in ("broken", "end is missing", "no page", "only")
    )


def test_letters_without_characters_are_refused_not_made_up(tmp_path):
    font = (
        "/Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type "
    )
    font += (
        "/Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) "
    )
    font += "/Ordering (Identity) /Supplement 0 >> >>]"
    message = refusal(tmp_path, pdf([column(["aabbccddee"])], font=font))
    assert "not mapped to characters; run OCR" in message


def test_too_many_pages_are_refused(tmp_path):
    assert "more than 2000 pages" in refusal(tmp_path, pdf([[]] * 2001))


def test_a_page_that_never_ends_is_given_up(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf([[(60, 700 - n / 100, 10, "a b c d")] * 200 for n in range(50)])
    )
    hasty = FileReader(Confined(seconds={"pdf": 0.6}))
    begin = time.monotonic()
    with pytest.raises(UnreadableFile, match=r"longer than 0\.6 seconds"):
        hasty.read(path)
    assert time.monotonic() - begin < 5


# --- Word --------------------------------------------------------------------------


def test_paragraphs_and_rows_of_a_word_file_are_read_in_order(tmp_path):
    body = p("A ", "heading") + p("La société a été sanctionnée.") + p("")
    body += table(["Pays", "Amende"], ["France", "20 M€"]) + p("Fin.")
    findings = read(tmp_path, word(body, title="Un rapport"), "a.docx")
    assert findings.body.split("\n\n") == [
        "A heading",
        "La société a été sanctionnée.",
        "Pays\tAmende",
        "France\t20 M€",
        "Fin.",
    ]
    assert findings.found == {"title": "Un rapport"}


def test_text_in_controls_and_links_is_not_lost_and_codes_of_fields_are(tmp_path):
    body = f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
    body += "<w:p><w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:tab/>"
    body += "<w:t>and a tab.</w:t><w:instrText> PAGE </w:instrText></w:r></w:p>"
    body += (
        "<mc:AlternateContent><mc:Choice>" + p("Once.") + "</mc:Choice><mc:Fallback>"
    )
    body += p("Once.") + "</mc:Fallback></mc:AlternateContent>"
    assert read(tmp_path, word(body), "a.docx").body.split("\n\n") == [
        "In a control.",
        "A link\tand a tab.",
        "Once.",
    ]


@pytest.mark.parametrize("change", ["ins", "del", "moveFrom"])
def test_tracked_changes_are_refused_because_nobody_can_tell_what_stands(
    tmp_path, change
):
    body = f"<w:p><w:r><w:t>It is </w:t></w:r><w:{change}><w:r><w:t>not</w:t></w:r></w:{change}></w:p>"
    assert "accept or reject" in refusal(tmp_path, word(body), "a.docx")


def test_entities_of_a_word_file_reach_no_file_and_no_network(tmp_path):
    (tmp_path / "secret.txt").write_text("SECRET")
    outside = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    data = word(p("A sentence &x; here."), before=outside)
    try:
        body = read(tmp_path, data, "a.docx").body
    except UnreadableFile as error:
        body = str(error)
    assert "SECRET" not in body


def test_entities_that_grow_without_end_do_no_harm(tmp_path):
    grown = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    data = word(p("&a11;"), before=f'<!DOCTYPE d [<!ENTITY a0 "ha">{grown}]>')
    begin = time.monotonic()
    refusal(tmp_path, data, "a.docx")
    assert time.monotonic() - begin < 20


def test_a_zip_bomb_is_refused_unpacked_or_not(tmp_path):
    large = [("word/media/a.bin", b"\0" * (201 * 2**20))]
    message = refusal(tmp_path, word(p("Text."), more=large), "a.docx")
    assert "unpacks to more" in message
    message = refusal(tmp_path, word(p("a" * (41 * 2**20))), "a.docx")
    assert "unpacks to more" in message


def test_a_zip_file_that_lies_about_its_size_is_refused(tmp_path):
    data = word("<!--" + "a" * (60 * 2**20) + "-->" + p("A sentence that is here."))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        real = archive.getinfo("word/document.xml").file_size
    lie = data.replace(struct.pack("<I", real), struct.pack("<I", 5000))
    assert lie != data
    refusal(tmp_path, lie, "a.docx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Text.", "no Word file"),
        (b"PK\x03\x04" + b"\0" * 500, "no Word file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
            "encrypted or of an old Word",
        ),
        (word(p("Text."))[:-40], "no Word file"),
        (word("<w:p>"), "no Word file"),
        (word(p("")), "no text in it"),
        (word("<w:p>" * 3000 + "</w:p>" * 3000), "broken"),
    ],
)
def test_a_broken_or_empty_word_file_is_refused(tmp_path, data, words):
    assert words in refusal(tmp_path, data, "a.docx")


def test_a_zip_file_of_something_else_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "Text.")
    assert "no Word file" in refusal(tmp_path, out.getvalue(), "a.docx")
