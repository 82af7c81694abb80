"""The local Discord, by a small bot with the real discord.py: does it do as Discord does?"""

import asyncio
import io
import socket
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from tests.platforms.discord_server import errors, schemas
from tests.platforms.discord_server.asked import Ack, Until
from tests.platforms.discord_server.commands import NotOffered
from tests.platforms.discord_server.gateway import MESSAGE_CONTENT
from tests.platforms.discord_server.messages import Upload
from tests.platforms.discord_server.rules import broken_limits
from tests.platforms.discord_server.sample_bot import INTENTS, SampleBot
from tests.platforms.discord_server.server import DiscordServer
from tests.platforms.waiting import NothingCame


@pytest.fixture
async def server():
    async with DiscordServer() as server:
        yield server
        assert server.broken_rules() == []


@pytest.fixture
async def here(server):
    """A guild with two people and a channel, and a bot that runs in it."""
    guild = server.guild("Newsroom", locale="it")
    general = server.channel(guild, "general")
    ana = server.member(guild, "ana", permissions="manage_guild")
    ben = server.member(guild, "ben", locale="it")
    bot = SampleBot()
    async with server.running(bot):
        yield SimpleNamespace(
            server=server, guild=guild, general=general, ana=ana, ben=ben, bot=bot
        )


# --- commands ----------------------------------------------------------------------------


async def test_a_command_is_acknowledged_then_answered(here):
    asked = await here.ana.slash(here.general, "ask", question="Clearview?")

    assert asked.ack is Ack.THINKING
    assert asked.acknowledged_after < 3
    assert asked.text == "On Clearview?\nSource\nany vendor\nLocale\nen-US"
    assert [button.label for button in asked.answer.buttons] == ["Helpful", "Source"]
    assert not asked.ephemeral


async def test_a_persons_language_is_that_of_their_client(here):
    asked = await here.ben.slash(here.general, "ask", question="Dove?")

    assert "Locale\nit" in asked.text
    assert here.ben.is_offered(here.general)["chiedi"] == "Fai una domanda"
    assert here.ana.is_offered(here.general)["ask"] == "Ask a question"


async def test_suggestions_come_while_an_option_is_typed(here):
    asked = await here.ana.autocomplete(
        here.general, "ask", focused="vendor", question="x", vendor="cle"
    )

    assert asked.suggestions == ["Clearview AI"]


async def test_only_what_is_registered_can_be_sent(here):
    ana, general = here.ana, here.general

    with pytest.raises(NotOffered, match="not offered 'aks' in #general, but abroad"):
        await ana.slash(general, "aks", question="x")
    with pytest.raises(NotOffered, match="'ask' has question, vendor, not query"):
        await ana.slash(general, "ask", query="x")
    with pytest.raises(NotOffered, match="1 to 300 characters, not 301"):
        await ana.slash(general, "ask", question="x" * 301)
    with pytest.raises(NotOffered, match="not sent without 'question'"):
        await ana.slash(general, "ask")
    with pytest.raises(NotOffered, match="'kb' has add, not 'remove'"):
        await ana.slash(general, "kb remove")
    with pytest.raises(NotOffered, match="does not take 7"):
        await ana.slash(general, "kb add", file=7)


async def test_who_lacks_permissions_is_not_offered_a_command(here):
    editors = here.server.role(here.guild, "editors", permissions="manage_guild")
    with pytest.raises(NotOffered):
        await here.ben.slash(here.general, "kb add", file=Upload("a.txt", b"a"))

    here.server.member(here.guild, "ben", roles=[editors])

    asked = await here.ben.slash(here.general, "kb add", file=Upload("a.txt", b"a"))
    assert asked.ephemeral


async def test_options_take_files_channels_and_people(here):
    note = Upload("note.txt", b"Read me")
    asked = await here.ana.slash(
        here.general, "kb add", file=note, where=here.general, by=here.ben
    )

    assert asked.text == "note.txt: Read me; general; ben"
    assert asked.answer.files == {"copy.txt": b"Read me"}
    assert asked.answer.wire["attachments"][0]["description"] == "a copy"


async def test_a_command_of_a_guild_hides_the_global_one_of_that_name(here):
    elsewhere = here.server.guild("Elsewhere")
    hall = here.server.channel(elsewhere, "hall")
    cleo = here.server.member(elsewhere, "cleo")
    here.bot.tree.copy_global_to(guild=discord.Object(here.guild.id))
    await here.bot.tree.sync(guild=discord.Object(here.guild.id))

    mine = await here.ana.slash(here.general, "ask", question="x")
    theirs = await cleo.slash(hall, "ask", question="x")

    assert mine.payload["data"]["guild_id"] == here.guild.id
    assert "guild_id" not in theirs.payload["data"]


