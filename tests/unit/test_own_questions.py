"""The questions that a document answers: which passage, how like the one asked."""

from dataclasses import replace

import pytest

from knowledge.evidence import OwnRead
from knowledge.judging import MOST_COMPARED, compared, is_as_wide
from knowledge.likeness import Likeness, alike, likeness, nearest
from knowledge.metadata.merging import Merging
from knowledge.metadata.own_questions import read_own_questions, read_wordings
from knowledge.model import HeldPassage, OwnQuestion, QuestionKind
from knowledge.own_questions import OFFERED, answered_by, readable
from knowledge.own_questions.flaws import LONGEST, MOST, Flaw, flaws
from knowledge.own_questions.lines import (
    after_a_form,
    in_a_form,
    line_of,
    read_lines,
)
from tests.unit.test_evidence import FINE, asking, wanted

ON_CLEARVIEW = {"vendor": ["clearview-ai"], "place": ["IT"]}


def own(
    text="How high was the fine on Clearview in Italy?",
    terms="high",
    *,
    language="en",
    kind=QuestionKind.HOW_MUCH,
    vendors=("clearview-ai",),
    places=("IT",),
    concepts=("fine",),
):
    return OwnRead(
        text=text,
        language=language,
        kind=kind,
        vendors=frozenset(vendors),
        places=frozenset(places),
        concepts=frozenset(concepts),
        light=frozenset(concepts) & {"use"},
        forms=tuple(form for term in terms.split() for form in (term, term)),
    )


# --- which passage answers them ---------------------------------------------------------


BODY = "The Garante fined Clearview in 2022.\n\nGreece fined it as well, in July."


def with_body(start, end, *questions):
    held = FINE.held
    document = replace(held.document, body=BODY, questions=questions)
    text = BODY[start:end]
    passage = replace(held.passage, start=start, end=end, text=text)
    return HeldPassage(passage, document)


ITALY = OwnQuestion("en", "Did the Garante fine Clearview?")
GREECE = OwnQuestion("en", "When did Greece fine it in July?")
FOREIGN = OwnQuestion("de", "Wer verhängte Bußgelder?")


def test_a_passage_that_is_the_whole_text_answers_all_of_them():
    whole = with_body(0, len(BODY), ITALY, GREECE, FOREIGN)
    assert answered_by(whole) == (ITALY, GREECE, FOREIGN)


def test_each_goes_with_the_passage_that_holds_its_words():
    split = BODY.index("\n\n")
    first = with_body(0, split, ITALY, GREECE, FOREIGN)
    second = with_body(split + 2, len(BODY), ITALY, GREECE, FOREIGN)
    assert ITALY in answered_by(first)
    assert GREECE not in answered_by(first)
    assert GREECE in answered_by(second)
    assert ITALY not in answered_by(second)


def test_one_that_shares_no_word_goes_with_every_passage():
    split = BODY.index("\n\n")
    assert FOREIGN in answered_by(with_body(0, split, ITALY, FOREIGN))
    assert FOREIGN in answered_by(with_body(split + 2, len(BODY), ITALY, FOREIGN))


@pytest.mark.parametrize(
    ("language", "reads", "expected"),
    [
        ("en", {"en"}, [ITALY]),
        ("de", {"en", "de"}, [FOREIGN]),
        ("fr", {"de"}, [FOREIGN]),
        ("en", {"pt"}, []),
    ],
)
def test_a_model_gets_them_in_one_language_that_it_reads(language, reads, expected):
    found = readable((ITALY, FOREIGN), language, frozenset(reads))
    assert list(found) == expected


# --- how like the one asked --------------------------------------------------------------


def test_a_question_is_most_like_itself():
    asked = wanted(asking("high", kind=QuestionKind.HOW_MUCH, concept=["fine"]))
    assert alike(asked.units, own()) == 1.0
    assert likeness(asked, [own()]) == Likeness(1.0, 1.0, 1.0)


def test_what_is_asked_and_not_in_it_makes_them_unlike():
    asked = wanted(asking("high paid lawyer", concept=["fine"]))
    assert alike(asked.units, own()) == pytest.approx(0.5)


def test_what_only_it_asks_counts_for_less():
    asked = wanted(asking(concept=["fine"]))
    assert alike(asked.units, own()) == pytest.approx(1 / 1.5)


