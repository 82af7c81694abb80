"""Fetched bytes as files, named by their sha-256: ``snapshots/ab/ab12…`` and ``….json``."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from knowledge.errors import StoreUnavailable
from knowledge.ports import Fetched, KeptPage, Snapshot

_NAME = re.compile(r"[0-9a-f]{64}")


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
        self._keep(sha256, page.body, json.dumps(record, indent=1).encode())
        return Snapshot(sha256, path)

    def kept(self, sha256: str) -> KeptPage | None:
        """A page by its hash; None where it is gone or is no longer what it was."""
        path = self._path(sha256)
        try:
            body = path.read_bytes()
            record = json.loads(path.with_name(f"{sha256}.json").read_bytes())
            page = Fetched(
                asked=str(record["asked"]),
                url=str(record["url"]),
                content_type=str(record["content_type"]),
                body=body,
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if hashlib.sha256(body).hexdigest() != sha256:
            return None
        return KeptPage(page, Snapshot(sha256, path), record)

    def copy_to(self, folder: Path) -> None:
        """All of them into another folder, each whole."""
        target = SnapshotFiles(folder)
        for sha256, body, record in _all(self._folder):
            target._keep(sha256, body, record)

    def adopt(self, folder: Path) -> None:
        """Keep what ``copy_to`` wrote, but for what is kept."""
        for sha256, body, record in _all(folder):
            if hashlib.sha256(body).hexdigest() == sha256:
                self._keep(sha256, body, record)

    def _keep(self, sha256: str, body: bytes, record: bytes | None) -> None:
        path = self._path(sha256)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not _holds(path, sha256):
                _write(path, body)
            about = path.with_name(f"{sha256}.json")
            if record is not None and not about.exists():
                _write(about, record)
        except OSError as error:
            raise StoreUnavailable(
                where=self._folder,
                problem=f"a page cannot be kept there ({error.strerror}); make room or "
                "give Quis access",
            ) from error

    def damaged(self, named: Iterable[str]) -> tuple[str, ...]:
        """Those of these hashes whose bytes are gone, or are no longer what they were."""
        return tuple(
            sha256
            for sha256 in sorted(set(named))
            if not _holds(self._path(sha256), sha256)
        )

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _all(folder: Path) -> Iterator[tuple[str, bytes, bytes | None]]:
    """Hash, bytes and record of each, whatever the bytes now are."""
    for path in sorted(folder.glob("??/*")):
        if _NAME.fullmatch(path.name):
            about = path.with_name(f"{path.name}.json")
            record = about.read_bytes() if about.exists() else None
            yield path.name, path.read_bytes(), record


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
