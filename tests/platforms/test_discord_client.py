"""The Discord client against a local Discord: what it hands over, and how it delivers.

The reception is scripted here, so that only the client is tried.
"""

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest

from bot import replies
from bot.cards import (
    Action,
    Actions,
    Button,
    Card,
    Field,
    Form,
    Input,
    Line,
    Menu,
    Picture,
)
from bot.catalogue import words
from bot.config import InvalidSetting, read_settings
from bot.on_discord.client import (
    Disconnected,
    DiscordClient,
    IntentRefused,
    TokenRefused,
)
from bot.reception.messages import How, Option, Reply, ToTell, Visibility
from knowledge.model import AnswersWhen, Place, Tenant
from tests.platforms.discord_server import errors
from tests.platforms.discord_server.asked import Ack, Until
from tests.platforms.discord_server.gateway import MESSAGE_CONTENT
from tests.platforms.discord_server.messages import Upload
from tests.platforms.discord_server.server import DiscordServer

MORE = Button(label="More (3)", action=Action.MORE, key="KEY", argument="3")
WRONG = Button(label="Something wrong?", action=Action.WRONG, key="KEY")
KINDS = Menu(
    label="Language",
    action=Action.SETTINGS,
    options=(("English", "en"), ("Italian", "it")),
)
ANSWER = Card(
    "Clearview AI · Italy",
    (Line("Held. @everyone <@1>"), Actions((MORE, WRONG), (KINDS,))),
)
FORM = Form(
    id="quis:wrong:KEY:",
    title="Something wrong?",
    submit="Send",
    intro="The moderators read this.",
    fields=(
        Field(
            name="kind",
            label="What is it?",
            input=Input.CHOICE,
            options=(("Outdated", "outdated"), ("Other", "other")),
        ),
        Field(name="text", label="In your words", input=Input.TEXT, required=False),
        Field(name="proof", label="A file", input=Input.FILE, required=False),
    ),
)


def public(card: Card = ANSWER, key: str = "KEY") -> Reply:
    return Reply(card=card, visibility=Visibility.PUBLIC, key=key)


def private(text: str) -> Reply:
    return Reply(card=Card(text), visibility=Visibility.PRIVATE)


@dataclass
class Scripted:
    """Says what it was told to say, and keeps what it heard."""

    reply: Reply | None = field(default_factory=public)
    when: AnswersWhen = AnswersWhen.ADDRESSED
    gate: asyncio.Event | None = None
    heard: list[Any] = field(default_factory=list)
    placed: list[tuple[str, Place]] = field(default_factory=list)
    left: list[Tenant] = field(default_factory=list)
    kept: list[Tenant] = field(default_factory=list)
    marks: dict[Tenant, str] = field(default_factory=dict)
    threads: set[str] = field(default_factory=set)
    first: Card | None = None
    due: list[ToTell] = field(default_factory=list)
    done: list[tuple[str, Place | None]] = field(default_factory=list)
    delivered_to: list[str] = field(default_factory=list)

    async def _said(self, what):
        self.heard.append(what)
        if self.gate is not None:
            await self.gate.wait()
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def hear(self, heard):
        return await self._said(heard)

    async def command(self, command):
        return await self._said(command)

    async def press(self, press):
        return await self._said(press)

    async def submit(self, form):
        return await self._said(form)

    async def suggest(self, choosing):
        self.heard.append(choosing)
        return (Option("Clearview AI", "clearview-ai"), Option("x" * 200, "x" * 200))

    async def posted(self, key, where):
        self.placed.append((key, where))

    async def delivered(self, heard):
        self.delivered_to.append(heard.message)

    async def spoke_in(self, tenant, channel, thread):
        return thread in self.threads

    async def late(self, caller, form):
        return replies.form_late(Action.WRONG, "KEY")

    async def language(self, caller):
        return None

    async def welcome(self, caller):
        first, self.first = self.first, None
        return first

    async def known(self, platform):
        return tuple(self.kept)

    async def installed(self, tenant, mark):
        self.marks[tenant] = mark

    async def revoked(self, platform, mark):
        self.left += [t for t, m in self.marks.items() if m == mark]

    async def gone(self, tenant):
        self.left.append(tenant)

    async def take(self, notice):
        return True

    async def to_tell(self, platform):
        assert platform == "discord"
        return tuple(self.due)

    async def told(self, notice, where=None):
        self.due = [each for each in self.due if each.id != notice]
        self.done.append((notice, where))

    def answers_in(self, tenant, channel):
        return self.when


