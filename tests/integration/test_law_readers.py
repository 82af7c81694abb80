"""Laws as their publishers give them out: every provision, to the letter, at its address."""

import re
import time
from pathlib import Path

import pytest

from knowledge.adapters.corpus_files import CorpusFiles, write_document
from knowledge.adapters.language import LanguageDetector
from knowledge.adapters.readers.law import is_law, read_law_file
from knowledge.adapters.readers.law.markup import html_tree, words, xml_tree
from knowledge.adapters.readers.law.markup import name as called
from knowledge.adapters.readers.law.reader import LawReader
from knowledge.adapters.sql_store import open_store
from knowledge.adapters.vocabulary_files import load_vocabulary
from knowledge.errors import InvalidMetadata, UnreadableFile
from knowledge.model import Actor, Document, Form, Kind, Passage, Role, Status
from knowledge.moderation import Moderation
from knowledge.passages import cut
from knowledge.ports import Findings
from knowledge.workflow import Policy
from tests.fakes import FixedClock
from tests.law_files import (
    AKOMA_NTOSO,
    FORMEX,
    PARAGRAPHS,
    consolidated,
    journal,
    journal_article,
    page,
)

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "lawsamples"
EN, DA = "gdpr_en_eurlex_oj.html", "gdpr_da_eurlex_oj.html"
NL, NL_NOW = "aiact_nl_eurlex_oj.html", "aiact_nl_eurlex_consolidated_20240712.html"
IT, DE_EU = "cad_it_akomantoso.xml", "formex_visakodex.xml"
FR, DE = "csi_fr_legalize.md", "bdsg_de_bundestag.md"
FILES = CorpusFiles()
ANA = Actor("terminal:ana", Role.ADMIN)


def passages(body: str, language: str = "en") -> tuple[Passage, ...]:
    return cut(
        Document(
            id="law",
            title="t",
            body=body,
            form=Form.SOURCE,
            kind=Kind.LAW,
            language=language,
            sources=(),
            revision=1,
        )
    )


def addresses(body: str) -> list[str]:
    """Each address once, in order; prose has none."""
    found = [p.locator for p in passages(body) if p.locator[0] != "¶"]
    return list(dict.fromkeys(found))


def by_address(body: str) -> dict[str, str]:
    return {p.locator: p.text for p in passages(body)}


def read(data: bytes | str) -> Findings:
    return read_law_file("law.file", data.encode() if isinstance(data, str) else data)


def refusal(data: bytes | str) -> str:
    with pytest.raises(UnreadableFile) as raised:
        read(data)
    message = str(raised.value)
    assert "\n" not in message
    assert message.startswith("law.file cannot be read: ")
    return message


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def unmarked(body: str) -> str:
    return re.sub(r"(?m)^(?:#{1,6} |\t+|\*\*\*$)", "", body)


# --- the layouts -------------------------------------------------------------------

PROVISIONS = [
    *("Art. 1(1)", "Art. 1(1)(a)", "Art. 1(1)(b)", "Art. 1(1)(c)", "Art. 1(1)(d)"),
    *("Art. 1(2)", "Art. 2", "Annex I(A)(1)", "Annex I(A)(2)"),
]


def test_an_act_of_the_official_journal_is_read():
    body = read(journal()).body
    assert addresses(body) == ["Recital 1", "Recital 2", *PROVISIONS]
    found = by_address(body)
    assert found["Recital 2"] == "(2) Reason 2 counts."
    assert found["Art. 1(1)(b)"] == "(b) reason b (1);"
    assert found["Art. 1(1)(d)"] == "(d) where:\n\n\t\t(i) first;\n\n\t\t(ii) second."
    assert found["Art. 1(1)"] == "Point (d) does not hold for authorities."
    assert found["Art. 1(2)"] == "2.\xa0\xa0\xa0It ends."
    assert found["Annex I(A)(2)"] == "2. Frontex."


def test_a_consolidated_act_has_the_addresses_of_the_journal():
    body = read(consolidated()).body
    assert addresses(body) == PROVISIONS
    assert by_address(body)["Art. 1(2)"] == "2. It ends."
    assert "▼" not in body
    assert "Not binding" not in body


