"""What every ProposalStore does: tests for an implementation to inherit.

A subclass supplies the fixture ``proposals``, over an empty database.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from knowledge.errors import InvalidMetadata
from knowledge.model import Place, Proposal, ProposalState, Tenant
from tests.contracts.tenant_contract import NAMESAKE, OURS
from tests.fakes import NOON

OPEN, OFFERED = ProposalState.OPEN, ProposalState.OFFERED
TOLD = ProposalState.TOLD


def proposal(key: str = "p", **fields: Any) -> Proposal:
    plain: dict[str, Any] = {
        "tenant": OURS,
        "proposer": "ana",
        "at": NOON,
        "language": "fr",
        "origin": "note.md",
        "body": "Une phrase à citer.",
        "stated": {"title": "Été", "vendors": ["clearview-ai"]},
        "found": {"publisher": "Le Monde"},
        "snapshot": "ab" * 32,
    }
    return Proposal(key=key, **{**plain, **fields})


class ProposalStoreContract:
    """Every test gets the store as ``proposals``."""

    def test_a_proposal_is_kept_whole_and_once(self, proposals):
        first = proposal(given={"countries": ["FR"]}, target="made-1")
        proposals.add(first)
        proposals.add(replace(first, body="Another."))
        assert proposals.get(OURS, "p") == first
        assert proposals.get(OURS, "other") is None

    def test_nothing_crosses_tenants(self, proposals):
        proposals.add(proposal())
        assert proposals.get(NAMESAKE, "p") is None
        other = replace(proposal(), tenant=NAMESAKE, body="Another.")
        assert not proposals.change(other, OPEN)
        assert not proposals.place(NAMESAKE, "p", Place("c", "m"))
        assert not proposals.drop(NAMESAKE, "p")
        proposals.forget(NAMESAKE)
        assert proposals.get(OURS, "p") == proposal()

    def test_of_two_who_change_it_at_once_one_does(self, proposals):
        proposals.add(proposal())
        offered = proposal(state=OFFERED, document="a", revision=1)
        assert proposals.change(offered, OPEN)
        assert not proposals.change(replace(offered, document="b"), OPEN)
        held = proposals.get(OURS, "p")
        assert (held.document, held.revision) == ("a", 1)

    def test_the_text_goes_with_the_draft_and_the_proposer_when_told(self, proposals):
        proposals.add(proposal())
        proposals.change(proposal(state=OFFERED, document="a", revision=1), OPEN)
        held = proposals.get(OURS, "p")
        assert (held.body, held.stated, held.origin) == ("", {}, "")
        assert held.proposer == "ana"
        proposals.change(replace(held, state=TOLD), OFFERED)
        assert proposals.get(OURS, "p").proposer == ""

    def test_its_card_is_found_again(self, proposals):
        proposals.add(proposal())
        card = Place("desk", "12", "12")
        assert proposals.place(OURS, "p", card)
        assert proposals.get(OURS, "p").card == card
        assert not proposals.place(OURS, "other", card)

    def test_only_what_has_no_draft_is_thrown_away(self, proposals):
        proposals.add(proposal())
        proposals.add(proposal("q", state=OFFERED, document="a", revision=1))
        assert proposals.drop(OURS, "p")
        assert not proposals.drop(OURS, "p")
        assert not proposals.drop(OURS, "q")

    def test_those_in_some_states_come_oldest_first_from_all_tenants(self, proposals):
        later = NOON + timedelta(minutes=1)
        proposals.add(proposal("b", at=later, state=OFFERED))
        proposals.add(proposal("a", tenant=Tenant("slack", "T"), state=OFFERED))
        proposals.add(proposal("c"))
        assert [p.key for p in proposals.in_states([OFFERED])] == ["a", "b"]
        assert proposals.in_states([]) == ()

    def test_what_is_old_and_of_no_more_use_is_wiped(self, proposals):
        for key, state in (("open", OPEN), ("offered", OFFERED), ("told", TOLD)):
            proposals.add(proposal(key, state=state))
        assert proposals.purge(unfinished=NOON, told=NOON) == 0
        later = NOON + timedelta(seconds=1)
        assert proposals.purge(unfinished=later, told=NOON) == 1
        assert proposals.purge(unfinished=later, told=later) == 1
        assert proposals.get(OURS, "offered") is not None

    @pytest.mark.parametrize("text", ["a\0b", "half \ud800"])
    def test_text_that_no_database_holds_is_refused(self, proposals, text):
        for broken in (proposal(body=text), proposal(given={"title": text})):
            with pytest.raises(InvalidMetadata):
                proposals.add(broken)
        assert proposals.get(OURS, text) is None
