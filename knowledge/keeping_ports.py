"""What it takes to keep a library whole and to prove it, for whoever calls it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeAlias

from knowledge.model import Status

Revision: TypeAlias = tuple[str, int]
"""A document's id, and the number of one of its revisions."""


@dataclass(frozen=True, slots=True)
class LedgerEnd:
    """Where the store itself says that its ledger ends: how many lines, the last's hash."""

    lines: int
    hash: str


class Inspection(Protocol):
    """What only the store can say of itself. Any method may raise StoreUnavailable."""

    def altered(self) -> Iterator[str]:
        """``document@revision`` of each text that is not what was stored, by its hash."""
        ...

    def texts(self) -> Iterator[tuple[str, str]]:
        """``document@revision`` of every text and the hash that was stored with it."""
        ...

    def misplaced(self) -> tuple[str, ...]:
        """The addresses of passages that do not stand where their address says."""
        ...

    def unknown_quotes(self) -> tuple[str, ...]:
        """The passages that posted answers show and that are held in no revision."""
        ...

    def ledger_end(self) -> LedgerEnd:
        """Lines that were cut off the end of the ledger are missed by this alone."""
        ...


class Mending(Protocol):
    """Writes back what can be proved. May raise StoreUnavailable."""

    def restate(self, statuses: Mapping[Revision, tuple[Status, Status]]) -> None:
        """Set each revision from the status that was seen to the one that it has to have.

        One that has another status by now is left as it is. Indexes follow.
        """
        ...


class Archive(Protocol):
    """A whole store as one SQLite file, whatever database it lives in."""

    def copy_to(self, path: Path) -> None:
        """Write all that is held at one moment, while others go on. Raises StoreUnavailable."""
        ...

    def replace_by(self, path: Path, *, force: bool) -> None:
        """Put such a copy in the place of what is held, in one transaction.

        The store gets a new id, so that no index that followed the old one is trusted.
        A copy by an older Quis is brought up to date first (in place).

        Raises StoreUnavailable, UnusableBackup for a file that is no such copy, and
        StoreNotEmpty where something is held and ``force`` was not given; then nothing
        was changed.
        """
        ...


class BackupFiles(Protocol):
    """A folder as one file that can tell whether it is whole."""

    def pack(self, folder: Path, path: Path, made_at: datetime) -> None:
        """Write the file, whole or not at all. Raises UnwritableFile."""
        ...

    def unpack(self, path: Path, folder: Path) -> None:
        """Write its content into a folder. Raises UnusableBackup before it does."""
        ...
