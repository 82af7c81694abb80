"""The Slack client, by the real SDKs, against a Slack on loopback."""

import asyncio
import json
import logging
import time
from io import BytesIO

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.cards import (
    Action,
    Actions,
    Card,
    Field,
    Form,
    Line,
    Menu,
    Picture,
)
from bot.catalogue import words
from bot.on_slack.client import Disconnected, SlackClient, TokenRefused
from bot.reception.messages import (
    Command,
    How,
    Incoming,
    Press,
    Reply,
    Submission,
    ToTell,
    Visibility,
)
from bot.replies.guidance import COMMANDS, typed
from knowledge.model import AnswersWhen, Place, Tenant
from tests.platforms.slack_house import (
    MANIFEST,
    Scripted,
    answer,
    button,
    client_for,
    housed,
    private,
    public,
    running,
)
from tests.platforms.slack_server import SlackServer, Until, Upload, schemas

FORM = Form(
    id="quis:wrong:k:",
    title="Something wrong?",
    submit="Send",
    intro="The moderators will see it.",
    fields=(Field(name="text", label="In your own words"),),
)


@pytest.fixture(params=["socket", "http"])
async def house(request):
    """The client over either transport; no golden rule is broken."""
    async with housed(request.param) as house:
        yield house
    assert house.server.broken_rules() == []


# --- asking ---------------------------------------------------------------------------


async def test_a_mention_is_answered_in_its_thread_and_its_place_is_told(house):
    asked = await house.ana.says(house.general, "@Quis is Clearview in <Italy> & co?")
    assert asked.answer.thread_ts == asked.message.ts
    heard = house.got
    assert heard.how is How.MENTION
    assert heard.text == "is Clearview in <Italy> & co?"
    assert heard.message == asked.message.ts
    assert heard.caller.tenant == Tenant("slack", house.newsroom.id)
    assert heard.caller.locale == "it-IT"
    assert heard.caller.manages
    assert heard.caller.thread == asked.message.ts
    place = Place(house.general.id, asked.answer.ts, asked.message.ts)
    assert await house.placed("k") == place
    delivered = house.reception.delivered_to
    await house.server.until(lambda: delivered, "its end")
    assert delivered == [asked.message.ts]


@pytest.mark.parametrize(
    ("error", "over"),
    [("restricted_action", True), ("msg_too_long", True), ("internal_error", False)],
)
async def test_an_answer_that_slack_refuses_is_at_its_end_and_one_that_fails_is_not(
    house, error, over
):
    house.server.forgive("answer")
    fault = house.server.faults.fail("chat.postMessage", error, times=9)
    said = await house.ben.says(house.general, "@Quis Italy?", until=Until.SENT)
    tries = 1 if over else 3
    await house.server.until(lambda: fault.met == tries, "it to be tried")
    delivered = house.reception.delivered_to
    if over:
        await house.server.until(lambda: delivered, "its end")
    else:
        await asyncio.sleep(0.5)  # the last word on it has been said
    assert delivered == ([said.message.ts] if over else [])


async def test_a_direct_message_is_answered_in_its_thread(house):
    asked = await house.ben.dm("Is Clearview active in Italy?")
    assert asked.answer.thread_ts == asked.message.ts
    assert house.got.how is How.DIRECT
    assert house.got.caller.direct
    assert not house.got.caller.manages


async def test_the_thread_of_an_answer_goes_on_without_a_mention(house):
    asked = await house.ana.says(house.general, "@Quis Clearview in Italy?")
    follow = await house.ana.replies(asked, "and in Greece?")
    heard = house.reception.got[-1]
    assert heard.how is How.THREAD
    assert heard.caller.thread == asked.message.ts
    assert follow.answer.thread_ts == asked.message.ts


async def test_a_message_under_the_bots_own_is_a_reply_to_it(house):
    asked = await house.ana.slash(house.general, "/ask", "Clearview in Italy?")
    await house.ben.replies(asked, "and in Greece?", addressed=True)
    heard = house.reception.got[-1]
    assert heard.how is How.REPLY
    assert heard.replied_to == asked.answer.ts


