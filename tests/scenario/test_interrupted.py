"""A process ends between taking up a question and answering it: who asked is told, once."""

import asyncio
from dataclasses import dataclass, replace

import pytest

from bot.desk import Desk
from bot.reception import Reception
from bot.reception.delivering import delivering
from bot.reception.house import LEASE
from bot.reception.interrupted import TOLD_WITHIN
from bot.reception.messages import How, Incoming
from knowledge.errors import StoreUnavailable
from knowledge.model import AnswersWhen, ChannelSettings, Place, TenantSettings
from tests.scenario.desk_people import HERE, Front, copied, read

ITALY = "Is Clearview active in Italy?"
ADDRESSED = [How.MENTION, How.DIRECT, How.REPLY, How.THREAD]
NEVER = ChannelSettings(answers=AnswersWhen.NEVER)
SILENCED = TenantSettings(channels={"news": NEVER})


@dataclass
class Process(Front):
    """A process by its name; ``restart`` is one that is killed and started anew."""

    name: str = "one"

    def restart(self) -> None:
        self.clock.advance(seconds=1)
        desk = Desk(self.library, self.clock, on_fault=self.faults.append)
        self.reception = Reception(
            desk,
            self.library.tenants,
            self.library.notices,
            self.clock,
            holder=self.name,
        )

    async def hears(self, text=ITALY, how=How.MENTION, message="m1", **where):
        """Something said; what is said to it is not delivered."""
        caller = self.person(**{"user": "ana"} | where).caller
        heard = Incoming(
            caller=caller, text=text, how=how, event=f"e-{message}", message=message
        )
        return heard, await self.reception.hear(heard)

    async def due(self):
        return await self.reception.to_tell("discord")


@pytest.fixture
def one(stocked, tmp_path):
    with copied(stocked, tmp_path) as (library, clock):
        front = Process(library, clock)
        yield front
        assert front.faults == []


@pytest.fixture
def two(one):
    """Another process on the same store."""
    return Process(one.library, one.clock, name="two")


# --- who is told -------------------------------------------------------------------------


@pytest.mark.parametrize("how", ADDRESSED)
async def test_who_turned_to_a_process_that_was_killed_is_told_under_their_question(
    one, how
):
    where = {"thread": "t1", "direct": how is How.DIRECT}
    heard, answer = await one.hears(message="m0", **where)
    await one.reception.delivered(heard)
    await one.hears(how=how, **where)
    assert await one.due() == ()
    one.restart()
    (notice,) = await one.due()
    assert (notice.reply_to, notice.unanswered) == (Place("news", "m1", "t1"), True)
    assert (notice.tenant, notice.user, notice.channel) == (HERE, None, None)
    assert "interrupted before it could answer" in read(notice.card)
    assert notice.card.quotes() == ()
    assert answer.card.quotes()
    assert await one.reception.take(notice.id)
    await one.reception.told(notice.id, Place("news", "m2"))
    assert await one.due() == ()
    one.restart()
    assert await one.due() == ()


@pytest.mark.parametrize("how", ADDRESSED)
async def test_who_was_answered_is_not_told_and_neither_is_who_got_another_word(
    one, how
):
    for number, text in enumerate((ITALY, "hello", "🔥", "?", "x" * 3000)):
        heard, reply = await one.hears(text, how, f"m{number}", user=f"u{number}")
        await one.reception.delivered(heard)
        assert reply is not None or how is How.THREAD
    one.restart()
    one.clock.advance(hours=1)
    assert await one.due() == ()


async def test_who_is_met_with_silence_in_a_thread_is_not_told(one):
    heard, _ = await one.hears(message="m0", thread="t1")
    await one.reception.delivered(heard)
    _, reply = await one.hears("shall we have lunch?", How.THREAD, thread="t1")
    assert reply is None
    one.restart()
    assert await one.due() == ()


async def test_in_a_thread_nobody_is_told_who_asked_nothing(one):
    heard, _ = await one.hears(message="m0", thread="t1")
    await one.reception.delivered(heard)
    await one.hears("and in Greece", How.THREAD, "m1", thread="t1")
    one.restart()
    assert await one.due() == ()


