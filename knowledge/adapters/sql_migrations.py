"""How the schema came about, step by step; a step that was released is never edited.

To change the schema: add a function and its line in MIGRATIONS, and bring
``sql_schema`` to the same state (a test compares the two on both databases).
"""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import Connection, func, insert, inspect, select
from sqlalchemy import text as sql

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.errors import NewerStore, StoreUnavailable
from knowledge.ledger import BEGINNING
from knowledge.ports import Clock

APPLICATION_ID = int.from_bytes(b"Quis", "big")
"""Stands in the header of a SQLite file that is ours."""

# The statements below are written once; this is where the two databases differ.
_WORDS = {
    "sqlite": {"BIGINT": "INTEGER"},
    "postgresql": {"TEXT": 'TEXT COLLATE "C"'},
}


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a schema version to the next."""

    version: int
    description: str
    apply: Callable[[Connection], None]


def migrate(database: Database, clock: Clock, steps: Sequence[Migration]) -> None:
    """Bring a store to the schema after these steps, creating it where there is none.

    Each step is one transaction. Raises NewerStore or StoreUnavailable, before anything
    is written, for a store of a newer Quis and for another application's database.
    """
    with database.reading() as connection:
        found = _version(connection, database.where, known=len(steps))
    database.prepare()
    for step in steps[found:]:
        with database.writing() as connection:
            if database.dialect == "postgresql":
                # Two processes that open an empty database at once take turns.
                connection.execute(select(func.pg_advisory_xact_lock(APPLICATION_ID)))
            if _version(connection, database.where, known=len(steps)) >= step.version:
                continue
            step.apply(connection)
            connection.execute(
                insert(schema.schema_versions).values(
                    version=step.version,
                    description=step.description,
                    applied_at=clock.now().astimezone(UTC).isoformat(),
                )
            )
            if database.dialect == "sqlite":
                # In the file's header, where a newer Quis will not have moved it.
                connection.execute(sql(f"PRAGMA user_version = {step.version}"))


def _version(connection: Connection, where: str, *, known: int) -> int:
    tables = set(inspect(connection).get_table_names())
    found = 0
    if connection.dialect.name == "sqlite":
        owner = connection.execute(sql("PRAGMA application_id")).scalar_one()
        if owner != APPLICATION_ID and (owner or tables):
            raise StoreUnavailable(where=where, problem=_FOREIGN)
        found = connection.execute(sql("PRAGMA user_version")).scalar_one()
    elif schema.schema_versions.name in tables:
        newest = select(func.max(schema.schema_versions.c.version))
        found = connection.execute(newest).scalar() or 0
    elif tables & set(schema.metadata.tables):
        raise StoreUnavailable(where=where, problem=_FOREIGN)
    if found > known:
        raise NewerStore(where=where, found=found, known=known)
    return found


_FOREIGN = (
    "it holds another application's data: give Quis a database (or a folder) of its own"
)


def _run(connection: Connection, *statements: str) -> None:
    words = _WORDS[connection.dialect.name]
    for statement in statements:
        for word, ours in words.items():
            statement = re.sub(rf"\b{word}\b", ours, statement)
        connection.exec_driver_sql(statement)


# --- the steps ---------------------------------------------------------------------


def _identity(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    _run(
        connection,
        """CREATE TABLE quis_schema (
            version INTEGER NOT NULL PRIMARY KEY,
            description TEXT NOT NULL,
            applied_at TEXT NOT NULL)""",
        """CREATE TABLE store (
            singleton INTEGER NOT NULL PRIMARY KEY CHECK (singleton = 1),
            id TEXT NOT NULL,
            feed_head BIGINT NOT NULL,
            ledger_head BIGINT NOT NULL,
            ledger_hash TEXT NOT NULL)""",
        "CREATE TABLE notes (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    )
    connection.execute(
        sql("INSERT INTO store VALUES (1, :id, 0, 0, :beginning)"),
        {"id": uuid.uuid4().hex, "beginning": BEGINNING},
    )


def _documents(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE revisions (
            document TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision > 0),
            status TEXT NOT NULL,
            title TEXT NOT NULL,
            form TEXT NOT NULL,
            kind TEXT NOT NULL,
            language TEXT NOT NULL,
            sources TEXT NOT NULL,
            vendors TEXT NOT NULL,
            places TEXT NOT NULL,
            event_on TEXT,
            links TEXT NOT NULL,
            translations TEXT NOT NULL,
            vetting TEXT NOT NULL,
            vetted_on TEXT,
            rechecked_on TEXT,
            dated TEXT,
            body_sha256 TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (document, revision))""",
        "CREATE INDEX revisions_by_body ON revisions (body_sha256)",
        """CREATE UNIQUE INDEX one_published_revision ON revisions (document)
            WHERE status = 'published'""",
        """CREATE TABLE links (
            document TEXT NOT NULL,
            revision INTEGER NOT NULL,
            relation TEXT NOT NULL,
            target TEXT NOT NULL,
            PRIMARY KEY (document, revision, relation, target),
            FOREIGN KEY (document, revision) REFERENCES revisions)""",
        "CREATE INDEX links_by_target ON links (target)",
    )


