"""The cards and forms of a gallery for those who bring in, review and retract from chat.

Made of one document that is held: what is proposed, by whom, and why, is made up.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.cards import Card, Form
from bot.gallery.scene import CHANNEL, KEY, REASON, USER, Scene
from bot.replies import kb
from bot.replies.kb import Doing, Verb
from knowledge.entries import Name
from knowledge.model import (
    Document,
    Event,
    LedgerLine,
    MarkingReport,
    OwnQuestion,
    Passage,
    Proposal,
    Review,
    Status,
    Step,
    Touched,
    Waiting,
)
from knowledge.own_questions.flaws import Flaw
from knowledge.reviews import Preview
from knowledge.reviews.particulars import filled
from knowledge.terms import Term, TermKind, TermReview
from knowledge.terms.rules import Against, Objection

PROPOSER, EDITOR = "ana", "ben"
OTHER = "cv-042"
NAME = Term(kind=TermKind.NAME, owner="clearview-ai", name=Name(text="Clearview Prism"))


def cards(scene: Scene, document: Document) -> Iterator[tuple[str, Card | Form]]:
    """Each with its name. ``document`` is held by the scene's library."""
    yield from _brought_in(scene, document)
    yield from _reviews(scene, document)
    yield from _kept(scene, document)
    yield from _names(scene)
    for name, form in _forms(scene, document):
        yield f"form-kb-{name}", form


def _person(actor: str) -> str:
    """The name of whoever did it, as a platform knows it."""
    return actor


def _line(
    scene: Scene, about: Document | Term, step: Step, actor: str, reason: str = ""
) -> LedgerLine:
    event = Event(
        at=scene.now - timedelta(minutes=2),
        actor=actor,
        step=step,
        document=about.id,
        revision=max(about.revision, 1),
        rule="two-person" if step is Step.PUBLISH else f"contributor-{step}s",
        detail={"reason": reason} if reason else {},
    )
    return LedgerLine(sequence=1, event=event, previous="0" * 64, hash="0" * 64)


def _brought_in(scene: Scene, document: Document) -> Iterator[tuple[str, Card]]:
    names, language = scene.library.vocabulary, scene.language
    proposal = Proposal(
        key=KEY,
        tenant=scene.tenant,
        proposer=USER,
        at=scene.now,
        language=language,
        origin="text",
        body=document.body,
    )
    flawed = OwnQuestion(document.language, "Clearview")
    lacking = Preview(
        proposal=proposal,
        values=filled(replace(document, sources=())),
        document=document,
        passages=1,
        missing=("title", "kind", "publisher", "url", "date"),
        near=((OTHER, 81),),
        questions=(flawed,),
        flaws=((flawed, Flaw.NO_QUESTION),),
    )
    yield "kb-found", kb.findings_card(lacking, names, language=language)
    ready = Preview(
        proposal=proposal,
        values=filled(document),
        document=document,
        passages=1,
        missing=(),
        questions=document.questions,
    )
    yield "kb-found-all", kb.findings_card(ready, names, language=language)
    correction = replace(proposal, target=document.id, given={"title": "T"})
    card = kb.findings_card(
        replace(ready, proposal=correction), names, language=language
    )
    yield "kb-correction", card
    for name, card in (
        ("handed-in", kb.handed_in(language)),
        ("handed-in-already", kb.handed_in_already(language)),
        ("was-retracted", kb.retracted(document.id, scene.platform, language)),
        ("thrown-away", kb.thrown_away(language)),
        ("too-large", kb.too_large(25, language)),
        ("too-long", kb.too_long(6000, 4000, language)),
        ("not-sent", kb.not_sent(language)),
        ("not-there", kb.not_there(language)),
        ("four-eyes", kb.four_eyes(language)),
        ("not-from-here", kb.not_from_here(f"{scene.platform}:{CHANNEL}", language)),
        ("usage", kb.usage(scene.platform, language)),
    ):
        yield f"kb-{name}", card


def _reviews(scene: Scene, document: Document) -> Iterator[tuple[str, Card]]:
    """Of a new document and of a revision, before and after it was decided on."""
    names, language = scene.library.vocabulary, scene.language
    passages = tuple(scene.library.passages(document.id))
    waits = replace(document, revision=1, status=Status.SUBMITTED)
    new = _review(scene, waits, passages)
    revision = replace(
        _review(scene, replace(waits, revision=2, title="T"), passages, REASON),
        published=document,
        near=((OTHER, 81),),
    )
    approved = replace(
        new,
        document=replace(waits, status=Status.PUBLISHED),
        lines=(*new.lines, _line(scene, waits, Step.PUBLISH, EDITOR)),
    )
    rejected = replace(
        new,
        document=replace(waits, status=Status.REJECTED),
        lines=(*new.lines, _line(scene, waits, Step.REJECT, EDITOR, REASON)),
    )
    asked = tuple((each.text, OTHER) for each in document.questions[:1])
    for name, review in (
        ("new", new),
        ("revision", revision),
        ("approved", approved),
        ("rejected", rejected),
    ):
        card = kb.review_card(
            review,
            names,
            _person,
            two_person=True,
            language=language,
            asked=asked if name == "new" else (),
        )
        yield f"kb-review-{name}", card
    yield "kb-passages", kb.passages_card(new, 0, language=language)
    yield "kb-vet", kb.vetting_card(approved, names, language=language)
    for name, review in (("approved", approved), ("rejected", rejected)):
        card = kb.outcome_card(review, _person, scene.platform, language=language)
        yield f"kb-outcome-{name}", card
    last = approved.lines[-1]
    yield "kb-decided-already", kb.decided_already(last, _person, language=language)
    yield "kb-newer", kb.newer_card(revision, _person, language=language)