def test_what_a_page_of_eurlex_says_of_its_act_is_taken():
    assert read(journal()).metadata == {
        "title": "REGULATION (EU) 2016/1 of 27 April 2016 on laws",
        "kind": "law",
        "form": "source",
        "language": "en",
        "countries": ["EU"],
        "vendors": [],
        "publisher": "Official Journal of the European Union",
        "url": "https://eur-lex.example/eli/reg/2016/1/oj/eng",
        "event_on": "2016-04-27",
        "published_on": "2016-05-04",
    }
    now = read(consolidated()).metadata
    assert now["url"] == "https://eur-lex.example/eli/reg/2016/1/2024-07-12/eng"
    assert now["published_on"] == "2024-07-12"
    assert now["title"] == "REGULATION (EU) 2016/1 of 27 April 2016 on laws"


def test_an_act_of_before_elis_is_read_by_its_classes():
    old = journal().decode().replace("oj-", "")
    old = re.sub(r' id="(?:art|anx|rct|fnp|pbl|tit|cpt)_[^"]*"', "", old)
    assert is_law(old.encode())
    body = read(old).body
    assert addresses(body) == ["Recital 1", "Recital 2", *PROVISIONS]


def test_an_article_that_is_quoted_in_another_is_text():
    quoted = '<p class="oj-ti-art">‘Article 5a</p><p>New.’</p>'
    data = journal(
        [
            journal_article(1, "Article", "Aim", PARAGRAPHS),
            journal_article(2, "Article", "Changes", f"<p>Added is:</p>{quoted}"),
        ]
    )
    assert by_address(read(data).body)["Art. 2"] == "Added is:\n\n‘Article 5a\n\nNew.’"


def test_akoma_ntoso_is_read():
    findings = read(AKOMA_NTOSO)
    found = by_address(findings.body)
    assert addresses(findings.body) == [
        *(
            "Art. 1(1)",
            "Art. 1(1)(i)",
            "Art. 1(1)(ibis)",
            "Art. 1(1)(z)",
            "Art. 1(1)(aa)",
        ),
        *("Art. 1(1bis)", "Art. 1 bis", "Art. 2(1)"),
    ]
    assert found["Art. 1(1)(ibis)"] == "i-bis) due ((e mezzo));"
    assert found["Art. 1 bis"] == "((ARTICOLO ABROGATO))"
    assert findings.metadata == {
        "title": "DECRETO 82 Codice.",
        "kind": "law",
        "form": "source",
        "language": "it",
        "countries": ["IT"],
        "vendors": [],
        "publisher": "Normattiva",
        "url": "https://www.normattiva.it/uri-res/N2Ls?"
        "urn:nir:stato:decreto.legislativo:2005-03-07;82",
        "event_on": "2005-03-07",
        "published_on": "2025-01-30",
    }


def test_formex_is_read():
    findings = read(FORMEX)
    found = by_address(findings.body)
    assert addresses(findings.body) == [
        *("Art. 1(1)", "Art. 1(1a)", "Art. 1(1a)(a)", "Art. 1(1a)(b)", "Art. 2"),
        *("Annex I(1.1)", "Annex I(1.2)", "Annex II, Art. 1"),
    ]
    assert found["Art. 1(1)"] == "(1) Sie gilt, so lange."
    assert found["Art. 1(1a)"] == "(1a) Der Ausdruck „Visum“ meint:"
    assert found["Art. 2"].endswith("„Artikel 13\n\nNeu.")
    assert findings.body.endswith("***\n\nABl. L 81.")
    assert findings.metadata == {
        "title": "Verordnung 810 vom 13. Juli 2009",
        "kind": "law",
        "form": "source",
        "language": "de",
        "countries": ["EU"],
        "vendors": [],
        "publisher": "EUR-Lex",
        "url": "https://eur-lex.europa.eu/legal-content/DE/TXT/?uri=CELEX:"
        "02009R0810-20200202",
        "event_on": "2009-07-13",
        "published_on": "2020-02-02",
    }


