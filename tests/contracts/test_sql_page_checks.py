"""The last look at each source's page, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from knowledge.errors import InvalidMetadata
from knowledge.model import PageCheck, PageState, Validators
from tests.fakes import NOON

pytest_plugins = ["tests.contracts.sql_fixtures"]


def check(url="https://a.example/", **fields):
    plain = {"at": NOON, "state": PageState.HELD}
    return PageCheck(url=url, **{**plain, **fields})


def test_the_last_look_takes_the_place_of_the_one_before(store):
    checks = store.page_checks
    first = check(validators=Validators('W/"é"', "Mon"), lost=("a@1#0-9", "b@2#3-4"))
    checks.put(first)
    other = check("https://b.example/", state=PageState.DEAD, problem="404 à tort")
    checks.put(other)
    assert checks.all() == (first, other)
    second = check(at=NOON + timedelta(days=1))
    checks.put(second)
    assert checks.all() == (second, other)


@pytest.mark.parametrize("bad", ["a\0b", "\ud800"])
def test_what_no_database_can_hold(store, bad):
    with pytest.raises(InvalidMetadata):
        store.page_checks.put(check(problem=bad))
    with pytest.raises(InvalidMetadata):
        store.page_checks.put(check(validators=Validators(etag=bad)))
    assert store.page_checks.all() == ()
