"""Logs: one event name with keys and values a line, on standard error.

Never the text of a question or a quote, never a secret: such keys are dropped here, and
what other packages log is told by its place in their code only, without its words. What
has the shape of a secret is taken out of every value, wherever it came from.
"""

import logging
import re
import sys
import threading
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Final, Literal, TextIO

import structlog

from bot.config import masked

Level = Literal["debug", "info", "warning", "error"]

PRIVATE: Final = frozenset(
    "text question quote body context earlier asked token password secret".split()
)
"""Keys that never leave the process, whoever logs them."""

SECRETS: Final = (
    # Slack's tokens of every kind, and Discord's of a bot
    r"\bxox[a-z]{1,2}(?:[.-][\w%.-]{4,})",
    r"\bxapp-[\w-]{4,}",
    r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}",
    # addresses that may be posted to by whoever knows them
    r"(?<=/webhooks/)\d{5,}/[\w-]{10,}",
    r"(?<=/interactions/)\d{5,}/[\w=-]{10,}",
    r"(?<=hooks\.slack\.com/)[\w/%-]{10,}",
    r"(?<=response_url=)\S{10,}",
    # what an interaction is answered with: base64 of "interaction:"
    r"\baW50ZXJhY3Rpb2[\w=+/-]{16,}",
    # a ticket for a socket
    r"(?<=[?&]ticket=)[\w%.-]{8,}",
    r"(?<=Bot )[\w.-]{30,}|(?<=Bearer )[\w.-]{20,}",
)
_SECRET = re.compile("|".join(SECRETS))
HIDDEN: Final = "***"


def redacted(text: str) -> str:
    """The text without whatever has the shape of a secret."""
    return _SECRET.sub(HIDDEN, masked(text))


class Redacting(logging.Filter):
    """Takes secrets out of a record: its message, its arguments and its traceback.

    For whoever puts a handler of their own beside ours.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its secrets."""
        record.msg = redacted(record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_info = None
        record.exc_text = redacted(record.exc_text) if record.exc_text else None
        record.stack_info = redacted(record.stack_info) if record.stack_info else None
        return True


def configure(level: Level, stream: TextIO | None = None) -> None:
    """Send all logs of ``level`` and above to ``stream``, by default standard error.

    For people where the stream is a terminal, JSON lines elsewhere.
    """
    target = stream or sys.stderr
    number = logging.getLevelNamesMapping()[level.upper()]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if target.isatty()
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _told_by_its_kind,
            _without_private,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, _Elsewhere)]:
        root.removeHandler(handler)
    root.addHandler(_Elsewhere(level=max(number, logging.WARNING)))
    logging.captureWarnings(capture=True)


def fault(error: BaseException) -> dict[str, object]:
    """What may be logged of an exception: its class and where it came from.

    Its message is left out; it may repeat what somebody typed.
    """
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    return {"error": type(error).__name__, "trace": places}


def _without_private(
    _logger: object, _method: str, event: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    return {key: _clean(value) for key, value in event.items() if key not in PRIVATE}


def _told_by_its_kind(
    _logger: object, _method: str, event: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    """An exception that was handed over: its kind and where it arose, not its words."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event.update(fault(error))
    return event


def _clean(value: object) -> object:
    """A value without secrets, however deep they are in it."""
    match value:
        case str():
            return redacted(value)
        case Mapping():
            return {
                str(key): _clean(inner)
                for key, inner in value.items()
                if key not in PRIVATE
            }
        case list() | tuple() | set() | frozenset():
            return [_clean(inner) for inner in value]
        case bool() | int() | float() | None:
            return value
        case _:
            return redacted(str(value))


@contextmanager
def nothing_unseen() -> Iterator[None]:
    """What no code catches is logged by its kind, in place of Python's own traceback.

    Such a traceback ends in the error's words, and they may be anybody's.
    """

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            structlog.get_logger().error("thread_failed", **fault(failed.exc_value))

    def unraisable(failed: "sys.UnraisableHookArgs") -> None:
        if failed.exc_value is not None:
            structlog.get_logger().error("unraisable", **fault(failed.exc_value))

    before = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = in_thread, unraisable
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = before


class _Elsewhere(logging.Handler):
    """Tells that another package logged something, and where in its code."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno,
            "foreign",
            logger=record.name,
            where=f"{record.module}:{record.lineno}",
        )
