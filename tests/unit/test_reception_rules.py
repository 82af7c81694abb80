"""The pure parts of the reception: rights, hearing, pace, memory, repetitions, codes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Action, Button
from bot.conversation.askable import LONGEST, Unfit, cleaned, unfit
from bot.reception.codes import Code
from bot.reception.hearing import asks_us, awaits, heeds, worth_saying
from bot.reception.memory import (
    CONVERSATION_LASTS,
    CONVERSATIONS,
    QUESTIONS,
    TEXT_LASTS,
    Fading,
    Memory,
)
from bot.reception.messages import Caller, How
from bot.reception.pace import MOST_BUCKETS, PERSON, Allowance, Bucket, Pace, taken
from bot.reception.repeats import LASTS, Repeats, marks
from bot.reception.rules import FRESH, Rules, in_channel
from bot.reception.who_may import (
    hashed,
    may_configure,
    may_delete,
    may_resolve,
    may_see,
    role,
    stands_here,
)
from knowledge.model import (
    AnswersWhen,
    ChannelSettings,
    FollowUp,
    NoAnswer,
    Place,
    Post,
    QuestionKind,
    Reason,
    Role,
    Tenant,
    TenantSettings,
)
from tests.answers import IRPI, answer, asked
from tests.fakes import NOON

HERE = Tenant("discord", "100")
ELSEWHERE = Tenant("discord", "200")
ANA = Caller(tenant=HERE, channel="news", user="ana")
BEN = replace(ANA, user="ben")


def post(**changes):
    values: dict[str, Any] = {
        "key": "k",
        "tenant": HERE,
        "channel": "news",
        "at": NOON,
        "language": "en",
        "owner": hashed("k", "ana"),
        "private": False,
    } | changes
    return Post(**values)


# --- who may -----------------------------------------------------------------------------


ROLES = TenantSettings(contributors=("c",), editors=("e",), admins=("a",))


@pytest.mark.parametrize(
    ("groups", "manages", "expected"),
    [
        ((), False, Role.READER),
        (("x",), False, Role.READER),
        (("c",), False, Role.CONTRIBUTOR),
        (("c", "e"), False, Role.EDITOR),
        (("a", "c"), False, Role.ADMIN),
        ((), True, Role.ADMIN),
    ],
)
def test_a_role_is_the_highest_that_groups_or_the_platform_give(
    groups, manages, expected
):
    caller = replace(ANA, groups=frozenset(groups), manages=manages)
    assert role(caller, ROLES) is expected
    assert may_configure(caller, ROLES) is (expected is Role.ADMIN)
    assert may_resolve(caller, ROLES) is (expected >= Role.EDITOR)


def test_a_role_of_one_tenant_is_none_in_another():
    editor = replace(ANA, groups=frozenset({"e"}))
    assert role(editor, TenantSettings()) is Role.READER


def test_who_asked_and_who_keeps_order_may_delete():
    editor = replace(BEN, groups=frozenset({"e"}))
    assert may_delete(ANA, post(), ROLES)
    assert may_delete(editor, post(), ROLES)
    assert not may_delete(BEN, post(), ROLES)


def test_an_owner_is_not_to_be_recognised_in_another_post():
    assert hashed("k", "ana") != hashed("j", "ana")
    assert "ana" not in hashed("k", "ana")


def test_a_private_answer_is_seen_by_its_asker_alone():
    assert may_see(ANA, post(private=True))
    assert not may_see(BEN, post(private=True))
    assert may_see(BEN, post())


def test_a_post_is_bound_to_its_tenant_and_channel_but_not_to_the_name_of_a_thread():
    assert not stands_here(post(), replace(ANA, tenant=ELSEWHERE))
    assert not stands_here(post(), replace(ANA, channel="sport"))
    assert stands_here(post(channel="t1"), replace(ANA, thread="t1"))
    in_thread = post(place=Place("news", "m", "t1"), channel="other")
    assert stands_here(in_thread, replace(ANA, channel="t1"))


# --- hearing -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Unfit.EMPTY),
        ("   \n", Unfit.EMPTY),
        ("?", Unfit.EMPTY),
        ("a", Unfit.EMPTY),
        ("```\n\n```", Unfit.EMPTY),
        ("\u200b\u200e", Unfit.EMPTY),
        ("🔥", Unfit.NO_TEXT),
        ("🔥 👀?", Unfit.NO_TEXT),
        ("x" * (LONGEST + 1), Unfit.TOO_LONG),
        ("yyyyyyyyyy", Unfit.EMPTY),
        ("Yyy yy?!", Unfit.EMPTY),
        ("https://example.org/x", Unfit.ADDRESS),
        ("<https://example.org/x>?", Unfit.ADDRESS),
        ("(www.example.org) https://example.org/clearview-italy", Unfit.ADDRESS),
        ("example.org/clearview/italy?a=1#b", Unfit.ADDRESS),
        ("https://example.org/x is it true?", None),
        ("booking.com", None),
        ("AC/DC", None),
        ("yyyn", None),
        ("ZZ", None),
        ("NEC?", None),
        ("5G", None),
        ("是吗", None),
    ],
)
def test_what_cannot_be_a_question_is_told_from_what_can(text, expected):
    assert unfit(cleaned(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```py\nIs Clearview active?\n```", "Is Clearview active?"),
        ("`Clearview` in Italy", "Clearview in Italy"),
        ("@everyone <!channel> @here is it?", "is it?"),
        ("a@here.example asks", "a@here.example asks"),
        ("is [Clearview](javascript:alert(1)) active", "is Clearview active"),
        ("[NEC](https://e.org/a) in Japan", "NEC in Japan"),
        (
            "C\u0336\u0334\u0321\u0315l\u0337\u0328\u0330ear",
            "C\u0336\u0334l\u0337\u0328ear",
        ),
        ("\u202eClearview\u202c", "Clearview"),
        ("a\x00b\x07c", "a b c"),
        ("x\ud83dy", "xy"),
        ("Việt Nam", "Việt Nam"),
    ],
)
def test_a_text_is_cleaned_of_everything_but_words(text, expected):
    assert cleaned(text) == expected


@given(st.text(max_size=300))
def test_cleaning_never_fails_and_cleans_all_at_once(text):
    assert cleaned(cleaned(text)) == cleaned(text) or "[" in text or "`" in text
    cleaned(text).encode("utf-8")


def test_a_channel_is_silent_unless_addressed_or_set_otherwise():
    assert not heeds(How.OVERHEARD, AnswersWhen.ADDRESSED)
    assert heeds(How.OVERHEARD, AnswersWhen.SURE)
    assert not heeds(How.OVERHEARD, AnswersWhen.NEVER)
    assert not heeds(How.THREAD, AnswersWhen.NEVER)
    assert all(heeds(How.COMMAND, when) for when in AnswersWhen)


def test_who_turned_to_the_bot_awaits_a_word_and_in_a_thread_who_asks():
    for how in (How.MENTION, How.DIRECT, How.REPLY):
        assert awaits(how, "hello")
    assert awaits(How.THREAD, "and in Greece?")
    assert awaits(How.THREAD, "在希腊呢？")
    assert not awaits(How.THREAD, "Thanks, see you!")
    for how in (How.OVERHEARD, How.COMMAND, How.CLAIM):
        assert not awaits(how, "Is Clearview active in Italy?")


def test_only_a_question_with_a_known_subject_is_taken_up_unasked():
    question = asked("Is Clearview active in Italy?")
    assert asks_us(question.text, question)
    assert not asks_us("Clearview is active in Italy.", question)
    assert not asks_us("Is it so?", asked("Is it so?", vendors=(), places=()))
    greeting = replace(question, kind=QuestionKind.NONE)
    assert not asks_us("Hi Clearview?", greeting)


def test_unasked_only_passages_are_worth_saying():
    refusal = NoAnswer(question=asked(), reason=Reason.NOTHING_HELD)
    assert worth_saying(How.OVERHEARD, answer(IRPI), understood=False)
    assert not worth_saying(How.OVERHEARD, refusal, understood=False)
    assert worth_saying(How.MENTION, refusal, understood=False)


def test_people_who_talk_in_a_thread_are_not_disturbed():
    chat = asked("thanks, see you", vendors=(), places=())
    silent = NoAnswer(question=chat, reason=Reason.NOTHING_HELD)
    greeting = NoAnswer(question=asked(), reason=Reason.NOT_A_QUESTION)
    refusal = NoAnswer(question=asked(), reason=Reason.NOTHING_HELD)
    assert not worth_saying(How.THREAD, silent, understood=False)
    assert not worth_saying(How.THREAD, greeting, understood=False)
    assert worth_saying(How.THREAD, silent, understood=True)
    assert worth_saying(How.THREAD, refusal, understood=False)


def test_in_a_thread_what_only_says_little_is_not_refused():
    for shown in (True, False):
        follows = FollowUp("Is Clearview used?", "shall we have lunch?", shown)
        question = replace(asked(), follows=follows)
        refusal = NoAnswer(question=question, reason=Reason.NOTHING_HELD)
        assert worth_saying(How.THREAD, refusal, understood=True) is shown
        assert worth_saying(How.MENTION, refusal, understood=True)


# --- pace --------------------------------------------------------------------------------


def test_five_at_once_then_one_every_six_seconds():
    pace, now = Pace(), NOON
    assert [pace.wait("ana", PERSON, now) for _ in range(6)] == [0] * 5 + [6]
    assert pace.wait("ben", PERSON, now) == 0
    assert pace.wait("ana", PERSON, now + timedelta(seconds=5)) == 1
    assert pace.wait("ana", PERSON, now + timedelta(seconds=6)) == 0
    assert pace.wait("ana", PERSON, now + timedelta(hours=1)) == 0


def test_a_clock_that_goes_back_neither_fills_nor_empties():
    bucket = Bucket(1.5, NOON)
    earlier = NOON - timedelta(hours=1)
    assert taken(bucket, Allowance(5, 30), earlier) == Bucket(0.5, earlier)


def test_buckets_are_bounded():
    pace = Pace()
    for number in range(MOST_BUCKETS + 10):
        pace.wait(number, PERSON, NOON)
    assert len(pace._buckets) == MOST_BUCKETS


# --- memory ------------------------------------------------------------------------------


def test_a_conversation_keeps_its_last_questions_for_two_hours():
    memory = Memory()
    for number in range(QUESTIONS + 3):
        memory.asked(ANA, f"q{number}", NOON)
    assert memory.earlier(ANA, NOON) == tuple(f"q{n}" for n in range(3, QUESTIONS + 3))
    assert memory.earlier(BEN, NOON) == ()
    assert memory.earlier(ANA, NOON + CONVERSATION_LASTS) == ()


def test_a_thread_is_a_conversation_of_its_own_but_for_a_direct_message():
    memory = Memory()
    memory.asked(replace(ANA, thread="t"), "q", NOON)
    assert memory.earlier(ANA, NOON) == ()
    direct = replace(ANA, channel="dm", direct=True)
    memory.asked(replace(direct, thread="1"), "q", NOON)
    assert memory.earlier(replace(direct, thread="2"), NOON) == ("q",)


def test_a_thread_that_an_answer_began_goes_on_from_its_question():
    memory = Memory()
    memory.asked(ANA, "q", NOON)
    memory.answered(ANA, "key", "q", NOON)
    memory.begun(ANA, "t", NOON)
    in_thread = replace(ANA, thread="t")
    assert memory.earlier(in_thread, NOON) == ("q",)
    assert memory.last(in_thread, NOON) == "key"


def test_conversations_are_bounded_and_the_text_behind_a_post_fades():
    memory = Memory()
    for number in range(CONVERSATIONS + 1):
        memory.asked(replace(ANA, user=str(number)), "q", NOON)
    assert memory.earlier(replace(ANA, user="0"), NOON) == ()
    memory.answered(ANA, "key", "words", NOON)
    assert memory.text(HERE, "key", NOON) == "words"
    assert memory.text(ELSEWHERE, "key", NOON) == ""
    assert memory.text(HERE, "key", NOON + TEXT_LASTS) == ""


def test_a_tenant_can_be_forgotten():
    memory = Memory()
    for caller in (ANA, replace(ANA, tenant=ELSEWHERE)):
        memory.asked(caller, "q", NOON)
        memory.answered(caller, "key", "q", NOON)
    memory.forget(HERE)
    assert memory.earlier(ANA, NOON) == ()
    assert memory.text(HERE, "key", NOON) == ""
    assert memory.text(ELSEWHERE, "key", NOON) == "q"


def test_what_is_younger_than_now_has_faded_too():
    fading: Fading[str, int] = Fading(3, timedelta(minutes=1))
    fading.put("a", 1, NOON)
    assert fading.get("a", NOON - timedelta(minutes=5)) is None


# --- repetitions -------------------------------------------------------------------------


def test_an_event_or_a_message_is_taken_up_once():
    repeats = Repeats()
    assert repeats.first(HERE, marks("c", "e1", "m1"), NOON)
    assert not repeats.first(HERE, marks("c", "e1", "m1"), NOON)
    assert not repeats.first(HERE, marks("c", "e2", "m1"), NOON)
    assert not repeats.first(HERE, marks("c", "e2", ""), NOON)
    assert repeats.first(HERE, marks("d", "e3", "m1"), NOON)
    assert repeats.first(ELSEWHERE, marks("c", "e1", "m1"), NOON)
    assert repeats.first(HERE, marks("c", "e1", "m1"), NOON + LASTS)


# --- codes -------------------------------------------------------------------------------


def test_a_code_is_read_as_a_button_writes_it():
    button = Button(label="x", action=Action.MORE, key="abc_-9", argument="3")
    code = Code.read(button.code)
    assert code == Code(Action.MORE, "abc_-9", "3")
    assert code.number == 3


@pytest.mark.parametrize(
    "code", ["", "quis", "quis:", "quis:sudo:k:1", "more:k:1", "x" * 200]
)
def test_what_is_no_code_of_ours_is_none(code):
    assert Code.read(code) is None


@pytest.mark.parametrize("argument", ["", "-1", "٣", "three", "1e9"])
def test_an_argument_that_is_no_number_counts_as_none(argument):
    assert Code(Action.MORE, "k", argument).number == 0


# --- settings ----------------------------------------------------------------------------


def test_a_channel_without_anything_of_its_own_is_not_kept():
    settings = in_channel(TenantSettings(), "c", lambda own: replace(own, private=True))
    assert settings.channels == {"c": ChannelSettings(private=True)}
    plain = in_channel(settings, "c", lambda own: replace(own, private=None))
    assert plain.channels == {}


class Kept:
    """Settings behind an await, and how often they were read."""

    def __init__(self):
        self.held: dict[Tenant, TenantSettings] = {}
        self.reads = 0
        self.now = NOON

    def rules(self):
        return Rules(self.read, self.write, lambda: self.now)

    async def read(self, tenant):
        self.reads += 1
        await asyncio.sleep(0)
        return self.held.get(tenant, TenantSettings())

    async def write(self, tenant, settings):
        await asyncio.sleep(0)
        self.held[tenant] = settings


async def test_settings_are_read_once_in_a_while_and_a_change_shows_at_once():
    kept = Kept()
    rules = kept.rules()
    assert rules.answers_in(HERE, "c") is AnswersWhen.SURE  # not known: look again
    await rules.of(HERE)
    await rules.of(HERE)
    assert kept.reads == 1
    assert rules.answers_in(HERE, "c") is AnswersWhen.ADDRESSED
    await rules.change(HERE, lambda s: replace(s, answers=AnswersWhen.NEVER))
    assert rules.answers_in(HERE, "c") is AnswersWhen.NEVER
    kept.now += FRESH
    await rules.of(HERE)
    assert kept.reads == 3


async def test_two_changes_at_once_are_both_kept():
    kept = Kept()
    rules = kept.rules()
    await asyncio.gather(
        rules.change(HERE, lambda s: replace(s, language="fr")),
        rules.change(HERE, lambda s: replace(s, private=True)),
    )
    assert kept.held[HERE] == TenantSettings(language="fr", private=True)
