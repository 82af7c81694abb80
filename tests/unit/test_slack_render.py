"""Cards on Slack: within its limits, verbatim, cited, and with nothing in them that acts."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards import (
    Action,
    Actions,
    Aside,
    Button,
    Card,
    Citation,
    CoverageList,
    CoverageRow,
    Fact,
    Facts,
    Field,
    Form,
    Input,
    Line,
    Menu,
    Picture,
    Quote,
    Section,
    Suggestions,
    Table,
    Translated,
    Weight,
)
from bot.cards.signs import harmless
from bot.on_slack.buttons import code
from bot.on_slack.forms import filled, home, modal
from bot.on_slack.render import LONGEST, MOST_BLOCKS, length, render
from bot.on_slack.texts import cut, escaped, size
from tests import any_card

LINK = "https://www.example.org/report?a=1&b=2"
MANY = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def quote(text: str = "Words & more.", **changes: Any) -> Quote:
    values: dict[str, Any] = {
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
                date="Jan 2020",
                link=LINK,
            ),
        ),
        "also": "also cited:",
        "caption": ("Source’s own words", "¶1"),
    } | changes
    return Quote(**values)


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from objects(value)


def strings(node: Any) -> Iterator[str]:
    for each in objects(node):
        yield from (value for value in each.values() if isinstance(value, str))


def lines(blocks: Any) -> list[str]:
    """What is to be read, a paragraph each."""
    found = []
    for each in objects(blocks):
        if each.get("type") in ("rich_text_section", "rich_text_quote"):
            parts = each["elements"]
            found.append(
                "".join(p.get("text") or p.get("channel_id", "") for p in parts)
            )
        elif each.get("type") == "plain_text":
            found.append(each["text"])
    return found


def check_limits(blocks: Any, most: int = MOST_BLOCKS) -> None:
    assert len(blocks) <= most
    assert length(blocks) <= LONGEST or most > MOST_BLOCKS
    json.dumps(blocks, ensure_ascii=False).encode()  # no half of a character
    for block in blocks:
        ids = [each["action_id"] for each in objects(block) if "action_id" in each]
        assert len(ids) == len(set(ids))
        assert len(block.get("elements", [])) <= 25 or block["type"] == "rich_text"
    for each in objects(blocks):
        match each.get("type"):
            case "header":
                assert 1 <= size(each["text"]["text"]) <= 150
            case "button":
                assert 1 <= size(each["text"]["text"]) <= 75
                assert len(each["value"]) <= 2000
                assert size(each.get("accessibility_label", "x")) <= 75
            case "static_select":
                assert 1 <= len(each["options"]) <= 100
                assert all(1 <= size(o["text"]["text"]) <= 75 for o in each["options"])
                assert all(1 <= len(o["value"]) <= 75 for o in each["options"])
                if "initial_option" in each:
                    assert each["initial_option"] in each["options"]
            case "plain_text" | "text":
                assert each["text"]
                assert size(each["text"]) <= 3000 or each["type"] == "text"
            case "image":
                assert 1 <= size(each["alt_text"]) <= 2000
            case "rich_text" | "rich_text_section" | "rich_text_quote":
                assert each["elements"]
            case _:
                pass
        if "action_id" in each:
            assert len(each["action_id"]) <= 255


def live(payload: Any) -> list[str]:
    """Whatever Slack, or a careless reader of payloads, would take for markup."""
    return [
        found[0]
        for text in strings(payload)
        for found in re.finditer(r"<[!@#]?[^<>]+>", text)
    ]


@MANY
@given(any_card.cards)
def test_any_card_fits_and_tells_nobody(card):
    message = render(card)
    check_limits(message.blocks)
    assert 1 <= size(message.text) <= 4000
    message.text.encode()
    assert live(message.blocks) == []
    assert "<" not in message.text
    assert ">" not in message.text
    kinds = {str(each.get("type")) for each in objects(message.blocks)}
    assert not kinds & {"user", "usergroup", "broadcast", "mrkdwn", "markdown", "emoji"}


@MANY
@given(any_card.cards)
def test_every_link_opens_a_page_of_the_web_and_shows_its_host(card):
    for each in objects(render(card).blocks):
        if each.get("type") == "link":
            parts = urlsplit(each["url"])
            assert parts.scheme in ("http", "https")
            assert not re.search(r"[\s<>|\"]", each["url"])
            assert size(each["url"]) <= 3000
            assert parts.hostname is not None
            shown = parts.hostname.encode("idna").decode()
            assert each["text"].removesuffix("…") in shown


@MANY
@given(st.lists(any_card.full_quotes, max_size=12).map(tuple), st.text(max_size=9))
def test_a_quote_is_whole_with_its_citation_or_it_is_not_there(quotes, title):
    blocks = render(Card(title, quotes)).blocks
    allowed = {"“…”", "…"}
    for each in quotes:
        for one in (each, *(a.quote for a in each.asides if a.quote)):
            for words in (one.text, f"{one.before}{one.text}{one.after}"):
                allowed.add(bare(f"{one.opening}{harmless(words)}{one.closing}"))
        if each.translation:
            allowed.add(bare(harmless(each.translation.text)))
    for element in objects(blocks):
        if element.get("type") == "rich_text_quote":
            assert bare("".join(p["text"] for p in element["elements"])) in allowed


def bare(text: str) -> str:
    """Without what isolates right-to-left words."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_an_answer_reads_as_it_was_agreed():
    shown = quote(
        warning="over a year old",
        exact_link=f"{LINK}#:~:text=Words",
        exact_label="exact words:",
        translation=Translated(label="Translation:", text="Mots."),
    )
    message = render(Card("Clearview AI · Italy", (shown,), remark="newest first"))
    assert lines(message.blocks) == [
        "Clearview AI · Italy",
        "newest first",
        "1 PRESS · Feb 2020 · Le Journal (French) · ⚠ over a year old",
        "“Words & more.”",
        "Translation:",
        "Mots.",
        "Source’s own words · ¶1 · example.org · exact words: example.org",
    ]
    links = [e["url"] for e in objects(message.blocks) if e.get("type") == "link"]
    assert links == [LINK, f"{LINK}#:~:text=Words"]