@pytest.fixture
async def server():
    async with DiscordServer() as server:
        yield server
        assert server.broken_rules() == []


@asynccontextmanager
async def serving(server, reception, **options):
    """The client at work, as ``quis run`` has it."""
    options.setdefault("tell_every", None)
    client = DiscordClient(
        server.token, reception, words("en"), api=server.api, **options
    )
    # It waits as long after the last server; here all of them come at once.
    client.connection._connection.guild_ready_timeout = 0.02
    task = asyncio.create_task(client.run())
    try:
        await server.until(
            lambda: server.gateway.connected or task.done(), "the bot to connect"
        )
        if task.done():
            task.result()
        await asyncio.wait_for(client.connection.wait_until_ready(), 5)
        yield client
    finally:
        await client.close()
        with suppress(Exception):
            await task


@pytest.fixture
async def here(server, tmp_path):
    guild = server.guild("Newsroom", locale="it")
    general = server.channel(guild, "general")
    editors = server.role(guild, "editors")
    ana = server.member(guild, "ana", locale="it", permissions="manage_guild")
    ben = server.member(guild, "ben", roles=[editors])
    reception = Scripted()
    async with serving(server, reception, data=tmp_path) as client:
        yield SimpleNamespace(
            server=server,
            guild=guild,
            general=general,
            editors=editors,
            ana=ana,
            ben=ben,
            reception=reception,
            client=client,
        )


# --- commands ----------------------------------------------------------------------------


async def test_a_question_by_command_is_answered_in_public_at_once(here):
    asked = await here.ben.slash(here.general, "ask", question="Is Clearview there?")

    assert asked.ack is Ack.MESSAGE
    assert not asked.ephemeral
    assert "Clearview AI · Italy" in asked.text
    (command,) = here.reception.heard
    assert (command.name, dict(command.options)) == (
        "ask",
        {"question": "Is Clearview there?"},
    )
    caller = command.caller
    assert caller.tenant == Tenant("discord", here.guild.id)
    assert (caller.channel, caller.user) == (here.general.id, here.ben.user.id)
    assert caller.locale == "en-US"
    assert here.editors.id in caller.groups
    assert not caller.manages
    assert not caller.direct
    await here.server.until(lambda: here.reception.placed, "to be told of it")
    place = Place(here.general.id, asked.answer.id)
    assert here.reception.placed == [("KEY", place)]


async def test_who_manages_a_server_is_known_by_what_discord_says(here):
    await here.ana.slash(here.general, "settings show")
    await here.ana.slash(
        here.general, "settings private", private=True, scope="channel"
    )
    await here.ana.slash(here.general, "settings moderators", channel=here.general)
    await here.ana.slash(
        here.general, "settings roles", role="editor", group=here.editors
    )

    said = [(each.name, dict(each.options)) for each in here.reception.heard]
    assert said == [
        ("settings show", {}),
        ("settings private", {"private": "yes", "scope": "channel"}),
        ("settings moderators", {"channel": here.general.id}),
        ("settings roles", {"role": "editor", "group": here.editors.id}),
    ]
    assert all(each.caller.manages for each in here.reception.heard)


async def test_settings_are_offered_to_those_who_manage_only(here):
    assert "settings" not in here.ben.is_offered(here.general)
    # Localised: what a person sees is in their language.
    assert here.ana.is_offered(here.general)


async def test_a_reply_for_one_person_is_seen_by_them_alone(here):
    here.reception.reply = private("Nothing held")
    asked = await here.ben.slash(here.general, "ask", question="x y")

    assert asked.ephemeral
    assert here.reception.placed == []


