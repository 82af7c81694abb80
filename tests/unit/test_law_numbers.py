"""A law with a hole in it is found out; a repealed or inserted article makes none."""

import pytest

from knowledge.passages.law_numbers import missing_articles, missing_recitals


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (["Article 1", "Article 2", "Article 3"], ""),
        (["Article 1", "Article 3"], "article 2"),
        (["Article 1", "Article 5", "Article 9"], "articles 2 to 4"),
        (["Article 50", "Article 51"], "articles 1 to 49"),
        (["Article 2", "Article 3"], "article 1"),
        (["Art. 1.", "Art. 1-bis.", "Art. 1-ter.", "Art. 2."], ""),
        (["Artikel 1", "Artikel 3a", "Artikel 2"], "article 3"),
        (["Artikel 1", "Artikel 2", "Artikel 2a"], ""),
        (["§ 1 Zweck", "§ 2 (weggefallen)", "§ 3 Ende"], ""),
        (["§ 1 Zweck", "§§ 2 bis 7 (weggefallen)", "§ 8 Ende"], ""),
        (["Articles 1 to 4 (repealed)", "Article 5"], ""),
        (["Artigo 1.º", "Artigo 1.º-A", "Artigo 2.º"], ""),
        (["Article premier", "Article 2"], ""),
        (["Article 1", "Article 2", "Article 1", "Article 2"], ""),
        (["Article L111-1", "Article L111-7", "Article R*121-2"], ""),
        (["Art. 12.1", "Art. 12.9", "Art. 13.4"], ""),
        (["Article unique"], ""),
        ([], ""),
    ],
)
def test_the_first_gap_is_named(headings, missing):
    assert missing_articles(headings) == missing


def test_recitals_are_counted_by_their_addresses():
    found = ["Recital 1", "Recital 2", "Recital 2", "Recital 4", "Art. 1(3)"]
    assert missing_recitals(found) == "recital 3"
    assert missing_recitals(["Art. 1", "Art. 3"]) == ""
