"""What tells how much or how many, and what only when or which."""

import pytest

from knowledge.figures import has_figure


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was fined EUR 20 million."),
        ("en", "Three officers were suspended."),
        ("en", "The images go after one month."),
        ("en", "It paid $2000."),
        ("en", "Some 2,000 phones were listed."),
        ("en", "In 2022 it was 10% of all."),
        ("en", "On 3 June 2024 five of them sued."),
        ("fr", "Le délai est de trois mois."),
        ("it", "Tre persone sono indagate."),
        ("de", "Die Frist beträgt dreißig Tage."),
        ("es", "Dura dieciséis meses."),
        ("nl", "Het waren er twaalf."),
        ("pt", "São três aparelhos."),
    ],
)
def test_a_number_in_digits_or_in_words_is_a_figure(language, text):
    assert has_figure(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was fined in February 2022."),
        ("en", "On 10 February 2022 it was fined; on June 3rd, 2023 it appealed."),
        ("en", "Under Article 6(1)(f) of Regulation (EU) 2016/679 it is unlawful."),
        ("en", "It was fined in 1998 and in 2026."),
        ("fr", "Le 1er août 2019, l'article L. 851-3 est entré en vigueur."),
        ("it", "Il decreto legislativo 196/2003, art. 2-septies, lo vieta."),
        ("de", "Am 3. September 2024 verboten, § 4 Abs. 2; am 3.9.2024 bestätigt."),
        ("es", "El 5 de mayo de 2022 fue condenada."),
        ("nl", "Op 16 mei 2024 is de boete opgelegd."),
        ("pt", "Foi multada a 2 de março de 2023."),
        ("de", "Es sei verboten."),  # sei is six in Italian
    ],
)
def test_a_date_a_year_and_the_number_of_a_law_are_none(language, text):
    assert not has_figure(text, language)
