"""Cards on a terminal: whole, wrapped, and with nothing in them that acts."""

import unicodedata
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.cards import (
    Action,
    Actions,
    Aside,
    Block,
    Button,
    Card,
    Citation,
    CoverageList,
    CoverageRow,
    Fact,
    Facts,
    Heading,
    Line,
    Mark,
    Notice,
    Picture,
    Quote,
    Section,
    Suggestions,
    Table,
)
from bot.terminal import harmless, render, wrap

LINK = "https://example.org/" + "a-long-path/" * 12
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


def quote(text: str, **changes: object) -> Quote:
    values: dict[str, object] = {
        "number": 1,
        "kind": "Press",
        "date": "Feb 2020",
        "text": text,
        "opening": "“",
        "closing": "”",
        "sources": (
            Citation(
                publisher="Le Journal",
                language="French",
                title="Un titre",
                date=None,
                link=LINK,
            ),
        ),
        "also": "also cited:",
        "caption": ("Source’s own words", "¶1"),
    } | changes
    return Quote(**values)  # type: ignore[arg-type]


def printed(*blocks: Block, width: int = 80, colour: bool = False, **card: str) -> str:
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
    )
    render(Card(card.get("title", "Title"), blocks, card.get("remark", "")), console)
    return file.getvalue()


def without_space(text: str) -> str:
    isolates = {ord("\u2068"): None, ord("\u2069"): None}
    return "".join(text.translate(isolates).split())


ALL_BLOCKS: tuple[Block, ...] = (
    Heading("Heading"),
    Line("Line"),
    Notice("Notice"),
    quote("Quote."),
    Section("Section", (quote("Law."),)),
    CoverageList(
        "Held:", (CoverageRow(name="IT", count="2", newest="n", kinds="k"),), "-"
    ),
    CoverageList("Held on JP:", (), "nothing"),
    Suggestions("Ask:", ("Question?",)),
    Table(("id", "title"), (("a", "b"),)),
    Facts((Fact("store", "fine", Mark.GOOD), Fact("model", "missing", Mark.BAD))),
)


def test_every_block_is_drawn():
    text = printed(*ALL_BLOCKS)
    for words in (
        "Heading", "Line", "Notice", "“Quote.”", "Section", "“Law.”", "Held:",
        "Held on JP: nothing", "Ask:", "Question?", "id  title", "a   b",
        "✓  store  fine", "✗  model  missing",
    ):  # fmt: skip
        assert words in text


@given(ANY_TEXT)
def test_any_quote_comes_out_verbatim_up_to_white_space_and_controls(text):
    assert f"“{without_space(harmless(text))}”" in without_space(printed(quote(text)))


@given(
    st.text(st.sampled_from("[]/bold red#\\: link=on_:smile:'\"\x1b[1m"), max_size=80)
)
def test_markup_in_a_quote_is_never_read(text):
    assert f"“{without_space(harmless(text))}”" in without_space(printed(quote(text)))


