"""The other cards: profiles, lists, help, settings, the moderators' channel, notices."""

import inspect
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from rich.console import Console

from bot import replies
from bot.cards import (
    Action,
    Actions,
    Button,
    Card,
    CoverageList,
    Facts,
    Line,
    Menu,
    Notice,
    Picture,
    Table,
)
from bot.catalogue import languages
from bot.conversation.askable import Unfit
from bot.gallery import Exhibit, on_discord, on_slack
from bot.links import message
from bot.on_slack.addresses import permalink
from bot.replies import About, Outcome, Resolving, Scope, Setting, notices
from bot.replies.guidance import typed
from bot.terminal import render
from knowledge.model import (
    AnswersWhen,
    ChannelSettings,
    CountryProfile,
    Form,
    Holding,
    Kind,
    OtherName,
    PartialDate,
    Place,
    Post,
    Profile,
    Publisher,
    Report,
    ReportKind,
    Request,
    RequestState,
    Role,
    ShownPassage,
    Source,
    Tenant,
    TenantSettings,
)
from tests.answers import GARANTE, IRPI, NAMES, held

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TENANT = Tenant("slack", "T1")


def facts(card: Card) -> dict[str, str]:
    return {
        fact.name: fact.value
        for block in card.blocks
        if isinstance(block, Facts)
        for fact in block.facts
    }


def buttons(card: Card) -> tuple[Button, ...]:
    blocks = [block for block in card.blocks if isinstance(block, Actions)]
    return tuple(button for block in blocks for button in block.buttons)


def menus(card: Card) -> tuple[Menu, ...]:
    blocks = [block for block in card.blocks if isinstance(block, Actions)]
    return tuple(menu for block in blocks for menu in block.menus)


PAGE = Source(
    url="https://garante.example/a?b=1", title="A page", publisher="G", language="it"
)


def holding(
    title: str = "A page", dated: str | None = "2026-02", *sources: Source
) -> Holding:
    return Holding(
        id=title,
        title=title,
        form=Form.BRIEF,
        kind=Kind.PRESS,
        language="en",
        sources=sources,
        event_on=None,
        dated=PartialDate.parse(dated) if dated else None,
        vendors=("clearview-ai",),
        places=("IT",),
        passages=2,
    )


def vendor(**changes: Any) -> Profile:
    values: dict[str, Any] = {
        "vendor": "clearview-ai",
        "name": "Clearview AI",
        "description": "A sentence that no document says.",
        "home": "US",
        "also": (OtherName("Clearview"),),
        "former": (OtherName("Smartcheckr", None, 2017),),
        "coverage": (
            held("clearview-ai", "IT", press=2),
            held("clearview-ai", "US", press=4, law=1),
            held("clearview-ai", None, press=1),
        ),
        "kinds": {Kind.PRESS: 6, Kind.LAW: 1},
        "documents": 7,
        "passages": 30,
        "places": ("IT", "US"),
        "first": PartialDate(2017, 2),
        "last": PartialDate(2026, 2),
        "newest": tuple(holding(f"Page {n}") for n in range(7)),
    }
    return Profile(**values | changes)


def place(**changes: Any) -> CountryProfile:
    values: dict[str, Any] = {
        "place": "IT",
        "wider": ("EU",),
        "coverage": (held("clearview-ai", "IT", press=2), held(None, "IT", law=1)),
        "kinds": {Kind.PRESS: 2, Kind.LAW: 1},
        "documents": 3,
        "passages": 9,
        "vendors": ("clearview-ai",),
        "first": PartialDate(2020),
        "last": PartialDate(2020),
        "newest": (holding(), holding("Undated", None)),
    }
    return CountryProfile(**values | changes)


NOTHING: dict[str, Any] = {
    "coverage": (),
    "kinds": {},
    "documents": 0,
    "passages": 0,
    "first": None,
    "last": None,
    "newest": (),
}


# --- profiles ----------------------------------------------------------------------


