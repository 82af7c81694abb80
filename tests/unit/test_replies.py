"""What a reader sees: the cards, drawn on a terminal of 88 columns without colour."""

import re
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot import replies, terminal
from bot.cards import Card, CoverageList, Quote, Section, Suggestions
from bot.replies import error_line
from knowledge.errors import QuestionTooLong, QuisError, UnknownDocument
from knowledge.model import (
    Answered,
    Correction,
    Form,
    Kind,
    MentionKind,
    NoAnswer,
    PartialDate,
    Reason,
    Relation,
    Standing,
    Vetting,
)
from tests.answers import (
    GARANTE,
    GDPR,
    IRPI,
    NAMES,
    answer,
    asked,
    beside,
    evidence,
    held,
    source,
)

TODAY = date(2026, 11, 24)

HELD = (
    held("clearview-ai", "US", "2026-02", law=2, press=17),
    held("clearview-ai", "NL", "2025-04-03", press=2, regulator_decision=1),
    held("clearview-ai", None, None, research=1),
    held("nec", "JP", "2024-05-02", procurement=1, press=1),
)


def drawn(card: Card, width: int = 88) -> str:
    file = StringIO()
    terminal.render(card, Console(file=file, width=width))
    return file.getvalue().rstrip("\n")


def shown(given: Answered | NoAnswer, **options: Any) -> Card:
    return replies.answer(given, NAMES, TODAY, **options)


def seen(given: Answered | NoAnswer, **options: Any) -> str:
    return drawn(shown(given, **options))


def refusal(reason: Reason, *, coverage=HELD, **question: Any) -> NoAnswer:
    return NoAnswer(question=asked(**question), reason=reason, coverage=coverage)


# --- answers -----------------------------------------------------------------------


def test_an_answer_reads_like_this():
    assert (
        seen(answer(IRPI, GARANTE, GDPR, more=2))
        == """\
Clearview AI · Italy                           newest first · 3 of 5 passages, 3 origins
────────────────────────────────────────────────────────────────────────────────────────

1  PRESS · Apr 2025 · IrpiMedia (Italian)                              ⚠ over a year old
   “IrpiMedia reported in April 2025 that the Italian Garante had been trying in vain
   for three years to serve its EUR 20 million fine on Clearview.”
   Editors’ brief · starter set, checked against an excerpt of the cited page, 23 Nov
   2026 · ¶1
   https://example.org/a

2  REGULATOR’S DECISION · 10 Feb 2022 · Garante (Italian)              ⚠ over a year old
   “The Italian Garante, by order no. 50 of 10 February 2022, fined Clearview.”
   Editors’ brief · starter set, checked against an excerpt of the cited page, 23 Nov
   2026 · ¶1
   https://example.org/order
   archived copy: https://a.example/1
   also cited: Clearview (English) · Mar 2022
   https://example.org/position

Law that applies: European Union

3  LAW · 27 Apr 2016 · Official Journal of the European Union (English)
   “Processing of biometric data shall be prohibited.”
   Source’s own words · starter set, checked against an excerpt of the cited page, 23
   Nov 2026 · Art. 9(1)
   https://example.org/gdpr
   exact words: https://example.org/gdpr#:~:text=Processing%20of%20biometric%20data%20shall%20be%20prohibited.

2 more passages are held on this.

What is held ends in April 2025; things may have changed since."""
    )


def test_a_french_reader_gets_french_words_around_the_same_quotes():
    card = shown(answer(IRPI, GARANTE), language="fr")
    text = drawn(card)

    assert "PRESSE · avr. 2025 · IrpiMedia (italien)" in text
    assert "DÉCISION D’UNE AUTORITÉ · 10 févr. 2022" in text
    assert "«\u00a0The Italian Garante" in text
    assert "s’arrête en avril 2025" in text
    assert [quote.text for quote in card.quotes()] == [IRPI.text, GARANTE.text]


