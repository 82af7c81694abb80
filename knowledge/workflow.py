"""The rules of review: who may put a revision to which step, and where it then stands."""

from dataclasses import dataclass

from knowledge.model import Actor, Role, Status, Step


@dataclass(frozen=True, slots=True)
class Policy:
    """How strict the house is. ``two_person``: who proposed cannot approve."""

    two_person: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What a decision needs to know of a revision; status None: nothing is held yet."""

    status: Status | None = None
    proposed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """The step may be taken; ``rule`` is what the ledger will say allowed it."""

    status: Status
    rule: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The step may not be taken; ``reason`` ends the sentence "… cannot be put to …"."""

    reason: str


Decision = Allowed | Refused

TO_PUBLISH = {
    Status.DRAFT: (Step.SUBMIT, Step.APPROVE, Step.PUBLISH),
    Status.SUBMITTED: (Step.APPROVE, Step.PUBLISH),
    Status.APPROVED: (Step.PUBLISH,),
}
"""The steps from under review to published, all of which one approval may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of the table: ``role`` and above may take ``step``, from ``start`` to ``end``."""

    name: str
    step: Step
    role: Role
    start: frozenset[Status | None]
    end: Status


def _rule(
    name: str, step: Step, role: Role, start: set[Status | None], end: Status
) -> Rule:
    return Rule(name=name, step=step, role=role, start=frozenset(start), end=end)


# PROPOSE and CORRECT make a new revision on top of the one whose status is named here.
# A retracted document comes back only by CORRECT: a folder that is synchronised again
# must not bring back what an editor took down.
RULES = (
    _rule(
        "contributor-proposes",
        Step.PROPOSE,
        Role.CONTRIBUTOR,
        {
            None,
            Status.DRAFT,
            Status.SUBMITTED,
            Status.APPROVED,
            Status.PUBLISHED,
            Status.REJECTED,
        },
        Status.DRAFT,
    ),
    _rule(
        "contributor-submits",
        Step.SUBMIT,
        Role.CONTRIBUTOR,
        {Status.DRAFT},
        Status.SUBMITTED,
    ),
    _rule(
        "editor-approves",
        Step.APPROVE,
        Role.EDITOR,
        {Status.SUBMITTED},
        Status.APPROVED,
    ),
    _rule(
        "editor-rejects",
        Step.REJECT,
        Role.EDITOR,
        {Status.DRAFT, Status.SUBMITTED, Status.APPROVED},
        Status.REJECTED,
    ),
    _rule(
        "editor-returns",
        Step.RETURN,
        Role.EDITOR,
        {Status.SUBMITTED, Status.APPROVED},
        Status.DRAFT,
    ),
    _rule(
        "editor-publishes",
        Step.PUBLISH,
        Role.EDITOR,
        {Status.APPROVED},
        Status.PUBLISHED,
    ),
    _rule(
        "editor-retracts",
        Step.RETRACT,
        Role.EDITOR,
        {Status.PUBLISHED},
        Status.RETRACTED,
    ),
    _rule(
        "editor-corrects",
        Step.CORRECT,
        Role.EDITOR,
        {Status.PUBLISHED, Status.RETRACTED},
        Status.DRAFT,
    ),
    _rule(
        "editor-rechecks",
        Step.RECHECK,
        Role.EDITOR,
        {Status.PUBLISHED},
        Status.PUBLISHED,
    ),
    _rule(
        "editor-vets",
        Step.VET,
        Role.EDITOR,
        {Status.PUBLISHED},
        Status.PUBLISHED,
    ),
)

ONE_PERSON = _rule(
    "one-person",
    Step.PUBLISH,
    Role.EDITOR,
    {Status.DRAFT, Status.SUBMITTED},
    Status.PUBLISHED,
)
"""Holds only where the two-person rule does not."""

TWO_PERSON = "two-person"
"""The rule under which a second person's approval is entered."""


def decide(state: State, step: Step, actor: Actor, policy: Policy) -> Decision:
    """Whether ``actor`` may put a revision in this state to ``step``. Never raises."""
    rules = [rule for rule in RULES if rule.step is step]
    if step is Step.PUBLISH and not policy.two_person:
        rules.append(ONE_PERSON)
    least = min(rule.role for rule in rules)
    if actor.role < least:
        return Refused(
            f"it takes the role {_word(least)}, and {actor.id} has the role "
            f"{_word(actor.role)}"
        )
    fitting = [rule for rule in rules if state.status in rule.start]
    if not fitting:
        return Refused(_misfit(state, rules))
    if step is Step.APPROVE and policy.two_person:
        if state.proposed_by == actor.id:
            return Refused(
                f"{actor.id} proposed it, so someone else has to approve it "
                "(two-person rule)"
            )
        return Allowed(fitting[0].end, TWO_PERSON)
    return Allowed(fitting[0].end, fitting[0].name)


def _misfit(state: State, rules: list[Rule]) -> str:
    """Why no rule holds from this state, and from which states one does."""
    if state.status is Status.RETRACTED and rules[0].step is Step.PROPOSE:
        return "it was retracted; an editor brings it back with the step correct"
    starts = {start for rule in rules for start in rule.start if start is not None}
    wanted = " or ".join(status for status in Status if status in starts)
    if state.status is None:
        return f"nothing is held under this id yet, and it has to be {wanted}"
    return f"it is {state.status}, and has to be {wanted}"


def _word(role: Role) -> str:
    return role.name.lower()