async def test_talk_among_people_is_not_even_handed_over(house):
    await house.ana.says(house.general, "Is Clearview active in Italy?")
    assert house.reception.got == []


async def test_in_a_channel_set_to_sure_talk_is_overheard(house):
    house.reception.when = AnswersWhen.SURE
    house.reception.says = lambda _: None
    await house.ana.says(house.general, "Is Clearview active in Italy?")
    await house.server.until(lambda: house.reception.got, "it to be overheard")
    assert house.got.how is How.OVERHEARD


async def test_a_file_without_words_is_heard_as_no_words(house):
    await house.ana.dm("", files=[Upload("a.pdf", b"x")])
    assert house.got.text == ""


async def test_links_and_names_come_as_they_are_read(house):
    await house.ana.says(house.general, "@Quis https://example.org says @ben @channel")
    assert house.got.text.startswith("https://example.org says @")
    assert house.got.text.endswith("@channel")


async def test_a_public_command_is_answered_in_the_channel(house):
    asked = await house.ana.slash(house.general, "/ask", "Is Clearview in Italy?")
    assert not asked.ephemeral
    command = house.got
    assert (command.name, dict(command.options)) == (
        "ask",
        {"question": "Is Clearview in Italy?"},
    )
    assert (await house.placed("k")).message == asked.answer.ts


async def test_a_private_command_is_answered_to_its_asker_alone(house):
    house.reception.says = lambda _: private()
    asked = await house.ana.slash(house.general, "/ask", "Is Clearview in Italy?")
    assert asked.ephemeral
    assert house.reception.places == []


async def test_where_the_bot_is_no_member_a_public_answer_still_is_public(house):
    away = house.server.channel(house.newsroom, "away", has_bot=False)
    asked = await house.ana.slash(away, "/ask", "Is Clearview in Italy?")
    assert not asked.ephemeral
    assert house.reception.places == []


@pytest.mark.parametrize(
    ("typed", "name", "options"),
    [
        (("/quis-vendor", "Clearview"), "vendor", {"vendor": "Clearview"}),
        (("/quis-country", "Italy"), "country", {"country": "Italy"}),
        (("/quis-law", ""), "law", {}),
        (("/quis-coverage", "Italy"), "coverage", {"country": "Italy"}),
        (
            ("/quis-sources", "Italy, Clearview"),
            "sources",
            {"vendor": "Clearview", "country": "Italy"},
        ),
        (
            ("/quis-timeline", "Clearview Italy"),
            "timeline",
            {"vendor": "Clearview", "country": "Italy"},
        ),
        (("/quis-timeline", "Nobody"), "timeline", {"vendor": "Nobody"}),
        (("/quis-why", ""), "why", {}),
        (("/quis-help", ""), "help", {}),
        (("/quis-privacy", ""), "privacy", {}),
        (("/ask", "help"), "help", {}),
        (("/ask", ""), "ask", {"question": ""}),
        (("/quis-settings", ""), "settings show", {}),
        (
            ("/quis-settings", "language fr here"),
            "settings language",
            {"language": "fr", "scope": "channel"},
        ),
        (("/quis-settings", "answers sure"), "settings answers", {"when": "sure"}),
        (("/quis-settings", "moderators"), "settings moderators", {"channel": ""}),
        (("/quis-settings", "nonsense"), "settings show", {"unread": "nonsense"}),
    ],
)
async def test_commands_come_with_what_was_filled_in(typed, name, options):
    async with housed(says=lambda _: private()) as house:
        house.reception.names = {"vendor": ("Clearview",), "country": ("Italy",)}
        await house.ana.slash(house.general, *typed)
        assert (house.got.name, dict(house.got.options)) == (name, options)
    assert house.server.broken_rules() == []


