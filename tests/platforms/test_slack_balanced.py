"""Two processes of Slack's signed HTTP behind a load balancer, on one PostgreSQL.

`quis run`, each with a data folder of its own. The balancer gives every request to the next
one that takes it, so that what begins at one goes on at the other.
"""

import asyncio
import itertools
import os
import socket
import sys
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.on_slack.serving import PATH
from knowledge.assembly import LibraryConfig, open_library
from tests.contracts.sql_fixtures import *  # noqa: F403 - its fixtures
from tests.fakes import WordEmbedder
from tests.platforms.slack_house import MANIFEST
from tests.platforms.slack_server import SlackServer
from tests.platforms.slack_server.delivery import Kind, NotDelivered
from tests.platforms.slack_server.signed_http import SignedHttp

ROOT = Path(__file__).parents[2]
ITALY = "Is Clearview active in Italy?"
GREECE = "Is Predator used in Greece?"
PATIENCE = 120.0


@dataclass
class Served:
    """A process, where it takes requests, and the way there."""

    process: asyncio.subprocess.Process
    way: SignedHttp

    async def dies(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Balancer:
    """Implements ``delivery.Transport``: by turns, past who does not take it."""

    def __init__(self, all_served: list[Served]) -> None:
        self.served = all_served
        self._turns = itertools.cycle(all_served)

    async def send(self, delivery: Any, attempt: Any) -> Any:
        for served in itertools.islice(self._turns, len(self.served)):
            try:
                return await served.way.send(delivery, attempt)
            except NotDelivered as error:
                if "connection_failed" not in str(error):
                    raise
        raise NotDelivered("nobody")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def serving(server, newsroom, store_url, data):
    """`quis run` from when it is ready until it is killed."""
    takes, tells = (f"127.0.0.1:{free_port()}" for _ in range(2))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.quick", "run"),
        cwd=ROOT,
        env={
            **os.environ,
            "QUIS_DATA": str(data),
            "QUIS_STORE": store_url,
            "QUIS_CORPUS": "none",
            "QUIS_HEALTH": tells,
            "QUIS_SLACK_BOT_TOKEN": newsroom.bot_token,
            "QUIS_SLACK_SIGNING_SECRET": server.signing_secret,
            "QUIS_SLACK_HTTP": takes,
            "QUIS_SLACK_API": server.api,
        },
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    served = Served(
        process,
        SignedHttp(server.clock, server.signing_secret, f"http://{takes}{PATH}"),
    )
    try:
        await _ready(f"http://{tells}/ready")
        yield served
    finally:
        await served.dies()
        await served.way.close()


async def _ready(url: str) -> None:
    """Asked as a balancer does, until it is."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        while True:
            with suppress(aiohttp.ClientError):
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            await asyncio.sleep(0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
async def test_two_processes_behind_a_balancer_answer_everything_once(
    postgresql_url, tmp_path, ten_briefs
):
    config = LibraryConfig(
        data=tmp_path / "filled", store_url=postgresql_url, corpus=ten_briefs
    )
    open_library(config, None, None, WordEmbedder()).close()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(
            SlackServer(manifest=MANIFEST, patience=PATIENCE)
        )
        newsroom = server.workspace("Newsroom")
        general = server.channel(newsroom, "general")
        people = [
            server.member(newsroom, name) for name in ("ana", "ben", "cid", "dan")
        ]
        one, two = [
            await stack.enter_async_context(
                serving(server, newsroom, postgresql_url, tmp_path / name)
            )
            for name in ("one", "two")
        ]
        server.deliveries.transport = Balancer([one, two])

        def said_below(post: Any) -> list[Any]:
            found = server.mailroom.thread(general, post.answer.root_ts)
            return [each for each in found if each.user.bot]

        async def ask(who: Any) -> Any:
            return await who.says(general, f"@Quis {ITALY}")

        posts = await asyncio.gather(*map(ask, people))
        for post in posts:
            assert len(said_below(post)) == 1
        assert one.way.sent
        assert two.way.sent

        # Slack was not heard, and sends the event again: to the other one.
        events = [each for each in server.deliveries.all if each.kind is Kind.EVENT]
        for event in events:
            server.deliveries.repeat(event)
        await server.settled()

        # A command at one, another person's at the other.
        ana, ben, *_ = people
        for who in (ana, ben):
            asked = await who.slash(general, "/ask", GREECE)
            assert asked.messages

        await one.dies()
        after = [await ask(who) for who in people]
        for post in (*posts, *after):
            assert len(said_below(post)) == 1
        assert server.broken_rules() == []
