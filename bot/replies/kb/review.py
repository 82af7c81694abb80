"""A revision under review, with all that one looks at before deciding on it."""

import difflib
from collections.abc import Iterator, Sequence

from bot.cards import (
    Action,
    Actions,
    Block,
    Button,
    Card,
    Fact,
    Facts,
    Heading,
    Line,
    Weight,
)
from bot.cards import Notice as Said
from bot.catalogue import Words, words
from bot.replies.kb.arguments import OPENS_FORM, Doing, Verb
from bot.replies.kb.facts import (
    PersonNamed,
    near_line,
    particulars,
    reason_of,
    shown,
    when,
)
from bot.replies.kb.own_questions import elsewhere_lines, questions_line
from bot.replies.subject import Names, echo
from knowledge.model import UNDER_REVIEW, Document, Review, Status, Step, Vetting
from knowledge.own_questions.lines import line_of
from knowledge.reviews import decision_on
from knowledge.reviews.particulars import filled

FIRST = 2
"""Passages that a review shows by itself."""

AT_ONCE = 8
"""Passages of one page."""

DIFFERENCES = 10
LONGEST_PASSAGE = 600


def review_card(
    review: Review,
    names: Names,
    person: PersonNamed,
    *,
    two_person: bool,
    language: str | None = None,
    asked: Sequence[tuple[str, str]] = (),
) -> Card:
    """What is proposed, and the buttons to decide; or what was decided.

    ``two_person``: who proposed it cannot approve it here. ``asked``: its own questions
    that another document has too, as (question, document).
    """
    spoken = words(language)
    document = review.document
    blocks: list[Block] = list(_standing(review, person, spoken))
    facts = [*particulars(filled(document), names, spoken), *_size(review, spoken)]
    blocks.append(Facts(tuple(facts), spoken.colon))
    blocks += _beside(review, spoken)
    blocks += [Said(line) for line in elsewhere_lines(asked, spoken)]
    blocks += _differences(review, names, spoken)
    blocks += _passages(review, 0, FIRST)
    newest = review.newest == document.revision
    waits = document.status in UNDER_REVIEW and newest and decision_on(review) is None
    proposed = review.proposed
    if waits and two_person and proposed is not None:
        who = person(proposed.event.actor)
        blocks.append(Line(spoken("kb.review.two-person", who=who)))
    blocks.append(_actions(review, spoken, waits=waits))
    kind = "new" if document.revision == 1 else "revision"
    return Card(spoken(f"kb.review.{kind}"), tuple(blocks), remark=document.id)


def passages_card(review: Review, start: int, *, language: str | None = None) -> Card:
    """A revision's passages behind number ``start``, word for word."""
    spoken = words(language)
    document = review.document
    blocks = list(_passages(review, start, AT_ONCE))
    status = spoken(f"cli.status.{document.status}")
    said = Said(spoken("kb.read.status", status=status, revision=document.revision))
    end = start + AT_ONCE
    more: list[Block] = []
    if end < len(review.passages):
        label = spoken("kb.button.read-on", count=len(review.passages) - end)
        more.append(Actions((_button(review, Verb.READ, spoken, label, end),)))
    return Card(echo(document.title), (said, *blocks, *more), remark=document.id)


def vetting_card(review: Review, names: Names, *, language: str | None = None) -> Card:
    """A document of the starter set, to be compared with its source and vetted."""
    spoken = words(language)
    document = review.document
    blocks: list[Block] = [Line(spoken("kb.vet.text"))]
    facts = [*particulars(filled(document), names, spoken), *_size(review, spoken)]
    blocks += [Facts(tuple(facts), spoken.colon), *_passages(review, 0, AT_ONCE)]
    verbs = [Verb.READ] if len(review.passages) > AT_ONCE else []
    if document.vetting is Vetting.STARTER_SET:
        verbs.append(Verb.VET)
    else:
        blocks.insert(0, Said(spoken("kb.vet.done")))
    if verbs:
        blocks.append(Actions(tuple(_button(review, v, spoken) for v in verbs)))
    return Card(spoken("kb.vet.title"), tuple(blocks), remark=document.id)