@pytest.mark.parametrize("hidden", [True, False])
@pytest.mark.parametrize("command", ["ask", "help"])
async def test_what_takes_long_is_acknowledged_and_seen_by_whom_it_is_for(
    here, command, hidden
):
    here.reception.gate = asyncio.Event()
    here.reception.reply = private("Only you") if hidden else public()
    options = {"question": "Long?"} if command == "ask" else {}
    asked = await here.ben.slash(
        here.general, command, until=Until.ACKNOWLEDGED, **options
    )
    assert asked.ack is Ack.THINKING
    assert asked.acknowledged_after < 1
    here.reception.gate.set()
    await asked.answered()

    assert asked.ephemeral is hidden
    if not hidden:
        await here.server.until(lambda: here.reception.placed, "to be told of it")
        assert here.reception.placed[0][1].message == asked.answer.id


async def test_where_the_bot_never_speaks_thinking_is_private_too(here):
    here.reception.when = AnswersWhen.NEVER
    here.reception.gate = asyncio.Event()
    here.reception.reply = private("Only you")
    asked = await here.ben.slash(
        here.general, "ask", question="x y", until=Until.ACKNOWLEDGED
    )
    assert asked.original.ephemeral
    here.reception.gate.set()
    await asked.answered()


async def test_suggestions_come_while_somebody_types(here):
    asked = await here.ben.autocomplete(
        here.general, "vendor", focused="vendor", vendor="cle"
    )

    assert asked.suggestions == ["Clearview AI"]  # what does not fit is left out
    (choosing,) = here.reception.heard
    assert (choosing.option, choosing.typed) == ("vendor", "cle")


async def test_a_command_is_known_by_its_localised_name_and_sent_by_its_own(here):
    french = here.server.member(here.guild, "chloé", locale="fr")
    offered = french.is_offered(here.general)
    assert "demander" in offered
    await french.slash(here.general, "ask", question="Où ?")
    assert here.reception.heard[0].caller.locale == "fr"


async def test_a_claim_is_checked_from_the_menu_of_a_message(here):
    post = await here.ana.says(here.general, "Clearview is **not** used in Italy")
    asked = await here.ben.context_menu(post.message, "Check this claim")

    (heard,) = here.reception.heard
    assert heard.how is How.CLAIM
    assert heard.text == "Clearview is not used in Italy"
    assert heard.message == ""  # many may check the same message, and again
    assert "Clearview AI · Italy" in asked.text


async def test_in_a_server_that_only_a_person_brought_it_to_nothing_is_of_that_server(
    here,
):
    foreign = here.server.guild("Foreign", has_bot=False)
    lobby = here.server.channel(foreign, "lobby")
    guest = here.server.member(foreign, "guest", permissions="manage_guild")
    await guest.slash(lobby, "ask", question="x y")

    caller = here.reception.heard[0].caller
    assert caller.tenant == Tenant("discord", "direct")
    assert not caller.manages


async def test_commands_are_told_to_discord_only_where_they_changed(server, tmp_path):
    server.guild("Newsroom")
    for _ in range(2):
        async with serving(server, Scripted(), data=tmp_path):
            pass
    assert server.commands.writes == 1


async def test_commands_that_are_refused_do_not_keep_it_from_running(server, tmp_path):
    guild = server.guild("Newsroom")
    general = server.channel(guild, "general")
    server.faults.fail("PUT", "/applications/*/commands", errors.MISSING_ACCESS)
    async with serving(server, Scripted(), data=tmp_path):
        ben = server.member(guild, "ben")
        post = await ben.says(general, "@Quis Is Clearview there?")
        assert "Clearview AI" in post.text


# --- messages ----------------------------------------------------------------------------