async def test_a_claim_is_checked_for_who_asked_alone(house):
    house.reception.says = lambda _: private()
    said = await house.ben.says(house.general, "Clearview is banned everywhere.")
    asked = await house.ana.shortcut("Check this claim", said)
    assert house.got.how is How.CLAIM
    assert house.got.text == "Clearview is banned everywhere."
    assert house.got.message == ""
    assert asked.ephemeral


async def test_two_hundred_people_are_all_answered(house):
    posts = [
        await house.ana.says(
            house.general, f"@Quis Is Clearview in Italy, {n}?", until=Until.SENT
        )
        for n in range(200)
    ]
    await house.server.diary.until(
        lambda: all(p.is_answered for p in posts), "all answers", seconds=60
    )
    assert len(house.server.calls("users.info")) == 1
    deliveries = (
        house.server.deliveries.all
    )  # what the bot itself said is delivered too
    await house.server.diary.until(
        lambda: all(each.done for each in deliveries), "calm", seconds=60
    )


# --- buttons and forms ----------------------------------------------------------------


def with_buttons(came):
    """An answer with buttons, and what they do."""
    if not isinstance(came, Press):
        return public(
            answer(
                "Words.",
                button(Action.CONTEXT, "Context", "1"),
                button(Action.DELETE, "Delete"),
                button(Action.WRONG, "Something wrong?"),
                button(Action.NOT_MEANT, "Not what I meant"),
                button(Action.SHARE, "Share here"),
            )
        )
    match came.button.split(":")[1]:
        case "delete":
            return Reply(card=None, visibility=Visibility.DELETE)
        case "wrong":
            return Reply(card=None, visibility=Visibility.FORM, form=FORM)
        case "not-meant":
            return Reply(card=answer("Other."), visibility=Visibility.EDIT, key="k2")
        case "share":
            return public(answer("Shared."), key="k3")
        case _:
            return private(answer("Around."))


@pytest.fixture
async def pressed(house):
    house.reception.says = with_buttons
    return await house.ana.says(house.general, "@Quis Clearview in Italy?")


async def test_a_press_is_handed_over_with_where_it_was_done(house, pressed):
    asked = await house.ben.presses(pressed, "Context")
    assert asked.ephemeral
    press = house.reception.got[-1]
    assert press.button == "quis:context:k:1"
    assert press.place == Place(house.general.id, pressed.answer.ts, pressed.message.ts)
    assert press.caller.user == house.ben.user.id
    assert not press.private


async def test_an_answer_can_be_deleted_and_edited(house, pressed):
    await house.ana.presses(pressed, "Not what I meant")
    assert "Other." in pressed.answer.text
    assert (await house.placed("k2")).message == pressed.answer.ts


async def test_delete_takes_the_message_away(house, pressed):
    message = pressed.answer
    house.server.forgive("has no answer")
    await house.ana.presses(message, "Delete")
    assert message.deleted


async def test_a_private_answer_is_shared_in_the_channel():
    async with housed(
        says=lambda came: (
            with_buttons(came)
            if isinstance(came, Press)
            else private(answer("Words.", button(Action.SHARE, "Share here")))
        )
    ) as house:
        asked = await house.ana.slash(house.general, "/ask", "Clearview?")
        shared = await house.ana.presses(asked, "Share here")
        assert not shared.ephemeral
        assert house.reception.got[-1].private
        assert (await house.placed("k3")).message == shared.answer.ts
    assert house.server.broken_rules() == []


async def test_a_form_opens_and_comes_back_with_what_was_filled_in(house, pressed):
    opened = await house.ben.presses(pressed, "Something wrong?")
    assert opened.modal is not None
    assert opened.modal.title == "Something wrong?"
    moderators = house.server.channel(house.newsroom, "moderators")
    house.reception.says = lambda _: Reply(
        card=answer("A report."),
        visibility=Visibility.ELSEWHERE,
        channel=moderators.id,
        key="r",
        also=answer("Thank you."),
    )
    await house.ben.submits(opened, {"In your own words": "The date."})
    assert (await house.placed("r")).channel == moderators.id
    sent = house.reception.got[-1]
    assert isinstance(sent, Submission)
    assert (sent.form, dict(sent.values)) == ("quis:wrong:k:", {"text": "The date."})
    assert sent.caller.channel == house.general.id