async def test_an_app_of_ones_own_goes_where_the_bot_is_not(here):
    abroad = here.server.guild("Abroad", has_bot=False)
    square = here.server.channel(abroad, "square")
    ana = here.server.member(abroad, "ana")

    asked = await ana.slash(square, "ask", question="x")

    assert asked.text.startswith("On x")
    assert list(ana.is_offered(square)) == ["ask"]
    assert here.bot.get_guild(int(abroad.id)) is None


# --- components and forms ----------------------------------------------------------------


async def test_a_press_changes_the_message_and_keeps_what_it_said(here):
    asked = await here.ana.slash(here.general, "ask", question="x")

    press = await here.ana.presses(asked, "Helpful")

    assert press.ack is Ack.UPDATE
    assert press.text.startswith("Thank you.")
    assert press.answer is asked.answer
    assert asked.answer.earlier == ["On x\nSource\nany vendor\nLocale\nen-US"]
    with pytest.raises(NotOffered, match="disabled"):
        await here.ana.presses(asked, "Helpful")
    with pytest.raises(NotOffered, match="a link"):
        await here.ana.presses(asked, "Source")
    with pytest.raises(NotOffered, match="no button 'More', but Helpful, Source"):
        await here.ana.presses(asked, "More")


async def test_an_ephemeral_answer_is_seen_by_one_person_only(here):
    asked = await here.ana.slash(here.general, "ask", question="x")

    press = await here.ben.presses(asked, "helpful")

    assert press.text == "Not yours."
    assert press.answer in here.ben.sees(here.general)
    assert press.answer not in here.ana.sees(here.general)
    with pytest.raises(NotOffered, match="ana does not see"):
        await here.ana.presses(press, "helpful")


async def test_a_choice_is_made_by_label_or_value(here):
    asked = await here.ana.slash(here.general, "ask", question="x")

    assert (await here.ana.chooses(asked, "language", "Italiano")).text == "it"
    assert (await here.ana.chooses(asked, "language", ["en"])).text == "en"
    with pytest.raises(NotOffered, match="offers English, Italiano, not 'fr'"):
        await here.ana.chooses(asked, "language", "fr")


async def test_a_menu_on_a_message_opens_a_form(here):
    post = await here.ana.says(here.general, "Clearview is everywhere")
    menu = await here.ana.context_menu(post.message, "Report this answer")

    assert menu.modal.title == "Report an answer"
    assert list(menu.modal.fields) == ["why", "kind"]
    sent = await here.ana.submits(menu.modal, {"What is wrong?": "it", "kind": "Old"})
    assert sent.text == "old: it"
    with pytest.raises(NotOffered, match="1 to 20 characters"):
        await here.ana.submits(menu.modal, {"why": "x" * 21, "kind": "old"})
    with pytest.raises(NotOffered, match="asks for why, kind, not 'who'"):
        await here.ana.submits(menu.modal, {"who": "me"})
    with pytest.raises(NotOffered, match="on the screen of ana"):
        await here.ben.submits(menu.modal, {})


async def test_a_menu_on_a_person(here):
    asked = await here.ana.context_menu(here.ben, "Who is this", channel=here.general)

    assert asked.text == "ben"


async def test_a_forged_press_reaches_the_bot(here):
    asked = await here.ana.slash(here.general, "ask", question="x")
    here.server.forgive("forged")

    forged = await here.ben.forges(asked, "not-there", until=Until.SENT)

    assert forged.payload["data"]["custom_id"] == "not-there"


async def test_layout_components_show_their_text(here):
    asked = await here.ana.slash(here.general, "panel")

    assert asked.text == "**Help** @everyone"
    assert [button.custom_id for button in asked.answer.buttons] == ["more"]


async def test_layouts_of_every_kind_are_described_as_discord_does(here):
    @here.bot.tree.command(name="layout", description="All there is")
    async def layout(interaction: discord.Interaction):
        ui, picture = discord.ui, "https://example.org/a.png"
        view = ui.LayoutView()
        view.add_item(ui.Section("A section", accessory=ui.Thumbnail(picture)))
        view.add_item(ui.MediaGallery(discord.MediaGalleryItem(picture)))
        view.add_item(ui.Separator())
        view.add_item(ui.File("attachment://a.txt"))
        note = discord.File(io.BytesIO(b"a"), filename="a.txt")
        await interaction.response.send_message(view=view, file=note)

    await here.bot.tree.sync()

    asked = await here.ana.slash(here.general, "layout")

    assert asked.text == "A section"
    assert asked.answer.files == {"a.txt": b"a"}


