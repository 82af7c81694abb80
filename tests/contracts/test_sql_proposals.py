"""What moderators bring in from chat, on SQLite and on PostgreSQL."""

import pytest

from knowledge.adapters.sql_store import SqlStore
from knowledge.tenant_ports import ProposalStore
from tests.contracts.proposal_contract import ProposalStoreContract

pytest_plugins = ["tests.contracts.sql_fixtures"]


class TestSqlProposals(ProposalStoreContract):
    """Runs the contract; the fixture ``store`` is each database in turn."""


@pytest.fixture
def proposals(store: SqlStore) -> ProposalStore:
    return store.proposals
