"""The older assistant view, late forms and notices whose answer is lost, at Slack."""

import asyncio
import copy
from dataclasses import replace

import pytest

from bot.cards import Action, Form
from bot.on_slack.client import TokenRefused
from bot.reception.messages import Press, Reply, ToTell, Visibility
from knowledge.model import Tenant
from tests.platforms.slack_house import (
    MANIFEST,
    Scripted,
    answer,
    button,
    client_for,
    public,
    running,
)
from tests.platforms.slack_server import SlackServer

FORM = Form(id="quis:wrong:k:", title="Something wrong?", submit="Send", fields=())


def of_before():
    """The manifest of an app that was made before the agent view."""
    manifest = copy.deepcopy(MANIFEST)
    view = manifest["features"].pop("agent_view")
    manifest["features"]["assistant_view"] = {
        "assistant_description": view["agent_description"]
    }
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    events += ["assistant_thread_started", "assistant_thread_context_changed"]
    return manifest


@pytest.fixture
async def older():
    """A workspace with ana in it, whose app has the older view."""
    async with SlackServer(manifest=of_before()) as server:
        newsroom, reception = server.workspace("Newsroom"), Scripted()
        server.channel(newsroom, "general")
        ana = server.member(newsroom, "ana", locale="it-IT")
        async with running(client_for(server, newsroom, reception)):
            yield server, ana, reception
            await server.settled()
        assert server.broken_rules() == []


async def test_the_older_assistant_suggests_questions_in_its_thread(older):
    server, ana, reception = older
    opened = await ana.starts_assistant_thread()
    assert "Clearview" in opened.prompts[0]["message"]
    assert reception.got == []
    (call,) = server.calls("assistant.threads.setSuggestedPrompts")
    assert call["thread_ts"] == opened.pressed.ts


async def test_the_older_assistant_answers_in_its_thread_and_says_that_it_reads(older):
    server, ana, reception = older
    opened = await ana.starts_assistant_thread()
    asked = await ana.dm("Is Clearview active in Italy?", thread=opened)
    assert asked.answer.thread_ts == opened.pressed.ts
    (status,) = server.calls("assistant.threads.setStatus")
    assert status["thread_ts"] == opened.pressed.ts
    assert status["status"]
    (heard,) = reception.got
    assert heard.caller.direct
    assert heard.caller.locale == "it-IT"


async def test_what_somebody_looks_at_beside_the_assistant_changes_nothing(older):
    server, ana, reception = older
    opened = await ana.starts_assistant_thread()
    await ana.looks_at_another_channel(opened)
    await server.settled()
    assert len(server.calls("assistant.threads.setSuggestedPrompts")) == 1
    assert reception.got == []


async def test_where_the_assistant_is_switched_off_a_question_still_is_answered(older):
    _, ana, _ = older
    ana.user.workspace.agent_features = False
    asked = await ana.dm("Is Clearview active in Italy?")
    assert "Words." in asked.text


# --- forms ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", ["expired_trigger_id", "trigger_expired", "exchanged_trigger_id"]
)
async def test_a_form_that_slack_opens_no_more_is_one_polite_word(error):
    def says(came):
        if isinstance(came, Press):
            return Reply(card=None, visibility=Visibility.FORM, form=FORM)
        return public(answer("Words.", button(Action.WRONG, "Something wrong?")))

    async with SlackServer(manifest=MANIFEST) as server:
        newsroom = server.workspace("Newsroom")
        general, ana = server.channel(newsroom, "g"), server.member(newsroom, "ana")
        async with running(client_for(server, newsroom, Scripted(says))):
            asked = await ana.says(general, "@Quis Clearview in Italy?")
            server.faults.fail("views.open", error)
            pressed = await ana.presses(asked, "Something wrong?")
            assert pressed.ephemeral
            assert "The form is ready" in pressed.text
            await server.settled()
        assert server.broken_rules() == []


# --- tokens ---------------------------------------------------------------------------


async def test_an_app_token_that_is_refused_meanwhile_ends_it():
    async with SlackServer(manifest=MANIFEST) as server:
        newsroom = server.workspace("Newsroom")
        client = client_for(server, newsroom, Scripted())
        ended = asyncio.create_task(client.run())
        await client.ready.wait()
        server.faults.fail("apps.connections.open", "invalid_auth", times=99)
        server.sockets.drop()
        with pytest.raises(TokenRefused, match="invalid_auth"):
            await asyncio.wait_for(ended, 40)
        await client.close()


# --- notices --------------------------------------------------------------------------


async def test_a_direct_notice_whose_answer_is_lost_stands_once():
    async with SlackServer(manifest=MANIFEST) as server:
        newsroom, reception = server.workspace("Newsroom"), Scripted()
        ben = server.member(newsroom, "ben")
        tenant = Tenant("slack", newsroom.id)
        reception.due = [
            ToTell(id="7", tenant=tenant, card=answer("Held."), user=ben.user.id)
        ]
        client = client_for(server, newsroom, reception)
        async with running(client):
            with server.of_its_own_accord():
                server.faults.lose_answer("chat.postMessage")
                await client.tell_once()
                # Killed before it was noted: another process tells it anew.
                reception.done.clear()
                reception.due = [replace(each, again=True) for each in reception.due]
                await client.tell_once()
                await server.settled()
        notices = [m for m in server.mailroom.everything if "Held." in m.text]
        assert len(notices) == 1
        (place,) = [where for _, where in reception.done]
        assert place
        assert place.message == notices[0].ts
        assert server.broken_rules() == []