def test_the_text_beside_the_blocks_holds_the_quote_and_its_source_escaped():
    text = render(Card("T", (quote(),))).text
    assert "“Words &amp; more.”" in text
    assert LINK.replace("&", "&amp;") in text


def test_markup_in_a_quote_stays_as_it_is_and_does_nothing():
    raw = "He wrote <!channel> and <https://a.b|c>, *not* _it_ :x: `code` & so on."
    message = render(Card("T", (quote(raw),)))
    assert f"“{raw}”" in lines(message.blocks)
    assert live(message.blocks) == []


def test_words_from_right_to_left_are_kept_apart_and_whole():
    raw = "هل تُستخدم؟"
    assert f"“\u2068{raw}\u2069”" in lines(render(Card("T", (quote(raw),))).blocks)


def test_the_words_around_a_quote_are_shown_in_one_run_with_the_quote_in_bold():
    around = quote("Middle.", before="First. ", after=" Last.")
    blocks = render(Card("T", (around,))).blocks
    assert "“First. Middle. Last.”" in lines(blocks)
    bold = [e["text"] for e in objects(blocks) if e.get("style") == {"bold": True}]
    assert "Middle." in bold


def test_lists_are_shortened_before_any_quote():
    rows = tuple(
        CoverageRow(name=f"Vendor {n}", count="6", newest="2025", kinds="press 3")
        for n in range(400)
    )
    held = CoverageList("Held:", rows, "nothing", "… 3 more")
    message = render(Card("T", (quote("Whole."), held)))
    shown = lines(message.blocks)
    assert "“Whole.”" in shown
    assert any(re.fullmatch(r"… \+\d+ · … 3 more", line) for line in shown)


def test_the_last_quotes_go_first_and_leave_their_citation():
    quotes = tuple(quote(f"{n} " + "word " * 600, number=n) for n in range(1, 7))
    shown = lines(render(Card("T", quotes)).blocks)
    whole = [n for n in range(1, 7) if any(f"“{n} word" in line for line in shown)]
    assert whole
    assert whole == list(range(1, len(whole) + 1))
    assert len(whole) < 6
    assert sum("Le Journal (French)" in line for line in shown) == 6
    assert sum("example.org" in line for line in shown) == 6


def test_what_contradicts_stays_beside_the_quote_as_long_as_it_can():
    other = quote("Otherwise.", number=0)
    aside = Aside(label="Contradicted by:", quote=other)
    pointed = Aside(label="Later on this:", pointer="passage 2")
    shown = lines(render(Card("T", (quote(asides=(aside, pointed)),))).blocks)
    assert "“Otherwise.”" in shown
    assert "Later on this: passage 2" in shown
    assert any(line.startswith("Contradicted by: PRESS") for line in shown)


def test_many_lines_are_put_into_few_blocks_and_none_is_lost():
    card = Card("T", tuple(Line(f"Line {n}.") for n in range(120)))
    shown = lines(render(card).blocks)
    assert [f"Line {n}." for n in range(120)] == shown[1:]


def test_the_law_stands_under_its_own_heading():
    shown = lines(render(Card("T", (Section("Law that applies", (quote(),)),))).blocks)
    assert shown[1] == "Law that applies"


