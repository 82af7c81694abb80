"""Looking up, languages, settings and what belongs to whom, the same on every transport."""

import pytest

from bot.catalogue import languages, words
from knowledge.model import TenantSettings
from tests.platforms.shelf import GREECE, ITALY, JAPAN

HELD = "police of Rome"
LOOKED_UP: tuple[tuple[str, dict[str, str], str], ...] = (
    ("vendor", {"vendor": "Clearview"}, "Italy"),
    ("vendor", {"vendor": "Xyzzy Corp"}, "Xyzzy Corp"),
    ("country", {"country": "Italien"}, "Clearview AI"),
    ("country", {"country": "Atlantis"}, "Atlantis"),
    ("country", {"country": "Balkans"}, "Clearview AI"),
    ("coverage", {"country": "Balkanländer"}, "Greece"),
    ("law", {}, "No text of law is held"),
    ("law", {"country": "Italy"}, "Italy"),
    ("coverage", {}, "Clearview AI"),
    ("coverage", {"vendor": "Clearview", "country": "Italy"}, "Italy"),
    ("sources", {"country": "Italy"}, "Paper of made-1"),
    ("sources", {"vendor": "Clearview"}, "Documents: 1 · Newest: "),
    ("timeline", {"vendor": "Clearview"}, "Clearview AI"),
    ("why", {}, "no recent answer to you"),
    ("help", {}, "no yes or no here: read the passages"),
    ("privacy", {}, "neither stored nor logged"),
)


# --- looking up ---------------------------------------------------------------------------


async def test_every_command_says_something_useful_to_its_asker_alone(stage):
    here = stage.here
    async with stage.serving():
        for number, (name, options, said) in enumerate(LOOKED_UP):
            asked = await stage.command(here.ben, here.news, name, **options)
            assert stage.private(asked), name
            assert said in asked.text, name
            if number % 10 == 9:
                stage.later()
        await stage.ask(here.ben, here.news, ITALY)
        asked = await stage.command(here.ben, here.news, "why")
        assert "Read as a question on" in asked.text
        asked = await stage.command(
            here.ben, here.ben.direct, "vendor", vendor="Clearview"
        )
        assert "Clearview AI" in asked.text
        stage.later()
        profile = await stage.command(here.ben, here.news, "vendor", vendor="Clearview")
        (menu,) = stage.menus(profile)
        asked = await here.ben.chooses(profile, menu, "Italy")
        assert HELD in asked.text


MISREAD: tuple[tuple[str, dict[str, str]], ...] = (
    ("vendor", {"vendor": "Clearveiw"}),
    ("coverage", {"vendor": "Clearveiw"}),
    ("sources", {"vendor": "Clearveiw", "country": "Italy"}),
    ("timeline", {"vendor": "Clearveiw"}),
    ("dossier", {"vendor": "Clearveiw"}),
    ("watch", {"vendor": "Clearveiw"}),
    ("country", {"country": "Germny"}),
    ("law", {"country": "Germny"}),
    ("coverage", {"vendor": "Clearview", "country": "Germny"}),
    ("watch", {"vendor": "Clearview", "country": "Germny"}),
)


async def test_no_command_reads_a_misspelt_name_as_another_without_saying_so(stage):
    here = stage.here
    async with stage.serving():
        for name, options in MISREAD:
            asked = await stage.command(here.ben, here.news, name, **options)
            stage.later()
            misspelt = options.get("country") == "Germny"
            kind, written, meant = (
                ("place", "Germny", "Germany")
                if misspelt
                else ("vendor", "Clearveiw", "Clearview AI")
            )
            said = f"No {kind} named “{written}” is known. It was read as {meant}."
            assert said in asked.text, name
            assert asked.text.count("It was read as") == 1
        rightly = await stage.command(here.ben, here.news, "vendor", vendor="Clearview")
        assert "read as" not in rightly.text


