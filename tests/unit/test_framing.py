"""What stands around a question is no part of what is asked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import knowledge
from knowledge.adapters.vocabulary_files import load_vocabulary
from knowledge.analysis import tokens
from knowledge.model import LANGUAGES, QuestionKind
from knowledge.questions import read
from knowledge.questions.framing import closed_up, unframed
from tests.unit.test_questions import VOCABULARY

PACKAGED = Path(knowledge.__file__).parent / "vocabulary"


@pytest.mark.parametrize(
    ("language", "typed", "asked"),
    [
        ("en", "Hi! Where is PimEyes based?", "Where is PimEyes based?"),
        ("en", "Hello all, where is PimEyes based", "where is PimEyes based"),
        ("en", "hi everyone is Clearview banned", "is Clearview banned"),
        ("en", "Where is PimEyes based today? Thanks!", "Where is PimEyes based?"),
        ("en", "please tell me: who owns NSO Group right now", "who owns NSO Group"),
        (
            "en",
            "Hey, quick question: do you know who buys Pegasus?",
            "who buys Pegasus?",
        ),
        (
            "en",
            "who is the current CEO of Clearview, please?",
            "who is the current CEO of Clearview?",
        ),
        (
            "en",
            "thanks, and what is it fined in Greece now?",
            "and what is it fined in Greece?",
        ),
        (
            "fr",
            "Bonjour à tous, pourriez-vous me dire qui a acheté Paragon, s'il vous plaît ?",
            "qui a acheté Paragon?",
        ),
        ("fr", "Où est basée PimEyes aujourd'hui ?", "Où est basée PimEyes?"),
        (
            "it",
            "Buongiorno, sapete dirmi chi usa Pegasus? Grazie mille",
            "chi usa Pegasus?",
        ),
        (
            "de",
            "Hallo zusammen, wo hat PimEyes heute seinen Sitz?",
            "wo hat PimEyes seinen Sitz?",
        ),
        ("es", "Hola, ¿quién compró Paragon? Gracias.", "¿quién compró Paragon?"),
        ("nl", "Hoi, weet iemand wie Pegasus nu gebruikt?", "wie Pegasus gebruikt?"),
        ("pt", "Olá, gostaria de saber quem usa o Pegasus hoje", "quem usa o Pegasus"),
    ],
)
def test_greeting_frame_thanks_and_now_are_left_out(language, typed, asked):
    assert closed_up(unframed(typed, language)) == asked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hello everybody"),
        ("en", "thanks a lot!"),
        ("en", "Hi Clearview"),
        ("en", "tell me about Clearview in Italy"),
        ("en", "Is Clearview still active?"),
        ("en", "how many cameras exactly?"),
        ("en", "What is the latest fine?"),
        ("de", "Wer ist der aktuelle Chef?"),
        ("fr", "question parlementaire sur Clearview ?"),
        ("en", "Nice cameras in Nice?"),
        ("de", "Sind sie noch aktiv?"),
        ("en", ""),
    ],
)
def test_what_is_asked_or_asks_nothing_stays_as_it_is(language, text):
    assert unframed(text, language) == text


def test_a_framed_question_is_read_as_the_bare_one_is():
    bare = read("Was Clearview fined in Italy?", VOCABULARY)
    framed = read("Hi! Was Clearview fined in Italy? Thanks!", VOCABULARY)
    assert framed.asked == bare.asked == bare.text
    assert (framed.kind, framed.terms) == (bare.kind, bare.terms)
    assert framed.mentions.vendors == bare.mentions.vendors
    assert framed.text == "Hi! Was Clearview fined in Italy? Thanks!"


def test_what_a_framed_question_names_stands_where_it_was_typed():
    question = read("Hello all, is Clearview active in Italy today?", VOCABULARY)
    said = [question.text[m.start : m.end] for m in question.mentions.found]
    assert said == ["Clearview", "active", "Italy"]


def test_a_greeting_alone_is_still_no_question():
    assert read("Hello everybody!", VOCABULARY).kind is QuestionKind.NONE
    assert read("Thanks, that was all", VOCABULARY).kind is QuestionKind.NONE


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_nothing_moves_and_nothing_is_added(text, language):
    asked = unframed(text, language)
    assert len(asked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, asked, strict=True))
    assert {t.text for t in tokens(closed_up(asked))} <= {t.text for t in tokens(text)}


def test_no_name_of_the_vocabulary_is_taken_for_what_stands_around_a_question():
    vocabulary = load_vocabulary(PACKAGED)
    names = {v.name for v in vocabulary.vendors.values()}
    names |= {a.text for v in vocabulary.vendors.values() for a in v.aliases}
    names |= {a.text for p in vocabulary.places.values() for a in p.aliases}
    for concept in vocabulary.concepts.values():
        names |= {word.text for words in concept.words.values() for word in words}
    lost = {
        text
        for name in names
        for text in (f"{name} xylo quux?", f"xylo quux {name}")
        if unframed(text, "en") != text
    }
    assert lost == set()
