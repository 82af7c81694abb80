"""The store on SQLite, by default, or on PostgreSQL by URL (SQLAlchemy Core).

What is held in it, in whatever state; what is published is read in ``sql_published``.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import insert, select, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_archive import SqlArchive
from knowledge.adapters.sql_engine import Database, connect
from knowledge.adapters.sql_gaps import SqlGaps
from knowledge.adapters.sql_inspecting import SqlInspection
from knowledge.adapters.sql_journal import Journal
from knowledge.adapters.sql_lead import AdvisoryLock
from knowledge.adapters.sql_markings import SqlMarkings
from knowledge.adapters.sql_mending import SqlMending
from knowledge.adapters.sql_migrations import MIGRATIONS, migrate
from knowledge.adapters.sql_page_checks import SqlPageChecks
from knowledge.adapters.sql_proposals import SqlProposals
from knowledge.adapters.sql_published import SqlPublished
from knowledge.adapters.sql_reading import (
    asked_names,
    holders_of_body,
    newest_documents,
    sharing,
)
from knowledge.adapters.sql_rows import document_of, ledger_line, passage_of
from knowledge.adapters.sql_tenants import SqlTenants
from knowledge.adapters.sql_terms import SqlTerms
from knowledge.adapters.sql_text import (
    body_hash,
    printable,
    require_storable,
    unstorable,
)
from knowledge.adapters.sql_watches import SqlWatches
from knowledge.adapters.sql_writing import replace_tags, require_sound, store_change
from knowledge.errors import StoreUnavailable, UnknownDocument
from knowledge.model import Document, LedgerLine, Passage, Status
from knowledge.ports import Clock, Write

_CHUNK = 500  # ids in one statement; SQLite may be built to take no more than 999
_PAGE = 100  # rows that an iterator fetches at once
_LARGEST = 2**31 - 1  # a revision number beyond it is in no store


def open_store(url: str, clock: Clock, *, patience: float = 10.0) -> "SqlStore":
    """The store at a URL (see ``sql_engine.connect``), made or migrated where needed.

    ``patience``, in seconds, is how long a write waits for another process's.
    Raises StoreUnavailable, and NewerStore for one that a newer Quis wrote.
    """
    database = connect(url, patience)
    try:
        migrate(database, clock, MIGRATIONS)
        return SqlStore(database, clock)
    except BaseException:
        database.close()
        raise


class SqlStore(SqlPublished):
    """Implements ``ports.Store``; opened by ``open_store``.

    Its iterators hold no connection between two pages, so they may be left half-read.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database)
        self.tenants = SqlTenants(database)
        self.markings = SqlMarkings(database)
        self.proposals = SqlProposals(database)
        self.watches = SqlWatches(database)
        self.gaps = SqlGaps(database)
        self.page_checks = SqlPageChecks(database)
        self.terms = SqlTerms(database)
        self.inspection = SqlInspection(database)
        self.mending = SqlMending(database)
        self.archive = SqlArchive(database, clock)

    @property
    def id(self) -> str:
        """The store's own id; another one once a backup was restored into it."""
        return self.head().store

    def lead(self, name: str) -> AdvisoryLock | None:
        """A lock that one of all processes on this store holds; None on SQLite."""
        if self._database.dialect != "postgresql":
            return None
        return AdvisoryLock(self._database, name)

    # --- writing -------------------------------------------------------------------

    def write(self, writes: Sequence[Write]) -> None:
        """Store changes in one transaction.

        Raises ChangedMeanwhile, and InvalidMetadata for text that no database can
        hold, for a passage that is not its body's, and for a revision that is out of
        turn or held with another body.
        """
        for write in writes:
            require_sound(write)
        if not writes:
            return
        with self._database.writing() as connection:
            journal = Journal(connection)
            for write in writes:
                store_change(connection, journal, write)
            journal.write()

    def retag(self, passages: Sequence[Passage]) -> None:
        """Replace the tags of those that are stored; published ones get a PUT each."""
        for passage in passages:
            require_storable(passage.document, passage)
        if not passages:
            return
        with self._database.writing() as connection:
            journal = Journal(connection)
            replace_tags(connection, journal, passages)
            journal.write()

    def remember(self, key: str, value: str) -> None:
        """Set a remembered value."""
        require_storable(key, (key, value))
        notes = schema.notes
        with self._database.writing() as connection:
            connection.execute(select(schema.store.c.id).with_for_update())
            changed = connection.execute(
                update(notes).where(notes.c.key == key).values(value=value)
            )
            if not changed.rowcount:
                connection.execute(insert(notes).values(key=key, value=value))

    # --- documents and their passages ----------------------------------------------

    def document(self, document: str, revision: int | None = None) -> Document:
        """One revision, by default the newest. Raises UnknownDocument."""
        address = document if revision is None else f"{document}@{revision}"
        if unstorable(document) or (revision or 0) > _LARGEST:
            raise UnknownDocument(document=printable(address))
        held = schema.revisions
        wanted = select(held).where(held.c.document == document)
        if revision is not None:
            wanted = wanted.where(held.c.revision == revision)
        wanted = wanted.order_by(held.c.revision.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        if row is None:
            raise UnknownDocument(document=address)
        return document_of(row)

    def revisions(self, document: str) -> tuple[Document, ...]:
        """All revisions, oldest first. Raises UnknownDocument."""
        if unstorable(document):
            raise UnknownDocument(document=printable(document))
        held = schema.revisions
        wanted = select(held).where(held.c.document == document)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(held.c.revision)).mappings().all()
        if not rows:
            raise UnknownDocument(document=document)
        return tuple(document_of(row) for row in rows)

    def documents(self, status: Status | None = None) -> Iterator[Document]:
        """Each document's newest revision (that has the status), by id."""
        after = ""
        while True:
            wanted = newest_documents(status, after, _PAGE)
            with self._database.reading() as connection:
                rows = connection.execute(wanted).mappings().all()
            for row in rows:
                yield document_of(row)
            if len(rows) < _PAGE:
                return
            after = rows[-1]["document"]

    def with_same_body(self, body: str) -> str | None:
        """The id of a live document with this very body.

        Live is a document's published revision, and its newest of those that are
        neither rejected, retracted nor superseded.
        """
        with self._database.reading() as connection:
            asked = {"body_sha256": body_hash(body)}
            return connection.execute(holders_of_body(), asked).scalar()

    def resembling(self, fingerprints: Sequence[int]) -> Mapping[str, int]:
        """Document id → how many of these its newest live revision shares, if any."""
        shared: dict[str, int] = {}
        distinct = list(dict.fromkeys(fingerprints))
        with self._database.reading() as connection:
            for start in range(0, len(distinct), _CHUNK):
                chunk = distinct[start : start + _CHUNK]
                asked = dict(zip(asked_names(len(chunk)), chunk, strict=True))
                for document, count in connection.execute(sharing(len(chunk)), asked):
                    shared[document] = shared.get(document, 0) + count
        return dict(sorted(shared.items()))

    def passages(self, document: str, revision: int) -> tuple[Passage, ...]:
        """The passages of one revision, in order; none where it is not held."""
        if unstorable(document) or revision > _LARGEST:
            return ()
        held, cut = schema.revisions, schema.passages
        text = select(held.c.body).where(
            held.c.document == document, held.c.revision == revision
        )
        wanted = select(cut).where(
            cut.c.document == document, cut.c.revision == revision
        )
        with self._database.reading() as connection:
            body = connection.execute(text).scalar()
            rows = connection.execute(wanted.order_by(cut.c.start, cut.c.end))
            return tuple(passage_of(row, body or "") for row in rows.mappings())

    # --- the ledger, notes ---------------------------------------------------------

    def ledger(self, document: str | None = None) -> Iterator[LedgerLine]:
        """The ledger in order, whole or for one document."""
        if document is not None and unstorable(document):
            return
        lines = schema.ledger
        wanted = select(lines).order_by(lines.c.sequence).limit(_PAGE)
        if document is not None:
            wanted = wanted.where(lines.c.document == document)
        after = 0
        while True:
            page = wanted.where(lines.c.sequence > after)
            with self._database.reading() as connection:
                rows = connection.execute(page).mappings().all()
            for row in rows:
                try:
                    line = ledger_line(row)
                except ValueError as error:
                    problem = f"line {row['sequence']} of its ledger was tampered with"
                    where = self._database.where
                    raise StoreUnavailable(where=where, problem=problem) from error
                yield line
            if len(rows) < _PAGE:
                return
            after = rows[-1]["sequence"]

    def note(self, key: str) -> str | None:
        """A small remembered value."""
        if unstorable(key):
            return None
        wanted = select(schema.notes.c.value).where(schema.notes.c.key == key)
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar()

    def close(self) -> None:
        """Close every connection; repeatable."""
        self._database.close()
