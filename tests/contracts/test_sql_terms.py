"""What the vocabulary was changed by, on SQLite and on PostgreSQL."""

import pytest

from knowledge.adapters.sql_store import SqlStore
from knowledge.term_ports import TermStore
from tests.contracts.term_contract import TermStoreContract

pytest_plugins = ["tests.contracts.sql_fixtures"]


class TestSqlTerms(TermStoreContract):
    """Runs the contract; the fixture ``store`` is each database in turn."""


@pytest.fixture
def terms(store: SqlStore) -> TermStore:
    return store.terms
