"""The machine's own clock."""

from datetime import UTC, datetime


class SystemClock:
    """Implements ``ports.Clock``."""

    def now(self) -> datetime:
        """The present instant, in UTC, with its zone."""
        return datetime.now(UTC)