async def test_a_form_can_come_after_a_press_and_change_the_message(here):
    class Edit(discord.ui.Modal, title="Edit"):
        words = discord.ui.TextInput["Edit"](label="Words")

        async def on_submit(self, interaction):
            await interaction.response.edit_message(content=self.words.value)

    class Editable(discord.ui.View):
        @discord.ui.button(label="Edit")
        async def edit(self, interaction, button):
            await interaction.response.send_modal(Edit())

        @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
        async def who(self, interaction, select):
            await interaction.response.defer()
            await interaction.edit_original_response(content=select.values[0].name)

    @here.bot.tree.command(name="note", description="To be edited")
    async def note(interaction: discord.Interaction):
        await interaction.response.send_message("Old", view=Editable())

    await here.bot.tree.sync()
    asked = await here.ana.slash(here.ana.direct, "note")

    press = await here.ana.presses(asked, "Edit")
    await here.ana.submits(press.modal, {"Words": "New"})
    await here.ana.chooses(asked, "who", [here.ana])

    assert asked.text == "ana"
    assert asked.answer.earlier == ["Old", "New"]


async def test_an_answer_can_be_looked_up_changed_and_taken_back(here):
    @here.bot.tree.command(name="fickle", description="Changes its mind")
    async def fickle(interaction: discord.Interaction):
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("One")
        original = await interaction.original_response()
        await original.edit(content=original.content + ", two")
        await interaction.delete_original_response()
        last = await interaction.followup.send("Three", ephemeral=True, wait=True)
        await last.edit(attachments=[discord.File(io.BytesIO(b"4"), filename="4.txt")])

    await here.bot.tree.sync()
    asked = await here.ana.slash(here.general, "fickle")
    last = await asked.shows("Three")
    await asked.until(lambda: last.files, "the file")

    first = asked.messages[0]
    assert (first.text, first.earlier, first.deleted) == ("One, two", ["One"], True)
    assert first.ephemeral
    assert asked.answer.wire["attachments"][0]["filename"] == "4.txt"


async def test_a_deferral_settles_who_sees_the_answer(here):
    @here.bot.tree.command(name="open", description="For everybody")
    async def for_everybody(interaction: discord.Interaction):
        await interaction.response.defer(thinking=True)
        await interaction.followup.send("x", ephemeral=True)

    await here.bot.tree.sync()

    asked = await here.ana.slash(here.general, "open")

    assert not asked.ephemeral
    assert asked.answer in here.ben.sees(here.general)


# --- messages ----------------------------------------------------------------------------


async def test_a_mention_is_answered_by_a_reply(here):
    post = await here.ana.says(here.general, "@Quis is Clearview active?")

    assert post.text == "You said: @Quis is Clearview active? @everyone"
    assert post.answer.replies_to == post.message.id
    assert here.server.typing == [here.general]


async def test_what_is_not_for_the_bot_arrives_without_its_words(here):
    await here.ana.says(here.general, "a secret")
    await here.ana.says(here.general, "@Quis hello")

    assert next(m.content for m in here.bot.heard if not m.author.bot) == ""


async def test_direct_messages_and_replies_reach_the_bot(here):
    post = await here.ana.dm("hello")
    again = await here.ana.replies(post, "and Italy?")

    assert "hello" in post.text
    assert "and Italy?" in again.text
    asked = await here.ana.slash(here.ana.direct, "ask", question="x")
    assert asked.payload["context"] == 1
    with pytest.raises(NotOffered):
        await here.ana.slash(here.ana.direct, "kb add", file=Upload("a", b""))


async def test_people_change_their_minds(here):
    post = await here.ana.says(here.general, "@Quis helo")
    here.ana.edits(post, "@Quis hello")
    here.ana.reacts(post, "👍")
    here.ana.deletes(post)
    await here.server.until(
        lambda: (
            not discord.utils.get(here.bot.cached_messages, id=int(post.message.id))
        ),
        "the bot to forget it",
    )

    assert post.message.earlier == [f"<@{here.server.bot.id}> helo"]
    assert post.answer.text.startswith("You said")


