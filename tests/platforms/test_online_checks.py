"""`quis doctor --online`: what the platforms say of the tokens."""

import json
import logging
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import discord
import pytest
import structlog
from aiohttp import web

from bot.cards import Mark
from bot.catalogue import words
from bot.on_discord import checks as discord_checks
from bot.on_discord.registering import FILE
from bot.on_slack import checks as slack_checks
from tests.platforms.discord_server.server import DiscordServer

ENGLISH = words("en")
NOWHERE = "http://127.0.0.1:9/api"


@pytest.fixture
async def server():
    async with DiscordServer() as server:
        yield server


async def test_a_discord_token_is_signed_in_and_commands_are_missed(server, tmp_path):
    found = await discord_checks.look(
        server.token, ENGLISH, api=server.api, data=tmp_path
    )
    token, intents, commands, invite = found
    assert token.value.startswith("signed in as @")
    assert intents.mark is Mark.GOOD
    assert commands.mark is Mark.ATTENTION
    assert commands.value.startswith("0 of ")
    assert "scope=bot+applications.commands" in invite.value
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("flags", "mark"), [(0, Mark.BAD), (1 << 18, Mark.GOOD), (1 << 19, Mark.GOOD)]
)
def test_where_all_messages_are_to_be_read_discord_has_to_allow_it(flags, mark):
    allowed = discord.ApplicationFlags()
    allowed.value = flags
    found = discord_checks._intents(allowed, ENGLISH, read_all=True)
    assert found.mark is mark
    assert ("QUIS_DISCORD_MESSAGE_CONTENT" in found.advice) == (mark is Mark.BAD)


async def test_a_discord_token_that_is_none_is_told_with_advice(server):
    (found,) = await discord_checks.look("no.such.token", ENGLISH, api=server.api)
    assert found.mark is Mark.BAD
    assert "QUIS_DISCORD_TOKEN" in found.advice


async def test_a_discord_out_of_reach_is_no_fault_of_the_token():
    (found,) = await discord_checks.look("any.to.ken", ENGLISH, api=NOWHERE)
    assert found.mark is Mark.BAD
    assert "reaches the platform" in found.advice


@asynccontextmanager
async def slack(scopes, *, socket=True, date=None):
    """As much of Slack as is asked; ``xoxb-bad`` is a token that it does not know."""

    async def auth_test(request):
        token = request.headers["Authorization"]
        if token.endswith("-bad"):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        known = {"ok": True, "user": "quis", "team": "Newsroom", "team_id": "T1"}
        headers = {"x-oauth-scopes": scopes} if scopes is not None else {}
        headers |= {"Date": date} if date is not None else {}
        return web.json_response(known, headers=headers)

    async def connect(_):
        if socket:
            return web.json_response({"ok": True, "url": "wss://127.0.0.1/x"})
        return web.json_response({"ok": False, "error": "not_allowed_token_type"})

    app = web.Application()
    app.router.add_post("/api/auth.test", auth_test)
    app.router.add_post("/api/apps.connections.open", connect)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    try:
        yield f"http://{host}:{port}/api/"
    finally:
        await runner.cleanup()


ALL = ",".join(slack_checks._wanted())


async def test_slack_tokens_that_are_all_right(monkeypatch):
    async with slack(ALL) as api:
        found = await slack_checks.look(
            "xoxb-1,xoxb-2", ENGLISH, app_token="xapp-1", api=api
        )
    assert {each.mark for each in found} == {Mark.GOOD}
    assert found[0].value == "signed in as @quis · Newsroom"
    assert len(found) == 6


async def test_a_scope_that_is_missing_is_named():
    async with slack(",".join(slack_checks._wanted() - {"im:history"})) as api:
        found = await slack_checks.look("xoxb-1", ENGLISH, api=api)
    (scopes,) = [each for each in found if each.mark is Mark.ATTENTION]
    assert scopes.value == "missing: im:history"


@pytest.mark.parametrize(("apart", "told"), [(-400, True), (400, True), (5, False)])
async def test_a_clock_that_differs_from_slack_s_is_told(apart, told):
    there = format_datetime(datetime.now(UTC) + timedelta(seconds=apart), usegmt=True)
    async with slack(ALL, date=there) as api:
        found = await slack_checks.look("xoxb-1", ENGLISH, api=api)
    clocks = [each for each in found if each.mark is Mark.ATTENTION]
    assert bool(clocks) is told
    for clock in clocks:
        assert clock.name == "Clock"
        assert "set this machine’s clock" in clock.advice


@pytest.mark.parametrize("date", ["", "no date", "Thu, 26 Nov 2026 10:00:00 -0000"])
async def test_a_time_that_cannot_be_read_is_no_fault(date):
    async with slack(ALL, date=date) as api:
        found = await slack_checks.look("xoxb-1", ENGLISH, api=api)
    assert {each.mark for each in found} == {Mark.GOOD}


async def test_scopes_that_are_not_told_are_no_fault():
    async with slack(None) as api:
        found = await slack_checks.look("xoxb-1", ENGLISH, api=api)
    assert [each.mark for each in found] == [Mark.GOOD, Mark.NONE, Mark.GOOD]


async def test_slack_tokens_that_are_none_are_told_with_advice():
    async with slack(ALL, socket=False) as api:
        found = await slack_checks.look(
            "xoxb-bad", ENGLISH, app_token="xapp-1", api=api
        )
    bot, app, _ = found
    assert bot.mark is app.mark is Mark.BAD
    assert "QUIS_SLACK_BOT_TOKEN" in bot.advice
    assert "QUIS_SLACK_APP_TOKEN" in app.advice


async def test_a_slack_out_of_reach_is_no_fault_of_the_token():
    found = await slack_checks.look("xoxb-1", ENGLISH, api=NOWHERE)
    assert "reaches the platform" in found[0].advice


@pytest.fixture
def _logging_as_before():
    handlers = list(logging.getLogger().handlers)
    yield
    logging.getLogger().handlers = handlers
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.usefixtures("_logging_as_before")
def test_no_platform_is_asked_without_the_flag(monkeypatch, capsys):
    from bot.cli import main

    monkeypatch.setenv("QUIS_DISCORD_TOKEN", "any.to.ken")
    monkeypatch.setenv("QUIS_DISCORD_API", NOWHERE)
    monkeypatch.setenv("QUIS_SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("QUIS_CORPUS", "none")
    main(["doctor", "--json"])
    record = json.loads(capsys.readouterr().out)
    states = {check["name"]: check for check in record["checks"]}
    assert states["Discord"]["state"] == "none"
    assert states["Slack"]["state"] == "attention"
    assert "QUIS_SLACK_BOT_TOKEN" in states["Slack"]["advice"]
    assert "any.to.ken" not in json.dumps(record)
    main(["doctor", "--json", "--online"])
    record = json.loads(capsys.readouterr().out)
    (token,) = [c for c in record["checks"] if c["name"] == "Discord: token"]
    assert token["state"] == "bad"