def test_a_law_in_markdown_is_known_by_its_front_matter(tmp_path):
    path = tmp_path / "csi.md"
    path.write_text(
        '---\ntitle: "Code"\nidentifier: "L1"\ncountry: "fr"\nrank: "code"\n'
        'publication_date: "2012-05-01"\nlast_updated: "2026-04-03"\n'
        'source: "https://www.legifrance.gouv.fr/codes/L1"\n---\n'
        "# Code\n\n##### Article L111-1\n\nUn.\n\n##### Article L111-7\n\nDeux.\n"
    )
    findings = FILES.read(path)
    assert addresses(findings.body) == ["Art. L111-1", "Art. L111-7"]
    assert findings.metadata == {
        "title": "Code",
        "kind": "law",
        "form": "source",
        "language": "fr",
        "countries": ["FR"],
        "vendors": [],
        "publisher": "Légifrance",
        "url": "https://www.legifrance.gouv.fr/codes/L1",
        "event_on": "2012-05-01",
        "published_on": "2026-04-03",
    }


def test_every_letter_of_a_page_is_in_the_text_and_no_other():
    data = journal()
    root = html_tree("x", data)
    shown = words(root.find(".//body"))
    head = "4.5.2016 EN Official Journal of the European Union"
    wanted = letters(shown).removeprefix(letters(head)).replace("x()", "")
    assert letters(unmarked(read(data).body)) == wanted


# --- what is a law -----------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        journal(),
        journal().decode().encode("utf-16"),
        consolidated(),
        AKOMA_NTOSO.encode(),
        FORMEX.encode(),
        b'<?xml version="1.0"?><an:akomaNtoso xmlns:an="http://x">',
        b"<ACT>",
    ],
)
def test_a_law_is_known_by_its_classes_or_its_root(data):
    assert is_law(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body><article><h1>Article 9</h1><p>Article 9 forbids it.</p></article>",
        b'<html><p class="multi-art">Art.</p><p class="cooj-ti-arts">x</p></html>',
        b'<p>class="oj-doc-ti"</p>',
        b"<rss><channel/></rss>",
        b"<ACTION/>",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        b'class="' * 100_000,
    ],
)
def test_what_is_no_law_is_told_apart(data):
    assert not is_law(data)


def test_a_page_that_is_no_law_is_left_to_the_other_reader(tmp_path):
    class Other:
        def read(self, path: Path) -> Findings:
            return Findings(origin=str(path), body="A page.", metadata={})

    path = tmp_path / "a.html"
    path.write_text("<html><body><p>Article 9 forbids it.</p></body></html>")
    assert LawReader(Other()).read(path).body == "A page."
    path.write_bytes(journal())
    assert LawReader(Other()).read(path).metadata["kind"] == "law"


