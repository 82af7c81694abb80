"""What waits for the moderators: drafts, documents to be looked at again, bad pages."""

from collections.abc import Sequence

from bot.cards import Action, Actions, Block, Button, Card, Fact, Facts, Heading, Line
from bot.catalogue import Words, words
from bot.replies.renamed import names_part
from bot.replies.subject import Names, echo
from knowledge.model import (
    BadPage,
    DueRecheck,
    PageState,
    Queue,
    WaitingDraft,
    WaitingTerm,
)

MOST = 10
"""Of each kind in one message; the others are counted."""

LONGEST_TITLE = 120


def queue(
    held: Queue,
    names: Names | None = None,
    *,
    language: str | None = None,
    week: str = "",
    most: int = MOST,
) -> Card:
    """The queue, the most urgent first. ``week``: it is the digest of this one.

    ``names`` tell what was decided on the vocabulary, and whose name waits.
    """
    spoken = words(language)
    blocks: list[Block] = []
    blocks += _part(
        "drafts",
        [_waiting(one, "queue.since", "answer.undated", spoken) for one in held.drafts],
        most,
        spoken,
    )
    blocks += _part(
        "terms",
        [_term(one, names, spoken) for one in held.terms],
        most,
        spoken,
        "more-of.rows",
    )
    blocks += _part(
        "rechecks",
        [
            _waiting(one, "queue.due", "queue.unknown-age", spoken)
            for one in held.rechecks
        ],
        most,
        spoken,
    )
    dead = [page for page in held.pages if page.check.state is PageState.DEAD]
    lost = [page for page in held.pages if page.check.state is PageState.HELD]
    blocks += _part("dead", [_page(page, spoken) for page in dead], most, spoken)
    blocks += _part("lost", [_page(page, spoken) for page in lost], most, spoken)
    if names is not None:
        blocks += names_part("queue.renamed", held.renamed, names, spoken)
    if not blocks:
        blocks.append(Line(spoken("queue.empty")))
    if week:
        blocks.append(Actions((_button(week, spoken),)))
    return Card(spoken("queue.title"), tuple(blocks))


def queue_mark(week: str, language: str | None = None) -> str:
    """The code of a button that no other message of the channel has."""
    return _button(week, words(language)).code


def _part(
    name: str,
    facts: Sequence[Fact],
    most: int,
    words: Words,
    more: str = "more-of.documents",
) -> Sequence[Block]:
    if not facts:
        return ()
    left = len(facts) - most
    blocks: list[Block] = [
        Heading(words(f"queue.{name}", count=len(facts))),
        Facts(tuple(facts[:most]), words.colon),
    ]
    if left > 0:
        blocks.append(Line(words(more, count=left)))
    return blocks


def _waiting(
    one: WaitingDraft | DueRecheck, since: str, never: str, words: Words
) -> Fact:
    return Fact(
        _named(one.document.id, one.document.title),
        words(since, date=words.dated(one.since)) if one.since else words(never),
    )


def _term(one: WaitingTerm, names: Names | None, words: Words) -> Fact:
    """By the vendor's or the concept's name; an id is known as one thing alone."""
    owner = one.owner
    if names is not None:
        vendor = names.vendor_name(owner)
        owner = vendor if vendor != owner else names.concept_name(owner, words.language)
    since = words("queue.since", date=words.dated(one.since)) if one.since else ""
    return Fact(_named(owner, one.name), since or words("answer.undated"))


def _page(page: BadPage, words: Words) -> Fact:
    check = page.check
    said = check.problem if check.state is PageState.DEAD else ""
    seen = words("queue.seen", date=words.dated(check.at.date()))
    return Fact(
        _named(page.document.id, page.document.title),
        " · ".join(part for part in (check.url, said, seen) if part),
    )


def _named(id: str, title: str) -> str:
    return f"{id} · {echo(title, LONGEST_TITLE)}"


def _button(week: str, words: Words) -> Button:
    return Button(label=words("button.help"), action=Action.HELP, argument=week)
