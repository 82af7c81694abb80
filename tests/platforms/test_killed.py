"""`quis run` is killed between what it sent and its record of it; the next one goes on."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import Actor, Role, Step
from tests.fakes import WordEmbedder
from tests.platforms.discord_server.server import DiscordServer

ROOT = Path(__file__).parents[2]
ITALY = "Is Clearview active in Italy?"
ANA = Actor("terminal:ana", Role.ADMIN)

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGKILL"
)


@asynccontextmanager
async def running(server, data):
    """`quis run` in a process of its own, until it is killed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.quick", "run"),
        cwd=ROOT,
        env={
            **os.environ,
            "QUIS_DATA": str(data),
            "QUIS_CORPUS": "none",
            "QUIS_DISCORD_TOKEN": server.token,
            "QUIS_DISCORD_API": server.api,
        },
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await server.connected()
        yield
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def test_a_process_that_is_killed_behind_a_reply_leaves_one_reply(
    tmp_path, ten_briefs
):
    data = tmp_path / "quis"
    config = LibraryConfig(data=data, corpus=ten_briefs)
    with open_library(config, None, None, WordEmbedder()) as library:
        library.refresh()
        ids = [each.id for each in library.documents()]
    async with DiscordServer(patience=120) as server:
        guild = server.guild("Newsroom")
        general = server.channel(guild, "general")
        ana = server.member(guild, "ana")

        def replies(answer):
            return [m for m in ana.sees(general) if m.replies_to == answer.id]

        async with running(server, data):
            asked = await ana.slash(general, "ask", question=ITALY)
            answer = asked.answer
            with open_library(config, None, None, WordEmbedder()) as library:

                def post():
                    found = library.tenants.posts_showing(documents=ids)
                    return next((each for each in found if each.place), None)

                shown = (await server.until(post, "its record")).passages[0].passage
                # What the platform did is not heard of by who is killed.
                server.faults.lose_answer("POST", "/channels/*/messages", times=9)
                document = library.resolve(shown).document.id
                library.step(document, Step.RETRACT, ANA, "A hoax.")
                await server.until(lambda: replies(answer), "a reply")
        server.faults._faults.clear()
        async with running(server, data):
            with open_library(config, None, None, WordEmbedder()) as library:
                await server.until(
                    lambda: library.corrections.report().told, "it to be recorded"
                )
        assert len(replies(answer)) == 1
        assert answer.text.count("Retracted on") == 1
