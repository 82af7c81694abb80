"""What a reader is shown, through the library's front door, with real parts."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import (
    Actor,
    Answered,
    Form,
    Kind,
    NoAnswer,
    PartialDate,
    Reason,
    Relation,
    Role,
    Standing,
    Step,
)
from knowledge.ports import Findings
from tests.fakes import FixedClock, WordEmbedder

ANA = Actor("terminal:ana", Role.ADMIN)
ARTICLE = Path(__file__).parents[3] / "shared/samples/clearview-22-pays.fr.txt"


@pytest.fixture
def library(tmp_path, ten_briefs):
    config = LibraryConfig(data=tmp_path, corpus=ten_briefs)
    with open_library(config, clock=FixedClock(), embedder=WordEmbedder()) as opened:
        yield opened


def shown(library, text, **options):
    answer = library.ask(text, limit=10, **options)
    assert isinstance(answer, Answered), answer
    return answer.evidence


def refused(library, text):
    answer = library.ask(text)
    assert isinstance(answer, NoAnswer), [e.text for e in answer.evidence]
    return answer


def added(library, identity, body, **metadata):
    plain = {
        "title": "A page",
        "publisher": "The Paper",
        "url": "https://paper.example/page",
        "published_on": "2024-05-01",
        "kind": "press",
        "form": "source",
        "language": "en",
    }
    findings = Findings(origin=f"{identity}.txt", body=body, metadata={})
    overrides = {**plain, "id": identity, **metadata}
    return library.add(findings, overrides, ANA, publish=True).document


# --- what belongs together ----------------------------------------------------------


def test_an_answer_shows_the_company_s_statement_beside_what_it_contradicts(library):
    evidence = shown(library, "Is Clearview active in Italy?")
    police = next(e for e in evidence if e.document.id == "cv-018")
    (statement,) = (b for b in police.beside if b.document.id == "cv-009")
    assert statement.relation is Relation.CONTRADICTS
    assert statement.text in statement.document.body


def test_a_question_that_editors_wrote_down_is_answered_by_its_document_first(library):
    asked = "Who keeps the lights on at PimEyes?"
    refused(library, asked)
    added(
        library,
        "pimeyes-owner",
        "A trust in Dubai took PimEyes over.",
        vendors=["pimeyes"],
        wordings={"en": [asked]},
    )
    added(
        library,
        "pimeyes-lights",
        "Everyone who keeps PimEyes lights on at night was seen.",
        vendors=["pimeyes"],
    )
    for typed in (asked, "who keeps the lights on at PIMEYES"):
        assert shown(library, typed)[0].document.id == "pimeyes-owner"
    library.step("pimeyes-owner", Step.RETRACT, ANA, "A hoax.")
    answer = library.ask(asked)
    held = getattr(answer, "evidence", ())
    assert "pimeyes-owner" not in [e.document.id for e in held]


def test_of_a_long_document_not_all_passages_answer_what_was_written_down_for_it(
    library,
):
    asked = "Who keeps the lights on at PimEyes?"
    parts = ("A trust in Dubai took PimEyes over.", "PimEyes was sued in Illinois.")
    padding = "PimEyes is a search engine for faces, the paper wrote at length. " * 20
    added(
        library,
        "pimeyes-long",
        "\n\n".join(f"{part} {padding}" for part in parts),
        vendors=["pimeyes"],
        wordings={"en": [asked]},
    )
    assert len(shown(library, asked)) == 1


def test_what_no_longer_holds_is_shown_with_what_came_in_its_place(library):
    added(
        library, "se-fine", "Sweden fined PimEyes in March 2021.", vendors=["pimeyes"]
    )
    added(
        library,
        "se-annulled",
        "A Swedish court annulled the fine on PimEyes in May 2022.",
        supersedes=["se-fine"],
    )
    evidence = shown(library, "Was PimEyes fined in Sweden?")
    fine = next(e for e in evidence if e.document.id == "se-fine")
    assert [(b.relation, b.forward) for b in fine.beside] == [
        (Relation.SUPERSEDES, False)
    ]


def test_who_asks_about_a_city_is_not_told_of_another_where_something_names_it(library):
    rome, milan = (
        f"The police of {city} used Clearview in 2020." for city in ("Rome", "Milan")
    )
    added(library, "it-1", f"{rome}\n\n{milan}", vendors=["clearview-ai"])
    added(library, "it-2", rome, vendors=["clearview-ai"])
    for text in (
        "Did the police of Milan use Clearview?",
        "La polizia di Milan ha usato Clearview?",
    ):
        assert [e.text for e in shown(library, text)] == [milan], text


def test_the_other_side_of_another_country_stays_away(library):
    added(library, "list", "Police in Sweden and in Norway tried PimEyes.")
    added(
        library,
        "no-denial",
        "Police in Norway deny that they ever tried PimEyes.",
        contradicts=["list"],
    )
    (swedish,) = shown(library, "Is PimEyes used in Sweden?")
    assert swedish.beside == ()
    norwegian = shown(library, "Is PimEyes used in Norway?")
    assert any(e.beside for e in norwegian if e.document.id == "list")


def test_a_retracted_other_side_is_gone_at_once(library):
    library.step("cv-009", Step.RETRACT, ANA)
    for each in shown(library, "Is Clearview active in Italy?"):
        assert "cv-009" not in [b.document.id for b in each.beside]


# --- the flagship question ---------------------------------------------------------


def test_the_flagship_question_is_answered_from_the_starter_set(library):
    evidence = shown(library, "Is Clearview active in Italy?")
    for each in evidence:
        assert "clearview-ai" in each.passage.vendors
        assert "IT" in each.passage.places
        assert each.text == each.document.body[each.quote.start : each.quote.end]


def test_a_status_is_answered_newest_first(library):
    dates = [e.document.dated for e in shown(library, "Is Clearview active in Italy?")]
    assert dates == sorted(dates, reverse=True)


def test_an_old_newest_date_is_said(library):
    answer = library.ask("Is Clearview active in Italy?")
    assert answer.newest_event_on == PartialDate(2025, 4)
    assert answer.stale


@pytest.mark.parametrize(
    "text",
    [
        "Clearview est-elle active en Italie ?",
        "Clearview è attiva in Italia?",
        "Ist Clearview in Italien aktiv?",
        "¿Está Clearview activa en Italia?",
        "Is Clearview actief in Italië?",
        "A Clearview está ativa na Itália?",
        "is clearview active in italy",
        "CLEARVIEW ITALY?",
    ],
)
def test_the_flagship_question_is_answered_in_every_language(library, text):
    ids = {e.document.id for e in shown(library, text)}
    assert ids == {
        e.document.id for e in shown(library, "Is Clearview active in Italy?")
    }


def test_what_is_asked_narrows_what_is_shown(library):
    for each in shown(library, "Has Clearview been fined in Italy?"):
        assert "fine" in each.document.body


# --- refusals ----------------------------------------------------------------------


def test_a_country_that_is_not_held_is_refused_with_what_is_held(library):
    answer = refused(library, "Is Clearview active in Japan?")
    assert answer.reason is Reason.NOTHING_HELD
    held = {(row.vendor, row.place) for row in answer.coverage}
    assert ("clearview-ai", "IT") in held
    assert not [row for row in answer.coverage if row.place == "JP"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Is Paragon active in Italy?", Reason.NOTHING_HELD),
        ("Is FooCorp active in Italy?", Reason.UNKNOWN_SUBJECT),
        ("Is Clearview active in Wakanda?", Reason.UNKNOWN_SUBJECT),
        ("How many employees does Clearview have in Italy?", Reason.BELOW_THRESHOLD),
        ("Was Clearview fined in Italy in 2019?", Reason.BELOW_THRESHOLD),
        ("hello", Reason.NOT_A_QUESTION),
        ("", Reason.NOT_A_QUESTION),
        ("thank you!", Reason.NOT_A_QUESTION),
    ],
)
def test_what_is_not_held_is_refused(library, text, reason):
    assert refused(library, text).reason is reason


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "Who won the election in Italy?",
        "What is the weather in Rome?",
        "Tell me a joke",
        "Who founded Clearview in Greece?",
        "Does Clearview sell drones in Italy?",
        "Is PimEyes fined in Greece?",
        "What is the share price of Clearview in the Netherlands?",
    ],
)
def test_another_matter_is_refused(library, text):
    refused(library, text)


def test_a_greeting_gets_no_coverage(library):
    assert refused(library, "Hello!").coverage == ()


# --- a real article ----------------------------------------------------------------


@pytest.fixture
def with_article(library):
    if not ARTICLE.exists():
        pytest.skip(f"{ARTICLE.name} of the shared samples is not here")
    metadata = {
        "title": "Clearview vise 22 pays",
        "publisher": "Siècle Digital",
        "url": "https://siecledigital.example/clearview",
        "published_on": "2020-02-06",
        "kind": "press",
    }
    library.add(library.read_file(ARTICLE), metadata, ANA, publish=True)
    return library


SENTENCE = (
    "À notre échelle européenne, la carte nous permet de constater que l’Italie, la Grèce"
    " et les Pays-Bas travaillent, ou sont la cible d’une collaboration avec Clearview."
)


@pytest.mark.parametrize(
    "text",
    ["Is Clearview active in Italy?", "Clearview est-elle active en Italie ?"],
)
def test_a_french_article_is_quoted_word_for_word_on_italy(with_article, text):
    articles = [e for e in shown(with_article, text) if e.document.form is Form.SOURCE]
    assert [e.text for e in articles] == [SENTENCE]
    (article,) = articles
    assert article.document.language == "fr"
    assert article.document.kind is Kind.PRESS
    assert article.document.dated == PartialDate(2020, 2, 6)


def test_the_articles_other_countries_are_not_mixed_up(with_article):
    for each in shown(with_article, "Is Clearview active in Qatar?"):
        assert "Qatar" in each.text
    refused(with_article, "Is Clearview active in Japan?")


# --- laws 1 to 3 under change ------------------------------------------------------


def test_a_draft_is_never_shown(library):
    body = "In Japan the police of Tokyo used Clearview AI in May 2024."
    findings = Findings(origin="jp.txt", body=body, metadata={})
    library.add(
        findings,
        {
            "title": "Tokyo",
            "publisher": "P",
            "url": "https://p.example/a",
            "published_on": "2024-05-02",
            "kind": "press",
            "form": "source",
            "language": "en",
        },
        ANA,
        publish=False,
    )
    refused(library, "Is Clearview active in Japan?")


def test_a_retracted_passage_is_gone_at_once(library):
    added(library, "jp-1", "Police in Japan used Clearview AI in 2024.")
    assert shown(library, "Is Clearview active in Japan?")
    library.step("jp-1", Step.RETRACT, ANA, reason="the report was withdrawn")
    refused(library, "Is Clearview active in Japan?")


def test_a_retraction_works_while_the_indexes_still_hold_the_passage(library):
    added(library, "jp-1", "Police in Japan used Clearview AI in 2024.")
    assert shown(library, "Is Clearview active in Japan?")
    answering = library.answering
    question = library.read("Is Clearview active in Japan?")
    library.moderation.step("jp-1", Step.RETRACT, ANA, "withdrawn")
    held = {i for index in answering.retrieval.indexes for i in index.ids()}
    assert any(identity.startswith("jp-1@") for identity in held)
    assert isinstance(answering.answer(question, 3), NoAnswer)


def test_a_correction_replaces_the_quote(library):
    added(library, "jp-1", "Police in Japan used Clearview AI in 2024.")
    added(library, "jp-1", "Police in Japan tried Clearview AI once in 2024.")
    texts = [e.text for e in shown(library, "Is Clearview active in Japan?")]
    assert texts == ["Police in Japan tried Clearview AI once in 2024."]


def test_a_passage_that_names_no_firm_belongs_to_the_articles_only_firm(library):
    added(
        library,
        "se-1",
        "Clearview AI came to Sweden in 2019.\n\n"
        "The company gave police officers in Stockholm free trial access.",
    )
    texts = [e.text for e in shown(library, "Is Clearview used in Sweden?")]
    assert any("Stockholm" in text for text in texts)


def test_in_an_article_on_two_firms_a_nameless_passage_is_nobodys(library):
    added(
        library,
        "se-2",
        "PimEyes and Clearview AI both search faces.\n\n"
        "The company gave police officers in Stockholm free trial access.",
    )
    refused(library, "Is Clearview used in Sweden?")
    refused(library, "Is PimEyes used in Sweden?")


def test_a_wider_law_stands_apart_and_only_where_law_is_asked_for(library):
    added(
        library,
        "eu-ai-act-5",
        "Article 5 bans untargeted scraping of facial images from the internet.",
        form="brief",
        kind="law",
        countries=["EU"],
        vendors=[],
        event_on="2025-02-02",
        published_on="2024-07-12",
    )
    text = "Is scraping of facial images by Clearview against the law in Italy?"
    laws = [e for e in shown(library, text) if e.standing is Standing.WIDER_LAW]
    assert [e.document.id for e in laws] == ["eu-ai-act-5"]
    status = shown(library, "Is Clearview active in Italy?")
    assert "eu-ai-act-5" not in [e.document.id for e in status]


def test_a_question_on_a_region_is_answered_from_its_countries(library):
    added(library, "ke", "Police in Kenya used PimEyes in 2023.")
    added(library, "africa", "PimEyes was sold all over Africa.")
    for text in ("Has PimEyes been used in Africa?", "PimEyes in East Africa?"):
        assert "ke" in [e.document.id for e in shown(library, text)]
    assert [e.document.id for e in shown(library, "Is PimEyes used in Kenya?")] == [
        "ke"
    ]
    for text in ("Is PimEyes used in Nigeria?", "Is PimEyes used in South America?"):
        refused(library, text)


def test_a_refusal_on_a_region_says_what_is_held_on_its_countries(library):
    added(library, "ke", "Police in Kenya used PimEyes in 2023.")
    answer = refused(library, "How much did PimEyes cost in Africa?")
    assert answer.reason is Reason.BELOW_THRESHOLD
    assert ("pimeyes", "KE") in [(row.vendor, row.place) for row in answer.coverage]
    assert refused(library, "Is PimEyes used in Oceania?").reason is Reason.NOTHING_HELD


def test_no_law_holds_in_a_region_though_its_countries_have_some(library):
    law = "Article 5 bans untargeted scraping of facial images from the internet."
    plain = {"form": "brief", "kind": "law", "vendors": [], "event_on": "2025-02-02"}
    added(library, "eu-law", law, countries=["EU"], **plain)
    text = "Is scraping of facial images by Clearview against the law in the Balkans?"
    answer = library.ask(text, limit=10)
    evidence = answer.evidence if isinstance(answer, Answered) else ()
    assert "eu-law" not in [e.document.id for e in evidence]
    croatia = text.replace("the Balkans", "Croatia")
    assert "eu-law" in [e.document.id for e in shown(library, croatia)]


def test_the_stamp_of_the_starter_set_claims_no_person(library):
    (first, *_) = shown(library, "Is Clearview active in Italy?")
    assert first.document.vetting == "starter-set"
    library.step(first.document.id, Step.RECHECK, ANA)
    rechecked = library.document(first.document.id)
    assert rechecked.vetting == "person"
    assert rechecked.rechecked_on == date(2026, 11, 24)


# --- misspelt names ------------------------------------------------------------------


def test_a_misspelt_vendor_is_answered_for_and_said(library):
    answer = library.ask("Is Clearveiw active in Italy?", limit=10)
    assert isinstance(answer, Answered), answer
    assert {e.passage.vendors for e in answer.evidence} == {("clearview-ai",)}
    assert [(c.written, c.id) for c in answer.question.corrected] == [
        ("Clearveiw", "clearview-ai")
    ]


def test_a_name_that_is_near_to_none_is_refused_as_unknown(library):
    answer = refused(library, "Is Zorvexia active in Italy?")
    assert answer.reason is Reason.UNKNOWN_SUBJECT
    assert answer.question.corrected == ()


def test_a_name_that_a_passage_on_its_place_says_is_not_said_to_be_unknown(library):
    asked = "What fine did the Portuguese authority give Zorvexia?"
    assert refused(library, asked).reason is Reason.UNKNOWN_SUBJECT
    added(
        library,
        "pt-1",
        "A court in Lisbon did not let Zorvexia, a chain of shops, scan its customers.",
        countries=["PT"],
    )
    assert refused(library, asked).reason is Reason.BELOW_THRESHOLD


def test_where_a_product_is_from_is_asked_of_its_maker_and_not_of_the_place(library):
    what = "bought cameras for the rooms in which prosecutors listen in"
    added(library, "chinese", f"Italy {what}, of Hikvision.", vendors=["hikvision"])
    added(library, "american", f"Italy {what}, of Axon.", vendors=["axon"])
    added(library, "abroad", f"Serbia {what}, of Hikvision.", vendors=["hikvision"])
    asked = "Were {} cameras bought for prosecutors in {}?".format
    for of, place, document in (
        ("Chinese", "Italy", "chinese"),
        ("American", "Italy", "american"),
        ("Chinese", "Serbia", "abroad"),
    ):
        evidence = shown(library, asked(of, place))
        assert [each.document.id for each in evidence] == [document]
    refused(library, asked("Israeli", "Italy"))
    refused(library, asked("American", "Serbia"))


def test_of_two_countries_at_once_a_passage_on_both_is_shown_and_not_one_on_either(
    library,
):
    plain = {"vendors": ["nso-group"], "form": "brief"}
    paid = "The United States paid for Pegasus of NSO Group in Colombia."
    added(library, "both", paid, countries=["US", "CO"], **plain)
    listed = "The United States listed NSO Group."
    added(library, "one", listed, countries=["US"], **plain)
    evidence = shown(library, "Did the United States pay for Colombia's Pegasus?")
    assert [each.document.id for each in evidence] == ["both"]
    evidence = shown(library, "Pegasus in Colombia or the United States?")
    assert {each.document.id for each in evidence} == {"both", "one"}
    refused(library, "Did the United States pay for Peru's Pegasus?")


def test_somebody_from_a_country_is_found_where_the_passage_says_so(library):
    hacked = "was hacked with Pegasus of NSO Group in Berlin"
    said = {"vendors": ["nso-group"], "countries": ["DE"]}
    added(library, "russian", f"A Russian journalist {hacked}.", **said)
    evidence = shown(library, "Was a Russian journalist hacked with Pegasus?")
    assert [each.document.id for each in evidence] == ["russian"]
    refused(library, "Was a French journalist hacked with Pegasus?")
    refused(library, "Was a journalist hacked with Pegasus in Russia?")


def test_an_article_is_not_on_the_country_that_a_company_is_from(library):
    body = "Police of Serbia used the tools of the Israeli company Cellebrite."
    added(library, "serbia", body, vendors=["cellebrite"])
    evidence = shown(library, "Is Cellebrite used by police in Serbia?")
    assert [each.document.id for each in evidence] == ["serbia"]
    refused(library, "Is Cellebrite used by police in Israel?")


def test_last_year_is_reckoned_from_the_library_s_clock(library):
    question = library.read("Was Clearview fined last year?")
    assert [(s.first, s.last) for s in question.years] == [(2025, 2025)]


# --- slips of the finger in ordinary words --------------------------------------------


def test_a_slip_in_an_ordinary_word_changes_nothing_but_what_is_understood(library):
    meant = library.ask("How high was the fine on Clearview in Italy?")
    slipped = library.ask("How hgih was the fnie on Clearview in Italy?")
    assert isinstance(meant, Answered)
    assert isinstance(slipped, Answered)
    assert [e.passage.id for e in slipped.evidence] == [
        e.passage.id for e in meant.evidence
    ]


def test_a_word_of_a_document_that_no_list_has_is_no_slip(library):
    text = "Who is the contrackt with in Italy?"
    assert library.read(text).text == "Who is the contract with in Italy?"
    added(library, "odd", "Clearview's contrackt in Italy is an artwork of Ms Rossi.")
    library.refresh()
    assert library.read(text).text == text