def test_a_profile_counts_what_is_held_and_names_the_newest():
    card = replies.profile(vendor(), NAMES)

    assert card.title == "Clearview AI"
    assert facts(card)["Formerly"] == "Smartcheckr (until 2017)"
    assert facts(card)["Held"] == "7 documents · 30 passages · 2 places"
    assert facts(card)["Dates"] == "Feb 2017 to Feb 2026"
    assert facts(card)["By kind"] == "law 1 · press 6"
    assert "… 2 more documents" in str(card)


@pytest.mark.parametrize(
    "card",
    [
        replies.profile(vendor(newest=(holding("A", "2026", PAGE),)), NAMES),
        replies.country(place(newest=(holding("A", "2026", PAGE),)), NAMES),
        replies.laws((holding("A", "2026", PAGE), holding("B")), NAMES),
    ],
    ids=["vendor", "country", "law"],
)
def test_what_is_listed_leads_to_its_source_wherever_it_is_read(card):
    page, exhibit = PAGE.url, Exhibit("x", card)
    printed = io.StringIO()
    render(card, Console(file=printed, width=80))

    assert f"[garante.example](<{page}>)" in str(on_discord(exhibit).body)
    assert f"'url': '{page}', 'text': 'garante.example'" in str(on_slack(exhibit).body)
    assert page in on_slack(exhibit).body["text"]
    assert f"   {page}\n" in printed.getvalue()


def test_a_profile_says_nothing_that_no_document_says():
    assert "no document says" not in str(replies.profile(vendor(), NAMES))


def test_a_profile_leads_on_to_its_countries_and_its_timeline():
    card = replies.profile(vendor(), NAMES, key="KEY")
    (menu,) = menus(card)

    assert menu.options == (
        ("United States", "clearview-ai@US"),
        ("Italy", "clearview-ai@IT"),
    )
    assert menu.action is Action.COUNTRY
    assert buttons(card)[0].code == "quis:timeline:KEY:clearview-ai"


def test_a_vendor_of_which_nothing_is_held_is_told_without_an_empty_menu():
    card = replies.profile(vendor(**NOTHING, places=(), home=None), NAMES)

    assert "does not mean" in str(card)
    assert facts(card)["Seat"] == "not recorded"
    assert (buttons(card), menus(card)) == ((), ())


def test_former_names_are_dated_as_far_as_they_are_known():
    names = (
        OtherName("A", 2010, 2012),
        OtherName("B", 2012, None),
        OtherName("C"),
    )
    card = replies.profile(vendor(former=names), NAMES)
    assert facts(card)["Formerly"] == "A (2010 to 2012), B (since 2012), C"


def test_a_country_is_told_by_vendor_with_whose_law_holds_there():
    card = replies.country(place(), NAMES, language="fr")
    (listed,) = (b for b in card.blocks if isinstance(b, CoverageList))

    assert card.title == "Italie"
    assert "Union européenne" in facts(card).values()
    assert [row.name for row in listed.rows] == [
        "Clearview AI",
        "aucun fournisseur nommé",
    ]
    assert menus(card)[0].options == (("Clearview AI", "clearview-ai@IT"),)
    assert "2020" in facts(card).values()


def test_a_country_on_which_nothing_is_held_is_not_said_to_be_free_of_it():
    card = replies.country(place(**NOTHING, vendors=(), wider=()), NAMES)
    assert "does not mean" in str(card)
    assert facts(card) == {}


def test_a_menu_has_no_more_than_both_platforms_take():
    many = tuple(held("clearview-ai", f"X{n}", press=1) for n in range(40))
    assert len(menus(replies.profile(vendor(coverage=many), NAMES))[0].options) == 25


def test_a_timeline_is_a_picture_with_its_words():
    picture = Picture(name="t.png", png=b"", alt="All of it in words.")
    card = replies.timeline(picture, NAMES, vendor="nec", place="JP", undated=2)

    assert card.title == "Timeline: NEC · Japan"
    assert picture in card.blocks
    assert "2 documents without a date" in str(card)
    assert "All that is held" in replies.timeline(picture, NAMES).title


def test_where_nothing_is_dated_there_is_no_picture():
    card = replies.timeline(None, NAMES, vendor="nec")
    assert "Nothing dated is held" in str(card)


# --- lists -------------------------------------------------------------------------


