"""What a file and a person say of a document, and every way in which it can be wrong."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from knowledge.errors import InvalidMetadata
from knowledge.metadata import draft, identity, lacking
from knowledge.model import (
    Form,
    Kind,
    Link,
    Mention,
    MentionKind,
    Mentions,
    PartialDate,
    Relation,
    Source,
    Translation,
    Vetting,
)

TODAY = date(2026, 11, 24)
GIVEN = {
    "title": "A page",
    "kind": "press",
    "publisher": "The Paper",
    "url": "https://paper.example/page",
    "published_on": "2024-05-01",
    "language": "en",
}


@dataclass
class ThreeNames:
    """A vocabulary of two vendors and two places, each named by one word."""

    vendors: dict[str, str] = field(
        default_factory=lambda: {"clearview-ai": "Clearview", "pimeyes": "PimEyes"}
    )
    places: dict[str, str] = field(
        default_factory=lambda: {"IT": "Italy", "NO": "Norway", "AFRICA": "Africa"}
    )

    regions: tuple[str, ...] = ("AFRICA",)

    def vendor_name(self, vendor):
        return self.vendors[vendor]

    def mentions(self, text):
        found = []
        for kind, names in (
            (MentionKind.VENDOR, self.vendors),
            (MentionKind.PLACE, self.places),
        ):
            for identifier, word in names.items():
                at = text.find(word)
                if at >= 0:
                    found.append(Mention(kind, identifier, at, at + len(word)))
        return Mentions(tuple(found))


def english(text):
    return "en", 0.99


def filled(given=(), stated=(), *, body="A sentence.", origin="page.txt", **options):
    settings: dict[str, Any] = {
        "names": ThreeNames(),
        "today": TODAY,
        "detect": english,
    } | options
    return draft(origin, body, dict(stated), dict(given), **settings)


def problem(given=(), stated=(), **options):
    with pytest.raises(InvalidMetadata) as raised:
        filled(given, stated, **options)
    message = str(raised.value)
    assert "\n" not in message
    return message


# --- what comes out ----------------------------------------------------------------


def test_flags_alone_make_a_source_document():
    document = filled(GIVEN)
    assert document.form is Form.SOURCE
    assert document.kind is Kind.PRESS
    assert document.sources == (
        Source(
            title="A page",
            publisher="The Paper",
            url="https://paper.example/page",
            language="en",
            published_on=PartialDate(2024, 5, 1),
        ),
    )
    assert (document.id, document.revision, document.vetting) == (
        "page",
        0,
        Vetting.PERSON,
    )
    assert tuple(map(str, lacking(document))) == ()


def test_front_matter_alone_makes_a_brief():
    document = filled(
        stated={
            "id": "cv-018",
            "title": "On Italy",
            "form": "brief",
            "kind": "press",
            "language": "en",
            "vendors": ["clearview-ai"],
            "countries": ["IT"],
            "event_on": "2021-08",
            "vetting": "starter-set",
            "vetted_on": "2026-11-23",
            "sources": [
                {
                    "title": "Una pagina",
                    "publisher": "Il Giornale",
                    "url": "https://giornale.example/1",
                    "published_on": "2021-08-25",
                    "language": "it",
                }
            ],
        }
    )
    assert document.form is Form.BRIEF
    assert document.event_on == PartialDate(2021, 8)
    assert document.vetting is Vetting.STARTER_SET
    assert document.vetted_on == date(2026, 11, 23)
    assert document.sources[0].language == "it"


def test_a_flag_fills_what_the_front_matter_leaves_open():
    stated = {key: value for key, value in GIVEN.items() if key != "url"}
    assert filled({"url": GIVEN["url"]}, stated).sources == filled(GIVEN).sources


def test_a_flag_may_repeat_what_the_front_matter_says():
    assert filled({"kind": "Press", "published_on": date(2024, 5, 1)}, GIVEN)


def test_vendors_and_places_are_those_that_title_and_text_name():
    document = filled({**GIVEN, "title": "On Clearview"}, body="Italy and Norway.")
    assert document.vendors == ("clearview-ai",)
    assert document.places == ("IT", "NO")


def test_an_empty_list_in_front_matter_means_none():
    document = filled(stated={**GIVEN, "vendors": []}, body="On Clearview.")
    assert document.vendors == ()


def test_an_empty_list_of_flags_means_that_none_was_given():
    document = filled({**GIVEN, "vendors": []}, body="On Clearview.")
    assert document.vendors == ("clearview-ai",)


@pytest.mark.parametrize("value", ["pimeyes", "PimEyes"])
def test_a_vendor_may_be_given_by_id_or_by_name(value):
    assert filled({**GIVEN, "vendors": [value]}).vendors == ("pimeyes",)


@pytest.mark.parametrize("value", ["NO", "no", "Norway"])
def test_a_country_may_be_given_by_code_or_by_name(value):
    assert filled({**GIVEN, "countries": value}).places == ("NO",)


@pytest.mark.parametrize(
    ("origin", "identifier"),
    [
        ("/data/Clearview 22 pays.fr.txt", "clearview-22-pays-fr"),
        ("C:\\data\\Décision n° 12.md", "decision-n-12"),
        ("plain", "plain"),
    ],
)
def test_the_id_is_made_of_the_files_name(origin, identifier):
    assert identity(origin, {}, {}) == identifier


def test_a_given_id_goes_before_a_stated_one_before_the_files_name():
    assert identity("a.txt", {"id": "bb"}, {"id": "cc"}) == "cc"
    assert identity("a.txt", {"id": "bb"}, {"id": None}) == "bb"


def test_the_language_is_told_from_the_text():
    values = {**GIVEN, "language": None}
    assert filled(values, detect=lambda text: ("fr", 0.9)).language == "fr"


# --- later revisions ---------------------------------------------------------------


def test_a_later_revision_without_front_matter_stands_on_what_is_held():
    held = filled({**GIVEN, "event_on": "2024", "countries": ["IT"]})
    later = filled(held=held, body="Another sentence.")
    assert later == filled(
        {**GIVEN, "event_on": "2024", "countries": ["IT"]}, body="Another sentence."
    )


def test_a_flag_corrects_one_thing_of_what_is_held():
    held = filled(GIVEN)
    later = filled({"url": "https://paper.example/other"}, held=held)
    assert later.sources[0].url == "https://paper.example/other"
    assert later.sources[0].publisher == "The Paper"


def test_a_corrected_title_is_the_sources_title_too():
    later = filled({"title": "The page"}, held=filled(GIVEN))
    assert (later.title, later.sources[0].title) == ("The page", "The page")


def test_a_file_with_front_matter_is_whole_even_over_what_is_held():
    held = filled({**GIVEN, "event_on": "2024"})
    assert filled(stated=GIVEN, held=held).event_on is None


def test_a_flag_may_differ_from_the_file_of_a_later_revision():
    assert filled({"kind": "law"}, GIVEN, held=filled(GIVEN)).kind is Kind.LAW


# --- what is wrong -----------------------------------------------------------------


def test_every_problem_is_told_at_once():
    message = problem({"published_on": "May", "language": "xx", "colour": "red"})
    for word in (
        "title is missing",
        "kind is missing",
        "published_on:",
        "'xx'",
        "colour",
    ):
        assert word in message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": None}, "kind is missing: say --kind (law, court-ruling"),
        ({"kind": "gossip"}, "kind: 'gossip' is not one of law"),
        ({"form": "essay"}, "form: 'essay' is not one of source, brief"),
        ({"vetting": "dog"}, "vetting: 'dog' is not one of"),
        ({"language": "pl"}, "language: 'pl' is not supported; en, fr"),
        ({"published_on": "2024-13-01"}, "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"published_on": "2024-02-30"}, "published_on: '2024-02-30' is no date"),
        ({"published_on": "2026-12-01"}, "published_on 2026-12-01 lies in the future"),
        ({"event_on": "2027"}, "event_on 2027 lies in the future"),
        ({"event_on": "2024-05-02"}, "event_on 2024-05-02 is contradictory"),
        ({"vetted_on": "2027-01-01"}, "vetted_on 2027-01-01 lies in the future"),
        ({"vetted_on": "2026"}, "vetted_on: 2026 is no day"),
        ({"rechecked_on": "2027-01-01"}, "rechecked_on 2027-01-01 lies in the"),
        ({"url": "paper.example"}, "url: 'paper.example' is no web address"),
        ({"url": "ftp://paper.example"}, "write https://"),
        ({"url": "https://"}, "write https://"),
        ({"url": "https://[x/"}, "write https://"),
        ({"url": "https://a b.example/"}, "write https://"),
        ({"archived_url": "gone"}, "archived_url: 'gone' is no web address"),
        ({"vendors": ["clearveiw"]}, "did you mean clearview-ai?"),
        ({"vendors": ["zzz"]}, "known vendors include clearview-ai, pimeyes"),
        ({"countries": ["XX"]}, "country 'XX' is not known: give the two-letter code"),
        ({"countries": [False]}, "False is no text; put it in quotes"),
        ({"vendors": {"a": "b"}}, "vendors: write a list"),
        ({"title": "a\0b"}, "title: it is blank or has control characters"),
        ({"id": "No Good"}, "the id 'No Good' is not 2 to 80"),
        ({"id": "-a"}, "say --id"),
        ({"id": "a"}, "say --id"),
        ({"id": "a" * 81}, "say --id"),
        ({"status": "published"}, "the steps of review set it"),
        ({"vendor": ["x"]}, "did you mean vendors?"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_to_do(change, words):
    assert words in problem({**GIVEN, **change})


def test_a_date_that_is_today_in_the_east_is_not_in_the_future():
    assert filled({**GIVEN, "published_on": "2026-11-25"})


def test_an_event_of_the_sources_own_month_is_no_contradiction():
    assert filled({**GIVEN, "published_on": "2024-05", "event_on": "2024-05-30"})


def test_a_law_may_apply_long_after_it_was_printed():
    assert filled({**GIVEN, "kind": "law", "event_on": "2030-01-01"})


def test_an_event_is_measured_against_the_newest_source_of_all():
    sources = [
        {"title": "1", "publisher": "P", "url": "https://p.example/1"},
        {"title": "2", "publisher": "P", "url": "https://p.example/2"},
    ]
    stated = {**GIVEN, "event_on": "2024-06", "sources": sources}
    for key in ("publisher", "url", "published_on"):
        del stated[key]
    sources[0]["published_on"] = "2024-05"
    assert filled(stated=stated)  # the second has no date and may be newer
    sources[1]["published_on"] = "2024-05-30"
    assert "event_on 2024-06 is contradictory" in problem(stated=stated)


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("title", "Another"),
        ("kind", "law"),
        ("url", "https://other.example"),
        ("published_on", "2023"),
        ("language", "fr"),
        ("id", "other"),
    ],
)
def test_a_flag_that_contradicts_the_front_matter_is_refused(key, other):
    stated = {**GIVEN, "id": "page"}
    assert f"{key} is contradictory" in problem({key: other}, stated)


def test_a_flag_that_contradicts_a_listed_source_is_refused():
    listed = [{"title": "T", "publisher": "P", "url": "https://p.example"}]
    stated = {"title": "T", "kind": "press", "sources": listed}
    assert "url is contradictory: source 1 says" in problem(
        {"url": "https://q.example"}, stated
    )
    filling = filled({"published_on": "2020"}, stated)
    assert filling.sources[0].published_on == PartialDate(2020)


def test_a_shorthand_that_could_mean_several_sources_is_refused():
    listed = [
        {"title": "T", "publisher": "P", "url": f"https://{n}.example"} for n in "ab"
    ]
    stated = {"title": "T", "kind": "press", "sources": listed}
    assert "could mean any of the 2 sources" in problem(
        {"published_on": "2020"}, stated
    )


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("a page", "source 1: write title, publisher and url under it"),
        ({"title": "T", "publisher": "P"}, "source 1: url is missing"),
        ({"title": "T", "publisher": "P", "url": "x"}, "source 1, url: 'x' is no web"),
        ({"name": "T"}, "source 1: the key 'name' is not known"),
        (
            {
                "title": "T",
                "publisher": "P",
                "url": "https://p.example",
                "language": "?",
            },
            "source 1, language: '?' is no code",
        ),
    ],
)
def test_a_listed_source_that_cannot_be_used_is_named(entry, words):
    stated = {"title": "T", "kind": "press", "sources": [entry]}
    assert words in problem(stated=stated)


def test_a_language_that_cannot_be_told_is_asked_for():
    values = {**GIVEN, "language": None}
    unsure = problem(values, detect=lambda text: ("fr", 0.4))
    assert "language cannot be told from the text: say --language" in unsure
    foreign = problem(values, detect=lambda text: ("pl", 0.99))
    assert "seems to be 'pl'" in foreign


def test_a_draft_may_lack_what_only_publishing_asks_for():
    document = filled({"title": "T", "kind": "press"})
    assert tuple(map(str, lacking(document))) == (
        "publisher is missing: say --publisher",
        "url is missing: say --url",
        "a date is missing: say --published-on or --event-on",
    )


# --- links ----------------------------------------------------------------------------


def test_links_are_read_by_their_relation():
    made = filled(GIVEN, {"contradicts": ["cv-1", "cv-2"], "updates": "cv-3"})
    assert made.links == (
        Link(Relation.CONTRADICTS, "cv-1"),
        Link(Relation.CONTRADICTS, "cv-2"),
        Link(Relation.UPDATES, "cv-3"),
    )


def test_a_link_that_is_no_id_and_one_to_the_document_itself_are_refused():
    assert "'Nobody!' is not the id" in problem(GIVEN, {"updates": ["Nobody!"]})
    assert "links to itself" in problem(GIVEN, {"updates": ["page"]})


def test_a_law_is_of_countries_and_of_no_region():
    law = {**GIVEN, "kind": "law"}
    said = problem({**law, "countries": ["Africa"]})
    assert "AFRICA is a region, and has no law: say the countries" in said
    named = filled(law, body="Africa watches; Norway has this law.")
    assert named.places == ("NO",)
    assert filled({**GIVEN, "countries": ["Africa"]}).places == ("AFRICA",)


def test_a_law_may_be_without_any_date():
    undated = {k: v for k, v in GIVEN.items() if k != "published_on"}
    assert lacking(filled({**undated, "kind": "law"})) == ()
    assert any("date" in str(p) for p in lacking(filled(undated)))


# --- translations ---------------------------------------------------------------------

FRENCH = {**GIVEN, "language": "fr"}
MADE = {"language": "en", "by": "Ana Lopes", "text": "One sentence."}


def test_a_translation_by_a_named_person_is_read():
    made = filled(FRENCH, {"translations": [MADE]}, body="Une phrase.")
    assert made.translations == (Translation(**MADE),)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({**MADE, "by": ""}, "all have to be there"),
        ({**MADE, "language": "fr"}, "is the text's language"),
        ({**MADE, "text": "One.\n\nTwo."}, "has 2 paragraphs and the text has 1"),
        ({"language": "en", "text": "One."}, "write language, by, text under it"),
        ("a word", "write language, by, text under it"),
    ],
)
def test_a_translation_that_cannot_stand_beside_the_text_is_refused(entry, said):
    assert said in problem(FRENCH, {"translations": [entry]}, body="Une phrase.")
