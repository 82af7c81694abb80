"""How a quote that was shown may fall, and what is known of it already.

Rules on frozen values alone: the ledger is followed, and messages are marked, in
``corrections``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import (
    Document,
    Event,
    Fall,
    Hindrance,
    LedgerLine,
    Marking,
    Post,
    Relation,
    Span,
    Telling,
)

NEW_SIDES = {
    Relation.SUPERSEDES: Fall.SUPERSEDED,
    Relation.CONTRADICTS: Fall.CONTRADICTED,
}

BY_OTHERS = frozenset({*NEW_SIDES.values(), Fall.LIFTED})
"""What befalls a quote by what another document says, or says no longer."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A quote that a message shows, by its document, revision and span."""

    document: str
    revision: int
    quote: Span


def showing(post: Post) -> tuple[Showing, ...]:
    """All quotes that a post's message shows, those beside others too."""
    shown = post.passages[: post.shown]
    found = [Showing(*home_of(each.passage), each.quote) for each in shown]
    found += [
        Showing(*home_of(beside.passage), Span(beside.start, beside.end))
        for each in shown
        for beside in each.beside
    ]
    return tuple(found)


def fall_between(shown: Document, now: Document, quotes: Sequence[Span]) -> Fall | None:
    """How quotes of one revision stand in a later one; None: as they did.

    Corrected where its words are no longer in it; amended where they are, and what
    stands beside them in a message, or what the document says of others, is not the same.
    """
    if any(quote.of(shown.body) not in now.body for quote in quotes):
        return Fall.CORRECTED
    return Fall.AMENDED if particulars(shown) != particulars(now) else None


def particulars(document: Document) -> tuple[object, ...]:
    """What stands beside a document's quotes in a message, and what it says of others."""
    sides = {link for link in document.links if link.relation in NEW_SIDES}
    return (
        document.form,
        document.kind,
        document.event_on,
        document.sources,
        frozenset(document.vendors),
        frozenset(document.places),
        frozenset(sides),
    )


def last_own(known: Sequence[Marking], document: str, before: int) -> Marking | None:
    """The last thing that befell a document itself, of all that a post was marked with."""
    own = [
        each
        for each in known
        if each.document == document
        and each.change < before
        and each.fall not in BY_OTHERS
    ]
    return max(own, key=lambda each: each.change, default=None)


def last_by_other(
    known: Sequence[Marking], document: str, by: str, *, before: int | None = None
) -> Marking | None:
    """The last thing that befell a document by another."""
    own = [
        each
        for each in known
        if each.document == document
        and each.by == by
        and each.fall in BY_OTHERS
        and (before is None or each.change < before)
    ]
    return max(own, key=lambda each: each.change, default=None)


def against(document: Document | None) -> set[str]:
    """The documents that a revision contradicts or supersedes."""
    links = document.links if document else ()
    return {link.document for link in links if link.relation in NEW_SIDES}


def marking_of(
    line: LedgerLine,
    post: Post,
    fall: Fall,
    by: str | None,
    reason: str,
    document: str | None = None,
) -> Marking:
    """What a line of the ledger means for a post, as it is kept; ``document`` is the one
    whose quotes befell it, where that is not the line's own.

    A message that only its asker sees cannot be edited: whoever wants to be told is, and
    nothing is to be shown before that.
    """
    event = line.event
    nobody = post.private and post.asker is None
    return Marking(
        post=post.key,
        change=line.sequence,
        document=document or event.document,
        fall=fall,
        by=by,
        revision=event.revision,
        reason=reason,
        at=event.at,
        state=Telling.GIVEN_UP if nobody else Telling.DUE,
        hindrance=Hindrance.PRIVATE if nobody else None,
        edited=post.private and not nobody,
    )


def reason_of(event: Event) -> str:
    """What was given with a step; empty where nothing was."""
    return event.detail.get("reason", "")


def home_of(passage: str) -> tuple[str, int]:
    """The document and the revision that a passage's address names."""
    document, _, place = passage.partition("@")
    revision = place.partition("#")[0]
    return document, int(revision) if revision.isdecimal() else 0
