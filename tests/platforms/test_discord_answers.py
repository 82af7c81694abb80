"""Discord from end to end: real client, real reception, a real library of ten briefs."""

import asyncio
import shutil
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace

import pytest

from bot.catalogue import words
from bot.desk import Desk
from bot.on_discord.client import DiscordClient
from bot.reception import Reception
from knowledge.assembly import LibraryConfig, open_library
from tests.fakes import FixedClock, WordEmbedder
from tests.platforms.discord_server.asked import Until
from tests.platforms.discord_server.clock import Clock
from tests.platforms.discord_server.server import DiscordServer

ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"


@asynccontextmanager
async def serving(server, library, clock, data):
    faults: list[Exception] = []
    desk = Desk(library, clock, on_fault=faults.append)
    reception = Reception(desk, library.tenants, library.notices, clock)
    client = DiscordClient(
        server.token, reception, words("en"), api=server.api, data=data, tell_every=None
    )
    client.connection._connection.guild_ready_timeout = 0.02
    task = asyncio.create_task(client.run())
    try:
        await server.until(
            lambda: server.gateway.connected or task.done(), "the bot to connect"
        )
        await asyncio.wait_for(client.connection.wait_until_ready(), 5)
        yield client
    finally:
        await client.close()
        with suppress(Exception):
            await task
    assert faults == []


@pytest.fixture
async def here(stocked, tmp_path, capfd):
    data = tmp_path / "quis"
    shutil.copytree(stocked, data)
    clock = FixedClock()
    clock.advance(hours=1)
    config = LibraryConfig(data=data, corpus=None)
    # How fast a shared machine reads is not what is tried here.
    async with DiscordServer(patience=60, clock=Clock(stopped=True)) as server:
        guild = server.guild("Newsroom")
        with open_library(config, None, clock, WordEmbedder()) as library:
            yield SimpleNamespace(
                server=server,
                guild=guild,
                general=server.channel(guild, "general"),
                desk=server.channel(guild, "moderators"),
                ana=server.member(guild, "ana", permissions="manage_guild"),
                ben=server.member(guild, "ben", locale="fr"),
                library=library,
                serving=lambda: serving(server, library, clock, data),
            )
        assert server.broken_rules() == []
        said = capfd.readouterr()
        for secret in (server.token, "Clearview", "itok-"):
            assert secret not in said.out + said.err


async def test_a_question_and_all_that_stands_under_its_answer(here):
    async with here.serving():
        asked = await here.ana.slash(here.general, "ask", question=ITALY)
        assert "“" in asked.text
        assert not asked.ephemeral
        labels = {button.label for button in asked.answer.buttons}
        for label in ("Context", "Coverage", "Why these?"):
            pressed = await here.ben.presses(asked, label)
            assert pressed.ephemeral
            assert pressed.text
        more = next(label for label in labels if label.startswith("More"))
        assert "«" in (await here.ben.presses(asked, more)).text
        refused = await here.ben.presses(asked, "Delete")
        assert refused.ephemeral
        assert not asked.answer.deleted
        message = asked.answer
        pressed = await here.ana.presses(asked, "Delete")
        await here.server.until(lambda: message.deleted and pressed.shown, "it to go")
    here.server.forgive("has no answer")


async def test_a_refusal_is_private_by_command_and_informs(here):
    async with here.serving():
        asked = await here.ben.slash(here.general, "ask", question=JAPAN)
        assert asked.ephemeral
        assert "Clearview AI" in asked.text
        assert "http" not in asked.text


async def test_mentions_direct_messages_and_follow_ups(here):
    async with here.serving():
        post = await here.ana.says(here.general, f"@Quis {ITALY}")
        assert "Clearview AI" in post.text
        again = await here.ana.replies(post, "and in Greece?")
        assert "Greece" in again.text
        direct = await here.ben.dm(ITALY)
        assert "“" in direct.text
        for nonsense in ("@Quis", "@Quis 👍", "@Quis x", "@Quis ```\n```"):
            assert (await here.ana.says(here.desk, nonsense)).text