def test_french_press_of_february_2020_is_labelled_as_such():
    article = evidence(
        "Clearview a été utilisé en Italie.",
        source("Le Journal", language="fr", published_on=PartialDate(2020, 2)),
        form=Form.SOURCE,
    )
    text = seen(answer(article, newest="2020-02"))

    assert "PRESS · Feb 2020 · Le Journal (French)" in text
    assert "Source’s own words" in text


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2017", "2017"), ("2022-02", "Feb 2022"), ("2022-02-10", "10 Feb 2022")],
)
def test_a_date_is_no_more_precise_than_it_is_known(written, expected):
    assert f"PRESS · {expected} · " in seen(
        answer(evidence("It is.", event_on=written))
    )


def test_a_quote_without_any_date_says_so():
    assert "⚠ date unknown" in seen(answer(evidence("It is."), newest=None))


def test_only_a_date_of_more_than_a_year_ago_is_marked_as_old():
    def warning(event_on: str) -> str | None:
        return shown(answer(evidence("It is.", event_on=event_on))).quotes()[0].warning

    assert warning("2025-11-23") == "over a year old"
    assert warning("2025-11-24") is None
    assert warning("2025-11") is None  # it may have been the last of the month
    assert warning("2024") == "over a year old"


def test_the_other_side_stands_beside_the_quote_and_says_how_it_stands_to_it():
    shown = replace(IRPI, beside=(beside(GARANTE, Relation.CONTRADICTS),))
    (quote,) = replies.answer(answer(shown), NAMES, TODAY).quotes()
    (aside,) = quote.asides
    assert aside.label == "Contradicted by:"
    assert aside.quote is not None
    assert aside.quote.text == GARANTE.text
    assert aside.quote.kind == "Regulator’s decision"


def test_the_other_side_is_not_quoted_twice_but_named_by_its_number():
    second = replace(GARANTE, document=replace(GARANTE.document, id="other"))
    others = (
        beside(GARANTE, Relation.SUPERSEDES),
        beside(IRPI, Relation.SUPERSEDES, id="doc"),
    )
    shown = replace(IRPI, beside=others)
    quotes = replies.answer(answer(shown, second), NAMES, TODAY).quotes()
    (aside,) = quotes[0].asides
    assert aside.label == "No longer holds. In its place:"
    assert (aside.pointer, aside.quote) == ("passages 1, 2", None)


def test_what_is_earlier_than_several_passages_is_said_under_the_first_alone():
    fine = beside(GARANTE, Relation.UPDATES, forward=True, id="fine")
    first, second = replace(IRPI, beside=(fine,)), replace(GARANTE, beside=(fine,))
    one, other = replies.answer(answer(first, second), NAMES, TODAY).quotes()

    assert [aside.label for aside in one.asides] == ["Earlier on this:"]
    assert other.asides == ()


@pytest.mark.parametrize(
    ("relation", "label"),
    [
        (Relation.CONTRADICTS, "Contradicted by:"),
        (Relation.SUPERSEDES, "No longer holds. In its place:"),
        (Relation.UPDATES, "Later on this:"),
    ],
)
def test_a_doubt_is_said_under_every_passage_and_quoted_once(relation, label):
    doubt = beside(GDPR, relation, id="doubt")
    first, second = replace(IRPI, beside=(doubt,)), replace(GARANTE, beside=(doubt,))
    one, other = replies.answer(answer(first, second), NAMES, TODAY).quotes()

    assert [aside.quote.text for aside in one.asides if aside.quote] == [GDPR.text]
    assert [(a.label, a.pointer) for a in other.asides] == [
        (label, "see under passage 1")
    ]


