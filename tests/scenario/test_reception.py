"""Asking, pressing and reporting, over a real library of ten briefs."""

import asyncio
import threading

import pytest

from bot.cards import Action, Form, Menu
from bot.reception.messages import How, Visibility
from knowledge.errors import IndexUnavailable, StoreUnavailable
from knowledge.model import (
    Actor,
    AnswersWhen,
    ChannelSettings,
    RequestState,
    Role,
    Step,
    Tenant,
    TenantSettings,
)
from tests.scenario.desk_people import HERE, Front, components, copied, offers, read
from tests.scenario.documents import in_japan

ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"
MODERATOR = Actor("terminal:ana", Role.ADMIN)
MODERATED = TenantSettings(moderators_channel="mods", editors=("eds",))


@pytest.fixture
def front(stocked, tmp_path):
    with copied(stocked, tmp_path) as (library, clock):
        front = Front(library, clock)
        yield front
        assert front.faults == []


@pytest.fixture
def moderated(front):
    front.library.tenants.set_settings(HERE, MODERATED)
    return front


# --- asking ------------------------------------------------------------------------------


async def test_a_command_is_answered_publicly_and_can_be_leafed_through(front):
    ana, ben = front.person("ana"), front.person("ben")
    reply = await ana.asks(ITALY)

    assert reply.visibility is Visibility.PUBLIC
    assert reply.card
    assert len(reply.card.quotes()) == 3
    assert {Action.MORE, Action.CONTEXT, Action.HELPFUL, Action.DELETE} <= offers(reply)
    more = await ben.presses(reply, Action.MORE)
    assert more.visibility is Visibility.PRIVATE
    assert more.card
    first = {quote.text for quote in reply.card.quotes()}
    assert more.card.quotes()
    assert not first & {quote.text for quote in more.card.quotes()}
    context = await ben.presses(reply, Action.CONTEXT)
    assert context.card
    assert context.card.quotes()[0].text == reply.card.quotes()[0].text
    why = await ben.presses(reply, Action.WHY)
    assert "Read as a question on" in read(why.card)
    coverage = await ben.presses(reply, Action.COVERAGE)
    assert "Clearview AI" in read(coverage.card)


async def test_a_refusal_to_a_command_is_for_the_asker_and_offers_the_moderators(
    moderated,
):
    reply = await moderated.person("ana").asks(JAPAN)
    assert reply.visibility is Visibility.PRIVATE
    assert {Action.COVERAGE, Action.REQUEST} <= offers(reply)
    assert reply.card
    assert reply.card.quotes() == ()


async def test_a_mention_is_answered_in_place_a_refusal_too(front):
    ana = front.person("ana")
    for question in (ITALY, JAPAN, "hello"):
        reply = await ana.says(question)
        assert reply
        assert reply.visibility is Visibility.PUBLIC


async def test_what_is_stored_of_a_question_holds_neither_its_words_nor_its_asker(
    front, tmp_path
):
    await front.person("user-4711").asks("Is Clearview active in Italy, xylophone?")
    for path in (tmp_path / "quis").glob("quis.sqlite*"):
        data = path.read_bytes()
        assert b"xylophone" not in data
        assert b"user-4711" not in data


async def test_a_follow_up_leans_on_the_same_persons_question_in_the_same_place(front):
    ana = front.person("ana")
    await ana.asks(ITALY)
    reply = await ana.says("and in Greece?")
    assert reply
    assert "understood as" in read(reply.card)
    stranger = await front.person("ben").says("and in Greece?")
    assert stranger
    assert "understood as" not in read(stranger.card)
    elsewhere = await ana.but(channel="sport").says("and in Greece?")
    assert elsewhere
    assert "understood as" not in read(elsewhere.card)


async def test_in_a_thread_only_who_was_answered_there_goes_on_without_a_mention(front):
    ana = front.person("ana", thread="t1")
    await ana.says(ITALY)
    went_on = await ana.says("and in Greece?", How.THREAD)
    assert went_on
    assert await ana.says("thanks, that was all", How.THREAD) is None
    assert await ana.says("🔥", How.THREAD) is None
    ben = front.person("ben", thread="t1")
    assert await ben.says("and in France?", How.THREAD) is None


