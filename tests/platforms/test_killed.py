"""`quis run` is killed between what it sent and its record of it; the next one goes on."""

import asyncio
import os
import random
import sys
from collections.abc import Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import Actor, Role, Step, TenantSettings
from tests.fakes import WordEmbedder
from tests.platforms.discord_server.server import DiscordServer
from tests.platforms.discord_transport import Discord
from tests.platforms.moderators import brought_in
from tests.platforms.slack_house import MANIFEST
from tests.platforms.slack_server import SlackServer
from tests.platforms.slack_transport import Slack

ROOT = Path(__file__).parents[2]
ITALY = "Is Clearview active in Italy?"
ANA = Actor("terminal:ana", Role.ADMIN)
PATIENCE = 60.0

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGKILL"
)


@dataclass(kw_only=True)
class Stage:
    """A platform, the settings for it, and what is done and seen there."""

    server: Any
    settings: dict[str, str]
    ask: Callable[[], Any]  # gives what has the answer, once it stands
    replies: Callable[[Any], list[Any]]
    loses: Callable[[], object]  # the platform's word on what it has posted
    hears: Callable[[], object]


@asynccontextmanager
async def at_discord():
    async with DiscordServer(patience=PATIENCE) as server:
        guild = server.guild("Newsroom")
        general = server.channel(guild, "general")
        ana = server.member(guild, "ana")

        yield Stage(
            server=server,
            settings={
                "QUIS_DISCORD_TOKEN": server.token,
                "QUIS_DISCORD_API": server.api,
            },
            ask=lambda: ana.slash(general, "ask", question=ITALY),
            replies=lambda answer: [
                m for m in ana.sees(general) if m.replies_to == answer.id
            ],
            loses=lambda: server.faults.lose_answer(
                "POST", "/channels/*/messages", times=9
            ),
            hears=server.faults.clear,
        )


@asynccontextmanager
async def at_slack():
    async with SlackServer(manifest=MANIFEST, patience=PATIENCE) as server:
        newsroom = server.workspace("Newsroom")
        general = server.channel(newsroom, "general")
        ana = server.member(newsroom, "ana")

        def replies(answer):
            found = server.mailroom.thread(general, answer.root_ts)
            return [m for m in found if m.user.bot and m.ts > answer.ts]

        yield Stage(
            server=server,
            settings={
                "QUIS_SLACK_BOT_TOKEN": newsroom.bot_token,
                "QUIS_SLACK_APP_TOKEN": server.app_token,
                "QUIS_SLACK_API": server.api,
            },
            ask=lambda: ana.says(general, f"@Quis {ITALY}"),
            replies=replies,
            loses=lambda: server.faults.lose_answer("chat.postMessage", times=9),
            hears=server.faults.clear,
        )


