"""A correction reaches every answer already given: real clients, local platforms.

Each test asks, changes what is held, and looks at the message that was given before.
"""

import asyncio
import shutil
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace

import pytest

from bot.catalogue import words
from bot.desk import Desk
from bot.on_discord.client import DiscordClient
from bot.reception import Reception
from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import (
    Actor,
    Hindrance,
    Post,
    Role,
    Step,
    Telling,
    Tenant,
)
from knowledge.ports import Findings
from tests.fakes import FixedClock, WordEmbedder
from tests.platforms.discord_server.clock import Clock
from tests.platforms.discord_server.server import DiscordServer
from tests.platforms.slack_house import MANIFEST, client_for, running
from tests.platforms.slack_server import SlackServer
from tests.platforms.slack_server.messages import Message

ITALY = "Is Clearview active in Italy?"
ANA = Actor("terminal:ana", Role.ADMIN)
WHY = "The paper took it back. <@1> @everyone"


@pytest.fixture
def data(stocked, tmp_path):
    folder = tmp_path / "quis"
    shutil.copytree(stocked, folder)
    return folder


@pytest.fixture
def clock():
    clock = FixedClock()
    clock.advance(hours=1)
    return clock


def opened(data, clock):
    return open_library(
        LibraryConfig(data=data, corpus=None), None, clock, WordEmbedder()
    )


def received(library, clock, faults):
    desk = Desk(library, clock, on_fault=faults.append)
    return Reception(
        desk, library.tenants, library.notices, clock, corrections=library.corrections
    )


def retract(library, tenant, number=0):
    """Take back the document of a quote that the one answer shows; its words."""
    (post,) = _posts(library, tenant)
    evidence = library.recall(post.passages[: post.shown])[number]
    library.step(evidence.document.id, Step.RETRACT, ANA, WHY)
    return evidence


def _posts(library, tenant):
    documents = [each.id for each in library.documents()]
    found = library.tenants.posts_showing(documents=documents)
    return [post for post in found if post.tenant == tenant]


def first_quote(text):
    """Letters alone: each platform escapes the rest in its own way."""
    return "".join(c for c in text if c.isalnum())


# --- Discord ------------------------------------------------------------------------------


@asynccontextmanager
async def discord_running(server, library, clock, data):
    """A process from its start to its end."""
    faults: list[Exception] = []
    reception = received(library, clock, faults)
    client = DiscordClient(
        server.token, reception, words("en"), api=server.api, data=data, tell_every=None
    )
    client.connection._connection.guild_ready_timeout = 0.02
    task = asyncio.create_task(client.run())
    try:
        await server.until(
            lambda: server.gateway.connected or task.done(), "the bot to connect"
        )
        await asyncio.wait_for(client.connection.wait_until_ready(), 5)
        yield SimpleNamespace(
            client=client,
            reception=reception,
            tell=client.connection.tell_what_is_due,
        )
    finally:
        await client.close()
        with suppress(Exception):
            await task
    assert faults == []


@pytest.fixture
async def discord(data, clock):
    async with DiscordServer(patience=60, clock=Clock(stopped=True)) as server:
        guild = server.guild("Newsroom")

        @asynccontextmanager
        async def process():
            with opened(data, clock) as library:
                async with discord_running(server, library, clock, data) as it:
                    yield SimpleNamespace(library=library, **vars(it))

        yield SimpleNamespace(
            server=server,
            tenant=Tenant("discord", guild.id),
            guild=guild,
            general=server.channel(guild, "general"),
            ana=server.member(guild, "ana"),
            process=process,
        )
        server.forgive("has no answer")
        assert server.broken_rules() == []


def under(person, channel, message):
    """The replies to a message that somebody sees."""
    return [m for m in person.sees(channel) if m.replies_to == message.id]


async def ask_and_retract(discord, process, number=0):
    asked = await discord.ana.slash(discord.general, "ask", question=ITALY)
    before = asked.answer.text
    await discord.server.until(
        lambda: _placed(process.library, discord.tenant), "it to be recorded"
    )
    evidence = retract(process.library, discord.tenant, number)
    return asked.answer, before, evidence


