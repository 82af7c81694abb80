"""A backup as a file: a zip archive whose last 64 characters are the sha-256 of the rest.

Any zip program opens it. The checksum stands in the archive's comment, so that a byte
that is missing or other anywhere in the file is found before anything is unpacked.
"""

import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from knowledge.errors import UnusableBackup, UnwritableFile

FORMAT = "quis-backup"
VERSION = 1
ABOUT = "backup.json"

_DIGEST = 64  # characters
_LONGEST_ABOUT = 64 * 1024
_CHUNK = _MEGABYTE = 1024 * 1024
_HELD = re.compile(r"store\.sqlite|snapshots/[0-9a-f]{2}/[0-9a-f]{64}(\.json)?")


class BackupFile:
    """Implements ``keeping_ports.BackupFiles``."""

    def pack(self, folder: Path, path: Path, made_at: datetime) -> None:
        """Write what lies in a folder, whole or not at all. Raises UnwritableFile.

        The file may be read by its owner alone: it holds all that the store does.
        """
        draft = folder / "backup.part"
        names = sorted(_below(folder))
        about = {"format": FORMAT, "version": VERSION, "made_at": made_at.isoformat()}
        try:
            draft.touch(mode=0o600)
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.comment = b"0" * _DIGEST
                archive.writestr(ABOUT, json.dumps(about, indent=1))
                for name in names:
                    archive.write(folder / name, name)
            with draft.open("r+b") as file:
                digest = _digest(file, draft.stat().st_size - _DIGEST)
                file.write(digest.encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UnwritableFile(path=path, reason=reason) from error

    def unpack(self, path: Path, folder: Path) -> None:
        """Write its content into a folder. Raises UnusableBackup, UnwritableFile."""
        try:
            with path.open("rb") as file:
                _require_whole(path, file)
                with zipfile.ZipFile(file) as archive:
                    _require_ours(path, archive)
                    _require_room(path, archive, folder)
                    for name in archive.namelist():
                        if name != ABOUT:
                            _extract(archive, name, folder)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UnusableBackup(path=path, reason=_NONE) from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UnusableBackup(path=path, reason=reason) from error


_NONE = "it is no backup of Quis"
_BROKEN = "it is cut off or was altered; take another one"


def _below(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and _HELD.fullmatch(name):
            yield name


def _digest(file: object, size: int) -> str:
    """Of the first bytes of an open file, which is left behind them."""
    digest = hashlib.sha256()
    file.seek(0)  # type: ignore[attr-defined]
    while size > 0:
        chunk: bytes = file.read(min(size, _CHUNK))  # type: ignore[attr-defined]
        if not chunk:
            break
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest()


def _require_whole(path: Path, file: object) -> None:
    size = path.stat().st_size
    if file.read(4) != b"PK\x03\x04":  # type: ignore[attr-defined]
        raise UnusableBackup(path=path, reason=_NONE)
    digest = _digest(file, max(size - _DIGEST, 0))
    if file.read() != digest.encode("ascii"):  # type: ignore[attr-defined]
        raise UnusableBackup(path=path, reason=_BROKEN)


def _require_ours(path: Path, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    try:
        if archive.getinfo(ABOUT).file_size > _LONGEST_ABOUT:
            raise UnusableBackup(path=path, reason=_NONE)
        about = json.loads(archive.read(ABOUT))
        version = about["version"] if about["format"] == FORMAT else None
    except (KeyError, ValueError, TypeError) as error:
        raise UnusableBackup(path=path, reason=_NONE) from error
    if version != VERSION:
        problem = "a newer Quis wrote it: upgrade Quis"
        raise UnusableBackup(path=path, reason=problem)
    if "store.sqlite" not in names or any(
        not _HELD.fullmatch(name) for name in names - {ABOUT}
    ):
        raise UnusableBackup(path=path, reason=_NONE)


def _require_room(path: Path, archive: zipfile.ZipFile, folder: Path) -> None:
    """Twice: what is unpacked is then copied. More than a part says is never unpacked."""
    needed = 2 * sum(part.file_size for part in archive.infolist())
    room = shutil.disk_usage(folder).free
    if needed > room:
        problem = (
            f"it needs {needed / _MEGABYTE:,.0f} MB, and the disk of the data folder has "
            f"{room / _MEGABYTE:,.0f} MB left: make room"
        )
        raise UnusableBackup(path=path, reason=problem)


def _extract(archive: zipfile.ZipFile, name: str, folder: Path) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            out.write(chunk)
