"""Each way to ask and each button, the same on every transport."""

import pytest

from tests.platforms.shelf import ITALY, JAPAN

HELD = "police of Rome"
NOT_HELD = "does not mean that it is not used there"


@pytest.fixture
async def moderated(stage):
    """The moderators' channel is set, by whoever manages the place."""
    async with stage.serving():
        here = stage.here
        saved = await stage.command(
            here.ana, here.news, "settings moderators", channel=here.desk
        )
        assert "Saved" in saved.text or "changed" in saved.text
    return stage


def cards(stage):
    """What the moderators see in their channel."""
    return stage.cards(stage.here.ana, stage.here.desk)


async def a_card(stage, number=1):
    await stage.server.until(lambda: len(cards(stage)) >= number, "a card")
    assert len(cards(stage)) == number
    return cards(stage)[-1]


# --- ways to ask --------------------------------------------------------------------------


async def test_a_command_is_answered_for_all_and_a_refusal_for_its_asker(stage):
    news, ben = stage.here.news, stage.here.ben
    async with stage.serving():
        answer = await stage.ask(ben, news, ITALY)
        refusal = await stage.ask(ben, news, JAPAN)
    assert not stage.private(answer)
    for words in (HELD, "2 Mar 2026", "Paper of made-1", "checked against", "3 of 5"):
        assert words in answer.text
    assert stage.private(refusal)
    assert NOT_HELD in refusal.text
    assert "paper.example" not in refusal.text
    assert [m.text for m in stage.seen(stage.here.ana, news)] == [answer.text]


async def test_a_mention_and_a_direct_message_are_answered_in_their_place(stage):
    news, ben = stage.here.news, stage.here.ben
    async with stage.serving():
        for question, words in ((ITALY, HELD), (JAPAN, NOT_HELD)):
            asked = await stage.mention(ben, news, question)
            assert words in asked.text
            asked = await stage.direct(ben, question)
            assert words in asked.text
        assert "Greece" in (await stage.direct(ben, "And in Greece?")).text
    assert len(stage.seen(stage.here.ana, news)) == 2


async def test_how_an_answer_to_a_mention_was_chosen_is_told_where_it_was_asked(stage):
    news, ben = stage.here.news, stage.here.ben
    async with stage.serving():
        await stage.mention(ben, news, ITALY)
        why = await stage.command(ben, news, "why")
        assert "How this answer was chosen" in why.text
        assert "Clearview AI · Italy" in why.text
        nothing = await stage.command(stage.here.ana, news, "why")
        assert "No answer yet" in nothing.text


async def test_a_reply_to_an_answer_leans_on_it_after_a_restart_too(stage):
    news = stage.here.news
    async with stage.serving():
        answer = await stage.ask(stage.here.ben, news, ITALY)
        reply = await stage.reply(stage.here.ben, answer, "and in Greece?")
        assert "The authority of Greece" in reply.text
    async with stage.serving():
        reply = await stage.reply(stage.here.ana, answer, "and in Greece?")
        assert "The authority of Greece" in reply.text


async def test_in_its_thread_whoever_was_answered_goes_on_without_naming_it(stage):
    news, ben = stage.here.news, stage.here.ben
    async with stage.serving(all_words=True):
        answer = await stage.mention(ben, news, ITALY)
        more = await stage.go_on(ben, answer, "and in Greece?", heeded=True)
        assert "The authority of Greece" in more.text
        aside = await stage.go_on(
            stage.here.ana, answer, "Is Clearview active in Greece?", heeded=False
        )
        thanks = await stage.go_on(ben, answer, "Thanks, see you!", heeded=False)
    assert aside.shown == thanks.shown == []


async def test_a_claim_is_checked_for_whoever_checks_it(stage):
    news = stage.here.news
    async with stage.serving():
        said = await stage.chat(stage.here.ana, news, "Clearview was fined in Italy")
        checked = await stage.claim(stage.here.ben, said)
    assert said.shown == []
    assert stage.private(checked)
    assert "twenty million euros" in checked.text
    assert "share" in stage.offers(checked)