def _placed(library, tenant):
    return any(post.place for post in _posts(library, tenant))


async def test_a_retraction_marks_the_earlier_answer_at_discord_once(discord):
    async with discord.process() as here:
        answer, before, evidence = await ask_and_retract(discord, here)
        assert "~~" not in before
        for _ in range(4):
            await here.tell()
        assert "~~" in answer.text
        assert "Retracted on" in answer.text
        assert "The paper took it back." in answer.text
        assert first_quote(evidence.text) in first_quote(answer.text)
        (reply,) = under(discord.ana, discord.general, answer)
        assert "Retracted on" in reply.text
        assert reply.notified == answer.notified == []
        pressed = await discord.ana.presses(answer, "Why these?")
        assert pressed.ephemeral
        report = here.library.corrections.report()
        assert report.told == {"discord": 1}
        assert report.due == {}


async def test_it_is_edited_as_a_channel_message_where_the_token_is_over(discord):
    async with discord.process() as here:
        answer, _, _ = await ask_and_retract(discord, here)
    discord.server.clock.advance(16 * 60)
    async with discord.process() as here:
        await here.tell()
        await here.tell()
        assert "~~" in answer.text
        assert len(under(discord.ana, discord.general, answer)) == 1


async def test_killed_between_any_two_steps_at_discord_all_is_done_once(discord):
    async with discord.process() as here:
        answer, _, _ = await ask_and_retract(discord, here)
    async with discord.process() as here:  # handed out, and not edited
        assert await here.reception.to_tell("discord")
    async with discord.process() as here:  # edited, and not noted
        here.reception.told = _forgetful
        await here.tell()
        assert "~~" in answer.text
        assert under(discord.ana, discord.general, answer) == []
    async with discord.process() as here:  # noted; the reply was handed out, no more
        await here.tell()
        assert await here.reception.to_tell("discord")
        assert under(discord.ana, discord.general, answer) == []
    async with discord.process() as here:  # replied to, and not noted
        here.reception.told = _forgetful
        await here.tell()
        assert len(under(discord.ana, discord.general, answer)) == 1
    for _ in range(2):
        async with discord.process() as here:
            await here.tell()
            assert len(under(discord.ana, discord.general, answer)) == 1
    assert answer.text.count("Retracted on") == 1


async def _forgetful(notice, where=None):
    """A process that ends before it has noted anything."""


async def test_a_lost_answer_to_a_reply_is_no_second_reply(discord):
    async with discord.process() as here:
        answer, _, _ = await ask_and_retract(discord, here)
        await here.tell()
        discord.server.faults.lose_answer("POST", "/channels/*/messages", times=1)
        await here.tell()
        await here.tell()
        assert len(under(discord.ana, discord.general, answer)) == 1


async def test_a_reply_among_many_messages_at_discord_is_not_given_twice(discord):
    async with discord.process() as here:
        answer, _, _ = await ask_and_retract(discord, here)
        await here.tell()
    await _much_is_said(discord)
    async with discord.process() as here:
        here.reception.told = _forgetful
        await here.tell()
    discord.server.clock.advance(16 * 60)  # Discord knows no nonce for so long
    await _much_is_said(discord)
    async with discord.process() as here:
        for _ in range(2):
            await here.tell()
        assert len(under(discord.ana, discord.general, answer)) == 1
        assert tally(here.library) == (0, 1)


async def _much_is_said(discord, times=220):
    for number in range(times):
        await discord.ana.says(discord.general, f"something else, {number}")


async def test_a_reply_with_a_thousand_messages_behind_it_is_not_given_twice(
    discord, clock
):
    together(discord.server.clock, clock)
    async with discord.process() as here:
        answer, _, _ = await ask_and_retract(discord, here)
        await here.tell()
    async with discord.process() as here:
        here.reception.told = _forgetful
        await here.tell()
    for each in (clock, discord.server.clock):
        each.advance(seconds=60 * 60)
    await _much_is_said(discord, 1050)
    async with discord.process() as here:
        for _ in range(2):
            await here.tell()
        assert len(under(discord.ana, discord.general, answer)) == 1
        assert tally(here.library) == (0, 1)