async def test_a_form_waits_neither_for_a_crowd_nor_for_who_somebody_is(house, pressed):
    """Slack opens it within three seconds, and lets few people be looked up a minute."""
    crowd = [
        house.server.member(house.newsroom, f"reader-{number}") for number in range(5)
    ]
    cy = house.server.member(house.newsroom, "cy")
    house.server.faults.hold("users.info", times=99)
    asked = [
        await each.says(house.general, "@Quis Paragon?", until=Until.SENT)
        for each in crowd
    ]
    opened = await cy.presses(pressed, "Something wrong?")
    assert opened.modal is not None
    assert isinstance(house.reception.got[-1], Press)
    house.server.faults.release()
    await house.server.until(lambda: all(a.is_answered for a in asked), "all answers")


async def test_a_form_opened_before_a_restart_can_be_sent_after_it():
    async with SlackServer(manifest=MANIFEST) as server:
        newsroom = server.workspace("Newsroom")
        general, ana = server.channel(newsroom), server.member(newsroom, "ana")
        async with running(client_for(server, newsroom, Scripted(with_buttons))):
            await server.connected()
            asked = await ana.says(general, "@Quis Clearview in Italy?")
            opened = await ana.presses(asked, "Something wrong?")
            await server.settled()
        after = Scripted(lambda _: private(answer("Thank you.")))
        async with running(client_for(server, newsroom, after)):
            await server.connected()
            await ana.submits(opened, {"In your own words": "The date."})
            await server.settled()
        (sent,) = after.got
        assert (sent.form, sent.caller.channel) == ("quis:wrong:k:", general.id)
        assert server.broken_rules() == []


async def test_rights_are_asked_for_anew_at_a_press_that_needs_them():
    def says(came):
        if isinstance(came, Press):
            return private(answer("Done."))
        return public(
            answer("Words.", button(Action.RESOLVE, "Close", "report.kept.1"))
        )

    async with housed(says=says) as house:
        editors = house.server.user_group(house.newsroom, "editors")
        asked = await house.ana.says(house.general, "@Quis hello?")
        await house.ben.presses(asked, "Close")
        assert house.reception.got[-1].caller.groups == frozenset()
        editors.members.append(house.ben.user)
        await house.ben.presses(asked, "Close")
        assert house.reception.got[-1].caller.groups == {editors.id}
    assert house.server.broken_rules() == []


async def test_a_menu_brings_the_value_that_was_chosen(house):
    menu = Menu(
        label="Language",
        action=Action.SETTINGS,
        options=(("English", "en"), ("français", "fr")),
        argument="tenant.language",
    )
    shown = Card("Settings", (Line("x"), Actions(menus=(menu,))))
    house.reception.says = lambda came: (
        Reply(card=Card("Saved"), visibility=Visibility.EDIT)
        if isinstance(came, Press)
        else private(shown)
    )
    asked = await house.ana.slash(house.general, "/quis-settings", "")
    await house.ana.chooses(asked, menu.code, "fr")
    press = house.reception.got[-1]
    assert (press.button, press.values) == (menu.code, ("fr",))
    assert press.private
    assert "Saved" in asked.answer.text


# --- the Home, the agent, pictures ----------------------------------------------------


async def test_the_home_has_help_and_coverage_and_for_managers_the_settings(house):
    house.reception.says = lambda came: private(Card(came.name))
    opened = await house.ana.opens_home()
    assert opened.home is not None
    for name in ("help", "coverage", "settings show"):
        assert name in opened.home.text
    other = await house.ben.opens_home()
    assert other.home is not None
    assert "settings" not in other.home.text


