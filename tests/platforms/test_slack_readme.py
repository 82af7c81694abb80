"""Slack over signed HTTP as the README has it: its manifest, its variables, Slack's calls."""

import copy
import json
import re
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from knowledge.assembly import LibraryConfig, open_library
from tests.fakes import WordEmbedder
from tests.platforms.crowd import free_port, listening
from tests.platforms.slack_house import MANIFEST
from tests.platforms.slack_server import SlackServer, Upload, schemas
from tests.platforms.slack_server.delivery import Kind
from tests.platforms.test_serving import ITALY, served

ROOT = Path(__file__).parents[2]
ADDRESS = "https://quis.example/slack/events"


@pytest.fixture
def library(tmp_path, ten_briefs):
    """Its own for each test: each Slack numbers what people do from one, and what has been
    answered once stays so."""
    config = LibraryConfig(data=tmp_path / "quis", corpus=ten_briefs)
    with open_library(config, None, None, WordEmbedder()) as library:
        library.refresh()
        yield library


def over_http():
    """The manifest with an address, as the README's command makes it."""
    made = copy.deepcopy(MANIFEST)
    made["settings"]["socket_mode_enabled"] = False
    made["settings"]["event_subscriptions"]["request_url"] = ADDRESS
    made["settings"]["interactivity"]["request_url"] = ADDRESS
    for command in made["features"]["slash_commands"]:
        command["url"] = ADDRESS
    return made


@pytest.mark.skipif(shutil.which("jq") is None, reason="the README's command wants jq")
def test_the_readmes_command_makes_the_manifest_with_an_address():
    readme = (ROOT / "README.md").read_text("utf-8")
    (command,) = re.findall(r"^(jq --arg .*?) > manifest\.json$", readme, re.S | re.M)
    made = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert json.loads(made) == over_http()


def test_that_manifest_keeps_to_slacks_own_description():
    assert list(schemas.manifest_problems(over_http())) == []


@asynccontextmanager
async def newsroom(library, monkeypatch) -> AsyncIterator[tuple[Any, Any, Any]]:
    """`quis run`, told what the README says, and Slack calling it."""
    async with SlackServer(manifest=over_http(), patience=40) as server:
        place = server.workspace("Newsroom")
        where = f"127.0.0.1:{free_port()}"
        monkeypatch.setenv("QUIS_SLACK_BOT_TOKEN", place.bot_token)
        monkeypatch.setenv("QUIS_SLACK_SIGNING_SECRET", server.signing_secret)
        monkeypatch.setenv("QUIS_SLACK_HTTP", where)
        monkeypatch.setenv("QUIS_SLACK_API", server.api)
        address = f"http://{where}/slack/events"
        async with served(library, []):
            await listening(address)
            async with server.posting_to(address) as http:
                yield server, place, http
                await server.settled()
        assert server.broken_rules() == []


async def test_all_that_people_do_comes_as_signed_calls_and_is_answered(
    library, monkeypatch
):
    async with newsroom(library, monkeypatch) as (server, place, http):
        general, desk = server.channel(place, "general"), server.channel(place, "desk")
        boss = server.member(place, "boss", admin=True)
        ana = server.member(place, "ana")
        said = await ana.says(general, f"@Quis {ITALY}")
        assert "IrpiMedia" in said.text
        more = await ana.replies(said, "and in Greece?", addressed=True)
        assert more.text
        direct = await ana.dm(ITALY)
        assert "IrpiMedia" in direct.text
        await boss.slash(general, "/quis-settings", f"moderators #{desk.name}")
        asked = await ana.slash(general, "/ask", ITALY)
        assert "IrpiMedia" in asked.text
        opened = await ana.presses(asked, "Something wrong?")
        sent = await ana.submits(opened, {"kind": "other", "text": "It is not so"})
        await sent.shows("Thank you")
        checked = await ana.shortcut("Check this claim", said)
        assert checked.ephemeral
        home = await boss.opens_home()
        assert home.home is not None
        begun = await ana.opens_messages()
        assert begun.prompts
        assert not server.sockets.opened
        assert set(map(_kind, http.sent)) >= set(Kind)


def _kind(request):
    if request.headers["Content-Type"] == "application/json":
        return Kind.EVENT
    return Kind.INTERACTION if request.body.startswith(b"payload=") else Kind.COMMAND


async def test_slack_verifies_the_address_and_nobody_else_is_heard(
    library, monkeypatch
):
    challenge = {"type": "url_verification", "token": "t", "challenge": "3eZbrw1a"}
    now = int(time.time())
    async with newsroom(library, monkeypatch) as (server, place, http):
        signed = http.request(Kind.EVENT, challenge)
        status, text = await http.post(signed)
        assert (status, "3eZbrw1a" in text) == (200, True)
        for forged in (
            http.request(Kind.EVENT, challenge, secret="another"),
            http.request(Kind.EVENT, challenge, timestamp=str(now - 600)),
            http.request(Kind.EVENT, challenge, timestamp=str(now + 600)),
            type(signed)(signed.body.replace(b"3eZ", b"4eZ"), signed.headers),
        ):
            status, text = await http.post(forged)
            assert status == 401
            assert "eZbrw1a" not in text
        # A question that somebody kept, and sends again after its time.
        general, ana = server.channel(place, "general"), server.member(place, "ana")
        asked = await ana.slash(general, "/ask", ITALY)
        (kept,) = http.sent
        stale = dict(kept.headers) | {"X-Slack-Request-Timestamp": str(now - 600)}
        assert (await http.post(type(kept)(kept.body, stale)))[0] == 401
        assert (await http.post(kept))[0] == 200  # within it: heard, and done once
        await server.settled()
        assert len(asked.shown) == 1


async def test_over_sockets_it_is_answered_by_quis_run_too(library, monkeypatch):
    async with SlackServer(manifest=MANIFEST, patience=40) as server:
        place = server.workspace("Newsroom")
        monkeypatch.setenv("QUIS_SLACK_BOT_TOKEN", place.bot_token)
        monkeypatch.setenv("QUIS_SLACK_APP_TOKEN", server.app_token)
        monkeypatch.setenv("QUIS_SLACK_API", server.api)
        general, ana = server.channel(place, "general"), server.member(place, "ana")
        async with served(library, []):
            await server.connected()
            asked = await ana.slash(general, "/ask", ITALY)
            assert "IrpiMedia" in asked.text
            paper = await ana.dm("", files=[Upload("a.pdf", b"%PDF")])
            assert paper.text
            await server.settled()
        assert server.broken_rules() == []
