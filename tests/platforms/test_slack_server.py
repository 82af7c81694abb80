"""The local Slack, tried with a small bot that is written with the real slack_bolt."""

import time
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest
from slack_bolt.middleware.assistant.async_assistant import AsyncAssistant
from slack_sdk.errors import SlackApiError

from tests.platforms.slack_server import (
    Clock,
    Member,
    NothingCame,
    NotOffered,
    SlackServer,
    Until,
    Upload,
    schemas,
)
from tests.platforms.slack_server.delivery import Kind
from tests.platforms.slack_server.sample import (
    MANIFEST,
    QUIET,
    Sample,
    bare_app,
    card,
    form,
    plain,
)
from tests.platforms.slack_server.state import Channel, Workspace


@dataclass
class Town:
    server: SlackServer
    newsroom: Workspace
    general: Channel
    ana: Member
    ben: Member
    bot: Sample


@asynccontextmanager
async def slack(**settings):
    async with SlackServer(manifest=MANIFEST, **settings) as server:
        newsroom = server.workspace("Newsroom")
        general = server.channel(newsroom, "general")
        ana = server.member(newsroom, "ana", locale="it-IT")
        ben = server.member(newsroom, "ben")
        yield Town(server, newsroom, general, ana, ben, Sample(server, newsroom))


@pytest.fixture
async def still():
    """Nobody runs the bot; a test does it its own way."""
    async with slack(patience=3.0) as town:
        yield town


@pytest.fixture(params=["socket", "http"])
async def town(request):
    """The sample bot runs, over either transport; no rule is broken."""
    async with slack() as town:
        over = {"socket": town.server.running, "http": town.server.running_http}
        async with over[request.param](town.bot.app):
            yield town
        assert town.server.broken_rules() == []


@pytest.fixture
async def sockets():
    """The sample bot runs in Socket Mode; what is broken is for the test to say."""
    async with slack() as town, town.server.running(town.bot.app, ping_interval=0.1):
        yield town


# --- asking ---------------------------------------------------------------------------------


async def test_a_mention_is_answered_in_its_thread(town):
    asked = await town.ana.says(town.general, "@Quis is <VPN> & @channel safe?")
    assert asked.text.startswith("You asked: Ciao, is <VPN> & <!channel> safe?")
    assert asked.answer.thread_ts == asked.message.ts
    assert ("the source", "https://example.org/source") in asked.answer.links
    labels = [button.label for button in asked.answer.buttons]
    assert labels == ["Report", "Helpful", "Not helpful"]


async def test_a_follow_up_in_the_thread_needs_no_mention(town):
    first = await town.ana.says(town.general, "@Quis Italy?")
    then = await town.ana.replies(first, "and Greece?")
    assert then.addressed
    assert "and Greece?" in then.text


async def test_chatter_is_not_answered(town):
    asked = await town.ana.says(town.general, "lunch, anybody?")
    assert not asked.addressed
    assert asked.shown == []


async def test_a_direct_message_is_answered(town):
    asked = await town.ben.dm("Italy?")
    assert "Hello, Italy?" in asked.text


async def test_a_command_is_answered_for_the_asker_only(town):
    asked = await town.ana.slash(town.general, "/ask", "how is @ben?")
    assert asked.ephemeral
    assert f"<@{town.ben.user.id}|ben>" in asked.text
    with pytest.raises(NotOffered, match="ben does not see"):
        await town.ben.presses(asked, "Report")


async def test_an_acknowledgement_can_be_the_answer(town):
    asked = await town.ana.slash(town.general, "/ask")
    assert asked.text == "Usage: /ask your question"


async def test_a_command_works_where_the_bot_is_no_member(town):
    quiet = town.server.channel(town.newsroom, "quiet", has_bot=False)
    assert "x y" in (await town.ana.slash(quiet, "/ask", "x y")).text


async def test_a_message_shortcut_is_found_by_its_name(town):
    said = await town.ben.says(town.general, "Clearview is banned")
    asked = await town.ana.shortcut("Check this claim", said)
    assert asked.text == "Checking: Clearview is banned"


