"""What was decided on the vocabulary, as people are told it."""

from datetime import datetime

from knowledge.model import LedgerLine, NewsKind, Renamed, Step
from knowledge.ports import Store
from knowledge.term_ports import TermStore
from knowledge.terms import TermKind

DECIDED = (Step.PUBLISH, Step.RETRACT)


def renamed(terms: TermStore, line: LedgerLine) -> Renamed | None:
    """What a line on a term says to a reader; None where the term is gone.

    Raises StoreUnavailable.
    """
    event = line.event
    for term in terms.revisions(event.document):
        if term.revision == event.revision:
            out = event.step is Step.RETRACT
            return Renamed(
                line=line.sequence,
                kind=NewsKind.RETRACTED if out else NewsKind.PUBLISHED,
                owner=term.owner,
                name=term.name.text,
                vendor=term.kind is not TermKind.WORD,
                at=event.at,
            )
    return None


def renamed_between(
    store: Store, terms: TermStore, since: datetime, until: datetime
) -> tuple[Renamed, ...]:
    """All that was decided from one instant on and before the other, in order.

    Raises StoreUnavailable.
    """
    lines = (line for term in terms.newest() for line in store.ledger(term.id))
    found = (
        renamed(terms, line)
        for line in lines
        if line.event.step in DECIDED and since <= line.event.at < until
    )
    return tuple(sorted(filter(None, found), key=lambda one: one.line))
