"""What is refused in a terminal is counted, as it is in a channel; see `quis kb gaps`."""

import structlog

from bot.config import Settings
from knowledge.errors import QuisError
from knowledge.library import Library
from knowledge.model import Answer, NoAnswer, Tenant

TERMINAL = Tenant("terminal", "local")
"""Where it was asked. No server or workspace sees it among its own."""


def missed(library: Library, settings: Settings, text: str, answer: Answer) -> None:
    """Count it where it was refused; in words only where the setting says so.

    An answer is given whether or not that can be kept.
    """
    if not isinstance(answer, NoAnswer):
        return
    try:
        library.missed(TERMINAL, answer, text if settings.keep_refused else None)
    except QuisError as error:
        structlog.get_logger().warning("not_counted", error=type(error).__name__)
