"""Forms and commands fit both platforms in every language."""

import re

import pytest

from bot import replies
from bot.cards import Form, Input
from bot.catalogue import Entry, languages, words
from bot.replies import Unhelpful, kb
from bot.replies.forms import LONGEST_TEXT
from knowledge.model import OwnQuestion, ReportKind

LANGUAGES = languages()
QUESTIONS = [OwnQuestion("en", f"Who paid {n}, and {'so ' * 60}on?") for n in range(50)]


def forms(language: str) -> tuple[Form, ...]:
    return (
        replies.wrong_form("KEY", language),
        replies.request_form("KEY", "a" * 5000, language),
        replies.reason_form("KEY", language),
        *moderators_forms(language),
    )


def moderators_forms(language: str) -> tuple[Form, ...]:
    """With the longest id that a document may have."""
    values = {"title": "a" * 5000}
    return (
        kb.add_form(language),
        kb.source_form("K" * 16, values, language),
        kb.tags_form("K" * 16, values, language),
        kb.text_form("K" * 16, "a" * 20_000, language),
        kb.questions_form("K" * 16, QUESTIONS, "en", language),
        *(
            kb.reason_form("999", kb.Doing(verb, "d" * 80), language)
            for verb in (kb.Verb.RETURN, kb.Verb.REJECT, kb.Verb.RETRACT)
        ),
        kb.reason_form("K" * 16, kb.Doing(kb.Verb.OFFER), language),
    )


def patterns(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_fits_both_platforms(language):
    for form in forms(language):
        assert len(form.id) <= 100
        assert 1 <= len(form.title) <= 24
        assert 1 <= len(form.submit) <= 24
        assert form.intro
        for field in form.fields:
            assert 1 <= len(field.label) <= 45, field.label
            assert len(field.hint) <= 100, field.hint
            assert len(field.value) <= field.longest <= 4000
            assert all(1 <= len(label) <= 75 for label, _ in field.options)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_questions_says_how_many_it_has_no_room_for(language):
    form = kb.questions_form("KEY", QUESTIONS, "en", language)
    shown = len(form.fields[0].value.splitlines())
    assert 1 < shown < len(QUESTIONS)
    left = words(language)("kb.own.left", count=len(QUESTIONS) - shown)
    assert form.intro.endswith(left)


def test_a_form_is_known_by_its_action_and_its_key():
    assert [form.id for form in forms("en")][:3] == [
        "quis:wrong:KEY:",
        "quis:request:KEY:",
        "quis:unhelpful:KEY:",
    ]


def test_a_form_offers_every_kind_and_reason():
    wrong, request, unhelpful = forms("en")[:3]

    assert [value for _, value in wrong.fields[0].options] == list(ReportKind)
    assert [value for _, value in unhelpful.fields[0].options] == list(Unhelpful)
    assert wrong.fields[0].input is Input.CHOICE
    assert not wrong.fields[1].required
    assert request.fields[0].required
    assert len(request.fields[0].value) == LONGEST_TEXT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_a_button_or_menu_fits(language):
    entries = words(language).entries
    for key, entry in entries.items():
        if key.startswith(("button.", "settings.", "profile.menu-")):
            limit = 75 if not key.endswith((".hint", "-hint")) else 300
            assert all(len(text) <= limit for text in patterns(entry)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_are_named_as_both_platforms_want_them(language):
    entries = words(language).entries
    listed = {key: str(e) for key, e in entries.items() if key.startswith("commands.")}
    names = {key: text for key, text in listed.items() if key.endswith(".name")}
    claim = names.pop("commands.claim.name")

    assert 1 <= len(claim) <= 24
    for key, name in names.items():
        assert re.fullmatch(r"[-_\w]{1,32}", name), key
        assert name == name.lower(), key
    for key, text in listed.items():
        if key.endswith(".description"):
            assert 1 <= len(text) <= 100, (key, len(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_commands_or_options_side_by_side_share_a_name(language):
    entries = words(language).entries
    siblings: dict[str, list[str]] = {}
    for key, text in entries.items():
        if key.startswith("commands.") and key.endswith(".name"):
            above = key.removesuffix(".name").rpartition(".")[0]
            siblings.setdefault(above, []).append(str(text))
    for above, names in siblings.items():
        assert len(names) == len(set(names)), above


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggested_prompts_fit(language):
    entries = words(language).entries
    for number in ("first", "second", "third"):
        assert len(str(entries[f"prompts.{number}.title"])) <= 75
        assert len(str(entries[f"prompts.{number}.text"])) <= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_is_listed_has_its_words(language):
    for command in replies.COMMANDS:
        assert f"commands.{command}.name" in words(language)
        assert f"commands.{command}.description" in words(language)