async def test_threads_and_posts_in_a_forum(here):
    forum = here.server.forum(here.guild, "questions")
    asked = await here.ana.posts(forum, "Clearview", "@Quis is it active?")
    thread = here.ana.opens_thread(here.general, "aside")
    aside = await here.ben.says(thread, "@Quis and here?")

    assert asked.channel.parent is forum
    assert asked.channel.id == asked.message.id
    assert "is it active?" in asked.text
    assert "and here?" in aside.text
    channel = here.bot.get_channel(int(thread.id))
    assert isinstance(channel, discord.Thread)


async def test_the_bot_uses_channels_as_it_may(here):
    channel = here.bot.get_channel(int(here.general.id))
    message = await channel.send("A correction.")
    await message.add_reaction("👀")
    thread = await message.create_thread(name="Why")
    await thread.send("Because.")
    await thread.edit(archived=True)
    found = [each.content async for each in channel.history()]
    fetched = await channel.fetch_message(message.id)
    await fetched.edit(content="Corrected.")
    await fetched.delete()

    assert found == ["A correction."]
    assert here.server.askings.unasked[0].earlier == ["A correction."]
    assert here.server.askings.unasked[0].deleted
    assert here.server.askings.unasked[0].reactions == ["👀"]
    owner = await here.bot.application_info()
    assert owner.owner.name == "the_owner"
    assert (await here.bot.fetch_guild(here.guild.id)).name == "Newsroom"
    user = await here.bot.fetch_user(int(here.ana.user.id))
    assert (await user.create_dm()).recipient == user


# --- the golden rules --------------------------------------------------------------------


async def test_what_breaks_a_golden_rule_is_told_in_a_sentence(here):
    ana, general = here.ana, here.general
    await ana.slash(general, "toolong", until=Until.SENT)
    await here.server.until(lambda: here.bot.failures, "the refusal")
    await ana.slash(general, "ping")
    await ana.slash(general, "twice")
    await ana.slash(general, "abroad")
    await ana.slash(general, "unknown")
    await ana.slash(general, "silent", until=Until.SENT)
    await here.server.settled()

    told = "\n".join(here.server.broken_rules())

    for part in (
        "response: content: 2001 characters, not 0 to 2000",
        "look' notifies ana",
        "/twice by ana in #general has 2 answers, not 1",
        "the bot asked for 192.0.2.1:80",
        "GET /sticker-packs/1: this local Discord cannot do that",
        "/silent by ana in #general was not acknowledged within three seconds",
    ):
        assert part in told
        here.server.forgive(part)
    here.server.forgive("data/content: 'xxx")
    here.server.forgive("/toolong by ana")
    assert here.bot.failures[0].code == errors.INVALID_FORM.code


async def test_who_waits_in_vain_hears_what_came(here):
    here.server.diary.patience = 0.1
    here.server.forgive("/silent")

    with pytest.raises(NothingCame) as told:
        await here.ana.slash(here.general, "silent")

    assert str(told.value).startswith(
        "waited 0.1 s for an answer, after /silent by ana in #general; what came: "
    )
    assert str(told.value).endswith("; /silent by ana in #general; then nothing")


async def test_a_question_without_an_answer_is_told(here):
    here.server.permit(here.general, here.server.bot, deny="send_messages")
    await here.ana.says(here.general, "@Quis hello", until=Until.SENT)
    await here.ana.slash(here.general, "slow", until=Until.ACKNOWLEDGED)

    assert here.server.broken_rules() == [
        "'@Quis hello' by ana in #general has no answer",
        "/slow by ana in #general has no answer",
    ]
    here.server.forgive("'@Quis hello'")
    here.bot.may_go_on.set()


async def test_what_comes_a_moment_too_late_counts(server):
    guild = server.guild()
    general, ana = server.channel(guild, "general"), server.member(guild, "ana")
    async with server.running(SampleBot()):
        await ana.slash(general, "twice")

    assert "has 2 answers, not 1" in server.broken_rules()[0]
    server.forgive("2 answers")


async def test_an_edit_leaves_layout_and_content_apart(here):
    asked = await here.ana.slash(here.general, "panel")
    channel = here.bot.get_channel(int(here.general.id))
    message = channel.get_partial_message(int(asked.answer.id))

    with pytest.raises(discord.HTTPException, match="content beside layout"):
        await message.edit(content="x")

    assert "content beside layout components" in here.server.broken_rules()[0]
    here.server.forgive("content beside layout")


