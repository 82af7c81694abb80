"""Which process owns the embedded indexes: a lock that ends with the process."""

from pathlib import Path

from filelock import FileLock, Timeout


class FileOwnerLock:
    """Implements ``ports.OwnerLock`` on a file, which stays behind, empty."""

    def __init__(self, path: Path) -> None:
        # Taken in one thread and let go in another: the lock is the process's.
        self._lock = FileLock(path, thread_local=False)

    def acquire(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; False where another holds it.

        False, too, where no lock can be made: a folder that may not be written to.
        """
        if self._lock.is_locked:
            return True
        try:
            self._lock.acquire(timeout=timeout)
        except (Timeout, OSError):
            return False
        return True

    def release(self) -> None:
        """Let another process have it."""
        if self._lock.is_locked:
            self._lock.release()
