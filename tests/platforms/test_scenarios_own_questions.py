"""Questions that a document answers, given by whoever brings it in, on every transport."""

import pytest

from knowledge.model import OwnQuestion, Status
from tests.platforms.moderators import (
    brought_in,
    held,
    press,
    said,
    tidied,
    with_moderators,
)

ENGLISH = "Did police in Portugal ever try Clearview?"
PORTUGUESE = "A polícia de Portugal usou o Clearview?"


@pytest.fixture
async def house(stage):
    """Eve and Ed are editors; the desk is the moderators' channel."""
    with_moderators(stage)
    before = {document.id for document in stage.shelf.library.documents()}
    yield stage
    tidied(stage, before)


async def proposed(stage, who, found):
    """The review in the moderators' channel."""
    known = len(stage.seen(stage.ed, stage.here.desk))
    await press(stage, who, found, ":offer")
    await stage.server.until(
        lambda: len(stage.seen(stage.ed, stage.here.desk)) > known, "a review"
    )
    await stage.settled()
    return stage.seen(stage.ed, stage.here.desk)[-1]


async def test_questions_are_given_in_a_form_seen_in_the_review_and_kept(house):
    stage = house
    async with stage.serving():
        found = await brought_in(stage, stage.eve, "Portugal and its questions")
        assert "Two or three in readers’ words" in said(found)
        form = await press(stage, stage.eve, found, ":asks")
        found = await stage.fill(
            stage.eve, form, questions=f"{ENGLISH}\n\n{PORTUGUESE}\nfr: Clearview ?"
        )
        for part in (
            f"“{ENGLISH}”",
            f"“{PORTUGUESE}” (Portuguese)",
            "“Clearview ?” (French)",
        ):
            assert part in said(found)
        card = await proposed(stage, stage.eve, found)
        assert f"“{PORTUGUESE}” (Portuguese)" in said(card)
        await press(stage, stage.ed, card, ":yes.")
        document = held(stage, card)
        assert document.status is Status.PUBLISHED
        assert document.questions == (
            OwnQuestion("en", ENGLISH),
            OwnQuestion("pt", PORTUGUESE),
            OwnQuestion("fr", "Clearview ?"),
        )

        stage.later()
        begun = await stage.command(
            stage.eve, stage.here.news, "kb correct", document=document.id
        )
        form = await press(stage, stage.eve, begun, ":asks")
        begun = await stage.fill(
            stage.eve, form, questions=f"{ENGLISH}\nWho in Portugal answered?"
        )
        form = await press(stage, stage.eve, begun, ":offer")
        await stage.fill(stage.eve, form, reason="A better question")
        await stage.settled()
        card = stage.seen(stage.ed, stage.here.desk)[-1]
        assert "+ Who in Portugal answered?" in said(card)
        assert f"− pt: {PORTUGUESE}" in said(card) or f"− {PORTUGUESE}" in said(card)
        assert held(stage, card).questions == (
            OwnQuestion("en", ENGLISH),
            OwnQuestion("en", "Who in Portugal answered?"),
        )


async def test_what_is_no_question_is_said_and_nothing_is_proposed_until_it_is_mended(
    house,
):
    stage = house
    async with stage.serving():
        found = await brought_in(stage, stage.eve, "Portugal and no question")
        form = await press(stage, stage.eve, found, ":asks")
        endless = "Who " * 80 + "?"
        found = await stage.fill(
            stage.eve,
            form,
            questions=f"Police used it @everyone\n{endless}\n{ENGLISH}",
        )
        assert "“Police used it @everyone” is no question." in said(found)
        assert f"has {len(endless)} characters; a question takes 300" in said(found)
        assert not [id for id in stage.ids(found) if ":offer" in id]

        form = await press(stage, stage.eve, found, ":asks")
        found = await stage.fill(stage.eve, form, questions="")
        assert "is no question" not in said(found)
        assert [id for id in stage.ids(found) if ":offer" in id]


async def test_another_documents_own_question_is_said_before_it_is_proposed_and_after(
    house,
):
    stage = house
    async with stage.serving():
        first = await brought_in(stage, stage.eve, "Portugal asked once")
        form = await press(stage, stage.eve, first, ":asks")
        first = await stage.fill(stage.eve, form, questions=ENGLISH)
        card = await proposed(stage, stage.eve, first)
        other = held(stage, card)

        stage.later()
        second = await brought_in(stage, stage.eve, "Portugal asked twice")
        form = await press(stage, stage.eve, second, ":asks")
        second = await stage.fill(stage.eve, form, questions=ENGLISH.upper())
        told = f"is asked of {other.id} too, word for word"
        assert told in said(second)
        card = await proposed(stage, stage.eve, second)
        assert told in said(card)
