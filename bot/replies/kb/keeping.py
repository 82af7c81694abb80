"""The ledger of a document, the drafts that wait, and how the command is used."""

from collections.abc import Sequence

from bot.cards import Action, Actions, Block, Button, Card, Fact, Facts, Line
from bot.catalogue import Words, words
from bot.replies.kb.arguments import Doing, Verb
from bot.replies.kb.facts import PersonNamed, invocation, reason_of, when
from bot.replies.kb.terms import named
from bot.replies.subject import Names, echo
from knowledge.model import Document, LedgerLine, Waiting
from knowledge.terms import TermReview

MOST_LINES = 20
MOST_WAITING = 10

USAGE = (
    *("add", "queue", "show", "correct", "retract", "recheck", "vet", "link"),
    *("history", "impact", "vendor", "alias", "concept", "gaps"),
)

# What stands behind a sub-command in the one line of Slack; Discord has fields for it.
BEHIND = {"link": " ID updates ID"} | dict.fromkeys(
    ("show", "correct", "retract", "recheck", "vet", "history", "impact"), " ID"
)


def history_card(
    document: Document,
    lines: Sequence[LedgerLine],
    person: PersonNamed,
    *,
    language: str | None = None,
) -> Card:
    """All that was done to a document: the newest steps, oldest of them first."""
    spoken = words(language)
    blocks: list[Block] = []
    if len(lines) > MOST_LINES:
        left = len(lines) - MOST_LINES
        blocks.append(Line(spoken("kb.history.earlier", count=left)))
    facts = []
    for line in lines[-MOST_LINES:]:
        event = line.event
        parts = [
            spoken(f"kb.step.{event.step}"),
            spoken("kb.history.revision", revision=event.revision),
            person(event.actor),
            spoken("kb.history.rule", rule=event.rule),
        ]
        if reason := reason_of(event):
            parts.append(spoken.quoted(reason))
        facts.append(Fact(when(event, spoken), " · ".join(parts)))
    blocks.append(Facts(tuple(facts), spoken.colon))
    return Card(echo(document.title), tuple(blocks), remark=document.id)


def queue_card(
    waiting: Sequence[Waiting],
    person: PersonNamed,
    *,
    terms: Sequence[TermReview] = (),
    names: Names | None = None,
    language: str | None = None,
) -> Card:
    """The drafts that nobody has decided on, oldest first; then the changes of words."""
    spoken = words(language)
    blocks: list[Block] = [Line(spoken("kb.queue.count", count=len(waiting)))]
    shown = waiting[:MOST_WAITING]
    facts, buttons = [], []
    for number, each in enumerate(shown, start=1):
        event = each.line.event
        said = spoken(
            "kb.queue.row",
            title=echo(each.document.title, 100),
            who=person(event.actor),
            when=when(event, spoken),
            status=spoken(f"cli.status.{each.document.status}"),
        )
        facts.append(Fact(str(number), said))
        buttons.append(
            Button(
                label=spoken("kb.button.look", number=number),
                action=Action.KB,
                key=str(each.document.revision),
                argument=str(Doing(Verb.SHOW, each.document.id)),
            )
        )
    if facts:
        blocks += [Facts(tuple(facts), spoken.colon), Actions(tuple(buttons))]
    if names is not None and terms:
        blocks.append(Line(spoken("kb.queue.terms", count=len(terms))))
        blocks += _terms(terms[:MOST_WAITING], names, spoken)
    return Card(spoken("kb.queue.title"), tuple(blocks))


def _terms(
    terms: Sequence[TermReview], names: Names, spoken: Words
) -> tuple[Block, Block]:
    facts = [
        Fact(str(number), named(each.term, names, spoken))
        for number, each in enumerate(terms, start=1)
    ]
    buttons = [
        Button(
            label=spoken("kb.button.look", number=number),
            action=Action.KB,
            key=str(each.term.revision),
            argument=str(Doing(Verb.SHOW, each.term.id)),
        )
        for number, each in enumerate(terms, start=1)
    ]
    return Facts(tuple(facts), spoken.colon), Actions(tuple(buttons))


def usage(platform: str, language: str | None = None) -> Card:
    """What can be done, one line each."""
    spoken = words(language)
    facts = []
    for name in USAGE:
        described = spoken(f"commands.kb.commands.{name}.description")
        behind = BEHIND.get(name, "") if platform == "slack" else ""
        facts.append(Fact(invocation(name, platform, language) + behind, described))
    return Card(spoken("kb.usage.title"), (Facts(tuple(facts), spoken.colon),))
