"""What was fetched, kept as it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from knowledge.ports.fetching import Fetched


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes that are kept as they were fetched: their sha-256, and the file."""

    sha256: str
    path: Path


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was fetched, the file of its bytes, and what was noted of it then."""

    page: Fetched
    snapshot: Snapshot
    record: Mapping[str, object]


class Snapshots(Protocol):
    """Keeps what was fetched, so that a quote can be proved later."""

    def keep(self, page: Fetched, at: datetime) -> Snapshot:
        """Keep a page's bytes, whole or not at all. Raises StoreUnavailable."""
        ...

    def damaged(self, named: Iterable[str]) -> tuple[str, ...]:
        """Those of these hashes whose bytes are gone, or are no longer what they were."""
        ...

    def kept(self, sha256: str) -> KeptPage | None:
        """A page by its hash; None where it is gone or is no longer what it was."""
        ...

    def copy_to(self, folder: Path) -> None:
        """All of them into another folder. Raises StoreUnavailable."""
        ...

    def adopt(self, folder: Path) -> None:
        """Keep what ``copy_to`` wrote, but for what is kept. Raises StoreUnavailable."""
        ...
