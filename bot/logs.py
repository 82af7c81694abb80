"""Logs: one event name with keys and values a line, on standard error.

Never the text of a question or a quote, never a secret: such keys are dropped here, and
what other packages log is told by its place in their code only, without its words.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Final, Literal, TextIO

import structlog

from bot.config import masked

Level = Literal["debug", "info", "warning", "error"]

PRIVATE: Final = frozenset(
    "text question quote body context earlier asked token password secret".split()
)
"""Keys that never leave the process, whoever logs them."""


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
    return {
        key: masked(value) if isinstance(value, str) else value
        for key, value in event.items()
        if key not in PRIVATE
    }


class _Elsewhere(logging.Handler):
    """Tells that another package logged something, and where in its code."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno,
            "foreign",
            logger=record.name,
            where=f"{record.module}:{record.lineno}",
        )