async def test_a_mention_is_answered_by_a_reply_without_a_ping(here):
    post = await here.ben.says(here.general, "@Quis Is **Clearview** in @ana's Italy?")

    (heard,) = here.reception.heard
    assert heard.how is How.MENTION
    assert heard.text.split() == "Is Clearview in 's Italy?".split()
    assert heard.caller.locale is None
    assert here.editors.id in heard.caller.groups
    assert post.answer.replies_to == post.message.id
    assert post.answer.notified == []


async def test_what_only_the_asker_may_see_comes_without_buttons_by_direct_message(
    here,
):
    # Pressed there, they would belong to direct messages, where no answer is known.
    here.reception.reply = replace(public(), visibility=Visibility.PRIVATE)
    here.server.forgive("has no answer")
    await here.ben.says(here.general, "@Quis Is Clearview there?", until=Until.SENT)
    await here.server.until(lambda: here.ben.sees(here.ben.direct), "a direct message")
    (message,) = here.ben.sees(here.ben.direct)
    assert message.text
    assert not message.buttons


async def test_a_direct_message_is_answered(here):
    post = await here.ben.dm("Is Clearview there?")

    (heard,) = here.reception.heard
    assert heard.how is How.DIRECT
    assert heard.caller.tenant == Tenant("discord", "direct")
    assert heard.caller.direct
    assert "Clearview AI" in post.text


@pytest.mark.parametrize(
    ("error", "over"),
    [
        (errors.MISSING_PERMISSIONS, True),
        (errors.INVALID_FORM, True),
        (errors.UNAVAILABLE, False),
        (None, True),
    ],
)
async def test_an_answer_is_at_its_end_where_it_stands_and_where_it_is_refused(
    here, error, over
):
    if error is not None:
        here.server.faults.fail("POST", "/channels/*/messages", error, times=99)
        here.server.forgive("answer")
    post = await here.ben.says(here.general, "@Quis Italy?", until=Until.SENT)
    await here.server.settled()
    delivered = here.reception.delivered_to
    if over:
        await here.server.until(lambda: delivered, "its end")
    else:
        await asyncio.sleep(4.0)  # it is sent three times
    assert delivered == ([post.message.id] if over else [])
    assert bool(post.shown) is (error is None)


async def test_a_reply_to_the_bot_is_a_question(here):
    post = await here.ben.says(here.general, "@Quis Is Clearview there?")
    again = await here.ben.replies(post, "and in Greece?")

    heard = here.reception.heard[-1]
    assert (heard.how, heard.replied_to) == (How.REPLY, post.answer.id)
    assert heard.text == "and in Greece?"
    assert again.shown


async def test_a_reply_whose_words_discord_keeps_back_is_told_so_once(here):
    post = await here.ben.says(here.general, "@Quis Is Clearview there?")
    kept = await here.ben.replies(post, "and in Greece?", ping=False)
    await kept.shows("mention me")
    here.server.forgive("was not addressed")
    await here.ben.replies(post, "and in Spain?", ping=False)
    await here.ben.says(here.general, "@Quis the next")

    assert len(here.reception.heard) == 2
    assert len(kept.shown) == 1


async def test_what_is_not_said_to_the_bot_is_not_heard(here):
    await here.ben.says(here.general, "Is Clearview in Italy?")
    await here.ben.says(here.general, "@everyone look")
    await here.ben.says(here.general, "@Quis now")

    assert [heard.text for heard in here.reception.heard] == ["now"]


async def test_silence_where_nothing_is_to_be_said(here):
    here.reception.reply = None
    post = await here.ben.says(here.general, "@Quis hm", until=Until.SENT)
    await here.server.until(lambda: here.reception.heard, "to be heard")
    here.server.forgive("has no answer")
    assert post.shown == []


async def test_a_thread_is_answered_in_the_thread_and_belongs_to_its_channel(here):
    thread = here.ben.opens_thread(here.general, "Clearview")
    post = await here.ben.says(thread, "@Quis Is Clearview there?")

    (heard,) = here.reception.heard
    assert (heard.caller.channel, heard.caller.thread) == (here.general.id, thread.id)
    assert post.answer.channel is thread
    await here.server.until(lambda: here.reception.placed, "to be told of it")
    (placed,) = here.reception.placed
    assert placed[1] == Place(here.general.id, post.answer.id, thread.id)


