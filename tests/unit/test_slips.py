"""Slips of the finger in ordinary words: read as what was meant, and no word is one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import knowledge
from knowledge.adapters.vocabulary_files import load_vocabulary
from knowledge.adapters.word_list import WordList
from knowledge.analysis import fold
from knowledge.model import LANGUAGES
from knowledge.slips import is_slip, meant

PACKAGE = Path(knowledge.__file__).parent
VOCABULARY = load_vocabulary(PACKAGE / "vocabulary")
WORDS = WordList(PACKAGE / "models" / "words.txt")


def read_as(text, language=None, *, words=WORDS, held=()):
    return meant(text, language, words, VOCABULARY, lambda word, _: word in held)


@pytest.mark.parametrize(
    ("written", "language", "understood"),
    [
        ("was clearview fnied in italy", "en", "was clearview fined in italy"),
        ("whihc police forces use it?", "en", "which police forces use it?"),
        ("a criminal complant against it", "en", "a criminal complaint against it"),
        ("quelle sanstion contre Clearview ?", "fr", "quelle sanction contre Clearview ?"),
        ("a-t-elle été prolognée ?", "fr", "a-t-elle été prolongée ?"),
        ("riconoscimeto facciale", "it", "riconoscimento facciale"),
        ("wer hat es entschieeden?", "de", "wer hat es entschieden?"),
        ("welche Vorraussetzungen?", "de", "welche Voraussetzungen?"),
        ("welche Datenschuzbehörde?", "de", "welche Datenschutzbehörde?"),
        ("uso por la polciía", "es", "uso por la policía"),
        ("welke politiedinsten?", "nl", "welke politiediensten?"),
        ("as autoridades portuguseas", "pt", "as autoridades portuguesas"),
        ("wehn was the fien set?", "en", "when was the fine set?"),
        ("has it been sancctioned or bannned?", "en", "has it been sanctioned or banned?"),
    ],
)  # fmt: skip
def test_a_slip_is_read_as_the_word_that_was_meant(written, language, understood):
    assert read_as(written, language) == understood
    assert read_as(understood, language) == understood


@pytest.mark.parametrize(
    "text",
    [
        "When were the funds frozen, and who froze them?",  # a word that none asks with
        "Is Clearveiw used in Itlay?",  # names are the vocabulary's
        "is clearveiw used?",
        "did Kowalsik know?",  # capitals: a name
        "the fne of 2022",  # of three letters too much could be meant
        "was it fned?",
        "police2 x9pplice",
        "",
        "👍 ￼",
    ],
)
def test_what_may_be_meant_as_it_stands_stays(text):
    assert read_as(text) == text


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("the Artifical Inteligence Act", "the Artificial Intelligence Act"),
        ("Genaral Data Protecton Regulation", "General Data Protection Regulation"),
        ("Does the Europaen Media Freedom Act", "Does the European Media Freedom Act"),
        ("the Genaral Kowalsik of the GDPR", "the Genaral Kowalsik of the GDPR"),
    ],
)
def test_a_slip_in_the_name_of_a_law_is_read_as_the_law_s_name(written, understood):
    assert read_as(written, "en") == understood
    assert read_as(written, "en", held={"Inteligence"}) == understood


def test_a_rare_word_that_something_held_has_is_a_word():
    text = "who is the compliant's contrcat with?"
    assert read_as(text, "en") == "who is the compliant's contract with?"
    assert read_as(text, "en", held={"contrcat"}) == text


def test_a_slip_that_could_be_either_of_two_words_stays(tmp_path):
    listed = tmp_path / "words.txt"
    listed.write_text("marking en\nseating en\nskating en\n")
    words = WordList(listed)
    assert read_as("marrking it", "en", words=words) == "marking it"
    assert read_as("a sating", "en", words=words) == "a sating"
    assert read_as("marrking it", "fr", words=words) == "marrking it"


def test_without_its_list_every_word_is_one(tmp_path):
    words = WordList(tmp_path / "lost.txt")
    assert read_as("was it fnied?", "en", words=words) == "was it fnied?"


@pytest.mark.parametrize(
    ("written", "intended"),
    [
        ("fnied", "fined"),
        ("complant", "complaint"),
        ("bannned", "banned"),
        ("contravt", "contract"),
        ("seperate", "separate"),
    ],
)
def test_these_are_slips(written, intended):
    assert is_slip(written, intended)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("fined", "fined"),
        ("froze", "frozen"),  # another form
        ("costati", "costato"),
        ("fined", "mined"),  # nobody slips at the first letter
        ("dessine", "destine"),  # far from each other on a keyboard
        ("aiding", "aiming"),
        ("prevented", "presented"),
        ("", "a"),
        ("police", "polciec"),
    ],
)
def test_these_are_none(written, other):
    assert not is_slip(written, other)


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_words_can_be_compared_and_no_word_is_its_own_slip(one, other):
    assert not is_slip(one, one)
    if is_slip(one, other):
        assert abs(len(one) - len(other)) <= 1


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_what_it_is_read_as_is_meant(text, language):
    understood = read_as(text, language)
    assert read_as(understood, language) == understood


def test_every_word_of_the_list_is_one_and_is_written_as_it_is_compared():
    lines = (PACKAGE / "models" / "words.txt").read_text("utf-8").splitlines()
    assert len(lines) > 40_000
    for line in lines[::97]:
        word, *languages = line.split(" ")
        assert WORDS.is_word(word)
        for told in languages:
            language, _, way = told.partition("=")
            assert language in LANGUAGES
            assert fold(way or word) == word
    assert not WORDS.is_word("fnied")
    assert not WORDS.is_word("")
