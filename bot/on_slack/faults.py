"""What can go wrong with Slack: errors that say whether to try again, and their log."""

from typing import Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError


class TokenRefused(PermissionError):
    """Slack does not know this token, or not any more; to try again is of no use."""


class Disconnected(ConnectionError):
    """Slack could not be reached; to try again later may help."""


FAULTS: Final = (SlackApiError, OSError, aiohttp.ClientError, TimeoutError)
"""All that a call of Slack may raise."""

REFUSED: Final = frozenset(
    "invalid_auth not_authed account_inactive token_revoked token_expired "
    "not_allowed_token_type".split()
)
"""What Slack says of a token that is no use: docs.slack.dev/reference/methods/auth.test."""

TAKEN_BACK: Final = frozenset({"account_inactive", "token_revoked"})
"""Of these what is said where the app was removed, and not only the token mistyped."""

FOR_GOOD: Final = frozenset(
    "channel_not_found user_not_found user_not_in_channel not_in_channel is_archived "
    "message_not_found cant_update_message cannot_dm_bot user_disabled thread_not_found "
    "restricted_action no_permission edit_window_closed messages_tab_disabled".split()
)
"""What Slack would say again of the same message to the same place."""

NOT_THIS_WAY: Final = FOR_GOOD | {"missing_scope"}
"""What is said of a message that may yet be shown through a response URL."""

PASSING: Final = frozenset(
    "internal_error fatal_error service_unavailable request_timeout".split()
)
"""What Slack may not say again a moment later."""


TOO_LATE: Final = PASSING | {
    "expired_trigger_id",
    "trigger_expired",
    "exchanged_trigger_id",
    "trigger_exchanged",
    "invalid_trigger_id",
}
"""What is said of a form that another trigger may open:
docs.slack.dev/reference/methods/views.open."""


def code(error: BaseException) -> str:
    """Slack's name of an error; the kind of error where it is none of Slack's."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error") or "unknown_error")
    return type(error).__name__


def refused(error: BaseException) -> bool:
    """Whether Slack will not have it; after all else nobody knows, or it may yet."""
    passing = PASSING | {"ratelimited"}
    return isinstance(error, SlackApiError) and code(error) not in passing


def noted(what: str, error: BaseException) -> None:
    """Log that a call failed; its message is not told, it may hold what was typed."""
    structlog.get_logger().warning("slack_failed", call=what, error=code(error))
