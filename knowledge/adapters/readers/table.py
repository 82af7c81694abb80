"""Tables, CSV and JSON Lines: rows as they stand, each with its line in the file."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.adapters.readers.text import decoded
from knowledge.errors import UnreadableFile
from knowledge.ports import Row

MOST_ROWS = 100_000

_SEPARATORS = ",;\t"
_LONGEST_CELL = 2 * 1024 * 1024  # characters


class TableReader:
    """Implements ``tables.TableFile``."""

    def rows(self, path: Path) -> Iterator[Row]:
        """Every row below the column names. Raises UnreadableFile, at the first row."""
        text = decoded(path)
        if path.suffix.lower() == ".jsonl":
            yield from _json_rows(path, text)
        else:
            yield from _csv_rows(path, text)


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    first = text.lstrip("\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        columns = [name.strip() for name in next(lines, [])]
        twice = {name for name in columns if name and columns.count(name) > 1}
        if twice:
            raise UnreadableFile(
                path=path, reason=f"two columns are called {min(twice)!r}; rename one"
            )
        before = lines.line_num
        for number, cells in enumerate(lines, start=1):
            at, before = before + 1, lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            problem = ""
            if len(cells) > len(columns):
                problem = f"it has {len(cells)} cells under {len(columns)} columns"
            _require_few(path, number)
            cells += [""] * (len(columns) - len(cells))
            yield Row(at, dict(zip(columns, cells, strict=False)), problem)
    except csv.Error as error:
        raise UnreadableFile(
            path=path, reason=f"line {lines.line_num} is no CSV ({error})"
        ) from error


def _json_rows(path: Path, text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            _require_few(path, number)
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return Row(number, {}, "it is no JSON")
    if not isinstance(value, Mapping):
        return Row(number, {}, "it is no JSON object {…}")
    return Row(number, {str(key): _cell(cell) for key, cell in value.items()}, "")


def _cell(value: object) -> str | tuple[str, ...]:
    """A value as text, or as texts; what is neither is as good as its JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return json.dumps(value, ensure_ascii=False)


def _require_few(path: Path, number: int) -> None:
    if number > MOST_ROWS:
        raise UnreadableFile(
            path=path, reason=f"it has more than {MOST_ROWS:,} rows; split it"
        )