def together(server, clock):
    """A platform's clock, and the bot's, show the same, as they about do in the world."""
    server.advance((clock.now() - server.now()).total_seconds())


async def test_an_edit_that_is_made_and_not_noted_is_not_made_again(discord):
    async with discord.process() as here:
        answer, _, _ = await ask_and_retract(discord, here)
        here.reception.told = _forgetful
        await here.tell()
        assert len(answer.earlier) == 1
    async with discord.process() as here:
        for _ in range(3):
            await here.tell()
        assert len(answer.earlier) == 1
        assert len(under(discord.ana, discord.general, answer)) == 1
        assert tally(here.library) == (0, 1)


async def test_an_edit_that_was_begun_and_never_made_is_made(discord):
    async with discord.process() as here:
        answer, _, _ = await ask_and_retract(discord, here)
        (notice,) = await here.reception.to_tell("discord")
        assert await here.reception.take(notice.id)
    async with discord.process() as here:
        for _ in range(2):
            await here.tell()
        assert "~~" in answer.text
        assert tally(here.library) == (0, 1)


@pytest.mark.parametrize("gone", ["message", "channel"])
async def test_a_message_or_channel_of_discord_that_is_gone_is_given_up(discord, gone):
    async with discord.process() as here:
        answer, _, _ = await ask_and_retract(discord, here)
        if gone == "message":
            discord.server.delete_message(answer)
        else:
            discord.server.delete_channel(discord.general)
        await here.tell()
        await here.tell()
        report = here.library.corrections.report()
        assert report.given_up == {"discord": {Hindrance.GONE: 1}}
        assert report.due == report.told == {}


async def test_a_contradiction_published_later_is_flagged_and_nothing_struck(discord):
    async with discord.process() as here:
        asked = await discord.ana.slash(discord.general, "ask", question=ITALY)
        await discord.server.until(
            lambda: _placed(here.library, discord.tenant), "it to be recorded"
        )
        (post,) = _posts(here.library, discord.tenant)
        shown = here.library.recall(post.passages)[0]
        _contradict(here.library, shown.document.id)
        await here.tell()
        await here.tell()
        answer = asked.answer
        assert "~~" not in answer.text
        assert "Contradicted since" in answer.text
        assert "A denial" in answer.text
        assert first_quote(shown.text) in first_quote(answer.text)
        (reply,) = under(discord.ana, discord.general, answer)
        assert "A denial" in reply.text


def _contradict(library, document):
    findings = Findings(
        origin="denial",
        body="Clearview AI says that it has no customer in Italy. It never had one.",
        metadata={
            "id": "denial",
            "title": "A denial",
            "publisher": "The Company",
            "url": "https://company.example/denial",
            "published_on": "2026-11-01",
            "kind": "company-statement",
            "form": "source",
            "language": "en",
            "contradicts": [document],
        },
    )
    library.add(findings, {}, ANA, publish=True)


def tally(library):
    found = library.corrections.report()
    return sum(found.due.values()), sum(found.told.values())


# --- Slack --------------------------------------------------------------------------------


@pytest.fixture
async def slack(data, clock):
    async with SlackServer(manifest=MANIFEST, patience=60) as server:
        newsroom = server.workspace("Newsroom")

        @asynccontextmanager
        async def process():
            faults: list[Exception] = []
            with opened(data, clock) as library:
                reception = received(library, clock, faults)
                client = client_for(server, newsroom, reception)

                async def tell():
                    with server.of_its_own_accord():
                        await client.tell_once()

                async with running(client):
                    yield SimpleNamespace(
                        library=library, reception=reception, client=client, tell=tell
                    )
                    await server.settled()
            assert faults == []

        yield SimpleNamespace(
            server=server,
            tenant=Tenant("slack", newsroom.id),
            newsroom=newsroom,
            general=server.channel(newsroom, "general"),
            ana=server.member(newsroom, "ana"),
            process=process,
        )


