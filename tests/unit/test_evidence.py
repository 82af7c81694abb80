from dataclasses import replace

import pytest

from knowledge.analysis import stems, tokens
from knowledge.evidence import Candidate, Demand, Sentence, demand, judge
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
)


def naming(**ids: list[str]) -> Mentions:
    return Mentions(
        tuple(
            Mention(MentionKind(kind), identity, 0, 1)
            for kind, found in ids.items()
            for identity in found
        )
    )


def asking(terms="", unknown=(), kind=QuestionKind.STATUS, **ids):
    return Question(
        text="?",
        language="en",
        kind=kind,
        mentions=naming(**ids),
        terms=tuple(terms.split()),
        unknown=unknown,
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
    sentence = Sentence(Span(0, len(text)), text, naming(**named), words)
    return Candidate(HeldPassage(held, document), (sentence,))


FINE = passage(
    "The Garante fined Clearview EUR 20 million.",
    vendors=("clearview-ai",),
    places=("IT",),
    vendor=["clearview-ai"],
    place=["IT"],
    concept=["fine"],
)


def test_a_passage_on_the_vendor_and_the_place_may_answer():
    verdict = judge(wanted(asking(vendor=["clearview-ai"], place=["IT"])), FINE)
    assert verdict is not None
    assert verdict.standing is Standing.DIRECT


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
    assert judge(wanted(asking(**subject, concept=["fine"])), FINE) is None


def test_what_is_asked_must_be_in_the_passage():
    subject = {"vendor": ["clearview-ai"], "place": ["IT"]}
    assert judge(wanted(asking(**subject, concept=["fine"])), FINE)
    assert judge(wanted(asking(**subject, concept=["employees"])), FINE) is None
    assert judge(wanted(asking("headquarters", **subject)), FINE) is None


def test_of_two_things_asked_both_must_be_there():
    subject = {"vendor": ["clearview-ai"], "place": ["IT"]}
    assert judge(wanted(asking("drones", **subject, concept=["fine"])), FINE) is None
    assert judge(wanted(asking("million", **subject, concept=["fine"])), FINE)


def test_a_word_counts_in_any_inflection():
    assert judge(wanted(asking("millions", vendor=["clearview-ai"])), FINE)


def test_a_name_that_the_passage_does_not_hold_is_another_subject():
    question = asking("zuckerberg million", ("Zuckerberg",), vendor=["clearview-ai"])
    assert judge(wanted(question), FINE) is None


def test_a_year_must_be_the_passages_own():
    subject = {"vendor": ["clearview-ai"], "place": ["IT"]}
    assert judge(wanted(asking(**subject, year=["2022"])), FINE)
    assert judge(wanted(asking(**subject, year=["2019"])), FINE) is None


def test_since_a_year_takes_later_ones():
    question = asking(vendor=["clearview-ai"], year=["2020"])
    later = replace(wanted(question), years={2020: True})
    assert judge(later, FINE)


def test_how_much_needs_a_figure():
    question = asking(
        kind=QuestionKind.HOW_MUCH, vendor=["clearview-ai"], concept=["fine"]
    )
    assert judge(wanted(question), FINE)
    wordy = passage(
        "The Garante fined Clearview heavily.",
        vendors=("clearview-ai",),
        concept=["fine"],
    )
    assert judge(wanted(question), wordy) is None


def test_without_a_subject_one_shared_word_is_no_answer():
    assert judge(wanted(asking("million")), FINE) is None
    assert judge(wanted(asking("capital", place=["IT"])), FINE) is None


def test_without_a_subject_a_full_match_may_answer():
    assert judge(wanted(asking("garante million", concept=["fine"])), FINE)


def test_a_place_alone_says_too_little():
    assert judge(wanted(asking(place=["IT"])), FINE) is None


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
    verdict = judge(wanted(question, frozenset({"EU", "COE"})), BAN)
    assert verdict is not None
    assert verdict.standing is Standing.WIDER_LAW


def test_a_law_is_no_evidence_where_law_is_not_asked_for():
    question = asking(vendor=["clearview-ai"], place=["IT"], concept=["ban"])
    assert judge(wanted(question, frozenset({"EU"})), BAN) is None


def test_a_law_of_a_place_elsewhere_never_stands():
    question = asking(kind=QuestionKind.LAW, place=["JP"], concept=["ban"])
    assert judge(wanted(question), BAN) is None


def test_a_score_does_not_depend_on_other_candidates():
    question = wanted(asking(vendor=["clearview-ai"], place=["IT"], concept=["fine"]))
    verdict = judge(question, FINE)
    assert verdict is not None
    assert 0.0 < verdict.score <= 1.0
    assert judge(question, FINE) == verdict