def _passages(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE passages (
            id TEXT NOT NULL PRIMARY KEY,
            document TEXT NOT NULL,
            revision INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            locator TEXT NOT NULL,
            language TEXT NOT NULL,
            vendors TEXT NOT NULL,
            places TEXT NOT NULL,
            concepts TEXT NOT NULL,
            FOREIGN KEY (document, revision) REFERENCES revisions)""",
        "CREATE INDEX passages_in_order ON passages (document, revision, start)",
        """CREATE TABLE subjects (
            passage TEXT NOT NULL,
            vendor TEXT,
            place TEXT,
            FOREIGN KEY (passage) REFERENCES passages (id) ON DELETE CASCADE)""",
        "CREATE INDEX subjects_by_passage ON subjects (passage)",
        "CREATE INDEX subjects_by_vendor ON subjects (vendor, place)",
        "CREATE INDEX subjects_by_place ON subjects (place)",
    )


def _fingerprints(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE fingerprints (
            document TEXT NOT NULL,
            revision INTEGER NOT NULL,
            fingerprint BIGINT NOT NULL,
            PRIMARY KEY (document, revision, fingerprint),
            FOREIGN KEY (document, revision) REFERENCES revisions)""",
        "CREATE INDEX fingerprints_by_value ON fingerprints (fingerprint)",
    )


def _feed(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE feed (
            sequence BIGINT NOT NULL PRIMARY KEY,
            operation TEXT NOT NULL,
            passage TEXT NOT NULL)""",
    )


def _ledger(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE ledger (
            sequence BIGINT NOT NULL PRIMARY KEY,
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            step TEXT NOT NULL,
            document TEXT NOT NULL,
            revision INTEGER NOT NULL,
            rule TEXT NOT NULL,
            detail TEXT NOT NULL,
            previous TEXT NOT NULL,
            hash TEXT NOT NULL)""",
        "CREATE INDEX ledger_by_document ON ledger (document, sequence)",
    )


