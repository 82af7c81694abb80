"""`quis run`: keep the indexes in step until told to stop."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import structlog
import typer

from bot import logs
from bot.cli.session import Exit, Session, session_of
from knowledge.errors import QuisError

if TYPE_CHECKING:
    from knowledge.library import Library

PERIOD = 1.0
"""Seconds between two looks at the change feed."""


class _Stopped(BaseException):
    """A signal came during long work; the work is repeated at the next start."""


def run(context: typer.Context) -> int:
    """Keep the indexes in step with the store until SIGTERM or Ctrl-C.

    No chat platform is served by this version; the first lines say so.
    """
    session = session_of(context)
    stop = threading.Event()
    try:
        with _until_signalled(stop), session.open() as opened:
            _say_what_this_is(session, opened.library)
            opened.library.refresh(opened.progress)
            structlog.get_logger().info("ready")
            _follow(opened.library, stop)
    except _Stopped:
        pass
    structlog.get_logger().info("stopped")
    return Exit.DONE


def _follow(library: "Library", stop: threading.Event) -> None:
    """Bring the indexes up to date again and again; a failure now may be none later."""
    failed = ""
    while not stop.wait(PERIOD):
        try:
            applied = library.refresh()
        except QuisError as error:
            if (name := type(error).__name__) != failed:  # said once, not every second
                structlog.get_logger().error("indexing", **logs.fault(error))
            failed = name
            continue
        failed = ""
        if applied:
            structlog.get_logger().info("indexed", changes=applied)


@contextmanager
def _until_signalled(stop: threading.Event) -> Iterator[None]:
    """Let the first SIGTERM or SIGINT end what runs; later ones do not disturb the end."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.set()
            raise _Stopped

    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, handle) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def _say_what_this_is(session: Session, library: "Library") -> None:
    from bot.cards import Card, Line
    from bot.config import masked

    words = session.words
    published = len(library.documents())
    lines = [
        words("cli.run.held", count=published, data=masked(str(session.settings.data))),
        words("cli.run.platforms"),
        words("cli.run.meanwhile"),
        words("cli.run.stop"),
    ]
    session.show(Card(words("cli.run.title"), tuple(map(Line, lines))))
    sys.stdout.flush()