async def test_a_name_in_the_wrong_place_is_told_or_put_right_and_none_is_dropped(
    stage,
):
    here = stage.here
    command = words("en")("commands.country.name")
    told: tuple[tuple[str, dict[str, str], str], ...] = (
        ("vendor", {"vendor": "Italy"}, "Italy is known here as a place, not as a"),
        ("vendor", {"vendor": "Italy"}, f"{command}."),
        ("country", {"country": "Pegasus"}, "NSO Group is known here as a vendor"),
        ("vendor", {"vendor": "Clearview and NSO Group"}, "is on Clearview AI alone"),
        ("coverage", {"vendor": "Italy"}, "Held on Italy:"),
        ("coverage", {"vendor": "Clearveiw Italy"}, "Clearview AI · Italy"),
        ("vendor", {"vendor": "Xyzzy of Italy"}, "called “Xyzzy of Italy” is known"),
    )
    async with stage.serving():
        for name, options, said in told:
            asked = await stage.command(here.ben, here.news, name, **options)
            assert said in asked.text, (name, options)
            assert stage.private(asked)
            stage.later()


async def test_a_timeline_is_a_picture_that_is_told_in_words_too(stage):
    here = stage.here
    async with stage.serving():
        asked = await stage.command(
            here.ben, here.news, "timeline", vendor="Clearview", country="Italy"
        )
        assert stage.private(asked)
        (alt,) = stage.pictures(asked)
        for words in ("Clearview AI · Italy", "5 documents", "Made document made-1"):
            assert words in alt


@pytest.mark.parametrize("stage", ["slack-socket", "slack-http"], indirect=True)
async def test_the_home_of_the_app_has_help_coverage_and_settings(stage):
    here = stage.here
    async with stage.serving():
        await here.ben.opens_home()
        assert "no yes or no here" in here.ben.home.text
        assert "Clearview AI" in here.ben.home.text
        assert here.ben.home.menus == []
        await here.ana.opens_home()
        menu = next(m for m in here.ana.home.menus if "tenant.answers" in m.action_id)
        await here.ana.chooses(here.ana.home, menu.action_id, "never")
        await stage.settled()
        assert "The setting was changed" in here.ana.home.text
    kept = stage.shelf.tenants.settings(here.tenant)
    assert str(kept.answers) == "never"


# --- languages ----------------------------------------------------------------------------


async def test_the_words_around_a_quote_are_in_the_readers_language(stage):
    here = stage.here
    readers = {code: stage.person(f"r-{code}", language=code) for code in languages()}
    async with stage.serving():
        for code, reader in readers.items():
            spoken = words(code)
            asked = await stage.ask(reader, here.news, ITALY)
            assert HELD in asked.text  # a quote stays as it is
            assert spoken("answer.newest-first") in asked.text
            asked = await stage.command(reader, here.news, "help")
            assert spoken("help.no-verdict") in asked.text
            asked = await stage.command(reader, here.news, "privacy")
            assert spoken("privacy.question") in asked.text
            asked = await stage.ask(reader, here.news, JAPAN)
            assert spoken("button.coverage") in labels(asked)
        # The channel's language wins, then that of all channels; the person's is last.
        await stage.command(here.ana, here.news, "settings language", language="it")
        await stage.command(
            here.ana, here.desk, "settings language", language="de", scope="channel"
        )
        stage.later()
        for room, code in ((here.news, "it"), (here.desk, "de")):
            asked = await stage.ask(readers["fr"], room, ITALY)
            assert words(code)("answer.newest-first") in asked.text
        await stage.command(here.ana, here.news, "settings language", language="each")
        stage.later()
        asked = await stage.ask(readers["fr"], here.news, ITALY)
        assert words("fr")("answer.newest-first") in asked.text


def labels(asked):
    return [button.label for button in asked.answer.buttons]


# --- settings -----------------------------------------------------------------------------