def _ledger_append_only(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        _run(
            connection,
            """CREATE FUNCTION quis_ledger_is_append_only() RETURNS trigger
                LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
            """CREATE TRIGGER ledger_append_only
                BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
                FOR EACH STATEMENT EXECUTE FUNCTION quis_ledger_is_append_only()""",
        )
        return
    _run(
        connection,
        """CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
        """CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
        # INSERT OR REPLACE removes the old row without asking the trigger above.
        """CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
            WHEN EXISTS (SELECT 1 FROM ledger WHERE sequence = NEW.sequence)
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    )


def _own_questions(connection: Connection) -> None:
    _run(
        connection,
        "ALTER TABLE revisions ADD COLUMN questions TEXT NOT NULL DEFAULT '[]'",
    )


def _tenants(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE tenants (
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            settings TEXT NOT NULL,
            PRIMARY KEY (platform, tenant))""",
        """CREATE TABLE seen_events (
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            event TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (platform, tenant, event))""",
        "CREATE INDEX seen_events_by_age ON seen_events (at)",
    )


def _posts(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE posts (
            key TEXT NOT NULL PRIMARY KEY,
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            channel TEXT NOT NULL,
            at TEXT NOT NULL,
            language TEXT NOT NULL,
            owner TEXT NOT NULL,
            private INTEGER NOT NULL,
            vendors TEXT NOT NULL,
            places TEXT NOT NULL,
            kind TEXT NOT NULL,
            reason TEXT,
            shown INTEGER NOT NULL,
            place_channel TEXT,
            place_message TEXT,
            place_thread TEXT)""",
        """CREATE INDEX posts_by_place
            ON posts (platform, tenant, place_channel, place_message)""",
        "CREATE INDEX posts_by_age ON posts (at)",
        """CREATE TABLE shown (
            post TEXT NOT NULL,
            position INTEGER NOT NULL,
            beside INTEGER NOT NULL,
            passage TEXT NOT NULL,
            document TEXT NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            standing TEXT,
            score FLOAT,
            reasons TEXT,
            PRIMARY KEY (post, position, beside),
            FOREIGN KEY (post) REFERENCES posts (key) ON DELETE CASCADE)""",
        "CREATE INDEX shown_by_passage ON shown (passage)",
        "CREATE INDEX shown_by_document ON shown (document)",
        """CREATE TABLE votes (
            post TEXT NOT NULL,
            voter TEXT NOT NULL,
            helpful INTEGER NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (post, voter),
            FOREIGN KEY (post) REFERENCES posts (key) ON DELETE CASCADE)""",
    )


def _requests(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE requests (
            id TEXT NOT NULL PRIMARY KEY,
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            channel TEXT NOT NULL,
            at TEXT NOT NULL,
            language TEXT NOT NULL,
            asker TEXT NOT NULL,
            text TEXT NOT NULL,
            vendors TEXT NOT NULL,
            places TEXT NOT NULL,
            state TEXT NOT NULL,
            document TEXT,
            card_channel TEXT,
            card_message TEXT,
            card_thread TEXT)""",
        "CREATE INDEX requests_by_tenant ON requests (platform, tenant)",
        "CREATE INDEX requests_by_state ON requests (state)",
        """CREATE TABLE reports (
            id TEXT NOT NULL PRIMARY KEY,
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            post TEXT NOT NULL,
            at TEXT NOT NULL,
            language TEXT NOT NULL,
            reporter TEXT NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            passages TEXT NOT NULL,
            resolution TEXT,
            told INTEGER NOT NULL,
            card_channel TEXT,
            card_message TEXT,
            card_thread TEXT)""",
        "CREATE INDEX reports_by_tenant ON reports (platform, tenant)",
        "CREATE INDEX ledger_by_step ON ledger (step, at)",
    )


def _corrections(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE corrections (
            post TEXT NOT NULL,
            change BIGINT NOT NULL,
            document TEXT NOT NULL,
            fall TEXT NOT NULL,
            "by" TEXT,
            revision INTEGER NOT NULL,
            reason TEXT NOT NULL,
            at TEXT NOT NULL,
            state TEXT NOT NULL,
            hindrance TEXT,
            edited INTEGER NOT NULL,
            tries INTEGER NOT NULL,
            PRIMARY KEY (post, change, document),
            FOREIGN KEY (post) REFERENCES posts (key) ON DELETE CASCADE)""",
        "CREATE INDEX corrections_by_state ON corrections (state)",
    )


def _proposals(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE proposals (
            key TEXT NOT NULL PRIMARY KEY,
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            proposer TEXT NOT NULL,
            at TEXT NOT NULL,
            language TEXT NOT NULL,
            text TEXT NOT NULL,
            target TEXT,
            state TEXT NOT NULL,
            document TEXT,
            revision INTEGER NOT NULL,
            card_channel TEXT,
            card_message TEXT,
            card_thread TEXT)""",
        "CREATE INDEX proposals_by_state ON proposals (state)",
    )


def _claims(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE claims (
            name TEXT NOT NULL PRIMARY KEY,
            holder TEXT NOT NULL,
            until TEXT NOT NULL)""",
        "CREATE INDEX claims_by_age ON claims (until)",
    )


def _watches(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE watches (
            id TEXT NOT NULL PRIMARY KEY,
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            channel TEXT NOT NULL,
            owner TEXT NOT NULL,
            vendor TEXT NOT NULL,
            place TEXT NOT NULL,
            rhythm TEXT NOT NULL,
            language TEXT,
            since TEXT NOT NULL,
            told BIGINT NOT NULL,
            told_at TEXT NOT NULL,
            begun BIGINT,
            UNIQUE (platform, tenant, channel, vendor, place))""",
    )


def _refusals(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE refusals (
            id TEXT NOT NULL PRIMARY KEY,
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            at TEXT NOT NULL,
            language TEXT NOT NULL,
            reason TEXT NOT NULL,
            vendors TEXT NOT NULL,
            places TEXT NOT NULL,
            concepts TEXT NOT NULL,
            text TEXT)""",
        "CREATE INDEX refusals_by_tenant ON refusals (platform, tenant, at)",
        "CREATE INDEX refusals_by_age ON refusals (at)",
    )


def _page_checks(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE page_checks (
            url TEXT NOT NULL PRIMARY KEY,
            at TEXT NOT NULL,
            state TEXT NOT NULL,
            problem TEXT NOT NULL,
            etag TEXT,
            modified TEXT,
            lost TEXT NOT NULL)""",
    )


def _digests(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE digests (
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            due TEXT NOT NULL,
            told INTEGER NOT NULL,
            PRIMARY KEY (platform, tenant))""",
    )


def _terms(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE terms (
            term TEXT NOT NULL,
            revision INTEGER NOT NULL,
            status TEXT NOT NULL,
            proposed BIGINT NOT NULL,
            laid BIGINT,
            content TEXT NOT NULL,
            PRIMARY KEY (term, revision))""",
        "CREATE INDEX terms_laid ON terms (laid)",
    )


def _begun(connection: Connection) -> None:
    _run(
        connection,
        "ALTER TABLE claims ADD COLUMN begun TEXT NOT NULL DEFAULT ''",
        # As near as it is known of those that were claimed before.
        "UPDATE claims SET begun = until",
    )


def _askers(connection: Connection) -> None:
    _run(connection, "ALTER TABLE posts ADD COLUMN asker TEXT")


def _wordings(connection: Connection) -> None:
    _run(
        connection,
        "ALTER TABLE revisions ADD COLUMN wordings TEXT NOT NULL DEFAULT '[]'",
    )


def _threads(connection: Connection) -> None:
    _run(connection, "ALTER TABLE posts ADD COLUMN thread TEXT")


def _pending_questions(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE pending_questions (
            platform TEXT NOT NULL,
            tenant TEXT NOT NULL,
            channel TEXT NOT NULL,
            message TEXT NOT NULL,
            thread TEXT,
            at TEXT NOT NULL,
            holder TEXT NOT NULL,
            language TEXT,
            direct INTEGER NOT NULL,
            PRIMARY KEY (platform, tenant, channel, message))""",
        "CREATE INDEX pending_questions_by_age ON pending_questions (at)",
    )


MIGRATIONS = (
    Migration(1, "the store's identity, its counters, notes", _identity),
    Migration(2, "documents, their revisions and links", _documents),
    Migration(3, "passages and what they are on", _passages),
    Migration(4, "resemblance sketches", _fingerprints),
    Migration(5, "the change feed", _feed),
    Migration(6, "the ledger", _ledger),
    Migration(7, "the ledger refuses all but new lines", _ledger_append_only),
    Migration(8, "the questions that a document answers", _own_questions),
    Migration(9, "settings of servers and workspaces, events seen", _tenants),
    Migration(10, "answers that were given, and votes on them", _posts),
    Migration(11, "requests to the moderators, reports", _requests),
    Migration(12, "what became of quotes that were shown", _corrections),
    Migration(13, "what moderators bring in from chat", _proposals),
    Migration(14, "which process tells what", _claims),
    Migration(15, "what channels watch", _watches),
    Migration(16, "what was asked and refused", _refusals),
    Migration(17, "the last look at each source's page", _page_checks),
    Migration(18, "digests of what waits for moderators", _digests),
    Migration(19, "what the vocabulary was changed by", _terms),
    Migration(20, "when what is told was begun", _begun),
    Migration(21, "who is told of corrections of a private answer", _askers),
    Migration(22, "what a document answers, in readers' words", _wordings),
    Migration(23, "the threads that answers are meant for", _threads),
    Migration(24, "questions that were taken up", _pending_questions),
)
"""All steps, numbered from 1 without a gap."""
