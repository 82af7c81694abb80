"""What the moderators get to see in their channel, and what a reader is told of it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.cards import Action, Actions, Block, Button, Card, Fact, Facts, Line
from bot.cards import Notice as Said
from bot.catalogue import Words, words
from bot.links import message
from bot.replies.arguments import Outcome, Resolving
from bot.replies.quotes import quoted
from bot.replies.subject import Names, about, echo, page_of
from knowledge.model import Document, Evidence, Post, Report, Request, RequestState

LONGEST_WORDS = 1000
"""How many characters of what a reader wrote are shown."""


def report_card(
    report: Report,
    post: Post | None,
    evidence: Sequence[Evidence],
    names: Names,
    today: date,
    *,
    resolved: tuple[str, datetime] | None = None,
    language: str | None = None,
) -> Card:
    """A reader's report, with what its answer showed of what may be quoted now.

    ``post`` is None where its answer is no longer known. Who reported it is not said;
    who resolved it is, and when: that is ``resolved``.
    """
    spoken = words(language)
    subject = about(post.vendors, post.places, names, spoken) if post else ""
    facts = [
        Fact(spoken("report.kind"), spoken(f"report-kind.{report.kind}")),
        Fact(spoken("report.subject"), subject or spoken("why.no-subject")),
        Fact(spoken("report.at"), spoken.dated(report.at.date())),
    ]
    facts += _where(post, spoken)
    facts += _titles(report, evidence, spoken)
    blocks: list[Block] = [Facts(tuple(facts), spoken.colon)]
    blocks += _written(report.text, spoken)
    numbers = {address: n for n, address in enumerate(report.passages, start=1)}
    shown = [e for e in evidence if e.passage.id in numbers]
    blocks += [quoted(numbers[e.passage.id], e, today, spoken) for e in shown]
    if len(shown) < len(numbers):
        blocks.append(Line(spoken("report.some-gone")))
    if report.resolution is None:
        blocks.append(
            _resolve("report", report.id, (Outcome.MENDED, Outcome.KEPT), spoken)
        )
    else:
        blocks.append(Said(_outcome(report.resolution, spoken)))
    if resolved is not None:
        who, at = resolved
        said = spoken("report.resolved-by", who=who, when=spoken.minute(at))
        blocks.append(Line(said))
    return Card(spoken("report.title"), tuple(blocks))


def request_card(
    request: Request, names: Names, *, language: str | None = None
) -> Card:
    """What a reader asks the moderators to look for. Who asks is not said."""
    spoken = words(language)
    subject = about(request.vendors, request.places, names, spoken)
    facts = (
        Fact(spoken("report.subject"), subject or spoken("why.no-subject")),
        Fact(spoken("report.at"), spoken.dated(request.at.date())),
        Fact(spoken("request.state"), spoken(f"request.states.{request.state}")),
    )
    blocks: list[Block] = [Facts(facts, spoken.colon), *_written(request.text, spoken)]
    if request.state is RequestState.OPEN:
        blocks.append(Line(spoken("request.hint")))
        blocks.append(_resolve("request", request.id, (Outcome.CLOSED,), spoken))
    elif request.document is not None:
        blocks.append(Line(spoken("request.document", document=request.document)))
    return Card(spoken("request.title"), tuple(blocks))


def request_held(
    request: Request, document: Document, names: Names, *, language: str | None = None
) -> Card:
    """To whoever asked: something was published on it."""
    spoken = words(language, request.language)
    subject = about(request.vendors, request.places, names, spoken)
    dated = document.dated
    facts = [
        Fact(spoken("told.title"), document.title, link=page_of(document)),
        Fact(spoken("told.kind"), spoken(f"kind.{document.kind}")),
        Fact(
            spoken("told.dated"),
            spoken.dated(dated) if dated else spoken("answer.undated"),
        ),
    ]
    opening = (
        spoken("told.held", subject=subject) if subject else spoken("told.held-bare")
    )
    blocks = (
        Line(opening),
        Facts(tuple(facts), spoken.colon),
        Line(spoken("told.ask-again")),
    )
    return Card(spoken("told.held-title"), blocks)


def report_resolved(
    report: Report,
    post: Post | None,
    evidence: Sequence[Evidence],
    names: Names,
    *,
    language: str | None = None,
) -> Card:
    """To whoever reported something: which answer it was on, and what became of it.

    ``post`` is None where its answer is no longer known; ``evidence`` is what of it may
    be named now.
    """
    spoken = words(language, report.language)
    kind = spoken(f"report-kind.{report.kind}")
    subject = about(post.vendors, post.places, names, spoken) if post else ""
    facts = [Fact(spoken("report.subject"), subject)] if subject else []
    facts.append(Fact(spoken("told.reported"), spoken.dated(report.at.date())))
    facts += _where(post, spoken)
    facts += _titles(report, evidence, spoken, ids=False)
    return Card(
        spoken("told.resolved-title"),
        (
            Line(spoken("told.resolved", kind=kind)),
            Said(_outcome(report.resolution or Outcome.KEPT, spoken)),
            Facts(tuple(facts), spoken.colon),
        ),
    )


def _where(post: Post | None, words: Words) -> Iterator[Fact]:
    """The channel and the message of an answer that all can see."""
    if post is None or post.place is None or post.private:
        return
    tenant, place = post.tenant, post.place
    yield Fact(
        words("report.where"),
        words("report.here"),
        channels=(place.channel,),
        link=message(tenant.platform, tenant.id, place),
    )


def _titles(
    report: Report, evidence: Sequence[Evidence], words: Words, *, ids: bool = True
) -> Iterator[Fact]:
    """Which documents the answer showed, by its numbers; with ``ids`` for moderators."""
    held = {each.passage.id: each.document for each in evidence}
    for number, address in enumerate(report.passages, start=1):
        document = held.get(address)
        label = words("context.number", number=number)
        if document is not None:
            title = words.quoted(document.title)
            yield Fact(label, f"{title} · {document.id}" if ids else title)
        elif ids:
            yield Fact(label, address)


def _written(text: str, words: Words) -> Iterator[Line]:
    """A reader's own words, marked as such; nothing where there are none."""
    if text.strip():
        yield Line(words("report.words", text=words.quoted(echo(text, LONGEST_WORDS))))


def _outcome(resolution: str, words: Words) -> str:
    """In the catalogue's words; else in those that a moderator found for it."""
    known = f"outcome.{resolution}"
    return words(known) if known in words else echo(resolution, LONGEST_WORDS)


def _resolve(what: str, id: str, outcomes: Sequence[Outcome], words: Words) -> Actions:
    return Actions(
        tuple(
            Button(
                label=words(f"button.resolve-{outcome}"),
                action=Action.RESOLVE,
                argument=str(Resolving(what, outcome, id)),
            )
            for outcome in outcomes
        )
    )
