"""What only the store can say of itself: texts, addresses, and what answers showed."""

from collections.abc import Iterator

from sqlalchemy import String, cast, exists, select, tuple_

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_text import body_hash
from knowledge.keeping_ports import LedgerEnd

_PAGE = 100  # texts that an iterator fetches at once

_held, _cut = schema.revisions, schema.passages


class SqlInspection:
    """Implements ``keeping_ports.Inspection``; ``SqlStore.inspection`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def altered(self) -> Iterator[str]:
        """``document@revision`` of each text that is not what was stored."""
        for address, sha256, body in self._texts():
            if body_hash(body) != sha256:
                yield address

    def texts(self) -> Iterator[tuple[str, str]]:
        """``document@revision`` of every text and the hash that was stored with it."""
        for address, sha256, _ in self._texts():
            yield address, sha256

    def _texts(self) -> Iterator[tuple[str, str, str]]:
        address = (_held.c.document, _held.c.revision)
        wanted = select(*address, _held.c.body_sha256, _held.c.body).order_by(*address)
        after: tuple[str, int] = ("", 0)
        while True:
            page = wanted.where(tuple_(*address) > tuple_(*after)).limit(_PAGE)
            with self._database.reading() as connection:
                rows = connection.execute(page).all()
            for row in rows:
                yield f"{row.document}@{row.revision}", row.body_sha256, row.body
            if len(rows) < _PAGE:
                return
            after = (rows[-1].document, rows[-1].revision)

    def misplaced(self) -> tuple[str, ...]:
        """The addresses of passages that do not stand where their address says."""
        place = _cut.c.document + "@" + cast(_cut.c.revision, String)
        place += "#" + cast(_cut.c.start, String) + "-" + cast(_cut.c.end, String)
        wanted = select(_cut.c.id).where(_cut.c.id != place).order_by(_cut.c.id)
        with self._database.reading() as connection:
            return tuple(connection.execute(wanted).scalars())

    def unknown_quotes(self) -> tuple[str, ...]:
        """The passages that posted answers show and that are held in no revision."""
        shown = schema.shown
        known = exists().where(_cut.c.id == shown.c.passage)
        wanted = select(shown.c.passage).where(~known).distinct()
        with self._database.reading() as connection:
            found = connection.execute(wanted.order_by(shown.c.passage)).scalars()
            return tuple(found)

    def ledger_end(self) -> LedgerEnd:
        """How many lines the ledger has, and the hash of the last."""
        store = schema.store
        with self._database.reading() as connection:
            row = connection.execute(select(store.c.ledger_head, store.c.ledger_hash))
            return LedgerEnd(*row.one())
