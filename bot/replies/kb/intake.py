"""What was found in something brought in, to be confirmed or mended before it is a draft."""

from collections.abc import Iterator

from bot.cards import Action, Actions, Block, Button, Card, Fact, Facts, Line, Weight
from bot.cards import Notice as Said
from bot.catalogue import Words, words
from bot.replies import error_line
from bot.replies.kb.arguments import Doing, Verb
from bot.replies.kb.facts import listed, near_line, particulars
from bot.replies.kb.own_questions import elsewhere_lines, flaw_line, questions_line
from bot.replies.subject import Names
from knowledge.reviews import Preview

BEGINNING = 300
"""How many characters of a text are shown, to know it by."""


def findings_card(
    preview: Preview, names: Names, *, language: str | None = None
) -> Card:
    """The findings, what they lack, and the forms to mend them."""
    spoken = words(language)
    proposal = preview.proposal
    blocks: list[Block] = list(_blocks(preview, names, spoken))
    blocks.append(_actions(preview, spoken))
    title = "kb.intake.correction" if proposal.target else "kb.intake.title"
    return Card(spoken(title), tuple(blocks))


def _blocks(preview: Preview, names: Names, spoken: Words) -> Iterator[Block]:
    if preview.problem is not None:
        yield Said(error_line(preview.problem, spoken.language))
    if preview.missing:
        fields = [spoken(f"kb.field.{key}") for key in preview.missing]
        yield Said(spoken("kb.intake.missing", fields=listed(fields)))
    for question, flaw in preview.flaws:
        yield Said(flaw_line(question, flaw, spoken))
    facts = list(particulars(preview.values, names, spoken))
    document = preview.document
    if document is not None:
        facts.append(Fact(spoken("kb.fact.id"), document.id))
    facts.append(Fact(spoken("kb.fact.passages"), str(preview.passages)))
    yield Facts(tuple(facts), spoken.colon)
    body = preview.proposal.body
    if body:
        beginning = " ".join(body[:BEGINNING].split())
        shown = beginning + ("…" if len(body) > BEGINNING else "")
        yield Line(spoken("kb.intake.begins", text=spoken.quoted(shown)))
    if preview.questions:
        asked_in = preview.values.get("language", "")
        yield Line(questions_line(preview.questions, asked_in, spoken))
    elif document is not None:
        yield Line(spoken("kb.intake.no-questions"))
    for line in elsewhere_lines(preview.asked, spoken):
        yield Said(line)
    if preview.near:
        yield Said(near_line(preview.near, spoken))
    if preview.ready:
        yield Line(spoken("kb.intake.next"))


def _actions(preview: Preview, spoken: Words) -> Actions:
    proposal = preview.proposal
    buttons = [
        _button(proposal.key, Verb.SOURCE, spoken, form=True),
        _button(proposal.key, Verb.TAGS, spoken, form=True),
    ]
    correction = proposal.target is not None
    if correction:
        buttons.append(_button(proposal.key, Verb.TEXT, spoken, form=True))
    buttons.append(_button(proposal.key, Verb.QUESTIONS, spoken, form=True))
    changes = not correction or bool(proposal.given or proposal.body)
    if preview.ready and changes:
        buttons.append(_button(proposal.key, Verb.OFFER, spoken, form=correction))
    buttons.append(_button(proposal.key, Verb.DROP, spoken))
    return Actions(tuple(buttons))


def _button(key: str, verb: Verb, spoken: Words, *, form: bool = False) -> Button:
    weight = Weight.FIRST if verb is Verb.OFFER else Weight.PLAIN
    return Button(
        label=spoken(f"kb.button.{verb.name.lower()}"),
        action=Action.KB_FORM if form else Action.KB,
        key=key,
        argument=str(Doing(verb)),
        weight=weight,
    )
