import json
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analysis import (
    fold,
    function_words,
    guess_language,
    stem,
    stems,
    tokens,
)
from knowledge.model import LANGUAGES

SHARED = Path(__file__).parents[2].parent / "shared"
ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)
ODD_TEXT = st.text(
    alphabet="aéßœİıﬁ\u0301\u200b\u200f\u00ad😀 -'’_1²½٣\r\n", max_size=60
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÉTÉ", "ete"),
        ("Straße", "strasse"),
        ("Œuvre, cæsar", "oeuvre, caesar"),
        ("L’Italie ‘x’", "l'italie 'x'"),
        ("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul"),
        ("ﬁchier", "fichier"),
        ("perche\u0301 perché", "perche perche"),
        ("Clear\u200bview \u200fAI\u00ad", "clearview ai"),
        ("Bjørn Łódź", "bjorn lodz"),
        ("Ελλάδα", "ελλαδα"),
        ("", ""),
    ],
)
def test_folding_takes_case_accents_and_unseen_characters_off(text, folded):
    assert fold(text) == folded


@given(st.one_of(ANY_TEXT, ODD_TEXT))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.one_of(ANY_TEXT, ODD_TEXT))
def test_every_token_is_the_text_at_its_place_and_in_order(text):
    found = tokens(text)
    for token in found:
        assert text[token.start : token.end] == token.text
        assert token.folded == fold(token.text)
        assert any(character.isalnum() for character in token.text)
    ends = [0, *(token.end for token in found)]
    assert all(end <= token.start for end, token in zip(ends, found, strict=False))


@given(st.one_of(ANY_TEXT, ODD_TEXT))
def test_every_letter_and_digit_is_in_a_token(text):
    inside = {at for token in tokens(text) for at in range(token.start, token.end)}
    assert all(at in inside for at, c in enumerate(text) if c.isalnum())


def test_an_elided_word_is_a_token_of_its_own_and_a_hyphen_parts_two():
    text = "L’Italie, qu'il dell'UE d’un Pays-Bas"
    assert [t.folded for t in tokens(text)] == [
        *("l", "italie", "qu", "il", "dell", "ue", "d", "un", "pays", "bas")
    ]


def test_an_accent_written_apart_and_an_unseen_character_stay_inside_their_word():
    text = "😀 perche\u0301 Clear\u200bview \u200f!"
    assert [(t.text, t.start, t.folded) for t in tokens(text)] == [
        ("perche\u0301", 2, "perche"),
        ("Clear\u200bview", 10, "clearview"),
    ]


def test_the_groups_of_a_number_are_found_however_it_is_written():
    for written in ("20.000.000", "20,000,000", "20 000 000", "20\u202f000\u202f000"):
        assert [t.folded for t in tokens(written)] == ["20", "000", "000"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "banned cameras", "banning camera"),
        ("fr", "les sociétés italiennes", "les societe italienne"),
        ("it", "riconoscimenti facciali", "riconoscimento facciale"),
        ("de", "die Überwachungen", "die uberwachung"),
        ("es", "las policías españolas", "las policia espanola"),
        ("nl", "de wetten, bedrijven", "de wet bedrijf"),
        ("pt", "as câmaras usadas", "as camara usado"),
    ],
)
def test_forms_of_a_word_share_their_stem_with_or_without_accents(language, one, other):
    assert stems(one, language) == stems(other, language)


def test_an_unknown_language_leaves_words_as_they_are():
    assert stem("cameras", "el") == "cameras"
    assert function_words("el") == frozenset()


