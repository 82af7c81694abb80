"""Each way to ask and each button, the same on every transport."""

from tests.platforms.shelf import GREECE, ITALY, JAPAN
import pytest


# --- ways to ask --------------------------------------------------------------------------


async def test_a_command_is_answered_for_all_and_a_refusal_for_its_asker(stage):
    news, ben = stage.here.news, stage.here.ben
    async with stage.serving():
        answer = await stage.ask(ben, news, ITALY)
        refusal = await stage.ask(ben, news, JAPAN)
    assert not stage.private(answer)
    assert "police of Rome" in answer.text
    assert "2 March 2026" in answer.text
    assert stage.private(refusal)
    assert "does not mean that it is not used there" in refusal.text
    assert "paper.example" not in refusal.text
    assert [m.text for m in stage.seen(stage.here.ana, news)] == [answer.text]


async def test_a_mention_and_a_direct_message_are_answered_in_their_place(stage):
    news, ben = stage.here.news, stage.here.ben
    async with stage.serving():
        for question, words in ((ITALY, "police of Rome"), (JAPAN, "does not mean")):
            asked = await stage.mention(ben, news, question)
            assert words in asked.text
            asked = await stage.direct(ben, question)
            assert words in asked.text
    assert len(stage.seen(stage.here.ana, news)) == 2
