"""Lists of many documents: a row and a mapping of columns → findings."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from knowledge.errors import InvalidMetadata
from knowledge.metadata import KEYS, slug
from knowledge.model import Relation
from knowledge.ports import Findings, Row

BODY = "body"

_LISTS = frozenset({"vendors", "countries", *Relation})
_DATES = frozenset({"published_on", "event_on", "vetted_on", "rechecked_on"})
_MAPPED = frozenset(
    {BODY, *KEYS} - {"sources", "translations", "questions", "wordings"}
)
_HOLE = re.compile(r"\{([^{}]+)\}")
_SEVERAL = re.compile(r"[;|]")


class TableFile(Protocol):
    """Reads tables."""

    def rows(self, path: Path) -> Iterator[Row]:
        """Every row, in order. Raises UnreadableFile."""
        ...


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which column holds what: keys of the front matter, and ``body``, by column name.

    A value with ``{Column}`` in it is a pattern; for ``body`` none is taken, because a
    body is quoted. ``dates`` is how the table writes days, e.g. ``%m/%d/%Y``; years,
    months and days as ISO 8601 writes them are understood anyway.
    """

    columns: Mapping[str, str]
    dates: str | None = None

    def require(
        self, path: Path, rows: Sequence[Row], given: Mapping[str, object]
    ) -> None:
        """Raises InvalidMetadata for a mapping that does not fit this table.

        ``given`` is what is said of all rows.
        """
        problem = ""
        columns = {name for row in rows for name in row.cells}
        unknown = sorted(self.columns.keys() - _MAPPED)
        absent = [name for name in self._named(columns) if name not in columns]
        if unknown:
            problem = (
                f"--map {unknown[0]}=… is no key; {', '.join(sorted(_MAPPED))} are"
            )
        elif BODY not in self.columns:
            problem = "say with --map body=COLUMN which column is the text"
        elif "title" not in self.columns and not given.get("title"):
            problem = "say with --map title=COLUMN which column is the title"
        elif absent and columns:
            some = ", ".join(sorted(columns)[:20])
            problem = f"there is no column {absent[0]!r}; there are {some}"
        elif self.columns[BODY] not in columns and columns:
            problem = "the body is one column as it stands, because it is quoted"
        if problem:
            raise InvalidMetadata(subject=path, problem=problem)

    def _named(self, columns: Collection[str]) -> Iterator[str]:
        """The columns that the mapping speaks of; a name may have braces in it."""
        for name in self.columns.values():
            holes = _HOLE.findall(name)
            if name in columns or not holes:
                yield name
            else:
                yield from holes

    def findings(self, path: Path, row: Row) -> Findings:
        """A row as a document. Raises InvalidMetadata."""
        origin = f"{path}:{row.line}"
        if row.problem:
            raise InvalidMetadata(subject=origin, problem=row.problem)
        values = {
            key: self._value(row, key, column) for key, column in self.columns.items()
        }
        body = str(values.pop(BODY, "")).strip()
        stated = {key: value for key, value in values.items() if value not in ("", [])}
        stated.setdefault("id", _identity(stated, body))
        return Findings(origin=origin, body=body, metadata=stated)

    def _value(self, row: Row, key: str, column: str) -> object:
        cell = row.cells.get(column, "")
        if key in _LISTS:
            parts = _SEVERAL.split(cell) if isinstance(cell, str) else cell
            return [part.strip() for part in parts if part.strip()]
        if column in row.cells or not _HOLE.search(column):
            text = _text(cell)
        else:
            text = _HOLE.sub(lambda hole: _text(row.cells.get(hole[1], "")), column)
        text = text.strip()
        if key == "id":
            return slug(text)
        return self._day(text) if key in _DATES else text

    def _day(self, text: str) -> str:
        """A day as ISO 8601 writes it; what is no such day is left for the check."""
        if self.dates is None or not text:
            return text
        try:
            return datetime.strptime(text, self.dates).date().isoformat()  # noqa: DTZ007
        except ValueError:
            return text


def _text(cell: str | tuple[str, ...]) -> str:
    return cell if isinstance(cell, str) else ", ".join(cell)


def _identity(stated: Mapping[str, object], body: str) -> str:
    """The same id for the same row, wherever it stands and whatever is said of it later.

    Title and address tell rows apart; where a list gives no address, the text does.
    """
    title = str(stated.get("title", ""))
    rest = str(stated.get("url") or body)
    digest = hashlib.sha256(f"{title}\n{rest}".encode("utf-8", "replace")).hexdigest()
    return f"{slug(title)[:60].strip('-') or 'row'}-{digest[:8]}"
