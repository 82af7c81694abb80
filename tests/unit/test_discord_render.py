"""Any card fits Discord, shows its words as they are, and acts on nothing."""

import re
from dataclasses import replace

import discord
import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

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
    Menu,
    Notice,
    Picture,
    Quote,
    Section,
    Suggestions,
    Table,
    Translated,
    Weight,
)
from bot.cards.signs import harmless
from bot.links import host
from bot.on_discord import markdown as md
from bot.on_discord.drawing import paragraphs
from bot.on_discord.render import Drawn, render

NASTY = [
    "@everyone",
    "@here <@123456789012345678> <@&123456789012345678> <#123456789012345678>",
    "</ask:123456789012345678> <t:1618953630:R> <:name:123456789012345678> :smile:",
    "<a:name:1> <id:customize> <https://evil.example> <mail@evil.example>",
    "[source](https://evil.example) [a][b] ![x](https://evil.example/x.png)",
    "# Heading\n## Two\n### Three\n-# small\n> quote\n>>> all\n- list\n* list\n1. one",
    "```\ncode\n``` `x` ||spoiler|| ~~gone~~ __under__ *it* _it_ **bold** ***both***",
    "https://evil.example/a_b javascript:alert(1) steam://run discord://x HTTP://X",
    "back\\slash \\*star\\* \\",
    "مرحبا بالعالم (123) שלום",
    "\u202eevil\u202c \u2066isolated\u2069 nul\x00 bell\x07 \ud800",
    "z̸̢̛̺a̶l̵g̷o̴ \u0301\u0301\u0301first",
    "👩‍👩‍👧‍👦 🇮🇹 👍🏽 é e\u0301",
    "one\r\ntwo\u2028three\x85four\vfive",
    "",
    "   ",
]
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=3).map(" ".join),
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.sampled_from([1, 20, 90]).map(lambda n: "Eine lange Rede. " * n),
)
ADDRESSES = st.one_of(
    st.sampled_from(
        [
            "https://example.org/a?b=(c)&d=[e]#:~:text=a%2Db,c",
            "http://www.example.org/_a_*b*",
            "https://user:word@evil.example/path",
            "https://bücher.example/ä ö",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "https://exa mple.org/",
            "https://example.org/" + "x" * 2000,
            "https://example.org/)>](<https://evil.example>) \\ ' \" ` |",
            "https://[::1]/x",
            "https://[broken/x",
            "data.pdf",
            "",
        ]
    ),
    TEXTS,
)
CITATIONS = st.builds(
    Citation,
    publisher=TEXTS,
    language=st.just("Italian"),
    title=TEXTS,
    date=st.none() | TEXTS,
    link=ADDRESSES,
    archived_link=st.none() | ADDRESSES,
    archived_label=st.just("archived copy:"),
)
PLAIN_QUOTES = st.builds(
    Quote,
    number=st.integers(0, 99),
    kind=TEXTS,
    date=st.none() | TEXTS,
    text=TEXTS,
    opening=st.just("“"),
    closing=st.just("”"),
    sources=st.lists(CITATIONS, max_size=4).map(tuple),
    also=st.just("also cited:"),
    caption=st.lists(TEXTS, max_size=3).map(tuple),
    warning=st.none() | TEXTS,
    exact_link=st.none() | ADDRESSES,
    exact_label=st.just("exact words:"),
    translation=st.none() | st.builds(Translated, label=TEXTS, text=TEXTS),
    before=TEXTS,
    after=TEXTS,
)
ASIDES = st.builds(Aside, label=TEXTS, pointer=TEXTS) | st.builds(
    Aside, label=TEXTS, quote=PLAIN_QUOTES
)
QUOTES = st.builds(
    lambda quote, asides: Quote(
        **{name: getattr(quote, name) for name in Quote.__slots__} | {"asides": asides}
    ),
    PLAIN_QUOTES,
    st.lists(ASIDES, max_size=2).map(tuple),
)
ROWS = st.builds(CoverageRow, name=TEXTS, count=TEXTS, newest=TEXTS, kinds=TEXTS)
OPTIONS = st.lists(st.tuples(TEXTS, TEXTS), max_size=30).map(tuple)
BUTTONS = st.builds(
    Button,
    label=TEXTS,
    action=st.sampled_from(Action),
    key=st.text("abc", max_size=3),
    argument=st.text("0123456789", max_size=120),
    weight=st.sampled_from(Weight),
)
MENUS = st.builds(
    Menu, label=TEXTS, action=st.sampled_from(Action), options=OPTIONS, chosen=TEXTS
)
BLOCKS = st.one_of(
    st.builds(Heading, TEXTS),
    st.builds(Line, TEXTS),
    st.builds(Notice, TEXTS),
    QUOTES,
    st.builds(Section, TEXTS, st.lists(QUOTES, max_size=3).map(tuple)),
    st.builds(
        CoverageList,
        title=TEXTS,
        rows=st.lists(ROWS, max_size=30).map(tuple),
        nothing=TEXTS,
        rest=st.none() | TEXTS,
    ),
    st.builds(Suggestions, TEXTS, st.lists(TEXTS, max_size=6).map(tuple)),
    st.builds(
        Table,
        st.just(("A", "B")),
        st.lists(st.tuples(TEXTS, TEXTS), max_size=30).map(tuple),
    ),
    st.builds(
        Facts,
        st.lists(st.builds(Fact, TEXTS, TEXTS, st.sampled_from(Mark)), max_size=30).map(
            tuple
        ),
    ),
    st.builds(
        Actions,
        st.lists(BUTTONS, max_size=30).map(tuple),
        st.lists(MENUS, max_size=8).map(tuple),
    ),
    st.builds(Picture, name=TEXTS, png=st.just(b"png"), alt=TEXTS),
)
# A card of the longest texts is long to generate, and longer to make smaller.
CARDS = st.builds(Card, TEXTS, st.lists(BLOCKS, max_size=8).map(tuple), remark=TEXTS)
OUR_LINK = re.compile(r"\[((?:\\.|[^\]\\\[])*)\]\(<(https?://[^\s<>()\\]+)>\)")
OUR_LINES = re.compile(r"^(?:> ?|-# |#{2,3} |- )", re.MULTILINE)


