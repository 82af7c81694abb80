"""The little language of messages."""

from typing import get_args

import pytest

from bot import terminal
from bot.cards import (
    Action,
    Block,
    Button,
    Card,
    Line,
    Menu,
    Quote,
    Section,
    Table,
    signs,
)


def quote(number: int) -> Quote:
    return Quote(
        number=number,
        kind="Press",
        date=None,
        text=f"Words {number}.",
        opening="“",
        closing="”",
        sources=(),
        also="",
        caption=(),
    )


def test_a_card_tells_its_quotes_in_the_order_shown_also_those_in_sections():
    card = Card(
        "T", (quote(1), Line("x"), Section("S", (quote(2), quote(3))), quote(4))
    )
    assert [shown.number for shown in card.quotes()] == [1, 2, 3, 4]


def test_a_card_without_quotes_tells_none():
    assert Card("T", (Line("x"),)).quotes() == ()


@pytest.mark.parametrize("block", get_args(Block))
def test_every_block_is_frozen(block):
    assert block.__dataclass_params__.frozen


def test_a_ragged_table_cannot_be_made():
    with pytest.raises(ValueError, match="one cell for each heading"):
        Table(("a", "b"), (("1", "2"), ("3",)))


def test_buttons_and_menus_carry_action_key_and_argument_in_a_hundred_characters():
    menu = Menu(
        label="L", action=Action.SETTINGS, options=(), argument="tenant.language"
    )
    button = Button(label="L", action=Action.MORE, key="KEY", argument="9" * 200)

    assert menu.code == "quis:settings::tenant.language"
    assert button.code.startswith("quis:more:KEY:999")
    assert len(button.code) == 100


@pytest.mark.parametrize("harmless", [signs.one_line, terminal.harmless])
def test_what_acts_unseen_is_seen_as_the_same_signs_in_chat_and_terminal(harmless):
    assert harmless("a\x1b[31m\u202eb\x7f\ud800\x9bc\u2028d") == "a␛[31m�b␡��c d"
