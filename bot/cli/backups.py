"""`quis backup` and `quis restore`: the whole library as one file, and back."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.session import Exit, session_of

File = Annotated[Path, typer.Argument(metavar="FILE")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]

_MEGABYTE = 1_000_000


def backup(context: typer.Context, file: File, as_json: AsJson = False) -> int:
    """Write the store and the fetched pages into one file, while others go on.

    The file holds the same whether the store is SQLite or PostgreSQL, so that one can
    move from either to the other.
    """
    session = session_of(context)
    with session.open() as opened:
        size = opened.library.backups.backup(file)
    if as_json:
        session.record({"file": str(file), "bytes": size})
    else:
        session.say("backup.done", path=file, size=f"{size / _MEGABYTE:.2f}")
    return Exit.DONE


def restore(
    context: typer.Context,
    file: File,
    force: Annotated[
        bool, typer.Option("--force", help="Also over a store that holds something.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Put a backup in the place of the store, whole or not at all.

    A file that is cut off or was altered is refused. The indexes are filled anew.
    """
    from bot.wiring import library_config

    session = session_of(context)
    empty = replace(library_config(session.settings), corpus=None)
    with session.open(empty) as opened:
        opened.library.backups.restore(file, force=force)
    if as_json:
        session.record({"file": str(file), "restored": True})
    else:
        session.say("backup.restored")
    return Exit.DONE