async def test_a_post_in_a_forum_is_answered_in_it(here):
    forum = here.server.forum(here.guild, "questions")
    post = await here.ben.posts(forum, "Clearview", "@Quis Is Clearview there?")

    assert here.reception.heard[0].caller.channel == forum.id
    assert "Clearview AI" in post.text


async def test_a_follow_up_in_its_thread_needs_no_mention_where_words_are_handed_over():
    async with DiscordServer(privileged=MESSAGE_CONTENT) as server:
        guild = server.guild("Newsroom")
        general = server.channel(guild, "general")
        ben = server.member(guild, "ben")
        reception = Scripted()
        async with serving(server, reception, read_all=True):
            thread = ben.opens_thread(general, "Clearview")
            await ben.says(thread, "before")
            await ben.says(thread, "@Quis Is Clearview there?")
            await ben.says(thread, "and in Greece?", until=Until.ANSWERED)
            assert [heard.how for heard in reception.heard] == [
                How.MENTION,
                How.THREAD,
            ]
            reception.when = AnswersWhen.SURE
            reception.reply = None
            await ben.says(general, "Is Clearview in Spain?")
            await server.until(lambda: len(reception.heard) == 3, "to be overheard")
            assert reception.heard[-1].how is How.OVERHEARD
        assert server.broken_rules() == []


async def test_what_the_reception_drops_out_with_is_one_polite_message(here):
    here.reception.reply = RuntimeError("secret words")
    post = await here.ben.dm("Is Clearview there?")
    asked = await here.ben.slash(here.general, "ask", question="x y")

    assert "Something went wrong" in post.text
    assert "Something went wrong" in asked.text


async def test_a_message_is_answered_where_the_question_was_deleted_meanwhile(here):
    here.reception.gate = asyncio.Event()
    post = await here.ben.says(here.general, "@Quis x y", until=Until.SENT)
    await here.server.until(lambda: here.reception.heard, "to be heard")
    here.ben.deletes(post)
    here.reception.gate.set()
    await here.server.until(
        lambda: [m for m in here.ben.sees(here.general) if m.author.bot], "an answer"
    )


async def test_a_channel_that_is_closed_to_the_bot_does_not_break_it(here):
    here.server.faults.fail("POST", "/channels/*/messages", errors.MISSING_PERMISSIONS)
    await here.ben.says(here.general, "@Quis one", until=Until.SENT)
    await here.server.until(lambda: here.reception.heard, "to be heard")
    here.server.forgive("'@Quis one'")
    post = await here.ben.says(here.general, "@Quis two")
    assert post.shown


# --- buttons, menus, forms ---------------------------------------------------------------


async def test_a_press_is_handed_over_with_where_it_was(here):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.reply = private("The next three")
    pressed = await here.ana.presses(asked, "More (3)")

    press = here.reception.heard[-1]
    assert press.button == "quis:more:KEY:3"
    assert press.place == Place(here.general.id, asked.answer.id)
    assert not press.private
    assert press.caller.user == here.ana.user.id
    assert pressed.ephemeral
    assert "Clearview AI" in asked.text


async def test_a_press_that_takes_long_leaves_its_message_alone(here):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.gate = asyncio.Event()
    here.reception.reply = private("The next three")
    pressed = await here.ben.presses(asked, "More (3)", until=Until.ACKNOWLEDGED)
    assert pressed.ack is Ack.WILL_UPDATE
    here.reception.gate.set()
    await pressed.shows("The next three")
    assert pressed.shown[0].ephemeral
    assert "Clearview AI" in asked.text


@pytest.mark.parametrize("slow", [False, True])
async def test_a_message_is_changed_in_its_place(here, slow):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.gate = asyncio.Event()
    here.reception.reply = Reply(
        card=Card("Changed"), visibility=Visibility.EDIT, key="K2"
    )
    if not slow:
        here.reception.gate.set()
    pressed = await here.ben.presses(asked, "More (3)", until=Until.SENT)
    if slow:
        await pressed.acknowledged()
        here.reception.gate.set()
    await here.server.until(lambda: "Changed" in asked.text, "the change")
    await here.server.until(lambda: len(here.reception.placed) == 2, "to be told")
    assert here.reception.placed[1] == ("K2", here.reception.placed[0][1])