async def test_an_answer_has_to_be_one(here):
    asked = await here.ana.slash(here.general, "silent", until=Until.SENT)
    here.server.forgive("/silent")

    with pytest.raises(
        AssertionError, match="answered by one message, not by: nothing"
    ):
        _ = asked.answer


async def test_whoever_answers_what_was_not_asked_is_told(here):
    post = await here.ana.says(here.general, "I talk to ben")
    channel = here.bot.get_channel(int(here.general.id))
    reference = channel.get_partial_message(int(post.message.id))
    await reference.reply("May I help?", mention_author=True)

    assert here.server.broken_rules() == [
        "a message by Quis in #general: 'May I help?' notifies ana",
        "'I talk to ben' by ana in #general was not addressed to the bot, "
        "which answered all the same",
    ]
    here.server.forgive("May I help?")
    here.server.forgive("I talk to ben")


# --- faults of REST ----------------------------------------------------------------------


async def test_a_rate_limited_route_is_tried_again(here):
    fault = here.server.faults.rate_limit(
        "POST", "/channels/*/messages", retry_after=0.01, times=2
    )

    post = await here.ana.says(here.general, "@Quis hello")

    assert fault.met == 2
    assert len(post.shown) == 1


async def test_the_global_limit_holds_everything_up(here):
    here.server.faults.rate_limit(
        "POST", "/channels/*/typing", retry_after=0.01, everywhere=True
    )

    assert (await here.ana.says(here.general, "@Quis hello")).shown


async def test_an_unavailable_service_is_an_error_of_the_client(here):
    here.server.faults.fail("POST", "/channels/*/messages", errors.UNAVAILABLE)
    channel = here.bot.get_channel(int(here.general.id))

    with pytest.raises(discord.DiscordServerError):
        await channel.send("x")

    assert here.ana.sees(here.general) == []


async def test_a_server_error_is_tried_again(here):
    fault = here.server.faults.fail("GET", "/channels/*", errors.SERVER_ERROR)

    await here.bot.fetch_channel(int(here.general.id))

    assert fault.met == 1


async def test_an_answer_can_be_lost_after_the_deed(here):
    here.server.faults.lose_answer("POST", "/channels/*/messages")
    here.server.faults.drop("POST", "/channels/*/typing")
    channel = here.bot.get_channel(int(here.general.id))

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await channel.send("x")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await channel.typing()

    assert len(here.ana.sees(here.general)) == 1
    assert here.server.typing == []


async def test_a_request_can_be_kept_waiting(here):
    fault = here.server.faults.hold("POST", "/webhooks/*/*")
    asked = await here.ana.slash(
        here.general, "ask", question="x", until=Until.ACKNOWLEDGED
    )
    await here.server.until(lambda: fault.met, "the follow-up")
    assert asked.original.loading

    fault.gate.set()

    await asked.answered()


@pytest.mark.parametrize(
    ("route", "error", "raised"),
    [
        ("/channels/*/messages", errors.MISSING_PERMISSIONS, discord.Forbidden),
        ("/channels/*/messages", errors.UNKNOWN_CHANNEL, discord.NotFound),
        ("/channels/*/messages", errors.TOO_MANY_OLD_EDITS, discord.HTTPException),
    ],
)
async def test_any_documented_error_can_be_had(here, route, error, raised):
    here.server.faults.fail("GET", route, error, times=5)
    channel = here.bot.get_channel(int(here.general.id))

    with pytest.raises(raised):
        _ = [message async for message in channel.history()]


# --- what a bot may not, or no longer ----------------------------------------------------


async def test_permissions_of_a_channel_count(here):
    channel = here.bot.get_channel(int(here.general.id))
    here.server.permit(here.general, here.guild, deny="send_messages")
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("x")
    assert refused.value.code == errors.MISSING_PERMISSIONS.code

    here.server.permit(here.general, here.server.bot, allow="send_messages")
    await channel.send("x")

    here.server.permit(
        here.general,
        here.server.bot,
        allow="send_messages",
        deny="embed_links, read_message_history",
    )
    message = await channel.send("x", embed=discord.Embed(title="gone"))
    assert not message.embeds
    with pytest.raises(discord.HTTPException, match="without permission to read"):
        await message.reply("x")

    here.server.permit(here.general, here.server.bot, deny="view_channel")
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("x")
    assert refused.value.code == errors.MISSING_ACCESS.code