async def test_only_what_the_manifest_names_is_offered(still):
    with pytest.raises(NotOffered, match="no command /aks; there are: /ask"):
        await still.ana.slash(still.general, "/aks", "x")
    with pytest.raises(NotOffered, match="there are: Check this claim"):
        await still.ana.shortcut("Check that claim", await _said(still))


async def _said(town):
    return await town.ben.says(town.general, "hm", until=Until.SENT)


# --- pressing, choosing, filling in ---------------------------------------------------------


async def test_thumbs_are_pressed_by_their_labels(town):
    asked = await town.ana.says(town.general, "@Quis Italy?")
    assert (await town.ana.presses(asked, "Helpful")).text == "Thank you."
    assert "not your answer" in (await town.ben.presses(asked, "Helpful")).text
    with pytest.raises(NotOffered, match="there are: 'Report', 'Helpful'"):
        await town.ana.presses(asked, "Share")


async def test_a_choice_changes_the_message(town):
    asked = await town.ana.says(town.general, "@Quis Italy?")
    chosen = await town.ana.chooses(asked, "country", "France")
    assert chosen.updated
    assert asked.text == "Only FR"
    assert "You asked" in asked.answer.edits[0]


async def test_a_menu_that_looks_up_gives_suggestions(town):
    asked = await town.ana.says(town.general, "@Quis Italy?")
    found = await town.ana.searches(asked, "vendor", "ce")
    assert found.suggestions == ["Cellebrite"]


async def test_a_form_is_opened_complained_of_and_sent(town):
    asked = await town.ana.says(town.general, "@Quis Italy?")
    opened = await town.ana.presses(asked, "Report")
    assert opened.modal.title == "Something wrong?"
    assert list(opened.modal.fields) == ["What is wrong?"]
    first = await town.ana.submits(opened, {"What is wrong?": "no"})
    assert first.errors == {"why": "Say a little more."}
    assert "Say a little more." in opened.modal.text
    second = await town.ana.submits(opened, {"why": "It was annulled."})
    assert second.closed
    assert (await second.shows("Noted.")).channel is town.ana.direct


async def test_a_form_is_only_sent_if_the_client_would(town):
    asked = await town.ana.says(town.general, "@Quis Italy?")
    opened = await town.ana.presses(asked, "Report")
    with pytest.raises(NotOffered, match="is required"):
        await town.ana.submits(opened)
    with pytest.raises(NotOffered, match="no input Why; there are: What is wrong"):
        await town.ana.submits(opened, {"Why": "It was annulled."})
    with pytest.raises(NotOffered, match="301 characters, not 0 to 300"):
        await town.ana.submits(opened, {"why": "x" * 301})
    with pytest.raises(NotOffered, match="no form is open for ben"):
        await town.ben.submits(opened, {"why": "It was annulled."})


async def test_the_home_and_the_agents_messages_are_opened(town):
    assert (await town.ana.opens_home()).home.text == "Help"
    assert town.ana.home.text == "Help"
    opened = await town.ana.opens_messages()
    assert [prompt["title"] for prompt in opened.prompts] == ["Italy"]


async def test_forms_are_updated_pushed_and_closed(still):
    app = bare_app(still.server, still.newsroom)
    told = []

    def step(name):
        return form("") | {"callback_id": name, "notify_on_close": True}

    @app.shortcut("check")
    async def check(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=step("one"))

    @app.view("one")
    async def one(ack):
        await ack(response_action="update", view=step("two"))

    @app.view("two")
    async def two(ack):
        await ack(response_action="push", view=step("three"))

    @app.view_closed("three")
    async def closed(ack, view):
        await ack()
        told.append(view["previous_view_id"])

    async with still.server.running(app):
        said = await still.ben.says(still.general, "hm", until=Until.SENT)
        opened = await still.ana.shortcut("Check this claim", said)
        first = await still.ana.submits(opened, {"why": "because"})
        assert (first.closed, opened.modal.callback_id) == (False, "two")
        pushed = await still.ana.submits(opened, {"why": "because"})
        assert still.server.screens.stack(still.ana.user) == [
            opened.modal,
            pushed.modal,
        ]
        await still.ana.closes(pushed)
        assert told == [opened.modal.id]
    still.server.forgive("message of 'hm'")
    assert still.server.broken_rules() == []