def test_of_two_passages_the_earlier_alone_names_the_later():
    later = replace(IRPI, document=replace(IRPI.document, id="later"))
    fine = replace(GARANTE, document=replace(GARANTE.document, id="fine"))
    background = beside(fine, Relation.UPDATES, forward=True, id="fine")
    news = beside(later, Relation.UPDATES, id="later")
    shown = (replace(later, beside=(background,)), replace(fine, beside=(news,)))
    one, other = replies.answer(answer(*shown), NAMES, TODAY).quotes()

    assert one.asides == ()
    assert [(a.label, a.pointer) for a in other.asides] == [
        ("Later on this:", "passage 1")
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("forward", [True, False])
def test_every_relation_is_said_in_words(language, relation, forward):
    other = beside(GARANTE, relation, forward=forward)
    card = replies.answer(
        answer(replace(IRPI, beside=(other,))), NAMES, TODAY, language=language
    )
    assert card.quotes()[0].asides[0].label.rstrip().endswith(":")


def test_an_old_law_is_not_marked_as_old():
    assert shown(answer(GDPR)).quotes()[0].warning is None


@pytest.mark.parametrize(
    ("changes", "stamp"),
    [
        ({"vetting": Vetting.PERSON}, "vetted by the moderators on 23 Nov 2026"),
        (
            {"vetting": Vetting.PERSON, "vetted_on": None},
            "vetted by the moderators, day not recorded",
        ),
        ({"rechecked_on": date(2026, 11, 24)}, "rechecked on 24 Nov 2026"),
    ],
)
def test_the_caption_says_who_vetted_the_words_and_when(changes, stamp):
    assert stamp in shown(answer(evidence("It is.", **changes))).quotes()[0].caption


def test_the_closing_notice_comes_only_where_what_is_held_is_old_or_of_unknown_age():
    fresh = evidence("It is.", event_on="2026-11-01")

    assert "may have changed" not in seen(answer(fresh, newest="2026-11", stale=False))
    assert "What is held ends in 2017;" in seen(answer(fresh, newest="2017"))
    assert "The age of what is held is not known" in seen(answer(fresh, newest=None))


def test_what_is_held_does_not_end_before_what_is_shown_beside_a_quote():
    later = beside(evidence("It was.", event_on="2025-04"), Relation.UPDATES)
    old = replace(evidence("It is.", event_on="2017"), beside=(later,))

    assert "What is held ends in April 2025;" in seen(answer(old, newest="2017"))


def test_the_order_is_named_newest_first_only_where_it_is_so():
    assert "newest first" in shown(answer(IRPI, GARANTE)).remark
    assert "best match first" in shown(answer(GARANTE, IRPI)).remark
    assert shown(answer(IRPI)).remark == "1 passage, 1 origin"


def test_one_publisher_is_one_origin_however_often_it_is_quoted():
    assert "2 passages, 1 origin" in shown(answer(IRPI, IRPI)).remark


def test_law_of_the_wider_place_stands_under_its_own_heading_behind_the_rest():
    card = shown(answer(GDPR, IRPI))
    sections = [block for block in card.blocks if isinstance(block, Section)]

    assert [section.title for section in sections] == [
        "Law that applies: European Union"
    ]
    assert [quote.text for quote in card.quotes()] == [IRPI.text, GDPR.text]
    assert [quote.number for quote in card.quotes()] == [1, 2]


def test_laws_of_two_places_stand_apart():
    italian = evidence(
        "È vietato.", kind=Kind.LAW, standing=Standing.WIDER_LAW, places=("IT",)
    )
    titles = [
        b.title for b in shown(answer(GDPR, italian)).blocks if isinstance(b, Section)
    ]

    assert titles == ["Law that applies: European Union", "Law that applies: Italy"]


def test_another_question_than_the_one_typed_is_shown():
    assert "(understood as: Is Clearview active in Italy?)" in seen(
        answer(IRPI), asked="and in Italy?"
    )


@pytest.mark.parametrize(
    "typed", ["Is Clearview active in Italy?", "  Is Clearview active in  Italy ? "]
)
def test_the_question_typed_is_not_repeated(typed):
    assert "understood" not in seen(answer(IRPI), asked=typed)


def test_the_words_are_in_the_language_asked_for_then_the_question_s_then_english():
    def title(language: str, option: str | None = None) -> str:
        question = asked(language=language, vendors=())
        return shown(answer(IRPI, question=question), language=option).title

    assert title("fr") == "Italie"
    assert title("fr", "en") == "Italy"
    assert title("sv") == "Italy"  # no catalogue yet
    assert title("en", "fr") == "Italie"


def test_a_question_without_vendor_or_place_is_headed_by_its_concepts():
    no_subject: dict[str, Any] = {"vendors": (), "places": ()}
    fines = asked(**no_subject, concepts=("fine",))

    assert shown(answer(IRPI, question=fines)).title == "Fine"
    assert (
        shown(answer(IRPI, question=asked(**no_subject))).title
        == "What is held on this"
    )


@given(st.text(min_size=1))
def test_a_quote_is_passed_on_verbatim(text):
    assert shown(answer(evidence(text))).quotes()[0].text == text


VERDICT = re.compile(
    r"^\W*(yes|no|oui|non)([,.:;!]|\W*$)|\b(it seems|probably|perhaps)\b|\d\s?%",
    re.IGNORECASE | re.MULTILINE,
)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_card_says_yes_or_no_or_how_sure_it_is(language):
    cards: list[Answered | NoAnswer] = [answer(IRPI, GARANTE, GDPR)]
    cards += [refusal(reason, unknown=("FooCorp",)) for reason in Reason]
    for card in cards:
        assert not VERDICT.search(seen(card, language=language))


# --- refusals ----------------------------------------------------------------------


def test_a_refusal_reads_like_this():
    assert (
        seen(refusal(Reason.NOTHING_HELD, places=("JP",)))
        == """\
Clearview AI · Japan
────────────────────────────────────────────────────────────────────────────────────────

Nothing vetted is held on Clearview AI in Japan. That does not mean that it is not used
there.

Held on Clearview AI:
   United States        19 documents  newest Feb 2026  law 2 · press 17
   Netherlands           3 documents  newest Apr 2025  regulator 1 · press 2
   no particular place    1 document  undated          research 1

Held on Japan:
   NEC  2 documents  newest May 2024  procurement 1 · press 1

You could ask:
   Is Clearview AI active in the United States?
   Is Clearview AI active in the Netherlands?
   Is NEC active in Japan?"""
    )


def test_a_refusal_in_french_reads_like_this():
    assert seen(
        refusal(Reason.NOTHING_HELD, places=("JP",), coverage=HELD[1:2]), language="fr"
    ) == (
        """\
Clearview AI · Japon
────────────────────────────────────────────────────────────────────────────────────────

Rien de vérifié n’est conservé sur Clearview AI au Japon. Cela ne veut pas dire que ses
produits n’y sont pas utilisés.

Clearview AI, ce qui est conservé~:
   Pays-Bas  3 documents  le plus récent~: avr. 2025  autorité 1 · presse 2

Japon, ce qui est conservé~: rien

Vous pourriez demander~:
   Clearview AI est-elle active aux Pays-Bas^?""".replace("~", "\u00a0").replace(
            "^", "\u202f"
        )
    )


def test_passages_that_do_not_answer_are_told_of_but_not_shown():
    text = seen(refusal(Reason.BELOW_THRESHOLD, places=("NL",)))

    assert (
        "Passages are held on Clearview AI in the Netherlands, but none that answers this."
        in text
    )
    assert "Held on Clearview AI:" in text


def test_an_unknown_name_is_repeated_with_the_vendors_that_are_held():
    card = shown(
        refusal(Reason.UNKNOWN_SUBJECT, vendors=(), places=(), unknown=("FooCorp",))
    )
    text = drawn(card)

    assert card.title == "“FooCorp”"
    assert "No vendor, product or place called “FooCorp” is known here" in text
    assert "Clearview AI  2 places  newest Feb 2026" in text


def test_who_says_not_whom_a_question_is_on_is_asked_for_the_name():
    text = drawn(shown(refusal(Reason.UNKNOWN_SUBJECT, vendors=(), places=())))

    assert "Which vendor or which country this is on was not said" in text
    assert "Clearview AI  2 places  newest Feb 2026" in text


def test_two_unknown_names_are_both_repeated():
    names = {"unknown": ("FooCorp", "BarCorp"), "vendors": ()}
    assert "called “FooCorp”, “BarCorp” are known here" in seen(
        refusal(Reason.UNKNOWN_SUBJECT, **names)
    )


def test_a_greeting_gets_a_friendly_line_and_nothing_else():
    card = shown(refusal(Reason.NOT_A_QUESTION))

    assert len(card.blocks) == 1
    assert "Ask about a surveillance vendor and a place" in drawn(card)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("thanks!", "You are welcome"),
        ("ok, grazie mille", "You are welcome"),
        ("good morning, thank you", "You are welcome"),
        ("hello", "Hello"),
        ("tell me a joke", "Hello"),
    ],
)
def test_thanks_are_answered_as_thanks(text, title):
    assert shown(refusal(Reason.NOT_A_QUESTION, text=text)).title == title


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_source_ever_stands_under_a_refusal(reason, language):
    card = shown(refusal(reason, unknown=("FooCorp",)), language=language)

    assert card.quotes() == ()
    assert not any(isinstance(block, Quote | Section) for block in card.blocks)
    assert "://" not in drawn(card)


