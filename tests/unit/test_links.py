"""A link opens the page at the very words, where the words are on the page."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import exact_words, followable, host

PAGE = "https://paper.example/a"
LONG = (
    "À notre échelle européenne, la carte nous permet de constater que l’Italie, la "
    "Grèce et les Pays-Bas travaillent, ou sont la cible d’une collaboration."
)


def test_a_short_quote_is_named_whole():
    assert exact_words(PAGE, "It was fined.") == f"{PAGE}#:~:text=It%20was%20fined."


def test_of_a_long_quote_both_ends_are_named():
    link = exact_words(PAGE, LONG)
    assert link is not None
    start, end = link.partition("text=")[2].split(",")
    assert LONG.startswith(unquote(start))
    assert LONG.endswith(unquote(end))


def test_what_is_syntax_in_a_text_directive_is_encoded():
    link = exact_words(PAGE, "Pays-Bas, a & b")
    assert link is not None
    assert link.partition("text=")[2] == "Pays%2DBas%2C%20a%20%26%20b"


def test_a_fragment_that_is_there_stays():
    link = exact_words(f"{PAGE}?b=1#art_9", "It was fined.")
    assert link == f"{PAGE}?b=1#art_9:~:text=It%20was%20fined."


def test_a_pdf_and_what_is_no_page_have_no_such_link():
    assert exact_words("https://paper.example/a.PDF", "It was fined.") is None
    assert exact_words("", "It was fined.") is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_link_is_one_word_of_plain_ascii_whatever_the_quote(words):
    link = exact_words(PAGE, words)
    assert link is not None
    assert link.isascii()
    assert not any(character.isspace() for character in link)


# --- what may be followed ----------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://paper.example/a",
        "//paper.example/a",
        "paper.example/a",
        "https://",
        "http://[::1",
        "",
    ],
)
def test_only_pages_of_the_web_are_followed(url):
    assert followable(url) is None
    assert host(url) is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.paper.example/a", "paper.example"),
        ("HTTP://Paper.example:8080/a", "paper.example"),
        ("https://user@bank.example@paper.example/", "paper.example"),
    ],
)
def test_the_host_shown_is_the_one_that_is_opened(url, shown):
    assert host(url) == shown


def test_what_could_end_a_link_or_begin_markup_is_encoded():
    safe = followable(f'{PAGE}?q=(a)|<b> "c"\n`d`')
    assert safe is not None
    assert not set(safe) & set('()<>|"` \n\\')
    assert unquote(safe) == f'{PAGE}?q=(a)|<b> "c"`d`'


def test_a_link_that_is_safe_stays_as_it_is():
    for url in (f"{PAGE}?a=1&b=2#c", f"{PAGE}#:~:text=It%20was%20fined."):
        assert followable(url) == url


def test_a_host_of_other_letters_is_written_as_the_name_system_has_it():
    assert followable("https://école.example/é") == (
        "https://xn--cole-9oa.example/%C3%A9"
    )
    assert host("https://école.example/é") == "école.example"


@given(st.text())
def test_any_text_at_all_can_be_looked_at(text):
    for url in (text, f"https://{text}", f"{PAGE}/{text}"):
        assert (followable(url) is None) == (host(url) is None)