def test_a_table_is_read_row_by_row_with_its_headings():
    table = Table(("Law", "Of", "Date"), (("GDPR", "EU", "2016"), ("X", "", "2020")))
    assert lines(render(Card("T", (table,))).blocks)[1:] == [
        "GDPR · Of: EU · Date: 2016",
        "X · Date: 2020",
    ]


def test_a_fact_is_told_from_its_name_as_the_language_does_it():
    facts = Facts((Fact("Langue", "français"),), "\u00a0: ")
    made = render(Card("T", (facts,)))
    assert "Langue\u00a0: français" in lines(made.blocks)
    assert "Langue\u00a0: français" in made.text


def test_a_channel_is_named_and_a_group_is_not_told():
    facts = Facts((Fact("Where", "set", channels=("C012",)), Fact("Who", "1 group")))
    blocks = render(Card("T", (facts, Suggestions("You could ask:", ("A?",))))).blocks
    assert {"type": "channel", "channel_id": "C012"} in list(objects(blocks))
    assert "Who: 1 group" in lines(blocks)


def test_buttons_carry_their_code_and_every_id_differs():
    press = Button(label="👍 Helpful", action=Action.HELPFUL, key="k")
    gone = Button(label="Delete", action=Action.DELETE, weight=Weight.DANGER)
    menu = Menu(
        label="Language",
        action=Action.SETTINGS,
        options=(("English", "en"), ("Too long", "x" * 76)),
        argument="tenant.language",
        chosen="en",
    )
    blocks = render(Card("T", (Actions((press, press, gone), (menu,)),))).blocks
    elements = blocks[-1]["elements"]
    assert isinstance(elements, list)
    assert [code(e["action_id"]) for e in elements] == [
        "quis:helpful:k:",
        "quis:helpful:k:",
        "quis:delete::",
        "quis:settings::tenant.language",
    ]
    assert elements[2]["style"] == "danger"
    assert elements[3]["initial_option"]["value"] == "en"
    assert len(elements[3]["options"]) == 1
    check_limits(blocks)


def test_a_picture_that_slack_holds_is_shown_with_its_words_beside_it():
    picture = Picture(name="t.png", png=b"x", alt="Timeline of A: 3 documents.")
    card = Card("T", (picture,))
    assert render(card, {"t.png": "F1"}).blocks[-1] == {
        "type": "image",
        "slack_file": {"id": "F1"},
        "alt_text": "Timeline of A: 3 documents.",
    }
    assert "Timeline of A: 3 documents." in lines(render(card).blocks)


def test_an_empty_card_has_a_text():
    message = render(Card(""))
    assert message.blocks == ()
    assert message.text


@given(st.text(), st.integers(1, 80))
def test_a_cut_text_fits_and_never_parts_a_letter_from_its_marks(text, longest):
    short = cut(text, longest)
    assert size(short) <= longest
    if short != text:
        kept = short.removesuffix("…")
        rest = text[len(kept) :]
        assert text.startswith(kept)
        assert not re.match(r"[\u0300-\u036f\u200d\ufe0f]", rest) or not kept


def test_nothing_is_cut_between_a_letter_and_its_accent():
    assert cut("abce\u0301fgh", 5) == "abc…"
    assert cut("ab👩\u200d👩\u200d👧cd", 6) == "ab…"


@pytest.mark.parametrize("text", any_card.NASTY)
def test_escaped_text_has_no_markup(text):
    assert not re.search(r"[<>]", escaped(text))


@MANY
@given(any_card.forms)
def test_any_form_fits(form):
    view = modal(form, "C1")
    assert 1 <= size(str(view["title"]["text"])) <= 24  # type: ignore[index]
    assert 1 <= size(str(view["submit"]["text"])) <= 24  # type: ignore[index]
    assert len(str(view["private_metadata"])) <= 3000
    for each in objects(view):
        if each.get("type") == "plain_text_input":
            assert each["max_length"] <= 3000
            assert len(each.get("initial_value", "")) <= each["max_length"]
    check_limits(view["blocks"], 100)


def test_what_was_filled_in_comes_back_with_the_forms_id():
    form = Form(
        id="quis:wrong:k:",
        title="Something wrong?",
        submit="Send",
        fields=(
            Field(name="kind", label="Kind", input=Input.CHOICE, options=(("A", "a"),)),
            Field(name="text", label="Text", required=False),
        ),
    )
    view = modal(form, "C1") | {
        "state": {
            "values": {
                "kind": {"value": {"selected_option": {"value": "a"}}},
                "text": {"value": {"type": "plain_text_input", "value": None}},
            }
        }
    }
    assert filled(view) == ("quis:wrong:k:", "C1", {"kind": "a"})


@MANY
@given(st.lists(any_card.cards, max_size=4))
def test_any_home_fits(cards):
    view = home(cards)
    check_limits(view["blocks"], 100)
    assert live(view) == []
