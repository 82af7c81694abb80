"""What a database's error means to the person who runs Quis, said in one line.

Nothing of the driver's own text is passed on: it can quote the connection's parameters.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from knowledge.errors import StoreUnavailable

LOCKED = "it is locked: another process is writing; try again in a moment"
_FULL = "the disk is full: make room, then repeat; nothing was half-written"
_READ_ONLY = "it may not be written to: check the rights of its files and its folder"
_MALFORMED = "its database disk image is malformed: restore a backup"
_UNREACHABLE = (
    "the server does not answer or lets nobody in: check that it runs, and the host, "
    "user, password and database in the store's URL"
)

# By SQLite's primary result codes; the extended ones begin with these.
_SQLITE = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CORRUPT": _MALFORMED,
    "SQLITE_CANTOPEN": "its file cannot be opened: check that the folder is there and "
    "may be written to",
    "SQLITE_NOTADB": "its file is not a SQLite database: point QUIS_DATA at another "
    "folder, or restore a backup",
    "SQLITE_IOERR": "the disk cannot be read or written: check that it is there, sound "
    "and not full",
}

# By SQLSTATE, the longest match first; a failed connection carries none.
_POSTGRESQL = {
    "55P03": LOCKED,
    "40P01": LOCKED,
    "40001": LOCKED,
    "53100": _FULL,
    "53300": "the server has no connection left: try again in a moment",
    "25006": "the server takes no writes: it is a standby or set read-only",
    "42501": "its user lacks the rights: grant it the rights to create and to write",
    "XX001": "the server reports damaged data: restore a backup",
    "XX002": "the server reports damaged data: restore a backup",
    "08": _UNREACHABLE,
    "28": _UNREACHABLE,
    "3D": _UNREACHABLE,
    "57P": _UNREACHABLE,
}


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turns what the database raises inside into StoreUnavailable."""
    try:
        yield
    except DBAPIError as error:
        problem = _problem(error)
        raise StoreUnavailable(where=where, problem=problem) from error
    except PoolTimeoutError as error:
        problem = "all its connections are in use: try again in a moment"
        raise StoreUnavailable(where=where, problem=problem) from error


def _problem(error: DBAPIError) -> str:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        for code, problem in _SQLITE.items():
            if name == code or name.startswith(f"{code}_"):
                return problem
        return f"SQLite refused ({name})"
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return _UNREACHABLE
    for length in (5, 3, 2):
        if state[:length] in _POSTGRESQL:
            return _POSTGRESQL[state[:length]]
    return f"the server refused (SQLSTATE {state})"