def test_a_refusal_about_a_vendor_alone_or_a_place_alone_is_worded_for_it():
    assert "held on Clearview AI. That" in seen(refusal(Reason.NOTHING_HELD, places=()))
    assert "held on Japan. That" in seen(
        refusal(Reason.NOTHING_HELD, vendors=(), places=("JP",))
    )
    assert "held that answers this" in seen(
        refusal(Reason.NOTHING_HELD, vendors=(), places=())
    )


def test_several_vendors_and_places_are_alternatives():
    text = seen(
        refusal(
            Reason.NOTHING_HELD,
            vendors=("nec", "paragon"),
            places=("IT", "NL"),
            coverage=(),
        )
    )
    assert "on NEC or Paragon in Italy or in the Netherlands." in " ".join(text.split())


def test_a_long_list_is_cut_and_the_rest_counted():
    many = tuple(held("clearview-ai", f"X{n}", press=30 - n) for n in range(10, 30))
    card = shown(refusal(Reason.NOTHING_HELD, places=("JP",), coverage=many))
    lists = [block for block in card.blocks if isinstance(block, CoverageList)]

    assert [row.name for row in lists[0].rows] == [f"X{n}" for n in range(10, 18)]
    assert lists[0].rest == "… 12 more places"
    assert "Held on Japan: nothing" in drawn(card)


