"""What is published now, and each change of that: what an answer may show and count."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_reading import (
    coverage_cells,
    holdings,
    linked,
    published_after,
    published_passages,
    subjects_held,
    subjects_of,
)
from knowledge.adapters.sql_rows import (
    coverage_of,
    held_passages,
    holdings_of,
    instant,
    ledger_line,
    related_of,
)
from knowledge.adapters.sql_text import unstorable
from knowledge.model import (
    Change,
    Coverage,
    Event,
    HeldPassage,
    Holding,
    Kind,
    Operation,
    Position,
    Related,
)

_CHUNK = 500  # ids in one statement; SQLite may be built to take no more than 999

MOST_COUNTED = 1_024
"""Subjects whose coverage is remembered: every answer says it, and to count it takes longer
the more passages there are."""

_Counted = dict[tuple[str | None, tuple[str, ...] | None], tuple[Coverage, ...]]
"""Vendor and places asked about → what was counted."""


class SqlPublished:
    """The part of ``ports.Store`` on what is published, with the feed; ``SqlStore`` has it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: tuple[Position | None, _Counted] = (None, {})

    def published(self, passages: Sequence[str]) -> Mapping[str, HeldPassage]:
        """Those of these passage ids that are published at this moment."""
        ids = [id_ for id_ in dict.fromkeys(passages) if not unstorable(id_)]
        chunks = [ids[n : n + _CHUNK] for n in range(0, len(ids), _CHUNK)]
        found: dict[str, HeldPassage] = {}
        with self._database.reading() as connection:
            for chunk in chunks:
                rows = connection.execute(published_passages(), {"ids": chunk})
                found |= held_passages(rows.mappings())
        return {id_: found[id_] for id_ in ids if id_ in found}

    def related(self, documents: Sequence[str]) -> Mapping[str, tuple[Related, ...]]:
        """What is published and linked to or from these published documents."""
        ids = [id_ for id_ in dict.fromkeys(documents) if not unstorable(id_)]
        if not ids:
            return {}
        with self._database.reading() as connection:
            return related_of(connection.execute(linked(ids)).mappings())

    def coverage(
        self, vendor: str | None = None, places: tuple[str, ...] | None = None
    ) -> tuple[Coverage, ...]:
        """What is published, per vendor and place, counted in documents.

        Sorted by vendor, by count (largest first), by place; None comes last. Counted once
        for each head of the feed, as the feed has all that is published or ends to be.
        """
        if any(unstorable(name) for name in (vendor or "", *(places or ()))):
            return ()
        with self._database.reading() as connection:
            head = _head(connection)
            counted_at, counted = self._counted
            if counted_at != head or len(counted) >= MOST_COUNTED:
                # Anew, and not emptied: another thread may be looking something up.
                counted = {}
                self._counted = (head, counted)
            found = counted.get((vendor, places))
            if found is None:
                cells = connection.execute(coverage_cells(vendor, places))
                found = counted[vendor, places] = coverage_of(cells.mappings())
        return found

    def holdings(
        self,
        vendor: str | None = None,
        places: tuple[str, ...] | None = None,
        kind: Kind | None = None,
    ) -> tuple[Holding, ...]:
        """The published documents with a passage on both, without their words."""
        if any(unstorable(name) for name in (vendor or "", *(places or ()))):
            return ()
        with self._database.reading() as connection:
            held = connection.execute(holdings(vendor, places, kind)).mappings().all()
            on = connection.execute(subjects_held(vendor, places, kind)).mappings()
            return holdings_of(held, on)

    def subjects(
        self, documents: Sequence[str]
    ) -> Mapping[str, frozenset[tuple[str | None, str | None]]]:
        """Those of these documents that are published, and what their passages are on."""
        ids = [id_ for id_ in dict.fromkeys(documents) if not unstorable(id_)]
        found: dict[str, set[tuple[str | None, str | None]]] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ids), _CHUNK):
                for row in connection.execute(subjects_of(ids[start : start + _CHUNK])):
                    on = found.setdefault(row.document, set())
                    if row.vendor is not None or row.place is not None:
                        on.add((row.vendor, row.place))
        return {document: frozenset(on) for document, on in found.items()}

    def publications(self, after: datetime) -> tuple[Event, ...]:
        """What was published later than this, newest first, by the ledger."""
        with self._database.reading() as connection:
            rows = connection.execute(published_after(instant(after))).mappings()
            return tuple(ledger_line(row).event for row in rows)

    def head(self) -> Position:
        """The end of the change feed."""
        with self._database.reading() as connection:
            return _head(connection)

    def changes(self, after: int, limit: int = 1000) -> tuple[Change, ...]:
        """The feed's lines after a sequence number, in order."""
        feed = schema.feed
        wanted = select(feed).where(feed.c.sequence > after).order_by(feed.c.sequence)
        with self._database.reading() as connection:
            return tuple(
                Change(row.sequence, Operation(row.operation), row.passage)
                for row in connection.execute(wanted.limit(limit))
            )


def _head(connection: Connection) -> Position:
    own = select(schema.store.c.id, schema.store.c.feed_head)
    return Position(*connection.execute(own).one())
