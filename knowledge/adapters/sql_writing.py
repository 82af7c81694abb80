"""One change of one document, inside a write transaction that somebody else began."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_journal import Journal
from knowledge.adapters.sql_rows import (
    link_rows,
    passage_row,
    revision_row,
    subject_rows,
    tag_columns,
)
from knowledge.adapters.sql_text import require_storable
from knowledge.errors import ChangedMeanwhile, InvalidMetadata
from knowledge.model import Document, Operation, Passage, Status
from knowledge.ports import Write

_CHUNK = 500  # ids in one statement; SQLite may be built to take no more than 999

_revisions, _passages = schema.revisions, schema.passages

# Made once: to put a statement together takes longer than the database takes for it.
# ``of`` is a document, ``at`` its revision.


def _at(table: Table) -> ColumnElement[bool]:
    return and_(
        table.c.document == bindparam("of"), table.c.revision == bindparam("at")
    )


_NEWEST = (
    select(_revisions.c.revision, _revisions.c.status)
    .where(_revisions.c.document == bindparam("of"))
    .order_by(_revisions.c.revision.desc())
    .limit(1)
)
_PUBLISHED = select(_revisions.c.revision).where(
    _revisions.c.document == bindparam("of"),
    _revisions.c.status == Status.PUBLISHED.value,
)
_PASSAGES = (
    select(_passages.c.id)
    .where(_at(_passages))
    .order_by(_passages.c.start, _passages.c.end)
)
_BODY_OF = select(_revisions.c.body_sha256).where(_at(_revisions))
_REVISION = update(_revisions).where(_at(_revisions))
_NO_PASSAGES = delete(_passages).where(_at(_passages))
_NO_LINKS = delete(schema.links).where(_at(schema.links))
_NO_FINGERPRINTS = delete(schema.fingerprints).where(_at(schema.fingerprints))


def require_sound(write: Write) -> None:
    """Raises InvalidMetadata for a change that no store can hold as it is."""
    document = write.document
    for value in (document, write.event, write.passages):
        require_storable(document.id, value)
    for passage in write.passages or ():
        home = (passage.document, passage.revision)
        words = document.body[passage.start : passage.end]
        if home != (document.id, document.revision) or passage.text != words:
            problem = f"passage {passage.id} is not what its text says at that place"
            raise InvalidMetadata(subject=document.id, problem=problem)


def store_change(connection: Connection, journal: Journal, write: Write) -> None:
    """Everything that one Write stands for. Raises ChangedMeanwhile."""
    document = write.document
    newest = _newest(connection, document.id)
    if newest != write.expected:
        raise ChangedMeanwhile(document=document.id)
    published = connection.execute(_PUBLISHED, {"of": document.id}).scalar_one_or_none()
    shown = _passage_ids(connection, document.id, published) if published else []

    if document.status is Status.PUBLISHED and published not in (
        None,
        document.revision,
    ):
        connection.execute(
            update(_revisions)
            .where(
                _revisions.c.document == document.id, _revisions.c.revision == published
            )
            .values(status=Status.SUPERSEDED.value)
        )
    _store_revision(connection, document, newest[0] if newest else 0)
    if write.passages is not None:
        _replace_passages(connection, document, write.passages)
    if write.fingerprints:
        _replace_fingerprints(connection, document, write.fingerprints)

    if document.status is Status.PUBLISHED:
        to_show = _passage_ids(connection, document.id, document.revision)
    elif published == document.revision:
        to_show = []  # it stops being published
    else:
        to_show = None  # a change beside the published revision, which stays
    if to_show is not None:
        kept = set(to_show)
        journal.change(Operation.DROP, (p for p in shown if p not in kept))
        journal.change(Operation.PUT, to_show)
    journal.record(write.event)


def replace_tags(
    connection: Connection, journal: Journal, passages: Sequence[Passage]
) -> None:
    """New tags for those of these passages that are stored."""
    for start in range(0, len(passages), _CHUNK):
        chunk = {p.id: p for p in passages[start : start + _CHUNK]}
        found = connection.execute(
            select(_passages.c.id, _revisions.c.status)
            .join_from(_passages, _revisions, _OF_REVISION)
            .where(_passages.c.id.in_(list(chunk)))
        )
        status = {row.id: row.status for row in found}
        stored = [p for id_, p in chunk.items() if id_ in status]
        if not stored:
            continue
        connection.execute(
            update(_passages).where(_passages.c.id == bindparam("passage")),
            [{"passage": p.id, **tag_columns(p)} for p in stored],
        )
        connection.execute(
            delete(schema.subjects).where(schema.subjects.c.passage.in_(list(status)))
        )
        _insert_subjects(connection, stored)
        shown = [p.id for p in stored if status[p.id] == Status.PUBLISHED.value]
        journal.change(Operation.PUT, shown)


_OF_REVISION = and_(
    _passages.c.document == _revisions.c.document,
    _passages.c.revision == _revisions.c.revision,
)


def _newest(connection: Connection, document: str) -> tuple[int, Status] | None:
    row = connection.execute(_NEWEST, {"of": document}).one_or_none()
    return None if row is None else (row.revision, Status(row.status))


def _passage_ids(connection: Connection, document: str, revision: int) -> list[str]:
    ids = connection.execute(_PASSAGES, {"of": document, "at": revision})
    return list(ids.scalars())


def _store_revision(connection: Connection, document: Document, newest: int) -> None:
    row = revision_row(document)
    this = {"of": document.id, "at": document.revision}
    held = connection.execute(_BODY_OF, this).scalar()
    if held is None:
        if document.revision != newest + 1:
            problem = f"revision {document.revision} cannot follow revision {newest}"
            raise InvalidMetadata(subject=document.id, problem=problem)
        connection.execute(insert(_revisions), row)
        _replace_links(connection, document)
        return
    if held != row.pop("body_sha256"):
        # Quotes are addressed by revision and place: the words there never change.
        problem = (
            f"revision {document.revision} is held with another text: "
            "correct it in a new revision"
        )
        raise InvalidMetadata(subject=document.id, problem=problem)
    del row["body"], row["document"], row["revision"]
    connection.execute(_REVISION, this | row)
    _replace_links(connection, document)


def _replace_links(connection: Connection, document: Document) -> None:
    this = {"of": document.id, "at": document.revision}
    connection.execute(_NO_LINKS, this)
    if rows := link_rows(document):
        connection.execute(insert(schema.links), rows)


def _replace_passages(
    connection: Connection, document: Document, passages: Sequence[Passage]
) -> None:
    this = {"of": document.id, "at": document.revision}
    connection.execute(_NO_PASSAGES, this)
    if passages:
        rows = [passage_row(passage) for passage in passages]
        connection.execute(insert(_passages), rows)
        _insert_subjects(connection, passages)


def _insert_subjects(connection: Connection, passages: Sequence[Passage]) -> None:
    rows = [row for passage in passages for row in subject_rows(passage)]
    if rows:
        connection.execute(insert(schema.subjects), rows)


def _replace_fingerprints(
    connection: Connection, document: Document, fingerprints: Sequence[int]
) -> None:
    this = {"of": document.id, "at": document.revision}
    connection.execute(_NO_FINGERPRINTS, this)
    home = {"document": document.id, "revision": document.revision}
    rows = [{**home, "fingerprint": value} for value in dict.fromkeys(fingerprints)]
    connection.execute(insert(schema.fingerprints), rows)