@asynccontextmanager
async def running(stage, data):
    """`quis run` in a process of its own, until it is killed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.quick", "run"),
        cwd=ROOT,
        env={
            **os.environ,
            "QUIS_DATA": str(data),
            "QUIS_CORPUS": "none",
            **stage.settings,
        },
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await stage.server.connected()
        yield
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@pytest.mark.parametrize("platform", [at_discord, at_slack])
async def test_a_process_that_is_killed_behind_a_reply_leaves_one_reply(
    tmp_path, ten_briefs, platform
):
    data = tmp_path / "quis"
    config = LibraryConfig(data=data, corpus=ten_briefs)
    with open_library(config, None, None, WordEmbedder()) as library:
        library.refresh()
        ids = [each.id for each in library.documents()]
    async with platform() as stage:
        async with running(stage, data):
            asked = await stage.ask()
            with open_library(config, None, None, WordEmbedder()) as library:

                def post():
                    found = library.tenants.posts_showing(documents=ids)
                    return next((each for each in found if each.place), None)

                shown = (await stage.server.until(post, "its record")).passages[0]
                answer = asked.answer
                # What the platform did is not heard of by who is killed.
                stage.loses()
                document = library.resolve(shown.passage).document.id
                library.step(document, Step.RETRACT, ANA, "A hoax.")
                await stage.server.until(lambda: stage.replies(answer), "a reply")
        stage.hears()
        async with running(stage, data):
            with open_library(config, None, None, WordEmbedder()) as library:
                await stage.server.until(
                    lambda: library.corrections.report().told, "it to be recorded"
                )
        assert len(stage.replies(answer)) == 1


def settings_of(stage):
    """What `quis run` is told of the platform of a scenario."""
    found = {"QUIS_KB_FROM": stage._place_of(stage.here)}
    if stage.name == "discord":
        return found | {
            "QUIS_DISCORD_TOKEN": stage.server.token,
            "QUIS_DISCORD_API": stage.server.api,
        }
    return found | {
        "QUIS_SLACK_BOT_TOKEN": stage.here.place.bot_token,
        "QUIS_SLACK_APP_TOKEN": stage.server.app_token,
        "QUIS_SLACK_API": stage.server.api,
    }


def loses(stage):
    """The process hears nothing of what the platform does for it from now on."""
    faults = stage.server.faults
    if stage.name == "discord":
        faults.lose_answer("POST", "/channels/*/messages", times=9)
        faults.lose_answer("PATCH", "/channels/*/messages/*", times=9)
    else:
        faults.lose_answer("chat.postMessage", times=9)
        faults.lose_answer("chat.update", times=9)


@pytest.mark.parametrize("transport", [Discord, Slack])
async def test_a_review_over_which_the_process_is_killed_three_times_ends_once(
    tmp_path, ten_briefs, transport
):
    data = tmp_path / "quis"
    config = LibraryConfig(data=data, corpus=ten_briefs)
    async with transport(None, tmp_path) as stage:
        here, server = stage.here, stage.server
        server.diary.patience = 120.0  # four processes begin, on a busy machine perhaps
        editors = stage.group("editors")
        eve, ed = (stage.person(name, group=editors) for name in ("eve", "ed"))
        with open_library(config, None, None, WordEmbedder()) as library:
            library.refresh()
            settings = TenantSettings(
                moderators_channel=here.desk.id, editors=(editors.id,)
            )
            library.tenants.set_settings(here.tenant, settings)
        stage.settings = settings_of(stage)

        def steps():
            with open_library(config, None, None, WordEmbedder()) as library:
                return [
                    str(line.event.step)
                    for document in library.documents()
                    for line in library.history(document.id)
                    if document.id.startswith("portugal")
                ]

        async with running(stage, data):
            found = await brought_in(stage, eve, "Portugal")
            loses(stage)
            await eve.presses(
                found,
                next(id for id in stage.ids(found) if ":offer" in id),
                until=stage.SENT,
            )
            await server.until(lambda: stage.seen(ed, here.desk), "a review")
        server.faults.clear()
        async with running(stage, data):
            (card,) = stage.seen(ed, here.desk)
            yes = next(id for id in stage.ids(card) if ":yes." in id)
            await ed.presses(card, yes, until=stage.SENT)
            await server.until(lambda: "publish" in steps(), "its publication")
        async with running(stage, data):
            loses(stage)
            await server.until(lambda: stage.seen(eve, eve.direct), "the news")
        server.faults.clear()
        async with running(stage, data):
            with open_library(config, None, None, WordEmbedder()) as library:
                await server.until(
                    lambda: not library.reviews.decided(here.tenant.platform),
                    "all to be told",
                )
        assert steps() == ["propose", "submit", "approve", "publish"]
        assert len(stage.seen(eve, eve.direct)) == 1
        assert len(stage.seen(ed, here.desk)) == 1
        for allowed in ("acknowledged", "no effect", "answer"):
            stage.forgive(allowed)
        assert server.broken_rules() == []


def delivered_again(stage, said):
    """To a process that never saw it; without waiting for what went to the killed one."""
    if stage.name == "discord":
        stage.server.gateway.repeat_of("MESSAGE_CREATE", said.message.id)
    else:
        stage.server.repeats(said)


@pytest.mark.parametrize("transport", [Discord, Slack])
async def test_an_answer_behind_which_the_process_is_killed_stands_once_and_is_corrected(
    tmp_path, ten_briefs, transport
):
    data = tmp_path / "quis"
    config = LibraryConfig(data=data, corpus=ten_briefs)
    async with transport(None, tmp_path) as stage:
        here, server = stage.here, stage.server
        server.diary.patience = PATIENCE
        stage.settings = settings_of(stage)
        with open_library(config, None, None, WordEmbedder()) as library:
            library.refresh()
            ids = [each.id for each in library.documents()]

            def posts():
                return list(library.tenants.posts_showing(documents=ids))

            async with running(stage, data):
                loses(stage)
                if stage.name != "discord":  # where it would look for it at once
                    server.faults.hold("conversations.replies", times=9)
                said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
                await said.until(lambda: said.shown, "an answer")
            server.faults.clear()
            (post,) = posts()
            assert post.place is None
            async with running(stage, data):
                delivered_again(stage, said)
                other = await stage.mention(here.ana, here.desk, ITALY)
                assert len(said.shown) == len(other.shown) == 1
                document = library.resolve(post.passages[0].passage).document.id
                library.step(document, Step.RETRACT, ANA, "A hoax.")
                await server.until(
                    lambda: sum(library.corrections.report().told.values()) == 2,
                    "both answers to be corrected",
                )
            assert all(each.place for each in posts())
            seen = stage.seen(here.ben, here.news)
            assert sum("has changed since" in message.text for message in seen) == 1
            assert len(seen) == 2
            assert "A hoax." in seen[0].text
        for allowed in ("acknowledged", "has 2 answers"):  # the second: a correction
            stage.forgive(allowed)
        assert server.broken_rules() == []


# --- behind a question -------------------------------------------------------------------

INTERRUPTED = "interrupted before it could answer"


def pending(library, stage):
    """The questions that were taken up and not settled, by whichever process."""
    now = datetime.now(UTC)
    return library.tenants.pending(
        stage.here.tenant.platform,
        holder="",
        begun=now,
        at=now,
        lease=timedelta(),
        since=now - timedelta(hours=1),
        limit=9,
    )


def holds(stage):
    """No message of the bot's is taken from now on; what kept the first one waiting."""
    faults = stage.server.faults
    if stage.name == "discord":
        return faults.hold("POST", "/channels/*/messages", times=9)
    return faults.hold("chat.postMessage", times=9)


