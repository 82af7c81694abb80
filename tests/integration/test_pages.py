"""Web pages: the article to the letter, or one line on why there is none."""

import time
import unicodedata

import pytest
from lxml import html as markup

from knowledge.adapters.readers.charsets import decoded
from knowledge.adapters.readers.confined import Confined
from knowledge.adapters.readers.extract import Unreadable
from knowledge.adapters.readers.files import FileReader
from knowledge.adapters.readers.web import WebReader
from knowledge.errors import UnreadableFile
from knowledge.ports import Fetched, Snapshot

CONFINED = Confined()
READER = FileReader(CONFINED)

FRENCH = """<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>Clearview sanctionnée | Le Quotidien</title>
<meta property="og:title" content="Clearview sanctionnée par la CNIL">
<meta property="og:site_name" content="Le Quotidien">
<meta property="article:published_time" content="2022-10-20T08:00:00+02:00">
<link rel="canonical" href="https://quotidien.example/clearview">
</head><body><nav><a href="/">Accueil</a> <a href="/une">À la une</a></nav>
<article><h1>Clearview sanctionnée par la CNIL</h1>
<p>La <b>CNIL</b> a prononcé une sanction de 20&nbsp;millions d’euros à l’encontre de
<a href="/clearview">Clearview AI</a>, « faute de réponse à sa mise en demeure ».</p>
<p>La société aspire des photographies sur Internet.<br>Elle vend l’accès à sa base.</p>
<h2>Une astreinte de 100 000 euros</h2>
<ul><li>Elle doit cesser la collecte dans un délai de deux mois.</li>
<li>Elle doit <i>effacer</i> les données déjà collectées en France.</li></ul>
<blockquote><p>« Nous n’avons pas d’activité en France », dit la société.</p></blockquote>
<table><tr><th>Pays</th><th>Amende</th></tr><tr><td>France</td><td>20 M€</td></tr></table>
<p>Le montant<del> de dix millions</del> est le maximum prévu par le règlement.</p>
</article><footer>© Le Quotidien, tous droits réservés.</footer></body></html>"""

ITALIAN = """<html lang="en"><head><meta charset="iso-8859-1"><title>Multa</title></head>
<body><div id="main"><h1>Il Garante multa Clearview</h1>
<p>Il Garante per la protezione dei dati personali ha inflitto una sanzione di 20 milioni
di euro a Clearview, società che ha sede negli Stati Uniti, perché tratta dati biometrici.</p>
<p>La società, secondo l'Autorità, è stata più volte diffidata: non ha risposto.</p></div>
</body></html>"""


def written(folder, text, name="a.html"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(path, reader=READER):
    with pytest.raises(UnreadableFile) as raised:
        reader.read(path)
    message = str(raised.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).split())


# --- what is read ------------------------------------------------------------------


def test_a_french_article_is_read_paragraph_by_paragraph(tmp_path):
    findings = READER.read(written(tmp_path, FRENCH))
    assert findings.body.split("\n\n") == [
        "Clearview sanctionnée par la CNIL",
        "La CNIL a prononcé une sanction de 20 millions d’euros à l’encontre de "
        "Clearview AI, « faute de réponse à sa mise en demeure ».",
        "La société aspire des photographies sur Internet.\n"
        "Elle vend l’accès à sa base.",
        "Une astreinte de 100 000 euros",
        "Elle doit cesser la collecte dans un délai de deux mois.",
        "Elle doit effacer les données déjà collectées en France.",
        "« Nous n’avons pas d’activité en France », dit la société.",
        "Pays\tAmende",
        "France\t20 M€",
        "Le montant est le maximum prévu par le règlement.",
    ]
    assert findings.metadata == {}
    assert findings.found == {
        "title": "Clearview sanctionnée par la CNIL",
        "publisher": "Le Quotidien",
        "published_on": "2022-10-20",
        "url": "https://quotidien.example/clearview",
    }


def test_an_italian_article_is_read_in_the_charset_that_it_names(tmp_path):
    findings = READER.read(written(tmp_path, ITALIAN.encode("latin-1")))
    assert (
        "La società, secondo l'Autorità, è stata più volte diffidata" in findings.body
    )


@pytest.mark.parametrize("page", [FRENCH, ITALIAN.replace("iso-8859-1", "utf-8")])
def test_every_word_of_a_body_stands_on_the_page(tmp_path, page):
    findings = READER.read(written(tmp_path, page))
    tree = markup.fromstring(page.replace(' charset="utf-8"', ""))
    for struck in tree.iter("del"):
        struck.text = ""
    whole = squeezed(tree.text_content())
    for paragraph in findings.body.split("\n\n"):
        assert squeezed(paragraph) in whole


def test_what_a_page_does_not_say_is_not_made_up(tmp_path):
    page = "<html><body><article>" + "<p>The police used it in May 2019.</p>" * 5
    findings = READER.read(written(tmp_path, page))
    assert "published_on" not in findings.found
    assert "publisher" not in findings.found


# --- charsets ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("été".encode(), "", "été"),
        ("été".encode("cp1252"), "", "été"),
        ("“été” €".encode("cp1252"), "iso-8859-1", "“été” €"),
        ("été".encode(), "UTF-8", "été"),
        ("été".encode(), '"utf8"', "été"),
        ("\ufeffété".encode(), "iso-8859-1", "été"),
        ("\ufeffété".encode("utf-16-le"), "", "été"),
        ("été".encode("utf-16-be"), "utf-16be", "été"),
        ("顔認識".encode("shift_jis"), "Shift_JIS", "顔認識"),
        ("лицо".encode("koi8-r"), "koi8-r", "лицо"),
        (b"<meta charset=utf-16><p>a", "", "<meta charset=utf-16><p>a"),
        (
            '<meta http-equiv=x content="text/html; charset=windows-1250">ř'.encode(
                "cp1250"
            ),
            "",
            '<meta http-equiv=x content="text/html; charset=windows-1250">ř',
        ),
    ],
)
def test_a_page_is_decoded_as_a_browser_would(data, charset, text):
    assert decoded(data, charset) == text