def test_a_light_concept_counts_little():
    light = own(terms="", concepts=("use", "fine"))
    asked = wanted(asking(concept=["use"]))
    assert alike(asked.units, light) == pytest.approx(0.25 / 0.75)


def test_one_on_another_vendor_or_place_counts_nothing():
    asked = wanted(asking("high", concept=["fine"], **ON_CLEARVIEW))
    for elsewhere in (own(vendors=("nso-group",)), own(places=("GR",))):
        assert likeness(asked, [elsewhere]) == Likeness()


def test_the_kind_of_question_is_told_apart():
    asked = wanted(asking("high", kind=QuestionKind.WHEN, concept=["fine"]))
    assert likeness(asked, [own()]).kind == 0.0
    assert likeness(asked, [own(), own(kind=QuestionKind.WHEN)]).kind == 1.0


def answering(*read):
    """A passage of a document that has these questions."""
    questions = tuple(OwnQuestion(each.language, each.text) for each in read)
    document = replace(FINE.held.document, questions=questions)
    return replace(FINE, held=replace(FINE.held, document=document), own=read)


def test_the_nearest_of_each_passage_is_proposed_in_the_readers_language():
    near = answering(own(), own("Was it fined?", ""), own("¿Cuánto?", language="es"))
    far = answering(own("What is Clearview?", "", concepts=()))
    asked = wanted(asking("high", concept=["fine"]))
    said = [q.text for q in nearest(asked, [far, near], "en")]
    assert said == [near.own[0].text, far.own[0].text]
    assert [q.text for q in nearest(asked, [far, near], "es")] == ["¿Cuánto?"]


def test_only_the_first_questions_of_a_document_are_proposed():
    first = [own(f"Question {n}?", "low") for n in range(OFFERED)]
    asked = wanted(asking("high", concept=["fine"]))
    (said,) = nearest(asked, [answering(*first, own("fine how high?"))], "en")
    assert said.text in {question.text for question in first}


def test_a_judge_compares_the_likest_in_the_askers_language_else_in_english():
    many = [own(f"Question {n}?", "high" if n == 3 else "low") for n in range(20)]
    found = replace(FINE, own=(*many, own("Combien ?", language="fr")))
    asked = wanted(asking("high", concept=["fine"]))
    assert [q.text for q in compared(asked, found, "fr")] == ["Combien ?"]
    english = compared(asked, found, "de")
    assert english[0].text == "Question 3?"
    assert len(english) == MOST_COMPARED


def test_a_judge_compares_those_in_readers_words_too():
    found = replace(
        FINE, own=(own("How high?", "low"),), worded=(own("fine how high"),)
    )
    asked = wanted(asking("high", concept=["fine"]))
    said = [q.text for q in compared(asked, found, "en")]
    assert said == ["fine how high", "How high?"]


@pytest.mark.parametrize(
    ("vendors", "places", "expected"),
    [
        (("clearview-ai",), ("IT",), True),
        ((), (), True),
        (("clearview-ai",), ("GR",), False),
        (("paragon",), (), False),
    ],
)
def test_a_question_that_names_more_than_was_asked_about_is_narrower(
    vendors, places, expected
):
    question = asking("high", concept=["fine"], **ON_CLEARVIEW)
    assert is_as_wide(own(vendors=vendors, places=places), question) is expected


# --- as they are written -----------------------------------------------------------------


def read(stated, base=None):
    said = {"questions": stated} if stated is not None else {}
    merging = Merging(said, {}, base)
    return read_own_questions(merging, "en"), merging.problems


def test_they_are_lists_by_language_each_question_once():
    found, problems = read({"en": ["A?", " A? ", "B\n?"], "fr": ["A ?"]})
    assert not problems
    assert [(q.language, q.text) for q in found] == [
        ("en", "A?"),
        ("en", "B ?"),
        ("fr", "A ?"),
    ]


def test_a_bare_list_is_in_the_documents_language():
    found, _ = read(["A?"])
    assert found == (OwnQuestion("en", "A?"),)


@pytest.mark.parametrize(
    "stated",
    ["A?", {"xx": ["A?"]}, {"en": "A?"}, {"en": [3]}, {"en": ["A" * (LONGEST + 1)]}],
)
def test_what_cannot_be_read_is_told(stated):
    found, problems = read(stated)
    assert found == ()
    assert len(problems) == 1


