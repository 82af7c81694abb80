"""What every change appends: lines of the change feed and of the ledger."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_rows import ledger_row
from knowledge.ledger import seal
from knowledge.model import Event, LedgerLine, Operation


class Journal:
    """Collects the lines of one write transaction.

    Made at the start of the transaction: it locks the store's counters, so that writers
    take turns. A number that it gives out is seen with its line or, after a rollback,
    given out again: neither sequence has a gap, and both are in order of commit.
    """

    def __init__(self, connection: Connection) -> None:
        counters = connection.execute(select(schema.store).with_for_update()).one()
        self._connection = connection
        self._feed_head: int = counters.feed_head
        self._ledger_head: int = counters.ledger_head
        self._ledger_hash: str = counters.ledger_hash
        self._changes: list[dict[str, Any]] = []
        self._lines: list[dict[str, Any]] = []

    def change(self, operation: Operation, passages: Iterable[str]) -> None:
        """A line of the feed for each passage id."""
        for passage in passages:
            self._feed_head += 1
            line = {"operation": operation.value, "passage": passage}
            self._changes.append({"sequence": self._feed_head, **line})

    def record(self, event: Event) -> int:
        """A line of the ledger, sealed; its number."""
        sequence, previous = self._ledger_head + 1, self._ledger_hash
        line = LedgerLine(
            sequence=sequence,
            event=event,
            previous=previous,
            hash=seal(event, sequence, previous),
        )
        self._lines.append(ledger_row(line))
        self._ledger_head, self._ledger_hash = line.sequence, line.hash
        return sequence

    def write(self) -> None:
        """Store the lines and the counters; called once, last in the transaction."""
        if self._changes:
            self._connection.execute(insert(schema.feed), self._changes)
        if self._lines:
            self._connection.execute(insert(schema.ledger), self._lines)
        self._connection.execute(
            update(schema.store).values(
                feed_head=self._feed_head,
                ledger_head=self._ledger_head,
                ledger_hash=self._ledger_hash,
            )
        )
