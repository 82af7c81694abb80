"""What became of quotes that were shown, on SQLite and on PostgreSQL."""

import pytest

from knowledge.adapters.sql_store import SqlStore
from knowledge.tenant_ports import MarkingStore, TenantStore
from tests.contracts.marking_contract import MarkingStoreContract

pytest_plugins = ["tests.contracts.sql_fixtures"]


class TestSqlMarkings(MarkingStoreContract):
    """Runs the contract; the fixture ``store`` is each database in turn."""


@pytest.fixture
def tenants(store: SqlStore) -> TenantStore:
    return store.tenants


@pytest.fixture
def markings(store: SqlStore) -> MarkingStore:
    return store.markings
