import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import LANGUAGES, QuestionKind
from knowledge.questions import read, since_years
from knowledge.vocabulary import Concept, Name, Place, Vendor, Vocabulary


def names(*texts: str) -> tuple[Name, ...]:
    return tuple(Name(text=text) for text in texts)


VOCABULARY = Vocabulary(
    vendors=[
        Vendor(
            id="clearview-ai",
            name="Clearview AI",
            aliases=names("Clearview"),
            description="",
        )
    ],
    places=[
        Place(
            code="IT",
            names={"en": "Italy"},
            aliases=names("Italy", "Italie", "Italia", "Italien", "Italië", "Itália"),
            within=("EU",),
        )
    ],
    concepts=[
        Concept(
            id="fine",
            words={"en": names("fine", "fined"), "fr": names("amende", "amendes")},
        ),
        Concept(id="use", words={"en": names("active", "use")}, light=True),
        Concept(id="law", words={"en": names("legal", "law")}, law=True),
    ],
)


def asked(text: str, language: str | None = None):
    return read(text, VOCABULARY, language)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Is Clearview active in Italy?", QuestionKind.STATUS),
        ("Clearview est-elle active en Italie ?", QuestionKind.OTHER),
        ("Est-ce que Clearview est active en Italie ?", QuestionKind.STATUS),
        ("Clearview è attiva in Italia?", QuestionKind.OTHER),
        ("Ist Clearview in Italien aktiv?", QuestionKind.STATUS),
        ("How much was Clearview fined in Italy?", QuestionKind.HOW_MUCH),
        ("De combien est l'amende de Clearview ?", QuestionKind.HOW_MUCH),
        ("Quanto ha pagato Clearview?", QuestionKind.HOW_MUCH),
        ("Where has Clearview been fined?", QuestionKind.WHERE),
        ("Wo ist Clearview aktiv?", QuestionKind.WHERE),
        ("Who fined Clearview?", QuestionKind.WHO),
        ("Wie heeft Clearview beboet?", QuestionKind.WHO),
        ("When was Clearview fined?", QuestionKind.WHEN),
        ("¿Desde cuándo está Clearview en Italia?", QuestionKind.WHEN),
        ("Is Clearview legal in Italy?", QuestionKind.LAW),
        ("What does Article 5 say?", QuestionKind.LAW),
    ],
)
def test_the_kind_of_a_question_is_told_by_its_words(text, kind):
    assert asked(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "a",
        "   \t\n ",
        "\u202e\u200f",
        "\x00\x07",
        "👍",
        "hello",
        "Hello there!",
        "hi Quis",
        "Thanks a lot",
        "merci beaucoup",
        "Buongiorno!",
        "ok",
        "Good morning",
        "¡Hola! ¿Qué tal?",
    ],
)
def test_what_asks_nothing_is_no_question(text):
    assert asked(text).kind is QuestionKind.NONE


def test_a_greeting_before_a_question_does_not_hide_it():
    assert asked("Hello, is Clearview active in Italy?").kind is not QuestionKind.NONE


def test_a_name_alone_is_a_question():
    assert asked("Clearview").kind is QuestionKind.OTHER


def test_content_words_leave_out_names_and_the_words_of_asking():
    question = asked(
        "Could you please tell me how many employees Clearview has in Italy?"
    )
    assert question.terms == ("employees",)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Is FooCorp active in Italy?", ("FooCorp",)),
        ("Is Foo Corp active in Italy?", ("Foo Corp",)),
        ("Is Clearview active in Wakanda?", ("Wakanda",)),
        ("Clearview est-elle active au Wakanda ?", ("Wakanda",)),
        ("Ist FooCorp in Italien aktiv?", ("FooCorp",)),
        ("Who is Hoan Ton-That?", ("Hoan Ton-That",)),
        ("Is Clearview active in Italy?", ()),
        ("Hat die Behörde Clearview in Italien untersagt?", ()),
        ("IS CLEARVIEW ACTIVE IN ITALY?", ()),
    ],
)
def test_names_that_nobody_knows_are_noticed(text, unknown):
    assert asked(text).unknown == unknown


def test_a_year_after_since_is_a_lower_bound():
    assert since_years(asked("Is Clearview active in Italy since 2020?")) == {2020}
    assert since_years(asked("Clearview en Italie depuis 2021 ?")) == {2021}
    assert since_years(asked("Was Clearview fined in Italy in 2022?")) == frozenset()


def test_the_language_can_be_overruled():
    assert asked("Clearview?", "fr").language == "fr"
    assert asked("Clearview?", "xx").language in LANGUAGES


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    question = asked(text)
    assert question.text == text
    assert question.language in LANGUAGES
