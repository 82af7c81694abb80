"""The whole library as one file, and back: the store, and the pages that were fetched."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.errors import StoreUnavailable, UnwritableFile
from knowledge.keeping_ports import Archive, BackupFiles
from knowledge.ports import Clock, OwnerLock, Snapshots

STORE = "store.sqlite"
SNAPSHOTS = "snapshots"

_WAIT = 2.0  # seconds for another restore to end
_STAGING = ".restore-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """Backs up and restores, while others read and write."""

    archive: Archive
    snapshots: Snapshots
    files: BackupFiles
    clock: Clock
    lock: OwnerLock  # held by the one that restores
    data: Path

    def backup(self, path: Path) -> int:
        """Write a file that was not there; its size in bytes.

        The store is as it was at one moment. The pages are copied after it, and none is
        ever changed or taken away: every one that the store names is there.
        Raises UnwritableFile and StoreUnavailable; then no file was written.
        """
        if path.exists():
            problem = "it is there already; give another name"
            raise UnwritableFile(path=path, reason=problem)
        with _folder(path.parent, f".{path.name}-", path) as staging:
            self.archive.copy_to(staging / STORE)
            self.snapshots.copy_to(staging / SNAPSHOTS)
            self.files.pack(staging, path, self.clock.now())
            return path.stat().st_size

    def restore(self, path: Path, *, force: bool) -> None:
        """Put what a backup holds in the place of what is held.

        Killed at any instant, it leaves the old store or the new one. The indexes are
        filled anew at the next question. Raises UnusableBackup, StoreNotEmpty,
        UnwritableFile, StoreUnavailable; then what was held is held still.
        """
        if not self.lock.acquire(_WAIT):
            problem = "another process is restoring: wait until it has ended"
            raise StoreUnavailable(where=self.data, problem=problem)
        try:
            for left in self.data.glob(f"{_STAGING}*"):  # of one that was killed
                shutil.rmtree(left, ignore_errors=True)
            with _folder(self.data, _STAGING, self.data) as staging:
                self.files.unpack(path, staging)
                # Before the store that names them; one too many does no harm.
                self.snapshots.adopt(staging / SNAPSHOTS)
                self.archive.replace_by(staging / STORE, force=force)
        finally:
            self.lock.release()


@contextmanager
def _folder(where: Path, prefix: str, path: Path) -> Iterator[Path]:
    """A folder for work under way. Raises UnwritableFile of ``path``."""
    try:
        staging = TemporaryDirectory(prefix=prefix, dir=where)
    except OSError as error:
        reason = f"{where}: {error.strerror}"
        raise UnwritableFile(path=path, reason=reason) from error
    with staging as name:
        yield Path(name)