async def test_what_is_deleted_is_unknown(here):
    channel = here.bot.get_channel(int(here.general.id))
    message = await channel.send("x")
    here.server.delete_message(here.ana.sees(here.general)[0])
    with pytest.raises(discord.NotFound) as refused:
        await message.edit(content="y")
    assert refused.value.code == errors.UNKNOWN_MESSAGE.code
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await message.reply("y")

    here.server.delete_channel(here.general)
    with pytest.raises(discord.NotFound) as refused:
        await channel.send("x")
    assert refused.value.code == errors.UNKNOWN_CHANNEL.code
    await here.server.until(
        lambda: here.bot.get_channel(channel.id) is None, "the bot to forget it"
    )


async def test_a_locked_thread_takes_no_message(here):
    thread = here.ana.opens_thread(here.general, "over")
    await here.server.until(
        lambda: here.bot.get_channel(int(thread.id)), "the bot to hear of it"
    )
    here.server.archive(thread, locked=True)

    with pytest.raises(discord.HTTPException) as refused:
        await here.bot.get_channel(int(thread.id)).send("x")

    assert refused.value.code == errors.THREAD_ARCHIVED.code


async def test_somebody_may_not_want_direct_messages(here):
    here.server.refuse_direct_messages(here.ana)
    user = await here.bot.fetch_user(int(here.ana.user.id))

    with pytest.raises(discord.Forbidden) as refused:
        await user.send("x")

    assert refused.value.code == errors.CANNOT_SEND_TO_USER.code


async def test_a_guild_can_be_out_of_reach_and_be_left(here):
    seen = here.bot.get_guild(int(here.guild.id))
    here.server.outage(here.guild)
    await here.server.until(lambda: seen.unavailable, "the outage")
    here.server.end_of_outage(here.guild)
    await here.server.until(lambda: not seen.unavailable, "the end of it")

    here.server.remove_bot(here.guild)

    await here.server.until(lambda: not here.bot.guilds, "the bot to be out")
    with pytest.raises(discord.HTTPException):
        await here.bot.fetch_guild(int(here.guild.id))


# --- time --------------------------------------------------------------------------------


async def test_an_acknowledgement_after_three_seconds_is_too_late(here):
    asked = await here.ana.slash(here.general, "late", until=Until.SENT)
    here.server.clock.advance(3.1)
    here.bot.may_go_on.set()
    await here.server.until(lambda: here.bot.failures, "the refusal")

    assert here.bot.failures[0].code == errors.UNKNOWN_INTERACTION.code
    assert asked.ack is None
    assert here.server.broken_rules() == [
        "/late by ana in #general was not acknowledged within three seconds"
    ]
    here.server.forgive("/late")


@pytest.mark.parametrize("how", ["by the clock", "this one"])
async def test_after_fifteen_minutes_there_are_only_messages(here, how):
    asked = await here.ana.slash(here.general, "slow", until=Until.ACKNOWLEDGED)
    if how == "this one":
        here.server.expire(asked)
    else:
        here.server.clock.advance(15 * 60 + 1)
    here.bot.may_go_on.set()

    await asked.answered()

    assert here.bot.failures[0].code == errors.INVALID_TOKEN.code
    assert asked.text == "At last, as a message."


async def test_a_first_response_is_one_and_comes_first(here):
    asked = await here.ana.slash(here.general, "silent", until=Until.SENT)
    first = f"/interactions/{asked.id}/{asked.token}/callback"
    later = f"/webhooks/{here.server.bot.id}/{asked.token}"
    said = {"content": "x", "allowed_mentions": {"parse": []}}

    async with aiohttp.ClientSession() as session:

        async def post(path, body):
            async with session.post(here.server.api + path, json=body) as answer:
                return None if answer.status == 204 else (await answer.json())["code"]

        assert await post(later, said) == errors.UNKNOWN_WEBHOOK.code
        assert await post(first, {"type": 7, "data": said}) == errors.INVALID_FORM.code
        assert await post(first, {"type": 4, "data": said}) is None
        again = await post(first, {"type": 4, "data": said})
        assert again == errors.ALREADY_ACKNOWLEDGED.code
    assert asked.text == "x"
    [violation] = here.server.broken_rules()
    assert "no response of type 7 (UPDATE) to /silent by ana in #general" in violation
    here.server.forgive("(UPDATE)")


# --- faults of the gateway ---------------------------------------------------------------


async def test_a_dropped_line_is_resumed_with_what_was_missed(here):
    here.server.gateway.drop()
    post = await here.ana.says(here.general, "@Quis while you were away")

    assert len(post.shown) == 1
    assert (here.server.gateway.resumed, here.server.gateway.identified) == (1, 1)