async def test_a_reply_after_a_restart_leans_on_what_the_answer_was_about(front):
    ana = front.person("ana")
    answered = await ana.says(ITALY)
    front.restart()
    reply = await ana.says("and in Greece?", How.REPLY, replied_to=f"m-{answered.key}")
    assert reply
    assert "Is Clearview AI active in Greece?" in read(reply.card)


async def test_the_same_event_or_message_is_answered_once_also_by_two_processes(front):
    ana = front.person("ana")
    assert await ana.says(ITALY, event="e", message="m")
    assert await ana.says(ITALY, event="e", message="m") is None
    assert await ana.says(ITALY, event="other", message="m") is None
    front.restart()  # as another process that shares the store
    assert await ana.says(ITALY, event="e", message="m") is None


async def test_a_checked_claim_is_answered_to_the_one_who_checks_it(front):
    claim = "Clearview was fined EUR 20 million by the Italian Garante."
    reply = await front.person("ana").says(claim, How.CLAIM)
    assert reply
    assert reply.visibility is Visibility.PRIVATE
    assert reply.card
    assert reply.card.quotes()
    assert Action.SHARE in offers(reply)


async def test_a_claim_as_long_as_may_be_sent_is_checked(front):
    claim = "Clearview was fined EUR 20 million by the Italian Garante. " * 33
    assert 1900 < len(claim) <= 2000
    reply = await front.person("ana").says(claim, How.CLAIM)
    assert reply
    assert reply.card
    assert reply.card.quotes()


async def test_what_is_overheard_is_answered_only_where_that_is_set_and_sure(front):
    ana = front.person("ana")
    assert await ana.says(ITALY, How.OVERHEARD) is None
    sure = TenantSettings(channels={"news": ChannelSettings(answers=AnswersWhen.SURE)})
    front.library.tenants.set_settings(HERE, sure)
    front.restart()
    assert front.reception.answers_in(HERE, "news") is AnswersWhen.SURE
    assert await ana.says(ITALY, How.OVERHEARD)
    for silent in (JAPAN, "Clearview is in Italy.", "lunch?", "", "🔥", "x" * 6000):
        assert await ana.says(silent, How.OVERHEARD) is None
    assert await ana.but(channel="sport").says(ITALY, How.OVERHEARD) is None
    assert front.reception.answers_in(HERE, "sport") is AnswersWhen.ADDRESSED


async def test_where_it_is_never_to_speak_only_the_asker_sees_an_answer(front):
    front.library.tenants.set_settings(HERE, TenantSettings(answers=AnswersWhen.NEVER))
    ana = front.person("ana")
    asked = await ana.asks(ITALY)
    mentioned = await ana.says(ITALY)
    assert mentioned
    assert asked.visibility is mentioned.visibility is Visibility.PRIVATE
    refused = await ana.presses(asked, Action.SHARE)
    assert refused.visibility is Visibility.PRIVATE
    assert "For you alone" in read(refused.card)


# --- bad input ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Please write a question"),
        ("a", "Please write a question"),
        ("```\n```", "Please write a question"),
        ("x" * 6000, "has 6000 characters"),
        ("🔥", "Only words can be read here"),
    ],
)
async def test_what_is_no_question_gets_one_polite_card(front, text, said):
    ana = front.person("ana")
    typed = await ana.asks(text)
    assert typed.visibility is Visibility.PRIVATE
    assert said in read(typed.card)
    mentioned = await ana.says(text)
    assert mentioned
    assert said in read(mentioned.card)


@pytest.mark.parametrize(
    "text",
    [
        "@everyone Is Clearview active in Italy?",
        "<!channel> Is Clearview active in Italy?",
        "Is [Clearview](javascript:alert(1)) active in Italy?",
        "```\nIs Clearview active in Italy?\n```",
        "Is Cl\u0336\u0334\u0321earview active in Italy?\u202e",
        "javascript:alert(1)",
        "Ring me tomorrow",
    ],
)
async def test_odd_texts_get_an_answer_or_a_refusal(front, text):
    reply = await front.person("ana").asks(text)
    assert reply.card
    assert read(reply.card)