async def test_many_check_the_same_message_and_its_author_again(stage):
    news = stage.here.news
    async with stage.serving():
        said = await stage.chat(stage.here.ana, news, "Clearview was fined in Italy")
        for who in (stage.here.ben, stage.here.ana, stage.here.ben):
            checked = await stage.claim(who, said)
            assert stage.private(checked)
            assert "twenty million euros" in checked.text
            stage.later()


async def test_unasked_it_speaks_only_where_it_may_and_is_sure(stage):
    here, news = stage.here, stage.here.news
    async with stage.serving(all_words=True):
        silent = await stage.chat(here.ben, news, ITALY)
        await stage.command(
            here.ana, news, "settings answers", when="sure", scope="channel"
        )
        sure = await stage.chat(here.ben, news, ITALY, heeded=True)
        assert HELD in sure.text
        stage.later()
        left = [
            await stage.chat(here.ben, news, text)
            for text in (JAPAN, "Clearview is in Italy.", "Lunch in Italy?", "ok?")
        ]
        elsewhere = await stage.chat(here.ben, here.desk, ITALY)
    assert all(each.shown == [] for each in (silent, elsewhere, *left))


async def test_where_it_never_speaks_an_answer_is_for_its_asker_alone(stage):
    here, news = stage.here, stage.here.news
    cleo = stage.person("cleo")
    async with stage.serving(all_words=True):
        await stage.command(
            here.ana, news, "settings answers", when="never", scope="channel"
        )
        answer = await stage.ask(here.ben, news, ITALY)
        assert stage.private(answer)
        assert HELD in answer.text
        refused = await stage.press(here.ben, answer, "share")
        assert stage.private(refused)
        assert (await stage.chat(here.ben, news, ITALY)).shown == []
    assert stage.seen(cleo, news) == []


# --- buttons ------------------------------------------------------------------------------


async def test_an_answer_can_be_leafed_through_by_anybody(stage):
    here = stage.here
    async with stage.serving():
        answer = await stage.ask(here.ben, here.news, ITALY)
        for action, words in (
            ("more", "stood on a map of countries"),
            ("context", "The ministry in Italy denied"),
            ("coverage", "Clearview AI"),
            ("why", "Read as a question on"),
        ):
            pressed = await stage.press(here.ana, answer, action)
            assert stage.private(pressed)
            assert words in pressed.text
            assert pressed.text != answer.text
        assert "wrong" not in stage.offers(answer)  # nobody would read it
    assert len(stage.seen(here.ana, here.news)) - 4 == 1


async def test_what_is_retracted_is_shown_by_no_button_any_more(stage, tmp_path):
    here = stage.here
    published = stage.shelf.publish_on_japan(tmp_path)
    async with stage.serving():
        answer = await stage.ask(here.ben, here.news, JAPAN)
        assert "Police in Japan" in answer.text
        stage.shelf.retract(published)
        for action in ("context", "why"):
            pressed = await stage.press(here.ben, answer, action)
            assert "Police in Japan" not in pressed.text
        assert NOT_HELD in (await stage.ask(here.ben, here.news, JAPAN)).text


async def test_a_judgement_is_counted_once_a_person_with_a_reason(stage):
    here = stage.here
    async with stage.serving():
        answer = await stage.ask(here.ben, here.news, ITALY)
        thanked = await stage.press(here.ana, answer, "helpful")
        assert stage.private(thanked)
        opened = await stage.press(here.ben, answer, "unhelpful")
        sent = await stage.fill(here.ben, opened, reason="too-old")
        assert "Thank you" in sent.text
        await stage.press(here.ana, answer, "helpful")
    counts = stage.shelf.tenants.feedback_counts(here.tenant)
    assert (counts.helpful, counts.not_helpful) == (1, 1)


async def test_a_private_answer_is_shared_once(stage):
    here = stage.here
    async with stage.serving():
        await stage.command(
            here.ana, here.news, "settings private", private=True, scope="channel"
        )
        answer = await stage.ask(here.ben, here.news, ITALY)
        assert stage.private(answer)
        assert stage.seen(here.ana, here.news)[1:] == []
        shared = await stage.press(here.ben, answer, "share")
        assert not stage.private(shared)
        assert HELD in shared.text
        again = await stage.press(here.ben, answer, "share")
        assert stage.private(again)
        assert HELD not in again.text
        assert "delete" in stage.offers(shared)


