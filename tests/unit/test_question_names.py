"""Names that nobody knows: which there are, and which may be the question's subject."""

import pytest

from knowledge.model import LANGUAGES
from knowledge.questions import read
from tests.unit.test_questions import VOCABULARY


def asked(text: str, language: str = "en"):
    return read(text, VOCABULARY, language)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Is FooCorp active in Italy?", ("FooCorp",)),
        ("Is Foo Corp active in Italy?", ("Foo Corp",)),
        ("Does the police use Ravenlock?", ("Ravenlock",)),
        ("Who owns Ravenlock?", ("Ravenlock",)),
        ("Ravenlock is used in Italy", ("Ravenlock",)),
        ("what does Ravenlock do", ("Ravenlock",)),
        ("Is Clearview active in Wakanda?", ("Wakanda",)),
        ("IS CLEARVIEW ACTIVE IN ITALY?", ()),
        ("Is Clearview active in Italy?", ()),
    ],
)
def test_an_unknown_vendor_or_place_is_noticed(text, unknown):
    assert asked(text).unknown == unknown


BY_LANGUAGE = {
    "en": "Has the police bought Ravenlock in Italy?",
    "fr": "La police utilise-t-elle Ravenlock en Italie ?",
    "it": "La polizia usa Ravenlock in Italia?",
    "de": "Nutzt die Polizei Ravenlock in Italien?",
    "es": "¿Usa la policía Ravenlock en Italia?",
    "nl": "Gebruikt de politie Ravenlock in Italië?",
    "pt": "A polícia usa o Ravenlock na Itália?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_vendor_is_noticed_in_every_language(language):
    assert asked(BY_LANGUAGE[language], language).unknown == ("Ravenlock",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What did the Italian MP Sensi ask the minister about Clearview?", "en"),
        ("What did the Commission tell MEPs about spyware?", "en"),
        ("Can European police use face recognition in October?", "en"),
        ("Que reproche la Cour aux procureurs des États ?", "fr"),
        ("quante telecamere ha comprato il ministero della Giustizia?", "it"),
        ("l'IA est-elle utilisée par la police ?", "fr"),
        ("Hat die Behörde den Einsatz von Kameras untersagt?", "de"),
        ("Welche Strafe sieht das Gesetz für Verstöße vor?", "de"),
        ("¿Qué decidió el Tribunal de Justicia sobre la policía?", "es"),
        ("Who is Randal Reid?", "en"),
        ("Wer ist Marta Velsing?", "de"),
        ("Which company did Minister Velsing buy from?", "en"),
        ("according to BuzzFeed, which police used it", "en"),
    ],
)
def test_institutions_titles_persons_and_papers_are_no_unknown_vendor(text, language):
    assert asked(text, language).unknown == ()


def test_where_a_vendor_is_known_another_name_is_a_detail():
    question = asked("Did the police of Clearview use what Velsing bought?")
    assert question.unknown == ()
    assert question.names == ("Velsing",)


def test_a_person_must_be_in_the_passage_though_no_vendor():
    question = asked("What did Marta Velsing say?")
    assert question.names == ("Marta Velsing",)


def test_a_title_is_no_part_of_a_name():
    assert asked("What did MP Velsing say?").names == ("Velsing",)


def test_a_paper_need_not_be_in_the_passage():
    assert asked("What did BuzzFeed say about Clearview?").names == ()


@pytest.mark.parametrize(
    ("text", "language", "unknown"),
    [
        ("¿Podía Ravenlock escanear la cara de todos?", "es", ("Ravenlock",)),
        ("¿Compró Ravenlock cámaras?", "es", ("Ravenlock",)),
        ("Potrebbe Ravenlock vendere in Italia?", "it", ("Ravenlock",)),
        ("Comprou Ravenlock câmaras?", "pt", ("Ravenlock",)),
        ("¿María Ravenlock compró cámaras?", "es", ("María Ravenlock",)),
    ],
)
def test_the_verb_with_which_a_question_begins_is_no_part_of_a_name(
    text, language, unknown
):
    question = asked(text, language)
    assert {*question.names, *question.unknown} == {*unknown}


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Erlaubt Frankreich die Polizeidatei TAJ?", "de", set()),
        ("Womit wurden Polizeifotos verglichen?", "de", set()),
        ("¿Clasificar a la gente está prohibido?", "es", set()),
        ("O RGPD vale fora da União?", "pt", set()),
        ("Wat oordeelde het Europees Hof?", "nl", set()),
        ("Is it sold in German-speaking countries?", "en", set()),
    ],
)
def test_a_word_for_what_a_thing_is_is_no_name(text, language, names):
    question = asked(text, language)
    assert {*question.names, *question.unknown} == names