@pytest.mark.parametrize("slow", [False, True])
async def test_a_message_is_taken_away(here, slow):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    message = asked.answer
    here.reception.gate = asyncio.Event()
    here.reception.reply = Reply(card=None, visibility=Visibility.DELETE)
    if not slow:
        here.reception.gate.set()
    pressed = await here.ben.presses(asked, "More (3)", until=Until.SENT)
    await pressed.acknowledged()
    here.reception.gate.set()
    await here.server.until(lambda: message.deleted, "it to go")
    here.server.forgive("has no answer")


async def test_a_private_answer_is_shared_in_the_channel(here):
    here.reception.reply = replace(public(), visibility=Visibility.PRIVATE)
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.reply = public(Card("For all"))
    shared = await here.ben.presses(asked, "More (3)")

    assert here.reception.heard[-1].private
    assert not shared.answer.ephemeral
    await here.server.until(lambda: here.reception.placed, "to be told of it")
    assert here.reception.placed == [("KEY", Place(here.general.id, shared.answer.id))]


async def test_a_choice_of_a_menu_is_handed_over(here):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.reply = private("Saved")
    await here.ben.chooses(asked, KINDS.code, ["it"])

    assert here.reception.heard[-1].values == ("it",)


async def test_a_form_is_opened_filled_in_and_sent(here):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.reply = Reply(card=None, visibility=Visibility.FORM, form=FORM)
    opened = await here.ben.presses(asked, "Something wrong?")
    assert "The moderators read this." in opened.modal.text
    here.reception.reply = private("Thank you")
    sent = await here.ben.submits(
        opened.modal,
        {"kind": "other", "text": "It is old", "proof": [Upload("a.txt", b"x")]},
    )

    form = here.reception.heard[-1]
    assert form.form == "quis:wrong:KEY:"
    assert form.values["kind"] == "other"
    assert form.values["text"] == "It is old"
    assert form.values["proof"].startswith(here.server.origin)
    assert "Thank you" in sent.text
    assert sent.ephemeral


async def test_a_form_that_comes_late_is_asked_for_again(here):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.gate = asyncio.Event()
    here.reception.reply = Reply(card=None, visibility=Visibility.FORM, form=FORM)
    pressed = await here.ben.presses(asked, "More (3)", until=Until.ACKNOWLEDGED)
    here.reception.gate.set()
    await here.server.until(lambda: pressed.shown, "a word")
    assert pressed.shown[0].ephemeral


async def test_a_report_goes_to_another_channel_and_its_sender_is_thanked(here):
    desk = here.server.channel(here.guild, "moderators")
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.reply = Reply(
        card=Card("A report"),
        visibility=Visibility.ELSEWHERE,
        channel=desk.id,
        also=Card("Thank you"),
        key="REPORT",
    )
    pressed = await here.ben.presses(asked, "More (3)")
    assert pressed.ephemeral
    assert "Thank you" in pressed.text
    await here.server.until(lambda: len(here.reception.placed) == 2, "to be told")
    key, place = here.reception.placed[1]
    assert (key, place.channel) == ("REPORT", desk.id)
    (report,) = here.ana.sees(desk)
    assert "A report" in report.text


async def test_a_picture_is_shown_with_its_alt_text(here):
    here.reception.reply = public(
        Card("Timeline", (Picture(name="timeline", png=b"png", alt="Three events"),))
    )
    asked = await here.ben.slash(here.general, "timeline", vendor="clearview-ai")

    (attachment,) = asked.answer.wire["attachments"]
    assert attachment["description"] == "Three events"
    assert asked.answer.files == {"timeline-1.png": b"png"}


# --- time and trouble --------------------------------------------------------------------


