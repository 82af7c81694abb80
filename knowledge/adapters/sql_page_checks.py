"""The last look at each source's page, in the store's database."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_rows import instant
from knowledge.adapters.sql_text import require_storable
from knowledge.adapters.sql_upsert import put_row
from knowledge.model import PageCheck, PageState, Validators

_rows = schema.page_checks


class SqlPageChecks:
    """Implements ``tenant_ports.PageCheckStore``; ``SqlStore.page_checks`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, check: PageCheck) -> None:
        """Keep it in the place of the one before. Raises InvalidMetadata."""
        require_storable("the check of a page", check)
        row = {
            "url": check.url,
            "at": instant(check.at),
            "state": check.state.value,
            "problem": check.problem,
            "etag": check.validators.etag,
            "modified": check.validators.modified,
            "lost": json.dumps(check.lost),
        }
        with self._database.writing() as connection:
            put_row(connection, _rows, row)

    def all(self) -> tuple[PageCheck, ...]:
        """Each address's last, by address."""
        wanted = select(_rows).order_by(_rows.c.url)
        with self._database.reading() as connection:
            return tuple(map(_check, connection.execute(wanted).mappings()))


def _check(row: Mapping[Any, Any]) -> PageCheck:
    return PageCheck(
        url=row["url"],
        at=datetime.fromisoformat(row["at"]),
        state=PageState(row["state"]),
        problem=row["problem"],
        validators=Validators(row["etag"], row["modified"]),
        lost=tuple(json.loads(row["lost"])),
    )
