"""The steps of review of a term: each asks the rules, and says what is to be written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.errors import StepRefused
from knowledge.model import Actor, Event, Step
from knowledge.moderation.drafting import NOTHING
from knowledge.ports import Clock, Store
from knowledge.term_ports import TermWrite
from knowledge.terms import Term
from knowledge.workflow import Allowed, Policy, Refused, State, decide

IN_FILES = "in the files"
"""The ledger's word for a name that nobody proposed."""

_NEW = (Step.PROPOSE, Step.CORRECT)
"""Steps that make a new revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Writes nothing."""

    store: Store
    clock: Clock
    policy: Policy

    def taken(
        self,
        held: Term | None,
        steps: Sequence[Step],
        wanted: Term,
        actor: Actor,
        reason: str,
        *,
        policy: Policy | None = None,
        newest: Term | None = None,
    ) -> list[TermWrite]:
        """The steps, each judged by what the one before it made.

        ``held`` is the revision that they are about, ``newest`` the one on top of it,
        where that is another. Raises StepRefused.
        """
        writes: list[TermWrite] = []
        before, top = held, newest or held
        proposer = self.proposer(held) if held else None
        for step in steps:
            status = before.status if before else None
            state = State(status, proposer)
            allowed = self.decide(wanted, state, step, actor, policy)
            after = replace(
                wanted if before is None or step in _NEW else before,
                revision=before.revision if before else 0,
                status=allowed.status,
            )
            if step in _NEW or after.revision == 0:
                after = replace(after, revision=after.revision + 1)
            if step in _NEW:
                proposer = actor.id
            expected = None
            if top is not None and top.revision > 0:
                expected = (top.revision, top.status)
            detail = _detail(after, before, reason if step is steps[0] else "")
            event = Event(
                at=self.clock.now(),
                actor=actor.id,
                step=step,
                document=after.id,
                revision=after.revision,
                rule=allowed.rule,
                detail=detail,
            )
            writes.append(TermWrite(term=after, event=event, expected=expected))
            before = top = after
        return writes

    def decide(
        self,
        term: Term,
        state: State,
        step: Step,
        actor: Actor,
        policy: Policy | None,
    ) -> Allowed:
        """The rule that allows a step. Raises StepRefused."""
        match decide(state, step, actor, policy or self.policy):
            case Allowed() as allowed:
                return allowed
            case Refused(reason):
                raise StepRefused(document=str(term), step=step, problem=reason)

    def proposer(self, term: Term) -> str | None:
        """Who proposed a revision."""
        proposers = [
            line.event.actor
            for line in self.store.ledger(term.id)
            if line.event.revision == term.revision and line.event.step in _NEW
        ]
        return proposers[-1] if proposers else None


def _detail(after: Term, before: Term | None, reason: str) -> dict[str, str]:
    """What the ledger says beside the step: what it is about, and what stood before."""
    stood = NOTHING
    if before is not None:
        stood = f"{before.revision} {before.status}" if before.revision else IN_FILES
    detail = {"term": str(after), "before": stood}
    detail["after"] = f"{after.revision} {after.status}"
    if reason.strip():
        detail["reason"] = reason.strip()
    return detail