def test_the_question_just_refused_is_never_suggested():
    card = shown(refusal(Reason.BELOW_THRESHOLD, places=("US",), coverage=HELD[:3]))
    suggested = [
        q for b in card.blocks if isinstance(b, Suggestions) for q in b.questions
    ]

    assert suggested == ["Is Clearview AI active in the Netherlands?"]


def test_what_nobody_holds_is_never_suggested():
    card = shown(refusal(Reason.NOTHING_HELD, coverage=()))
    assert not any(isinstance(block, Suggestions) for block in card.blocks)


def test_without_a_vendor_each_suggestion_is_on_another_one():
    card = shown(refusal(Reason.NOTHING_HELD, vendors=(), places=()))
    suggested = [
        q for b in card.blocks if isinstance(b, Suggestions) for q in b.questions
    ]

    assert suggested == [
        "Is Clearview AI active in the United States?",
        "Is NEC active in Japan?",
    ]


# --- what is held, and errors ------------------------------------------------------


def test_all_that_is_held_on_a_vendor_is_listed_whole():
    many = tuple(held("clearview-ai", f"X{n}", press=1) for n in range(10, 30))
    (listed, *_) = replies.coverage(many, NAMES, vendor="clearview-ai").blocks

    assert isinstance(listed, CoverageList)
    assert len(listed.rows) == 20
    assert listed.rest is None


def test_without_a_vendor_the_vendors_are_listed_and_law_of_no_vendor_last():
    card = replies.coverage((held(None, "IT", law=3), *HELD), NAMES)
    (listed, *_) = card.blocks

    assert isinstance(listed, CoverageList)
    assert [row.name for row in listed.rows] == [
        "Clearview AI",
        "NEC",
        "no vendor named",
    ]


def test_what_is_on_no_particular_place_is_no_place_more():
    (listed, *_) = replies.coverage(HELD, NAMES).blocks

    assert isinstance(listed, CoverageList)
    assert [row.count for row in listed.rows] == ["2 places", "1 place"]


def test_a_place_s_holdings_are_listed_by_vendor():
    rows = (held(None, "JP", law=1), HELD[3])
    (listed, *_) = replies.coverage(rows, NAMES, place="JP").blocks

    assert isinstance(listed, CoverageList)
    assert [row.name for row in listed.rows] == ["NEC", "no vendor named"]


def test_a_region_s_holdings_are_listed_by_vendor_with_the_countries():
    rows = (held("nec", "CN", press=1), HELD[3], held(None, "CN", law=1))
    (listed, *_) = replies.coverage(rows, NAMES, place="ASIA").blocks

    assert isinstance(listed, CoverageList)
    assert listed.title == "Held on Asia:"
    assert [(row.name, row.count, row.kinds) for row in listed.rows] == [
        ("NEC", "2 places", "Japan · CN"),
        ("no vendor named", "1 place", "CN"),
    ]


