"""What the reception needs of the rest of the project, beside the desk and the store.

The knowledge rooms that do it are given by ``bot.wiring``; none is imported here.
"""

from datetime import date
from typing import Protocol

from knowledge.model import (
    Bulletin,
    DueMarking,
    Evidence,
    Kept,
    MarkingReport,
    Place,
    Post,
    Report,
    Request,
    Rhythm,
    Tenant,
    Touched,
)
from knowledge.model import Watch as Watched
from knowledge.queue_digests import DueDigest


class Notices(Protocol):
    """Finds what somebody now has to be told. May raise QuisError."""

    def requests_held(self, platform: str | None = None) -> tuple[Request, ...]:
        """Requests on which something was published since."""
        ...

    def reports_resolved(self, platform: str | None = None) -> tuple[Report, ...]:
        """Reports whose reporters do not know yet what became of them."""
        ...


class Corrections(Protocol):
    """Finds what became of quotes, and keeps what was done. May raise QuisError."""

    def due(self, platform: str, limit: int) -> tuple[DueMarking, ...]:
        """The steps that are due."""
        ...

    def unplaced(self, platform: str, limit: int) -> tuple[Post, ...]:
        """Answers that are to be corrected, and of which nobody noted where they stand."""
        ...

    def stands(self, post: str, place: Place) -> bool:
        """Such an answer was found."""
        ...

    def nowhere(self, tenant: Tenant, key: str) -> bool:
        """It is not there."""
        ...

    def begun(self, post: str) -> bool:
        """The step that is next on a post is begun."""
        ...

    def edited(self, post: str, through: int, *, gone: bool = False) -> bool:
        """The message shows it, or is gone."""
        ...

    def replied(self, post: str, through: int, *, refused: bool = False) -> bool:
        """It was said under it, or cannot be."""
        ...

    def unreachable(self, post: str) -> bool:
        """Its asker takes no messages."""
        ...

    def report(self, document: str | None = None) -> MarkingReport:
        """How many corrections are due, told and given up."""
        ...

    def as_shown(self, post: Post) -> tuple[Evidence, ...]:
        """A post's quotes, fallen or not."""
        ...

    def touched(self, document: str) -> Touched:
        """How many answers a retraction would mark."""
        ...

    def check(self, tenant: Tenant, key: str) -> int:
        """Whether what an answer shows stood when it was recorded."""
        ...


class Watches(Protocol):
    """What channels want to be told of. May raise QuisError."""

    def add(
        self,
        *,
        id: str,
        tenant: Tenant,
        channel: str,
        owner: str,
        rhythm: Rhythm,
        language: str | None,
        vendor: str | None,
        place: str | None,
    ) -> Kept:
        """Watch something from now on."""
        ...

    def here(self, tenant: Tenant, channel: str) -> tuple[Watched, ...]:
        """What a channel watches."""
        ...

    def end(self, tenant: Tenant, channel: str, id: str) -> bool:
        """Watch it no more."""
        ...

    def due(self, platform: str) -> tuple[Bulletin, ...]:
        """What channels are to be told now."""
        ...

    def told(self, tenant: Tenant, channel: str, through: int) -> bool:
        """They were told, or never can be."""
        ...


class Digests(Protocol):
    """What waits for the moderators. May raise QuisError."""

    def due(self, platform: str) -> tuple[DueDigest, ...]:
        """The digests that are due now."""
        ...

    def told(self, tenant: Tenant, due: date) -> None:
        """The moderators were told, or never can be."""
        ...
