"""Files and pages, read: what was found in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from knowledge.ports.fetching import Fetched
from knowledge.ports.snapshots import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a reader found in a file: a body, and metadata where the file had any.

    ``metadata`` has the keys of the front-matter format, with plain values, as found.
    ``found`` has the same keys and was told from a page or a file's properties: whoever
    adds it may say otherwise, and what is held already stands.
    ``snapshot`` is the sha-256 of the bytes as they were fetched, where they were.
    """

    origin: str
    body: str
    metadata: Mapping[str, object]
    found: Mapping[str, object] = field(default_factory=dict)
    snapshot: str | None = None


class Reader(Protocol):
    """Reads one kind of file."""

    def read(self, path: Path) -> Findings:
        """Raises UnreadableFile for what is missing, empty, binary, huge or broken."""
        ...


class Uploads(Protocol):
    """Reads a file that came as bytes, of any kind that ``Reader`` knows."""

    def read(self, name: str, content: bytes) -> Findings:
        """``name`` tells the kind, and is all that is known of it afterwards.

        Raises UnreadableFile.
        """
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the line where it begins, its cells by column, and what ails it."""

    line: int
    cells: Mapping[str, str | tuple[str, ...]]
    problem: str = ""


class PageReader(Protocol):
    """Reads a fetched page, or whatever else an address gave, from its snapshot."""

    def read(self, page: Fetched, snapshot: Snapshot) -> Findings:
        """Raises UnreadableFile for what holds no text, and for a kind none can read."""
        ...
