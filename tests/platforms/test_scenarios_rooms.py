"""Private rooms, with the bot let in and without, the same on every transport."""

from tests.platforms.shelf import GREECE, ITALY, JAPAN
from tests.platforms.transports import FIRST_WORD

HELD = "police of Rome"


async def test_in_a_private_room_that_it_was_let_into_it_serves_as_anywhere(stage):
    here = stage.here
    room = stage.private_room("quiet", here.ana, here.ben, has_bot=True)
    async with stage.serving():
        asked = await stage.mention(here.ben, room, ITALY)
        assert HELD in asked.text
        more = await stage.reply(here.ben, asked, "and in Greece?")
        assert "The authority of Greece" in more.text
        pressed = await stage.press(here.ana, asked, "context")
        assert "The ministry in Italy" in pressed.text
        assert stage.private(pressed)
        by_command = await stage.ask(here.ana, room, GREECE)
        assert not stage.private(by_command)


async def test_into_a_private_room_without_it_a_command_brings_its_answer(stage):
    """Nobody let it in: it can answer what is said to it by command, and no more."""
    here = stage.here
    room = stage.private_room("shut", here.ana, here.ben, has_bot=False)
    async with stage.serving():
        asked = await stage.ask(here.ben, room, ITALY)
        assert HELD in asked.text
        assert not stage.private(asked)
        pressed = await stage.press(here.ana, asked, "context")
        assert "The ministry in Italy" in pressed.text
        refused = await stage.ask(here.ben, room, JAPAN)
        assert stage.private(refused)
        assert "Clearview AI" in refused.text
        helped = await stage.command(here.ben, room, "help")
        assert stage.private(helped)


async def test_an_answer_is_deleted_where_the_bot_may_not_look(stage):
    here = stage.here
    room = stage.private_room("shut", here.ana, here.ben, has_bot=False)
    async with stage.serving():
        asked = await stage.ask(here.ben, room, ITALY)
        (message,) = stage.seen(here.ana, room)
        stage.forgive("has no answer")
        await here.ben.presses(message, stage.id_of(asked, "delete"), until=stage.SENT)
        await stage.server.until(
            lambda: not [m for m in stage.seen(here.ana, room) if HELD in m.text],
            "it to go",
        )
        await stage.settled()


async def test_moderators_meet_in_private_where_it_was_let_in(stage):
    here = stage.here
    desk = stage.private_room("vetting", here.ana, has_bot=True)
    shut = stage.private_room("cabinet", here.ana, has_bot=False)
    async with stage.serving():
        told = await stage.command(
            here.ana, here.news, "settings moderators", channel=shut
        )
        assert "The moderators hear nothing" in told.text
        await stage.command(here.ana, here.news, "settings moderators", channel=desk)
        (word,) = stage.seen(here.ana, desk)
        assert FIRST_WORD in word.text
        asked = await stage.ask(here.ben, here.news, ITALY)
        opened = await stage.press(here.ben, asked, "wrong")
        sent = await stage.fill(here.ben, opened, kind="other", text="It is not so now")
        assert stage.private(sent)
        (card,) = stage.cards(here.ana, desk)
        assert "It is not so now" in card.text
