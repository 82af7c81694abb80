"""What people do reaches the bot in another order than they did it, on every transport."""

import asyncio

from bot.reception import Reception
from tests.platforms.shelf import GREECE, ITALY

HELD = "police of Rome"
FINED = "The authority of Greece"
LEANING = "and in Greece?"


class Hesitating(Reception):
    """Hears that its answers stand, and takes note of it only once it may."""

    heard: asyncio.Event
    may: asyncio.Event

    async def posted(self, key, where):
        self.heard.set()
        await self.may.wait()
        await super().posted(key, where)


async def heard_first(news):
    """At Slack one waits until the bot has heard of it."""
    if news is not None:
        await news


async def follow_up(stage, who, to, *, until=None):
    """Where one goes on at this platform: in the channel, or in the thread of a message."""
    until = until or stage.SENT
    if stage.name == "discord":
        return await stage.mention(who, stage.here.news, LEANING, until=until)
    said = stage.heard(LEANING)
    return await who.replies(to.message, f"@Quis {said}", until=until)


def hesitating(stage):
    """The bot of a scenario, where nothing is noted of where its answers stand."""
    made = stage.reception()
    made.__class__ = Hesitating
    made.heard, made.may = asyncio.Event(), asyncio.Event()
    stage.reception = lambda: made
    return made


async def test_a_follow_up_that_comes_before_what_it_follows_leans_on_nothing_unsaid(
    stage,
):
    here = stage.here
    async with stage.serving():
        stage.keep_waiting()
        before = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
        after = await follow_up(stage, here.ben, before)
        other = await stage.mention(here.ana, here.news, GREECE, until=stage.SENT)
        for deliver, said in zip(
            reversed(await stage.let_go(3)), (other, after, before), strict=True
        ):
            deliver()
            await said.answered()
        assert FINED in other.text
        assert HELD not in after.text
        assert HELD in before.text
        # Now it was said, whenever it came.
        assert [len(each.shown) for each in (before, after, other)] == [1] * 3
        again = await follow_up(stage, here.ben, before, until=stage.ACKNOWLEDGED)
        await again.answered()
        assert FINED in again.text


async def test_a_message_of_whose_deletion_is_heard_first_disturbs_nobody(stage):
    here = stage.here
    async with stage.serving():
        stage.keep_waiting()
        said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
        await heard_first(here.ben.deletes(said))
        (deliver,) = await stage.let_go(1)
        deliver()
        if (
            stage.name == "discord"
        ):  # it stands there all the same, and replies to nothing
            await stage.server.until(lambda: stage.seen(here.ana, here.news), "it")
        await stage.settled()
        asked = await stage.mention(here.ana, here.desk, GREECE)
        assert FINED in asked.text
    for allowed in ("has no answer", "no message with the thread_ts"):
        stage.forgive(allowed)


async def test_a_message_of_whose_edit_is_heard_first_is_answered_once(stage):
    here = stage.here
    async with stage.serving():
        stage.keep_waiting()
        said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
        await heard_first(here.ben.edits(said, f"@Quis {GREECE}"))
        (deliver,) = await stage.let_go(1)
        deliver()
        await said.answered()
        assert HELD in said.text or FINED in said.text
        await stage.settled()
        assert len(said.shown) == 1


async def test_what_is_done_about_an_answer_before_it_is_known_to_stand_is_done(
    stage,
):
    """Whoever sees an answer may be quicker than the platform's word on it."""
    here = stage.here
    reception = hesitating(stage)
    async with stage.serving():
        waiting = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
        await stage.server.until(reception.heard.is_set, "the answer to stand")
        pressed = await stage.press(here.ben, waiting, "context")
        assert "The ministry in Italy" in pressed.text
        assert stage.private(pressed)
        reply = await stage.reply(here.ben, waiting, LEANING)
        assert FINED in reply.shown[-1].text
        reception.may.set()
        await stage.settled()
    known = stage.shelf.tenants.posts_showing(documents=["made-1", "made-6"])
    own = [each for each in known if each.tenant == here.tenant]
    assert len(own) == 2
    assert all(each.place for each in own)


async def test_a_press_on_an_answer_that_was_retracted_first_shows_nothing_of_it(
    stage, tmp_path
):
    here = stage.here
    async with stage.serving():
        document = stage.shelf.publish_on_japan(tmp_path)
        asked = await stage.mention(here.ben, here.news, "Is Clearview in Japan?")
        assert "Police in Japan" in asked.text
        stage.shelf.retract(document)
        pressed = await stage.press(here.ben, asked, "context")
        assert "Police in Japan" not in pressed.text
        cited = await stage.press(here.ben, asked, "cite")
        assert "Police in Japan" not in cited.text