async def test_thirty_questions_at_once_from_one_person_get_thirty_replies(front):
    ana = front.person("ana")
    replies = await asyncio.gather(*(ana.says(ITALY) for _ in range(30)))
    answered = [r for r in replies if r and r.card and r.card.quotes()]
    slowed = [r for r in replies if r and "Not so fast" in read(r.card)]
    assert (len(answered), len(slowed)) == (5, 25)
    front.clock.advance(seconds=30)
    assert (await ana.asks(ITALY)).card.quotes()


async def test_two_hundred_people_at_once_are_all_answered(front):
    people = [front.person(f"p{n}", channel=f"c{n % 20}") for n in range(200)]
    replies = await asyncio.gather(*(p.asks(ITALY) for p in people))
    assert all(reply.card and reply.card.quotes() for reply in replies)
    assert len({reply.key for reply in replies}) == 200


async def test_where_a_channel_is_crowded_an_answer_is_for_its_asker_alone(front):
    people = [front.person(f"p{n}") for n in range(24)]
    replies = [await person.asks(ITALY) for person in people]
    assert all(reply.card and reply.card.quotes() for reply in replies)
    private = [r for r in replies if r.visibility is Visibility.PRIVATE]
    assert len(private) == 4


async def test_beyond_what_can_wait_people_are_asked_to_come_back(front):
    front.waiting = 3
    front.restart()
    people = [front.person(f"p{n}", channel=f"c{n}") for n in range(8)]
    replies = await asyncio.gather(*(p.asks(ITALY) for p in people))
    busy = [r for r in replies if "Many questions are waiting" in read(r.card)]
    assert len(busy) == 5


async def test_twenty_presses_and_commands_in_half_a_minute_then_one_waits(front):
    ana, ben = front.person("ana"), front.person("ben")
    answer = await ana.asks(ITALY)
    pressed = [await ana.presses(answer, Action.CONTEXT) for _ in range(12)]
    typed = [await ana.types("coverage", vendor="clearview") for _ in range(8)]
    assert not any("Not so fast" in read(r.card) for r in (*pressed, *typed))
    for late in (
        await ana.presses(answer, Action.MORE),
        await ana.types("help"),
        await ana.types("settings show"),
    ):
        assert late.visibility is Visibility.PRIVATE
        assert "ask again in 2 seconds" in read(late.card)
    assert (await ben.presses(answer, Action.MORE)).card.quotes()
    assert (await ana.asks(ITALY)).card.quotes()  # questions are counted by themselves
    front.clock.advance(seconds=2)
    assert (await ana.presses(answer, Action.MORE)).card.quotes()


async def test_five_letters_to_the_moderators_in_ten_minutes_then_one_waits(moderated):
    ana, ben = moderated.person("ana"), moderated.person("ben")
    answer = await ana.asks(ITALY)
    opened = await ana.presses(answer, Action.WRONG)

    async def reports(who):
        return await who.sends(opened, kind="other", text="It is not so.")

    sent = [await reports(ana) for _ in range(5)]
    assert {each.visibility for each in sent} == {Visibility.ELSEWHERE}
    late = await reports(ana)
    assert late.visibility is Visibility.PRIVATE
    assert "ask again in 120 seconds" in read(late.card)
    refusal = await ben.asks(JAPAN)
    asked = await ben.presses(refusal, Action.REQUEST)
    assert (await ben.sends(asked, text="Please.")).visibility is Visibility.ELSEWHERE
    moderated.clock.advance(minutes=2)
    assert (await reports(ana)).visibility is Visibility.ELSEWHERE
    assert (await reports(ana)).visibility is Visibility.PRIVATE


class Broken:
    """A library that fails as it is told, and is itself otherwise."""

    def __init__(self, library, error):
        self._library = library
        self._error = error

    def __getattr__(self, name):
        return getattr(self._library, name)

    def ask(self, *_args, **_options):
        raise self._error


