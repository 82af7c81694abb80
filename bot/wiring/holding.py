"""The name of this process among several on one store, the same again after a restart."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def holding(data: Path) -> Iterator[str]:
    """A name that no other process has while this one runs.

    It is kept in the data folder, so that what a process had claimed when it was killed
    is its own again at once when it is started anew. A second process in the same
    folder, or one that may not write there, gets a name for this once.
    """
    lock = FileLock(data / "process.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        yield secrets.token_hex(8)
        return
    with lock:
        yield _kept(data / "process")


def _kept(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        name = path.read_text(encoding="ascii").strip()
        if name.isalnum() and len(name) == 16:
            return name
    name = secrets.token_hex(8)
    with suppress(OSError):
        path.write_text(name, encoding="ascii")
    return name