async def test_a_wish_to_reconnect_is_followed(here):
    here.server.gateway.reconnect()
    await here.server.until(lambda: here.server.gateway.resumed, "RESUME")

    assert (await here.ana.says(here.general, "@Quis hello")).shown


@pytest.mark.parametrize("resumable", [True, False])
async def test_an_invalid_session_is_begun_anew(here, resumable):
    gateway = here.server.gateway
    gateway.invalidate(resumable=resumable)
    await here.server.until(
        lambda: gateway.resumed if resumable else gateway.identified == 2,
        "the bot to be back",
    )

    assert (await here.ana.says(here.general, "@Quis hello")).shown


async def test_an_event_that_comes_twice_is_answered_once(here):
    post = await here.ana.says(here.general, "@Quis hello")
    heard = len(here.bot.heard)

    here.server.gateway.repeat("MESSAGE_CREATE")
    await here.server.until(lambda: len(here.bot.heard) > heard, "the second copy")

    assert len(post.shown) == 1


async def test_an_event_that_comes_late_is_too_late(here):
    here.server.gateway.hold("INTERACTION_CREATE")
    asked = await here.ana.slash(here.general, "ask", question="x", until=Until.SENT)
    here.server.clock.advance(4)
    here.server.gateway.release("INTERACTION_CREATE")
    await here.server.until(lambda: here.bot.failures, "the refusal")

    assert asked.ack is None
    here.server.forgive("/ask by ana in #general was not acknowledged")


async def test_heartbeats_are_answered(server):
    server.gateway.heartbeat_ms = 20
    bot = SampleBot()
    async with server.running(bot):
        await server.until(lambda: server.gateway.heartbeats > 2, "heartbeats")

        assert bot.latency < 1


async def test_a_refused_first_connection_ends_the_client(server):
    server.gateway.refuse()

    # Not an error of ours: the library looks for the session that it never had.
    with pytest.raises(AttributeError, match="sequence"):
        async with server.running(SampleBot()):
            pass


async def test_a_wrong_token_is_refused(server):
    with pytest.raises(discord.LoginFailure):
        async with server.running(SampleBot(), token="wrong"):
            pass


async def test_a_revoked_token_ends_the_bot(server):
    bot = SampleBot()
    async with server.running(bot) as life:
        server.revoke_token()
        error = await life.ended()

    assert isinstance(error, discord.ConnectionClosed)
    assert error.code == 4004


async def test_a_bot_that_dies_is_no_silence(server):
    async def run():
        async with server.running(SampleBot()):
            server.gateway.close(4004)
            await server.until(lambda: "the bot ended" in server.diary.lines, "the end")

    with pytest.raises(discord.ConnectionClosed):
        await run()


async def test_an_intent_that_was_not_granted_is_refused(server):
    intents = discord.Intents(message_content=True)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with server.running(SampleBot(intents)):
            pass


async def test_a_granted_intent_lets_the_bot_read():
    async with DiscordServer(privileged=MESSAGE_CONTENT) as server:
        guild = server.guild()
        general = server.channel(guild, "general")
        ana = server.member(guild, "ana")
        intents = INTENTS | discord.Intents(message_content=True)
        bot = SampleBot(intents)
        async with server.running(bot):
            await ana.says(general, "a secret")
            await server.until(lambda: bot.heard, "the message")

            assert bot.heard[0].content == "a secret"


# --- limits, schemas, network ------------------------------------------------------------

QUIET: dict[str, list[str]] = {"parse": []}
MESSAGES = "/channels/1/messages"
COMMANDS = "/applications/1/commands"


def _row(*inner):
    return [{"type": 1, "components": list(inner)}]


def _button(**changed):
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x"} | changed


