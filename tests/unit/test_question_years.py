"""The years that a question is on."""

from datetime import date

import pytest

from knowledge.model import YearSpan
from knowledge.questions import read
from tests.unit.test_questions import VOCABULARY

TODAY = date(2026, 11, 25)


def years(text: str, language: str = "en", today: date | None = TODAY):
    return read(text, VOCABULARY, language, today).years


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("Was Clearview fined in 2022?", "en", 2022, 2022),
        ("Clearview in Italy since 2020", "en", 2020, None),
        ("Clearview en Italie depuis 2021 ?", "fr", 2021, None),
        ("Clearview in Italien seit 2021?", "de", 2021, None),
        ("Clearview a partir de 2021", "pt", 2021, None),
        ("Clearview 2021 or later", "en", 2021, None),
        ("Clearview as of 2022", "en", None, 2022),
        ("Clearview jusqu'en 2022", "fr", None, 2022),
        ("Clearview bis 2022", "de", None, 2022),
        ("Clearview before 2020", "en", None, 2019),
        ("Clearview avant 2020", "fr", None, 2019),
        ("Clearview prima del 2020", "it", None, 2019),
        ("Clearview vor 2020", "de", None, 2019),
        ("Clearview antes de 2020", "es", None, 2019),
        ("Clearview voor 2020", "nl", None, 2019),
        ("Clearview between 2019 and 2021", "en", 2019, 2021),
        ("Clearview 2019-2021", "en", 2019, 2021),
        ("Clearview zwischen 2019 und 2021", "de", 2019, 2021),
        ("Clearview tra il 2019 e il 2021", "it", 2019, 2021),
        ("Is Clearview still active in 2022?", "en", None, 2022),
        ("Was Clearview fined last year?", "en", 2025, 2025),
        ("Clearview l'an dernier", "fr", 2025, 2025),
        ("Clearview l'anno scorso", "it", 2025, 2025),
        ("Clearview letztes Jahr", "de", 2025, 2025),
        ("Clearview el año pasado", "es", 2025, 2025),
        ("Clearview vorig jaar", "nl", 2025, 2025),
        ("Clearview no ano passado", "pt", 2025, 2025),
        ("any news on Clearview this year?", "en", 2026, 2026),
        ("Clearview in den letzten zwei Jahren", "de", 2024, None),
        ("Clearview over the past three years", "en", 2023, None),
        ("Clearview ces deux dernières années", "fr", 2024, None),
        ("Clearview de afgelopen 5 jaar", "nl", 2021, None),
    ],
)
def test_words_around_a_year_make_it_a_bound(text, language, first, last):
    assert years(text, language) == (YearSpan(first, last),)


@pytest.mark.parametrize(
    "text",
    [
        "Is Clearview active in Italy now?",
        "Is Clearview still active today?",
        "What did Clearview say before the fine?",
        "Does Clearview store photos for a year?",
    ],
)
def test_now_still_and_before_an_event_bound_no_year(text):
    assert years(text) == ()


def test_without_a_clock_last_year_is_no_year():
    assert years("Was Clearview fined last year?", today=None) == ()


def test_two_years_listed_are_two_years():
    spans = (YearSpan(2019, 2019), YearSpan(2021, 2021))
    assert years("Clearview 2019, 2021") == spans


@pytest.mark.parametrize(
    ("span", "held"),
    [
        (YearSpan(2020, 2022), [2020, 2021, 2022]),
        (YearSpan(2022, None), [2022, 2023, 2024]),
        (YearSpan(None, 2019), [2018, 2019]),
    ],
)
def test_a_span_holds_its_ends(span, held):
    assert [year for year in range(2018, 2025) if span.holds(year)] == held


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Were smart cameras legal at Paris 2024?", "en"),
        ("Were smart cameras legal at the 2024 Olympics?", "en"),
        ("Les caméras des JO 2024 étaient-elles légales ?", "fr"),
        ("Waren die Kameras bei Olympia 2024 erlaubt?", "de"),
    ],
)
def test_the_year_in_the_name_of_games_is_not_one_that_is_asked_about(text, language):
    assert years(text, language) == ()


def test_a_year_beside_a_city_that_had_other_games_is_asked_about():
    assert years("Clearview in Paris 2021") == (YearSpan(2021, 2021),)