@pytest.mark.parametrize("how", [How.OVERHEARD, How.COMMAND, How.CLAIM])
async def test_what_has_no_message_that_turned_to_the_bot_is_not_told(one, how):
    everywhere = TenantSettings(answers=AnswersWhen.SURE)
    one.library.tenants.set_settings(HERE, everywhere)
    message = "m1" if how is How.OVERHEARD else ""
    _, reply = await one.hears(how=how, message=message)
    assert reply
    one.restart()
    assert await one.due() == ()


# --- when, and by whom -------------------------------------------------------------------


async def test_while_a_question_is_being_answered_nobody_is_told(one, two):
    heard, _ = await one.hears()
    for _ in range(3):
        assert await one.due() == ()
        assert await two.due() == ()
        one.clock.advance(minutes=3)
    await one.reception.delivered(heard)
    one.clock.advance(hours=2)
    assert await one.due() == await two.due() == ()


async def test_what_was_lost_on_the_way_is_told_by_the_same_process_behind_a_lease(one):
    one.clock.advance(seconds=1)
    await one.hears()
    one.clock.advance(seconds=LEASE.total_seconds() - 1)
    assert await one.due() == ()
    one.clock.advance(seconds=1)
    (notice,) = await one.due()
    await one.reception.told(notice.id)
    assert await one.due() == ()


async def test_another_process_tells_it_once_the_lease_is_over(one, two):
    await one.hears()
    one.clock.advance(seconds=LEASE.total_seconds() - 1)
    assert await two.due() == ()
    one.clock.advance(seconds=1)
    assert len(await two.due()) == 1


async def test_of_two_processes_one_tells_it(one, two):
    await one.hears()
    one.restart()
    one.clock.advance(seconds=LEASE.total_seconds())
    (notice,), (same,) = await one.due(), await two.due()
    assert notice.id == same.id
    taken = [await each.reception.take(notice.id) for each in (one, two)]
    assert taken == [True, False]
    await one.reception.told(notice.id)
    assert await two.due() == ()


async def test_a_process_that_is_killed_while_it_tells_is_followed_by_the_next(one):
    await one.hears()
    one.restart()
    (notice,) = await one.due()
    assert await one.reception.take(notice.id)
    one.restart()
    (again,) = await one.due()
    assert again.again
    assert replace(again, again=False, since=None) == notice
    assert await one.reception.take(again.id)


async def test_after_a_day_nobody_is_told(one):
    await one.hears()
    one.restart()
    one.clock.advance(seconds=TOLD_WITHIN.total_seconds() - 60)
    assert len(await one.due()) == 1
    one.clock.advance(minutes=2)
    assert await one.due() == ()
    assert one.library.notices.purge() > 0


async def test_a_question_that_is_delivered_again_is_told_and_not_answered(one):
    await one.hears()
    one.restart()
    _, reply = await one.hears()
    assert reply is None
    assert len(await one.due()) == 1


async def test_many_who_were_interrupted_are_told_little_by_little(one):
    for number in range(50):
        where = {"user": f"u{number}", "channel": f"c{number}"}
        await one.hears("hello", message=f"m{number}", **where)
    one.restart()
    told = set()
    while due := await one.due():
        assert len(due) <= 40
        for notice in due:
            await one.reception.told(notice.id)
            told.add(notice.id)
    assert len(told) == 50


# --- where -------------------------------------------------------------------------------


async def test_nothing_is_said_where_the_bot_never_speaks_in_public(one):
    one.library.tenants.set_settings(HERE, SILENCED)
    _, reply = await one.hears()
    assert reply
    one.restart()
    assert await one.due() == ()


async def test_nothing_is_said_where_the_bot_speaks_in_public_no_more(one):
    await one.hears()
    await one.hears(message="m2", channel="ana", direct=True)
    silent = TenantSettings(answers=AnswersWhen.NEVER)
    one.library.tenants.set_settings(HERE, silent)
    one.restart()
    (notice,) = await one.due()
    assert notice.reply_to == Place("ana", "m2")
    one.library.tenants.set_settings(HERE, TenantSettings())
    one.restart()
    assert [each.id for each in await one.due()] == [notice.id]