def test_stemming_is_the_same_from_many_threads():
    words = [
        f"{root}{ending}"
        for root in ("nation", "autoris")
        for ending in (
            *("s", "al", "ally", "alisation", "alised", "ations", "ing", "ed", "ment"),
        )
    ] * 20
    alone = [stem.__wrapped__(word, "en") for word in words]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda word: stem.__wrapped__(word, "en"), words))
    assert together == alone


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("liste des clients de Circles", "fr"),
        ("lista dei clienti di Circles", "it"),
        ("lista de clientes de Circles", "es"),
        ("clientes da Circles", "pt"),
        ("Clearview boetes", "nl"),
        ("Clearview Bußgelder", "de"),
        ("clients of Circles", "en"),
    ],
)
def test_a_few_nouns_tell_the_language_of_who_types_no_sentence(text, language):
    assert guess_language(text) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_function_words_are_listed_as_they_are_compared(language):
    words = function_words(language)
    assert len(words) > 200
    assert {fold(word) for word in words} == words
    assert all(len(tokens(word)) == 1 for word in words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "the of is does where please not"),
        ("fr", "l du aux est a-t-il où qu n'est-ce s'il vous plaît"),
        ("it", "della nell' è dov'è quali non per favore"),
        ("de", "zum beim ist wurde welche nicht bitte"),
        ("es", "del al está dónde cuáles no por favor"),
        ("nl", "het een van is wordt waar niet alstublieft"),
        ("pt", "dos nas pela está onde quais não por favor"),
    ],
)
def test_words_that_only_hold_a_question_together_are_function_words(language, words):
    assert {token.folded for token in tokens(words)} <= function_words(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_with_a_meaning_are_no_function_words(language):
    meaning = "police clearview italy italie camera contract active banned"
    assert not set(meaning.split()) & function_words(language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Is Clearview active in Italy?", "en"),
        ("and in Greece?", "en"),
        ("Can police use facial recognition in the EU?", "en"),
        ("Clearview est-elle active en Italie ?", "fr"),
        ("et en Grèce ?", "fr"),
        ("Où Clearview est-elle interdite ?", "fr"),
        ("Clearview è attiva in Italia?", "it"),
        ("e in Grecia?", "it"),
        ("Chi usa Paragon?", "it"),
        ("Ist Clearview in Italien aktiv?", "de"),
        ("und in Griechenland?", "de"),
        ("Wer nutzt Pegasus?", "de"),
        ("¿Está Clearview activa en Italia?", "es"),
        ("y en Grecia?", "es"),
        ("Quién usa Pegasus", "es"),
        ("Is Clearview actief in Nederland?", "nl"),
        ("en in Griekenland?", "nl"),
        ("Welke politiekorpsen gebruiken Clearview?", "nl"),
        ("A Clearview está ativa em Portugal?", "pt"),
        ("e na Grécia?", "pt"),
        ("Quem vendeu o Predator?", "pt"),
        ("Qui a fondé PimEyes ?", "fr"),
    ],
)
def test_the_language_of_a_short_question_is_guessed(question, language):
    assert guess_language(question) == language
    assert guess_language(unicodedata.normalize("NFD", question)) == language


def test_what_is_alike_in_other_languages_is_not_taken_for_the_default() -> None:
    assert guess_language("multa grecia usado italia") in {"es", "it"}


def test_an_italian_question_of_words_that_spanish_has_too_is_italian() -> None:
    assert guess_language("A quanto ammonta la multa greca a Intellexa?") == "it"


@pytest.mark.parametrize("text", ["", "?", "Pegasus", "Clearview AI", "😀", "1234"])
def test_a_text_that_tells_nothing_gets_the_default(text):
    assert guess_language(text) == "en"
    assert guess_language(text, default="it") == "it"


def test_a_hundred_thousand_characters_are_no_trouble():
    for text in (
        "a" * 100_000,
        "é " * 50_000,
        "a" + "\u0301" * 100_000,
        "\0" * 100_000,
    ):
        assert fold(text) is not None
        assert guess_language(text) in LANGUAGES
        assert len(stems(text, "fr")) == len(tokens(text))


@pytest.mark.parametrize(("name", "least"), [("xquad", 0.98), ("piaf_fr", 0.96)])
def test_the_language_of_public_test_questions_is_guessed(name, least):
    path = SHARED / "evaldata" / name / "queries.jsonl"
    if not path.exists():
        pytest.skip("the shared folder with public test questions is not here")
    with path.open(encoding="utf-8") as rows:
        questions = [json.loads(row) for row in rows]
    right = sum(guess_language(q["text"]) == q["lang"] for q in questions)
    assert right / len(questions) >= least
