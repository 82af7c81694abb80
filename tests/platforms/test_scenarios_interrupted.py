"""A process ends before it has said a word to a question, or right behind that word.

The same on every transport, wherever people ask. The next process comes at once, or an
hour later; while it was away, others talked on.
"""

import pytest

from knowledge.model import TenantSettings
from tests.platforms.shelf import GREECE, ITALY
from tests.platforms.test_scenarios_ended import away, ending, nothing, passed

__all__ = ["away", "ending"]

INTERRUPTED = "interrupted before it could answer"
QUESTION = "and in Greece?"


async def mentioned(stage, answer):
    del answer
    here = stage.here
    return await stage.mention(here.ben, here.news, GREECE, until=stage.SENT)


async def directly(stage, answer):
    del answer
    return await stage.direct(stage.here.ben, GREECE, until=stage.SENT)


async def in_the_thread(stage, answer):
    return await stage.go_on(stage.here.ben, answer, QUESTION, heeded=False)


def unanswered(stage):
    """A question to which a process says nothing, as it ends."""
    for allowed in ("answer", "acknowledged"):
        stage.forgive(allowed)


def told(stage, said):
    """What was said of an interruption where somebody asked."""
    seen = stage.seen(stage.here.ben, said.channel)
    return [each for each in seen if INTERRUPTED in each.text]


def ends_before_its_next_word(stage):
    """The reception works, and the client delivers nothing of it."""
    hear = stage.client_reception.hear

    async def lost(heard):
        await hear(heard)

    stage.client_reception.hear = lost
    stage.client_reception.delivered = nothing


async def next_process(stage, rounds=2):
    async with stage.serving(all_words=True):
        for _ in range(rounds):
            await stage.tell()
            await stage.settled()


@pytest.mark.parametrize("asks", [mentioned, directly, in_the_thread])
async def test_who_had_no_word_yet_is_told_once_under_their_question(
    ending, away, asks
):
    stage, here = ending, ending.here
    unanswered(stage)
    async with stage.serving(all_words=True):
        answer = await stage.mention(here.ben, here.news, ITALY)
        await stage.settled()
        ends_before_its_next_word(stage)
        said = await asks(stage, answer)
        await stage.settled()
        await stage.chat(here.ana, here.news, "What did the bot say?")
    assert told(stage, said) == []
    passed(stage, away)
    await next_process(stage)
    (card,) = told(stage, said)
    if stage.name == "discord":
        assert card.replies_to == said.message.id
    else:
        assert card.root_ts == said.message.root_ts
    passed(stage, 60)
    await next_process(stage)
    assert len(told(stage, said)) == 1


@pytest.mark.parametrize("text", [GREECE, "hello", "🔥"])
async def test_who_had_a_word_of_any_kind_is_not_told_otherwise(ending, away, text):
    stage, here = ending, ending.here
    async with stage.serving():
        stage.client_reception.delivered = nothing
        said = await stage.mention(here.ben, here.news, text)
        letter = await stage.direct(here.ben, text)
        await stage.chat(here.ana, here.news, "What did the bot say?")
    passed(stage, away)
    await next_process(stage)
    assert told(stage, said) == told(stage, letter) == []
    passed(stage, 3600)
    await next_process(stage)
    assert told(stage, said) == told(stage, letter) == []


async def test_a_process_that_ends_behind_telling_it_is_followed_by_silence(
    ending, away
):
    stage, here = ending, ending.here
    unanswered(stage)
    async with stage.serving():
        ends_before_its_next_word(stage)
        said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
        await stage.settled()
    async with stage.serving():
        stage.client_reception.told = nothing
        await stage.tell()
        await stage.settled()
        assert len(told(stage, said)) == 1
    passed(stage, away)
    await next_process(stage)
    assert len(told(stage, said)) == 1


async def test_who_asked_while_the_platform_took_no_messages_is_told_when_it_does(
    ending,
):
    stage, here = ending, ending.here
    unanswered(stage)
    async with stage.serving():
        stage.storm()
        said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
        await stage.settled()
        stage.calm()
        await stage.tell()
        assert stage.seen(here.ben, here.news) == []
        passed(stage, 600)
        await stage.tell()
        await stage.tell()
    assert len(told(stage, said)) == 1


async def test_what_cannot_be_told_any_more_is_given_up(ending):
    stage, here = ending, ending.here
    unanswered(stage)
    async with stage.serving():
        ends_before_its_next_word(stage)
        said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
        await stage.settled()
    stage.forbid(here.news)
    await next_process(stage, rounds=3)
    assert told(stage, said) == []
    assert await stage.reception().to_tell(here.tenant.platform) == ()


async def test_in_the_language_of_whoever_asked(ending):
    stage, here = ending, ending.here
    unanswered(stage)
    stage.shelf.tenants.set_settings(here.tenant, TenantSettings(language="fr"))
    async with stage.serving():
        ends_before_its_next_word(stage)
        await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
        await stage.settled()
    await next_process(stage)
    (card,) = stage.seen(here.ben, here.news)
    assert "a été interrompu" in card.text