async def test_a_question_while_the_index_is_rebuilt_is_told_so(front):
    whole = front.library
    front.library = Broken(whole, IndexUnavailable(index="dense", problem="rebuilding"))
    front.restart()
    reply = await front.person("ana").asks(ITALY)
    assert reply.visibility is Visibility.PRIVATE
    assert "That did not work" in read(reply.card)
    front.library = whole


async def test_an_unforeseen_fault_is_owned_and_told_to_the_operator(front):
    whole = front.library
    front.library = Broken(whole, ZeroDivisionError("the question"))
    front.restart()
    reply = await front.person("ana").asks(ITALY)
    assert "Something went wrong on this side" in read(reply.card)
    assert [type(f) for f in front.faults] == [ZeroDivisionError]
    front.faults.clear()
    front.library = whole


async def test_where_the_store_is_gone_every_door_answers_with_a_card(
    front, monkeypatch
):
    error = StoreUnavailable(where="here", problem="it is locked")

    class Gone:
        def __getattr__(self, name):
            def fail(*_args, **_options):
                raise error

            return fail

    from bot.desk import Desk
    from bot.reception import Reception

    desk = Desk(front.library, front.clock, on_fault=front.faults.append)
    front.reception = Reception(desk, Gone(), Gone(), front.clock)
    ana = front.person("ana")
    for reply in (
        await ana.asks(ITALY),
        await ana.says(ITALY),
        await ana.types("settings show"),
        await ana.presses_code("quis:more:k:3"),
        await ana.sends_form("quis:wrong:k:", kind="other"),
    ):
        assert reply
        assert "cannot be read at the moment" in read(reply.card)
        assert "locked" not in read(reply.card)
    assert await ana.is_offered("vendor", "cle") == []
    assert await front.reception.to_tell("discord") == ()
    await front.reception.gone(HERE)
    assert front.faults
    front.faults.clear()


@pytest.mark.parametrize("jump", [-2, 400])
async def test_a_clock_that_jumps_makes_nobody_wait_and_loses_nothing(front, jump):
    ana, ben = front.person("ana"), front.person("ben", channel="talk")
    for _ in range(12):
        await ana.asks(ITALY)
    assert not (await ana.asks(ITALY)).card.quotes()  # she has to wait
    first = await ben.asks(ITALY)
    front.clock.advance(days=jump)
    await ana.asks(ITALY)
    front.clock.advance(minutes=5)
    reply = await ana.asks(ITALY)
    assert reply.card
    assert reply.card.quotes()
    more = await ben.presses(first, Action.MORE)
    assert more.card
    assert more.card.quotes()
    document = front.library.ask(ITALY).evidence[0].document.id
    front.library.step(document, Step.RETRACT, MODERATOR, "A hoax.")
    assert front.library.verify().ok


# --- languages ---------------------------------------------------------------------------


async def test_words_are_in_the_channels_language_else_the_persons_else_the_questions(
    front,
):
    ana = front.person("ana", locale="fr-FR")
    assert "Plus" in read((await ana.asks(ITALY)).card)
    stranger = front.person("ben", locale="xx")
    asked = await stranger.asks("Clearview est-elle active en Italie ?")
    assert "Plus" in read(asked.card)
    manager = front.person("max", manages=True)
    await manager.types("settings language", language="en", scope="channel")
    assert "More" in read((await ana.asks(ITALY)).card)


async def test_a_question_is_read_in_its_own_language_whatever_the_platforms(front):
    reply = await front.person("ana", locale="en-GB").asks(
        "Clearview est-elle active en Italie ?"
    )
    assert reply.card
    assert reply.card.title == "Clearview AI · Italy"


# --- buttons -----------------------------------------------------------------------------