def texts(drawn: Drawn) -> list[str]:
    return [
        item.content
        for item in drawn.view.walk_children()
        if isinstance(item, ui.TextDisplay)
    ]


def components(drawn: Drawn) -> int:
    return sum(1 for _ in drawn.view.walk_children())


def read(markdown: str) -> str:
    """What stands on the screen: our own markup taken off, escapes undone."""
    markdown = OUR_LINES.sub("", markdown)
    markdown = OUR_LINK.sub(r"\1", markdown)
    markdown = re.sub(r"(?<!\\)((?:\\\\)*)\*\*", r"\1", markdown)
    shown = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown)
    return shown.replace("\u2068", "").replace("\u2069", "")


def unescaped(markdown: str) -> str:
    """What Discord may act on: links of ours and everything escaped taken away."""
    markdown = OUR_LINK.sub("L", markdown)
    return re.sub(r"\\[^0-9A-Za-z\s]", "\x00", markdown)


def quote(text: str = "A quote.", number: int = 1, **changes: object) -> Quote:
    values: dict[str, object] = {
        "number": number,
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
                link=f"https://example.org/{number}",
            ),
        ),
        "also": "also cited:",
        "caption": ("Source’s own words", f"¶{number}"),
    } | changes
    return Quote(**values)  # type: ignore[arg-type]


def shown(*blocks: Block) -> str:
    return "\n".join(texts(render(Card("Title", blocks))))


