"""Fetched bytes as files, named by their sha-256: ``snapshots/ab/ab12…`` and ``….json``."""

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from knowledge.errors import StoreUnavailable
from knowledge.ports import Fetched, Snapshot


class SnapshotFiles:
    """Implements ``ports.Snapshots``. The same bytes are kept once, as first fetched."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, page: Fetched, at: datetime) -> Snapshot:
        """Keep a page's bytes, whole or not at all. Raises StoreUnavailable."""
        sha256 = hashlib.sha256(page.body).hexdigest()
        path = self._path(sha256)
        record = {
            "sha256": sha256,
            "asked": page.asked,
            "url": page.url,
            "content_type": page.content_type,
            "size": len(page.body),
            "fetched_at": at.isoformat(),
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not _holds(path, sha256):
                _write(path, page.body)
            about = path.with_name(f"{sha256}.json")
            if not about.exists():
                _write(about, json.dumps(record, indent=1).encode())
        except OSError as error:
            raise StoreUnavailable(
                where=self._folder,
                problem=f"a page cannot be kept there ({error.strerror}); make room or "
                "give Quis access",
            ) from error
        return Snapshot(sha256, path)

    def damaged(self, named: Iterable[str]) -> tuple[str, ...]:
        """Those of these hashes whose bytes are gone, or are no longer what they were."""
        return tuple(
            sha256
            for sha256 in sorted(set(named))
            if not _holds(self._path(sha256), sha256)
        )

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _holds(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Bytes that are on the disk before the name is."""
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    Path(file.name).replace(path)
    if hasattr(os, "O_DIRECTORY"):  # the name itself, where a folder can be synced
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