def _standing(review: Review, person: PersonNamed, spoken: Words) -> Iterator[Block]:
    """Who proposed it, when and why; and what was decided, where that is so."""
    decided = decision_on(review)
    if decided is not None:
        said = spoken(
            f"kb.outcome.{decided.event.step}",
            who=person(decided.event.actor),
            when=when(decided.event, spoken),
        )
        yield Said(said)
        if decided.event.step is Step.PUBLISH and _is_live(review):
            yield Line(spoken("kb.review.answerable"))
        if reason := reason_of(decided.event):
            yield Line(spoken("kb.reason", reason=spoken.quoted(reason)))
    elif review.newest > review.document.revision:
        yield Said(spoken("kb.outcome.overtaken", revision=review.newest))
    if (proposed := review.proposed) is not None:
        who, at = person(proposed.event.actor), when(proposed.event, spoken)
        yield Line(spoken("kb.review.proposed", who=who, when=at))
        if reason := reason_of(proposed.event):
            yield Line(spoken("kb.reason", reason=spoken.quoted(reason)))


def _is_live(review: Review) -> bool:
    return review.document.status is Status.PUBLISHED


def _size(review: Review, spoken: Words) -> Iterator[Fact]:
    count = len(review.passages)
    length = len(review.document.body.split())
    yield Fact(
        spoken("kb.fact.passages"),
        spoken("kb.review.size", count=count, words=length),
    )


def _beside(review: Review, spoken: Words) -> Iterator[Block]:
    """Other documents, and the questions that its editors wrote for it."""
    document = review.document
    if review.near:
        yield Said(near_line(review.near, spoken))
    for link in document.links:
        yield Line(spoken(f"kb.review.link-{link.relation}", document=link.document))
    if document.questions:
        yield Line(questions_line(document.questions, document.language, spoken))


def _differences(review: Review, names: Names, spoken: Words) -> Iterator[Block]:
    """What it would change of the published revision."""
    before, after = review.published, review.document
    if before is None or before.revision == after.revision:
        return
    yield Heading(spoken("kb.review.differences", revision=before.revision))
    old, new = filled(before), filled(after)
    lines = [
        spoken(
            "kb.review.changed",
            field=spoken(f"kb.field.{key}"),
            old=shown(key, old[key], names, spoken) or "–",
            new=shown(key, new[key], names, spoken) or "–",
        )
        for key in new
        if new[key] != old[key]
    ]
    links = {(link.relation, link.document) for link in before.links}
    lines += [
        f"+ {spoken(f'kb.review.link-{link.relation}', document=link.document)}"
        for link in after.links
        if (link.relation, link.document) not in links
    ]
    lines += _questions(before, after)
    lines += _body(before, after)
    if not lines:
        lines = [spoken("kb.review.same")]
    for line in lines[:DIFFERENCES]:
        yield Line(line)
    if len(lines) > DIFFERENCES:
        left = len(lines) - DIFFERENCES
        yield Line(spoken("kb.review.more-differences", count=left, document=after.id))


def _questions(before: Document, after: Document) -> Iterator[str]:
    """The questions that went and came, those in readers' words among them."""
    for sign, ours, theirs in (("−", before, after), ("+", after, before)):
        asked = {*theirs.questions, *theirs.wordings}
        for question in (*ours.questions, *ours.wordings):
            if question not in asked:
                yield f"{sign} {echo(line_of(question, ours.language))}"


def _body(before: Document, after: Document) -> Iterator[str]:
    """The lines of the text that went and came."""
    if before.body == after.body:
        return
    compared = difflib.unified_diff(
        before.body.splitlines(), after.body.splitlines(), n=0, lineterm=""
    )
    for number, line in enumerate(compared):
        if number > 1 and line[1:].strip() and not line.startswith("@@"):
            sign = "−" if line.startswith("-") else "+"
            yield f"{sign} {echo(line[1:])}"


def _passages(review: Review, start: int, most: int) -> Iterator[Block]:
    for passage in review.passages[start : start + most]:
        yield Heading(passage.locator)
        yield Line(echo(passage.text, LONGEST_PASSAGE))


def _actions(review: Review, spoken: Words, *, waits: bool) -> Actions:
    verbs = [Verb.READ] if review.passages else []
    if waits:
        verbs += [Verb.MEND, Verb.APPROVE, Verb.RETURN, Verb.REJECT]
    return Actions(tuple(_button(review, verb, spoken) for verb in verbs))


def _button(
    review: Review, verb: Verb, spoken: Words, label: str = "", start: int = 0
) -> Button:
    weights = {Verb.APPROVE: Weight.FIRST, Verb.REJECT: Weight.DANGER}
    named = label or spoken(f"kb.button.{verb.name.lower()}")
    return Button(
        label=named,
        action=Action.KB_FORM if verb in OPENS_FORM else Action.KB,
        key=str(review.document.revision),
        argument=str(Doing(verb, review.document.id, start)),
        weight=weights.get(verb, Weight.PLAIN),
    )
