"""Places side by side in a question, and places that it is on at once."""

import pytest

from knowledge.questions import read
from tests.unit.test_vocabulary import VOCABULARY


@pytest.mark.parametrize(
    "text",
    [
        "Was Clearview fined in Italy or in Greece?",
        "Clearview fines in Italy, Greece?",
        "Pegasus in Polen und in Ungarn",
        "Clearview actif en Italie ou en Grèce ?",
        "Hikvision in Italië en Nederland",
        "Clearview in Italy/Greece",
    ],
)
def test_places_side_by_side_are_asked_about_one_or_the_other(text):
    assert read(text, VOCABULARY).either


@pytest.mark.parametrize(
    "text",
    [
        "Was spyware sent from Italy to Egypt?",
        "Did the US pay for Colombia's Pegasus?",
        "Hat Italien Griechenland Predator verkauft?",
        "Clearview in Italy?",
    ],
)
def test_places_that_a_question_links_are_asked_about_at_once(text):
    assert not read(text, VOCABULARY).either


def test_a_man_of_the_state_of_georgia_is_not_from_tbilisi():
    assert read(
        "Who is the Georgia man arrested on a face match?", VOCABULARY
    ).places == ("US",)
    assert read("Did Georgia buy Pegasus?", VOCABULARY).places == ("GE",)