@settings(max_examples=60)
@given(CARDS)
def test_any_card_fits(card):
    drawn = render(card)
    assert components(drawn) <= 40
    assert sum(len(text.encode("utf-16-le")) // 2 for text in texts(drawn)) <= 4000
    assert texts(drawn)
    assert all(text.strip() for text in texts(drawn))
    ids = [
        item.custom_id
        for item in drawn.view.walk_children()
        if isinstance(item, ui.Button | ui.Select)
    ]
    assert len(ids) == len(set(ids))
    assert all(1 <= len(id_ or "") <= 100 for id_ in ids)
    for item in drawn.view.walk_children():
        if isinstance(item, ui.Button):
            assert 1 <= len(item.label or "") <= 80
        if isinstance(item, ui.ActionRow):
            assert 1 <= len(item.children) <= 5
        if isinstance(item, ui.Select):
            assert 1 <= len(item.options) <= 25
            assert all(1 <= len(o.label) <= 100 for o in item.options)
            values = [option.value for option in item.options]
            assert len(values) == len(set(values))


@settings(max_examples=60)
@given(CARDS)
def test_nothing_in_a_card_acts(card):
    for text in texts(render(card)):
        left = unescaped(text)
        assert not re.search(r"[<\[\]@`~|_]", left)
        assert "://" not in left
        assert not re.search(r":[\w+-]+:", left)
        assert not re.search(r"(?<!\*)\*(?!\*)|\*{3}", left)
        for row in left.split("\n"):
            body = row.removeprefix("> ").removeprefix(">")
            assert not re.match(r"\s*(?:[+>]|\d+[.)])", body)
            assert not re.match(r"\s*#", re.sub(r"^#{2,3} ", "", body))
            assert not re.match(r"\s+-|-(?!# |\s)", body)


@settings(max_examples=60)
@given(CARDS)
def test_every_link_is_whole_and_shows_its_host(card):
    for text in texts(render(card)):
        for label, address in OUR_LINK.findall(text):
            assert host(address) == read(label)
            assert "@" not in address.split("/")[2]
            assert address.isascii()


@given(TEXTS)
def test_plain_text_is_shown_letter_by_letter(text):
    assert read(f"x{md.plain(text)}") == f"x{harmless(text)}".replace(
        "\u2068", ""
    ).replace("\u2069", "")


def test_a_table_is_read_row_by_row_with_its_headings():
    rows = (("GDPR", "EU", "3"), ("X", "", "–"), ("–", "IT", "1"))
    table = Table(("Law", "Of", "Documents"), rows, "\u00a0: ")
    (text,) = paragraphs(table)
    assert text.split("\n") == [
        "- **GDPR** · Of\u00a0: EU · Documents\u00a0: 3",
        "- **X**",
        "- Of\u00a0: IT · Documents\u00a0: 1",
    ]


@given(st.lists(TEXTS, min_size=1, max_size=8), st.lists(TEXTS, max_size=30))
def test_a_quote_stands_whole_with_its_citation_or_not_at_all(quotes, rows):
    made = [quote(f"Q{n}q{text}", n) for n, text in enumerate(quotes, start=1)]
    listed = tuple((row, row) for row in rows)
    drawn = render(Card("T", (*made, Table(("A", "B"), listed))))
    for each in made:
        carrying = [t for t in texts(drawn) if f"“Q{each.number}q" in read(t)]
        assert len(carrying) <= 1
        for text in carrying:
            assert f"“{harmless(each.text)}”" in read(text)
            assert f"https://example.org/{each.number}>" in text
            assert f"¶{each.number}" in text


@given(st.integers(1, 60), st.integers(1, 12), st.integers(10, 900))
def test_lists_get_shorter_before_a_quote_is_left_out(rows, quotes, length):
    made = [quote(f"Q{n}q" + "x" * length, n) for n in range(1, quotes + 1)]
    table = Table(("A", "B"), tuple((f"row{n}x", "cell " * 9) for n in range(rows)))
    text = "\n".join(texts(render(Card("T", (table, *made)))))
    kept = [n for n in range(1, quotes + 1) if f"Q{n}q" in text]
    assert kept == list(range(1, len(kept) + 1))  # the last goes first
    if len(kept) < quotes:
        assert "row0x" not in text
        assert "…" in text


@given(TEXTS, st.integers(1, 50))
def test_text_is_cut_between_letters_only(text, most):
    cut = md.shortened(text, most)
    assert md.size(cut) <= max(most, 1)
    kept = cut.removesuffix("…")
    if cut != text:
        following = text[len(kept) :].lstrip()[:1]
        assert text.startswith(kept)
        if text[len(kept) : len(kept) + 1] == following:
            assert not re.match(r"[\u0300-\u036f\u200d]", following)


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://www.example.org/a(b)", "[example.org](<https://www.example.org/a%28b%29>)"),
        ("HTTPS://user:pw@example.org", "[example.org](<https://example.org>)"),
        ("https://bücher.example/ä", "[xn--bcher-kva.example](<https://xn--bcher-kva.example/%C3%A4>)"),
        ("https://a.example/#:~:text=a%2Db,c", "[a.example](<https://a.example/#:~:text=a%2Db,c>)"),
        ("https://a.example/100%", "[a.example](<https://a.example/100%25>)"),
        ("javascript:alert(1)", None),
        ("ftp://example.org", None),
        ("//example.org", None),
        ("https://", None),
        ("https://[broken", None),
    ],
)  # fmt: skip
def test_links(address, link):
    assert md.link(address) == link


