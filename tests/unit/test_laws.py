import itertools
import re
import time
from pathlib import Path

import pytest

from knowledge.model import Document, Form, Kind, Passage
from knowledge.passages import cut

SAMPLES = Path(__file__).parents[2].parent / "shared" / "lawsamples"
FILL = "processing is necessary for reasons that are set out at some length here"


def law(body: str, language: str = "en") -> tuple[Passage, ...]:
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


def locators(body: str, language: str = "en") -> list[str]:
    return [passage.locator for passage in law(body, language)]


@pytest.mark.parametrize(
    ("heading", "locator"),
    [
        ("Article 9", "Art. 9"),
        ("# Article 9", "Art. 9"),
        ("### Article 9 — Processing of special categories", "Art. 9"),
        ("**Article 9**", "Art. 9"),
        ("Art. 9", "Art. 9"),
        ("Artikel 9 Verarbeitung besonderer Kategorien", "Art. 9"),
        ("Articolo 9", "Art. 9"),
        ("Art. 9-bis.", "Art. 9 bis"),
        ("Artículo 9. Tratamiento de categorías especiales", "Art. 9"),
        ("Artigo 9.º", "Art. 9"),
        ("Article 1er", "Art. 1"),
        ("Art. 9a", "Art. 9a"),
        ("Art. L. 225-1", "Art. L225-1"),
        ("##### Article R251-1", "Art. R251-1"),
        ("##### Article L855-1-2", "Art. L855-1-2"),
        ("##### Article R*121-1", "Art. R*121-1"),
        ("##### Article L855-1 A", "Art. L855-1 A"),
        ("##### Article R343-1-A", "Art. R343-1-A"),
        ("##### Article Annexe 1", "Annex 1"),
        ("Artigo 5.º-A", "Art. 5-A"),
        ("#### §§ 40 bis 45", "§ 40"),
        ("§ 9", "§ 9"),
        ("#### § 9 Anwendungsbereich des Gesetzes", "§ 9"),
        ("§ 63a", "§ 63a"),
        ("Section 12", "Sec. 12"),
        ("Recital 24", "Recital 24"),
        ("# Erwägungsgrund 24", "Recital 24"),
        ("Considérant 24", "Recital 24"),
        ("ANNEX III", "Annex III"),
        ("# Anhang II", "Annex II"),
    ],
)
def test_an_article_is_found_however_it_is_headed(heading, locator):
    made = law(f"{heading}\n\nThe rule applies to everybody.")
    assert [(p.locator, p.text) for p in made] == [
        (locator, "The rule applies to everybody.")
    ]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("1. One.", "2. Two.", ("1", "2")),
        ("(1) One.", "(2) Two.", ("1", "2")),
        ("1) One.", "2) Two.", ("1", "2")),
        ("1. One.", "1 bis. Two.", ("1", "1bis")),
        ("1 - One.", "2 - Two.", ("1", "2")),
        ("I.-One.", "II.-Two.", ("I", "II")),
        ("(a) One.", "(b) Two.", ("a", "b")),
        ("a) One.", "b) Two.", ("a", "b")),
        ("1° One.", "2° Two.", ("1", "2")),
        ("(4) One.", "(7) Two.", ("4", "7")),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_paragraphs_and_points_are_found_however_they_are_numbered(
    first, second, numbers, gap
):
    body = f"Article 9\n\nA title\n\n{first}{gap}{second}"
    assert locators(body) == [f"Art. 9({number})" for number in numbers]


def test_a_title_is_no_passage_even_on_the_line_below_the_number():
    body = "Artikel 9\nVerbotene Verarbeitung\n\n(1) Verboten ist sie.\n\n(2) Immer."
    assert [(p.locator, p.text) for p in law(body, "de")] == [
        ("Art. 9(1)", "(1) Verboten ist sie."),
        ("Art. 9(2)", "(2) Immer."),
    ]