async def test_only_the_asker_or_an_editor_deletes_and_what_is_deleted_is_forgotten(
    moderated,
):
    ana, ben = moderated.person("ana"), moderated.person("ben")
    reply = await ana.asks(ITALY)
    refused = await ben.presses(reply, Action.DELETE)
    assert "Only the person who asked" in read(refused.card)
    deleted = await ana.presses(reply, Action.DELETE)
    assert deleted.visibility is Visibility.DELETE
    gone = await ben.presses(reply, Action.MORE)
    assert "not known any more" in read(gone.card)
    again = await ana.asks(ITALY)
    editor = ben.but(groups=frozenset({"eds"}))
    assert (await editor.presses(again, Action.DELETE)).visibility is Visibility.DELETE


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"tenant": Tenant("discord", "200")},
        {"tenant": Tenant("slack", "100")},
        {"channel": "sport"},
    ],
)
async def test_a_button_is_worth_nothing_in_another_place(front, elsewhere):
    reply = await front.person("ana").asks(ITALY)
    stranger = front.person("ana").but(**elsewhere)
    for action in (Action.MORE, Action.CONTEXT, Action.HELPFUL, Action.DELETE):
        told = await stranger.presses(reply, action)
        assert "not known any more" in read(told.card)


@pytest.mark.parametrize(
    "code",
    [
        *("quis:more:nokey:3", "quis:context:nokey:1", "quis:delete::", "", "x"),
        *("quis:sudo:k:", "quis:resolve::report.mended.x", "quis:ask:k:1"),
        "quis:share:'; drop table posts;--:",
    ],
)
async def test_a_button_of_last_year_or_of_nobody_is_told_politely(front, code):
    reply = await front.person("ana", manages=True).presses_code(code)
    assert reply.visibility is Visibility.PRIVATE
    assert read(reply.card)


async def test_a_private_answer_is_shared_once_by_its_asker(front):
    front.library.tenants.set_settings(HERE, TenantSettings(private=True))
    ana = front.person("ana")
    reply = await ana.asks(ITALY)
    assert reply.visibility is Visibility.PRIVATE
    assert Action.DELETE not in offers(reply)
    stolen = await front.person("ben").presses(reply, Action.SHARE)
    assert "not known any more" in read(stolen.card)
    shared = await ana.presses(reply, Action.SHARE)
    assert shared.visibility is Visibility.PUBLIC
    assert shared.card
    assert shared.card.title == "Clearview AI · Italy"
    assert Action.DELETE in offers(shared)
    again = await ana.presses(reply, Action.SHARE)
    assert again.visibility is Visibility.PRIVATE
    assert await front.person("ben").presses(shared, Action.MORE)


async def test_what_was_retracted_meanwhile_is_not_shown_by_any_button(front):
    ana = front.person("ana")
    reply = await ana.asks(ITALY)
    post = front.library.tenants.post(HERE, reply.key)
    for document in {p.passage.partition("@")[0] for p in post.passages}:
        front.library.step(document, Step.RETRACT, MODERATOR, "wrong")
    for action in (Action.MORE, Action.CONTEXT, Action.WHY):
        told = await ana.presses(reply, action)
        assert told.card
        assert told.card.quotes() == ()


async def test_a_misread_name_gives_way_to_a_refusal_on_its_askers_word(front):
    ana = front.person("ana")
    reply = await ana.asks("Is Clearveiw active in Italy?")
    assert Action.NOT_MEANT in offers(reply)
    stranger = await front.person("ben").presses(reply, Action.NOT_MEANT)
    assert "Only the person who asked" in read(stranger.card)
    told = await ana.presses(reply, Action.NOT_MEANT)
    assert told.visibility is Visibility.EDIT
    assert told.card
    assert told.card.quotes() == ()
    assert "Clearveiw" in read(told.card)
    again = await ana.asks("Is Clearveiw active in Italy?")
    front.restart()
    late = await ana.presses(again, Action.NOT_MEANT)
    assert "not known any more" in read(late.card)


async def test_votes_are_counted_once_a_person_with_a_reason(front):
    ana, ben = front.person("ana"), front.person("ben")
    reply = await ana.asks(ITALY)
    await ana.presses(reply, Action.HELPFUL)
    await ana.presses(reply, Action.HELPFUL)
    form = await ben.presses(reply, Action.NOT_HELPFUL)
    assert form.visibility is Visibility.FORM
    thanks = await ben.sends(form, reason="too-old")
    assert "Thank you" in read(thanks.card)
    counted = front.library.tenants.feedback_counts(HERE)
    assert (counted.helpful, counted.not_helpful) == (1, 1)
    assert counted.reasons == {"too-old": 1}