def test_an_address_with_half_a_character_and_an_empty_quote_are_drawn_too():
    source = Citation(
        publisher="P",
        language="L",
        title="T",
        date=None,
        link="https://example.org/a \ud800\u202e",
    )
    text = shown(quote("", sources=(source,), before="Before.", after="After."))
    assert "****" not in text
    assert "(<https://example.org/a%20%EF%BF%BD%EF%BF%BD>)" in text


def test_a_citation_that_is_no_page_is_named_all_the_same():
    source = Citation(
        publisher="P", language="L", title="T", date=None, link="file:///x/order.pdf"
    )
    assert "order.pdf" in read(shown(quote(sources=(source,))))


def test_what_stands_beside_a_quote_says_its_age_and_leads_to_its_words_and_its_copy():
    (source,) = quote().sources
    other = quote(
        "Otherwise.",
        number=0,
        warning="over a year old",
        sources=(
            replace(
                source,
                archived_link="https://archive.example/a",
                archived_label="archived copy:",
            ),
        ),
        exact_link="https://example.org/a#:~:text=Otherwise.",
        exact_label="exact words:",
    )
    text = shown(quote(asides=(Aside(label="Contradicted by:", quote=other),)))
    beside = text[text.index("Contradicted by:") :]
    assert "⚠ over a year old" in beside
    assert "#:~:text=Otherwise." in beside
    assert "archived copy: [archive.example]" in beside


def test_a_fact_is_told_from_its_name_as_the_language_does_it():
    text = shown(Facts((Fact("Langue", "français"), Fact("…", "")), "\u00a0: "))
    assert text.splitlines()[-2:] == ["**Langue\u00a0:** français", "**…**"]


def test_the_words_around_a_quote_are_left_away_together():
    around = "Words around. " * 300
    text = shown(quote("The quote.", before=around, after=" After."))
    assert "The quote." in text
    assert "After." not in text
    assert "**The quote.**" in shown(quote("The quote.", before="Before. "))


def test_a_list_that_was_shortened_to_nothing_does_not_say_that_nothing_is_held():
    rows = (CoverageRow(name="x" * 900, count="", newest="", kinds="y" * 900),)
    held = CoverageList(title="Held:", rows=rows, nothing="nothing", rest=None)
    text = shown(held, *(quote("z" * 900, n) for n in range(1, 4)))
    assert "nothing" not in text
    assert "nothing" in shown(CoverageList(title="Held:", rows=(), nothing="nothing"))


def test_channels_and_roles_are_shown_by_name():
    fact = Fact("Moderators", "set", channels=("123",), groups=("456", "evil>"))
    assert "<#123> <@&456> evil>" in shown(Facts((fact,)))


def test_a_picture_is_sent_with_its_alt_text():
    drawn = render(
        Card("T", (Picture(name="time line.png", png=b"x", alt="All of it"),))
    )
    (file,) = drawn.files()
    assert (file.filename, file.description) == ("time-line-1.png", "All of it")
    assert "attachment://time-line-1.png" in str(drawn.view.to_components())


def test_a_menu_shows_what_holds_now():
    menu = Menu(
        label="Language",
        action=Action.SETTINGS,
        options=(("English", "en"), ("Italian", "it")),
        chosen="it",
    )
    (select,) = [
        item
        for item in render(Card("T", (Actions(menus=(menu,)),))).view.walk_children()
        if isinstance(item, ui.Select)
    ]
    assert [option.default for option in select.options] == [False, True]


async def test_a_drawn_view_is_kept_by_nobody():
    button = Button(label="More", action=Action.MORE, key="k", weight=Weight.FIRST)
    view = render(Card("T", (Actions((button,)),))).view
    assert view.is_finished()
    (made,) = [item for item in view.walk_children() if isinstance(item, ui.Button)]
    assert made.style is discord.ButtonStyle.primary
    assert made.custom_id == "quis:more:k:"
