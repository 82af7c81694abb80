"""What has become of quotes that were shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import (
    DueMarking,
    Hindrance,
    LedgerLine,
    Marking,
    MarkingReport,
    Post,
)


class MarkingStore(Protocol):
    """Keeps what has become of quotes that were shown, and which message says so.

    As ``TenantStore``: each method one transaction; a post that is wiped takes its
    markings with it. Any method may raise StoreUnavailable.
    """

    def position(self) -> int:
        """The ledger's line up to which posts were looked through; 0 at first."""
        ...

    def lines(self, after: int, limit: int) -> tuple[LedgerLine, ...]:
        """What was published or retracted behind a line of the ledger, in order."""
        ...

    def line_before(self, at: datetime) -> int:
        """The last line of the ledger that is older than this; 0 where none is."""
        ...

    def add(self, markings: Sequence[Marking], position: int) -> int:
        """Keep new markings and move the position, never back; how many were new.

        Those that are there already, and those of posts that are gone, change nothing.
        """
        ...

    def of(self, post: str) -> tuple[Marking, ...]:
        """A post's markings, in the ledger's order."""
        ...

    def of_each(self, posts: Sequence[str]) -> Mapping[str, tuple[Marking, ...]]:
        """The same of many posts at once; those that have none are left out."""
        ...

    def due(self, platform: str, limit: int) -> tuple[DueMarking, ...]:
        """The next step on each post of a platform that stands somewhere, or whose asker
        is to be told.

        Channels take turns, with an edit and a reply each; in a channel those that were
        begun least come first, then the oldest changes.
        """
        ...

    def begin(self, post: str) -> bool:
        """The step that is next on a post is begun now; False where none is due."""
        ...

    def edited(self, post: str, through: int) -> bool:
        """The message shows all due markings up to this line; False where none is due."""
        ...

    def told(self, post: str, through: int, hindrance: Hindrance | None = None) -> bool:
        """The edited ones up to this line are told; False where none is due."""
        ...

    def give_up(self, post: str, hindrance: Hindrance) -> bool:
        """Nothing more can be done about a post's due markings; False where none is."""
        ...

    def unplaced(self, platform: str, limit: int) -> tuple[Post, ...]:
        """Posts for all to see with due markings of which no place is known, oldest first."""
        ...

    def give_up_untold(self, before: datetime) -> int:
        """Those of private posts older than this whose asker is to be told no more; how many."""
        ...

    def report(self, document: str | None = None) -> MarkingReport:
        """How many there are, by what became of them; of one document, or of all."""
        ...
