"""The language that was set speaks on every card, on every transport.

Ben's own language is German, the server's French, that of one channel Italian: whoever
set one counts before what somebody's own platform says, for what they alone see too.
"""

import pytest

from bot.catalogue import words
from knowledge.errors import StoreUnavailable
from tests.platforms.shelf import ITALY, JAPAN

BROKEN = StoreUnavailable(where="here", problem="it is locked")


@pytest.fixture(params=["server", "channel", "nobody"])
def said_by(request):
    """Who has set a language where ben is."""
    return request.param


@pytest.fixture
async def spoken(stage, said_by):
    """Call it once the bot serves: sets the languages, and gives ben, his room, the words."""
    here, ben = stage.here, stage.person("benno", language="de")

    async def prepared():
        if said_by != "nobody":
            await stage.command(here.ana, here.news, "settings language", language="fr")
        if said_by == "channel":
            await stage.command(
                here.ana,
                here.news,
                "settings language",
                language="it",
                scope="channel",
            )
        stage.later()
        code = {"server": "fr", "channel": "it", "nobody": "de"}[said_by]
        return ben, here.news, words(code)

    return prepared


async def test_what_cannot_be_done_is_said_in_the_language_that_was_set(stage, spoken):
    async with stage.serving():
        ben, room, said = await spoken()
        with stage.shelf.rebuilding():
            asked = await stage.ask(ben, room, ITALY)
        assert said("error.unavailable") in asked.text
        asked = await stage.ask(ben, room, ITALY)
        stage.later()
        with stage.shelf.breaking(BROKEN):
            for doing in (
                stage.press(ben, asked, "context"),
                stage.command(ben, room, "why"),
                stage.ask(ben, room, JAPAN),
            ):
                assert said("error.unavailable") in (await doing).text
        with stage.shelf.breaking(ZeroDivisionError("nobody foresaw it")):
            pressed = await stage.press(ben, asked, "context")
        assert said("error.unexpected") in pressed.text
        stage.faults.clear()
        forged = await stage.forge(ben, asked, "quis:context:no-such-key:1")
        assert said("notice.expired.text") in forged.text
        settings = await stage.forge(ben, asked, "quis:settings::tenant.answers")
        assert said("notice.not-allowed.title") in settings.text
        stage.later()
        assert said("notice.empty.text") in (await stage.ask(ben, room, "x")).text
        assert said("notice.no-text.text") in (await stage.ask(ben, room, "👍")).text
        many = [(await stage.ask(ben, room, ITALY)).text for _ in range(6)]
        assert said("notice.slow-down.title") in many[-1]


async def test_a_form_speaks_it_and_so_does_one_that_comes_late(stage, spoken):
    here = stage.here
    async with stage.serving():
        ben, room, said = await spoken()
        await stage.command(here.ana, room, "settings moderators", channel=here.desk)
        asked = await stage.ask(ben, room, ITALY)
        stage.later()
        stage.shelf.hold_store()
        pressed = await stage.press(ben, asked, "wrong", until=stage.ACKNOWLEDGED)
        stage.server.clock.advance(4)
        stage.shelf.release()
        await pressed.answered()
        assert said("notice.form-late.text") in pressed.text
        opened = await stage.press(ben, pressed, "wrong")
        assert opened.modal.title == said("form-wrong.title")
        sent = await stage.fill(ben, opened, kind="other", text="It is not so now")
        assert said("done.report-sent.text") in sent.text
