"""What every part stands on: its rows, how they are changed, and which are a tenant's."""

from typing import Any

from sqlalchemy import ColumnElement, Table, and_

from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_text import unstorable
from knowledge.model import Tenant


class OwnRows:
    """The rows of one part, in the database that all parts share."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _changes(self, statement: Any) -> bool:
        """Whether a statement, in a transaction of its own, met any row."""
        with self._database.writing() as connection:
            return bool(connection.execute(statement).rowcount)


def is_of(table: Table, tenant: Tenant) -> ColumnElement[bool]:
    """Is this row the tenant's? Of a tenant that cannot be stored there is none."""
    if unstorable(tenant.platform) or unstorable(tenant.id):
        return table.c.platform != table.c.platform
    return and_(table.c.platform == tenant.platform, table.c.tenant == tenant.id)