def test_an_opening_stands_with_its_points_where_that_is_short():
    points = (
        "2. Paragraph 1 shall not apply where:\n\n(a) one;\n\n(b) two; or\n\n(c) three."
    )
    made = law(f"Article 9\n\n1. It is forbidden.\n\n{points}\n\n3. It ends.")
    assert [(p.locator, p.text) for p in made] == [
        ("Art. 9(1)", "1. It is forbidden."),
        ("Art. 9(2)", points),
        ("Art. 9(3)", "3. It ends."),
    ]


def test_an_opening_and_its_points_stand_apart_where_together_they_are_long():
    long = [f"({letter}) {FILL}, {FILL}, {FILL};" for letter in "abcd"]
    body = "Article 9\n\n2. It shall not apply where:\n\n" + "\n\n".join(long)
    made = law(body)
    assert [p.text for p in made] == ["2. It shall not apply where:", *long]
    assert [p.locator for p in made] == [
        "Art. 9(2)",
        *(f"Art. 9(2)({letter})" for letter in "abcd"),
    ]


def test_which_addresses_there_are_does_not_depend_on_how_long_the_words_are():
    def built(words: str, points: str) -> list[str]:
        listed = "\n\n".join(f"({x}) {words};" for x in points)
        found = locators(f"Article 9\n\n1. Lawful if:\n\n{listed}\n\n2. It ends.")
        return list(dict.fromkeys(found))

    few = ["Art. 9(1)", "Art. 9(2)"]
    assert built("one", "abc") == built(f"{FILL} {FILL} {FILL} {FILL}", "abc") == few
    assert built("one", "abcd") == built(f"{FILL} {FILL} {FILL} {FILL}", "abcd")
    assert "Art. 9(1)(d)" in built("one", "abcd")


def test_points_within_points_and_letters_that_are_roman_numbers_too():
    letters = "\n\n".join(f"({x}) {FILL} {FILL} {x};" for x in "abcdefgh")
    body = (
        f"Article 5\n\n1. The following are prohibited:\n\n{letters}\n\n"
        f"(i) {FILL} {FILL}:\n\n(i) {FILL} {FILL} {FILL} {FILL};\n\n"
        f"(ii) {FILL} {FILL} {FILL} {FILL} {FILL};\n\n(iii) {FILL};\n\n(iv) {FILL}."
        "\n\n2. The end."
    )
    found = locators(body)
    assert found[0] == "Art. 5(1)"
    assert found[8:] == [
        *("Art. 5(1)(h)", "Art. 5(1)(i)", "Art. 5(1)(i)(i)", "Art. 5(1)(i)(ii)"),
        *("Art. 5(1)(i)(iii)", "Art. 5(1)(i)(iv)", "Art. 5(2)"),
    ]


def test_what_follows_a_finished_list_belongs_to_its_paragraph():
    points = "\n\n".join(f"({x}) {FILL} {FILL} {FILL};" for x in "abc")
    body = (
        f"Article 6\n\n1. It is lawful where:\n\n{points}\n\n(d) {FILL}.\n\n"
        "Point (c) shall not apply to authorities.\n\n2. Next."
    )
    assert locators(body)[-2:] == ["Art. 6(1)", "Art. 6(2)"]


def test_a_sign_on_a_line_of_its_own_belongs_to_the_text_below():
    long = f"{FILL}, {FILL}, {FILL}, {FILL}, {FILL};"
    points = "\n\n".join(f"({letter})\n\n{long}" for letter in "abcd")
    made = law(f"Article 6\n\n1. Lawful if:\n\n{points}")
    assert [(p.locator, p.text) for p in made[1:]] == [
        (f"Art. 6(1)({letter})", f"({letter})\n\n{long}") for letter in "abcd"
    ]


