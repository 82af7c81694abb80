"""A place that only says where something or somebody is from is none that is asked about."""

import pytest

from knowledge.questions import read
from tests.unit.test_vocabulary import VOCABULARY


def asked(text, language):
    return read(text, VOCABULARY, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Was Israeli spyware used in Mexico?"),
        ("en", "Did an Israeli surveillance company sell to Mexico?"),
        ("en", "Is Israeli-made software used by the police in Mexico?"),
        ("fr", "Un logiciel espion israélien a-t-il servi au Mexique ?"),
        ("fr", "Une société de cybersurveillance israélienne au Mexique ?"),
        ("it", "In Messico è stato usato uno spyware israeliano?"),
        ("de", "Wurde israelische Spähsoftware in Mexiko eingesetzt?"),
        ("de", "Hat eine israelische Überwachungsfirma nach Mexiko geliefert?"),
        ("es", "¿Usó México un programa espía israelí?"),
        ("nl", "Gebruikt Mexico Israëlische spionagesoftware?"),
        ("pt", "O México usou software espião israelense?"),
    ],
)
def test_what_is_made_is_from_there_and_the_other_place_is_asked_about(language, text):
    question = asked(text, language)
    assert set(question.mentions.places) == {"IL", "MX"}
    assert question.origins == {"IL"}
    assert question.places == ("MX",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Did Israeli police use spyware in Mexico?"),
        ("en", "In Israel cameras are sold to Mexico, is that so?"),
        ("en", "Did Israel sell spyware to Mexico?"),
        ("de", "Gibt es in Israel Kameras aus Mexiko?"),
        ("fr", "La police israélienne a-t-elle vendu des caméras au Mexique ?"),
        ("it", "telecamere Israele Messico"),
        ("es", "¿Vendió cámaras la policía israelí a México?"),
    ],
)
def test_a_place_that_does_something_is_asked_about(language, text):
    question = asked(text, language)
    assert not question.origins
    assert set(question.places) == {"IL", "MX"}


def test_a_place_that_is_named_apart_from_what_comes_from_there_is_asked_about():
    question = asked("Does Israel use Israeli spyware?", "en")
    assert not question.origins
    assert question.places == ("IL",)


def test_where_no_other_place_is_named_the_origin_is_what_it_is_on():
    question = asked("Which Israeli spyware is there?", "en")
    assert question.origins == {"IL"}
    assert question.places == ("IL",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Was a Russian journalist hacked with spyware in Germany?"),
        ("fr", "Un journaliste russe a-t-il été piraté en Allemagne ?"),
        ("it", "Un giornalista russo è stato spiato in Germania?"),
        ("de", "Wurde in Deutschland ein russisches Exilmedium ausspioniert?"),
        ("es", "¿Espiaron a una periodista rusa en Alemania?"),
        ("nl", "Is een Russische journalist bespioneerd in Duitsland?"),
        ("pt", "Uma jornalista russa foi espiada na Alemanha?"),
    ],
)
def test_who_is_from_there_is_asked_about_elsewhere(language, text):
    question = asked(text, language)
    assert question.natives == {"RU"}
    assert question.places == ("DE",)


def test_brussels_is_a_city_and_the_seat_of_the_union():
    assert asked("Was hat Brüssel zu Clearview gesagt?", "de").places == ("BE", "EU")


def test_a_maker_that_is_named_is_what_it_is_wherever_it_is_from():
    question = asked("Does the Israeli company Cellebrite sell to Peru?", "en")
    assert question.places == ("PE",)
    assert asked("Is the Israeli company Cellebrite banned?", "en").places == ()


def test_where_no_other_place_is_named_somebody_s_country_is_what_it_is_on():
    assert asked("Was a Russian journalist hacked with Pegasus?", "en").places == (
        "RU",
    )