@asynccontextmanager
async def staged(transport, tmp_path, ten_briefs):
    """A platform, a store with ten briefs that is open here too, and where that lies."""
    data = tmp_path / "quis"
    config = LibraryConfig(data=data, corpus=ten_briefs)
    async with transport(None, tmp_path) as stage:
        stage.server.diary.patience = PATIENCE
        stage.settings = settings_of(stage)
        with open_library(config, None, None, WordEmbedder()) as library:
            library.refresh()
            yield stage, library, data
        for allowed in ("acknowledged", "no effect", "answer"):
            stage.forgive(allowed)
        assert stage.server.broken_rules() == []


@pytest.mark.parametrize("transport", [Discord, Slack])
async def test_who_asked_a_process_that_is_killed_before_it_answers_is_told_once(
    tmp_path, ten_briefs, transport
):
    async with staged(transport, tmp_path, ten_briefs) as (stage, library, data):
        here, server = stage.here, stage.server
        async with running(stage, data):
            held = holds(stage)
            said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
            await server.until(lambda: held.met, "an answer to be on its way")
        server.faults.clear()
        assert said.shown == []
        assert len(pending(library, stage)) == 1
        async with running(stage, data):
            loses(stage)  # and the one that tells it is killed as well
            await said.shows(INTERRUPTED)
        server.faults.clear()
        async with running(stage, data):
            delivered_again(stage, said)
            await server.until(lambda: not pending(library, stage), "it to be recorded")
            other = await stage.mention(here.ana, here.desk, ITALY)
            assert INTERRUPTED not in other.text
            await server.until(
                lambda: not pending(library, stage), "the other to be settled"
            )
        assert INTERRUPTED in said.text  # of the one message that there is
        assert len(stage.seen(here.ben, here.news)) == 1


@pytest.mark.parametrize("transport", [Discord, Slack])
async def test_who_was_answered_before_the_process_is_killed_is_not_told_otherwise(
    tmp_path, ten_briefs, transport
):
    async with staged(transport, tmp_path, ten_briefs) as (stage, library, data):
        here, server = stage.here, stage.server
        async with running(stage, data):
            loses(stage)
            if stage.name != "discord":  # where it would look for it at once
                server.faults.hold("conversations.replies", times=9)
            said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
            await said.until(lambda: said.shown, "an answer")
        server.faults.clear()
        assert len(pending(library, stage)) == 1
        async with running(stage, data):
            await server.until(
                lambda: not pending(library, stage), "its answer to be found"
            )
        assert INTERRUPTED not in said.text
        assert len(stage.seen(here.ben, here.news)) == 1


@pytest.mark.parametrize("transport", [Discord, Slack])
async def test_whenever_a_process_is_killed_a_question_gets_one_word(
    tmp_path, ten_briefs, transport
):
    async with staged(transport, tmp_path, ten_briefs) as (stage, library, data):
        here, server = stage.here, stage.server
        async with running(stage, data):
            said = await stage.mention(here.ben, here.news, ITALY, until=stage.SENT)
            await server.until(lambda: pending(library, stage) or said.shown, "a mark")
            await asyncio.sleep(random.uniform(0.0, 0.2))
        async with running(stage, data):
            await said.until(lambda: said.shown, "a word")
            await server.until(lambda: not pending(library, stage), "its end")
        assert len(stage.seen(here.ben, here.news)) == 1
