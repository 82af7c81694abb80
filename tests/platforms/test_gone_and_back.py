"""What `quis run` keeps things in goes away under it, and comes back: both platforms at once."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue import words
from knowledge.adapters import chroma_server
from knowledge.adapters.chroma_server import ChromaServerIndex
from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import IndexUnavailable
from knowledge.model import Actor, Role, Step
from tests.contracts.chroma_process import ChromaProcess
from tests.fakes import WordEmbedder
from tests.platforms.discord_transport import Discord
from tests.platforms.slack_transport import Slack
from tests.scenario.documents import in_japan

pytest_plugins = ["tests.contracts.sql_fixtures"]

ROOT = Path(__file__).parents[2]
ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"
ANA = Actor("terminal:ana", Role.ADMIN)
KINDS: Any = (Discord, Slack)
PATIENCE = 60.0
"""Seconds; the machine may be busy with other things."""

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no PostgreSQL in a wheel there"
)


@asynccontextmanager
async def platforms(folder):
    """A server of Discord and a workspace of Slack, and the settings for them."""
    at_discord, at_slack = (kind(None, folder) for kind in KINDS)
    async with at_discord as discord, at_slack as slack:
        yield (
            (discord, slack),
            {
                "QUIS_DISCORD_TOKEN": discord.server.token,
                "QUIS_DISCORD_API": discord.server.api,
                "QUIS_SLACK_BOT_TOKEN": slack.here.place.bot_token,
                "QUIS_SLACK_APP_TOKEN": slack.server.app_token,
                "QUIS_SLACK_API": slack.server.api,
            },
        )
        for each in (discord, slack):
            assert each.server.broken_rules() == []


@asynccontextmanager
async def running(stages, settings):
    """`quis run` in a process of its own; it still runs in the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.quick", "run"),
        cwd=ROOT,
        env={**os.environ, "QUIS_CORPUS": "none", **settings},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        for stage in stages:
            stage.server.diary.patience = PATIENCE
            await stage.server.connected()
        yield
        for stage in stages:
            await stage.server.settled()
        assert process.returncode is None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def asked(stages, question):
    """What is said to somebody new on each platform, each in a room of their own."""
    said = []
    for stage in stages:
        number = len(stage.said)
        room, who = stage.room(f"room-{number}"), stage.person(f"reader-{number}")
        said.append(await stage.mention(who, room, question))
    return said


async def test_a_postgresql_that_is_gone_under_quis_run_is_told_and_back_nothing_is_lost(
    tmp_path, ten_briefs, postgres
):
    config = LibraryConfig(
        data=tmp_path / "other", corpus=ten_briefs, store_url=postgres.url
    )
    with open_library(config, None, None, WordEmbedder()) as library:
        library.refresh()
        async with platforms(tmp_path) as (stages, settings):
            settings |= {
                "QUIS_DATA": str(tmp_path / "quis"),
                "QUIS_STORE": postgres.url,
            }
            async with running(stages, settings):
                before = await asked(stages, ITALY)
                assert all("IrpiMedia" in each.text for each in before)
                await asyncio.to_thread(postgres.fail)
                for each in await asked(stages, ITALY):
                    assert words("en")("error.unavailable")[:40] in each.text
                    assert "IrpiMedia" not in each.text
                await asyncio.to_thread(postgres.start)
                for each in await asked(stages, ITALY):
                    assert "IrpiMedia" in each.text
                # What was shown before is known still, and corrected.
                ids = [each.id for each in library.documents()]
                shown = next(iter(library.tenants.posts_showing(documents=ids)))
                document = library.resolve(shown.passages[0].passage).document.id
                library.step(document, Step.RETRACT, ANA, "A hoax.")
                await stages[0].server.until(
                    lambda: sum(library.corrections.report().told.values()) == 4,
                    "all four answers to be corrected",
                )
                for stage in stages:
                    stage.forgive("has 2 answers")  # the second: a correction


async def test_a_chroma_server_that_is_gone_under_quis_run_costs_no_answer_and_heals(
    tmp_path, ten_briefs, monkeypatch
):
    monkeypatch.setattr(chroma_server, "REST", 0.0)
    monkeypatch.setattr(chroma_server, "LOOK_EVERY", 0.0)
    config = LibraryConfig(data=tmp_path / "quis", corpus=ten_briefs)
    with open_library(config, None, None, WordEmbedder()) as library:
        library.refresh()
    async with platforms(tmp_path) as (stages, settings):
        with ChromaProcess(tmp_path / "chroma") as chroma:
            index = ChromaServerIndex(chroma.url, WordEmbedder())

            def held():
                try:
                    return index.ids()
                except IndexUnavailable:
                    return frozenset()

            settings |= {"QUIS_DATA": str(config.data), "QUIS_CHROMA": chroma.url}
            async with running(stages, settings):
                assert all("IrpiMedia" in e.text for e in await asked(stages, ITALY))
                filled = held()
                assert filled
                await asyncio.to_thread(chroma.kill)
                chroma.lose_everything()
                assert all("IrpiMedia" in e.text for e in await asked(stages, ITALY))
                # What is published and retracted meanwhile is in it once it is back.
                with open_library(config, None, None, WordEmbedder()) as library:
                    read = library.read_file(in_japan(tmp_path))
                    added = library.add(read, {}, ANA, publish=True).document.id
                    new = {each.id for each in library.passages(added, 1)}
                    library.step("cv-007", Step.RETRACT, ANA, "A hoax.")
                old = {id for id in filled if id.startswith("cv-007@")}
                assert old
                await asyncio.to_thread(chroma.start)
                await stages[0].server.until(
                    lambda: held() == (filled - old) | new, "the index"
                )
                for each in await asked(stages, JAPAN):
                    assert "Police in Japan used Clearview AI" in each.text