# --- what else there is ---------------------------------------------------------------------


async def test_events_have_what_bolt_looks_for(town):
    asked = await town.ana.says(town.general, "@Quis Italy?")
    await town.server.settled()
    mention = town.bot.bodies[0]
    assert mention["team_id"] == town.newsroom.id
    assert mention["event"]["user"] == town.ana.user.id
    kinds = {delivery.payload["event"]["type"] for delivery in asked.deliveries}
    ids = {delivery.payload["event_id"] for delivery in asked.deliveries}
    assert kinds == {"message", "app_mention"}
    assert len(ids) == 2


async def test_files_go_both_ways(still):
    app = bare_app(still.server, still.newsroom)

    @app.event("message")
    async def read(event, client):
        file = (await client.files_info(file=event["files"][0]["id"]))["file"]
        headers = {"Authorization": f"Bearer {client.token}"}
        async with (
            aiohttp.ClientSession() as session,
            session.get(file["url_private_download"], headers=headers) as good,
            session.get(file["url_private_download"]) as bad,
        ):
            data, page = await good.read(), await bad.text()
        assert "Sign in" in page
        await client.files_upload_v2(
            channel=event["channel"],
            thread_ts=event["ts"],
            file=data.upper(),
            filename="back.png",
            alt_txt="The same, louder",
            initial_comment="Here",
        )

    async with still.server.running(app):
        files = [Upload("note.txt", b"hello", "text/plain")]
        asked = await still.ana.dm("", files=files)
        assert asked.text == "Here\nback.png The same, louder"
        assert asked.answer.files[0]["size"] == 5
    assert still.server.broken_rules() == []


async def test_an_answer_can_be_streamed(still):
    app = bare_app(still.server, still.newsroom)

    @app.event("app_mention")
    async def stream(event, client):
        to = {"channel": event["channel"]}
        await client.assistant_threads_setStatus(
            channel_id=event["channel"], thread_ts=event["ts"], status="is reading…"
        )
        begun = await client.chat_startStream(
            **to,
            thread_ts=event["ts"],
            recipient_user_id=event["user"],
            recipient_team_id=event["team"],
        )
        for word in ("one ", "two"):
            await client.chat_appendStream(**to, ts=begun["ts"], markdown_text=word)
        await client.chat_stopStream(**to, ts=begun["ts"])

    app.event("message")(_nothing)
    async with still.server.running(app):
        asked = await still.ana.says(still.general, "@Quis go")
        assert asked.text == "one two"
        thread = still.server.agents.thread(still.general, asked.message.ts)
        assert (thread.status, thread.statuses) == ("", ["is reading…"])
    assert still.server.broken_rules() == []


async def _nothing():
    pass


async def test_an_assistant_thread_of_the_older_view():
    async with SlackServer() as server:  # without a manifest everything is on offer
        newsroom = server.workspace("Newsroom")
        general = server.channel(newsroom, "general")
        ana = server.member(newsroom, "ana")
        app = bare_app(server, newsroom)
        assistant = AsyncAssistant()

        @assistant.thread_started
        async def started(say, set_suggested_prompts, get_thread_context):
            await say("How can I help?")
            context = await get_thread_context()
            prompts = [{"title": context["channel_id"], "message": "hm"}]
            await set_suggested_prompts(prompts=prompts)

        @assistant.user_message
        async def message(say, set_status):
            await set_status("is reading…")
            await say("Hello")

        app.use(assistant)
        async with server.running(app):
            opened = await ana.starts_assistant_thread(general)
            await opened.until(lambda: opened.prompts, "prompts")
            assert opened.prompts == [{"title": general.id, "message": "hm"}]
            asked = await ana.dm("hello?", thread=opened)
            assert asked.text == "Hello"
        assert server.broken_rules() == []


