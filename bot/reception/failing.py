"""An error → what somebody in a chat is told of it, and what whoever operates the bot is."""

import structlog

from bot import replies
from bot.cards import Card
from knowledge.errors import (
    IndexUnavailable,
    ModelUnavailable,
    QuisError,
    StoreUnavailable,
)

OURS = (StoreUnavailable, IndexUnavailable, ModelUnavailable)
"""Troubles of the house: a reader can do nothing about a path, a lock or a package."""


def said_of(error: QuisError, language: str | None) -> Card:
    """What went wrong and what to do; of a trouble of the house, when to come again.

    The log names the kind of trouble alone: `quis doctor` says more.
    """
    if not isinstance(error, OURS):
        return replies.error(error, language)
    structlog.get_logger().warning("held_unavailable", error=type(error).__name__)
    return replies.unavailable(language)
