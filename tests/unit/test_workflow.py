"""The rules of review, over every status, step and role."""

from itertools import product

import pytest

from knowledge.model import Actor, Role, Status, Step
from knowledge.workflow import Allowed, Policy, Refused, State, decide

NOTHING = None

# step: the least role, then where it may start and where it ends
SPECIFICATION = """
propose  contributor  nothing draft submitted approved published rejected  draft
submit   contributor  draft                                                submitted
approve  editor       submitted                                            approved
reject   editor       draft submitted approved                             rejected
publish  editor       approved                                             published
retract  editor       published                                            retracted
correct  editor       published retracted                                  draft
recheck  editor       published                                            published
return   editor       submitted approved                                   draft
vet      editor       published                                            published
"""


def specification():
    table = {}
    for line in SPECIFICATION.strip().splitlines():
        step, role, *starts, end = line.split()
        for start in starts:
            status = NOTHING if start == "nothing" else Status(start)
            table[Step(step), status] = (Role[role.upper()], Status(end))
    return table


ONE = specification()
ONE |= {
    (Step.PUBLISH, status): (Role.EDITOR, Status.PUBLISHED)
    for status in (Status.DRAFT, Status.SUBMITTED)
}


@pytest.mark.parametrize("two_person", [False, True])
@pytest.mark.parametrize(
    ("status", "step", "role"), list(product([NOTHING, *Status], Step, Role))
)
def test_a_step_is_allowed_exactly_where_the_table_says(status, step, role, two_person):
    table = specification() if two_person else ONE
    state = State(status, "somebody-else")
    decision = decide(state, step, Actor("ana", role), Policy(two_person=two_person))
    least, end = table.get((step, status), (None, None))
    if least is not None and role >= least:
        assert isinstance(decision, Allowed)
        assert decision.status is end
        assert decision.rule
    else:
        assert isinstance(decision, Refused)
        assert decision.reason


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_nobody_approves_what_they_proposed_where_two_persons_are_asked_for(role):
    state = State(Status.SUBMITTED, "ana")
    refused = decide(state, Step.APPROVE, Actor("ana", role), Policy(two_person=True))
    assert isinstance(refused, Refused)
    assert "someone else" in refused.reason
    allowed = decide(state, Step.APPROVE, Actor("bo", role), Policy(two_person=True))
    assert allowed == Allowed(Status.APPROVED, "two-person")


def test_one_person_may_approve_alone_where_the_house_is_small():
    state = State(Status.SUBMITTED, "ana")
    decision = decide(state, Step.APPROVE, Actor("ana", Role.EDITOR), Policy())
    assert decision == Allowed(Status.APPROVED, "editor-approves")


def test_publishing_a_draft_directly_is_entered_as_one_persons_doing():
    decision = decide(
        State(Status.DRAFT, "ana"), Step.PUBLISH, Actor("ana", Role.EDITOR), Policy()
    )
    assert decision == Allowed(Status.PUBLISHED, "one-person")


@pytest.mark.parametrize(
    ("state", "step", "role", "words"),
    [
        (State(), Step.PUBLISH, Role.CONTRIBUTOR, "it takes the role editor"),
        (State(Status.DRAFT), Step.RETRACT, Role.EDITOR, "it is draft"),
        (State(Status.RETRACTED), Step.PROPOSE, Role.ADMIN, "the step correct"),
        (State(), Step.RETRACT, Role.ADMIN, "nothing is held"),
        (State(Status.DRAFT), Step.APPROVE, Role.ADMIN, "has to be submitted"),
    ],
)
def test_a_refusal_says_what_stands_in_the_way(state, step, role, words):
    decision = decide(state, step, Actor("ana", role), Policy())
    assert isinstance(decision, Refused)
    assert words in decision.reason
