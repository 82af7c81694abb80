"""A process that ends behind what it sent, before its record of it: nothing is said twice.

The same on every transport. The next process comes at once, or an hour later, when no
platform knows a repetition by itself any more.
"""

import pytest

from knowledge.model import TenantSettings
from tests.platforms.moderators import offered, press
from tests.platforms.shelf import ITALY, JAPAN
from tests.platforms.test_scenarios_moderation import house

__all__ = ["house"]


async def nothing(*_, **__):
    """What a process that is ended does about it."""


@pytest.fixture(params=[0, 3600], ids=["at-once", "an-hour-later"])
def away(request):
    """Seconds until there is another process."""
    return request.param


def passed(stage, seconds):
    stage.later(seconds=seconds)
    stage.server.clock.advance(seconds)


async def told_and_ended(stage):
    """All that is due is sent; that it was is not recorded."""
    stage.client_reception.told = nothing
    await stage.tell()
    await stage.settled()


@pytest.fixture
def ending(stage):
    """A stage that says which reception its bot has."""
    made = stage.reception

    def remembered():
        stage.client_reception = made()
        return stage.client_reception

    stage.reception = remembered
    return stage


async def moderated(stage):
    here = stage.here
    settings = TenantSettings(moderators_channel=here.desk.id)
    stage.shelf.tenants.set_settings(here.tenant, settings)


async def test_a_reader_is_told_once_that_something_is_held(ending, tmp_path, away):
    stage, here = ending, ending.here
    await moderated(stage)
    async with stage.serving():
        refusal = await stage.ask(here.ben, here.news, JAPAN)
        opened = await stage.press(here.ben, refusal, "request")
        await stage.fill(here.ben, opened, text="Has Tokyo bought Clearview?")
        stage.later()
        stage.shelf.publish_on_japan(tmp_path)
        stage.later()
        await told_and_ended(stage)
        assert len(stage.seen(here.ben, here.ben.direct)) == 1
    passed(stage, away)
    async with stage.serving():
        stage.later()
        await stage.tell()
        await stage.tell()
    assert len(stage.seen(here.ben, here.ben.direct)) == 1
    (request,) = stage.shelf.tenants.requests(here.tenant)
    assert request.asker == ""  # told, and known no more


async def test_a_reader_is_told_once_of_each_of_two_reports(ending, away):
    stage, here = ending, ending.here
    await moderated(stage)
    async with stage.serving():
        for _ in range(2):  # the same words will be said of both
            asked = await stage.ask(here.ben, here.news, ITALY)
            opened = await stage.press(here.ben, asked, "wrong")
            await stage.fill(here.ben, opened, kind="other", text="It is not so now")
            stage.later()
        await stage.settled()
        first, second = stage.cards(here.ana, here.desk)
        await stage.press(here.ana, first, "resolve")
        await told_and_ended(stage)
        assert len(stage.seen(here.ben, here.ben.direct)) == 1
        await stage.press(here.ana, second, "resolve")
    passed(stage, away)
    async with stage.serving():
        await stage.tell()
        await stage.tell()
    assert len(stage.seen(here.ben, here.ben.direct)) == 2


async def test_a_card_for_the_moderators_that_nobody_recorded_stands_once(ending, away):
    stage, here = ending, ending.here
    await moderated(stage)
    async with stage.serving():
        asked = await stage.ask(here.ben, here.news, ITALY)
        opened = await stage.press(here.ben, asked, "wrong")
        stage.client_reception.posted = nothing
        await stage.fill(here.ben, opened, kind="other", text="It is not so now")
        await stage.settled()
        assert len(stage.cards(here.ana, here.desk)) == 1
    passed(stage, away)
    async with stage.serving():
        stage.later()
        await stage.tell()
        await stage.tell()
        (card,) = stage.cards(here.ana, here.desk)
        await stage.press(here.ana, card, "resolve")
        assert "It was put right" in card.text
    assert stage.shelf.tenants.reports_unplaced() == ()


async def test_a_review_that_nobody_recorded_stands_once_and_its_proposer_hears_once(
    house, ending, away
):
    stage, here = house, house.here
    async with stage.serving():
        stage.client_reception.posted = nothing
        card = await offered(stage, stage.eve, "Portugal once")
        before = len(stage.seen(stage.ed, here.desk))
    passed(stage, away)
    async with stage.serving():
        stage.later()
        for _ in range(3):
            await stage.tell()
        assert len(stage.seen(stage.ed, here.desk)) == before
        await press(stage, stage.ed, card, ":yes.")
        await stage.tell()  # the card shows it; then its proposer hears of it
        await told_and_ended(stage)
        assert "Approved and published by ed" in card.text
        assert len(stage.seen(stage.eve, stage.eve.direct)) == 1
    passed(stage, away)
    async with stage.serving():
        for _ in range(3):
            await stage.tell()
    assert len(stage.seen(stage.eve, stage.eve.direct)) == 1