def test_xml_that_is_no_law_is_refused(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<rss><channel/></rss>")
    with pytest.raises(UnreadableFile, match="no law in Akoma Ntoso or Formex"):
        FILES.read(path)


# --- bad input ---------------------------------------------------------------------

BOMB = (
    '<!DOCTYPE akomaNtoso [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (journal([journal_article(n, "Article", "T", PARAGRAPHS) for n in (1, 3)]),
         "article 2 is missing in it; get the whole law"),
        (journal([journal_article(n, "Article", "T", PARAGRAPHS) for n in (1, 6, 7)]),
         "articles 2 to 5 are missing in it"),
        (journal(recitals=(1, 3)), "recital 2 is missing in it"),
        (journal([]), "no article of a law was found in it"),
        (AKOMA_NTOSO.replace("Art. 2.", "Art. 3."), "article 2 is missing"),
        (FORMEX.replace("Artikel 2<", "Artikel 4<"), "articles 2 to 3 are missing"),
        (journal()[:3000], "it breaks off before its end (</html>)"),
        (AKOMA_NTOSO[:1200], "it breaks off before its end"),
        (FORMEX.replace("</PARAG>", "", 1), "its markup is broken: "),
        (journal().decode().replace("Reason", "Raisón").encode("cp1252"), "it is not UTF-8"),
        (AKOMA_NTOSO.replace("uno", "è").encode("cp1252"), "save it as UTF-8"),
        (page('<p class="oj-ti-art">Article 1</p>' + "<div>" * 5000), "nested too deep"),
        (page('<p class="oj-ti-art">Article 1</p>' + "<b>" * 499_000), "nested too deep"),
        (f"<ACT>{'<ITEM>' * 5000}{'</ITEM>' * 5000}</ACT>", "nested too deep"),
        (page('<p class="oj-ti-art">Article 1</p>' + "<i>x</i>" * 300_000),
         "more than 500,000 tags"),
        (AKOMA_NTOSO.replace("<akomaNtoso", f"{BOMB}<akomaNtoso").replace("uno", "&a9;"),
         "declares entities of its own"),
        (AKOMA_NTOSO.replace("<akomaNtoso", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">'
                             "]><akomaNtoso").replace("uno", "&x;"),
         "declares entities of its own"),
        ("<ACT>" + "x" * (20 * 1024 * 1024) + "</ACT>", "larger than 20 MB"),
        (journal().replace(b"Europol", b"Euro\0pol"), "it is a binary file"),
        (page('<p class="oj-ti-art">Article 1</p>' + "x " * 9_000_000),
         "a piece of text in it is longer than 10 MB"),
        (b"<akomaNtoso/>", "no article of a law was found in it"),
    ],
    ids=range(21),
)  # fmt: skip
def test_a_broken_law_is_refused_in_one_line_and_soon(data, words):
    started = time.perf_counter()
    assert words in refusal(data)
    assert time.perf_counter() - started < 5


def test_a_law_as_deep_as_can_be_read_is_read():
    deep = "<div>" * 240 + "<p>Deep.</p>" + "</div>" * 240
    data = page(f'<p class="oj-ti-art">Article 1</p>{deep}')
    assert by_address(read(data).body) == {"Art. 1": "Deep."}
    items = "<ITEM>" * 240 + "<P>Tief.</P>" + "</ITEM>" * 240
    xml = f"<ACT><ARTICLE><TI.ART>Artikel 1</TI.ART>{items}</ARTICLE></ACT>"
    assert by_address(read(xml).body) == {"Art. 1": "Tief."}
    akn = AKOMA_NTOSO.replace("<p>uno; </p>", "<x>" * 230 + "uno;" + "</x>" * 230)
    assert by_address(read(akn).body)["Art. 1(1)(i)"] == "i) uno;"


@pytest.mark.parametrize(
    "inner",
    [
        "<table><tr><td>" * 70 + "x" * 1000 + "</td><td>y</td></tr></table>" * 70,
        "<p>(a)</p>" * 25_000,
        "<p>1.</p><p>x</p>" * 15_000,
        '<p class="oj-ti-art">Article 1</p>' * 25_000,
        "x " * 4_000_000,
        "<p>" + "\n" * 5_000_000 + "</p>",
    ],
    ids=lambda inner: inner[:20],
)
def test_a_hostile_page_takes_seconds_at_most(inner):
    started = time.perf_counter()
    passages(read(page(f'<p class="oj-ti-art">Article 1</p>{inner}')).body)
    assert time.perf_counter() - started < 15


# --- into the store ----------------------------------------------------------------


