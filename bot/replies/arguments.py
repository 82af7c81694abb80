"""What a button's argument says: written for the buttons, read when they are pressed.

An argument travels through the client, so what is read of it is only a wish.
"""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a report or a request was resolved."""

    MENDED = "mended"  # what the reader said was right, and was put right
    KEPT = "kept"  # it was looked at, and stays as it is
    CLOSED = "closed"  # a request that nothing will be sought for


@dataclass(frozen=True, slots=True)
class About:
    """A vendor, a place or both; ``clearview-ai@IT``."""

    vendor: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        place = f"@{self.place}" if self.place else ""
        return f"{self.vendor or ''}{place}"

    @classmethod
    def read(cls, argument: str) -> "About":
        """What such an argument is about; nothing where it is no such argument."""
        vendor, _, place = argument.partition("@")
        return cls(vendor or None, place or None)


@dataclass(frozen=True, slots=True)
class Resolving:
    """What became of a report or a request, by its id; ``report.mended.ID``."""

    what: str  # "report" or "request"
    outcome: Outcome
    id: str

    def __str__(self) -> str:
        return f"{self.what}.{self.outcome}.{self.id}"

    @classmethod
    def read(cls, argument: str) -> "Resolving | None":
        """What such an argument says; None where it is no such argument."""
        what, _, rest = argument.partition(".")
        outcome, _, id = rest.partition(".")
        if what not in ("report", "request") or outcome not in list(Outcome) or not id:
            return None
        return cls(what, Outcome(outcome), id)


class Scope(StrEnum):
    """Where a setting holds."""

    TENANT = "tenant"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting by its name, and where it holds; ``channel.language``."""

    scope: Scope
    name: str = ""  # "language", "answers", "private"; none: the card of this scope

    def __str__(self) -> str:
        return f"{self.scope}.{self.name}" if self.name else str(self.scope)

    @classmethod
    def read(cls, argument: str) -> "Setting | None":
        """What such an argument says; None where it is no such argument."""
        scope, _, name = argument.partition(".")
        return cls(Scope(scope), name) if scope in list(Scope) else None
