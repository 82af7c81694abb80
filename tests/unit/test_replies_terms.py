"""Changes of the vocabulary as moderators see them: complete, in every language."""

import pytest

from bot.cards import Actions, Facts
from bot.catalogue import languages, words
from bot.replies import kb
from bot.replies.kb import Doing, Verb
from knowledge.entries import Name
from knowledge.model import Event, LedgerLine, Status, Step
from knowledge.terms import Term, TermKind, TermReview
from knowledge.terms.rules import Against, Objection
from tests.fakes import NOON

TERMS = (
    Term(
        kind=TermKind.VENDOR,
        owner="argusview",
        name=Name(text="Argusview"),
        home="IT",
        description="Sells cameras.",
        names=(Name(text="Argus Eye"),),
    ),
    Term(
        kind=TermKind.NAME,
        owner="acme",
        name=Name(text="Bridge", exact=True, until=2019),
    ),
    Term(
        kind=TermKind.WORD,
        owner="fine",
        name=Name(text="besked", whole=True),
        language="de",
    ),
)


class Names:
    def vendor_name(self, vendor):
        return vendor.title()

    def place_name(self, code, language):
        return f"{code} ({language})"

    def concept_name(self, concept, language):
        return concept

    def around(self, place):
        return ()

    def opened(self, place):
        return (place,)


def person(actor):
    return actor.removeprefix("test:")


def review(term, *steps, status=Status.SUBMITTED):
    lines = [
        LedgerLine(
            sequence=number,
            event=Event(
                at=NOON,
                actor=f"test:{step}",
                step=step,
                document=term.id,
                revision=1,
                rule="a-rule",
                detail={"reason": f"why {step}"},
            ),
            previous="",
            hash="",
        )
        for number, step in enumerate(steps, start=1)
    ]
    fields = {f: getattr(term, f) for f in term.__dataclass_fields__}
    after = Term(**{**fields, "revision": 1, "status": status})
    return TermReview(term=after, lines=lines, newest=1)


def shown(card):
    parts = [card.title]
    for block in card.blocks:
        match block:
            case Facts(facts=facts):
                parts += [f"{fact.name} {fact.value}" for fact in facts]
            case Actions():
                continue
            case _:
                parts.append(block.text)
    return "\n".join(parts)


def verbs(card):
    return [
        doing.verb
        for block in card.blocks
        if isinstance(block, Actions)
        for button in block.buttons
        if (doing := Doing.read(button.argument))
    ]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("term", TERMS, ids=[t.kind for t in TERMS])
def test_a_review_shows_all_that_is_proposed_and_the_buttons_to_decide(term, language):
    it = review(term, Step.PROPOSE, Step.SUBMIT)
    card = kb.term_card(it, Names(), person, two_person=True, language=language)
    spoken = words(language)
    text = shown(card)
    for part in (term.name.text, "why propose", spoken(f"kb.term.title.{term.kind}")):
        assert part in text
    assert spoken("kb.review.two-person", who="propose") in text
    assert verbs(card) == [Verb.APPROVE, Verb.REJECT]
    for block in card.blocks:
        if isinstance(block, Actions):
            assert all(len(button.code) < 100 for button in block.buttons)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("step", "status", "button"),
    [
        (Step.PUBLISH, Status.PUBLISHED, [Verb.RETRACT]),
        (Step.REJECT, Status.REJECTED, []),
        (Step.RETRACT, Status.RETRACTED, []),
    ],
)
def test_what_was_decided_is_said_with_who_and_why(language, step, status, button):
    it = review(TERMS[1], Step.PROPOSE, step, status=status)
    card = kb.term_card(it, Names(), person, two_person=True, language=language)
    for each in (card, kb.term_outcome_card(it, Names(), person, language)):
        assert f"why {step}" in shown(each)
        assert "12:00 UTC" in shown(each)
    assert verbs(card) == button


def test_what_stands_in_the_files_is_said_to_and_can_be_taken_out():
    it = TermReview(
        term=Term(
            kind=TermKind.NAME,
            owner="acme",
            name=Name(text="Bridge"),
            status=Status.PUBLISHED,
        ),
        lines=(),
        newest=0,
    )
    card = kb.term_card(it, Names(), person, two_person=True, language="en")
    assert "comes with the vocabulary" in shown(card)
    assert verbs(card) == [Verb.RETRACT]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("against", Against)
def test_every_objection_has_one_line_in_every_language(against, language):
    found = Objection(
        against=against, name="Bridge", other="acme", length=100_000, limit=60
    )
    card = kb.objected(found, Names(), language)
    _, line = shown(card).split("\n")
    assert len(card.blocks) == 1
    assert len(line) < 300
    assert "Bridge" in line or "acme" in line.lower()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("what", ["vendor", "country", "year", "concept"])
def test_what_is_not_known_is_told_too(what, language):
    card = kb.not_known(what, "Nobody Inc", language)
    _, line = shown(card).split("\n")
    assert "Nobody Inc" in line


@pytest.mark.parametrize("language", languages())
def test_a_form_fits_the_narrower_platform(language):
    for made in (kb.vendor_form, kb.name_form, kb.word_form):
        form = made(language)
        assert len(form.fields) <= 5
        assert len(form.title) <= 24  # Slack's modals
        assert len(form.submit) <= 24
        for field in form.fields:
            assert len(field.label) <= 45
            assert len(field.hint) <= 100
            assert all(len(label) <= 75 for label, _ in field.options)
