"""What the vocabulary was changed by, in the store's database."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_journal import Journal
from knowledge.adapters.sql_tenant_rows import Row
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.entries import Name
from knowledge.errors import ChangedMeanwhile
from knowledge.model import Status
from knowledge.term_ports import TermWrite
from knowledge.terms import Term, TermKind

_rows = schema.terms

LAID = (Status.PUBLISHED, Status.RETRACTED)


class SqlTerms:
    """Implements ``term_ports.TermStore``; ``SqlStore.terms`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, writes: Sequence[TermWrite]) -> None:
        """Store steps in one transaction, each with its line of the ledger."""
        for write in writes:
            require_storable(str(write.term), write.term)
            require_storable(str(write.term), write.event)
        with self._database.writing() as connection:
            journal = Journal(connection)
            for write in writes:
                _store(connection, journal, write)
            journal.write()

    def revisions(self, term: str) -> tuple[Term, ...]:
        """All revisions by id, oldest first; none where it is not held."""
        if unstorable(term):
            return ()
        wanted = select(_rows).where(_rows.c.term == term).order_by(_rows.c.revision)
        with self._database.reading() as connection:
            return tuple(map(_term, connection.execute(wanted).mappings()))

    def newest(self) -> tuple[Term, ...]:
        """The newest revision of each, in the order in which they were proposed."""
        wanted = select(_rows).where(_last()).order_by(_rows.c.proposed)
        with self._database.reading() as connection:
            return tuple(map(_term, connection.execute(wanted).mappings()))

    def laid(self) -> tuple[Term, ...]:
        """What is laid over the files: published or retracted, in the order of that."""
        wanted = select(_rows).where(_last(*LAID)).order_by(_rows.c.laid)
        with self._database.reading() as connection:
            return tuple(map(_term, connection.execute(wanted).mappings()))

    def head(self) -> tuple[str, int]:
        """The store's id and the line of the ledger by which ``laid`` last changed."""
        line = select(func.max(_rows.c.laid)).scalar_subquery()
        wanted = select(schema.store.c.id, line.label("line"))
        with self._database.reading() as connection:
            row = connection.execute(wanted).one()
            return row.id, row.line or 0


def _last(*statuses: Status) -> Any:
    """The newest revision of a term, of those that have such a status."""
    other = _rows.alias()
    newest = select(func.max(other.c.revision)).where(other.c.term == _rows.c.term)
    if statuses:
        newest = newest.where(other.c.status.in_([s.value for s in statuses]))
    return _rows.c.revision == newest.scalar_subquery()


def _store(connection: Connection, journal: Journal, write: TermWrite) -> None:
    """Raises ChangedMeanwhile."""
    term = write.term
    held = connection.execute(
        select(_rows.c.revision, _rows.c.status)
        .where(_rows.c.term == term.id)
        .order_by(_rows.c.revision.desc())
        .limit(1)
    ).one_or_none()
    newest = None if held is None else (held.revision, Status(held.status))
    if newest != write.expected:
        raise ChangedMeanwhile(document=str(term))
    line = journal.record(write.event)
    published = (_rows.c.term == term.id, _rows.c.status == Status.PUBLISHED.value)
    if term.status is Status.PUBLISHED:
        connection.execute(
            update(_rows)
            .where(*published, _rows.c.revision != term.revision)
            .values(status=Status.SUPERSEDED.value)
        )
    values: dict[str, Any] = {"status": term.status.value}
    if term.status in LAID:
        values["laid"] = line
    this = (_rows.c.term == term.id, _rows.c.revision == term.revision)
    if not connection.execute(update(_rows).where(*this).values(values)).rowcount:
        row = {"term": term.id, "revision": term.revision, "proposed": line}
        connection.execute(
            insert(_rows).values(**row, **values, content=_content(term))
        )


def _content(term: Term) -> str:
    content = {
        "kind": term.kind.value,
        "owner": term.owner,
        "name": term.name._asdict(),
        "language": term.language,
        "home": term.home,
        "description": term.description,
        "names": [name._asdict() for name in term.names],
    }
    return json.dumps(content, ensure_ascii=False)


def _term(row: Row) -> Term:
    content = json.loads(row["content"])
    return Term(
        kind=TermKind(content.pop("kind")),
        name=Name(**content.pop("name")),
        names=tuple(Name(**name) for name in content.pop("names")),
        revision=row["revision"],
        status=Status(row["status"]),
        **content,
    )
