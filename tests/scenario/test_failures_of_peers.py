"""What other knowledge bots were seen to do wrong, one test for each; F1 to F13."""

from datetime import date
from typing import Any

import pytest

from bot import replies
from bot.conversation import resolve
from bot.records import answer_record
from knowledge.assembly import LibraryConfig, open_library
from knowledge.model import Actor, Answered, NoAnswer, Reason, Role, Step
from knowledge.passages import sentences
from knowledge.ports import Findings
from tests.evaluation.signals import known_to
from tests.fakes import FixedClock, WordEmbedder

ANA = Actor("terminal:ana", Role.ADMIN)
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def starter_set(tmp_path_factory):
    """The whole starter set, which no test of this module changes."""
    config = LibraryConfig(data=tmp_path_factory.mktemp("starter"))
    with open_library(config, clock=FixedClock(), embedder=WordEmbedder()) as library:
        yield library


@pytest.fixture
def library(tmp_path, ten_briefs):
    config = LibraryConfig(data=tmp_path, corpus=ten_briefs)
    with open_library(config, clock=FixedClock(), embedder=WordEmbedder()) as opened:
        yield opened


def added(library, identity, body, *, publish=True, **metadata):
    plain = {
        "title": "A page",
        "publisher": "The Paper",
        "url": "https://paper.example/page",
        "published_on": "2024-05-01",
        "kind": "press",
        "language": "en",
    }
    findings = Findings(origin=f"{identity}.txt", body=body, metadata={})
    overrides = {**plain, "id": identity, **metadata}
    return library.add(findings, overrides, ANA, publish=publish).document


def card_of(library, answer):
    return replies.answer(answer, library.vocabulary, TODAY)


def test_f1_a_question_on_one_firm_is_never_answered_with_another(starter_set):
    rows = [row for row in starter_set.coverage() if row.vendor and row.place]
    names = starter_set.vocabulary
    for row in rows[::4]:
        vendor, place = names.vendor_name(row.vendor), names.place_name(row.place, "en")
        answer = starter_set.ask(f"Is {vendor} used in {place}?", limit=10)
        if isinstance(answer, Answered):
            for evidence in answer.evidence:
                asked = answer.question.mentions
                assert set(asked.vendors) & set(evidence.passage.vendors), vendor
                inside = {p for a in asked.places for p in (a, *_within(names, a))}
                assert inside & set(evidence.passage.places), (vendor, place)


def _within(names, place):
    return [code for code in names.places if place in names.wider(code)]


def test_f2_a_passage_that_says_the_company_belongs_to_the_article_s_only_firm(library):
    added(
        library,
        "se-1",
        "PimEyes came to Sweden in 2019.\n\n"
        "The company gave police officers in Stockholm free trial access.",
    )
    answer = library.ask("Did PimEyes give the police in Sweden a free trial?")
    assert isinstance(answer, Answered)
    assert any("Stockholm" in evidence.text for evidence in answer.evidence)
    assert isinstance(library.ask("Did NSO give police in Sweden trials?"), NoAnswer)


def test_f3_a_number_on_the_card_is_that_of_the_passage_and_of_its_own_source(library):
    answer = library.ask("Is Clearview active in Italy?", limit=4)
    quotes = card_of(library, answer).quotes()
    assert [quote.number for quote in quotes] == list(range(1, len(quotes) + 1))
    for quote, evidence in zip(quotes, answer.evidence, strict=True):
        assert quote.text == evidence.text
        assert quote.sources[0].link == evidence.document.sources[0].url


@pytest.mark.parametrize("text", ["hello", "merci !", "thanks, bot", "¿?", "ok"])
def test_f4_no_source_stands_under_a_greeting(library, text):
    answer = library.ask(text)
    assert isinstance(answer, NoAnswer)
    assert answer.reason is Reason.NOT_A_QUESTION
    assert card_of(library, answer).quotes() == ()
    assert "http" not in str(card_of(library, answer))


@pytest.mark.parametrize(
    "text",
    [
        "What is the weather in Rome?",
        "Who won the football match in Italy yesterday?",
        "How do I cook carbonara?",
        "Quel est le meilleur restaurant de Paris ?",
        "What is the capital of France?",
    ],
)
def test_f5_what_nothing_held_is_about_is_refused(starter_set, text):
    assert isinstance(starter_set.ask(text), NoAnswer)


def test_f6_a_retracted_document_is_neither_quoted_nor_counted(library):
    before = library.ask("Is Clearview active in Greece?", limit=10)
    assert isinstance(before, Answered)
    for document in {e.document.id for e in before.evidence}:
        library.step(document, Step.RETRACT, ANA)
    after = library.ask("Is Clearview active in Greece?", limit=10)
    shown = after.evidence if isinstance(after, Answered) else ()
    assert not {e.document.id for e in shown} & {e.document.id for e in before.evidence}


