"""What a decision would touch, what came of it, and who was quicker."""

from collections import Counter

from bot.cards import Action, Actions, Block, Button, Card, Fact, Facts, Line, Weight
from bot.cards import Notice as Said
from bot.catalogue import Words, words
from bot.replies.kb.arguments import OPENS_FORM, Doing, Verb
from bot.replies.kb.facts import PersonNamed, invocation, reason_of, when
from bot.replies.subject import echo
from knowledge.model import (
    Document,
    Hindrance,
    LedgerLine,
    MarkingReport,
    Review,
    Touched,
)
from knowledge.reviews import decision_on


def impact_card(
    published: Document | None,
    document: Document,
    passages: int,
    touched: Touched,
    report: MarkingReport,
    *,
    verb: Verb | None = None,
    language: str | None = None,
) -> Card:
    """What a retraction would take out of answers; with a button for ``verb``.

    And what became of answers that were corrected for it already: the ``report``.
    """
    spoken = words(language)
    blocks: list[Block] = [
        Facts(
            (
                Fact(spoken("kb.field.title"), echo(document.title)),
                Fact(spoken("kb.fact.id"), document.id),
            ),
            spoken.colon,
        )
    ]
    if published is None:
        blocks.append(Said(spoken("kb.impact.unpublished")))
        blocks += _reported(report, spoken)
        return Card(spoken("kb.impact.title"), tuple(blocks))
    public, private = sum(touched.public.values()), sum(touched.private.values())
    blocks += [
        Line(spoken("kb.impact.passages", count=passages)),
        Line(spoken("kb.impact.public", count=public)),
        Line(spoken("kb.impact.private", count=private)),
    ]
    if letters := sum(touched.letters.values()):
        blocks.append(Line(spoken("kb.impact.letters", count=letters)))
    blocks += _reported(report, spoken)
    if verb is not None:
        button = Button(
            label=spoken(f"kb.button.{verb.name.lower()}"),
            action=Action.KB_FORM if verb in OPENS_FORM else Action.KB,
            key=str(published.revision),
            argument=str(Doing(verb, published.id)),
            weight=Weight.DANGER,
        )
        blocks.append(Actions((button,)))
    return Card(spoken("kb.impact.title"), tuple(blocks))


def _reported(report: MarkingReport, spoken: Words) -> list[Block]:
    """Nothing where no answer had to be corrected."""
    given_up: Counter[Hindrance] = Counter()
    for counts in report.given_up.values():
        given_up.update(counts)
    told, due = sum(report.told.values()), sum(report.due.values())
    if not (told or due or given_up):
        return []
    said = spoken(
        "kb.impact.report",
        told=told,
        due=due,
        private=given_up[Hindrance.PRIVATE],
        gone=given_up[Hindrance.GONE] + given_up[Hindrance.NOWHERE],
    )
    return [Line(said)]


def done_card(
    what: str,
    review: Review,
    person: PersonNamed,
    *,
    marked: int | None = None,
    language: str | None = None,
) -> Card:
    """``what`` was done (``retract``, ``recheck``, ``vet``), by whom, when, and why.

    ``marked``: so many answers that were given are marked now.
    """
    spoken = words(language)
    event = review.lines[-1].event
    blocks: list[Block] = [
        Said(
            spoken(
                f"kb.outcome.{what}",
                who=person(event.actor),
                when=when(event, spoken),
            )
        ),
        Facts(
            (
                Fact(spoken("kb.field.title"), echo(review.document.title)),
                Fact(spoken("kb.fact.id"), review.document.id),
            ),
            spoken.colon,
        ),
    ]
    if reason := reason_of(event):
        blocks.append(Line(spoken("kb.reason", reason=spoken.quoted(reason))))
    if marked is not None:
        blocks.append(Line(spoken("kb.impact.marked", count=marked)))
    return Card(spoken(f"kb.done.{what}"), tuple(blocks))


def decided_already(
    line: LedgerLine, person: PersonNamed, *, language: str | None = None
) -> Card:
    """Somebody else was quicker: who, and what they did. Nothing was done now."""
    spoken = words(language)
    event = line.event
    said = spoken(
        f"kb.outcome.{event.step}", who=person(event.actor), when=when(event, spoken)
    )
    return Card(
        spoken("kb.already.title"), (Said(said), Line(spoken("kb.already.text")))
    )


def newer_card(
    review: Review, person: PersonNamed, *, language: str | None = None
) -> Card:
    """The revision is not the newest any more: who made a newer one, to look at."""
    spoken = words(language)
    proposed = review.proposed
    who = person(proposed.event.actor) if proposed else "–"
    revision = review.document.revision
    button = Button(
        label=spoken("kb.button.show"),
        action=Action.KB,
        key=str(revision),
        argument=str(Doing(Verb.SHOW, review.document.id)),
    )
    said = spoken("kb.newer.text", who=who, revision=revision)
    return Card(spoken("kb.newer.title"), (Said(said), Actions((button,))))


def outcome_card(
    review: Review, person: PersonNamed, platform: str, *, language: str | None = None
) -> Card:
    """To whoever proposed it: what became of it, and how it may go on."""
    spoken = words(language)
    document = review.document
    blocks: list[Block] = [
        Facts(
            (
                Fact(spoken("kb.field.title"), echo(document.title)),
                Fact(spoken("kb.fact.id"), document.id),
            ),
            spoken.colon,
        )
    ]
    decided = decision_on(review)
    if decided is None:
        blocks.append(Said(spoken("kb.outcome.overtaken", revision=review.newest)))
    else:
        event = decided.event
        who, at = person(event.actor), when(event, spoken)
        blocks.append(Said(spoken(f"kb.outcome.{event.step}", who=who, when=at)))
        if reason := reason_of(event):
            blocks.append(Line(spoken("kb.reason", reason=spoken.quoted(reason))))
        if event.step == "return":
            blocks.append(
                Line(
                    spoken(
                        "kb.told.mend",
                        command=invocation("correct", platform, language),
                        document=document.id,
                    )
                )
            )
    return Card(spoken("kb.told.title"), tuple(blocks))
