"""Commands, forms and texts between Discord and the bot, without a connection."""

import asyncio

import pytest
from discord import ui

from bot.cards import Field, Form, Input
from bot.catalogue import languages, words
from bot.on_discord.commands import fingerprint, invoked, locales, payload
from bot.on_discord.forms import filled_in, modal
from bot.on_discord.receiving import words_of
from bot.on_discord.recent import Recent
from bot.on_discord.servers import PERMISSIONS, invite_link
from tests.platforms.discord_server.rules import broken_limits

CATALOGUES = {code: words(code) for code in languages()}


def commands():
    return payload(CATALOGUES)


def named(name):
    return next(each for each in commands() if each["name"] == name)


# --- commands ----------------------------------------------------------------------------


def test_all_commands_keep_to_discords_limits_in_every_language():
    path = "/applications/1/commands"
    assert list(broken_limits("PUT", path, commands())) == []


def test_every_language_of_the_bot_has_names_of_its_own():
    ask = named("ask")
    for code in languages():
        for locale in locales(code):
            assert ask["name_localizations"][locale] == words(code)("commands.ask.name")


def test_no_two_options_of_a_command_have_one_name_in_any_language():
    def check(options):
        for locale in {loc for o in options for loc in o["name_localizations"]}:
            shown = [o["name_localizations"].get(locale, o["name"]) for o in options]
            assert len(shown) == len(set(shown))
        for option in options:
            check(option.get("options") or ())

    for command in commands():
        check(command.get("options") or ())
    for locale in ("en-US", "fr"):
        shown = [each["name_localizations"][locale] for each in commands()]
        assert len(shown) == len(set(shown))


def test_commands_work_in_servers_direct_messages_and_elsewhere_but_two_in_servers():
    for command in commands():
        in_servers = command["name"] in ("settings", "kb")
        assert command["contexts"] == ([0] if in_servers else [0, 1, 2])
        assert command["integration_types"] == ([0] if in_servers else [0, 1])
    assert named("settings")["default_member_permissions"] == 1 << 5
    assert "default_member_permissions" not in named("kb")


def test_where_a_setting_holds_is_chosen_in_so_many_words():
    (where,) = [
        option
        for command in named("settings")["options"]
        if command["name"] == "private"
        for option in command["options"]
        if option["name"] == "scope"
    ]
    assert [each["name"] for each in where["choices"]] == [
        "All channels",
        "This channel",
    ]


def test_the_fingerprint_changes_with_any_word():
    one, other = commands(), commands()
    assert fingerprint(one) == fingerprint(other)
    other[0]["description_localizations"]["fr"] += "."
    assert fingerprint(one) != fingerprint(other)


def test_a_language_without_a_word_is_left_out():
    import dataclasses

    french = words("fr")
    less = {k: v for k, v in french.entries.items() if k != "commands.ask.name"}
    poorer = dataclasses.replace(french, entries=less)
    ask = payload({"en": words("en"), "fr": poorer})[0]
    assert "fr" not in ask["name_localizations"]
    assert "fr" in ask["description_localizations"]


def test_a_sub_command_is_read_with_what_was_filled_in():
    data = {
        "name": "settings",
        "options": [
            {
                "name": "private",
                "type": 1,
                "options": [
                    {"name": "private", "type": 5, "value": False},
                    {"name": "scope", "type": 3, "value": "channel", "focused": True},
                ],
            }
        ],
    }
    sent = invoked(data)
    assert sent.name == "settings private"
    assert dict(sent.options) == {"private": "no", "scope": "channel"}
    assert sent.focused == "scope"
    assert invoked({"name": "help"}).options == {}


def test_the_invitation_asks_for_no_more_than_it_takes():
    assert not PERMISSIONS.administrator
    assert not PERMISSIONS.mention_everyone
    assert not PERMISSIONS.manage_messages
    assert invite_link(1).startswith(
        "https://discord.com/oauth2/authorize?client_id=1&"
    )


# --- forms -------------------------------------------------------------------------------


def a_form(*fields: Field, intro: str = "") -> Form:
    return Form(
        id="quis:wrong:K:", title="T" * 90, submit="Send", fields=fields, intro=intro
    )


def test_a_form_keeps_to_discords_limits():
    options = tuple((f"{n} " + "x" * 200, str(n)) for n in range(40))
    fields = (
        Field(name="kind", label="L" * 90, input=Input.CHOICE, options=options),
        Field(
            name="line", label="Line", hint="h" * 300, value="v" * 9000, longest=9000
        ),
        Field(name="text", label="", input=Input.TEXT, value="👍" * 50, longest=60),
        Field(name="file", label="File", input=Input.FILE, required=False),
    )
    for chosen in (fields, (*fields, *fields[1:2])):
        body = {"type": 9, "data": modal(a_form(*chosen, intro="# Intro")).to_dict()}
        problems = broken_limits("POST", "/interactions/1/t/callback", body)
        assert [p for p in problems if "twice" not in p] == []


def test_an_intro_stands_first_and_is_plain_text():
    made = modal(a_form(Field(name="a", label="A"), intro="*Read* this"))
    (intro, _) = made.children
    assert isinstance(intro, ui.TextDisplay)
    assert intro.content == r"\*Read\* this"


async def test_nothing_waits_for_a_form():
    assert modal(a_form(Field(name="a", label="A"))).is_finished()
    await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ({"type": 4, "value": "typed"}, "typed"),
        ({"type": 4, "value": None}, ""),
        ({"type": 3, "values": ["other"]}, "other"),
        ({"type": 3, "values": []}, ""),
        ({"type": 19, "values": ["7"]}, "https://files.example/7"),
    ],
)
def test_what_was_filled_in_is_read_by_the_names_of_its_fields(part, value):
    data = {
        "components": [
            {"type": 10, "id": 1},
            {"type": 18, "component": part | {"custom_id": "field"}},
        ],
        "resolved": {"attachments": {"7": {"url": "https://files.example/7"}}},
    }
    assert filled_in(data) == {"field": value}


def test_fields_in_rows_are_read_too():
    row = {"type": 1, "components": [{"type": 4, "custom_id": "a", "value": "b"}]}
    assert filled_in({"components": [row]}) == {"a": "b"}


# --- texts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<@123> Is Clearview in Italy?", "Is Clearview in Italy?"),
        ("<@!123> hi <@&5> <#9>", "hi"),
        ("**bold** __under__ ~~gone~~ ||spoiler||", "bold under gone spoiler"),
        ("> quoted\n# Heading\n-# small", "quoted\nHeading\nsmall"),
        ("sky_ecc and 2*3*4", "sky_ecc and 2*3*4"),
        ("<:eye:123> <a:eyes:5>", ":eye: :eyes:"),
        ("</ask:12> at <t:1618953630:R>", "/ask at"),
        ("", ""),
    ],
)
def test_a_message_is_read_without_discords_marks(content, text):
    assert words_of(content) == text


def test_only_the_newest_is_remembered():
    recent = Recent(2)
    assert [recent.add(each) for each in "abac"] == [True, True, False, True]
    assert "a" in recent
    assert "b" not in recent
