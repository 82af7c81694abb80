"""A change of the vocabulary under review, what came of it, and why one cannot be made."""

from collections.abc import Iterator
from dataclasses import replace

from bot.cards import Action, Actions, Block, Button, Card, Fact, Facts, Line, Weight
from bot.cards import Notice as Said
from bot.catalogue import Words, words
from bot.replies.kb.arguments import OPENS_FORM, Doing, Verb
from bot.replies.kb.facts import PersonNamed, listed, reason_of, when
from bot.replies.subject import Names, echo
from knowledge.entries import Name
from knowledge.model import UNDER_REVIEW, Status, Step
from knowledge.reviews import decision_on
from knowledge.terms import Term, TermKind, TermReview
from knowledge.terms.rules import Against, Objection


def term_card(
    review: TermReview,
    names: Names,
    person: PersonNamed,
    *,
    two_person: bool,
    language: str | None = None,
) -> Card:
    """What is proposed, and the buttons to decide; or what was decided, and since when.

    ``two_person``: who proposed it cannot approve it here.
    """
    spoken = words(language)
    term, decided = review.term, decision_on(review)
    blocks: list[Block] = list(_standing(review, person, spoken))
    blocks.append(Facts(tuple(_facts(term, names, spoken)), spoken.colon))
    newest = review.newest == term.revision
    verbs: list[Verb] = []
    if newest and term.status in UNDER_REVIEW and decided is None:
        verbs = [Verb.APPROVE, Verb.REJECT]
        if two_person and review.proposed is not None:
            who = person(review.proposed.event.actor)
            blocks.append(Line(spoken("kb.review.two-person", who=who)))
    elif term.status is Status.PUBLISHED:
        verbs = [Verb.RETRACT]
    if verbs:
        blocks.append(Actions(tuple(_button(term, verb, spoken) for verb in verbs)))
    return Card(spoken(f"kb.term.title.{term.kind}"), tuple(blocks))


def term_outcome_card(
    review: TermReview, names: Names, person: PersonNamed, language: str | None = None
) -> Card:
    """To whoever proposed it: what became of it."""
    spoken = words(language)
    facts = Facts(tuple(_facts(review.term, names, spoken)), spoken.colon)
    return Card(spoken("kb.told.title"), (facts, *_standing(review, person, spoken)))


def objected(found: Objection, names: Names, language: str | None = None) -> Card:
    """Why it cannot be proposed, in one line that says what to do."""
    spoken = words(language)
    by = {
        Against.OF_PLACE: names.place_name(found.other, spoken.language),
        Against.OF_VENDOR: names.vendor_name(found.other),
        Against.HELD: names.vendor_name(found.other),
    }
    other = by.get(found.against, found.other)
    concept = names.concept_name(found.other, spoken.language)
    if concept != found.other:
        other = concept
    return _cannot(
        spoken,
        str(found.against),
        name=spoken.quoted(echo(found.name, 80)),
        other=echo(other, 80),
        length=found.length,
        limit=found.limit,
    )


def not_known(
    what: str, typed: str, language: str | None = None, *, meant: str = ""
) -> Card:
    """A vendor, a concept, a country or a year that was filled in is none (``what``).

    ``meant`` is a name that it may be a slip for: nothing is proposed on a guess.
    """
    spoken = words(language)
    card = _cannot(spoken, f"no-{what}", name=spoken.quoted(echo(typed, 80)))
    if not meant:
        return card
    guess = Line(spoken("refusal.suggested", names=meant))
    return replace(card, blocks=(*card.blocks, guess))


def term_retracted(
    review: TermReview, names: Names, person: PersonNamed, language: str | None = None
) -> Card:
    """It was taken out of the vocabulary: by whom, when and why."""
    spoken = words(language)
    facts = Facts(tuple(_facts(review.term, names, spoken)), spoken.colon)
    said = tuple(_standing(review, person, spoken))
    return Card(spoken("kb.term.retracted"), (*said, facts))


def named(term: Term, names: Names, spoken: Words) -> str:
    """A term on one line, for lists."""
    facts = [fact.value for fact in _facts(term, names, spoken)][:3]
    return f"{spoken(f'kb.term.title.{term.kind}')}{spoken.colon}{' · '.join(facts)}"


def _cannot(spoken: Words, why: str, **values: object) -> Card:
    text = Said(spoken(f"kb.term.against.{why}", **values))
    return Card(spoken("kb.term.cannot"), (text,))


def _standing(
    review: TermReview, person: PersonNamed, spoken: Words
) -> Iterator[Block]:
    """Who proposed it, when and why; and what was decided, where that is so."""
    decided = decision_on(review)
    if decided is not None:
        event = decided.event
        at = when(event, spoken)
        who = person(event.actor)
        yield Said(spoken(f"kb.outcome.{event.step}", who=who, when=at))
        if event.step is Step.PUBLISH and review.term.status is Status.PUBLISHED:
            yield Line(spoken("kb.term.counts"))
        if event.step is Step.RETRACT:
            yield Line(spoken("kb.term.counts-no-more"))
        if reason := reason_of(event):
            yield Line(spoken("kb.reason", reason=spoken.quoted(reason)))
    elif review.newest > review.term.revision:
        yield Said(spoken("kb.outcome.overtaken", revision=review.newest))
    proposed = review.proposed
    if proposed is None:
        yield Line(spoken("kb.term.in-files"))
    elif proposed.event.step is not Step.RETRACT:
        who, at = person(proposed.event.actor), when(proposed.event, spoken)
        yield Line(spoken("kb.review.proposed", who=who, when=at))
        if reason := reason_of(proposed.event):
            yield Line(spoken("kb.reason", reason=spoken.quoted(reason)))


def _facts(term: Term, names: Names, spoken: Words) -> Iterator[Fact]:
    def fact(key: str, value: str) -> Fact:
        return Fact(spoken(f"kb.field.{key}"), value)

    if term.kind is TermKind.NAME:
        yield fact("vendor", names.vendor_name(term.owner))
    if term.kind is TermKind.WORD:
        yield fact("concept", names.concept_name(term.owner, spoken.language))
        yield fact("word", echo(term.name.text))
        yield fact("language", spoken.language_name(term.language or ""))
    else:
        yield fact("name", echo(term.name.text))
    if term.names:
        yield fact("names", echo(listed([name.text for name in term.names])))
    if term.home:
        yield fact("home", names.place_name(term.home, spoken.language))
    if term.description:
        yield fact("description", echo(term.description))
    if term.kind is not TermKind.VENDOR:
        yield fact("manner", spoken(f"kb.term.manner.{_manner(term.name)}"))
    if term.name.until:
        yield fact("until", str(term.name.until))


def _manner(name: Name) -> str:
    if name.exact:
        return "typed" if name.lowercase else "exact"
    return "whole" if name.whole else "any"


def _button(term: Term, verb: Verb, spoken: Words) -> Button:
    weights = {Verb.APPROVE: Weight.FIRST}
    return Button(
        label=spoken(f"kb.button.{verb.name.lower()}"),
        action=Action.KB_FORM if verb in OPENS_FORM else Action.KB,
        key=str(term.revision),
        argument=str(Doing(verb, term.id)),
        weight=weights.get(verb, Weight.DANGER),
    )
