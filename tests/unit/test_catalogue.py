"""The words: complete in every language, and well set."""

import re
import string
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

import knowledge
from bot.catalogue import PLURALS, Entry, languages, words
from knowledge.adapters.vocabulary_files import load_vocabulary
from knowledge.model import LANGUAGES, Form, Kind, PartialDate, Vetting

PACKAGED = Path(knowledge.__file__).parent / "vocabulary"

OTHERS = [language for language in languages() if language != "en"]


def placeholders(entry: Entry) -> set[str]:
    patterns = [entry] if isinstance(entry, str) else list(entry.values())
    return {
        name
        for pattern in patterns
        for _, name, _, _ in string.Formatter().parse(pattern)
        if name is not None
    }


def test_every_language_that_is_read_is_an_interface_language_found_by_itself():
    assert languages() == tuple(sorted(LANGUAGES))


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_exactly_the_entries_of_english(language):
    assert set(words(language).entries) == set(words("en").entries)


@pytest.mark.parametrize("language", OTHERS)
def test_every_entry_has_the_placeholders_of_its_english_twin(language):
    english, other = words("en").entries, words(language).entries
    for key, entry in english.items():
        # "one" may do without the number it stands for
        assert placeholders(other[key]) == placeholders(entry), key


OTHER_WORDS = {
    "en": r"withdrawn",
    "fr": r"\b(?:le|du|au) bot\b|modérateurs|Note de la rédaction",
    "it": r"moderatori|\bbran[oi]\b|Nota della|\b(?:tuoi?|puoi|hai|Scrivi)\b",
    "de": r"Passage|zurückgenommen|Rücknahme|Kurzbericht",
    "es": r"moderadores|\bfragmento|Nota de la",
    "nl": r"[Ff]ragment|[Tt]eruggetrokken|[Aa]anbieder|[Rr]ectific|\b[Jj](?:e|ij|ou|ouw)\b",
    "pt": r"moderador|\btrecho|Nota da|[Aa]rquivos\b|usuári|\b(?:[Vv]ocês?|teus?|tuas?)\b",
}
"""What is said otherwise everywhere else: one word for one thing, one form of address."""


@pytest.mark.parametrize("language", languages())
def test_one_thing_has_one_word(language):
    for key, entry in words(language).entries.items():
        texts = [entry] if isinstance(entry, str) else entry.values()
        for text in texts:
            assert not re.search(OTHER_WORDS[language], text), key


@pytest.mark.parametrize("language", languages())
def test_every_plural_has_a_form_for_all_other_counts(language):
    for key, entry in words(language).entries.items():
        if not isinstance(entry, str):
            assert "other" in entry, key
            assert entry.keys() <= PLURALS


@pytest.mark.parametrize("language", languages())
def test_every_kind_form_and_vetting_has_its_words(language):
    entries = words(language).entries
    wanted = [f"kind.{kind}" for kind in Kind] + [f"kind_short.{kind}" for kind in Kind]
    wanted += [f"form.{form}" for form in Form]
    wanted += [f"vetting.{v}{u}" for v in Vetting for u in ("", "-undated")]
    assert set(wanted) <= set(entries)


@pytest.mark.parametrize("language", languages())
def test_a_place_has_one_preposition_and_the_pattern_for_it_a_hole(language):
    patterns = words(language).place_in
    codes = [code for listed in patterns.values() for code in listed]

    for pattern, listed in patterns.items():  # a phrase for one place needs no hole
        holes = placeholders(pattern)
        assert holes == {"place"} or (not holes and len(listed) == 1), pattern
    assert next(iter(patterns.values())) == frozenset()
    assert len(codes) == len(set(codes))
    known = {*load_vocabulary(PACKAGED).places, *Locale("en").territories}
    assert {code for code in codes if code not in known} == set()


def test_french_is_set_with_no_break_spaces_and_typographic_apostrophes():
    for key, entry in words("fr").entries.items():
        if key.startswith("cli."):
            continue
        for text in [entry] if isinstance(entry, str) else entry.values():
            assert not re.search(r"[ \w][;?!:»](?=\s|$)|« |[^\W\d_]'", text), (
                key,
                text,
            )


