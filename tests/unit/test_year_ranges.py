"""Which years a text spans."""

import pytest

from knowledge.year_ranges import years_between


@pytest.mark.parametrize(
    "text",
    [
        "between 2017 and 2019",
        "from May 2017 to April 2019",
        "2017-2019",
        "2017–2019",
        "entre 2017 et 2019",
        "tra il maggio 2017 e 2019",
        "zwischen 2017 und 2019",
        "de 2017 a 2019",
        "tussen 2017 en 2019",
    ],
)
def test_a_span_has_the_years_between(text):
    assert years_between(f"It was used {text} there.") == {2017, 2018, 2019}


@pytest.mark.parametrize(
    "text",
    ["in 2017 and 2019", "2019-2017", "case 2017/2019", "between 1901 and 2019"],
)
def test_two_years_are_no_span_by_themselves(text):
    assert years_between(text) == frozenset()
