"""The errors of Discord's API, by their documented codes."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """A documented error: HTTP status, code and message."""

    status: int
    code: int
    message: str


UNAUTHORIZED = ErrorKind(401, 0, "401: Unauthorized")
NOT_FOUND = ErrorKind(404, 0, "404: Not Found")
UNKNOWN_CHANNEL = ErrorKind(404, 10003, "Unknown Channel")
UNKNOWN_GUILD = ErrorKind(404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = ErrorKind(404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = ErrorKind(404, 10008, "Unknown Message")
UNKNOWN_USER = ErrorKind(404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = ErrorKind(404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = ErrorKind(404, 10062, "Unknown interaction")
UNKNOWN_COMMAND = ErrorKind(404, 10063, "Unknown application command")
ALREADY_ACKNOWLEDGED = ErrorKind(
    400, 40060, "Interaction has already been acknowledged."
)
MISSING_ACCESS = ErrorKind(403, 50001, "Missing Access")
NOT_YOUR_MESSAGE = ErrorKind(
    403, 50005, "Cannot edit a message authored by another user"
)
CANNOT_SEND_TO_USER = ErrorKind(403, 50007, "Cannot send messages to this user")
MISSING_PERMISSIONS = ErrorKind(403, 50013, "Missing Permissions")
INVALID_TOKEN = ErrorKind(401, 50027, "Invalid Webhook Token")
INVALID_FORM = ErrorKind(400, 50035, "Invalid Form Body")
THREAD_ARCHIVED = ErrorKind(400, 50083, "Thread is archived")
NO_REPLY_WITHOUT_HISTORY = ErrorKind(
    400, 160002, "Cannot reply without permission to read message history"
)
TOO_MANY_OLD_EDITS = ErrorKind(
    429, 30046, "Maximum number of edits to messages older than 1 hour reached."
)
RATE_LIMITED = ErrorKind(429, 0, "You are being rate limited.")
SERVER_ERROR = ErrorKind(500, 0, "500: Internal Server Error")
UNAVAILABLE = ErrorKind(503, 0, "503: Service Unavailable")


@dataclass
class ApiError(Exception):
    """Raised by a handler, answered as Discord would.

    ``violations`` are what a bot could have known to be wrong.
    """

    kind: ErrorKind
    details: dict[str, Any] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    def body(self) -> dict[str, Any]:
        return {"message": self.kind.message, "code": self.kind.code, **self.details}


def invalid_form(problems: list[str]) -> ApiError:
    """What is wrong with a body, a sentence each."""
    errors = [{"code": "INVALID", "message": problem} for problem in problems]
    return ApiError(INVALID_FORM, {"errors": {"_errors": errors}}, problems)


def unknown_reference() -> ApiError:
    """A reply to what was deleted, which a bot cannot always know."""
    error = invalid_form(["message_reference: Unknown message"])
    error.violations.clear()
    return error
