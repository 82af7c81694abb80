"""What sort of answer a question asks for, in every language."""

import pytest

from knowledge.model import LANGUAGES, QuestionKind
from knowledge.questions import read
from tests.unit.test_questions import VOCABULARY

EXAMPLES = {
    QuestionKind.STATUS: {
        "en": "Is Clearview active in Italy?",
        "fr": "Clearview est-elle active en Italie ?",
        "it": "Clearview è attiva in Italia?",
        "de": "Ist Clearview in Italien aktiv?",
        "es": "¿Está activa Clearview en Italia?",
        "nl": "Is Clearview actief in Italië?",
        "pt": "A Clearview está ativa na Itália?",
    },
    QuestionKind.HOW_MUCH: {
        "en": "What did the police pay for Clearview?",
        "fr": "De combien est l'amende de Clearview ?",
        "it": "A quanto ammonta la multa di Clearview?",
        "de": "Was hat die Polizei für Clearview bezahlt?",
        "es": "¿De cuánto es la multa de Clearview?",
        "nl": "Wat kostte Clearview?",
        "pt": "Qual foi o valor da multa da Clearview?",
    },
    QuestionKind.WHERE: {
        "en": "In which countries was Clearview fined?",
        "fr": "Dans quels pays Clearview est-elle utilisée ?",
        "it": "In quali paesi è usata Clearview?",
        "de": "In welchen Ländern wird Clearview genutzt?",
        "es": "¿En qué países se usa Clearview?",
        "nl": "In welke landen wordt Clearview gebruikt?",
        "pt": "Em que países é usada a Clearview?",
    },
    QuestionKind.WHO: {
        "en": "Which judge ruled on Clearview?",
        "fr": "Quelle autorité a sanctionné Clearview ?",
        "it": "Chi ha multato Clearview?",
        "de": "Welche Behörde hat Clearview bestraft?",
        "es": "¿Qué empresa vendió Clearview?",
        "nl": "Door wie is Clearview beboet?",
        "pt": "Quem multou a Clearview?",
    },
    QuestionKind.WHEN: {
        "en": "Since when has Clearview been in Italy?",
        "fr": "À quelle date Clearview a-t-elle été condamnée ?",
        "it": "In che anno è stata multata Clearview?",
        "de": "Seit wann ist Clearview in Italien?",
        "es": "¿Desde cuándo está Clearview en Italia?",
        "nl": "In welk jaar werd Clearview beboet?",
        "pt": "Em que ano foi multada a Clearview?",
    },
    QuestionKind.WHY: {
        "en": "Why was Clearview fined?",
        "fr": "Pour quelle raison Clearview a-t-elle été condamnée ?",
        "it": "Per quale motivo è stata multata Clearview?",
        "de": "Warum wurde Clearview bestraft?",
        "es": "¿Por qué fue multada Clearview?",
        "nl": "Waarom is Clearview beboet?",
        "pt": "Por que razão foi multada a Clearview?",
    },
    QuestionKind.LAW: {
        "en": "Which law did Clearview break?",
        "fr": "En vertu de quel article Clearview a-t-elle été condamnée ?",
        "it": "In base a quale legge è stata multata Clearview?",
        "de": "Kraft welchen Gesetzes wurde Clearview bestraft?",
        "es": "¿Qué ley incumplió Clearview?",
        "nl": "Welk artikel heeft Clearview geschonden?",
        "pt": "Que artigo violou a Clearview?",
    },
    QuestionKind.LIST: {
        "en": "Which companies bought Clearview?",
        "fr": "Quelles entreprises ont acheté Clearview ?",
        "it": "Quali aziende hanno comprato Clearview?",
        "de": "Welche Behörden haben Clearview gekauft?",
        "es": "¿Qué empresas compraron Clearview?",
        "nl": "Welke bedrijven kochten Clearview?",
        "pt": "Quais empresas compraram a Clearview?",
    },
    QuestionKind.DEFINITION: {
        "en": "What is Clearview?",
        "fr": "Qu'est-ce que Clearview ?",
        "it": "Cos'è Clearview?",
        "de": "Was ist Clearview?",
        "es": "¿Qué es Clearview?",
        "nl": "Wat is Clearview?",
        "pt": "O que é a Clearview?",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_kind_is_told_in_every_language(kind, language):
    assert read(EXAMPLES[kind][language], VOCABULARY, language).kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Where has Clearview been fined?", QuestionKind.WHERE),
        ("What does Article 5 say?", QuestionKind.LAW),
        ("Is Clearview legal in Italy?", QuestionKind.LAW),
        ("Is it legal to scrape faces in Italy?", QuestionKind.LAW),
        ("Can the police hack phones in Italy?", QuestionKind.LAW),
        ("when does the law apply", QuestionKind.WHEN),
        ("Clearview price", QuestionKind.HOW_MUCH),
        ("list of the agencies that use Clearview", QuestionKind.LIST),
        ("What did the minister say about Clearview in court?", QuestionKind.OTHER),
    ],
)
def test_the_phrase_that_asks_decides(text, kind):
    assert read(text, VOCABULARY, "en").kind is kind


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Was Clearview fined? how much?", "en", QuestionKind.HOW_MUCH),
        ("Why was Clearview fined in Italy? By whom?", "en", QuestionKind.WHO),
        ("Clearview a-t-elle été condamnée ? depuis quand ?", "fr", QuestionKind.WHEN),
        ("Wurde Clearview bestraft? Und in Italien?", "de", QuestionKind.STATUS),
        ("Why was Clearview fined? Thanks!", "en", QuestionKind.WHY),
    ],
)
def test_of_two_questions_the_last_decides_where_it_asks_for_a_detail(
    text, language, kind
):
    assert read(text, VOCABULARY, language).kind is kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La loi qui punit Clearview est-elle en vigueur ?", "fr"),
        ("Il giudice che ha multato Clearview è italiano?", "it"),
    ],
)
def test_a_word_that_only_joins_clauses_does_not_ask(text, language):
    assert read(text, VOCABULARY, language).kind is not QuestionKind.WHO


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What does Clearview do?", "en"),
        ("so what does Clearview actually do", "en"),
        ("Que fait Clearview ?", "fr"),
        ("Cosa fa Clearview?", "it"),
        ("Was macht eigentlich Clearview?", "de"),
        ("¿A qué se dedica Clearview?", "es"),
        ("Wat doet Clearview?", "nl"),
        ("O que faz a Clearview?", "pt"),
    ],
)
def test_what_a_maker_does_is_no_more_than_what_it_is(text, language):
    question = read(text, VOCABULARY, language)
    assert (question.kind, question.terms) == (QuestionKind.DEFINITION, ())