async def test_settings_are_for_those_who_manage_the_place_or_are_named(stage):
    here, news = stage.here, stage.here.news
    editors = stage.group("editors")
    eve = stage.person("eve", group=editors)
    async with stage.serving():
        await no_settings_for(stage, here.ben)
        shown = await stage.command(here.ana, news, "settings show")
        assert stage.private(shown)
        await stage.choose(here.ana, shown, "tenant.private", "yes")
        await stage.choose(here.ana, shown, "tenant.answers", "sure")
        await stage.choose(here.ana, shown, "tenant.language", "fr")
        assert words("fr")("done.saved.text") in shown.text
        await stage.command(here.ana, news, "settings moderators", channel=here.desk)
        await stage.command(
            here.ana, news, "settings roles", role="editor", group=editors
        )
        kept = stage.shelf.tenants.settings(here.tenant)
        assert (kept.private, str(kept.answers), kept.language) == (True, "sure", "fr")
        assert kept.moderators_channel == here.desk.id
        assert kept.editors == (editors.id,)

        # An editor resolves what is reported, and may not change the settings.
        asked = await stage.ask(here.ben, news, ITALY)
        opened = await stage.press(here.ben, asked, "wrong")
        await stage.fill(here.ben, opened, kind="other", text="Look at this again")
        await stage.server.until(lambda: stage.cards(eve, here.desk), "a card")
        (card,) = stage.cards(eve, here.desk)
        await stage.press(eve, card, "resolve")
        assert "resolve" not in stage.offers(card)
        await no_settings_for(stage, eve)
        assert stage.shelf.tenants.settings(here.tenant) == kept


async def no_settings_for(stage, person):
    """Hidden from them, or refused."""
    try:
        asked = await stage.command(person, stage.here.news, "settings show")
    except AssertionError:
        assert stage.name == "discord"  # its client does not offer them
    else:
        assert stage.menus(asked) == []


async def test_a_right_that_was_taken_away_is_gone_at_the_next_press(stage):
    here = stage.here
    async with stage.serving():
        shown = await stage.command(here.ana, here.news, "settings show")
        stage.demote(here.ana)
        refused = await stage.choose(here.ana, shown, "tenant.answers", "never")
        assert "role" in refused.text
    assert stage.shelf.tenants.settings(here.tenant) == TenantSettings()


# --- what belongs to whom -----------------------------------------------------------------


async def test_nothing_of_one_place_is_seen_in_another(stage):
    here, there = stage.here, stage.there
    async with stage.serving():
        await stage.command(here.ana, here.news, "settings language", language="de")
        await stage.command(
            here.ana, here.news, "settings moderators", channel=here.desk
        )
        await stage.command(here.ana, here.news, "settings private", private=True)
        asked = await stage.ask(there.ben, there.news, ITALY)
        assert not stage.private(asked)
        assert words("en")("answer.newest-first") in asked.text
        assert "wrong" not in stage.offers(asked)
        why = await stage.command(here.ben, here.news, "why")
        assert words("de")("notice.no-answer-yet.title") in why.text
    tenants = stage.shelf.tenants
    assert tenants.settings(there.tenant) == TenantSettings()
    key = stage.id_of(asked, "delete").split(":")[2]
    assert tenants.post(there.tenant, key)
    assert tenants.post(here.tenant, key) is None


async def test_when_it_is_removed_all_that_is_kept_of_the_place_is_wiped(stage):
    here, there = stage.here, stage.there
    tenants = stage.shelf.tenants
    async with stage.serving():
        for site in (here, there):
            await stage.command(
                site.ana, site.news, "settings moderators", channel=site.desk
            )
        asked = await stage.ask(here.ben, here.news, ITALY)
        key = stage.id_of(asked, "delete").split(":")[2]
        opened = await stage.press(here.ben, asked, "wrong")
        await stage.fill(here.ben, opened, kind="other", text="Please look again here")
        assert tenants.reports(here.tenant, open_only=True)
        stage.uninstall()
        await stage.server.until(
            lambda: tenants.post(here.tenant, key) is None, "it to be wiped"
        )
        assert tenants.settings(here.tenant) == TenantSettings()
        assert tenants.reports(here.tenant, open_only=False) == ()
        # Whoever else has it keeps it.
        assert HELD in (await stage.ask(there.ben, there.news, ITALY)).text
    assert tenants.settings(there.tenant).moderators_channel == there.desk.id


@pytest.mark.parametrize("question", [ITALY, GREECE])
async def test_a_button_of_one_place_opens_nothing_in_another(stage, question):
    here, there = stage.here, stage.there
    async with stage.serving():
        asked = await stage.ask(here.ben, here.news, question)
        other = await stage.ask(there.ben, there.news, question)
        stolen = stage.id_of(asked, "context")
        pressed = await stage.forge(there.ben, other, stolen)
        assert "not known any more" in pressed.text