@pytest.mark.parametrize("language", ["it", "de", "es", "nl", "pt"])
def test_the_others_are_set_with_typographic_apostrophes_and_no_stray_spaces(language):
    for key, entry in words(language).entries.items():
        if key.startswith("cli."):
            continue
        for text in [entry] if isinstance(entry, str) else entry.values():
            assert not re.search(r" [;?!:»,.]|« |[^\W\d_]'|\s$|  ", text), (key, text)


@pytest.mark.parametrize(
    ("language", "opening", "closing"),
    [
        ("fr", "«", "»"),
        ("it", "«", "»"),
        ("de", "„", "“"),
        ("es", "«", "»"),
        ("nl", "“", "”"),
        ("pt", "«", "»"),
    ],
)
def test_what_is_quoted_inside_a_sentence_has_the_language_s_own_marks(
    language, opening, closing
):
    for key, entry in words(language).entries.items():
        for text in [entry] if isinstance(entry, str) else entry.values():
            if not key.startswith(("quote.", "cli.")):
                assert not set('"”‘') - {closing} & set(text), (key, text)
                assert text.count(opening) == text.count(closing), (key, text)


def test_spanish_questions_open_too():
    for key, entry in words("es").entries.items():
        for text in [entry] if isinstance(entry, str) else entry.values():
            assert text.count("¿") == text.count("?"), (key, text)


@pytest.mark.parametrize("language", OTHERS)
def test_what_a_button_is_called_in_a_sentence_is_what_stands_on_it(language):
    spoken = words(language)

    for key in ("button.wrong", "button.request"):
        assert spoken(key) in spoken("privacy.moderators")
    for key in ("button.helpful", "button.unhelpful"):
        assert spoken(key).split(" ", 1)[1] in spoken("privacy.feedback")
    assert spoken("button.wrong") in spoken("help.corrections")
    refused = spoken("settings.keep-refused-hint", privacy="/privacy")
    assert spoken("settings.keep-refused") in refused
    assert spoken("button.more", count=1).split("\u00a0")[0].split(" ")[0] in spoken(
        "why.more", count=2
    )


def test_a_language_without_a_catalogue_gets_english():
    assert words("xx").language == "en"
    assert words(None, "fr").language == "fr"
    assert words("xx", "fr").language == "fr"


def test_an_unknown_entry_is_an_error_of_ours():
    with pytest.raises(KeyError):
        words("en")("no.such.entry")


def test_a_value_is_never_read_as_a_pattern():
    assert "{link}" in words("en")("answer.understood", question="{link} {0} {")


def test_counts_choose_the_plural():
    assert words("en")("answer.passages", count=1) == "1 passage"
    assert words("en")("answer.passages", count=0) == "0 passages"
    assert words("fr")("answer.passages", count=0) == "0\u00a0passage"
    assert words("fr")("answer.passages", count=2) == "2\u00a0passages"