async def test_a_setting_chosen_on_the_home_changes_the_home(house):
    menu = Menu(
        label="Language",
        action=Action.SETTINGS,
        options=(("français", "fr"),),
        argument="tenant.language",
    )

    def says(came):
        if isinstance(came, Press):
            return Reply(card=Card("Saved"), visibility=Visibility.EDIT)
        return private(Card(came.name, (Actions(menus=(menu,)),)))

    house.reception.says = says
    opened = await house.ana.opens_home()
    action_id = opened.home.menus[-1].action_id
    await house.ana.chooses(opened.home, action_id, "fr")
    assert "Saved" in house.ana.home.text
    assert house.reception.got[3].button == menu.code


async def test_the_agent_suggests_questions_and_says_that_it_reads(house):
    opened = await house.ana.opens_messages()
    assert next(p["message"] for p in opened.prompts or []).endswith("?")
    asked = await house.ana.dm("Is Clearview active in Italy?")
    (status,) = house.server.calls("assistant.threads.setStatus")
    assert status["thread_ts"] == asked.message.ts


async def test_a_picture_comes_with_the_answer_and_its_words(house):
    picture = Picture(name="timeline.png", png=b"\x89PNG", alt="3 documents.")
    house.reception.says = lambda _: private(Card("Timeline", (picture,)))
    asked = await house.ana.slash(house.general, "/quis-timeline", "Clearview")
    assert asked.ephemeral
    assert "3 documents." in asked.text
    (call,) = house.server.calls("files.getUploadURLExternal")
    assert call["alt_txt"] == "3 documents."


async def test_without_the_right_to_bring_pictures_their_words_are_shown(house):
    house.server.take_scope(house.newsroom, "files:write")
    picture = Picture(name="timeline.png", png=b"\x89PNG", alt="3 documents.")
    house.reception.says = lambda _: public(Card("Timeline", (picture,)))
    asked = await house.ana.slash(house.general, "/quis-timeline", "Clearview")
    assert "3 documents." in asked.text


# --- telling, leaving -----------------------------------------------------------------


async def test_what_is_due_is_told_once_and_given_up_where_nobody_is(house):
    tenant = Tenant("slack", house.newsroom.id)
    house.reception.due = [
        ToTell(id="1", tenant=tenant, card=answer("Held."), user=house.ben.user.id),
        ToTell(id="2", tenant=tenant, card=answer("Held."), user="U0NOBODY"),
        ToTell(id="3", tenant=Tenant("slack", "T0OTHER"), card=answer(), user="U1"),
    ]
    with house.server.of_its_own_accord():
        await house.client.tell_once()
        await house.client.tell_once()
    done = dict(house.reception.done)
    assert len(house.reception.done) == len(done) == 2
    assert done["1"] is not None
    assert done["2"] is None


async def test_a_correction_takes_the_place_of_an_answer(house):
    asked = await house.ana.says(house.general, "@Quis Clearview in Italy?")
    place = await house.placed("k")
    tenant = Tenant("slack", house.newsroom.id)
    house.reception.due = [
        ToTell(id="1", tenant=tenant, card=answer("Retracted."), edit=place)
    ]
    await house.client.tell_once()
    assert "Retracted." in asked.answer.text


async def test_when_the_bot_is_removed_the_tenant_is_wiped_and_it_ends():
    async with SlackServer(manifest=MANIFEST) as server:
        newsroom, reception = server.workspace("Newsroom"), Scripted()
        ended = asyncio.create_task(client_for(server, newsroom, reception).run())
        await server.connected()
        server.uninstall(newsroom)
        with pytest.raises(TokenRefused):
            await ended
        assert set(reception.left) == {Tenant("slack", newsroom.id)}


# --- faults ---------------------------------------------------------------------------


async def test_events_that_come_twice_are_answered_once(house):
    asked = await house.ana.says(house.general, "@Quis Clearview in Italy?")
    house.server.repeats(asked)
    await house.server.settled()
    command = await house.ana.slash(house.general, "/ask", "Paragon?")
    house.server.repeats(command)
    await house.server.settled()
    assert [type(came) for came in house.reception.got] == [Incoming, Command]