async def test_private_channels_are_hidden_from_who_is_not_in_them(still):
    hidden = still.server.channel(
        still.newsroom, "moderators", private=True, has_bot=False
    )
    assert await _posted(still, channel=hidden.id) == "channel_not_found"
    with pytest.raises(NotOffered, match="ana cannot write in #moderators"):
        await still.ana.says(hidden, "hm")
    still.server.invite_bot(hidden)
    assert await _posted(still, channel=hidden.id) is None


async def test_a_bot_reacts(still):
    said = await still.ben.says(still.general, "hm", until=Until.SENT)
    where = {"channel": still.general.id, "timestamp": said.message.ts}
    client = still.bot.app.client
    await client.reactions_add(name="eyes", **where)
    assert still.server.reactions == [("eyes", said.message)]
    with pytest.raises(SlackApiError, match="already_reacted"):
        await client.reactions_add(name="eyes", **where)


async def test_looking_up_gives_what_the_test_made(still):
    mods = still.server.user_group(still.newsroom, "moderators")
    cleo = still.server.member(still.newsroom, "cleo", admin=True, groups=[mods])
    client = still.bot.app.client
    members = await client.usergroups_users_list(usergroup=mods.id)
    assert members["users"] == [cleo.user.id]
    user = (await client.users_info(user=cleo.user.id, include_locale=True))["user"]
    assert (user["is_admin"], user["locale"]) == (True, "en-US")
    direct = await client.conversations_open(users=cleo.user.id)
    assert direct["channel"]["id"] == cleo.direct.id
    said = await _said(still)
    link = await client.chat_getPermalink(
        channel=still.general.id, message_ts=said.message.ts
    )
    assert link["permalink"].startswith("https://newsroom.slack.com/archives/")
    found = await client.conversations_replies(
        channel=still.general.id, ts=said.message.ts
    )
    assert [message["text"] for message in found["messages"]] == ["hm"]


# --- faults ---------------------------------------------------------------------------------


async def _posted(town, **arguments):
    """What becomes of a message of the bot: the error, or none."""
    arguments = {"channel": town.general.id, "text": "hm"} | arguments
    try:
        await town.bot.app.client.chat_postMessage(**arguments)
    except SlackApiError as error:
        return error.response["error"]
    return None


async def test_a_rate_limit_is_waited_for(sockets):
    fault = sockets.server.faults.rate_limit("chat.postMessage", retry_after=0)
    asked = await sockets.ana.says(sockets.general, "@Quis Italy?")
    assert "Italy?" in asked.text
    assert fault.met == 1
    assert len(sockets.server.calls("chat.postMessage")) == 2


@pytest.mark.parametrize("status", [500, 503])
async def test_slack_is_down_for_a_moment(sockets, status):
    fault = sockets.server.faults.unavailable("users.info", status=status)
    assert "Italy?" in (await sockets.ana.says(sockets.general, "@Quis Italy?")).text
    assert fault.met == 1


async def test_a_lost_answer_was_carried_out(still):
    still.server.faults.lose_answer("chat.postMessage", times=2)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await _posted(still)
    assert still.server.mailroom.everything[0].text == "hm"


async def test_tokens_scopes_and_channels_can_be_taken_away(still):
    server, here = still.server, still.general
    elsewhere = server.channel(still.newsroom, "quiet", has_bot=False)
    assert await _posted(still, channel=elsewhere.id) == "not_in_channel"
    assert await _posted(still, thread_ts="1.1") == "thread_not_found"
    server.take_scope(still.newsroom, "chat:write")
    assert await _posted(still) == "missing_scope"
    still.newsroom.scopes.add("chat:write")
    server.archive(here)
    assert await _posted(still) == "is_archived"
    server.delete_channel(here)
    assert await _posted(still) == "channel_not_found"
    server.revoke_token(still.newsroom)
    assert await _posted(still) == "invalid_auth"


