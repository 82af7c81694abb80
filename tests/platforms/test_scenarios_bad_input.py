"""Whatever people send, each gets one polite, useful message, the same on every transport."""

import asyncio

import pytest

from tests.platforms.shelf import ITALY

HELD = "police of Rome"
LONG = "Is Clearview active in Italy and " + "so on " * 1000

NO_QUESTION = (
    ("was it fined there?", "was not said"),
    ("", "Please write a question"),
    ("x", "Please write a question"),
    ("?!…", "Please write a question"),
    ("👍", "Only words can be read here"),
    (
        ":thumbsup: :+1::skin-tone-2:",
        "Only words can be read here",
    ),  # as Slack writes it
    ("@everyone <!channel>", "Please write a question"),
    ("```\n```", "Please write a question"),
    ("yyyyyyyyyy", "Please write a question"),
    ("https://example.org/x", "Moderators add a page with"),
    ("<https://www.clearview.ai/>", "Please ask in words"),
    (LONG, "2000 at most can be read"),
)
DRESSED = (
    "```python\nIs Clearview active in Italy?\n```",
    "@everyone <!channel> @here Is Clearview active in Italy?",
    "Is [Clearview](javascript:alert(1)) active in [Italy](https://evil.example)?",
    "I͕͙s̴̷ C̵̢l̶̨e̷a̸̛r̵v̶iew active in Italy?",
    ":flag-it: Is Clearview active in Italy? :+1::skin-tone-2:",
    "**Is** __Clearview__ ||active|| in `Italy`?",
    "Is Clearview active in Italy?\u202e\u200b\u2066",
)
ODD = (
    "<:party:123456789012345678> Is Clearview active in Italy?",
    "javascript:alert(1) Is Clearview active in Italy?",
    "Is Clearview active in Italy? <script>alert('x')</script> & more",
    "<@1> <#2> </ask:3> <t:0> <id:home> Is Clearview active in Italy?",
)


@pytest.fixture(params=["mention", "direct"])
def way(request):
    return request.param


async def test_what_is_no_question_gets_one_word_on_how_to_ask(stage, way):
    here = stage.here
    async with stage.serving():
        for text, said in NO_QUESTION:
            if way == "direct" and not text:
                continue  # nobody can send a message of nothing
            asked = await said_so(stage, way, text)
            assert said in asked.text, repr(text[:20])
            stage.later()
        file = [stage.upload()]
        if way == "direct":
            asked = await here.ben.dm("", files=file)
        else:
            asked = await stage.mention(here.ben, here.news, "", files=file)
        assert "Please write" in asked.text


async def said_so(stage, way, text):
    here = stage.here
    if way == "direct":
        return await stage.direct(here.ben, text)
    return await stage.mention(here.ben, here.news, text)


async def test_a_message_with_no_claim_in_it_says_so_to_who_checks_it(stage):
    """Whatever was asked before: it is somebody else's message."""
    here = stage.here
    async with stage.serving():
        await stage.mention(here.ben, here.news, ITALY)
        for text, said in NO_QUESTION:
            if (stage.name == "discord" and len(text) > 4000) or not text:
                continue  # nobody can send these
            posted = await stage.chat(here.ana, here.news, text)
            claimed = await stage.claim(here.ben, posted)
            assert said in claimed.text, repr(text[:20])
            assert stage.private(claimed)
            stage.later()
        posted = await stage.chat(here.ana, here.news, "good morning everybody")
        assert "understood as" not in (await stage.claim(here.ben, posted)).text
        file = await here.ana.says(here.news, "", files=[stage.upload()], until=None)
        await stage.settled()
        assert "Please write" in (await stage.claim(here.ben, file)).text


async def test_a_command_that_asks_nothing_says_so_to_its_asker_alone(stage):
    here = stage.here
    async with stage.serving():
        for text, said in NO_QUESTION:
            if stage.name == "discord" and not 0 < len(text) < 6000:
                continue  # its client sends none of these
            asked = await stage.ask(here.ben, here.news, text)
            assert said in asked.text, repr(text[:20])
            assert stage.private(asked)
            stage.later()


async def test_dressed_up_questions_are_read_and_nothing_in_them_acts(stage, way):
    async with stage.serving():
        for text in (*DRESSED, *ODD):
            asked = await said_so(stage, way, text)
            said = "Clearview AI" if text in ODD else HELD  # a refusal names it too
            assert said in asked.text, text
            for acting in ("javascript:", "evil.example", "<script", "@everyone"):
                assert acting not in asked.text
            stage.later()


async def test_a_name_that_is_also_a_word_is_no_vendor(stage):
    here = stage.here
    async with stage.serving():
        for text in ("Is Italy a paragon of privacy?", "Which circles are in Italy?"):
            assert HELD not in (await stage.direct(here.ben, text)).text


