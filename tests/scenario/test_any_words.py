"""Whatever is typed, pressed or sent, it gets one reply that both platforms can show.

Bred, not thought of: lines behind Slack's commands, options of Discord's, codes of
buttons, values of forms. An unforeseen fault, which the reception owns to, is a failure.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from discord import ui
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.on_discord import forms as discord_forms
from bot.on_discord import render as on_discord
from bot.on_discord.commands import invoked
from bot.on_discord.receiving import words_of
from bot.on_slack import commands as slack_commands
from bot.on_slack import forms as slack_forms
from bot.on_slack import markup
from bot.on_slack import render as on_slack
from bot.reception.messages import (
    Choosing,
    How,
    Option,
    Reply,
    Submission,
    Visibility,
)
from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import Tenant, TenantSettings
from tests import any_words
from tests.fakes import FixedClock, WordEmbedder
from tests.scenario.desk_people import HERE, Front, Person, read

ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"
WORKSPACE = Tenant("slack", "T1")
MODERATED = TenantSettings(moderators_channel="mods", editors=("eds",))
few = settings(
    max_examples=25,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Iterator[Front]:
    """A reception where documents may be changed, of which nothing is lost between examples."""
    data = tmp_path_factory.mktemp("words") / "quis"
    shutil.copytree(seeded, data)
    clock = FixedClock()
    clock.advance(days=400)
    config = LibraryConfig(data=data, corpus=None)
    with open_library(config, None, clock, WordEmbedder()) as library:
        yield Front(
            library,
            clock,
            moderating=True,
            changed_from=("discord:100", "slack:T1"),
        )


def a_moderator(front: Front, where: Tenant) -> Person:
    """Who may do everything, so that nothing is turned away at the door."""
    return front.person(
        "ana", tenant=where, manages=True, groups=frozenset({"eds"}), name="Ana"
    )


def told(
    front: Front,
    work: Callable[[Person], Awaitable[Reply | None]],
    where: Tenant = HERE,
) -> Reply | None:
    """What came of it after a start, and that it can be shown."""
    front.faults.clear()
    front.restart()
    front.library.tenants.set_settings(where, MODERATED)

    async def done() -> Reply | None:
        return await work(a_moderator(front, where))

    reply = asyncio.run(done())
    assert [repr(fault) for fault in front.faults] == []
    if reply is not None:
        showable(reply)
    return reply


def showable(reply: Reply) -> None:
    """Both platforms can draw it, within what they take."""
    for card in (reply.card, reply.also, reply.otherwise):
        if card is None:
            continue
        assert read(card)
        drawn = on_discord.render(card)
        texts = [
            item.content
            for item in drawn.view.walk_children()
            if isinstance(item, ui.TextDisplay)
        ]
        assert sum(len(text.encode("utf-16-le")) // 2 for text in texts) <= 4000
        message = on_slack.render(card)
        assert len(message.blocks) <= 50
        assert on_slack.length(message.blocks) <= on_slack.LONGEST
    if reply.form is not None:
        assert discord_forms.modal(reply.form).to_dict()
        assert slack_forms.modal(reply.form, "C1")
    assert (reply.form is not None) == (reply.visibility is Visibility.FORM)


# --- commands ----------------------------------------------------------------------------


@few
@given(typed=any_words.slack_commands)
def test_any_line_behind_a_slack_command_gets_one_reply(front: Front, typed):
    command, line = typed

    async def types(who: Person) -> Reply:
        async def suggest(option: str, text: str) -> tuple[Option, ...]:
            choosing = Choosing(caller=who.caller, option=option, typed=text)
            return await front.reception.suggest(choosing)

        name = slack_commands.name_of(command)
        name, options = await slack_commands.filled(name, line, suggest)
        return await who.types(name, **options)

    assert told(front, types, WORKSPACE) is not None


@few
@given(data=any_words.discord_commands)
def test_any_options_of_a_discord_command_get_one_reply(front: Front, data):
    sent = invoked(data)
    assert told(front, lambda who: who.types(sent.name, **sent.options)) is not None


@few
@given(
    option=st.sampled_from(["vendor", "country", "question", "document", "other", "x"]),
    typed=any_words.lines,
)
def test_whatever_is_being_typed_gets_proposals_that_discord_takes(
    front: Front, option, typed
):
    front.faults.clear()
    front.restart()
    who = a_moderator(front, HERE)
    choosing = Choosing(caller=who.caller, option=option, typed=typed)
    offered = asyncio.run(front.reception.suggest(choosing))
    assert len(offered) <= 25
    for each in offered:
        assert 1 <= len(each.label) <= 100
        assert 1 <= len(each.value) <= 100
    assert front.faults == []


# --- messages ----------------------------------------------------------------------------


@few
@given(
    text=any_words.lines,
    how=st.sampled_from([*How]),
    plain=st.sampled_from([words_of, markup.plain]),
)
def test_any_message_gets_a_reply_or_silence(front: Front, text, how, plain):
    reply = told(front, lambda who: who.says(plain(text), how))
    if how in (How.MENTION, How.DIRECT, How.REPLY, How.CLAIM):
        assert reply is not None


# --- buttons and forms -------------------------------------------------------------------


@pytest.fixture(scope="module")
def keys(front: Front) -> list[str]:
    """Of an answer, a refusal, and a document."""
    front.restart()
    front.library.tenants.set_settings(HERE, MODERATED)

    async def ask() -> list[str]:
        who = a_moderator(front, HERE)
        return [(await who.asks(question)).key for question in (ITALY, JAPAN)]

    asked = asyncio.run(ask())
    return [*asked, next(iter(front.library.documents())).id]


@few
@given(data=st.data())
def test_any_press_gets_one_reply(front: Front, keys, data):
    code = data.draw(any_words.codes(keys))
    values = data.draw(any_words.chosen)
    reply = told(front, lambda who: who.presses_code(code, values=values))
    assert reply is not None


@few
@given(data=st.data())
def test_any_form_that_is_sent_gets_one_reply(front: Front, keys, data):
    code = data.draw(any_words.codes(keys))
    values = data.draw(any_words.filled)

    async def sends(who: Person) -> Reply:
        sent = Submission(caller=who.caller, form=code, values=values)
        return await front.reception.submit(sent)

    reply = told(front, sends)
    assert reply is not None