async def test_a_deleted_message_cannot_be_edited(sockets):
    asked = await sockets.ana.says(sockets.general, "@Quis Italy?")
    answer = asked.answer
    sockets.server.delete_message(answer)
    with pytest.raises(SlackApiError, match="message_not_found"):
        await sockets.bot.app.client.chat_update(
            channel=sockets.general.id, ts=answer.ts, text="Corrected"
        )


async def test_a_dropped_or_refused_connection_is_made_again(sockets):
    sockets.server.sockets.refuse()
    sockets.server.sockets.drop()
    await sockets.server.until(
        lambda: sockets.server.sockets.opened == 2, "another connection"
    )
    assert "Italy?" in (await sockets.ana.says(sockets.general, "@Quis Italy?")).text


async def test_a_first_connection_that_is_refused_is_tried_again(still):
    still.server.sockets.refuse(2)
    async with still.server.running(still.bot.app, ping_interval=0.05):
        assert "Italy?" in (await still.ana.dm("Italy?")).text


async def test_a_connection_is_refreshed(sockets):
    await sockets.server.sockets.disconnect()
    await sockets.server.until(
        lambda: sockets.server.sockets.opened == 2, "another connection"
    )
    assert "Italy?" in (await sockets.ana.dm("Italy?")).text


async def test_an_event_without_acknowledgement_comes_again(sockets):
    sockets.server.sockets.lose_acknowledgements(1)
    asked = await sockets.ana.dm("Italy?", until=Until.SENT)
    await asked.answered()
    sockets.server.clock.advance(4)
    await asked.acknowledged()
    attempts = asked.deliveries[0].attempts
    assert [attempt.failed for attempt in attempts] == ["timeout", None]
    assert len({body["event_id"] for body in sockets.bot.bodies}) == 1
    assert "Italy?" in asked.text


async def test_a_repeated_event_is_the_same_event(town):
    asked = await town.ana.says(town.general, "@Quis Italy?")
    await town.server.settled()
    town.server.clock.advance(300)
    town.server.repeats(asked)
    await town.server.until(
        lambda: all(len(delivery.attempts) == 2 for delivery in asked.deliveries),
        "the repetition",
    )
    await town.server.until(
        lambda: all(
            d.attempts[1].acknowledged_after is not None for d in asked.deliveries
        ),
        "its acknowledgement",
    )
    assert len(asked.shown) == 1


async def test_a_late_acknowledgement_is_an_error_on_the_screen(sockets):
    asked = await sockets.ana.slash(sockets.general, "/ask", "hold", until=Until.SENT)
    await sockets.server.until(lambda: asked.deliveries[0].was_sent, "the command")
    sockets.server.clock.advance(3.5)
    await asked.acknowledged()
    assert asked.timed_out
    sockets.bot.hold.set()
    await asked.answered()
    delivery = asked.deliveries[0]
    await asked.until(lambda: delivery.acknowledged_after, "an acknowledgement")
    (late,) = sockets.server.broken_rules()
    assert "/ask hold by ana in #general was acknowledged after 3." in late


async def test_a_trigger_is_good_for_one_form_and_three_seconds(still):
    app, errors = bare_app(still.server, still.newsroom), []

    @app.command("/ask")
    async def ask(ack, body, client, command):
        await ack("Done")
        await still.server.settled()  # bolt sends it a moment later
        for wait in map(float, command["text"].split()):
            still.server.clock.advance(wait)
            try:
                await client.views_open(trigger_id=body["trigger_id"], view=form(""))
            except SlackApiError as error:
                errors.append(error.response["error"])

    async with still.server.running(app):
        await still.ana.slash(still.general, "/ask", "0 0")
        await still.server.until(lambda: len(errors) == 1, "an error")
        await still.ana.slash(still.general, "/ask", "4")
        await still.server.until(lambda: len(errors) == 2, "another error")
    assert errors == ["exchanged_trigger_id", "expired_trigger_id"]