async def test_thirty_questions_at_once_from_one_person_get_thirty_replies(stage):
    here = stage.here
    async with stage.serving():
        asked = await asyncio.gather(
            *(stage.mention(here.ben, here.news, ITALY) for _ in range(30))
        )
        answered = [each for each in asked if HELD in each.text]
        slowed = [each for each in asked if "in a short time" in each.text]
        assert (len(answered), len(slowed)) == (5, 25)
        stage.later(seconds=30)
        assert HELD in (await stage.ask(here.ben, here.news, ITALY)).text


async def test_a_question_while_an_index_is_rebuilt_is_told_so(stage):
    here = stage.here
    async with stage.serving():
        with stage.shelf.rebuilding():
            command = await stage.ask(here.ben, here.news, ITALY)
            mention = await stage.mention(here.ben, here.news, ITALY)
            lookup = await stage.command(here.ben, here.news, "vendor", vendor="NEC")
        for asked in (command, mention):
            assert "Please ask again in a few minutes" in asked.text
            assert "dense" not in asked.text  # nothing that a reader can do about it
        assert stage.private(command)
        assert "NEC Corporation" in lookup.text  # what needs no index goes on
        assert HELD in (await stage.mention(here.ben, here.news, ITALY)).text


async def test_a_button_of_last_year_works_or_says_that_it_is_known_no_more(stage):
    here = stage.here
    async with stage.serving():
        asked = await stage.ask(here.ben, here.news, ITALY)
        refused = await stage.direct(here.ben, "Is Clearview active in Japan?")
    stage.later(days=400)
    stage.shelf.notices.purge()
    async with stage.serving():
        pressed = await stage.press(here.ana, asked, "context")
        assert "The ministry in Italy denied" in pressed.text
        pressed = await stage.press(here.ben, refused, "coverage")
        assert "not known any more" in pressed.text
        key = stage.id_of(asked, "delete").split(":")[2]
        stage.shelf.tenants.drop_post(here.tenant, key)
        for action in ("more", "why", "coverage", "helpful", "unhelpful", "delete"):
            pressed = await stage.press(here.ben, asked, action)
            assert "not known any more" in pressed.text
            assert stage.private(pressed)
    assert HELD in asked.text


async def test_buttons_that_are_none_of_ours_are_turned_away(stage):
    here = stage.here
    forged = (
        "quis:sudo:key:1",
        "quis:context:no-such-key:1",
        "quis:context:KEY:999",
        "quis:more:KEY:-1",
        "quis:more:KEY:x",
        "quis:resolve::report/x/mended",
        "quis:settings::tenant.answers",
        "quis:timeline::../../x",
    )
    async with stage.serving():
        asked = await stage.ask(here.ben, here.news, ITALY)
        key = stage.id_of(asked, "delete").split(":")[2]
        for code in forged:
            pressed = await stage.forge(here.ben, asked, code.replace("KEY", key))
            assert stage.private(pressed), code
            assert pressed.text


async def test_a_form_of_an_answer_that_is_gone_is_told_so(stage):
    here = stage.here
    async with stage.serving():
        await stage.command(
            here.ana, here.news, "settings moderators", channel=here.desk
        )
        asked = await stage.ask(here.ben, here.news, ITALY)
        opened = await stage.press(here.ana, asked, "wrong")
    key = stage.id_of(asked, "delete").split(":")[2]
    stage.shelf.tenants.drop_post(here.tenant, key)
    async with stage.serving():
        sent = await stage.fill(
            here.ana, opened, kind="other", text="The date of it is wrong"
        )
        assert "not known any more" in sent.text
    assert stage.cards(here.ben, here.desk) == []


@pytest.mark.parametrize("stage", ["slack-socket", "slack-http"], indirect=True)
async def test_a_typed_line_that_is_no_setting_is_said_back_and_changes_nothing(stage):
    here = stage.here
    async with stage.serving():
        for name, given in (
            ("settings language", {"language": "klingon"}),
            ("settings answers", {"when": "loudly"}),
            ("settings", {}),
        ):
            told = await stage.command(here.ana, here.news, name, **given)
            typed = " ".join((name.partition(" ")[2], *given.values())).strip()
            said = f"“{typed}” is not understood as a setting, so nothing was changed"
            assert (said in told.text) is bool(typed)


@pytest.mark.parametrize("stage", ["slack-socket", "slack-http"], indirect=True)
async def test_a_command_that_looks_up_a_name_asks_for_one_where_none_is_typed(stage):
    here = stage.here
    async with stage.serving():
        for name in ("vendor", "country", "timeline", "dossier"):
            told = await stage.command(here.ben, here.news, name)
            assert "Please name a vendor or a country" in told.text