async def test_a_place_that_the_bot_left_is_told_nothing(one):
    await one.hears()
    await one.reception.gone(HERE)
    assert HERE not in one.library.tenants.known("discord")
    one.restart()
    assert await one.due() == ()


# --- how ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("set_here", "locale", "text", "words"),
    [
        ("de", "it", ITALY, "wurde unterbrochen"),
        (None, "it", ITALY, "è stato interrotto"),
        (None, "ja", "Ist Clearview in Italien aktiv?", "wurde unterbrochen"),
        (None, None, "Clearview est-elle active en Italie ?", "a été interrompu"),
        (None, "es-ES", ITALY, "fue interrumpido"),
        (None, None, ITALY, "was interrupted"),
    ],
)
async def test_it_is_said_in_the_language_that_an_answer_would_be_in(
    one, set_here, locale, text, words
):
    one.library.tenants.set_settings(HERE, TenantSettings(language=set_here))
    await one.hears(text, locale=locale)
    one.restart()
    (notice,) = await one.due()
    assert words in read(notice.card)


async def test_a_language_that_was_set_since_is_spoken(one):
    await one.hears()
    one.library.tenants.set_settings(HERE, TenantSettings(language="it"))
    one.restart()
    (notice,) = await one.due()
    assert "è stato interrotto" in read(notice.card)


async def test_of_a_pending_question_neither_words_nor_asker_are_stored(one, tmp_path):
    heard, _ = await one.hears("Is Clearview a xylophone?", user="user-4711")
    assert heard.caller.user == "user-4711"
    (held,) = one.library.tenants.pending(
        "discord",
        holder="one",
        begun=one.clock.now(),
        at=one.clock.now(),
        lease=LEASE,
        since=one.clock.now() - TOLD_WITHIN,
        limit=9,
    )
    assert held.place == Place("news", "m1")
    for path in (tmp_path / "quis").glob("quis.sqlite*"):
        data = path.read_bytes()
        assert b"xylophone" not in data
        assert b"user-4711" not in data


# --- on the way --------------------------------------------------------------------------


def refused(error):
    """Whether the platform, as it is made here, will not have something."""
    return isinstance(error, PermissionError)


async def test_what_the_platform_refused_is_settled_as_what_it_took_is(one):
    heard, _ = await one.hears(message="m1")
    async with delivering(one.reception, heard, refused):
        pass
    heard, _ = await one.hears(message="m2")
    with pytest.raises(PermissionError):
        async with delivering(one.reception, heard, refused):
            raise PermissionError
    one.restart()
    assert await one.due() == ()


async def test_whom_nothing_reached_as_the_platform_was_away_is_told_later(one):
    heard, _ = await one.hears()
    with pytest.raises(ConnectionError):
        async with delivering(one.reception, heard, refused):
            raise ConnectionError
    one.clock.advance(seconds=LEASE.total_seconds())
    assert len(await one.due()) == 1


async def test_who_was_being_answered_when_the_process_was_ended_in_order_is_told(one):
    heard, _ = await one.hears()

    async def deliver():
        async with delivering(one.reception, heard, refused):
            await asyncio.Event().wait()

    task = asyncio.create_task(deliver())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    one.restart()
    assert len(await one.due()) == 1


async def test_a_store_that_fails_behind_an_answer_leaves_it_to_be_looked_for(
    one, monkeypatch
):
    one.clock.advance(seconds=1)
    heard, _ = await one.hears()

    def settle(*_):
        raise StoreUnavailable(where="here", problem="the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(one.library.tenants, "settle", settle)
        await one.reception.delivered(heard)
    (fault,) = one.faults
    assert isinstance(fault, StoreUnavailable)
    one.faults.clear()
    assert await one.due() == ()
    one.clock.advance(seconds=LEASE.total_seconds())
    (notice,) = await one.due()
    assert notice.unanswered