def test_a_number_that_no_list_awaits_is_text():
    body = (
        "Article 9\n\n(1) Sie gilt ab dem\n2. März 2020 und nach Absatz\n(7) nicht.\n\n"
        "(2) Ende."
    )
    assert locators(body, "de") == ["Art. 9(1)", "Art. 9(2)"]


def test_a_sentence_that_begins_with_an_article_heads_nothing():
    body = "Article 9\n\nThis holds.\n\nArticle 10 shall apply to it.\n\nArt. 3, too, holds."
    assert set(locators(body)) == {"Art. 9"}


def test_in_a_law_with_marked_headings_an_unmarked_one_is_quoted_text():
    body = (
        "# Article R345-1\n\nIt reads as follows:\n\n"
        "Art. R. 312-48. - “The maker is told.”\n\n# Article R345-2\n\nIt ends."
    )
    assert set(locators(body)) == {"Art. R345-1", "Art. R345-2"}


def test_an_article_may_begin_on_the_line_of_its_number():
    body = "Art. L. 225-1. - Le préfet autorise. Il décide.\n\n§ 4 (1) Sie gilt."
    assert [(p.locator, p.text) for p in law(body, "fr")] == [
        ("Art. L225-1", "Le préfet autorise. Il décide."),
        ("§ 4(1)", "(1) Sie gilt."),
    ]


def test_numbers_before_the_first_article_are_recitals():
    body = (
        "Whereas:\n\n(1) Rights matter.\n\n(24) The monitoring of\nbehaviour is covered.\n\n"
        "HAVE ADOPTED THIS REGULATION:\n\nCHAPTER I\n\nArticle 1\n\nIt holds."
    )
    assert [(p.locator, p.text) for p in law(body)] == [
        ("Recital 1", "(1) Rights matter."),
        ("Recital 24", "(24) The monitoring of\nbehaviour is covered."),
        ("Art. 1", "It holds."),
    ]


def test_a_marked_title_below_a_marked_article_is_no_text():
    body = "### Article 9\n\n#### Special categories\n\n1. One.\n\n2. Two.\n\n## II"
    assert [(p.locator, p.text) for p in law(body)] == [
        ("Art. 9(1)", "1. One."),
        ("Art. 9(2)", "2. Two."),
    ]


def test_in_a_law_with_marked_headings_a_short_line_is_text():
    body = "# Article 1\n\nThe agencies are:\n\nEuropol\n\n# Article 2\n\nRepealed"
    assert [(p.locator, p.text) for p in law(body)] == [
        ("Art. 1", "The agencies are:\n\nEuropol"),
        ("Art. 2", "Repealed"),
    ]


def test_a_line_of_stars_ends_an_article():
    body = "# Article 1\n\nIt holds.\n\n***\n\nDone at Brussels by the two of them."
    assert locators(body) == ["Art. 1", "¶3"]


def test_tabs_say_how_deep_a_point_is_where_its_sign_does_not():
    points = "\n\n".join(f"\t{x}) {FILL}." for x in ("a", "i", "i-bis", "z", "aa"))
    inner = "\n\n".join(f"\t\t{x}) {FILL}." for x in ("a", "b", "c", "d"))
    body = (
        f"# Art. 1\n\n1. Ai fini:\n\n{points}\n\n{inner}\n\n\tStill aa.\n\n"
        "And so on.\n\n1-bis. Inserted.\n\n2a. Too."
    )
    made = law(body, "it")
    assert list(dict.fromkeys(p.locator for p in made)) == [
        *("Art. 1(1)", "Art. 1(1)(a)", "Art. 1(1)(i)", "Art. 1(1)(ibis)"),
        *("Art. 1(1)(z)", "Art. 1(1)(aa)"),
        *(f"Art. 1(1)(aa)({x})" for x in "abcd"),
        *("Art. 1(1bis)", "Art. 1(2a)"),
    ]
    assert [p.locator for p in made if p.text == "Still aa."] == ["Art. 1(1)(aa)"]
    assert [p.locator for p in made if p.text == "And so on."] == ["Art. 1(1)"]


