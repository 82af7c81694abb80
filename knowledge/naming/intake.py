"""A folder's vocabulary on its way in: every difference a proposal, or as it stands."""

from dataclasses import dataclass, replace

from knowledge.errors import (
    ChangedMeanwhile,
    InvalidMetadata,
    StepRefused,
    UnknownDocument,
)
from knowledge.model import UNDER_REVIEW, Actor, Status
from knowledge.naming import Naming
from knowledge.terms import Term
from knowledge.terms.comparing import difference
from knowledge.terms.rules import Objection
from knowledge.vocabulary import Vocabulary

TAKEN_OUT = "taken out of the files that were synchronised"
"""The reason of a retraction that a folder brings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingReport:
    """What a folder's vocabulary came to.

    ``kept`` are held and not in the folder, and stay; ``failed`` are lines for people.
    """

    taken: tuple[Term, ...]
    retracted: tuple[Term, ...] = ()
    kept: tuple[Term, ...] = ()
    failed: tuple[str, ...] = ()


def take_in(
    naming: Naming, other: Vocabulary, actor: Actor, *, publish: bool
) -> NamingReport:
    """Whatever a folder has otherwise, as proposals; with ``publish`` as it stands.

    What it lacks is retracted with ``publish`` alone, as nobody proposes that.
    Repeatable. Raises StoreUnavailable.
    """
    wanted = difference(naming.vocabulary.now, other)
    taken, retracted, kept = [], [], []
    failed = [
        f"{id}: comes with a release of Quis or a folder in QUIS_VOCABULARY"
        for id in wanted.beyond
    ]
    for term in (*wanted.less, *wanted.more):
        less = term.status is Status.PUBLISHED
        if less and not publish:
            kept.append(term)
            continue
        try:
            if less:
                held = naming.held(term.id) or term
                done = naming.retract(held.id, held.revision, actor, TAKEN_OUT)
                if isinstance(done, Objection):
                    failed.append(f"{term}: {done}")
                else:
                    retracted.append(term)
            elif _was_taken_out(naming, term):
                continue  # a folder never brings back what an editor took out
            elif against := _brought_in(naming, term, actor, publish=publish):
                failed.append(f"{term}: {against}")
            else:
                taken.append(term)
        except (
            StepRefused,
            ChangedMeanwhile,
            InvalidMetadata,
            UnknownDocument,
        ) as error:
            failed.append(str(error))
    return NamingReport(
        taken=tuple(taken),
        retracted=tuple(retracted),
        kept=tuple(kept),
        failed=tuple(failed),
    )


def _was_taken_out(naming: Naming, term: Term) -> bool:
    held = naming.held(term.id)
    return held is not None and held.status is Status.RETRACTED


def _brought_in(
    naming: Naming, term: Term, actor: Actor, *, publish: bool
) -> Objection | None:
    """Propose it, where it does not wait already, and publish it where that is said."""
    held = naming.held(term.id)
    if held is None or held.status not in UNDER_REVIEW or not _same(held, term):
        proposed = naming.propose(term, actor)
        if isinstance(proposed, Objection):
            return proposed
        held = proposed
    if publish:
        done = naming.accept(held.id, held.revision, actor, two_person=False)
        return done if isinstance(done, Objection) else None
    return None


def _same(one: Term, other: Term) -> bool:
    return replace(one, revision=0, status=Status.DRAFT) == other
