"""What is kept for servers and workspaces, on SQLite and on PostgreSQL."""

import pytest

from knowledge.adapters.sql_store import SqlStore, open_store
from knowledge.tenant_ports import TenantStore
from tests.contracts.tenant_contract import (
    EVERYTHING,
    OURS,
    THEIRS,
    TenantStoreContract,
    asked,
    left,
    post,
    report,
    request,
)
from tests.fakes import NOON, FixedClock

pytest_plugins = ["tests.contracts.sql_fixtures"]


class TestSqlTenants(TenantStoreContract):
    """Runs the contract; the fixture ``store`` is each database in turn."""


@pytest.fixture
def tenants(store: SqlStore) -> TenantStore:
    return store.tenants


def test_what_a_tenant_has_outlives_the_process(store_url: str) -> None:
    first = open_store(store_url, FixedClock())
    first.tenants.set_settings(OURS, EVERYTHING)
    first.tenants.add_post(post())
    first.tenants.add_request(request())
    first.tenants.add_report(report())
    first.tenants.first_time(OURS, "e", NOON)
    first.tenants.take_up(asked(), ["m"], 9)
    first.close()
    second = open_store(store_url, FixedClock())
    assert second.tenants.settings(OURS) == EVERYTHING
    assert second.tenants.post(OURS, "k") == post()
    assert second.tenants.request(OURS, "r") == request()
    assert second.tenants.report(OURS, "r") == report()
    assert not second.tenants.first_time(OURS, "e", NOON)
    assert not second.tenants.first_time(OURS, "m", NOON)
    assert left(second.tenants) == ["M"]
    second.close()


def test_two_processes_that_see_one_event_agree_on_one(store_url: str) -> None:
    stores = [open_store(store_url, FixedClock()) for _ in range(2)]
    new = [store.tenants.first_time(THEIRS, "e", NOON) for store in stores]
    assert new == [True, False]
    for store in stores:
        store.close()