async def test_an_answer_later_than_a_quarter_of_an_hour_comes_as_a_message(here):
    here.reception.gate = asyncio.Event()
    asked = await here.ben.slash(
        here.general, "ask", question="x y", until=Until.ACKNOWLEDGED
    )
    here.server.expire(asked)
    here.reception.gate.set()
    found = await here.server.until(
        lambda: [m for m in here.ben.sees(here.general) if "Clearview" in m.text],
        "an answer",
    )
    await here.server.until(lambda: here.reception.placed, "to be told")
    assert here.reception.placed[0][1].message == found[0].id


async def test_a_message_whose_press_is_long_ago_is_changed_as_the_bots_own(here):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.reception.gate = asyncio.Event()
    here.reception.reply = Reply(card=Card("Changed"), visibility=Visibility.EDIT)
    pressed = await here.ben.presses(asked, "More (3)", until=Until.ACKNOWLEDGED)
    here.server.expire(pressed)
    here.reception.gate.set()
    await here.server.until(lambda: "Changed" in asked.text, "the change")


async def test_an_acknowledgement_that_came_too_late_is_made_good_in_public(here):
    here.server.faults.fail(
        "POST", "/interactions/*/*/callback", errors.UNKNOWN_INTERACTION
    )
    asked = await here.ben.slash(here.general, "ask", question="x y", until=Until.SENT)
    await here.server.until(
        lambda: [m for m in here.ben.sees(here.general) if "Clearview" in m.text],
        "an answer",
    )
    here.server.forgive(f"{asked} was not acknowledged")


async def test_the_same_event_twice_is_answered_once(here):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    here.client.connection.dispatch("nothing")
    connection = here.client.connection
    connection._connection.parse_interaction_create(asked.payload)
    await here.ben.slash(here.general, "ask", question="the next")
    assert len(here.reception.heard) == 2


async def test_a_limit_is_waited_for(here):
    here.server.faults.rate_limit("POST", "/channels/*/messages")
    post = await here.ben.says(here.general, "@Quis x y")
    assert post.shown


async def test_after_a_dropped_connection_it_goes_on(here):
    here.server.gateway.drop()
    await here.server.connected()
    asked = await here.ben.slash(here.general, "ask", question="x y")
    assert "Clearview AI" in asked.text


async def test_a_server_that_removes_the_bot_is_forgotten_an_outage_is_not(here):
    other = here.server.guild("Other")
    here.server.outage(other)
    here.server.end_of_outage(other)
    here.server.remove_bot(here.guild)
    await here.server.until(lambda: here.reception.left, "to be told of it")
    assert here.reception.left == [Tenant("discord", here.guild.id)]


async def test_a_wrong_token_is_said_to_be_one(server):
    server.token = "another"
    client = DiscordClient("wrong.token.x", Scripted(), words("en"), api=server.api)
    with pytest.raises(TokenRefused):
        await client.run()


async def test_a_token_that_is_revoked_ends_it(here, server):
    reception = Scripted()
    client = DiscordClient(server.token, reception, words("en"), api=server.api)
    task = asyncio.create_task(client.run())
    await asyncio.sleep(0.3)
    server.revoke_token()
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(task, 5)


async def test_an_intent_that_is_not_granted_is_said_to_be_one(server):
    client = DiscordClient(
        server.token, Scripted(), words("en"), api=server.api, read_all=True
    )
    with pytest.raises(IntentRefused):
        await client.run()


async def test_a_first_connection_that_is_refused_can_be_tried_again(server):
    server.gateway.refuse(1)
    client = DiscordClient(server.token, Scripted(), words("en"), api=server.api)
    with pytest.raises(Disconnected):
        await client.run()


async def test_where_nothing_listens_it_can_be_tried_again():
    client = DiscordClient("t", Scripted(), words("en"), api="http://127.0.0.1:9/api")
    with pytest.raises(Disconnected):
        await client.run()


# --- what is told of our own accord ------------------------------------------------------