@pytest.mark.parametrize(
    ("language", "code", "name", "expected"),
    [
        ("en", "IT", "Italy", "in Italy"),
        ("en", "US", "United States", "in the United States"),
        ("en", "EU", "European Union", "in the European Union"),
        ("fr", "IT", "Italie", "en Italie"),
        ("fr", "JP", "Japon", "au Japon"),
        ("fr", "NL", "Pays-Bas", "aux Pays-Bas"),
        ("fr", "EU", "Union européenne", "dans l’Union européenne"),
        ("fr", "MT", "Malte", "à Malte"),
        ("it", "FR", "Francia", "in Francia"),
        ("it", "US", "Stati Uniti", "negli Stati Uniti"),
        ("it", "MT", "Malta", "a Malta"),
        ("it", "EU", "Unione europea", "nell’Unione europea"),
        ("de", "IT", "Italien", "in Italien"),
        ("de", "CH", "Schweiz", "in der Schweiz"),
        ("de", "NL", "Niederlande", "in den Niederlanden"),
        ("de", "US", "Vereinigte Staaten", "in den Vereinigten Staaten"),
        ("de", "GB", "Vereinigtes Königreich", "im Vereinigten Königreich"),
        ("es", "IT", "Italia", "en Italia"),
        ("es", "GB", "Reino Unido", "en el Reino Unido"),
        ("es", "NL", "Países Bajos", "en los Países Bajos"),
        ("nl", "IT", "Italië", "in Italië"),
        ("nl", "US", "Verenigde Staten", "in de Verenigde Staten"),
        ("nl", "GB", "Verenigd Koninkrijk", "in het Verenigd Koninkrijk"),
        ("nl", "CY", "Cyprus", "op Cyprus"),
        ("nl", "MV", "Maldiven", "op de Maldiven"),
        ("en", "??", "{0} nowhere", "in {0} nowhere"),
        ("en", "MIDEAST", "Middle East", "in the Middle East"),
        ("en", "LATAM", "Latin America", "in Latin America"),
        ("fr", "AFRICA", "Afrique", "en Afrique"),
        ("fr", "BALKANS", "Balkans", "dans les Balkans"),
        ("fr", "GULF", "Pays du Golfe", "dans les pays du Golfe"),
        ("it", "MIDEAST", "Medio Oriente", "in Medio Oriente"),
        ("it", "CARIBBEAN", "Caraibi", "nei Caraibi"),
        ("de", "MIDEAST", "Naher Osten", "im Nahen Osten"),
        ("de", "WBALKANS", "Westbalkan", "auf dem Westbalkan"),
        ("es", "SEASIA", "Sudeste Asiático", "en el Sudeste Asiático"),
        ("nl", "MIDEAST", "Midden-Oosten", "in het Midden-Oosten"),
        ("nl", "SAFRICA", "Zuidelijk Afrika", "in zuidelijk Afrika"),
        ("pt", "PT", "Portugal", "em Portugal"),
        ("pt", "BR", "Brasil", "no Brasil"),
        ("pt", "NO", "Noruega", "na Noruega"),
        ("pt", "US", "Estados Unidos", "nos Estados Unidos"),
        ("pt", "PH", "Filipinas", "nas Filipinas"),
        ("pt", "EU", "União Europeia", "na União Europeia"),
        ("pt", "AFRICA", "África", "em África"),
        ("pt", "GULF", "Países do Golfo", "nos países do Golfo"),
    ],
)
def test_a_place_takes_its_preposition(language, code, name, expected):
    assert words(language).in_place(code, name) == expected


@pytest.mark.parametrize(
    ("language", "written", "short", "long"),
    [
        ("en", "2017", "2017", "2017"),
        ("en", "2022-02", "Feb 2022", "February 2022"),
        ("en", "2022-02-10", "10 Feb 2022", "February 2022"),
        ("fr", "2022-08-01", "1 août 2022", "août 2022"),
        ("it", "2022-08-01", "1 ago 2022", "agosto 2022"),
        ("de", "2022-08-01", "1. Aug. 2022", "August 2022"),
        ("es", "2022-08-01", "1 ago 2022", "agosto de 2022"),
        ("nl", "2022-08-01", "1 aug 2022", "augustus 2022"),
        ("pt", "2022-08-01", "1/08/2022", "agosto de 2022"),
    ],
)
def test_dates_are_written_as_precisely_as_they_are_known(
    language, written, short, long
):
    when = PartialDate.parse(written)
    assert words(language).dated(when) == short
    assert words(language).month(when) == long


def test_a_whole_day_is_written_too():
    assert words("en").dated(date(2026, 11, 23)) == "23 Nov 2026"


def test_languages_are_named_in_the_reader_s_own():
    assert words("en").language_name("el") == "Greek"
    assert words("fr").language_name("it") == "italien"
    assert words("de").language_name("it") == "Italienisch"
    assert words("nl").language_name("it") == "Italiaans"
    assert words("en").language_name("zz-odd") == "zz-odd"


def test_alternatives_are_joined_by_or():
    assert words("en").either(["A", "B", "C"]) == "A, B or C"
    assert words("fr").either(["A", "B"]) == "A ou B"
    assert words("de").either(["A", "B"]) == "A oder B"
    assert words("nl").either(["A", "B"]) == "A of B"
    assert words("en").either([]) == ""