@pytest.mark.parametrize("how", ["expire", "use_up"])
async def test_a_response_url_does_not_last(sockets, how):
    asked = await sockets.ana.slash(sockets.general, "/ask", "Italy?")
    pressed = await sockets.ana.presses(asked, "Helpful")
    url = pressed.deliveries[0].payload["response_url"]
    getattr(sockets.server, how)(pressed)
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json={"text": "again"}) as response,
    ):
        assert response.status == 404
        word = {"expire": "expired_url", "use_up": "used_url"}[how]
        assert await response.text() == word


async def test_a_workspace_can_uninstall_the_app(sockets):
    sockets.server.uninstall(sockets.newsroom)
    await sockets.server.until(lambda: len(sockets.bot.gone) == 2, "both events")
    assert await _posted(sockets) == "account_inactive"


async def test_requests_are_signed_and_can_be_forged_and_replayed(still):
    async with still.server.running_http(still.bot.app) as http:
        asked = await still.ana.dm("Italy?")
        assert await http.post(http.sent[0]) == (200, "")
        payload, long_ago = asked.deliveries[0].payload, str(int(time.time()) - 361)
        forged = http.request(Kind.EVENT, payload, secret="guessed")
        old = http.request(Kind.EVENT, payload, timestamp=long_ago)
        assert [(await http.post(each))[0] for each in (forged, old)] == [401, 401]
    assert still.server.broken_rules() == []


async def test_two_workspaces_are_kept_apart(still):
    ledger = still.server.workspace("Ledger")
    theirs = still.server.channel(ledger, "general")
    assert await _posted(still, channel=theirs.id) == "channel_not_found"
    assert still.server.broken_rules() == [
        "chat.postMessage of Newsroom names a channel of Ledger"
    ]


# --- the golden rules -----------------------------------------------------------------------


async def _breaches(still, **arguments):
    await _posted(still, **arguments)
    return still.server.broken_rules()


async def test_a_ping_is_found(still):
    assert await _breaches(still, text="Dear <!channel> and @ben") == [
        "'Dear @channel and @ben' in #general notifies <!channel>"
    ]


async def test_a_name_in_plain_text_pings_if_linked(still):
    found = await _breaches(still, text="Dear @ben", link_names=True)
    assert found[-1] == "'Dear @ben' in #general notifies @ben"


async def test_a_preview_is_found(still):
    link = "<https://example.org/|x>"
    (found,) = await _breaches(still, text=link)
    assert "may get a preview of a link" in found
    still.server.forgive("may get a preview")
    assert await _breaches(still, text=link, **QUIET) == []


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([{"type": "divider"}] * 51, "51 blocks > 50"),
        ([{"type": "header", "text": plain("x" * 151)}], "151 characters > 150"),
        ([{"type": "markdown", "text": "x" * 6500}] * 2, "13000 characters in all"),
        ([{"type": "section"}], "needs text or fields"),
        ([{"type": "section", "text": plain("")}], "empty text"),
        (
            [
                {"type": "divider", "block_id": "x"},
                {"type": "divider", "block_id": "x"},
            ],
            "'x' stands 2 times",
        ),
        (
            [
                {
                    "type": "actions",
                    "elements": [
                        {
                            "type": "button",
                            "action_id": "x",
                            "text": plain("x"),
                            "url": "javascript:alert(1)",
                        }
                    ],
                }
            ],
            "no address that Slack opens",
        ),
    ],
)
async def test_documented_limits_are_kept(still, blocks, sentence):
    assert await _posted(still, blocks=blocks) == "invalid_blocks"
    assert sentence in "\n".join(still.server.broken_rules())


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([{"type": "sektion"}], "unknown block 'sektion'"),
        ([{"type": "divider", "colour": "red"}], "'colour'"),
    ],
)
@pytest.mark.skipif(not schemas.schemas_are_here(), reason=schemas.NOT_HERE)
async def test_the_official_schemas_are_kept(still, blocks, sentence):
    assert await _posted(still, blocks=blocks) == "invalid_blocks"
    assert sentence in "\n".join(still.server.broken_rules())