async def test_what_is_due_is_told_and_ticked_off(here):
    asked = await here.ben.slash(here.general, "ask", question="x y")
    tenant = Tenant("discord", here.guild.id)
    old = Place(here.general.id, asked.answer.id)
    desk = here.server.channel(here.guild, "moderators")
    here.reception.due = [
        ToTell(id="1", tenant=tenant, card=Card("Held"), user=here.ben.user.id),
        ToTell(id="2", tenant=tenant, card=Card("News"), channel=desk.id),
        ToTell(id="3", tenant=tenant, card=Card("Retracted"), edit=old),
        ToTell(id="4", tenant=tenant, card=Card("x"), edit=Place(here.general.id, "1")),
    ]
    await here.client.connection.tell_what_is_due()

    done = dict(here.reception.done)
    assert done["3"] == old
    assert done["4"] is None
    assert "Retracted" in asked.text
    assert [m.text for m in here.ben.sees(here.ben.direct)] == ["## Held"]


async def test_who_takes_no_direct_messages_is_given_up(here):
    here.server.refuse_direct_messages(here.ben)
    tenant = Tenant("discord", here.guild.id)
    here.reception.due = [
        ToTell(id="1", tenant=tenant, card=Card("Held"), user=here.ben.user.id)
    ]
    await here.client.connection.tell_what_is_due()
    assert here.reception.done == [("1", None)]


async def test_what_fails_for_now_is_told_the_next_time(here):
    tenant = Tenant("discord", here.guild.id)
    here.reception.due = [
        ToTell(id="1", tenant=tenant, card=Card("News"), channel=here.general.id)
    ]
    here.server.faults.fail("POST", "/channels/*/messages", errors.INVALID_FORM)
    await here.client.connection.tell_what_is_due()
    assert here.reception.done == []
    await here.client.connection.tell_what_is_due()
    assert here.reception.done[0][0] == "1"


async def test_the_invitation_asks_for_the_least(here):
    link = here.client.invite_link
    assert "scope=bot+applications.commands" in link
    assert "permissions=274878024704" in link


# --- several streams ---------------------------------------------------------------------


async def test_every_server_is_answered_whatever_the_shard_it_is_on(
    server, tmp_path, monkeypatch
):
    guilds: list[Any] = []
    while len({(int(guild.id) >> 22) % 2 for guild in guilds}) < 2:
        guilds.append(server.guild(f"Newsroom {len(guilds)}"))
        await asyncio.sleep(0.002)  # an id is a time
    reception = Scripted()
    client = DiscordClient(
        server.token,
        reception,
        words("en"),
        api=server.api,
        data=tmp_path,
        shards="2",
        tell_every=None,
    )

    async def at_once(*_, **__):
        """Discord lets one shard begin every five seconds."""

    monkeypatch.setattr(client.connection, "before_identify_hook", at_once)
    task = asyncio.create_task(client.run())
    try:
        await server.until(lambda: client.connected, "both shards")
        assert sorted(s.shard for s in server.gateway.sessions.values()) == [
            (0, 2),
            (1, 2),
        ]
        for guild in guilds:
            general = server.channel(guild, "general")
            ana = server.member(guild, "ana")
            asked = await ana.slash(general, "ask", question="Is Clearview there?")
            assert "Clearview AI · Italy" in asked.text
        assert len(reception.heard) == len(guilds)
    finally:
        await client.close()
        await task


@pytest.mark.parametrize("shards", ["auto", "1", "0/4", "2-3/4"])
def test_shards_that_can_be_are_taken(monkeypatch, shards):
    monkeypatch.setenv("QUIS_DISCORD_SHARDS", shards)
    assert read_settings().discord_shards == shards


@pytest.mark.parametrize("shards", ["0", "4/4", "3-2/4", "1/", "-1", "all"])
def test_shards_that_cannot_be_are_refused(monkeypatch, shards):
    monkeypatch.setenv("QUIS_DISCORD_SHARDS", shards)
    with pytest.raises(InvalidSetting, match="QUIS_DISCORD_SHARDS"):
        read_settings()
