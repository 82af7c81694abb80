"""The laws of evidence: what may answer a question at all."""

from dataclasses import replace

import pytest

from knowledge.analysis import stems, tokens
from knowledge.demands import Demand, demand
from knowledge.evidence import Candidate, Sentence, admit, worth
from knowledge.model import (
    Document,
    Form,
    HeldPassage,
    Kind,
    Mention,
    MentionKind,
    Mentions,
    PartialDate,
    Passage,
    Question,
    QuestionKind,
    Source,
    Span,
    Standing,
    YearSpan,
)


def naming(**ids: list[str]) -> Mentions:
    return Mentions(
        tuple(
            Mention(MentionKind(kind), identity, 0, 1)
            for kind, found in ids.items()
            for identity in found
        )
    )


def asking(
    terms="",
    unknown=(),
    kind=QuestionKind.STATUS,
    *,
    names=(),
    years=(),
    law=False,
    **ids,
):
    return Question(
        text="?",
        language="en",
        kind=kind,
        mentions=naming(**ids),
        terms=tuple(terms.split()),
        unknown=unknown,
        names=names,
        years=years,
        law=law,
    )


def wanted(question: Question, law_places: frozenset[str] = frozenset()) -> Demand:
    places = frozenset(question.mentions.places)
    return demand(
        question,
        places=places,
        law_places=law_places | places,
        light=frozenset({"use"}),
    )


def passage(text: str, kind=Kind.PRESS, vendors=(), places=(), **named: list[str]):
    document = Document(
        id="d",
        title="t",
        body=text,
        form=Form.BRIEF,
        kind=kind,
        language="en",
        sources=(
            Source(title="t", publisher="p", url="https://p.example", language="en"),
        ),
        event_on=PartialDate(2022, 2),
    )
    held = Passage(
        document="d",
        revision=1,
        start=0,
        end=len(text),
        text=text,
        locator="¶1",
        language="en",
        vendors=vendors,
        places=places,
    )
    words = frozenset(stems(text, "en")) | {token.folded for token in tokens(text)}
    span = Span(0, len(text))
    sentence = Sentence(span, text, "en", words, lambda _: naming(**named))
    title = Sentence(Span(0, 0), "t", "en", frozenset({"t"}), lambda _: naming())
    return Candidate(HeldPassage(held, document), (sentence,), title)


FINE = passage(
    "The Garante fined Clearview EUR 20 million.",
    vendors=("clearview-ai",),
    places=("IT",),
    vendor=["clearview-ai"],
    place=["IT"],
    concept=["fine"],
)


def test_a_passage_on_the_vendor_and_the_place_may_answer():
    asked = wanted(asking(vendor=["clearview-ai"], place=["IT"]))
    assert admit(asked, FINE) is Standing.DIRECT


@pytest.mark.parametrize(
    "subject",
    [
        {"vendor": ["pimeyes"], "place": ["IT"]},
        {"vendor": ["clearview-ai"], "place": ["JP"]},
        {"vendor": ["pimeyes"]},
        {"place": ["JP"]},
    ],
)
def test_a_passage_on_another_vendor_or_place_never_answers(subject):
    assert admit(wanted(asking(**subject, concept=["fine"])), FINE) is None


def test_a_name_that_nobody_knows_is_another_subject_where_no_vendor_is_named():
    question = asking("foocorp million", ("FooCorp",), place=["IT"])
    assert admit(wanted(question), FINE) is None
    question = asking("foocorp million", ("FooCorp",), vendor=["clearview-ai"])
    assert admit(wanted(question), FINE)


def test_a_year_must_be_the_passages_own():
    subject = {"vendor": ["clearview-ai"], "place": ["IT"]}
    assert admit(wanted(asking(**subject, years=(YearSpan(2022, 2022),))), FINE)
    other = asking(**subject, years=(YearSpan(2019, 2019),))
    assert admit(wanted(other), FINE) is None


def test_a_span_of_years_in_the_passage_is_on_each_of_them():
    told = passage(
        "Clearview was tried between May 2017 and April 2019.",
        vendors=["clearview-ai"],
        vendor=["clearview-ai"],
    )
    for year, fits in ((2016, False), (2017, True), (2018, True), (2020, False)):
        asked = asking(vendor=["clearview-ai"], years=(YearSpan(year, year),))
        assert (admit(wanted(asked), told) is not None) is fits


def test_how_long_may_be_answered_without_a_figure():
    subject = {"vendor": ["clearview-ai"], "kind": QuestionKind.HOW_MUCH}
    told = passage(
        "Clearview keeps images until they are no longer needed.",
        vendors=["clearview-ai"],
        vendor=["clearview-ai"],
    )
    assert admit(wanted(asking(**subject, concept=["duration"])), told)
    assert admit(wanted(asking(**subject, concept=["fine"])), told) is None


def test_since_a_year_takes_later_ones():
    question = asking(vendor=["clearview-ai"], years=(YearSpan(2020),))
    assert admit(wanted(question), FINE)
    question = asking(vendor=["clearview-ai"], years=(YearSpan(2023),))
    assert admit(wanted(question), FINE) is None