async def slack_asked(slack, here):
    asked = await slack.ana.says(slack.general, f"@Quis {ITALY}")
    await slack.server.until(
        lambda: _placed(here.library, slack.tenant), "it to be recorded"
    )
    return asked.answer


def thread(slack, answer):
    """What the bot said in the answer's thread behind it."""
    mailroom = slack.server.mailroom
    found = mailroom.thread(slack.general, answer.root_ts)
    return [m for m in found if m.user.bot and m.ts > answer.ts]


def strikes(message):
    return '"strike": true' in str(message.blocks).replace("'", '"').replace(
        "True", "true"
    )


async def test_a_retraction_marks_the_earlier_answer_at_slack_once(slack):
    async with slack.process() as here:
        answer = await slack_asked(slack, here)
        assert not strikes(answer)
        evidence = retract(here.library, slack.tenant)
        for _ in range(4):
            await here.tell()
        assert strikes(answer)
        assert "The paper took it back." in answer.text
        assert first_quote(evidence.text) in first_quote(answer.text)
        (reply,) = thread(slack, answer)
        assert "Retracted on" in reply.text
        assert tally(here.library) == (0, 1)
    assert slack.server.broken_rules() == []


async def test_killed_between_any_two_steps_at_slack_all_is_done_once(slack):
    async with slack.process() as here:
        answer = await slack_asked(slack, here)
        retract(here.library, slack.tenant)
    async with slack.process() as here:
        assert await here.reception.to_tell("slack")
    async with slack.process() as here:
        here.reception.told = _forgetful
        await here.tell()
        assert strikes(answer)
    async with slack.process() as here:
        await here.tell()
        assert await here.reception.to_tell("slack")
        assert thread(slack, answer) == []
    async with slack.process() as here:
        here.reception.told = _forgetful
        await here.tell()
        assert len(thread(slack, answer)) == 1
    for _ in range(2):
        async with slack.process() as here:
            await here.tell()
            assert len(thread(slack, answer)) == 1
            assert tally(here.library) == (0, 1)


async def test_who_was_answered_hears_no_other_word_where_the_answer_is_corrected_first(
    slack,
):
    async with slack.process() as here:
        here.reception.delivered = _forgetful
        answer = await slack_asked(slack, here)
        retract(here.library, slack.tenant)
        here.reception.told = _forgetful
        await here.tell()
        assert strikes(answer)
    async with slack.process() as here:
        assert any(each.unanswered for each in await here.reception.to_tell("slack"))
        await here.tell()
        assert not any(
            each.unanswered for each in await here.reception.to_tell("slack")
        )
        assert not any("Interrupted" in each.text for each in thread(slack, answer))


def told(slack, answer):
    """How often; the first that is said may still be heard by the process that ends."""
    return sum("has changed since" in each.text for each in thread(slack, answer))


async def test_a_reply_in_a_long_thread_of_slack_is_not_given_twice(slack):
    async with slack.process() as here:
        answer = await slack_asked(slack, here)
        retract(here.library, slack.tenant)
        await here.tell()
    _much_is_said_at_slack(slack, answer, 220)
    async with slack.process() as here:
        here.reception.told = _forgetful
        await here.tell()
        assert told(slack, answer) == 1
    async with slack.process() as here:
        for _ in range(2):
            await here.tell()
        assert told(slack, answer) == 1
        assert tally(here.library) == (0, 1)


async def test_a_reply_behind_a_thousand_others_in_a_thread_is_not_given_twice(
    slack, clock
):
    together(slack.server.clock, clock)
    async with slack.process() as here:
        answer = await slack_asked(slack, here)
        retract(here.library, slack.tenant)
        await here.tell()
    _much_is_said_at_slack(slack, answer, 1050)
    for each in (clock, slack.server.clock):
        each.advance(seconds=60 * 60)
    async with slack.process() as here:
        here.reception.told = _forgetful
        await here.tell()
        assert told(slack, answer) == 1
    async with slack.process() as here:
        for _ in range(2):
            await here.tell()
        assert told(slack, answer) == 1
        assert tally(here.library) == (0, 1)