def test_laws_are_listed_with_whose_they_are():
    card = replies.laws((holding("GDPR", "2016-04-27"), holding("B", None)), NAMES)
    (table,) = (b for b in card.blocks if isinstance(b, Table))

    assert table.rows == (
        ("GDPR", "Italy", "27 Apr 2016"),
        ("B", "Italy", "date unknown"),
    )
    assert "wider place" not in str(card)
    assert "wider place" in str(replies.laws((holding(),), NAMES, place="NL"))


def test_as_many_laws_are_listed_as_fit_with_their_links_and_the_rest_is_counted_right():
    title = "EU AI Act, Articles 26(7), 26(11) and 27: duties of deployers of systems"
    page = replace(PAGE, url=f"https://eur.example/{'eli/reg/2024/1689/' * 4}oj")
    card = replies.laws([holding(title, "2024-06-13", page)] * 60, NAMES, place="IT")
    drawn = str(on_discord(Exhibit("x", card)).body)

    assert drawn.count(title) == drawn.count("[eur.example](<") == 15
    assert "… 45 more documents" in drawn


def test_a_list_is_cut_and_the_rest_counted():
    assert "… 10 more documents" in str(replies.laws([holding()] * 25, NAMES))
    many = [
        Publisher(name=f"P{n}", documents=1, newest=None, languages=(), kinds={})
        for n in range(21)
    ]
    assert "… 1 more" in str(replies.sources(many, NAMES))


def test_no_law_is_said_to_hold_in_a_region():
    laws = [replace(holding(), places=("JP",))]
    assert "wider place" not in str(replies.laws(laws, NAMES, place="ASIA"))
    rows = (held("nec", "JP", press=2), held("nec", "CN", press=1))
    region = place(place="ASIA", wider=(), coverage=rows, vendors=("nec",))
    card = replies.country(region, NAMES)
    assert facts(card)["Held"] == "3 documents · 9 passages · 1 vendor · 2 places"
    assert not [label for label in facts(card) if label.startswith("Law")]
    assert menus(card)[0].options == (("NEC", "nec@ASIA"),)


def test_no_law_held_is_not_no_law():
    assert "does not mean" in str(replies.laws((), NAMES))
    assert "Italy. That does not" in str(replies.laws((), NAMES, place="IT"))


def test_sources_are_publishers_counted():
    garante = Publisher(
        name="Garante",
        documents=3,
        newest=PartialDate(2024),
        languages=("it",),
        kinds={},
    )
    card = replies.sources((garante,), NAMES, vendor="nec", place="JP")
    (table,) = (b for b in card.blocks if isinstance(b, Table))

    assert card.title == "Sources: NEC · Japan"
    assert table.rows == (("Garante (Italian)", "3", "2024"),)
    assert "nothing is held" in str(replies.sources((), NAMES))


# --- help, privacy, settings -------------------------------------------------------


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("platform", ["discord", "slack"])
def test_help_names_every_command_as_it_is_typed_there(platform, language):
    listed = facts(replies.help_card(platform, language))
    typed = {replies.typed(name, platform, language) for name in replies.COMMANDS}

    assert set(listed) == typed
    assert all(name.startswith("/") for name in typed)


def test_help_promises_no_more_of_threads_than_each_platform_lets_us_hear():
    assert "no mention is needed" in str(replies.help_card("slack", "en"))
    at_discord = str(replies.help_card("discord", "en"))
    assert "no mention is needed" not in at_discord
    assert "mention it again" in at_discord


def test_slack_s_commands_are_nobody_else_s():
    assert replies.typed("ask", "slack", "fr") == "/ask"
    assert replies.typed("help", "slack", "fr") == "/quis-help"
    assert replies.typed("help", "discord", "fr") == "/aide"


def test_that_there_is_no_yes_or_no_is_said_once_and_in_help_only():
    text = str(replies.help_card("discord", "en"))
    assert text.count("no yes or no") == 1
    assert "yes or no" not in str(replies.welcome("slack", "en"))


def test_privacy_tells_the_exceptions_where_they_hold():
    plain = str(replies.privacy())
    other = str(replies.privacy(keeps_refused=True, listens=True))

    assert "neither stored nor logged" in plain
    assert "exception" not in plain
    assert "exception" in other
    assert "neither kept nor answered" in plain
    assert "neither kept nor answered" not in other


