"""Who is there, as Slack says, and who else reads along."""

import asyncio
from types import SimpleNamespace

import pytest
from slack_sdk.errors import SlackApiError

from bot.cards import Card, Line
from bot.on_slack.delivery import Delivery
from bot.on_slack.people import People
from bot.on_slack.spots import Spot
from bot.reception.messages import Reply, Visibility
from knowledge.model import Tenant

TENANT = Tenant("slack", "T1")


class Slack:
    """The bot's messages with anybody are in D1; those of two people are closed to it."""

    def __init__(self):
        self.opened = 0
        self.session, self.timeout = None, 1

    async def users_info(self, **_):
        return {"user": {}}

    async def usergroups_list(self, **_):
        return {"usergroups": []}

    async def conversations_open(self, *, users):
        self.opened += 1
        return {"channel": {"id": "D1"}}

    async def chat_postMessage(self, *, channel, **_):  # noqa: N802 - Slack's name
        if channel != "D1":
            raise SlackApiError("", {"ok": False, "error": "channel_not_found"})
        return {"channel": channel, "ts": "1.1"}


@pytest.mark.parametrize(
    ("channel", "alone"), [("D1", True), ("D2", False), ("C1", False), ("U1", True)]
)
async def test_nobody_else_reads_the_messages_with_the_bot_and_no_others(
    channel, alone
):
    people = People(Slack())  # type: ignore[arg-type]
    caller = await people.caller(TENANT, channel, "U1")
    assert caller.direct is alone


async def test_it_is_asked_once_where_they_are():
    slack = Slack()
    people = People(slack)  # type: ignore[arg-type]
    for channel in ("D1", "D2", "D1"):
        await people.caller(TENANT, channel, "U1")
    assert slack.opened == 1


async def test_whoever_is_not_looked_up_in_time_has_no_rights_until_slack_has_told():
    told = asyncio.Event()

    class Slow(Slack):
        async def users_info(self, **_):
            await told.wait()
            return {"user": {"locale": "fr-FR", "is_admin": True}}

    people = People(Slow())  # type: ignore[arg-type]
    caller = await people.caller(TENANT, "C1", "U1", within=0.01)
    assert (caller.locale, caller.manages) == (None, False)
    asked_for = asyncio.create_task(people.caller(TENANT, "C1", "U1", fresh=True))
    await asyncio.sleep(0.05)
    assert not asked_for.done()  # rights are waited for
    told.set()
    assert (await asked_for).manages
    caller = await people.caller(TENANT, "C1", "U1", within=0.01)
    assert (caller.locale, caller.manages) == ("fr-FR", True)


async def test_what_one_of_two_people_alone_may_see_is_said_beside_what_was_done():
    said = []

    class Told(Delivery):
        async def _respond(self, spot, message, **how):
            said.append(how["response_type"])

    delivery = Told(Slack(), SimpleNamespace(), [])  # type: ignore[arg-type]
    reply = Reply(card=Card("x", (Line("y"),)), visibility=Visibility.PRIVATE)
    spot = Spot(channel="D2", user="U1", response_url="http://127.0.0.1/")
    await delivery.deliver(reply, spot)
    assert said == ["ephemeral"]
