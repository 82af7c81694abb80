"""What goes wrong between moderators: nothing is lost or done twice, and each is told."""

import asyncio

import pytest

from knowledge.model import Status
from tests.platforms.moderators import (
    brought_in,
    card_code,
    held,
    offered,
    press,
    said,
    tidied,
    told,
    with_moderators,
)
from tests.platforms.shelf import JAPAN

ENDLESS = "a" * 100_000


@pytest.fixture
async def house(stage):
    """Eve and Ed are editors, Cy is a contributor; the desk is the moderators' channel."""
    with_moderators(stage)
    before = {document.id for document in stage.shelf.library.documents()}
    yield stage
    tidied(stage, before)


def unbounded(opened):
    """The form as an altered client has it: its fields take anything."""
    form = opened.modal if hasattr(opened, "modal") else opened.view
    parts = [form.data]
    while parts:
        part = parts.pop()
        if isinstance(part, list):
            parts += part
        elif isinstance(part, dict):
            parts += part.values()
            if "max_length" in part:
                part["max_length"] = 10**6
    return opened


async def test_of_two_who_approve_at_once_one_does_and_the_other_is_told_who(house):
    stage = house
    async with stage.serving():
        card = await offered(stage, stage.cy, "Portugal at once")
        document = held(stage, card)
        # Which of the two an edit of the card answers, a local server cannot know.
        stage.forgive("had no effect")
        (yes,) = [id for id in stage.ids(card) if ":yes." in id]
        await asyncio.gather(
            *(
                who.presses(card, yes, until=stage.ACKNOWLEDGED)
                for who in (stage.eve, stage.ed)
            )
        )

        def words():
            return [
                (name, said(message))
                for name, who in (("eve", stage.eve), ("ed", stage.ed))
                for message in stage.seen(who, stage.here.desk)
                if "Nothing was done now" in said(message)
            ]

        await stage.server.until(lambda: words(), "a word to who came second")
        await stage.settled()
        ((second, word),) = words()
        by = {"eve": "ed", "ed": "eve"}[second]
        assert f"Approved and published by {by}" in word
        assert f"Approved and published by {by}" in said(card)
        assert held(stage, card).status is Status.PUBLISHED
        steps = [e.event.step for e in stage.shelf.library.history(document.id)]
        assert steps == ["propose", "submit", "approve", "publish"]
        await told(stage)
        (news,) = stage.seen(stage.cy, stage.cy.direct)
        assert f"Approved and published by {by}" in said(news)


async def test_what_was_thrown_away_or_rejected_is_told_to_whoever_presses_on(house):
    stage = house
    async with stage.serving():
        found = await brought_in(stage, stage.eve, "Portugal thrown away")
        kept = {verb: find(stage, found, verb) for verb in (":source", ":offer")}
        form = await press(stage, stage.eve, found, ":source")
        await press(stage, stage.eve, found, ":drop")
        late = await stage.fill(stage.eve, form, title="Too late")
        assert "This is not known any more: it was thrown away" in said(late)
        ours = await stage.command(
            stage.eve, stage.here.news, "kb show", document="made-1"
        )
        for code in kept.values():
            late = await stage.forge(stage.eve, ours, code)
            assert "This is not known any more: it was thrown away" in said(late)

        stage.later()
        card = await offered(stage, stage.cy, "Portugal rejected")
        code = card_code(stage, card, "yes")
        form = await press(stage, stage.ed, card, ":no.")
        await stage.fill(stage.ed, form, reason="It is a hoax")
        late = await stage.forge(stage.eve, ours, code)
        assert "Rejected by ed" in said(late)
        assert "Nothing was done now" in said(late)
        assert held(stage, card).status is Status.REJECTED


def find(stage, on, part):
    return next(id for id in stage.ids(on) if part in id)


async def test_a_form_of_a_hundred_thousand_characters_is_told_how_much_it_takes(house):
    stage = house
    before = [d.id for d in stage.shelf.library.documents()]
    told_so = "has 100000 characters; a form takes 4000. Please send it as a file"
    async with stage.serving():
        opened = await stage.command(stage.eve, stage.here.news, "kb add")
        refused = await stage.fill(stage.eve, unbounded(opened), text=ENDLESS)
        assert told_so in said(refused)
        found = await brought_in(stage, stage.eve, "Portugal without end")
        for verb, field in ((":source", "title"), (":asks", "questions")):
            form = await press(stage, stage.eve, found, verb)
            refused = await stage.fill(stage.eve, unbounded(form), **{field: ENDLESS})
            assert told_so in said(refused)
        form = await press(stage, stage.eve, found, ":source")
        found = await stage.fill(stage.eve, form)
        assert "Portugal without end" in said(found)
    assert [d.id for d in stage.shelf.library.documents()] == before


async def test_what_is_retracted_while_an_answer_is_on_its_way_is_marked_in_it(
    house, tmp_path
):
    stage, here = house, house.here
    published = stage.shelf.publish_on_japan(tmp_path)
    stage.shelf.meanwhile = lambda: stage.shelf.retract(published)
    async with stage.serving():
        answer = await stage.ask(here.ben, here.news, JAPAN)
        await told(stage)
        assert "Police in Japan" not in said(answer) or "Retracted on" in said(answer)
        again = await stage.ask(here.ana, here.news, JAPAN)
        assert "Police in Japan" not in said(again)


async def test_a_clock_that_goes_back_loses_and_repeats_nothing_of_a_review(house):
    stage = house
    async with stage.serving():
        card = await offered(stage, stage.cy, "Portugal and its clocks")
        stage.later(days=-3)
        waits = await stage.command(stage.ed, stage.here.news, "kb queue")
        assert "Portugal and its clocks" in said(waits)
        await press(stage, stage.ed, card, ":yes.")
        assert "Approved and published by ed" in said(card)
        assert "From this moment answers can quote it" in said(card)
        asked = await stage.ask(
            stage.here.ben, stage.here.news, "Is Clearview active in Portugal?"
        )
        assert "Police in Portugal" in said(asked)
        await told(stage)
        stage.later(days=3)
        await told(stage)
        (news,) = stage.seen(stage.cy, stage.cy.direct)
        assert "Approved and published by ed" in said(news)
        document = held(stage, card)
        form = await press(
            stage,
            stage.ed,
            await stage.command(
                stage.ed, stage.here.news, "kb retract", document=document.id
            ),
            ":out.",
        )
        stage.later(days=-5)
        await stage.fill(stage.ed, form, reason="The paper took it back")
        await told(stage)
        assert "Retracted on" in said(asked)
        assert stage.shelf.library.verify().ok