async def test_rate_limits_and_faults_of_slack_are_waited_out(house):
    house.server.faults.rate_limit("chat.postMessage", retry_after=1)
    asked = await house.ana.says(house.general, "@Quis Clearview in Italy?")
    assert asked.text
    house.server.faults.unavailable("chat.postMessage")
    assert (await house.ana.says(house.general, "@Quis Paragon?")).text


async def test_what_slack_fails_at_once_is_tried_once_more(house):
    house.server.faults.fail("chat.postMessage", "internal_error")
    assert (await house.ana.says(house.general, "@Quis Paragon?")).text


async def test_without_rights_to_look_people_up_there_still_is_an_answer(house):
    house.server.take_scope(house.newsroom, "users:read")
    house.server.take_scope(house.newsroom, "usergroups:read")
    await house.ana.says(house.general, "@Quis Clearview in Italy?")
    assert house.got.caller.locale is None
    assert not house.got.caller.manages
    assert house.got.caller.groups == frozenset()


async def test_a_used_up_response_url_still_reaches_the_asker(house):
    house.reception.says = lambda _: private()
    house.server.faults.fail("response_url", "used_url", status=404)
    asked = await house.ana.slash(house.general, "/ask", "Clearview?")
    assert asked.ephemeral


async def test_a_message_that_is_gone_is_no_fault(house, pressed):
    house.server.forgive("had no effect")
    house.server.forgive("has no answer")
    message = pressed.answer
    house.reception.says = lambda _: Reply(card=None, visibility=Visibility.DELETE)
    house.server.faults.fail("chat.delete", "message_not_found")
    await house.ana.presses(message, "Delete", until=Until.ACKNOWLEDGED)


async def test_it_reconnects_when_the_socket_drops():
    async with housed() as house:
        house.server.sockets.refuse()
        house.server.sockets.drop()
        await house.server.until(
            lambda: house.server.sockets.opened == 2, "another connection"
        )
        asked = await house.ana.says(house.general, "@Quis Clearview in Italy?")
        assert asked.text
    assert house.server.broken_rules() == []


async def test_a_refused_token_is_said_and_not_tried_again():
    async with SlackServer() as server:
        newsroom = server.workspace("Newsroom")
        server.revoke_token(newsroom)
        with pytest.raises(TokenRefused, match="invalid_auth"):
            await client_for(server, newsroom, Scripted()).run()


async def test_a_refused_app_token_is_said_and_not_tried_again():
    async with SlackServer() as server:
        newsroom = server.workspace("Newsroom")
        client = client_for(server, newsroom, Scripted(), app_token="xapp-wrong")
        with pytest.raises(TokenRefused):
            await client.run()


async def test_where_slack_cannot_be_reached_somebody_else_tries_again():
    client = SlackClient(
        "xoxb-1",
        Scripted(),
        words("en"),
        app_token="xapp-1",
        api="http://127.0.0.1:9/api",
    )
    with pytest.raises(Disconnected):
        await client.run()


async def test_workspaces_are_kept_apart():
    async with SlackServer() as server:
        one, two = server.workspace("One"), server.workspace("Two")
        here, there = server.channel(one, "a"), server.channel(two, "b")
        ana, ugo = server.member(one, "ana"), server.member(two, "ugo")
        reception = Scripted()
        client = SlackClient(
            f"{one.bot_token},{two.bot_token}",
            reception,
            words("en"),
            app_token=server.app_token,
            api=server.api,
            tell_every=None,
        )
        async with running(client):
            await ana.says(here, "@Quis Clearview?")
            await ugo.says(there, "@Quis Clearview?")
        tenants = [came.caller.tenant.id for came in reception.got]
        assert tenants == [one.id, two.id]
        assert server.broken_rules() == []