def test_settings_of_the_whole_tenant_can_be_changed_by_menus():
    current = TenantSettings(
        language="fr", editors=("E1", "E2"), moderators_channel="C9", private=True
    )
    card = replies.settings(current, saved=True)
    held_now = {menu.argument: menu.chosen for menu in menus(card)}
    all_facts = [f for b in card.blocks if isinstance(b, Facts) for f in b.facts]

    assert held_now == {
        "tenant.language": "fr",
        "tenant.answers": "addressed",
        "tenant.private": "yes",
        "tenant.keep-refused": "no",
    }
    assert facts(card)["Language"] == "French"
    assert facts(card)["Editors"] == "2 groups"
    assert ("E1", "E2") in [fact.groups for fact in all_facts]
    assert ("C9",) in [fact.channels for fact in all_facts]
    assert buttons(card)[0].argument == "channel"


def test_a_lost_channel_of_the_moderators_is_said_and_not_shown_as_if_it_were_there():
    current = TenantSettings(moderators_channel="C9", moderators_lost=True)
    card = replies.settings(current)

    assert "nothing can be posted there" in facts(card)["Moderators’ channel"]
    shown = [f.channels for b in card.blocks if isinstance(b, Facts) for f in b.facts]
    assert ("C9",) not in shown


def test_that_texts_are_kept_is_explained_where_it_is_switched_on():
    for platform, command in (("discord", "/privacy"), ("slack", "/quis-privacy")):
        card = replies.settings(TenantSettings(), platform=platform)
        lines = [block.text for block in card.blocks if isinstance(block, Line)]
        assert any(command in line and "without a name" in line for line in lines)


def test_a_channel_may_have_settings_of_its_own_or_none():
    own = ChannelSettings(answers=AnswersWhen.NEVER)
    card = replies.settings(
        TenantSettings(private=True, channels={"c": own}), channel="c"
    )

    assert {menu.argument: menu.chosen for menu in menus(card)} == {
        "channel.language": "inherit",
        "channel.answers": "never",
        "channel.private": "inherit",
    }
    assert facts(card)["Answers for the asker alone"] == "yes"


@pytest.mark.parametrize("language", languages())
def test_what_a_menu_has_chosen_is_one_of_its_options(language):
    for channel in (None, "c"):
        for menu in menus(
            replies.settings(TenantSettings(), channel=channel, language=language)
        ):
            assert menu.chosen in [value for _, value in menu.options]
            assert len(menu.code) <= 100


# --- the moderators' channel -------------------------------------------------------


def report(**changes: Any) -> Report:
    values: dict[str, Any] = {
        "id": "R1",
        "tenant": TENANT,
        "post": "KEY",
        "at": NOW,
        "language": "fr",
        "reporter": "U-reporter",
        "kind": ReportKind.OUTDATED,
        "text": "There is\na newer one",
        "passages": (IRPI.passage.id, "gone@1#0-9"),
    }
    return Report(**values | changes)


def post(**changes: Any) -> Post:
    values: dict[str, Any] = {
        "key": "KEY",
        "tenant": TENANT,
        "channel": "c",
        "at": NOW,
        "language": "en",
        "owner": "",
        "private": False,
        "vendors": ("clearview-ai",),
        "passages": (ShownPassage.of(IRPI),),
        "shown": 1,
        "place": Place("C7", "m"),
    }
    return Post(**values | changes)


def request(**changes: Any) -> Request:
    values: dict[str, Any] = {
        "id": "Q1",
        "tenant": TENANT,
        "channel": "c",
        "at": NOW,
        "language": "fr",
        "asker": "U-asker",
        "text": "Please look for this.",
        "vendors": ("nec",),
        "places": ("JP",),
    }
    return Request(**values | changes)


