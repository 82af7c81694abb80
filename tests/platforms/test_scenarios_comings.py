"""Places that are lost and found again, the same on every transport: channels, servers, threads."""

import pytest

from bot.catalogue import words
from tests.platforms.shelf import GREECE, ITALY, JAPAN
from tests.platforms.transports import FIRST_WORD

HELD = "police of Rome"
HEAR_NOTHING = "The moderators hear nothing"


async def set_desk(stage, room):
    here = stage.here
    return await stage.command(here.ana, here.news, "settings moderators", channel=room)


# --- the moderators' channel --------------------------------------------------------------


async def test_a_channel_that_is_named_is_tried_at_once(stage):
    here = stage.here
    shut = stage.room("shut")
    stage.forbid(shut)
    async with stage.serving():
        saved = await set_desk(stage, here.desk)
        assert "The setting was changed" in saved.text
        (word,) = stage.seen(here.ana, here.desk)
        assert FIRST_WORD in word.text
        told = await set_desk(stage, shut)
        assert HEAR_NOTHING in told.text
        assert stage.private(told)
    assert stage.shelf.tenants.settings(here.tenant).moderators_lost


async def test_what_the_moderators_cannot_see_is_kept_and_reaches_their_next_channel(
    stage,
):
    here = stage.here
    async with stage.serving():
        await set_desk(stage, here.desk)
        asked = await stage.ask(here.ben, here.news, ITALY)
        refused = await stage.ask(here.ben, here.news, JAPAN)
        wrong = await stage.press(here.ben, asked, "wrong")
        stage.server.delete_channel(here.desk)
        sent = await stage.fill(here.ben, wrong, kind="other", text="It is not so now")
        assert "It is kept" in sent.text
        assert stage.private(sent)
        request = await stage.press(here.ben, refused, "request")
        # It is no secret to whoever can mend it, and no reader's business.
        reader = await stage.press(here.ben, asked, "context")
        assert HEAR_NOTHING not in reader.text
        pressed = await stage.press(here.ana, asked, "context")
        assert HEAR_NOTHING in pressed.text
        again = await stage.press(here.ana, asked, "context")
        assert HEAR_NOTHING not in again.text
        shown = await stage.command(here.ana, here.news, "settings show")
        assert "nothing can be posted there" in shown.text
    async with stage.serving():
        sent = await stage.fill(here.ben, request, text="Has Tokyo bought Clearview?")
        assert "It is kept" in sent.text
        await stage.tell()
        desk = stage.room("new-desk")
        await set_desk(stage, desk)
        await stage.tell()
        stage.later()
        await stage.tell()
        found = stage.cards(here.ana, desk)
        assert len(found) == 2
        assert "It is not so now" in found[0].text
        assert "Has Tokyo bought Clearview?" in found[1].text
        await stage.press(here.ana, found[0], "resolve")
        assert "It was put right" in found[0].text


# --- places that come and go --------------------------------------------------------------


async def test_what_removed_the_bot_while_it_was_away_is_wiped_and_nothing_else(stage):
    here, there = stage.here, stage.there
    tenants = stage.shelf.tenants
    async with stage.serving():
        for site in (here, there):
            await stage.command(site.ana, site.news, "settings language", language="fr")
            await stage.ask(site.ben, site.news, GREECE)
            await stage.direct(site.ben, GREECE)
    stage.leave()
    async with stage.serving():
        await stage.server.until(
            lambda: here.tenant not in tenants.known(here.tenant.platform), "a wipe"
        )
    assert there.tenant in tenants.known(there.tenant.platform)
    assert tenants.settings(there.tenant).language == "fr"


@pytest.mark.parametrize("stage", ["slack-socket", "slack-http"], indirect=True)
async def test_a_token_that_is_refused_meanwhile_ends_its_workspace_at_once(stage):
    here, there = stage.here, stage.there
    async with stage.serving():
        stage.revoke()
        await stage.mention(here.ben, here.news, ITALY, until=stage.ACKNOWLEDGED)
        stage.forgive("has no answer")
        assert HELD in (await stage.mention(there.ben, there.news, ITALY)).text
        stage.server.revoke_token(there.place)
        await stage.mention(there.ben, there.news, GREECE, until=stage.ACKNOWLEDGED)
        await stage.server.until(lambda: stage.over, "the bot to end")
    assert isinstance(stage.ended, PermissionError)


@pytest.mark.parametrize("stage", ["slack-socket", "slack-http"], indirect=True)
async def test_who_opens_the_app_first_is_welcomed_once_a_workspace(stage):
    here = stage.here
    welcome = words("en")("welcome.title")
    async with stage.serving():
        await here.ana.opens_home()
        assert welcome in here.ana.home.text
        assert "/ask Is Clearview active in Italy?" in here.ana.home.text
        for who in (here.ana, here.ben):
            await who.opens_home()
            assert welcome not in who.home.text


@pytest.mark.parametrize("stage", ["discord"], indirect=True)
async def test_a_server_that_invites_the_bot_is_greeted_once_where_it_may_write(stage):
    server = stage.server
    async with stage.serving():
        for name, shut in (("Open", False), ("Shut", True), ("Mute", None)):
            guild = server.guild(name, has_bot=False, locale="it")
            hall = server.channel(guild, "hall")
            owner = server.member(guild, "olga", permissions="manage_guild")
            if shut:
                server.permit(hall, guild, deny="send_messages")
            server.invite(guild, None if shut is None else hall)
            await stage.settled()
            if shut is False:
                await server.until(lambda o=owner, h=hall: stage.seen(o, h), "a word")
                (word,) = stage.seen(owner, hall)
                assert "Italia" in word.text
                server.invite(guild, hall)
                await stage.settled()
            assert len(stage.seen(owner, hall)) == (shut is False)


# --- threads ------------------------------------------------------------------------------


async def test_after_a_restart_a_thread_goes_on_for_whoever_was_answered_in_it(stage):
    here, news = stage.here, stage.here.news
    async with stage.serving(all_words=True):
        answer = await stage.mention(here.ben, news, ITALY)
        more = await stage.go_on(here.ben, answer, "and in Greece?", heeded=True)
        assert "The authority of Greece" in more.text
    stage.later()
    async with stage.serving(all_words=True):
        more = await stage.go_on(here.ben, answer, "and in Italy?", heeded=True)
        assert HELD in more.text
        aside = await stage.go_on(here.ana, answer, "and in Greece?", heeded=False)
    assert aside.shown == []