def test_those_held_stay_where_nothing_is_said():
    document = replace(FINE.held.document, questions=(ITALY,))
    assert read(None, document) == ((ITALY,), [])


def test_to_those_of_a_file_those_given_are_added_each_once():
    said = {"questions": {"en": ["A?"], "fr": ["B ?"]}}
    merging = Merging(said, {"questions": {"en": ["A?", "C?"]}}, None)
    found = read_own_questions(merging, "en")
    assert [(q.language, q.text) for q in found] == [
        ("en", "A?"),
        ("fr", "B ?"),
        ("en", "C?"),
    ]


def test_what_a_file_has_had_before_is_read_all_the_same():
    found, problems = read({"en": ["Clearview was fined."]})
    assert (found, problems) == ((OwnQuestion("en", "Clearview was fined."),), [])


def test_an_empty_mapping_that_is_given_takes_those_held_away():
    document = replace(FINE.held.document, questions=(ITALY,))
    assert read_own_questions(Merging({}, {"questions": {}}, document), "en") == ()


def test_those_in_readers_words_need_no_question_mark_and_stay_like_the_others():
    given = {"wordings": {"en": ["clearview fine italy"]}}
    found = read_wordings(Merging({}, given, None), "en")
    assert found == (OwnQuestion("en", "clearview fine italy"),)
    document = replace(FINE.held.document, wordings=found)
    assert read_wordings(Merging({}, {"title": "Fine"}, document), "en") == found
    assert read_wordings(Merging({"title": "Fine"}, {}, document), "en") == ()


def test_what_a_person_gives_and_is_no_question_is_named_with_what_to_do():
    given = {"questions": {"en": ["Clearview was fined."]}}
    merging = Merging({}, given, None)
    assert read_own_questions(merging, "en") == ()
    assert merging.problems == [
        "questions in en: Clearview was fined. is no question: end it with a question mark"
    ]


# --- as somebody writes them in a form ---------------------------------------------------


def test_a_line_is_in_the_language_of_its_words_or_in_the_one_that_it_begins_with():
    written = """Is Clearview active in Italy?

    Chi  ha multato Clearview?
    IT : Clearview Italia?
    pt:
    Clearview Europe?
    Chi ha multato Clearview?"""
    assert [(q.language, q.text) for q in read_lines(written, "de")] == [
        ("en", "Is Clearview active in Italy?"),
        ("it", "Chi ha multato Clearview?"),
        ("it", "Clearview Italia?"),
        ("de", "Clearview Europe?"),
    ]


@pytest.mark.parametrize("language", ["en", "it", ""])
def test_what_a_form_shows_and_is_sent_untouched_is_the_same(language):
    held = (
        OwnQuestion("en", "Is Clearview active in Italy?"),
        OwnQuestion("it", "Clearview Italia?"),
        OwnQuestion("fr", "Clearview ?"),
        OwnQuestion("en", "it: that?"),
    )
    lines = "\n".join(line_of(q, language) for q in in_a_form(held, language))
    assert set(after_a_form(held, lines, language)) == set(held)


def test_those_that_a_form_has_no_room_for_stay_and_the_documents_language_comes_first():
    french = [OwnQuestion("fr", f"Qui a {n} fois payé ?" * 8) for n in range(30)]
    held = (*french, OwnQuestion("en", "Who paid?"))
    shown = in_a_form(held, "en")
    assert shown[0].text == "Who paid?"
    assert 1 < len(shown) < len(held)
    left = after_a_form(held, "Who did not pay?", "en")
    assert left[0].text == "Who did not pay?"
    assert set(left[1:]) == set(held) - set(shown)


def test_what_keeps_a_question_from_being_taken_is_said_of_each():
    asked = [
        OwnQuestion("en", "Clearview was fined."),
        OwnQuestion("en", "?!?"),
        OwnQuestion("en", "Who " * 100 + "?"),
        *(OwnQuestion("en", f"Who paid {n}?") for n in range(MOST + 1)),
    ]
    assert [flaw for _, flaw in flaws(asked)] == [
        Flaw.NO_QUESTION,
        Flaw.NO_QUESTION,
        Flaw.TOO_LONG,
        Flaw.TOO_MANY,
    ]