async def test_what_readers_report_reaches_the_moderators(here):
    async with here.serving():
        await here.ana.slash(here.general, "settings moderators", channel=here.desk)
        asked = await here.ben.slash(here.general, "ask", question=ITALY)
        wrong = next(b for b in asked.answer.buttons if "quis:wrong" in b.custom_id)
        opened = await here.ben.presses(asked, wrong.label)
        assert opened.modal
        sent = await here.ben.submits(opened.modal, {"kind": "outdated", "text": "Old"})
        assert sent.ephemeral
        await here.server.until(lambda: len(here.ana.sees(here.desk)) > 1, "a card")
        (_, card) = here.ana.sees(here.desk)
        assert "Old" in card.text
        await here.ana.presses(card, card.buttons[0].label)
    # After a restart, and for the person alone.
    async with here.serving() as client:
        await client.connection.tell_what_is_due()
        assert here.ben.sees(here.ben.direct)


async def test_settings_hold_from_now_on(here):
    async with here.serving():
        await here.ana.slash(
            here.general, "settings private", private=True, scope="channel"
        )
        asked = await here.ana.slash(here.general, "ask", question=ITALY)
        assert asked.ephemeral
        shared = await here.ana.presses(asked, "Share here")
        shown = [m for m in here.ben.sees(here.general) if m.author.bot]
        assert shown
        assert shared
        card = await here.ana.slash(here.general, "settings show")
        menu = card.answer.selects[0]
        await here.ana.chooses(card, menu.custom_id, ["fr"])
        await here.server.until(lambda: "français" in card.text, "the change")


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("vendor", {"vendor": "clearview-ai"}),
        ("vendor", {"vendor": "Nobody knows it"}),
        ("country", {"country": "IT"}),
        ("law", {}),
        ("coverage", {"vendor": "clearview-ai"}),
        ("sources", {"country": "IT"}),
        ("why", {}),
        ("help", {}),
        ("privacy", {}),
    ],
)
async def test_every_command_says_something_useful_to_one_person(
    here, command, options
):
    async with here.serving():
        asked = await here.ben.slash(here.general, command, **options)
        assert asked.ephemeral
        assert len(asked.text) > 40


async def test_a_claim_in_a_message_is_checked(here):
    async with here.serving():
        post = await here.ana.says(here.general, "Clearview was fined in Italy")
        asked = await here.ana.context_menu(post.message, "Check this claim")
        assert "“" in asked.text


async def test_suggestions_are_what_is_held(here):
    async with here.serving():
        asked = await here.ben.autocomplete(
            here.general, "vendor", focused="vendor", vendor="clear"
        )
        assert "Clearview AI" in asked.suggestions
        asked = await here.ben.autocomplete(
            here.general, "ask", focused="question", question="Is Clear"
        )
        assert "Is Clearview AI" in asked.suggestions
        asked = await here.ben.autocomplete(
            here.general, "ask", focused="question", question="Is Clearview in ly"
        )
        assert asked.suggestions == ["Is Clearview in ly"]  # no word is begun by it
        for typed, proposed in (("balk", ["Balkans"]), ("afr", [])):
            asked = await here.ben.autocomplete(
                here.general, "country", focused="country", country=typed
            )
            assert asked.suggestions == proposed


async def test_a_button_of_before_a_restart_still_works(here):
    async with here.serving():
        asked = await here.ana.slash(here.general, "ask", question=ITALY)
    async with here.serving():
        pressed = await here.ana.presses(asked, "Context")
        assert "“" in pressed.text


async def test_many_ask_at_once_and_each_is_answered_once(here):
    people = [here.server.member(here.guild, f"reader{n}") for n in range(60)]
    rooms = [here.server.channel(here.guild, f"room{n}") for n in range(60)]
    async with here.serving():
        asked = await asyncio.gather(
            *(
                person.slash(room, "ask", question=ITALY, until=Until.ACKNOWLEDGED)
                for person, room in zip(people, rooms, strict=True)
            )
        )
        await asyncio.gather(*(each.answered() for each in asked))
        assert all("“" in each.text for each in asked)
