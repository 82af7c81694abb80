"""A client that dies comes back; one that is refused does not."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import Mock

import pytest
from structlog.testing import capture_logs

from bot.catalogue import words
from bot.config import InvalidSetting, read_settings, shown
from bot.wiring.platforms import wanted
from bot.wiring.supervising import LONGEST_PAUSE, supervise


@dataclass
class Runs:
    """Clients that end one after the other as they are told; the last one stays."""

    ends: list[Exception | None]
    lasts: float = 0.0
    made: int = 0
    closed: int = 0
    paused: list[float] = field(default_factory=list)
    now: float = 0.0
    refused: int = 0

    def make(self):
        self.made += 1
        return self

    async def run(self):
        if self.made > len(self.ends):
            await asyncio.Event().wait()
        self.now += self.lasts
        end = self.ends[self.made - 1]
        if end is not None:
            raise end

    async def close(self):
        self.closed += 1

    async def sleep(self, seconds):
        self.paused.append(seconds)
        await asyncio.sleep(0)

    def refuse(self):
        self.refused += 1

    async def watched(self):
        task = asyncio.create_task(
            supervise(
                "Discord",
                self.make,
                self.refuse,
                sleep=self.sleep,
                elapsed=lambda: self.now,
            )
        )
        for _ in range(100):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_client_that_dies_is_started_again_after_ever_longer_pauses():
    runs = Runs([ConnectionError("x")] * 9)
    await runs.watched()
    assert runs.made == runs.closed == 10
    assert runs.paused[:4] == [1, 2, 4, 8]
    assert runs.paused[-1] == LONGEST_PAUSE
    assert runs.refused == 0


async def test_after_a_long_good_time_the_pause_is_short_again():
    runs = Runs([ConnectionError("x")] * 4, lasts=1000)
    await runs.watched()
    assert runs.paused == [1, 1, 1, 1]


async def test_a_refusal_is_told_once_and_not_tried_again():
    runs = Runs([ConnectionError("x"), PermissionError("xoxb-secret")])
    with capture_logs() as logged:
        await runs.watched()
    assert (runs.made, runs.closed, runs.refused) == (2, 2, 1)
    assert [event["event"] for event in logged] == ["platform_died", "platform_refused"]
    assert "secret" not in str(logged)


async def test_a_client_that_cannot_be_made_is_tried_again():
    runs = Runs([])
    attempts = []

    def make():
        attempts.append(1)
        if len(attempts) < 3:
            raise RuntimeError
        return runs.make()

    task = asyncio.create_task(
        supervise("Slack", make, runs.refuse, sleep=runs.sleep, elapsed=lambda: 0.0)
    )
    for _ in range(50):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(attempts) == 3


# --- what the settings ask for -----------------------------------------------------------

BOT = "xoxb-1-abcdef"
APP = "xapp-1-abcdef"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, []),
        ({"DISCORD_TOKEN": "t.o.k"}, [("Discord", ())]),
        ({"SLACK_BOT_TOKEN": BOT}, [("Slack", ("QUIS_SLACK_APP_TOKEN",))]),
        ({"SLACK_APP_TOKEN": APP}, [("Slack", ("QUIS_SLACK_BOT_TOKEN",))]),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}, [("Slack", ())]),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": "s"},
            [("Slack", ("QUIS_SLACK_HTTP",))],
        ),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_HTTP": "127.0.0.1:3000"},
            [("Slack", ("QUIS_SLACK_SIGNING_SECRET",))],
        ),
        (
            {
                "SLACK_BOT_TOKEN": BOT,
                "SLACK_SIGNING_SECRET": "s",
                "SLACK_HTTP": "127.0.0.1:3000",
                "DISCORD_TOKEN": "t",
            },
            [("Discord", ()), ("Slack", ())],
        ),
    ],
)
def test_a_platform_is_served_where_all_that_it_needs_is_set(
    monkeypatch, variables, expected
):
    for name, value in variables.items():
        monkeypatch.setenv(f"QUIS_{name}", value)
    found = wanted(read_settings())
    assert [(each.name, each.missing) for each in found] == expected


@pytest.mark.parametrize(("value", "asked"), [("", False), ("true", True)])
def test_all_messages_are_asked_for_at_discord_only_where_that_is_set(
    monkeypatch, value, asked
):
    monkeypatch.setenv("QUIS_DISCORD_TOKEN", "t.o.k")
    monkeypatch.setenv("QUIS_DISCORD_MESSAGE_CONTENT", value)
    (platform,) = wanted(read_settings())
    client: Any = platform.make(Mock(), words("en"))
    assert client.connection.intents.message_content is asked


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", APP),
        ("SLACK_APP_TOKEN", BOT),
        ("SLACK_HTTP", "somewhere"),
        ("DISCORD_TOKEN", "two words"),
        ("DISCORD_API", "ftp://x"),
    ],
)
def test_a_token_in_the_wrong_place_is_told_without_repeating_it(
    monkeypatch, name, value
):
    monkeypatch.setenv(f"QUIS_{name}", value)
    with pytest.raises(InvalidSetting) as told:
        read_settings()
    assert f"QUIS_{name}" in str(told.value)
    if "TOKEN" in name:
        assert value not in str(told.value)


def test_a_token_is_shown_to_nobody(monkeypatch):
    monkeypatch.setenv("QUIS_DISCORD_TOKEN", " secret.to.ken \n")
    settings = read_settings()
    assert settings.discord_token
    assert settings.discord_token.get_secret_value() == "secret.to.ken"
    assert shown(settings)["QUIS_DISCORD_TOKEN"] == "***"
    assert "to.ken" not in repr(settings)