async def test_a_profile_is_gone_on_from_by_its_menu(front):
    ana = front.person("ana")
    profile = await ana.types("vendor", vendor="clearview")
    assert profile.visibility is Visibility.PRIVATE
    menu = next(c for c in components(profile.card) if c.action is Action.COUNTRY)
    assert isinstance(menu, Menu)
    value = next(v for label, v in menu.options if label == "Italy")
    reply = await ana.presses_code(menu.code, values=(value,))
    assert reply.visibility is Visibility.PRIVATE
    assert reply.card
    assert reply.card.title == "Clearview AI · Italy"


# --- reports and requests ----------------------------------------------------------------


async def test_without_moderators_nothing_is_sent_to_nobody(front):
    ana = front.person("ana")
    reply = await ana.asks(ITALY)
    assert Action.WRONG not in offers(reply)
    told = await ana.presses_code(f"quis:wrong:{reply.key}:")
    assert "No moderators have been named" in read(told.card)


async def test_a_report_reaches_the_moderators_and_its_outcome_the_reader(moderated):
    ana = moderated.person("ana")
    reply = await ana.asks(ITALY)
    form = await moderated.person("ben").presses(reply, Action.WRONG)
    assert isinstance(form.form, Form)
    moderated.restart()  # the form stays open meanwhile
    sent = await moderated.person("ben").sends(
        form, kind="outdated", text="See @everyone https://e.org"
    )
    assert sent.visibility is Visibility.ELSEWHERE
    assert sent.channel == "mods"
    assert "Out of date" in read(sent.card)
    assert "will look at it" in read(sent.also)
    (report,) = moderated.library.tenants.reports(HERE, open_only=True)
    assert report.card
    assert report.card.channel == "mods"

    nobody = await ana.but(channel="mods").presses(sent, Action.RESOLVE)
    assert "Editors" in read(nobody.card)
    eve = moderated.person("eve", channel="mods", groups=frozenset({"eds"}))
    done = await eve.presses(sent, Action.RESOLVE)
    assert done.visibility is Visibility.EDIT
    assert "put right" in read(done.card)
    late = await eve.presses(sent, Action.RESOLVE)
    assert "dealt with this already" in read(late.card)

    assert await moderated.reception.to_tell("slack") == ()
    (notice,) = await moderated.reception.to_tell("discord")
    assert notice.user == "ben"
    assert "You reported" in read(notice.card)
    await moderated.reception.told(notice.id)
    assert await moderated.reception.to_tell("discord") == ()


async def test_who_asked_the_moderators_is_told_when_something_is_published(
    moderated, tmp_path
):
    ana = moderated.person("ana", locale="fr")
    reply = await ana.asks(JAPAN)
    form = await ana.presses(reply, Action.REQUEST)
    assert form.form
    assert form.form.fields[0].value == JAPAN
    sent = await ana.sends(form, text="Clearview au Japon ?")
    assert sent.visibility is Visibility.ELSEWHERE
    assert "Clearview au Japon ?" in read(sent.card)
    assert await moderated.reception.to_tell("discord") == ()

    moderated.clock.advance(hours=1)
    findings = moderated.library.read_file(in_japan(tmp_path))
    moderated.library.add(findings, {}, MODERATOR, publish=True)
    (notice,) = await moderated.reception.to_tell("discord")
    assert notice.user == "ana"
    await moderated.reception.told(notice.id)
    assert not any(each.user for each in await moderated.reception.to_tell("discord"))
    (request,) = moderated.library.tenants.requests(HERE)
    assert (request.state, request.asker, request.text) == (RequestState.TOLD, "", "")

    eve = moderated.person("eve", channel="mods", manages=True)
    late = await eve.presses(sent, Action.RESOLVE)
    assert late.visibility is Visibility.EDIT
    assert "the reader was told" in read(late.card)