async def test_blocks_go_with_text_and_are_not_too_long_in_all(still):
    with pytest.warns(UserWarning, match="top-level `text` argument is missing"):
        (found,) = await _breaches(still, text="", blocks=[{"type": "divider"}])
    assert "blocks without text" in found
    fields = [{"type": "section", "text": plain("x" * 2900)}] * 5
    assert await _posted(still, blocks=fields) == "msg_blocks_too_long"


async def test_a_card_that_is_within_all_limits_breaks_none(still):
    assert await _breaches(still, **card("Italy?", "U1")) == []


async def test_a_second_answer_and_none_at_all_are_found(still):
    app = bare_app(still.server, still.newsroom)

    @app.event("message")
    async def say_it(event, say):
        for number in range(2 if event["text"] == "twice" else 0):
            await say(f"answer {number}")

    async with still.server.running(app):
        asked = await still.ana.dm("twice")
        await asked.until(lambda: len(asked.shown) == 2, "two answers")
        await still.ben.dm("nothing", until=Until.ACKNOWLEDGED)
    two, none = still.server.broken_rules()
    assert "has 2 answers, not 1: 'answer 0'" in two
    assert none == "'nothing' by ben in the direct messages of ben has no answer"
    with pytest.raises(AssertionError, match="is answered by one message, not by"):
        assert asked.text


async def test_a_notice_answers_nothing(sockets):
    asked = await sockets.ana.says(sockets.general, "@Quis Italy?")
    with sockets.server.of_its_own_accord():
        await _posted(sockets, thread_ts=asked.message.ts, text="It has changed.")
    assert len(asked.shown) == 1
    assert sockets.server.askings.unasked[0].text == "It has changed."
    await sockets.server.settled()
    assert sockets.server.broken_rules() == []


async def test_an_event_that_is_never_acknowledged_is_found(still):
    app = bare_app(still.server, still.newsroom)
    async with still.server.running(app):
        asked = await still.ana.slash(still.general, "/ask", "x", until=Until.SENT)
        await still.server.until(lambda: asked.deliveries[0].was_sent, "the command")
        still.server.clock.advance(4)
        await asked.acknowledged()
    first, second = still.server.broken_rules()
    assert first == "/ask x by ana in #general was not acknowledged"
    assert second == "/ask x by ana in #general has no answer"


async def test_a_request_off_the_machine_is_refused_and_found(still):
    async with aiohttp.ClientSession() as session:
        with pytest.raises(OSError, match=r"192\.0\.2\.1"):
            await session.get("http://192.0.2.1:9/")
    assert still.server.broken_rules() == ["the bot asked for 192.0.2.1:9"]


async def test_whoever_waits_in_vain_hears_what_came():
    async with slack(patience=0.1) as town:
        with pytest.raises(NothingCame, match=r"waited 0\.1 s for .*; what came: .*"):
            await town.ana.dm("Italy?")


async def test_a_stopped_clock_moves_only_when_it_is_moved():
    clock = Clock(stopped=True)
    before = clock.seconds()
    clock.advance(2)
    assert clock.seconds() - before == 2


async def test_an_edit_and_a_deletion_are_told(town):
    asked = await town.ana.says(town.general, "@Quis Italy?")
    await town.ana.edits(asked, "@Quis France?")
    assert asked.message.edits == ["@Quis Italy?"]
    await town.ana.deletes(asked)
    subtypes = [body["event"].get("subtype") for body in town.bot.bodies]
    assert {"message_changed", "message_deleted"} <= set(subtypes)


async def test_the_secrets_are_named(sockets):
    await sockets.ana.slash(sockets.general, "/ask", "Italy?")
    assert sockets.newsroom.bot_token in sockets.server.secrets
    assert any("/hooks/" in secret for secret in sockets.server.secrets)


@pytest.mark.skipif(not schemas.schemas_are_here(), reason=schemas.NOT_HERE)
async def test_a_manifest_is_checked():
    wrong = MANIFEST | {"features": MANIFEST["features"] | {"agentview": {}}}
    async with SlackServer(manifest=wrong) as server:
        assert "'agentview'" in server.broken_rules()[0]