def _review(
    scene: Scene, document: Document, passages: tuple[Passage, ...], reason: str = ""
) -> Review:
    proposed = _line(scene, document, Step.PROPOSE, PROPOSER, reason)
    return Review(
        document=document,
        passages=passages,
        published=None,
        near=(),
        lines=(proposed,),
        newest=document.revision,
    )


def _kept(scene: Scene, document: Document) -> Iterator[tuple[str, Card]]:
    """What is done to a document that is held, and what waits."""
    names, language, platform = scene.library.vocabulary, scene.language, scene.platform
    card = kb.impact_card(
        document,
        document,
        1,
        Touched(public={platform: 2}, private={platform: 1}, letters={platform: 1}),
        MarkingReport(told={platform: 1}),
        verb=Verb.RETRACT,
        language=language,
    )
    yield "kb-impact", card
    proposed = _line(scene, document, Step.PROPOSE, PROPOSER)
    retracted = _line(scene, document, Step.RETRACT, EDITOR, REASON)
    done = Review(
        document=document,
        passages=(),
        published=None,
        near=(),
        lines=(proposed, retracted),
        newest=document.revision,
    )
    card = kb.done_card("retract", done, _person, marked=2, language=language)
    yield "kb-retracted", card
    lines = (proposed, _line(scene, document, Step.PUBLISH, EDITOR), retracted)
    card = kb.history_card(document, lines, _person, language=language)
    yield "kb-history", card
    draft = replace(document, status=Status.DRAFT)
    waiting = (Waiting(document=draft, line=proposed),)
    card = kb.queue_card(
        waiting, _person, terms=(_named(scene),), names=names, language=language
    )
    yield "kb-queue", card


def _named(scene: Scene, *steps: Step) -> TermReview:
    """A name that was proposed, and what was done to it since."""
    lines = [_line(scene, NAME, Step.PROPOSE, PROPOSER, REASON)]
    lines += [_line(scene, NAME, step, EDITOR, REASON) for step in steps]
    ends = {Step.PUBLISH: Status.PUBLISHED, Step.RETRACT: Status.RETRACTED}
    status = ends[steps[-1]] if steps else Status.SUBMITTED
    term = replace(NAME, revision=1, status=status)
    return TermReview(term=term, lines=lines, newest=1)


def _names(scene: Scene) -> Iterator[tuple[str, Card]]:
    """Changes of the vocabulary."""
    names, language = scene.library.vocabulary, scene.language
    for name, review in (
        ("name", _named(scene)),
        ("name-approved", _named(scene, Step.PUBLISH)),
    ):
        card = kb.term_card(review, names, _person, two_person=True, language=language)
        yield f"kb-{name}", card
    out = _named(scene, Step.RETRACT)
    yield "kb-name-out", kb.term_retracted(out, names, _person, language)
    yield "kb-name-outcome", kb.term_outcome_card(out, names, _person, language)
    against = Objection(against=Against.OF_VENDOR, name="Paragon", other="paragon")
    yield "kb-name-taken", kb.objected(against, names, language)
    card = kb.not_known("vendor", "Clearveiw", language, meant="Clearview AI")
    yield "kb-name-unknown", card


def _forms(scene: Scene, document: Document) -> Iterator[tuple[str, Form]]:
    values, language = filled(document), scene.language
    yield "add", kb.add_form(language)
    yield "source", kb.source_form(KEY, values, language)
    yield "tags", kb.tags_form(KEY, values, language)
    yield "text", kb.text_form(KEY, document.body, language)
    questions = document.questions
    yield (
        "questions",
        kb.questions_form(KEY, questions, document.language, language),
    )
    for verb in (Verb.RETURN, Verb.REJECT, Verb.RETRACT, Verb.OFFER):
        form = kb.reason_form(KEY, Doing(verb, document.id), language)
        yield verb.name.lower(), form
    yield "vendor", kb.vendor_form(language)
    yield "name", kb.name_form(language)
    yield "word", kb.word_form(language)