async def test_the_moderators_card_is_drawn_anew_once_who_asked_is_told(
    moderated, tmp_path
):
    ana = moderated.person("ana")
    form = await ana.presses(await ana.asks(JAPAN), Action.REQUEST)
    await ana.sends(form, text=JAPAN)
    moderated.clock.advance(hours=1)
    findings = moderated.library.read_file(in_japan(tmp_path))
    moderated.library.add(findings, {}, MODERATOR, publish=True)
    (notice,) = await moderated.reception.to_tell("discord")
    await moderated.reception.told(notice.id)

    (drawn,) = await moderated.reception.to_tell("discord")
    assert drawn.edit is not None
    assert drawn.edit.channel == "mods"
    assert "the reader was told" in read(drawn.card)
    assert JAPAN not in read(drawn.card)  # its words went with its asker
    await moderated.reception.told(drawn.id)
    assert await moderated.reception.to_tell("discord") == ()


async def test_a_request_is_closed_once(moderated):
    ana = moderated.person("ana")
    form = await ana.presses(await ana.asks(JAPAN), Action.REQUEST)
    sent = await ana.sends(form, text="Japan?")
    eve = moderated.person("eve", channel="mods", manages=True)
    assert (await eve.presses(sent, Action.RESOLVE)).visibility is Visibility.EDIT
    late = await eve.presses(sent, Action.RESOLVE)
    assert "dealt with this already" in read(late.card)


async def test_a_form_holds_what_a_store_can_hold(moderated):
    ana = moderated.person("ana")
    form = await ana.presses(await ana.asks(ITALY), Action.WRONG)
    text = f"nul\x00 half\ud83d {'x' * 100_000}"
    sent = await ana.sends(form, kind="no such kind", text=text)
    assert sent.visibility is Visibility.ELSEWHERE
    (report,) = moderated.library.tenants.reports(HERE, open_only=True)
    assert len(report.text) == 1000


# --- settings ----------------------------------------------------------------------------


async def test_settings_are_for_those_who_manage_the_place(front):
    nobody = await front.person("ana").types("settings show")
    assert "Admins" in read(nobody.card)
    denied = await front.person("ana").presses_code(
        "quis:settings::tenant.answers", values=("never",)
    )
    assert "Admins" in read(denied.card)
    assert front.library.tenants.settings(HERE) == TenantSettings()


async def test_settings_are_changed_by_command_and_by_menu(front):
    max_ = front.person("max", manages=True)
    shown = await max_.types("settings show")
    assert shown.visibility is Visibility.PRIVATE
    await max_.types("settings moderators", channel="mods")
    await max_.types("settings roles", role="admin", group="g1")
    await max_.types("settings language", language="fr")
    await max_.types("settings private", private="yes", scope="channel")
    edited = await max_.presses_code("quis:settings::tenant.answers", values=("sure",))
    assert edited.visibility is Visibility.EDIT
    settings = front.library.tenants.settings(HERE)
    assert settings == TenantSettings(
        language="fr",
        answers=AnswersWhen.SURE,
        moderators_channel="mods",
        admins=("g1",),
        channels={"news": ChannelSettings(private=True)},
    )
    # a group that was named may now do the same, and may lose it again
    member = front.person("ana", groups=frozenset({"g1"}))
    await member.types("settings language", language="each")
    assert front.library.tenants.settings(HERE).language is None
    await max_.types("settings roles", role="admin", group="g1")
    denied = await member.types("settings language", language="fr")
    assert front.library.tenants.settings(HERE).language is None
    assert denied.visibility is Visibility.PRIVATE


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("settings language", {"language": "tlh"}),
        ("settings answers", {"when": "always"}),
        ("settings private", {"private": "perhaps"}),
        ("settings roles", {"role": "king", "group": "g"}),
        ("settings nonsense", {}),
        ("settings", {}),
    ],
)
async def test_a_value_that_is_none_changes_nothing(front, name, options):
    reply = await front.person("max", manages=True).types(name, **options)
    assert read(reply.card)
    assert front.library.tenants.settings(HERE) == TenantSettings()


