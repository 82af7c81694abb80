"""`quis run` from end to end: a real library, the real client, a local Discord."""

import asyncio
import contextlib

import pytest
from structlog.testing import capture_logs

from bot.catalogue import words
from bot.config import read_settings
from bot.desk import Desk
from bot.wiring import Opened, SystemClock
from bot.wiring.platforms import Wanted, wanted
from bot.wiring.serving import serve
from knowledge.assembly import LibraryConfig, open_library
from tests.fakes import WordEmbedder
from tests.platforms.discord_server.server import DiscordServer

ITALY = "Is Clearview active in Italy?"


@pytest.fixture(scope="module")
def library(tmp_path_factory, ten_briefs):
    folder = tmp_path_factory.mktemp("served") / "quis"
    config = LibraryConfig(data=folder, corpus=ten_briefs)
    with open_library(config, None, None, WordEmbedder()) as library:
        library.refresh()
        yield library


@contextlib.asynccontextmanager
async def served(library, refused):
    """Serve what the settings ask for, until the end of the block."""
    desk = Desk(library, SystemClock())
    opened = Opened(library, desk, lambda _stage, _done, _total: None)
    stop = asyncio.Event()
    platforms = wanted(read_settings())
    task = asyncio.create_task(
        serve(opened, platforms, words("en"), stop, refused.append, ())
    )
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


async def test_a_question_at_discord_is_answered_by_quis_run(library, monkeypatch):
    async with DiscordServer() as server:
        monkeypatch.setenv("QUIS_DISCORD_TOKEN", server.token)
        monkeypatch.setenv("QUIS_DISCORD_API", server.api)
        guild = server.guild("Newsroom")
        general = server.channel(guild, "general")
        ana = server.member(guild, "ana")
        async with served(library, []):
            await server.connected()
            asked = await ana.slash(general, "ask", question=ITALY)
            assert "IrpiMedia" in asked.text
            more = await ana.presses(asked, "More (2)")
            assert more.shown
        assert server.broken_rules() == []


async def test_a_token_that_is_none_is_told_once(library, monkeypatch):
    async with DiscordServer() as server:
        monkeypatch.setenv("QUIS_DISCORD_TOKEN", "no.such.token")
        monkeypatch.setenv("QUIS_DISCORD_API", server.api)
        refused: list[Wanted] = []
        with capture_logs() as logged:
            async with served(library, refused):
                await server.until(lambda: refused, "a word on the token")
        assert [each.variable for each in refused] == ["QUIS_DISCORD_TOKEN"]
        assert "no.such.token" not in str(logged)