def test_a_refusal_on_a_region_says_what_is_held_on_its_countries():
    question = asked("Is NEC active in Asia?", vendors=(), places=("ASIA",))
    refusal = NoAnswer(
        question=question, reason=Reason.BELOW_THRESHOLD, coverage=(HELD[3],)
    )
    card = shown(refusal)
    (listed,) = [b for b in card.blocks if isinstance(b, CoverageList)]

    assert card.title == "Asia"
    assert listed.title == "Held on Asia:"
    assert [row.name for row in listed.rows] == ["NEC"]


def test_an_error_is_told_on_one_line_in_the_reader_s_language():
    error = QuestionTooLong(length=9000, limit=2000)

    assert error_line(error) == str(error)
    assert error_line(error, "fr").startswith("La question a 9000\u00a0caractères")
    assert "9000" in drawn(replies.error(error, "fr"))


def test_an_error_s_subject_cannot_break_the_line():
    error = UnknownDocument(document="a\nb\rc")
    assert error_line(error, "fr").splitlines() == [error_line(error, "fr")]


def test_an_error_that_the_catalogue_cannot_fill_keeps_its_own_words():
    class Odd(QuisError):
        """Odd {thing} happened."""

    assert error_line(Odd(thing="x"), "fr") == "Odd x happened."


def test_a_fault_of_ours_is_owned_without_details():
    assert "Something went wrong on this side." in drawn(replies.unexpected())
    assert "Un problème est survenu" in drawn(replies.unexpected("fr"))


def test_an_answer_and_a_refusal_of_law_without_places_are_headed_plainly():
    law = evidence("It is.", kind=Kind.LAW, standing=Standing.WIDER_LAW, places=())
    titles = [b.title for b in shown(answer(law)).blocks if isinstance(b, Section)]

    assert titles == ["Law that applies"]


def test_a_refusal_also_shows_what_was_understood():
    given = refusal(
        Reason.NOTHING_HELD, places=("JP",), text="Is Clearview used in Japan?"
    )
    assert "(understood as: Is Clearview used in Japan?)" in seen(
        given, asked="and Japan?"
    )


def test_an_error_raised_without_all_its_subjects_is_still_told():
    class Bare(UnknownDocument):
        """Bare."""

    Bare.__name__ = "UnknownDocument"  # its message names a document, it has none
    assert error_line(Bare(), "fr") == "Bare."


CLEARVEIW = Correction("Clearveiw", MentionKind.VENDOR, "clearview-ai")


def test_a_misspelt_name_is_never_corrected_in_silence():
    question = replace(asked(), corrected=(CLEARVEIW,))
    text = seen(answer(IRPI, question=question))
    assert (
        "No vendor named “Clearveiw” is known. Answering for Clearview AI."
        in " ".join(text.split())
    )


def test_a_misspelt_place_is_named_in_the_reader_s_language():
    slip = Correction("Itallie", MentionKind.PLACE, "IT")
    question = replace(asked(language="fr"), corrected=(slip,))
    text = " ".join(seen(answer(IRPI, question=question)).split())
    assert "Aucun lieu nommé" in text
    assert "Réponse pour Italie." in text


def test_a_refusal_says_what_a_misspelt_name_was_read_as():
    given = refusal(Reason.NOTHING_HELD)
    question = replace(given.question, corrected=(CLEARVEIW,))
    text = seen(replace(given, question=question))
    assert "It was read as Clearview AI." in " ".join(text.split())
    assert "Answering for" not in text


def test_a_name_as_near_to_two_is_refused_and_both_are_named():
    near = tuple(
        Correction("Clearpeek", MentionKind.VENDOR, identity)
        for identity in ("clearview-ai", "nec")
    )
    given = refusal(
        Reason.UNKNOWN_SUBJECT,
        vendors=(),
        places=(),
        unknown=("Clearpeek",),
    )
    given = replace(given, question=replace(given.question, suggested=near))
    assert "Did you mean Clearview AI or NEC?" in seen(given)
