"""The local Discord, by a small bot with the real discord.py: does it do as Discord does?"""

from types import SimpleNamespace

import discord
import pytest

from tests.platforms.discord_server import errors
from tests.platforms.discord_server.asked import Ack, Until
from tests.platforms.discord_server.commands import NotOffered
from tests.platforms.discord_server.messages import Upload
from tests.platforms.discord_server.sample_bot import SampleBot
from tests.platforms.discord_server.server import DiscordServer


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
    assert asked.text.startswith("Thank you.")
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
    await (await ana.slash(general, "twice")).until(
        lambda: len(general_answers(here)) == 3, "a second answer"
    )
    await ana.slash(general, "abroad")
    await ana.slash(general, "unknown")
    await ana.slash(general, "silent", until=Until.SENT)

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


def general_answers(here):
    return [m for m in here.ana.sees(here.general) if m.author.bot]