def test_f7_a_draft_does_not_leak(library):
    added(library, "jp-1", "Police in Japan use PimEyes.", publish=False)
    answer = library.ask("Is PimEyes used in Japan?")
    assert isinstance(answer, NoAnswer)
    assert answer.coverage == ()


def test_f8_a_quote_is_one_piece_of_the_body_and_swallows_no_word(library):
    body = "PimEyes does not, the firm says, sell its search in Japan to any police."
    added(library, "jp-2", body)
    answer = library.ask("Is PimEyes used in Japan by police?")
    assert isinstance(answer, Answered)
    assert [evidence.text for evidence in answer.evidence] == [body]


def test_f9_a_quote_begins_and_ends_with_a_sentence(starter_set):
    answer = starter_set.ask("Is Clearview active in the United States?", limit=20)
    assert isinstance(answer, Answered)
    for evidence in answer.evidence:
        spans = sentences(evidence.document.body, evidence.document.language)
        assert evidence.quote.start in {span.start for span in spans}
        assert evidence.quote.end in {span.end for span in spans}


def test_f10_one_shared_word_is_no_evidence(library):
    added(library, "note", "It was fined. Yes.", title="Note")
    assert isinstance(library.ask("Was Zorbatech fined?"), NoAnswer)


def test_f11_the_link_opens_the_page_at_the_words(library):
    added(library, "jp-3", "Police in Japan use PimEyes.")
    record: Any = answer_record(library.ask("Is PimEyes used in Japan?"))
    (passage,) = record["passages"]
    assert passage["exact_link"].endswith(
        "#:~:text=Police%20in%20Japan%20use%20PimEyes."
    )


@pytest.mark.parametrize("text", ["lol", "good morning everyone", "grazie mille", "👍"])
def test_f12_chatter_gets_no_evidence(starter_set, text):
    assert isinstance(starter_set.ask(text), NoAnswer)


def test_f13_a_follow_up_is_understood_from_what_was_asked_before(library):
    earlier = ["Is Clearview active in Italy?"]
    meant = resolve(earlier, "et en Grèce ?", known_to(library))
    read = library.read(meant.text)
    assert read.mentions.vendors == ("clearview-ai",)
    assert read.mentions.places == ("GR",)


def following(library, first, then, language):
    """What is answered to the second of two questions."""
    meant = resolve([first], then, known_to(library))
    return library.ask(meant.text, language=language, follows=meant.follows)


@pytest.mark.parametrize(
    ("language", "first", "then", "document"),
    [
        ("en", "Who founded Clearview AI?", "in what year?", "cv-001"),
        ("de", "Wie viel Strafe bekam Clearview in Griechenland?", "wann?", "cv-044"),
        ("fr", "La CNIL a-t-elle sanctionné Clearview ?", "combien ?", "cv-046"),
    ],
)
def test_f13_a_detail_asked_for_later_is_found_where_the_matter_is_told(
    starter_set, language, first, then, document
):
    answered = following(starter_set, first, then, language)
    assert isinstance(answered, Answered)
    assert answered.evidence[0].document.id == document


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "Did Hungary buy Pegasus?", "which colour was the box?"),
        ("it", "Il Garante ha multato Clearview?", "in quante rate l'hanno pagata?"),
        ("nl", "Heeft de Finse politie Clearview getest?", "hoe heette de agent?"),
    ],
)
def test_f13_a_detail_that_is_not_held_is_not_answered_by_what_was_asked_before(
    starter_set, language, first, then
):
    assert isinstance(following(starter_set, first, then, language), NoAnswer)


def test_a_refusal_on_a_law_says_what_of_that_law_can_be_asked(starter_set):
    refused = starter_set.ask("What colour is the moon under the GDPR?", language="en")
    assert isinstance(refused, NoAnswer)
    offered = [q.text for q in refused.suggestions if q.language == "en"]
    assert offered
    assert all("GDPR" in text for text in offered)


def test_a_refusal_on_a_law_that_is_held_says_so_and_offers_what_is_nearest(
    starter_set,
):
    asked = "What does the AI Act say on the colour of facial recognition cameras?"
    refused = starter_set.ask(asked, language="en")
    assert isinstance(refused, NoAnswer)
    assert refused.reason is Reason.BELOW_THRESHOLD
    offered = [q.text for q in refused.suggestions if q.language == "en"]
    assert any("AI Act" in text for text in offered)
    nothing = starter_set.ask("What is the price of bread?", language="en")
    assert isinstance(nothing, NoAnswer)
    assert nothing.reason is Reason.NOTHING_HELD