def test_a_report_shows_what_was_answered_and_can_be_resolved():
    card = replies.report_card(report(), post(), (IRPI,), NAMES, TODAY)
    all_facts = [f for b in card.blocks if isinstance(b, Facts) for f in b.facts]

    assert [quote.text for quote in card.quotes()] == [IRPI.text]
    assert "“There is a newer one”" in str(card)
    assert "no longer published" in str(card)
    assert ("C7",) in [fact.channels for fact in all_facts]
    assert [button.argument for button in buttons(card)] == [
        "report.mended.R1",
        "report.kept.R1",
    ]


def test_who_reports_or_asks_is_told_to_nobody():
    assert "U-reporter" not in str(
        replies.report_card(report(), post(), (), NAMES, TODAY)
    )
    assert "U-asker" not in str(replies.request_card(request(), NAMES))


def test_where_a_private_answer_was_given_is_not_told():
    card = replies.report_card(report(), post(private=True), (), NAMES, TODAY)
    assert "C7" not in str(card)


@pytest.mark.parametrize("language", languages())
def test_a_lost_moderators_channel_is_said_in_words_that_fit_either_platform(language):
    for platform in ("discord", "slack"):
        said = str(replies.moderators_lost(platform, language))
        assert typed("settings", platform, language) in said
        assert not [other for other in ("Slack", "Discord", "/invite") if other in said]


def test_a_resolved_report_names_who_resolved_it_and_pings_nobody():
    card = replies.report_card(
        report(resolution=Outcome.KEPT),
        None,
        (),
        NAMES,
        TODAY,
        resolved=("<@1> @everyone", NOW),
    )
    exhibit = Exhibit("x", card)

    assert "Resolved by <@1> @everyone, 24 Nov 2026, 12:00 UTC" in str(card)
    assert "<@1>" not in str(on_discord(exhibit).body)
    assert "<@1>" not in on_slack(exhibit).body["text"]
    assert "'type': 'user'" not in str(on_slack(exhibit).body)


def test_a_resolved_report_says_how_and_can_be_resolved_no_more():
    card = replies.report_card(
        report(resolution=Outcome.MENDED, text=" "), None, (), NAMES, TODAY
    )
    assert "It was put right" in str(card)
    assert buttons(card) == ()


def test_a_request_can_be_closed_while_it_is_open():
    card = replies.request_card(request(), NAMES)
    held_now = replies.request_card(
        request(state=RequestState.HELD, document="doc-9"), NAMES
    )
    closed = replies.request_card(request(state=RequestState.CLOSED, text=""), NAMES)

    assert [button.argument for button in buttons(card)] == ["request.closed.Q1"]
    assert "doc-9" in str(held_now)
    assert (buttons(held_now), buttons(closed)) == ((), ())


def test_who_asked_is_told_in_their_language_what_was_published():
    card = replies.request_held(request(), GARANTE.document, NAMES)
    bare = replies.request_held(
        request(vendors=(), places=(), language="en"),
        replace(GARANTE.document, event_on=None, sources=()),
        NAMES,
    )

    assert "NEC · Japon" in str(card)
    assert facts(card)["Date"] == "10 févr. 2022"
    assert facts(bare)["Date"] == "date unknown"


@pytest.mark.parametrize(
    ("resolution", "said"),
    [
        ("mended", "It was put right. Thank you."),
        ("kept", "It was looked at and stays as it is."),
        (None, "It was looked at and stays as it is."),
        ("In a moderator’s own words", "In a moderator’s own words"),
    ],
)
def test_who_reported_is_told_what_became_of_it(resolution, said):
    given = report(
        resolution=resolution, language="en", passages=(IRPI.passage.id, "gone")
    )
    card = replies.report_resolved(given, post(), (IRPI,), NAMES)
    assert card.blocks[:2] == (Line("You reported: Out of date."), Notice(said))
    told = facts(card)
    assert told["About"] == "Clearview AI"
    assert told["passage 1"] == f"“{IRPI.document.title}”"
    assert "passage 2" not in told
    lost = replies.report_resolved(given, None, (), NAMES)
    assert list(facts(lost)) == ["Reported on"]