@given(ANY_TEXT)
def test_text_without_controls_is_left_as_it_is(text):
    plain = "".join(
        c
        for c in text
        if unicodedata.category(c) not in ("Cc", "Cs")
        and c
        not in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    assert harmless(plain) == plain


@given(ANY_TEXT, st.booleans())
def test_nothing_that_acts_on_a_terminal_gets_through(text, colour):
    card = printed(quote(text), Line(text), title=text, remark=text)
    card.encode()  # no lone surrogate
    for character in card.replace("\n", ""):
        assert unicodedata.category(character) != "Cc"
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067"


def test_an_escape_sequence_shows_as_a_picture():
    assert "␛[31mred␛[0m ␇" in printed(quote("\x1b[31mred\x1b[0m \a"))


def test_an_override_of_the_reading_direction_shows_as_a_mark():
    assert "“�evil”" in printed(quote("\u202eevil"))


def test_right_to_left_words_are_isolated_from_what_stands_beside_them():
    assert "\u2068“שלום”\u2069" in printed(quote("שלום"))


@given(ANY_TEXT, st.integers(20, 140))
def test_no_line_but_a_link_is_wider_than_the_window(text, width):
    for line in printed(quote(text), Line(text), title=text, width=width).splitlines():
        isolated = line.replace("\u2068", "").replace("\u2069", "")
        assert "https://" in line or cell_len(isolated) <= min(width, 100)


def test_a_link_is_never_cut():
    assert LINK in printed(quote("It is."), width=40)


@given(st.text(st.sampled_from("ab \u00a0é漢"), max_size=200), st.integers(4, 30))
def test_wrapping_keeps_every_word_and_the_width(text, width):
    lines = wrap(text, width)

    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_no_break_space_keeps_its_words_together():
    assert wrap("aaa «\u00a0bb", 6) == ["aaa", "«\u00a0bb"]


def test_a_word_longer_than_the_line_is_cut_not_lost():
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_the_remark_stands_at_the_right_edge_or_on_the_next_line():
    first = printed(title="Title", remark="remark", width=40).splitlines()[0]
    assert first == "Title" + " " * 29 + "remark"

    narrow = printed(title="A title of some length", remark="a remark", width=24)
    assert narrow.splitlines()[:2] == ["A title of some length", "a remark"]


def test_all_sources_of_a_quote_are_listed_with_their_archived_copies():
    second = Citation(
        publisher="Garante",
        language="Italian",
        title="t",
        date="10 Feb 2022",
        link="https://g.example",
        archived_link="https://a.example",
        archived_label="archived copy:",
    )
    first = quote("It is.").sources[0]
    lines = [
        line.strip()
        for line in printed(quote("It is.", sources=(first, second))).splitlines()
    ]

    assert lines[-4:] == [
        LINK,
        "also cited: Garante (Italian) · 10 Feb 2022",
        "https://g.example",
        "archived copy: https://a.example",
    ]


def test_what_stands_beside_a_quote_says_its_age_and_leads_to_its_words_and_its_copy():
    other = quote(
        "Not so.",
        warning="over a year old",
        exact_link=f"{LINK}#:~:text=Not",
        exact_label="exact words:",
        sources=(
            Citation(
                publisher="Le Journal",
                language="French",
                title="Un titre",
                date=None,
                link=LINK,
                archived_link="https://a.example",
                archived_label="archived copy:",
            ),
        ),
    )
    beside = Aside(label="Contradicted by:", quote=other)
    text = printed(quote("It is so.", asides=(beside,)))
    assert "Le Journal (French) · ⚠ over a year old" in text
    assert [line.strip("│ ") for line in text.splitlines()][-3:] == [
        LINK,
        f"exact words: {LINK}#:~:text=Not",
        "archived copy: https://a.example",
    ]


def test_a_quote_without_source_or_date_is_still_drawn():
    assert "1  PRESS\n   “It is.”" in printed(quote("It is.", sources=(), date=None))


def test_lines_never_grow_longer_than_is_easy_to_read():
    text = printed(Line("word " * 100), width=300)
    assert max(map(len, text.splitlines())) <= 100


def test_plain_output_holds_no_colour_codes():
    assert "\x1b" not in printed(*ALL_BLOCKS)


def test_colour_carries_no_meaning_of_its_own():
    import re

    coloured = printed(*ALL_BLOCKS, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == printed(*ALL_BLOCKS)


@pytest.mark.parametrize("width", [10, 20, 30])
def test_a_narrow_window_loses_nothing(width):
    row = CoverageRow(
        name="United States of A", count="24", newest="newest Feb", kinds="press 3"
    )
    text = printed(CoverageList("Held:", (row,), "-", "… 2 more"), width=width)

    joined = without_space(text)
    for words in ("UnitedStatesofA", "24", "newestFeb", "press3", "…2more"):
        assert words in joined


def test_the_words_around_a_quote_are_told_from_it_without_colour():
    text = printed(quote("The quote.", before="Before. ", after=" After."))
    assert "   “Before.\n   │ The quote.\n   After.”\n" in text


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ({"before": "Before. "}, "“Before.\n   │ The quote.”"),
        ({"after": " After."}, "│ “The quote.\n   After.”"),
    ],
)
def test_a_quote_at_either_end_keeps_its_quotation_marks(around, expected):
    assert expected in printed(quote("The quote.", **around))


def test_what_can_be_pressed_elsewhere_leaves_no_gap_here():
    button = Button(label="More", action=Action.MORE)
    assert printed(Line("x"), Actions((button,))) == printed(Line("x"))


def test_a_picture_is_told_in_its_words():
    assert "All in words" in printed(Picture(name="a.png", png=b"", alt="All in words"))