def _much_is_said_at_slack(slack, answer, times):
    """While nobody hears it."""
    server, user = slack.server, slack.ana.user
    for number in range(times):
        wire = {
            "type": "message",
            "user": user.id,
            "text": f"something else, {number}",
            "ts": server.world.new_ts(),
            "thread_ts": answer.root_ts,
        }
        server.mailroom.add(Message(channel=slack.general, user=user, wire=wire))


async def test_an_edit_at_slack_that_is_made_and_not_noted_is_not_made_again(slack):
    async with slack.process() as here:
        answer = await slack_asked(slack, here)
        retract(here.library, slack.tenant)
        here.reception.told = _forgetful
        await here.tell()
        assert len(answer.edits) == 1
    async with slack.process() as here:
        for _ in range(3):
            await here.tell()
        assert len(answer.edits) == 1
        assert len(thread(slack, answer)) == 1
        assert tally(here.library) == (0, 1)


async def test_an_edit_at_slack_that_was_begun_and_never_made_is_made(slack):
    async with slack.process() as here:
        answer = await slack_asked(slack, here)
        retract(here.library, slack.tenant)
        (notice,) = await here.reception.to_tell("slack")
        assert await here.reception.take(notice.id)
    async with slack.process() as here:
        for _ in range(2):
            await here.tell()
        assert strikes(answer)
        assert tally(here.library) == (0, 1)


@pytest.mark.parametrize("error", ["message_not_found", "channel_not_found"])
async def test_a_message_or_channel_of_slack_that_is_gone_is_given_up(slack, error):
    async with slack.process() as here:
        await slack_asked(slack, here)
        retract(here.library, slack.tenant)
        slack.server.faults.fail("chat.update", error)
        await here.tell()
        await here.tell()
        report = here.library.corrections.report()
        assert report.given_up == {"slack": {Hindrance.GONE: 1}}


async def test_where_slack_allows_no_edits_the_reply_still_says_it(slack):
    async with slack.process() as here:
        answer = await slack_asked(slack, here)
        retract(here.library, slack.tenant)
        slack.server.faults.fail("chat.update", "edit_window_closed")
        await here.tell()
        await here.tell()
        assert len(thread(slack, answer)) == 1


async def test_where_nothing_can_be_said_under_it_the_report_says_so(slack):
    async with slack.process() as here:
        answer = await slack_asked(slack, here)
        retract(here.library, slack.tenant)
        await here.tell()
        slack.server.faults.fail("chat.postMessage", "restricted_action")
        await here.tell()
        assert strikes(answer)
        report = here.library.corrections.report()
        assert report.told == report.silent == {"slack": 1}


async def test_private_answers_are_counted_and_nobody_is_written_to(slack):
    async with slack.process() as here:
        await slack_asked(slack, here)
        (post,) = _posts(here.library, slack.tenant)
        private = Post(
            key="private",
            tenant=post.tenant,
            channel=post.channel,
            at=post.at,
            language="en",
            owner="h",
            private=True,
            passages=post.passages,
            shown=post.shown,
        )
        here.library.tenants.add_post(private)
        retract(_only(here.library, post), slack.tenant)
        for _ in range(3):
            await here.tell()
        report = here.library.corrections.report()
        assert report.told == {"slack": 1}
        assert report.given_up == {"slack": {Hindrance.PRIVATE: 1}}
        (marking,) = here.library.corrections._markings.of("private")
        assert marking.state is Telling.GIVEN_UP


def _only(library, post):
    """The library, of which one post is seen."""
    found = SimpleNamespace(posts_showing=lambda documents: [post])
    return SimpleNamespace(
        documents=library.documents,
        tenants=found,
        recall=library.recall,
        step=library.step,
    )