@pytest.fixture
def moderation(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/quis.sqlite", FixedClock())
    yield Moderation(
        store=store,
        vocabulary=load_vocabulary(ROOT / "knowledge" / "vocabulary"),
        clock=FixedClock(),
        detect=LanguageDetector(),
        policy=Policy(),
    )
    store.close()


def test_a_law_is_published_as_it_comes_and_reads_back_from_an_export(
    tmp_path, moderation
):
    path = tmp_path / "act.html"
    path.write_bytes(journal())
    added = moderation.add(FILES.read(path), {}, ANA, publish=True).document
    assert added.status is Status.PUBLISHED
    assert (added.vendors, added.places) == ((), ("EU",))
    held = moderation.store.passages("act", 1)
    assert [p.locator for p in held if p.locator[0] != "¶"][:2] == [
        "Recital 1",
        "Recital 2",
    ]
    again = FILES.read(write_document(added, tmp_path / "out"))
    assert [(p.locator, p.text) for p in passages(again.body)] == [
        (p.locator, p.text) for p in held
    ]


def test_a_law_in_a_language_that_is_not_supported_is_refused_unless_it_is_given(
    tmp_path, moderation
):
    path = tmp_path / "act.html"
    danish = journal(
        [
            journal_article(
                1,
                "Artikel",
                "Formål",
                "<p>Denne forordning gælder for al "
                "behandling af oplysninger, som myndighederne foretager i medlemsstaterne.</p>",
            )
        ],
        language="DA",
    ).decode()
    danish = danish.replace("Reason", "Begrundelse nummer som er anført her")
    path.write_bytes(danish.encode())
    findings = FILES.read(path)
    assert "language" not in findings.metadata
    with pytest.raises(InvalidMetadata, match="say --language"):
        moderation.add(findings, {}, ANA, publish=True)
    given = moderation.add(findings, {"language": "en"}, ANA, publish=True)
    assert given.document.language == "en"


# --- the real files ----------------------------------------------------------------


def sample(name: str) -> Findings:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the shared folder with law samples is not here")
    return FILES.read(path)


def counted(body: str, pattern: str) -> int:
    """How many different beginnings of addresses there are."""
    found = (re.match(pattern, address) for address in addresses(body))
    return len({match.group() for match in found if match})


@pytest.mark.parametrize(
    ("name", "articles", "recitals", "annexes"),
    [
        (EN, 99, 173, 0),
        (DA, 99, 173, 0),
        (NL, 113, 180, 13),
        (NL_NOW, 113, 0, 13),
        (IT, 121, 0, 0),
        (DE_EU, 60, 0, 13),
        (DE, 86, 0, 0),
    ],
)
def test_a_real_law_has_all_its_provisions(name, articles, recitals, annexes):
    body = sample(name).body
    assert counted(body, r"(?:Art\.|§) [^(,]+") == articles
    assert counted(body, r"Recital \d+") == recitals
    assert counted(body, r"Annex [IVX]+") == annexes
    made = passages(body)
    assert all(body[p.start : p.end] == p.text for p in made)
    assert sum(len(p.text) for p in made) > 0.9 * len(body)


@pytest.mark.parametrize(("name", "numbered"), [(EN, 372), (DA, 372), (NL, 509)])
def test_a_real_act_has_all_its_numbered_paragraphs(name, numbered):
    found = set(addresses(sample(name).body))
    # Points of a list may have been joined to the paragraph, but begin with it.
    begun = {re.sub(r"(\(\w+\)).*", r"\1", address) for address in found}
    root = html_tree(name, (SAMPLES / name).read_bytes())
    blocks = [
        element
        for element in root.iter("div")
        if re.fullmatch(r"\d{3}\.\d{3}", element.get("id") or "")
    ]
    assert len(blocks) == numbered
    for block in blocks:
        article = next(
            parent.get("id")
            for parent in block.iterancestors()
            if (parent.get("id") or "").startswith("art_")
        )
        number = re.match(r"(\d+)\.", words(block))
        # The other blocks are paragraphs of other laws, quoted.
        if number:
            assert f"Art. {article[4:]}({number[1]})" in begun


def test_the_gdpr_has_the_same_addresses_in_every_language():
    assert addresses(sample(EN).body) == addresses(sample(DA).body)


def test_the_ai_act_has_the_same_addresses_in_both_layouts():
    journal_ones = [a for a in addresses(sample(NL).body) if a[:7] != "Recital"]
    # A corrigendum renumbered the last paragraph of Article 73.
    now = [a for a in addresses(sample(NL_NOW).body) if a != "Art. 73(10)"]
    assert journal_ones == now


@pytest.mark.parametrize("name", [EN, DA, NL, IT])
def test_every_letter_of_a_real_law_is_in_its_text_and_no_other(name):
    body = sample(name).body
    data = (SAMPLES / name).read_bytes()
    root = xml_tree(name, data) if name == IT else html_tree(name, data)
    apart = {"head", "script", "meta", "authorialNote"}
    for element in list(root.iter()):
        if called(element) in apart or "oj-hd-" in element.get("class", ""):
            element.text = None
            element[:] = []
    assert letters(unmarked(body)) == letters("".join(root.itertext()))


@pytest.mark.parametrize(
    ("name", "address", "beginning"),
    [
        (EN, "Art. 9(1)", "1.\xa0\xa0\xa0Processing of personal data revealing racial"),
        (
            EN,
            "Art. 6(1)(f)",
            "(f) processing is necessary for the purposes of the legit",
        ),
        (EN, "Recital 24", "(24) The processing of personal data of data subjects"),
        (
            DA,
            "Art. 9(2)(e)",
            "e) Behandling vedrører personoplysninger, som tydeligvis",
        ),
        (NL, "Art. 5(1)(e)", "e) het in de handel brengen"),
        (NL, "Annex III(2)", "2. Kritieke infrastructuur:"),
        (
            NL_NOW,
            "Annex VII(3.2)",
            "3.2.\xa0Het kwaliteitsbeheersysteem wordt beoordeeld",
        ),
        (IT, "Art. 1(1)(aa)", "aa) titolare ((di firma elettronica)): la persona"),
        (DE_EU, "Art. 38(1a)", "(1a) Die Mitgliedstaaten stellen sicher"),
        (FR, "Art. R*121-1", "Le conseil de défense et de sécurité nationale exerce"),
    ],
)
def test_a_provision_that_is_asked_for_is_at_its_address(name, address, beginning):
    found = [p.text for p in passages(sample(name).body) if p.locator == address]
    assert found[0].startswith(beginning)


def test_the_french_code_is_read_and_cut_in_seconds():
    started = time.perf_counter()
    body = sample(FR).body
    made = passages(body, "fr")
    assert time.perf_counter() - started < 10
    headed = re.findall(r"(?m)^##### Article ([^\n]*)$", body)
    found = {re.sub(r"\A(?:Art\.|Annex) |\(.*", "", p.locator) for p in made}
    assert len(headed) == 2923
    assert {h.strip().removeprefix("Annexe ") for h in headed} <= found


@pytest.mark.parametrize(
    ("name", "title", "country", "dates"),
    [
        (
            EN,
            "(General Data Protection Regulation)",
            "EU",
            ("2016-04-27", "2016-05-04"),
        ),
        (
            NL,
            "(verordening artificiële intelligentie)",
            "EU",
            ("2024-06-13", "2024-07-12"),
        ),
        (
            NL_NOW,
            "(verordening artificiële intelligentie)",
            "EU",
            ("2024-06-13", "2024-07-12"),
        ),
        (
            IT,
            "Codice dell'amministrazione digitale.",
            "IT",
            ("2005-03-07", "2025-01-30"),
        ),
        (DE_EU, "(Visakodex)", "EU", ("2009-07-13", "2020-02-02")),
        (FR, "Code de la sécurité intérieure", "FR", ("2012-05-01", "2026-04-03")),
        (DE, "Bundesdatenschutzgesetz", "DE", ("2017-06-30", None)),
    ],
)
def test_a_real_law_says_what_it_is(name, title, country, dates):
    said = sample(name).metadata
    assert str(said["title"]).endswith(title)
    assert said["countries"] == [country]
    assert (said["event_on"], said.get("published_on")) == dates


def test_the_real_gdpr_is_published_with_no_word_more(moderation):
    added = moderation.add(sample(EN), {}, ANA, publish=True).document
    assert added.status is Status.PUBLISHED
    assert added.language == "en"
    assert added.sources[0].url == "https://eur-lex.europa.eu/eli/reg/2016/679/oj/eng"
    held = moderation.store.passages(added.id, added.revision)
    assert len(held) > 900
    assert all(p.places == ("EU",) and not p.vendors for p in held)


def test_the_real_danish_gdpr_is_refused_for_its_language(moderation):
    with pytest.raises(
        InvalidMetadata, match="'da', not supported; if that is wrong, say"
    ):
        moderation.add(sample(DA), {}, ANA, publish=False)
