"""The folder of an embedded Chroma: opened, emptied, and checked before it is loaded.

Damaged vectors end the process that loads them, so that files which are not as Chroma
left them are first tried in a process that may die of it.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from knowledge.adapters.chroma_library import (
    ADVICE,
    SharedSystemClient,
    chromadb,
    settings,
    translated,
    unchecked,
)
from knowledge.errors import IndexUnavailable

_SEAL = "sealed"
_PROBE_SECONDS = 120
_PROBE = """
import sys, chromadb
from chromadb.config import Settings
settings = Settings(anonymized_telemetry=False)
client = chromadb.PersistentClient(path=sys.argv[1], settings=settings)
for collection in client.list_collections():
    collection.get(limit=1, include=["embeddings"])
    if collection.count():
        vector = list(collection.get(limit=1, include=["embeddings"])["embeddings"][0])
        collection.query(query_embeddings=[vector], n_results=1)
"""


def opened(
    folder: Path, made: Callable[[Any], chromadb.Collection], *, anew: bool
) -> tuple[Any, chromadb.Collection]:
    """A client of the folder, and the collection that is made with it, ready to be asked.

    ``anew`` throws away what is in the folder. Raises IndexUnavailable.
    """
    try:
        if anew:
            # Chroma remembers a folder that it could not open, and would not again.
            SharedSystemClient._identifier_to_system.pop(str(folder), None)
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"its folder cannot be made ({error.strerror})"
        raise IndexUnavailable(index="dense", problem=problem) from error
    if not anew:
        _require_loadable(folder)
    with translated():
        with unchecked():
            client: Any = chromadb.PersistentClient(
                path=str(folder), settings=settings()
            )
        try:
            collection = made(client)
            with _watched(folder):
                collection.get(limit=1, include=["embeddings"])  # loads vectors
        except BaseException:
            client.close()
            raise
        seal(folder)
        return client, collection


def _vector_files(folder: Path) -> str:
    """Which files of vectors there are, of what size and age."""
    found = sorted(folder.glob("*/*.bin"))
    return "".join(
        f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}\n"
        for path in found
    )


def seal(folder: Path) -> None:
    """Note the files of vectors as Chroma left them."""
    with suppress(OSError):  # a folder that may not be written to is only read
        (folder / _SEAL).write_text(_vector_files(folder), encoding="utf-8")


def _require_loadable(folder: Path) -> None:
    """Try files that are not as Chroma left them in a process that may die of them.

    Damaged vectors end the process that loads them. Raises IndexUnavailable.
    """
    try:
        noted = (folder / _SEAL).read_bytes()
        if noted == _vector_files(folder).encode():
            return
    except OSError:
        return  # nothing was noted yet
    probe = [sys.executable, "-c", _PROBE, str(folder)]
    try:
        died = subprocess.run(  # noqa: S603 - our own program
            probe, capture_output=True, timeout=_PROBE_SECONDS, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        died = 1
    if died:
        problem = f"it is damaged (its vectors cannot be loaded); {ADVICE}"
        raise IndexUnavailable(index="dense", problem=problem)


@contextmanager
def _watched(folder: Path) -> Iterator[None]:
    """Leaves word of a loading that ends the process, as damaged vectors can.

    Whoever opens the folder next then gets IndexUnavailable instead of the same end.
    """
    lock, word = FileLock(folder / "loading.lock"), folder / "loading"
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):  # another process loads it too, or nothing can be kept
        yield
        return
    with lock:
        if word.exists():
            problem = "it is damaged (whoever loaded it last did not survive it)"
            raise IndexUnavailable(index="dense", problem=f"{problem}; {ADVICE}")
        try:
            word.touch()
            yield
        finally:  # an error is no end of the process
            word.unlink(missing_ok=True)