def _command(**changed):
    return {"type": 1, "name": "ask", "description": "Ask"} | changed


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"content": "x" * 2001}, "2001 characters, not 0 to 2000"),
        ({"content": " "}, "an empty message"),
        ({"embeds": [{"description": "x" * 4000}] * 2}, "8000 characters over all"),
        ({"embeds": [{"title": "x" * 257}]}, "257 characters, not 0 to 256"),
        ({"embeds": [{"fields": [{"name": "x", "value": " "}]}]}, "value is empty"),
        ({"embeds": [{"url": "javascript:x"}]}, "is no link for an embed"),
        ({"embeds": [{"title": "x"}] * 11}, "11 embeds"),
        ({"components": _row(_button(label="x" * 81))}, "81 characters, not 0 to 80"),
        ({"components": _row(_button(), _button())}, "custom_id 'x' twice"),
        ({"components": _row(_button(custom_id="y" * 101))}, "101 characters"),
        ({"components": _row(_button(label=None))}, "neither label nor emoji"),
        ({"components": _row(_button(style=5))}, "a link has a url and no custom_id"),
        ({"components": _row({"type": 3, "custom_id": "m"})}, "0 options, not 1 to 25"),
        ({"components": [{"type": 10, "content": "x"}]}, "without the flag"),
        ({"flags": 1 << 15, "content": "x"}, "content beside layout components"),
        (
            {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 4001}]},
            "4001 characters of text display",
        ),
        ({"content": "x", "allowed_mentions": None}, "every mention"),
        (
            {"content": "x", "allowed_mentions": {"parse": ["everyone"]}},
            "lets @everyone through",
        ),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "names users and lets all through",
        ),
    ],
)
def test_limits_of_messages(body, told):
    body = {"allowed_mentions": QUIET} | body

    assert told in "\n".join(broken_limits("POST", MESSAGES, body))


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (_command(name="Ask"), "'Ask' is no name"),
        (_command(name_localizations={"xx": "ask"}), "unknown locale 'xx'"),
        (_command(description=""), "0 characters, not 1 to 100"),
        (_command(type=3, name="x" * 33), "33 characters, not 1 to 32"),
        (
            _command(options=[_command(type=3), _command(type=3, required=True)]),
            "required 'ask' after an optional one",
        ),
        (
            _command(options=[_command(type=3, choices=[{}], autocomplete=True)]),
            "choices and suggestions together",
        ),
        (_command(options=[_command(type=1), _command(type=3)]), "beside options"),
    ],
)
def test_limits_of_commands(command, told):
    assert told in "\n".join(broken_limits("PUT", COMMANDS, [command]))


def test_limits_of_forms_and_suggestions():
    def told(kind, **data):
        callback = "/interactions/1/token/callback"
        return "\n".join(broken_limits("POST", callback, {"type": kind, "data": data}))

    assert "46 characters, not 1 to 45" in told(9, title="x" * 46, custom_id="x")
    assert "0 components, not 1 to 5" in told(9, title="x", custom_id="x")
    choices = [{"name": "x", "value": "x"}] * 26
    assert "26 choices, more than 25" in told(8, choices=choices)


@pytest.mark.skipif(not schemas.schemas_are_here(), reason=schemas.NOT_HERE)
def test_requests_are_held_against_the_official_document():
    rest = schemas.requests()
    assert rest is not None
    body = {"content": "x", "allowed_mention": QUIET}

    assert rest.request("POST", MESSAGES, {"content": "x"}) == []
    assert "'allowed_mention' was unexpected" in rest.request("POST", MESSAGES, body)[0]
    assert rest.request("POST", "/nowhere", {}) == [
        "Discord documents no POST /nowhere"
    ]


@pytest.mark.skipif(not schemas.schemas_are_here(), reason=schemas.NOT_HERE)
async def test_what_the_server_itself_says_is_held_against_the_schemas(here):
    await here.ana.slash(here.general, "ask", question="x")
    answer = here.ana.sees(here.general)[0]
    answer.wire["content"] = 7
    await here.bot.http.get_message(here.general.id, answer.id)

    told = "\n".join(here.server.broken_rules())

    assert "content: 7 is not of type 'string'" in told
    [wrong, *_] = schemas.event_problems("READY", {"v": 10})
    assert wrong == "the whole: 'user' is a required property"
    here.server.forgive("this local Discord is wrong")


async def test_no_connection_leaves_the_machine(server):
    with pytest.raises(OSError, match=r"asked for 192\.0\.2\.1:443"):
        await asyncio.to_thread(socket.create_connection, ("192.0.2.1", 443))
    with pytest.raises(OSError, match=r"asked for example\.org:443"):
        await asyncio.open_connection("example.org", 443)

    assert server.broken_rules() == [
        "the bot asked for 192.0.2.1:443",
        "the bot asked for example.org:443",
    ]
    server.forgive("asked for")


async def test_the_address_is_enough_for_a_bot_that_takes_one(server):
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bot {server.token}"}
        async with session.get(f"{server.api}/gateway/bot", headers=headers) as answer:
            told = await answer.json()

    assert told["url"] == server.gateway.url
    assert told["url"].startswith("ws://127.0.0.1:")
