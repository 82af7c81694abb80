"""Whatever somebody does at Discord is acknowledged in under a second, however long it takes.

A form too, which cannot be given later: then a button opens it.

Measured at the local server by the real clock. By how much the event loop itself was late
is taken off: the machine may be busy with others.
"""

import asyncio
import contextlib
import time

import pytest

from bot.reception.messages import Reply, Visibility
from tests.platforms.discord_server.asked import Ack, Until
from tests.platforms.discord_server.server import DiscordServer
from tests.platforms.test_discord_client import FORM, Scripted, private, serving

LIMIT = 1.0
STEP = 0.02


class Hesitating(Scripted):
    """Never comes to an end by itself, with proposals neither."""

    async def suggest(self, choosing):
        await asyncio.sleep(60)


@contextlib.asynccontextmanager
async def lateness():
    """Call what it gives: the seconds that this process' event loop was late so far."""
    late = [0.0]

    async def watch():
        while True:
            began = time.monotonic()
            await asyncio.sleep(STEP)
            late[0] += max(0.0, time.monotonic() - began - STEP)

    watching = asyncio.create_task(watch())
    try:
        yield lambda: late[0]
    finally:
        watching.cancel()


@contextlib.asynccontextmanager
async def room(reception):
    """A server with one room, and ben in it; no rule is broken in the end."""
    async with DiscordServer(patience=30) as server:
        guild = server.guild("Newsroom")
        general = server.channel(guild, "general")
        ben = server.member(guild, "ben")
        async with serving(server, reception):
            yield server, general, ben
        assert server.broken_rules() == []


async def test_every_interaction_is_acknowledged_within_a_second_whatever_it_takes():
    reception = Hesitating()
    async with room(reception) as (server, general, ben), lateness() as late:
        asked = await ben.slash(general, "ask", question="Is it so?")
        said = await ben.says(general, "It is so.", until=Until.SENT)
        reception.reply = Reply(card=None, visibility=Visibility.FORM, form=FORM)
        opened = await ben.presses(asked, "Something wrong?")
        assert opened.modal
        reception.gate = asyncio.Event()
        for reply, what, deed in (
            (
                private("x"),
                "command",
                lambda: ben.slash(
                    general, "ask", question="And now?", until=Until.ACKNOWLEDGED
                ),
            ),
            (
                private("x"),
                "claim",
                lambda: ben.context_menu(
                    said.message, "Check this claim", until=Until.ACKNOWLEDGED
                ),
            ),
            (
                private("x"),
                "press",
                lambda: ben.presses(asked, "More (3)", until=Until.ACKNOWLEDGED),
            ),
            (
                reception.reply,
                "form",
                lambda: ben.presses(
                    asked, "Something wrong?", until=Until.ACKNOWLEDGED
                ),
            ),
            (
                private("x"),
                "sent",
                lambda: ben.submits(
                    opened.modal,
                    {"kind": "other", "text": "Old"},
                    until=Until.ACKNOWLEDGED,
                ),
            ),
        ):
            reception.reply = reply
            before = late()
            done = await deed()
            took = done.acknowledged_after - (late() - before)
            assert took < LIMIT, what
            reception.gate.set()
            await server.until(lambda done=done: done.shown, "an answer")
            reception.gate = asyncio.Event()
            if what == "form":  # a form can only be opened at once
                assert done.ack is Ack.WILL_UPDATE
                assert "The form is ready" in done.text
                assert [each.label for each in done.answer.buttons] == ["Open the form"]


async def test_a_form_that_is_made_in_half_a_second_opens_by_itself():
    reception = Hesitating()
    async with room(reception) as (_, general, ben):
        asked = await ben.slash(general, "ask", question="Is it so?")
        reception.reply = Reply(card=None, visibility=Visibility.FORM, form=FORM)
        reception.gate = asyncio.Event()
        asyncio.get_running_loop().call_later(0.4, reception.gate.set)
        opened = await ben.presses(asked, "Something wrong?")
        assert opened.modal


async def test_proposals_come_within_a_second_or_not_at_all():
    async with room(Hesitating()) as (_, general, ben), lateness() as late:
        before = late()
        began = time.monotonic()
        asked = await ben.autocomplete(
            general, "vendor", focused="vendor", vendor="Clear"
        )
        assert asked.suggestions == []
        assert time.monotonic() - began - (late() - before) < LIMIT


@pytest.mark.parametrize("trouble", ["drop", "lose_answer"])
@pytest.mark.parametrize("hidden", [False, True])
async def test_an_acknowledgement_whose_connection_breaks_costs_no_answer(
    trouble, hidden
):
    reception = Scripted()
    if hidden:
        reception.reply = private("For you alone")
    async with room(reception) as (server, general, ben):
        reception.gate = asyncio.Event()
        getattr(server.faults, trouble)("POST", "/interactions/*/*/callback")
        asked = await ben.slash(general, "ask", question="x y", until=Until.SENT)
        await server.until(lambda: asked.ack is Ack.THINKING, "an acknowledgement")
        reception.gate.set()
        await asked.answered()
        assert len(asked.shown) == 1
        assert asked.answer.ephemeral == hidden
