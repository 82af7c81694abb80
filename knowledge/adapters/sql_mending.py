"""What a whole ledger proves, written back where the store says otherwise."""

from collections.abc import Mapping

from sqlalchemy import and_, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_journal import Journal
from knowledge.keeping_ports import Revision
from knowledge.model import Operation, Status

_revisions, _passages = schema.revisions, schema.passages


class SqlMending:
    """Implements ``keeping_ports.Mending``; ``SqlStore.mending`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def restate(self, statuses: Mapping[Revision, tuple[Status, Status]]) -> None:
        """Set each from the status that was seen to the other; those changed since stay.

        No line of the ledger: it said so already. Indexes follow by the change feed.
        """
        # What is no longer published first: a document has one published revision.
        order = sorted(
            statuses.items(), key=lambda each: each[1][1] is Status.PUBLISHED
        )
        with self._database.writing() as connection:
            journal = Journal(connection)
            for (document, revision), (seen, meant) in order:
                this = and_(
                    _revisions.c.document == document,
                    _revisions.c.revision == revision,
                    _revisions.c.status == seen.value,
                )
                done = connection.execute(
                    update(_revisions).where(this).values(status=meant.value)
                )
                if not done.rowcount or Status.PUBLISHED not in (seen, meant):
                    continue
                ids = connection.execute(
                    select(_passages.c.id)
                    .where(
                        _passages.c.document == document,
                        _passages.c.revision == revision,
                    )
                    .order_by(_passages.c.start, _passages.c.end)
                ).scalars()
                shown = meant is Status.PUBLISHED
                journal.change(Operation.PUT if shown else Operation.DROP, list(ids))
            journal.write()
