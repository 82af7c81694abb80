"""What channels watch, and what was refused, on SQLite and on PostgreSQL."""

import pytest

from knowledge.adapters.sql_store import SqlStore
from knowledge.tenant_ports import GapStore, TenantStore, WatchStore
from tests.contracts.watch_contract import WatchStoreContract

pytest_plugins = ["tests.contracts.sql_fixtures"]


class TestSqlWatches(WatchStoreContract):
    """Runs the contract; the fixture ``store`` is each database in turn."""


@pytest.fixture
def tenants(store: SqlStore) -> TenantStore:
    return store.tenants


@pytest.fixture
def watches(store: SqlStore) -> WatchStore:
    return store.watches


@pytest.fixture
def gaps(store: SqlStore) -> GapStore:
    return store.gaps