def test_an_annex_has_parts_points_and_articles_of_its_own():
    body = (
        "### Article 1\n\nIt holds.\n\n## ANNEX VIII\n\n#### What is to be told\n\n"
        "### Section A — Providers\n\n1. The name.\n\n2. The address.\n\n"
        "### Section B\n\n1. The place.\n\n### 3. Systems\n\n3.1. Each.\n\n3.2. All.\n\n"
        "## ANNEX IX\n\n### Article 1\n\nOlympic visas are free."
    )
    assert locators(body) == [
        "Art. 1",
        *("Annex VIII(A)(1)", "Annex VIII(A)(2)", "Annex VIII(B)(1)"),
        *("Annex VIII(3.1)", "Annex VIII(3.2)", "Annex IX, Art. 1"),
    ]


def test_chapter_headings_between_articles_are_in_no_passage():
    body = "Article 1\n\nIt holds.\n\nCHAPTER II\n\nPrinciples\n\nArticle 2\n\nIt ends."
    assert [p.text for p in law(body)] == ["It holds.", "It ends."]


def test_a_law_text_without_articles_is_prose():
    assert locators("The rule holds.\n\nIt ends.") == ["¶1", "¶2"]


def test_a_list_set_in_ends_where_the_text_is_no_longer_set_in():
    body = (
        "#### § 4 Videoüberwachung\n\n(1) Sie ist nur zulässig,\nsoweit sie\n\n"
        "1.  zur Aufgabenerfüllung,\n\n\n2.  zur Wahrnehmung berechtigter\n    Zwecke\n\n\n\n"
        "erforderlich ist.\n\n(2) Ende."
    )
    first, second = law(body, "de")
    assert first.locator == "§ 4(1)"
    assert first.text.endswith("erforderlich ist.")
    assert second.locator == "§ 4(2)"


@pytest.mark.parametrize(
    "body",
    [
        "1.:\n\n" * 50_000,
        "Article 9\n\n" + "1.:\n\n" * 50_000,
        "Article 9\n\n" + "(a) (b)\n" * 50_000,
        "Article 9\n" * 50_000,
        "§" * 500_000,
        "Art. " * 100_000,
    ],
    ids=lambda body: repr(body[:16]),
)
def test_hostile_laws_take_seconds_at_most(body):
    started = time.perf_counter()
    law(body)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("name", "language", "headed", "least"),
    [
        ("bdsg_de_bundestag.md", "de", r"^#+ § (\S+)", 80),
        ("csi_fr_legalize.md", "fr", r"^#+ Article (\S+)", 2900),
    ],
)
def test_a_real_law_is_cut_by_all_its_articles(name, language, headed, least):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the shared folder with law samples is not here")
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    made = law(body, language)
    assert all(body[p.start : p.end] == p.text for p in made)
    assert all(a.end <= b.start for a, b in itertools.pairwise(made))
    # An article of which two versions stand there is headed twice.
    there = [number.strip(",") for number in re.findall(headed, body, re.MULTILINE)]
    found = {re.split(r"[ (]", p.locator)[1] for p in made if p.locator[0] in "A§"}
    assert sum(number in found for number in there) >= least
    assert sum(len(p.text) for p in made) > 0.9 * len(body)
    assert sum(len(p.text) > 700 for p in made) < 0.03 * len(made)


def test_the_german_law_has_its_paragraphs_and_numbers():
    path = SAMPLES / "bdsg_de_bundestag.md"
    if not path.exists():
        pytest.skip("the shared folder with law samples is not here")
    made = {p.locator: p for p in law(path.read_text(encoding="utf-8"), "de")}
    assert made["§ 1(1)"].text.startswith(("(1) Dieses Gesetz", "Für nichtöffentliche"))
    assert made["§ 46(14)(a)"].text.startswith("a)")
    assert "genetische" in made["§ 46(11)"].text