# --- signed HTTP ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"{}", 401),
        ({"X-Slack-Request-Timestamp": "abc"}, b"{}", 401),
        ({"X-Slack-Request-Timestamp": "\u0661\u0662\u0663"}, b"{}", 401),
        ({"X-Slack-Request-Timestamp": "9" * 400}, b"{}", 401),
        ({"X-Slack-Request-Timestamp": "NOW", "X-Slack-Signature": "v0=x"}, b"{}", 401),
        (
            {
                "X-Slack-Request-Timestamp": "NOW",
                "X-Slack-Signature": "v0=" + "0" * 64,
            },
            b"{}",
            401,
        ),
        (
            {
                "X-Slack-Request-Timestamp": "NOW",
                "X-Slack-Signature": "v0=" + "0" * 64,
            },
            b"\xff\xfe",
            400,
        ),
        (
            {
                "X-Slack-Request-Timestamp": "NOW",
                "X-Slack-Signature": "v0=" + "0" * 64,
            },
            b"x" * 2_000_000,
            413,
        ),
    ],
)
async def test_what_is_not_slacks_is_turned_away(headers, body, status):
    async with housed("http") as house, aiohttp.ClientSession() as session:
        now = str(int(time.time()))
        sent = {
            name: now if value == "NOW" else value for name, value in headers.items()
        }
        sent["Content-Type"] = "application/json; charset=utf-8"
        answered = await session.post(
            str(house.client.address), data=BytesIO(body), headers=sent
        )
        assert answered.status == status
        assert house.reception.got == []


async def test_only_calls_at_its_one_address_are_answered():
    async with housed("http") as house, aiohttp.ClientSession() as session:
        address = str(house.client.address)
        assert (await session.get(address)).status == 405
        assert (await session.post(address + "/x")).status == 404


# --- what is kept quiet ---------------------------------------------------------------


async def test_neither_questions_nor_secrets_are_logged(house, caplog):
    caplog.set_level(logging.INFO)
    with capture_logs() as logged:
        await _asked_in_vain(house, logged)
    (failed,) = [line for line in logged if line["event"] == "slack_failed"]
    assert failed["error"] == "restricted_action"
    for secret in (*house.server.secrets, "Wolframite"):
        assert secret not in caplog.text
        assert secret not in str(logged)


async def _asked_in_vain(house, logged):
    await house.ana.slash(house.general, "/ask", "Is Wolframite active?")
    house.server.faults.fail("chat.postMessage", "restricted_action")
    house.server.forgive("has no answer")
    await house.ana.says(
        house.general, "@Quis Is Wolframite active?", until=Until.ACKNOWLEDGED
    )
    await house.server.until(
        lambda: any(line["event"] == "slack_failed" for line in logged),
        "a line of the log",
    )


# --- the manifest ---------------------------------------------------------------------


def test_the_manifest_has_every_command_as_it_is_called_in_the_help():
    listed = {c["command"] for c in MANIFEST["features"]["slash_commands"]}
    assert listed == {typed(command, "slack") for command in COMMANDS}


def test_the_manifest_says_what_the_catalogue_says():
    spoken = words("en")
    for command in MANIFEST["features"]["slash_commands"]:
        name = command["command"].removeprefix("/").removeprefix("quis-")
        assert command["description"] == spoken(f"commands.{name}.description")
    (shortcut,) = MANIFEST["features"]["shortcuts"]
    assert shortcut["name"] == spoken("commands.claim.name")
    assert shortcut["description"] == spoken("commands.claim.description")
    prompts = MANIFEST["features"]["agent_view"]["suggested_prompts"]
    assert [(p["title"], p["message"]) for p in prompts] == [
        (spoken(f"prompts.{n}.title"), spoken(f"prompts.{n}.text"))
        for n in ("first", "second", "third")
    ]


def test_the_manifest_keeps_to_slacks_own_description():
    assert list(schemas.manifest_problems(MANIFEST)) == []
    assert 175 <= len(MANIFEST["display_information"]["long_description"]) <= 4000
    assert len(MANIFEST["display_information"]["description"]) <= 140
    assert len(json.dumps(MANIFEST)) < 20_000