async def test_only_its_asker_deletes_an_answer(stage):
    here, news = stage.here, stage.here.news
    cleo = stage.person("cleo")
    async with stage.serving():
        for asked in (
            await stage.ask(here.ben, news, ITALY),
            await stage.mention(here.ben, news, ITALY),
            await stage.direct(here.ben, ITALY),
        ):
            message = asked.answer
            if asked.channel is news:
                refused = await stage.press(cleo, message, "delete")
                assert stage.private(refused)
                assert not message.deleted
            await stage.press(here.ben, message, "delete")
            await stage.server.until(lambda gone=message: gone.deleted, "it to go")
            stage.forgive(f"{asked} has no answer")


async def test_what_readers_report_is_resolved_and_they_are_told(moderated):
    stage, here = moderated, moderated.here
    async with stage.serving():
        answer = await stage.mention(here.ben, here.news, ITALY)
        opened = await stage.press(here.ben, answer, "wrong")
        assert opened.modal
    # A form that was opened before a restart, and is sent after it.
    async with stage.serving():
        words = "The officers took it back: @everyone see <!channel> https://e.example"
        sent = await stage.fill(here.ben, opened, kind="outdated", text=words)
        assert stage.private(sent)
        assert "The moderators will look at it" in sent.text
        card = await a_card(stage)
        assert "The officers took it back" in card.text
        assert "Out of date" in card.text
        assert HELD in card.text
        for part in ("Clearview AI · Italy", "“Made document made-1” · made-1"):
            assert part in card.text
        assert "ben" not in card.text
        refused = await stage.press(here.ben, card, "resolve")
        assert stage.private(refused)
        await stage.press(here.ana, card, "resolve")
        assert "It was put right" in card.text
        assert "Resolved by ana, " in card.text
        assert "resolve" not in stage.offers(card)
        await stage.tell()
        await stage.tell()
    (told,) = stage.seen(here.ben, here.ben.direct)
    assert "It was put right" in told.text
    assert "Resolved by" not in told.text  # the reader hears what, not from whom
    for part in ("Clearview AI · Italy", "“Made document made-1”"):
        assert part in told.text
    for each in (card, told):
        assert address_of(stage, answer.answer) in str(each.wire)


def address_of(stage, message):
    """Where a message stands, as the platform itself writes it; at Slack in its thread."""
    here = stage.here
    if stage.name == "discord":
        return (
            f"https://discord.com/channels/{here.tenant.id}/{here.news.id}/{message.id}"
        )
    number, root = message.ts.replace(".", ""), message.root_ts
    return (
        f"https://{here.place.domain}.slack.com/archives/{here.news.id}/p{number}"
        f"?thread_ts={root}&cid={here.news.id}"
    )


async def test_who_asks_the_moderators_is_told_when_something_is_held(
    moderated, tmp_path
):
    stage, here = moderated, moderated.here
    async with stage.serving():
        refusal = await stage.ask(here.ben, here.news, JAPAN)
        opened = await stage.press(here.ben, refusal, "request")
        sent = await stage.fill(here.ben, opened, text="Has Tokyo bought Clearview?")
        assert stage.private(sent)
        card = await a_card(stage)
        assert "Has Tokyo bought Clearview?" in card.text
        await stage.tell()
        assert stage.seen(here.ben, here.ben.direct) == []
        stage.later()
        stage.shelf.publish_on_japan(tmp_path)
        stage.later()
        await stage.tell()
        await stage.tell()
        (told,) = stage.seen(here.ben, here.ben.direct)
        assert "Now a document on it is held" in told.text
        assert "Police in Japan" in (await stage.ask(here.ben, here.news, JAPAN)).text


async def test_a_name_that_was_misread_gives_way_to_a_refusal(stage):
    here = stage.here
    async with stage.serving():
        answer = await stage.ask(here.ben, here.news, "Is Clearveiw active in Italy?")
        assert "No vendor named “Clearveiw” is known" in answer.text
        denied = await stage.press(here.ana, answer, "not-meant")
        assert stage.private(denied)
        await stage.press(here.ben, answer, "not-meant")
        assert HELD not in answer.text
        assert "Clearveiw" in answer.text
