"""What became of quotes that were shown, in the store's database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, true, update

from knowledge.adapters import sql_schema as schema
from knowledge.adapters.sql_engine import Database
from knowledge.adapters.sql_marking_rows import (
    due_of,
    marking_of,
    marking_row,
    report_of,
)
from knowledge.adapters.sql_posts import posts_of
from knowledge.adapters.sql_rows import instant, ledger_line
from knowledge.adapters.sql_text import require_storable, unstorable
from knowledge.adapters.sql_upsert import add_row, put_row
from knowledge.model import (
    DueMarking,
    Hindrance,
    LedgerLine,
    Marked,
    Marking,
    MarkingReport,
    Post,
    Step,
    Telling,
)

NOTE = "corrections"
"""The note that remembers how far the ledger was followed."""

_CHUNK = 500  # ids in one statement; SQLite may be built to take no more than 999

_rows, _posts, _lines = schema.corrections, schema.posts, schema.ledger


class SqlMarkings:
    """Implements ``tenant_ports.MarkingStore``; ``SqlStore.markings`` gives it out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- the ledger ----------------------------------------------------------------

    def position(self) -> int:
        """The ledger's line up to which posts were looked through; 0 at first."""
        with self._database.reading() as connection:
            return _position(connection)

    def lines(self, after: int, limit: int) -> tuple[LedgerLine, ...]:
        """What was published or retracted behind a line of the ledger, in order."""
        wanted = (
            select(_lines)
            .where(
                _lines.c.sequence > after,
                _lines.c.step.in_([Step.PUBLISH.value, Step.RETRACT.value]),
            )
            .order_by(_lines.c.sequence)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(map(ledger_line, connection.execute(wanted).mappings()))

    def line_before(self, at: datetime) -> int:
        """The last line of the ledger that is older than this; 0 where none is."""
        wanted = select(func.max(_lines.c.sequence)).where(_lines.c.at < instant(at))
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar() or 0

    # --- markings ------------------------------------------------------------------

    def add(self, markings: Sequence[Marking], position: int) -> int:
        """Keep new markings and move the position, never back; how many were new."""
        for each in markings:
            require_storable("a correction", each)
        with self._database.writing() as connection:
            held: set[str] = set()
            keys = sorted({each.post for each in markings})
            for start in range(0, len(keys), _CHUNK):
                these = _posts.c.key.in_(keys[start : start + _CHUNK])
                found = select(_posts.c.key).where(these).with_for_update()
                held |= set(connection.execute(found).scalars())
            new = sum(
                add_row(connection, _rows, marking_row(each))
                for each in markings
                if each.post in held
            )
            if position > _position(connection):
                note = {"key": NOTE, "value": str(position)}
                put_row(connection, schema.notes, note)
        return new

    def of(self, post: str) -> tuple[Marking, ...]:
        """A post's markings, in the ledger's order."""
        if unstorable(post):
            return ()
        with self._database.reading() as connection:
            return _of(connection, [post]).get(post, ())

    def of_each(self, posts: Sequence[str]) -> Mapping[str, tuple[Marking, ...]]:
        """The markings of many posts at once."""
        found: dict[str, tuple[Marking, ...]] = {}
        known = [post for post in posts if not unstorable(post)]
        with self._database.reading() as connection:
            for start in range(0, len(known), _CHUNK):
                found |= _of(connection, known[start : start + _CHUNK])
        return found

    def due(self, platform: str, limit: int) -> tuple[DueMarking, ...]:
        """The next step on each post of a platform that stands somewhere."""
        if unstorable(platform):
            return ()
        tries, change = func.min(_rows.c.tries), func.min(_rows.c.change)
        turn = func.row_number().over(
            # An edit and a reply are limited apart, and neither waits for the other.
            partition_by=(_posts.c.place_channel, func.max(_rows.c.edited)),
            order_by=(tries, change, _rows.c.post),
        )
        wanted = (
            select(_rows.c.post)
            .join_from(_rows, _posts, _rows.c.post == _posts.c.key)
            .where(
                _rows.c.state == Telling.DUE.value,
                _posts.c.platform == platform,
                or_(_posts.c.place_message.is_not(None), _posts.c.asker.is_not(None)),
            )
            .group_by(_rows.c.post, _posts.c.place_channel)
            .order_by(turn, tries, change, _rows.c.post)
            .limit(limit)
        )
        with self._database.reading() as connection:
            keys = list(connection.execute(wanted).scalars())
            if not keys:
                return ()
            posts = posts_of(connection, _posts.c.key.in_(keys))
            markings = _of(connection, keys)
        return tuple(due_of(Marked(posts[key], markings[key])) for key in keys)

    def begin(self, post: str) -> bool:
        """The step that is next on a post is begun."""
        return self._changes(post, {"tries": _rows.c.tries + 1})

    def edited(self, post: str, through: int) -> bool:
        """The message shows all due markings up to this line."""
        return self._changes(post, {"edited": 1, "tries": 0}, _rows.c.change <= through)

    def told(self, post: str, through: int, hindrance: Hindrance | None = None) -> bool:
        """The edited ones up to this line are told."""
        values = {"state": Telling.TOLD.value, "hindrance": hindrance}
        these = (_rows.c.edited == 1, _rows.c.change <= through)
        return self._changes(post, values, *these)

    def give_up(self, post: str, hindrance: Hindrance) -> bool:
        """Nothing more can be done about a post's due markings."""
        values = {"state": Telling.GIVEN_UP.value, "hindrance": hindrance.value}
        return self._changes(post, values)

    def unplaced(self, platform: str, limit: int) -> tuple[Post, ...]:
        """Posts for all to see with due markings of which no place is known."""
        if unstorable(platform):
            return ()
        due = select(_rows.c.post).where(_is_due())
        these = (
            _posts.c.platform == platform,
            _posts.c.place_message.is_(None),
            _posts.c.private == 0,
            _posts.c.key.in_(due),
        )
        oldest = select(_posts.c.key).where(*these).order_by(_posts.c.at, _posts.c.key)
        with self._database.reading() as connection:
            keys = list(connection.execute(oldest.limit(limit)).scalars())
            posts = posts_of(connection, _posts.c.key.in_(keys)) if keys else {}
        return tuple(posts[key] for key in keys)

    def give_up_untold(self, before: datetime) -> int:
        """Those of private posts older than this whose asker is to be told no more."""
        nowhere = select(_posts.c.key).where(
            _posts.c.place_message.is_(None),
            _posts.c.private == 1,
            _posts.c.asker.is_(None),
            _posts.c.at < instant(before),
        )
        given_up = update(_rows).where(_is_due(), _rows.c.post.in_(nowhere))
        values = {"state": Telling.GIVEN_UP.value, "hindrance": Hindrance.NOWHERE.value}
        with self._database.writing() as connection:
            return connection.execute(given_up.values(values)).rowcount

    def report(self, document: str | None = None) -> MarkingReport:
        """How many there are, by what became of them; of one document, or of all."""
        if document is not None and unstorable(document):
            return MarkingReport()
        these = true() if document is None else _rows.c.document == document
        wanted = (
            select(
                _posts.c.platform,
                _rows.c.state,
                _rows.c.hindrance,
                func.count().label("markings"),
            )
            .join_from(_rows, _posts, _rows.c.post == _posts.c.key)
            .where(these)
            .group_by(_posts.c.platform, _rows.c.state, _rows.c.hindrance)
            .order_by(_posts.c.platform)
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return report_of(rows)

    def _changes(
        self, post: str, values: Mapping[str, Any], *also: ColumnElement[bool]
    ) -> bool:
        if unstorable(post):
            return False
        this = update(_rows).where(_rows.c.post == post, _is_due(), *also)
        with self._database.writing() as connection:
            return bool(connection.execute(this.values(values)).rowcount)


def _is_due() -> ColumnElement[bool]:
    return _rows.c.state == Telling.DUE.value


def _position(connection: Connection) -> int:
    notes = schema.notes
    held = connection.execute(select(notes.c.value).where(notes.c.key == NOTE)).scalar()
    return int(held or 0)


def _of(connection: Connection, posts: Sequence[str]) -> dict[str, tuple[Marking, ...]]:
    wanted = (
        select(_rows)
        .where(_rows.c.post.in_(list(posts)))
        .order_by(_rows.c.post, _rows.c.change, _rows.c.document)
    )
    found = map(marking_of, connection.execute(wanted).mappings())
    return {post: tuple(own) for post, own in groupby(found, lambda each: each.post)}
