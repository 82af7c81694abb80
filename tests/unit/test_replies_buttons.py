"""What can be done about an answer: buttons under it, and what they open."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import replies
from bot.cards import Action, Actions, Button, Card, Line, Quote, Section
from knowledge.model import (
    Correction,
    Evidence,
    MentionKind,
    NoAnswer,
    Place,
    Post,
    Reason,
    ShownPassage,
    Span,
    Tenant,
)
from tests.answers import GARANTE, GDPR, IRPI, NAMES, answer, asked

TODAY = date(2026, 11, 24)
KEY = "abcdefghijklmnop"
MISSPELT = (Correction("Clearveiw", MentionKind.VENDOR, "clearview-ai"),)


def apart(*listed: Evidence) -> tuple[Evidence, ...]:
    """The same evidence, each in a document of its own."""
    return tuple(
        replace(
            each,
            passage=replace(each.passage, document=f"doc-{n}"),
            document=replace(each.document, id=f"doc-{n}"),
            reasons=("holds:fine", "holds:fined"),
        )
        for n, each in enumerate(listed)
    )


EVIDENCE = apart(IRPI, GARANTE, GARANTE, IRPI, GDPR)


def post(**changes: Any) -> Post:
    values: dict[str, Any] = {
        "key": KEY,
        "tenant": Tenant("discord", "1"),
        "channel": "c",
        "at": datetime(2026, 11, 24, tzinfo=UTC),
        "language": "en",
        "owner": "",
        "private": False,
        "vendors": ("clearview-ai",),
        "places": ("IT",),
        "kind": "status",
        "passages": tuple(ShownPassage.of(each) for each in EVIDENCE),
        "shown": 3,
        "place": Place("c", "m"),
    }
    return Post(**values | changes)


def buttons(card: Card) -> tuple[Button, ...]:
    return tuple(
        button
        for block in card.blocks
        if isinstance(block, Actions)
        for button in block.buttons
    )


def actions(card: Card) -> list[Action]:
    return [button.action for button in buttons(card)]


def answered(*shown: Evidence, **options: Any) -> Card:
    given = answer(*(shown or EVIDENCE), **options.pop("given", {}))
    return replies.answer(given, NAMES, TODAY, key=KEY, **options)


def refused(reason: Reason = Reason.NOTHING_HELD, **options: Any) -> Card:
    question = replace(asked(), corrected=options.pop("corrected", ()))
    refusal = NoAnswer(question=question, reason=reason)
    return replies.answer(refusal, NAMES, TODAY, key=KEY, **options)


# --- under an answer ---------------------------------------------------------------


def test_an_answer_ends_in_what_can_be_done_about_it():
    card = answered()

    assert isinstance(card.blocks[-1], Actions)
    assert actions(card) == [
        Action.MORE,
        Action.CONTEXT,
        Action.COVERAGE,
        Action.WHY,
        Action.CITE,
        Action.WRONG,
        Action.HELPFUL,
        Action.NOT_HELPFUL,
        Action.DELETE,
    ]


def test_three_passages_are_shown_and_the_rest_is_counted_on_the_button():
    card = answered()

    assert [quote.number for quote in card.quotes()] == [1, 2, 3]
    assert buttons(card)[0].label == "More (2)"
    assert buttons(card)[0].code == f"quis:more:{KEY}:3"
    assert "3 of 5 passages" in card.remark


def test_nothing_is_left_where_all_are_shown():
    assert Action.MORE not in actions(answered(shown=5))


def test_without_a_key_nothing_can_be_pressed_and_all_is_drawn():
    card = replies.answer(answer(*EVIDENCE), NAMES, TODAY)

    assert buttons(card) == ()
    assert len(card.quotes()) == 5


def test_a_private_answer_can_be_shared_and_a_public_one_deleted():
    assert Action.SHARE in actions(answered(private=True))
    assert Action.DELETE not in actions(answered(private=True))
    assert Action.SHARE not in actions(answered())


def test_where_nobody_reads_reports_none_is_asked_for():
    assert Action.WRONG not in actions(answered(moderated=False))
    assert Action.REQUEST not in actions(refused(moderated=False))


def test_a_misspelt_name_can_be_said_to_be_another():
    card = answered(given={"question": replace(asked(), corrected=MISSPELT)})

    assert actions(card)[0] is Action.NOT_MEANT
    assert actions(refused(corrected=MISSPELT))[0] is Action.NOT_MEANT


def test_no_button_needs_its_colour_or_emoji_to_be_understood():
    for button in (*buttons(answered()), *buttons(refused())):
        assert any(character.isalpha() for character in button.label)
    assert buttons(answered())[1].name == "Context of passage 1"


def test_a_refusal_ends_in_what_is_held_and_whom_to_ask():
    assert actions(refused()) == [
        Action.COVERAGE,
        Action.REQUEST,
        Action.WHY,
        Action.DELETE,
    ]
    assert Action.DELETE not in actions(refused(private=True))


def test_a_greeting_offers_help_alone():
    assert actions(refused(Reason.NOT_A_QUESTION)) == [Action.HELP]


@given(st.text(max_size=40), st.text(max_size=300))
def test_what_a_component_carries_fits_both_platforms(key, argument):
    button = Button(label="x", action=Action.MORE, key=key, argument=argument)
    assert len(button.code) <= 100


# --- what they open ----------------------------------------------------------------


def more(*held: Evidence, **options: Any) -> Card:
    return replies.more(post(), held or EVIDENCE, NAMES, TODAY, **options)


def test_more_goes_on_with_the_numbers_that_the_passages_have():
    card = more(start=3)

    assert card.title == "Clearview AI · Italy"
    assert card.remark == "passages 4 to 5 of 5"
    assert [quote.number for quote in card.quotes()] == [4, 5]
    assert isinstance(card.blocks[1], Section)
    assert Action.MORE not in actions(card)


def test_more_can_be_leafed_through():
    card = more(start=1, step=2)

    assert [quote.number for quote in card.quotes()] == [2, 3]
    assert buttons(card)[0].code == f"quis:more:{KEY}:3"
    assert buttons(card)[0].label == "More (2)"


def test_what_was_retracted_meanwhile_leaves_the_other_numbers_as_they_are():
    card = more(EVIDENCE[0], EVIDENCE[2], EVIDENCE[4], start=1)

    assert [quote.number for quote in card.quotes()] == [3, 5]


def test_where_nothing_is_left_it_is_said():
    assert more(EVIDENCE[0], start=3).quotes() == ()
    assert "nothing further" in str(more(EVIDENCE[0], start=3).blocks)
    assert more(start=4).remark == "passage 5 of 5"


def test_the_context_is_one_run_of_the_document_with_the_quote_set_apart():
    evidence = EVIDENCE[0]
    body = evidence.document.body
    card = replies.context(
        evidence, Span(0, len(body)), TODAY, number=2, others=(1, 2, 3), key=KEY
    )
    (quote,) = card.quotes()

    assert quote.before + quote.text + quote.after == body
    assert quote.text == evidence.text
    assert quote.sources
    assert [b.argument for b in buttons(card)] == ["1", "3"]
    assert buttons(card)[0].label == "Context of passage 1"


def test_a_span_inside_the_quote_takes_nothing_of_it():
    evidence = EVIDENCE[0]
    inside = Span(evidence.quote.start + 3, evidence.quote.end - 3)
    card = replies.context(evidence, inside, TODAY)
    (quote,) = card.quotes()

    assert quote.text == evidence.text
    assert (quote.before, quote.after) == ("", "")
    assert any(isinstance(block, Line) for block in card.blocks)
    assert buttons(card) == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_how_an_answer_was_chosen_says_nothing_of_how_sure_it_is(language):
    text = str(replies.why(post(), EVIDENCE, NAMES, TODAY, language=language))

    assert "%" not in text
    assert not any(str(each.score) in text for each in EVIDENCE)
    assert "Clearview AI" in text


def test_how_an_answer_was_chosen_tells_what_each_passage_holds():
    card = replies.why(post(), EVIDENCE[1:], NAMES, TODAY)
    text = str(card)

    assert "is no longer published" in text
    assert "on Italy" in text
    assert "of the question’s words: fine'" in text
    assert "2 more passages were chosen" in text
    assert "newest comes first" in text
    assert not any(isinstance(block, Quote) for block in card.blocks)


def test_a_law_is_told_to_be_chosen_as_law():
    card = replies.why(post(shown=5), EVIDENCE, NAMES, TODAY)
    assert "law that applies there" in str(card)


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_refusal_too_says_how_it_came_about(reason, language):
    empty = post(reason=reason, passages=(), shown=0, vendors=(), places=())
    card = replies.why(empty, (), NAMES, TODAY, language=language)

    assert card.quotes() == ()
    assert "newest" not in str(card)


def test_an_unknown_kind_of_question_is_told_as_any():
    assert "anything on it" in str(
        replies.why(post(kind="from-a-later-version"), (), NAMES, TODAY)
    )
    assert "sense comes first" in str(
        replies.why(post(kind="where"), EVIDENCE, NAMES, TODAY)
    )
