"""The command line: `quis ask`, `chat`, `kb`, `evidence`, `dossier`, `backup`, `restore`,
`run`, `doctor`, `eval`, `gallery`.

Nothing heavy is imported before a command needs it, so that `quis --help` is quick.
"""

import errno
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog
import typer
from typer.main import get_command

from bot import logs
from bot.cli.ask import ask
from bot.cli.backups import backup, restore
from bot.cli.chat import chat
from bot.cli.doctor import doctor
from bot.cli.evaluate import evaluate
from bot.cli.gallery import gallery
from bot.cli.kb import kb
from bot.cli.papers import dossier, evidence
from bot.cli.run import run
from bot.cli.session import Exit, Session
from bot.config import InvalidSetting
from knowledge.errors import QuisError

if TYPE_CHECKING:
    from bot.wiring import Opener

app = typer.Typer(
    name="quis",
    help="Answers questions about surveillance vendors with quoted, dated, cited "
    "passages, and writes no claim of its own.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(ask)
app.command()(chat)
app.add_typer(kb, name="kb")
app.command()(evidence)
app.command()(dossier)
app.command()(backup)
app.command()(restore)
app.command()(run)
app.command()(doctor)
app.command(name="eval")(evaluate)
app.command()(gallery)


def main(
    arguments: Sequence[str] | None = None, *, opener: "Opener | None" = None
) -> int:
    """Run one command and return its exit status; an error is one line on stderr.

    ``arguments`` are those of the process by default. ``opener`` takes the place of
    ``assembly.open_library``.
    """
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    session = Session(opener)
    try:
        return _run(session, arguments)
    except BrokenPipeError:
        # Whoever read our output has gone: nothing is left to say, and Python's own
        # flush at exit would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILURE
    finally:
        session.close()


def _run(session: Session, arguments: Sequence[str] | None) -> int:
    try:
        logs.configure(_log_level(session))
        status = get_command(app).main(
            args=_with_help(sys.argv[1:] if arguments is None else arguments),
            prog_name="quis",
            standalone_mode=False,
            obj=session,
        )
        sys.stdout.flush()
    except InvalidSetting as error:
        sys.stderr.write(f"quis: {' '.join(str(error).split())}\n")
        return Exit.BAD_USE
    except typer.TyperException as error:
        return _bad_use(session, error)
    except QuisError as error:
        structlog.get_logger().debug("failed", **logs.fault(error))
        return session.fail(error)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except typer.Abort:
        return Exit.FAILURE
    except SystemExit as stop:
        # The framework ends so where a pipe was closed on it.
        if isinstance(stop.__context__, OSError):
            raise BrokenPipeError from stop
        raise
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise BrokenPipeError from error
        return _unforeseen(session, error)
    except Exception as error:
        return _unforeseen(session, error)
    return int(status or 0)


def _with_help(arguments: Sequence[str]) -> list[str]:
    """A group without a command shows its help."""
    bare = list(arguments) in ([], ["kb"])
    return [*arguments, "--help"] if bare else list(arguments)


def _log_level(session: Session) -> logs.Level:
    try:
        return session.settings.log_level or "warning"
    except InvalidSetting:  # told by whichever command needs a setting; not by --help
        return "warning"


def _bad_use(session: Session, error: typer.TyperException) -> Exit:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "quis"
    problem = " ".join(error.format_message().split()).rstrip(".")
    session.complain(session.words("cli.bad-use", problem=problem, command=command))
    return Exit.BAD_USE


def _unforeseen(session: Session, error: Exception) -> Exit:
    """A fault of ours, or of the machine, in one line; where it arose is in the log."""
    structlog.get_logger().debug("failed", **logs.fault(error))
    name = type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        session.complain(
            session.words("cli.system", problem=error.strerror, error=name)
        )
    else:
        session.complain(session.words("cli.unforeseen", error=name))
    return Exit.FAILURE