@pytest.mark.parametrize(
    "text",
    [
        "What does Clearview do in Italy?",
        "What does Clearview do with the pictures?",
        "What do the police do with Clearview?",
    ],
)
def test_what_a_maker_does_with_more_around_it_is_not_what_it_is(text):
    assert read(text, VOCABULARY, "en").kind is not QuestionKind.DEFINITION


HOW_IT_STANDS = [
    ("Où en est Clearview en Italie ?", "fr"),
    ("A che punto è Clearview in Italia?", "it"),
    ("Wie steht es um Clearview in Italien?", "de"),
    ("¿En qué quedó lo de Clearview en Italia?", "es"),
    ("Hoe staat het met Clearview in Italië?", "nl"),
    ("Em que pé está a Clearview na Itália?", "pt"),
]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Where do things stand with Clearview?", "en"), *HOW_IT_STANDS],
)
def test_how_a_matter_stands_is_its_state_and_no_place_or_day(text, language):
    assert read(text, VOCABULARY, language).kind is QuestionKind.STATUS


@pytest.mark.parametrize(("text", "language"), HOW_IT_STANDS)
def test_of_the_words_that_ask_how_a_matter_stands_none_is_looked_for(text, language):
    assert read(text, VOCABULARY, language).terms == ()


def test_law_that_is_named_stays_law_whatever_is_asked_of_it():
    question = read("When does the law apply to Clearview?", VOCABULARY, "en")
    assert (question.kind, question.law) == (QuestionKind.WHEN, True)
    assert not read("When was Clearview fined?", VOCABULARY, "en").law
