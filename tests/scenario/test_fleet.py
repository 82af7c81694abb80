"""Several bot processes on one store: what is asked is answered once, what is due told once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from bot.cards import Action
from bot.desk import Desk
from bot.reception import Reception
from bot.reception.house import HANDED_OUT, LEASE
from bot.reception.messages import Command, How, Incoming, Press, Submission, Visibility
from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import (
    Actor,
    Answered,
    Place,
    Role,
    Status,
    Step,
    TenantSettings,
)
from tests.contracts.sql_fixtures import *  # noqa: F403 - its fixtures
from tests.fakes import FixedClock, WordEmbedder
from tests.scenario.desk_people import HERE, Front

ITALY = "Is Clearview active in Italy?"
EDITOR = Actor("terminal:ana", Role.ADMIN)


class Process(Front):
    """A process with a data folder of its own; its library is on the shared store."""

    def restart(self) -> None:
        desk = Desk(self.library, self.clock, on_fault=self.faults.append)
        self.reception = Reception(
            desk,
            self.library.tenants,
            self.library.notices,
            self.clock,
            corrections=self.library.corrections,
            holder=str(id(self)),
        )


@pytest.fixture
def fleet(store_url, tmp_path, ten_briefs):
    """Two processes, an hour after the store was filled."""
    clock = FixedClock()
    opened = []
    for name in ("one", "two"):
        config = LibraryConfig(
            data=tmp_path / name, store_url=store_url, corpus=ten_briefs
        )
        opened.append(open_library(config, None, clock, WordEmbedder()))
    clock.advance(hours=1)
    processes = [Process(library, clock) for library in opened]
    yield processes
    for library in opened:
        library.close()
    assert [each.faults for each in processes] == [[], []]


@pytest.fixture
def shown(fleet):
    """An answer stands in the channel; what it showed has been retracted since."""

    async def show():
        one, _ = fleet
        caller = one.person("ana").caller
        heard = Incoming(caller=caller, text=ITALY, how=How.MENTION, event="e")
        reply = await one.reception.hear(heard)
        await one.reception.posted(reply.key, Place("news", "m1"))
        (post,) = [one.library.tenants.post(HERE, reply.key)]
        document = one.library.resolve(post.passages[0].passage).document.id
        one.clock.advance(minutes=5)
        one.library.step(document, Step.RETRACT, EDITOR, "A hoax.")
        return reply

    return show


def test_three_that_start_at_once_on_an_empty_store_fill_it_once(
    store_url, tmp_path, ten_briefs
):
    """As ``docker compose up --scale quis=3`` starts them: with a folder each."""
    gate = Barrier(3)

    def start(name):
        config = LibraryConfig(
            data=tmp_path / name, store_url=store_url, corpus=ten_briefs
        )
        gate.wait()
        return open_library(config, None, FixedClock(), WordEmbedder())

    with ThreadPoolExecutor(3) as pool:
        opened = list(pool.map(start, ["one", "two", "three"]))
    try:
        for library in opened:
            library.refresh()
            assert len(library.documents(Status.PUBLISHED)) == 10
            assert {each.revision for each in library.documents()} == {1}
            assert isinstance(library.ask(ITALY), Answered)
        assert opened[0].verify().ok
    finally:
        for library in opened:
            library.close()


async def test_an_event_that_two_processes_get_is_answered_by_one(fleet):
    one, two = fleet
    caller = one.person("ana").caller
    command = Command(caller=caller, name="ask", options={"question": ITALY}, event="c")
    claim = Incoming(caller=caller, text=ITALY, how=How.CLAIM, event="k")
    mention = Incoming(
        caller=one.person("ben").caller, text=ITALY, how=How.MENTION, event="m"
    )
    first = await one.reception.command(command)
    assert first.card
    second = await two.reception.command(command)
    assert (second.card, second.visibility) == (None, Visibility.NOWHERE)
    one.clock.advance(minutes=1)
    assert (await two.reception.hear(claim)).card
    again = await one.reception.hear(claim)
    assert again.visibility is Visibility.NOWHERE
    assert (await one.reception.hear(mention)).card
    assert await two.reception.hear(mention) is None


async def test_a_press_and_a_form_that_two_processes_get_are_done_by_one(fleet):
    one, two = fleet
    one.library.tenants.set_settings(HERE, TenantSettings(moderators_channel="mods"))
    ana = one.person("ana")
    reply = await ana.asks(ITALY)
    press = Press(
        caller=ana.caller, button=f"quis:{Action.MORE.value}:{reply.key}:3", event="p"
    )
    assert (await two.reception.press(press)).card
    assert (await one.reception.press(press)).visibility is Visibility.NOWHERE
    form = Submission(
        caller=ana.caller,
        form=f"quis:wrong:{reply.key}:",
        values={"kind": "other", "text": "Look."},
        event="f",
    )
    assert (await one.reception.submit(form)).visibility is Visibility.ELSEWHERE
    assert (await two.reception.submit(form)).visibility is Visibility.NOWHERE
    assert len(one.library.tenants.reports(HERE, open_only=True)) == 1


async def test_a_correction_that_both_see_due_is_told_by_one(fleet, shown):
    await shown()
    due = [await each.reception.to_tell("discord") for each in fleet]
    (notice,) = {each.id for found in due for each in found}
    took = [await each.reception.take(notice) for each in fleet]
    assert sorted(took) == [False, True]


async def test_what_a_process_took_and_died_over_is_told_by_another(fleet, shown):
    one, two = fleet
    await shown()
    (notice,) = await one.reception.to_tell("discord")
    assert await one.reception.take(notice.id)
    one.clock.advance(seconds=LEASE.total_seconds() - 1)
    (again,) = await two.reception.to_tell("discord")
    assert not await two.reception.take(again.id)
    one.clock.advance(seconds=2)
    (again,) = await two.reception.to_tell("discord")
    assert await two.reception.take(again.id)


async def test_a_notice_that_was_handed_out_long_ago_is_not_told_on_its_word(
    fleet, shown
):
    one, two = fleet
    await shown()
    (stale,) = await one.reception.to_tell("discord")
    (fresh,) = await two.reception.to_tell("discord")
    assert await two.reception.take(fresh.id)
    await two.reception.told(fresh.id, Place("news", "m1"))
    one.clock.advance(seconds=(HANDED_OUT + timedelta(seconds=1)).total_seconds())
    assert not await one.reception.take(stale.id)


async def test_what_one_process_publishes_the_other_answers_with(fleet, tmp_path):
    one, two = fleet
    two.library.refresh()
    passage = one.library.ask(ITALY).evidence[0].passage
    one.library.step(passage.document, Step.RETRACT, EDITOR, "A hoax.")
    two.library.refresh()
    shown = {each.passage.document for each in two.library.ask(ITALY).evidence}
    assert passage.document not in shown
    assert set(two.library.lag().values()) == {0}
