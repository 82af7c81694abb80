"""What an operator and a probe are told of `quis run`, while it serves real clients."""

import asyncio
import contextlib
import socket

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from bot.cards import Mark
from bot.catalogue import words
from bot.cli.doctor_running import running
from bot.config import InvalidSetting, read_settings
from bot.desk import Desk
from bot.wiring import Opened, SystemClock
from bot.wiring.health import BEHIND_AT_MOST, State
from bot.wiring.platforms import wanted
from bot.wiring.serving import serve
from knowledge.assembly import LibraryConfig, open_library
from knowledge.errors import StoreUnavailable
from knowledge.model import Actor, Role, Step
from knowledge.ports import Findings
from tests.fakes import WordEmbedder
from tests.platforms.discord_server.server import DiscordServer
from tests.platforms.slack_house import MANIFEST
from tests.platforms.slack_server import SlackServer

ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"
ANA = Actor("terminal:ana", Role.ADMIN)
PATIENCE = 40.0
"""Seconds; the machine may be busy with other things."""


@pytest.fixture(scope="module")
def library(tmp_path_factory, ten_briefs):
    folder = tmp_path_factory.mktemp("told") / "quis"
    config = LibraryConfig(data=folder, corpus=ten_briefs)
    with open_library(config, None, None, WordEmbedder()) as library:
        library.refresh()
        library.ask(ITALY)  # the judge is loaded with the first question
        yield library