def test_a_report_names_the_documents_and_leads_to_the_answer():
    given = report(passages=(IRPI.passage.id, "quis:gone@1#0-9"))
    card = replies.report_card(given, post(), (IRPI,), NAMES, TODAY)
    told = facts(card)
    assert told["passage 1"] == f"“{IRPI.document.title}” · {IRPI.document.id}"
    assert told["passage 2"] == "quis:gone@1#0-9"
    (link,) = [
        f.link for b in card.blocks if isinstance(b, Facts) for f in b.facts if f.link
    ]
    assert link == message(TENANT.platform, TENANT.id, Place("C7", "m"))


@pytest.mark.parametrize(
    ("platform", "thread", "address"),
    [
        ("discord", None, "https://discord.com/channels/1/2/3"),
        ("discord", "4", "https://discord.com/channels/1/4/3"),
        ("slack", None, "https://slack.com/app_redirect?team=1&channel=2&message_ts=3"),
        ("slack", "3", "https://slack.com/app_redirect?team=1&channel=2&message_ts=3"),
        (
            "slack",
            "4.5",
            "https://slack.com/app_redirect?team=1&channel=2&message_ts=3&thread_ts=4.5",
        ),
        ("terminal", None, None),
    ],
)
def test_a_message_has_an_address_on_each_platform(platform, thread, address):
    assert message(platform, "1", Place("2", "3", thread)) == address


@pytest.mark.parametrize(
    ("thread", "address"),
    [
        (None, "https://team.slack.com/archives/C1/p1358546515000023"),
        (
            "1358546515.000008",
            "https://team.slack.com/archives/C1/p1358546515000023"
            "?thread_ts=1358546515.000008&cid=C1",
        ),
    ],
)
def test_slack_leads_to_the_message_by_its_own_address_in_a_thread_too(thread, address):
    """As in docs.slack.dev/reference/methods/chat.getPermalink."""
    made = message("slack", "T1", Place("C1", "1358546515.000023", thread))
    assert made is not None
    assert permalink(made, "https://team.slack.com/") == address
    assert permalink(made, "") == made
    elsewhere = "https://paper.example/?channel=C1&message_ts=1.2"
    assert permalink(elsewhere, "https://team.slack.com/") == elsewhere


# --- arguments of buttons, notices -------------------------------------------------


@pytest.mark.parametrize(
    "about",
    [About(), About("clearview-ai"), About(None, "IT"), About("clearview-ai", "IT")],
)
def test_what_a_button_is_about_can_be_read_again(about):
    assert About.read(str(about)) == about


@pytest.mark.parametrize("outcome", list(Outcome))
def test_how_something_is_resolved_can_be_read_again(outcome):
    made = Resolving("report", outcome, "id.with.dots")
    assert Resolving.read(str(made)) == made


@pytest.mark.parametrize(
    "bad", ["", "report", "report.x.1", "a.kept.1", "report.kept."]
)
def test_an_argument_that_none_of_ours_made_is_none(bad):
    assert Resolving.read(bad) is None
    assert Setting.read(bad) is None


def test_which_setting_is_meant_can_be_read_again():
    for made in (Setting(Scope.CHANNEL), Setting(Scope.TENANT, "language")):
        assert Setting.read(str(made)) == made


NOTICES = {
    name: make
    for name, make in vars(notices).items()
    if inspect.isfunction(make)
    and make.__module__ == notices.__name__
    and not name.startswith("_")
}
VALUES: dict[str, tuple[Any, ...]] = {
    "slow_down": (7,),
    "too_long": (6000, 2000),
    "link_alone": ("slack",),
    "not_allowed": (Role.EDITOR,),
    "unfit": (Unfit.TOO_LONG, 6000),
    "form_late": (Action.WRONG, "KEY", ""),
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", NOTICES)
def test_every_notice_is_a_short_card_without_a_quote(name, language):
    card = NOTICES[name](*VALUES.get(name, ()), language)

    assert card.title
    assert 1 <= len(card.blocks) <= 2
    assert card.quotes() == ()


@pytest.mark.parametrize("name", NOTICES)
def test_every_notice_is_found_where_all_words_are(name):
    assert getattr(replies, name) is NOTICES[name]


def test_waiting_is_told_in_whole_seconds_and_never_none():
    assert "in 1 second." in str(replies.slow_down(0))
    assert "in 5 seconds." in str(replies.slow_down(5))