@pytest.mark.parametrize(
    ("data", "charset", "words"),
    [
        ("été".encode("cp1252"), "utf-8", "it is not the utf-8 that it says (byte 0)"),
        (b"<meta charset='utf-8'>\xe9 ", "", "it is not the utf-8 that it says"),
        (b"\x81\x8d\x9d", "", "save its text as UTF-8"),
        *(
            (b"a", name, "is not known")
            for name in "utf-7 rot13 hex unicode_escape x".split()
        ),
        (b"a", "x" * 5000, "is not known"),
        (b"a", "é\0", "is not known"),
    ],
)
def test_a_charset_that_does_not_fit_is_refused_not_guessed(data, charset, words):
    with pytest.raises(Unreadable) as raised:
        decoded(data, charset)
    assert words in str(raised.value)
    assert len(str(raised.value)) < 200


# --- what is no article ------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>Log in</p><form><input></form></body></html>",
        "<html><body><div id=root></div><script>render()</script></body></html>",
        "<html><body><nav>" + "<a href='/x'>A link</a>" * 200 + "</nav></body></html>",
        "<html></html>",
        "<!-- nothing -->",
        "{}",
        "<",
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path, page):
    assert "there is no article in it" in refusal(written(tmp_path, page))


def test_an_empty_page_is_refused(tmp_path):
    assert "it is empty" in refusal(written(tmp_path, ""))


def test_a_binary_page_is_refused(tmp_path):
    assert "binary" in refusal(written(tmp_path, b"<html>\0\0</html>"))


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 200_000 + "a" * 100,
        "<table><tr><td>" * 50_000 + "The police used it here.",
        "<html><body>" + "<b>" * 5000 + "The police used it here and there. " * 20,
        "<a href='" + "a" * 5_000_000,
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>&b;",
        "<p>" + "&" * 1_000_000,
        "<p a=" * 100_000,
    ],
)
def test_a_page_built_to_do_harm_ends_in_one_line(tmp_path, page):
    begin = time.monotonic()
    refusal(written(tmp_path, page))
    assert time.monotonic() - begin < 30


def test_deep_markup_and_a_missing_end_do_no_harm_to_an_article(tmp_path):
    deep = (
        "<html><body>"
        + "<div>" * 100
        + FRENCH.partition("<body>")[2].partition("</footer>")[0]
    )
    findings = READER.read(written(tmp_path, deep))
    assert "Elle vend l’accès à sa base." in findings.body


# --- the process that parses -------------------------------------------------------


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path):
    hasty = Confined(seconds={"page": 0.5})
    reader = FileReader(hasty)
    bomb = written(tmp_path, "<p>" * 6_000_000, "bomb.html")
    assert "longer than 0.5 seconds" in refusal(bomb, reader)
    patient = FileReader(Confined())
    assert patient.read(written(tmp_path, FRENCH)).body
    hasty.close()


def test_a_page_that_needs_too_much_memory_is_given_up(tmp_path):
    narrow = Confined(memory=300 * 2**20)
    bomb = written(tmp_path, "<p>a" * 4_000_000, "bomb.html")
    begin = time.monotonic()
    refusal(bomb, FileReader(narrow))
    assert time.monotonic() - begin < 30
    narrow.close()


def test_a_process_that_was_ended_is_started_again(tmp_path):
    confined = Confined()
    reader = FileReader(confined)
    path = written(tmp_path, FRENCH)
    first = reader.read(path)
    confined.close()
    assert reader.read(path) == first
    confined.close()


# --- from the network --------------------------------------------------------------


def fetched(
    body, content_type="text/html; charset=utf-8", url="https://quotidien.example/a"
):
    data = body if isinstance(body, bytes) else body.encode()
    return Fetched(asked=url, url=url, content_type=content_type, body=data)


def read(tmp_path, page):
    path = tmp_path / "snapshot"
    path.write_bytes(page.body)
    return WebReader(CONFINED).read(page, Snapshot("0" * 64, path))


def test_a_fetched_page_names_the_address_that_it_gives_itself(tmp_path):
    findings = read(tmp_path, fetched(FRENCH))
    assert findings.origin == "https://quotidien.example/clearview"
    assert findings.found["url"] == findings.origin


@pytest.mark.parametrize(
    "canonical", ["https://other.example/clearview", "https://quotidien.example/", ""]
)
def test_a_page_cannot_give_itself_another_host_s_address(tmp_path, canonical):
    page = FRENCH.replace("https://quotidien.example/clearview", canonical)
    assert read(tmp_path, fetched(page)).found["url"] == "https://quotidien.example/a"


def test_plain_text_behind_an_address_is_read(tmp_path):
    page = fetched("Été.\r\nFin.".encode("cp1252"), "text/plain; charset=iso-8859-1")
    findings = read(tmp_path, page)
    assert findings.body == "Été.\nFin."
    assert findings.found == {"url": page.url}


@pytest.mark.parametrize(
    "content_type",
    ["image/png", "application/json", "video/mp4", "", "text/css", "x" * 500, "é/\x01"],
)
def test_another_kind_of_content_is_refused(tmp_path, content_type):
    with pytest.raises(
        UnreadableFile, match="not a page, a text, a PDF or a Word file"
    ):
        read(tmp_path, fetched("Text.", content_type))