class Probe:
    """Asks as Prometheus and an orchestrator do."""

    def __init__(self, at):
        self.at = at

    async def get(self, path):
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.at}{path}") as answer,
        ):
            return answer.status, await answer.text()

    async def status(self, path):
        return (await self.get(path))[0]

    async def numbers(self):
        """Every sample, by its name and its labels."""
        _, text = await self.get("/metrics")
        return {
            (sample.name, *sorted(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Behind:
    """A library whose indexes do not follow for a while, and that is itself otherwise."""

    def __init__(self, library):
        self._library = library
        self.follows = False

    def __getattr__(self, name):
        return getattr(self._library, name)

    def refresh(self):
        return self._library.refresh() if self.follows else 0


@contextlib.asynccontextmanager
async def served(library):
    address = f"127.0.0.1:{free_port()}"
    desk = Desk(library, SystemClock())
    opened = Opened(library, desk, lambda _stage, _done, _total: None)
    stop = asyncio.Event()
    platforms = wanted(read_settings())
    task = asyncio.create_task(
        serve(opened, platforms, words("en"), stop, lambda _: None, (), health=address)
    )
    probe = Probe(f"http://{address}")

    async def listens():
        with contextlib.suppress(aiohttp.ClientConnectionError):
            return await probe.status("/health") == 200
        return False

    try:
        await eventually(listens)
        yield probe
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


async def eventually(check, seconds=PATIENCE):
    async with asyncio.timeout(seconds):
        while not await check():  # noqa: ASYNC110 - what is asked is elsewhere
            await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def at_discord(monkeypatch):
    async with DiscordServer(patience=PATIENCE) as server:
        monkeypatch.setenv("QUIS_DISCORD_TOKEN", server.token)
        monkeypatch.setenv("QUIS_DISCORD_API", server.api)
        yield server


@contextlib.asynccontextmanager
async def at_slack(monkeypatch):
    async with SlackServer(manifest=MANIFEST) as server:
        newsroom = server.workspace("Newsroom")
        server.channel(newsroom, "general")
        monkeypatch.setenv("QUIS_SLACK_BOT_TOKEN", newsroom.bot_token)
        monkeypatch.setenv("QUIS_SLACK_APP_TOKEN", server.app_token)
        monkeypatch.setenv("QUIS_SLACK_API", server.api)
        yield server


@pytest.mark.parametrize("platform", [at_discord, at_slack])
async def test_it_is_ready_once_a_platform_is_connected(library, monkeypatch, platform):
    async with platform(monkeypatch) as server, served(library) as probe:
        await server.connected()

        async def ready():
            return await probe.status("/ready") == 200

        await eventually(ready)
        numbers = await probe.numbers()
        (name,) = {key[1] for key in numbers if key[0] == "quis_platform_connected"}
        assert numbers["quis_platform_connected", name] == 1


async def test_without_a_platform_it_lives_and_is_not_ready(library):
    async with served(library) as probe:
        assert await probe.status("/health") == 200
        status, text = await probe.get("/ready")
        assert status == 503
        assert '"store": true' in text


async def test_a_platform_that_breaks_off_is_told_until_it_is_back(
    library, monkeypatch
):
    async with at_discord(monkeypatch) as server, served(library) as probe:
        await server.connected()

        async def connected():
            numbers = await probe.numbers()
            return numbers["quis_platform_connected", ("platform", "discord")] == 1

        async def gone():
            return not await connected()

        await eventually(connected)
        server.revoke_token()
        await eventually(gone)
        assert await probe.status("/ready") == 503


async def test_questions_are_counted_by_how_they_ended_and_nothing_tells_of_whom(
    library, monkeypatch
):
    async with at_discord(monkeypatch) as server:
        guild = server.guild("Newsroom of Ana")
        general = server.channel(guild, "general")
        ana = server.member(guild, "ana")
        with capture_logs(processors=[structlog_context]) as logged:
            async with served(library) as probe:
                await server.connected()
                await ana.slash(general, "ask", question=ITALY)
                await ana.slash(general, "ask", question=JAPAN)
                numbers = await probe.numbers()
                _, text = await probe.get("/metrics")
    outcome = ("platform", "discord")
    assert numbers["quis_questions_total", ("outcome", "answered"), outcome] == 1
    assert numbers["quis_questions_total", ("outcome", "refused"), outcome] == 1
    assert numbers["quis_refusals_total", ("reason", "nothing-held")] == 1
    for stage in ("retrieval", "judging", "answering"):
        assert numbers["quis_stage_seconds_count", ("stage", stage)] == 2
    assert numbers["quis_question_seconds_count",] == 2
    ended = [each for each in logged if each["event"] == "question_ended"]
    assert [each["outcome"] for each in ended] == ["answered", "refused"]
    assert len({each["request"] for each in ended}) == 2
    for secret in (
        "Clearview",
        "clearview",
        "Italy",
        "Newsroom",
        str(guild.id),
        "ana ",
    ):
        assert secret not in text
        assert secret not in str(ended)


def structlog_context(_logger, _method, event):
    import structlog

    return structlog.contextvars.merge_contextvars(_logger, _method, event)


async def test_a_correction_that_no_message_shows_yet_is_told(library, monkeypatch):
    async with at_discord(monkeypatch) as server:
        guild = server.guild("Newsroom")
        general = server.channel(guild, "general")
        ana = server.member(guild, "ana")
        async with served(library) as probe:
            await server.connected()
            await ana.slash(general, "ask", question=ITALY)
            assert (await probe.numbers())[
                "quis_corrections_pending", ("platform", "discord")
            ] == 0
            held = server.faults.hold("PATCH", "/channels/*/messages/*", times=99)
            posts = library.tenants.posts_showing(
                documents=[each.id for each in library.documents()]
            )
            shown = next(iter(posts)).passages[0].passage
            document = library.resolve(shown).document.id
            library.step(document, Step.RETRACT, ANA, "A hoax.")

            async def pending():
                numbers = await probe.numbers()
                return numbers["quis_corrections_pending", ("platform", "discord")] > 0

            await eventually(pending)
            held.times = 0
            server.faults.release()


async def test_how_far_an_index_is_behind_is_told_until_it_has_caught_up(library):
    behind = Behind(library)
    async with served(behind) as probe:

        async def lags():
            numbers = await probe.numbers()
            assert numbers["quis_index_usable", ("index", "dense")] == 1
            return {
                name: numbers["quis_index_lag", ("index", name)]
                for name in ("dense", "lexical")
            }

        assert await lags() == {"dense": 0, "lexical": 0}
        published(library, "lag-1")

        async def told():
            return all((await lags()).values())

        await eventually(told)
        behind.follows = True

        async def caught_up():
            return not any((await lags()).values())

        await eventually(caught_up)


def published(library, id):
    """One document more, in the store alone."""
    body = "Clearview AI was tried by the police of Finland in 2020, the paper wrote."
    metadata = {
        "id": id,
        "title": "A trial",
        "publisher": "The Paper",
        "url": "https://paper.example/trial",
        "published_on": "2021-05-01",
        "kind": "press",
    }
    findings = Findings(origin=f"{id}.txt", body=body, metadata={})
    library.add(findings, metadata, ANA, publish=True)


@pytest.mark.parametrize(
    ("lag", "ready"),
    [
        ({"lexical": 0, "dense": 0}, True),
        ({"lexical": BEHIND_AT_MOST, "dense": 0}, True),
        ({"lexical": BEHIND_AT_MOST + 1, "dense": 0}, False),
        ({"lexical": 0, "dense": None}, True),  # answers come from the words alone
        ({"lexical": None, "dense": None}, False),
        (None, False),  # the store is gone
    ],
)
def test_an_index_far_behind_or_none_at_all_is_not_ready(lag, ready):
    state = State(lag=lag, due={}, connected={"Discord": True})
    assert state.ready is ready
    assert not State(lag=lag, due={}, connected={"Discord": False}).ready


async def test_a_store_that_is_gone_is_not_ready_and_still_alive(library, monkeypatch):
    async with at_discord(monkeypatch) as server, served(library) as probe:
        await server.connected()

        def gone():
            raise StoreUnavailable(where="here", problem="it is gone")

        monkeypatch.setattr(library, "lag", gone)

        async def unready():
            return await probe.status("/ready") == 503

        await eventually(unready)
        assert await probe.status("/health") == 200
        assert (await probe.numbers())["quis_store_reachable",] == 0


# --- `quis doctor` asks it too --------------------------------------------------------


async def doctor_on(probe):
    address = probe.at.removeprefix("http://")
    return await asyncio.to_thread(running, address, BEHIND_AT_MOST, words("en"))


async def test_doctor_asks_a_bot_that_runs_whether_its_platform_is_connected(
    library, monkeypatch
):
    async with at_discord(monkeypatch) as server, served(library) as probe:
        await server.connected()

        async def marked(mark):
            return (await doctor_on(probe)).mark is mark

        await eventually(lambda: marked(Mark.GOOD))
        server.revoke_token()
        await eventually(lambda: marked(Mark.BAD))
        found = await doctor_on(probe)
        assert found.value.endswith(": Discord")
        assert "quis doctor --online" in found.advice


async def test_doctor_names_all_that_a_bot_lacks(library):
    async with served(Ailing(library)) as probe:
        found = await doctor_on(probe)
    assert found.mark is Mark.BAD
    assert found.value.endswith(": Index: dense, Index: lexical, Discord, Slack")
    gone = await doctor_on(probe)
    assert gone.mark is Mark.ATTENTION
    assert "nobody answers at 127.0.0.1:" in gone.value
    assert "start quis run" in gone.advice


class Ailing(Behind):
    """One of its indexes cannot be asked, and the other is far behind."""

    def lag(self):
        return {"dense": None, "lexical": BEHIND_AT_MOST + 1}


async def test_doctor_takes_no_other_server_for_a_bot():
    async def odd(_request):
        return web.Response(text='{"ready": [}')

    site = web.Application()
    site.router.add_get("/ready", odd)
    runner = web.AppRunner(site)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found = await doctor_on(Probe(f"http://127.0.0.1:{runner.addresses[0][1]}"))
        assert found.mark is Mark.ATTENTION
    finally:
        await runner.cleanup()


async def test_an_address_that_is_taken_ends_the_start_with_its_reason(library):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        address = f"127.0.0.1:{held.getsockname()[1]}"
        opened = Opened(library, Desk(library, SystemClock()), lambda *_: None)
        with pytest.raises(OSError, match="address already in use"):
            await serve(
                opened,
                (),
                words("en"),
                asyncio.Event(),
                lambda _: None,
                (),
                health=address,
            )


@pytest.mark.parametrize("value", ["8081", "localhost", "http://localhost:1"])
def test_an_address_that_is_none_is_refused(monkeypatch, value):
    monkeypatch.setenv("QUIS_HEALTH", value)
    with pytest.raises(InvalidSetting, match="QUIS_HEALTH"):
        read_settings()