async def test_what_belongs_to_a_tenant_is_wiped_when_the_bot_is_removed(moderated):
    ana = moderated.person("ana")
    reply = await ana.asks(ITALY)
    await moderated.reception.gone(HERE)
    assert moderated.library.tenants.post(HERE, reply.key) is None
    assert moderated.library.tenants.settings(HERE) == TenantSettings()
    told = await ana.types("why")
    assert "no recent answer" in read(told.card)


# --- looking up --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("vendor", {"vendor": "clearview-ai"}, "Clearview AI"),
        ("vendor", {"vendor": "Clearveiw"}, "Clearview AI"),
        ("vendor", {"vendor": "Xyzzy Corp"}, "Xyzzy Corp"),
        ("vendor", {}, "Please name a vendor"),
        ("country", {"country": "IT"}, "Italy"),
        ("country", {"country": "Italien"}, "Italy"),
        ("country", {"country": "Atlantis"}, "Atlantis"),
        ("law", {}, "Law that is held"),
        ("coverage", {}, "Clearview AI"),
        ("coverage", {"vendor": "clearview-ai", "country": "IT"}, "Italy"),
        ("sources", {"vendor": "clearview-ai"}, "Sources: Clearview AI"),
        ("timeline", {"vendor": "clearview-ai"}, "Clearview AI"),
        ("help", {}, "There is no yes or no here"),
        ("privacy", {}, "neither stored nor logged"),
        ("why", {}, "no recent answer"),
        ("frobnicate", {}, "What Quis does"),
    ],
)
async def test_a_command_answers_the_one_who_typed_it(front, name, options, expected):
    reply = await front.person("ana").types(name, **options)
    assert reply.visibility is Visibility.PRIVATE
    assert expected in read(reply.card)


async def test_why_tells_of_the_last_answer_to_this_person_here(front):
    ana = front.person("ana")
    await ana.asks(ITALY)
    assert "Clearview AI" in read((await ana.types("why")).card)
    other = await front.person("ben").types("why")
    assert "no recent answer" in read(other.card)


async def test_only_what_is_held_is_proposed_while_typing(front):
    ana = front.person("ana", locale="fr")
    assert await ana.is_offered_in_time("vendor", "clear") == ["Clearview AI"]
    assert await ana.is_offered("vendor", "nec") == []
    assert await ana.is_offered("country", "ital") == ["Italie"]
    question = await ana.is_offered("question", "Is Clearview active in Ita")
    assert "Is Clearview active in Italie" in question
    assert len(await ana.is_offered("country", "")) <= 25
    assert await ana.is_offered("nonsense", "x") == []


async def test_what_is_read_too_late_for_one_letter_is_there_for_the_next(
    front, monkeypatch
):
    read_out, gate, readings = front.library.coverage, threading.Event(), []

    def slowly():
        readings.append("begun")
        assert gate.wait(60)
        return read_out()

    monkeypatch.setattr(front.library, "coverage", slowly)
    monkeypatch.setattr("bot.reception.suggesting.PATIENCE", 0.05)
    ana = front.person("ana")
    assert await ana.is_offered("vendor", "cl") == []
    assert await ana.is_offered("vendor", "cle") == []
    gate.set()
    assert await ana.is_offered_in_time("vendor", "clea") == ["Clearview AI"]
    assert readings == ["begun"]


async def test_in_a_direct_message_everything_is_said_in_place(front):
    ana = front.person(
        "ana", channel="dm", direct=True, tenant=Tenant("discord", "direct")
    )
    answered = await ana.says(ITALY, How.DIRECT)
    refused = await ana.says(JAPAN, How.DIRECT)
    assert answered
    assert refused
    more = await ana.presses(answered, Action.MORE)
    for reply in (answered, refused, more, await ana.types("help")):
        assert reply.visibility is Visibility.PUBLIC
    # and what stays there is known, so that a correction finds it
    post = front.library.tenants.post(ana.caller.tenant, more.key)
    assert post
    assert post.shown == len(more.card.quotes())