def test_before_a_year_takes_earlier_ones_only():
    question = asking(vendor=["clearview-ai"], years=(YearSpan(None, 2022),))
    assert admit(wanted(question), FINE)
    question = asking(vendor=["clearview-ai"], years=(YearSpan(None, 2021),))
    assert admit(wanted(question), FINE) is None


def test_of_several_spans_one_is_enough():
    spans = (YearSpan(2019, 2019), YearSpan(2021, 2023))
    assert admit(wanted(asking(vendor=["clearview-ai"], years=spans)), FINE)


def test_a_person_who_is_asked_about_must_be_in_the_passage():
    question = asking("velsing", place=["IT"], names=("Velsing",))
    assert admit(wanted(question), FINE) is None


def test_law_counts_where_a_question_names_it_whatever_it_asks():
    question = asking(kind=QuestionKind.WHEN, place=["IT"], concept=["ban"], law=True)
    assert admit(wanted(question, frozenset({"EU"})), BAN) is Standing.WIDER_LAW


def test_how_much_needs_a_figure():
    question = asking(
        kind=QuestionKind.HOW_MUCH, vendor=["clearview-ai"], concept=["fine"]
    )
    assert admit(wanted(question), FINE)
    for wordy in (
        "The Garante fined Clearview heavily.",
        "On 10 February 2022 the Garante fined Clearview under Article 83 GDPR.",
    ):
        vague = passage(wordy, vendors=("clearview-ai",), concept=["fine"])
        assert admit(wanted(question), vague) is None


def test_the_sentence_that_holds_what_is_asked_is_worth_most():
    text, stems_of_it = "It has appealed.", frozenset({"appeal"})
    other = Sentence(Span(44, 60), text, "en", stems_of_it, lambda _: naming())
    two = replace(FINE, sentences=(*FINE.sentences, other))
    asked = wanted(asking(vendor=["clearview-ai"], concept=["fine"]))
    assert worth(asked, two)[0] > worth(asked, two)[1]


BAN = passage(
    "Untargeted scraping of facial images is banned.",
    kind=Kind.LAW,
    places=("EU",),
    concept=["ban", "law"],
)


def test_a_law_of_the_wider_place_stands_as_law_where_law_is_asked_for():
    question = asking(
        kind=QuestionKind.LAW, vendor=["clearview-ai"], place=["IT"], concept=["ban"]
    )
    asked = wanted(question, frozenset({"EU", "COE"}))
    assert admit(asked, BAN) is Standing.WIDER_LAW


def test_a_law_is_no_evidence_where_law_is_not_asked_for():
    question = asking(vendor=["clearview-ai"], place=["IT"], concept=["ban"])
    assert admit(wanted(question, frozenset({"EU"})), BAN) is None


def test_a_law_of_a_place_elsewhere_never_stands():
    question = asking(kind=QuestionKind.LAW, place=["JP"], concept=["ban"])
    assert admit(wanted(question), BAN) is None


@pytest.mark.parametrize(
    ("concepts", "admitted"),
    [
        (["facial-recognition"], False),
        (["spyware"], True),
        (["facial-recognition", "spyware"], True),
        (["personal-data"], True),
    ],
)
def test_a_law_on_another_technology_is_not_law_that_applies(concepts, admitted):
    held = replace(BAN.held, passage=replace(BAN.held.passage, concepts=concepts))
    asked = replace(
        wanted(asking(vendor=["nso-group"], place=["PL"], law=True), frozenset({"EU"})),
        matter=frozenset({"spyware", "interception"}),
        foreign=frozenset({"facial-recognition"}),
    )
    assert bool(admit(asked, replace(BAN, held=held))) is admitted


def test_where_law_on_a_technology_is_asked_for_any_law_that_names_it_answers():
    question = asking(
        kind=QuestionKind.LAW, place=["IT"], concept=["facial-recognition"]
    )
    asked = demand(
        question,
        places=frozenset({"IT"}),
        law_places=frozenset({"IT", "EU"}),
        light=frozenset(),
        matter=frozenset({"facial-recognition", "scraping"}),
        foreign=frozenset({"spyware"}),
    )

    def about(*concepts):
        passage = replace(BAN.held.passage, concepts=concepts)
        return replace(BAN, held=replace(BAN.held, passage=passage))

    assert admit(asked, about("scraping")) is Standing.WIDER_LAW
    assert admit(asked, about("personal-data")) is None
    assert admit(asked, about("spyware")) is None


# --- what an answer has to say ----------------------------------------------------------


def test_a_passage_that_does_not_say_what_has_to_be_said_is_no_answer():
    needed = replace(wanted(asking(vendor=["clearview-ai"])), said=frozenset({"fine"}))
    assert admit(needed, FINE) is Standing.DIRECT
    assert admit(replace(needed, said=frozenset({"insolvency"})), FINE) is None
