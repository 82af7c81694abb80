"""What has become of a quote since it was shown, and whether its message says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from knowledge.model.tenants import Post


class Fall(StrEnum):
    """How a quote that was shown no longer stands as it did."""

    RETRACTED = "retracted"
    CORRECTED = "corrected"  # a later revision no longer has these words
    AMENDED = "amended"  # it has them, and says otherwise of date, source or subject
    SUPERSEDED = "superseded"  # another document says that this one no longer holds
    CONTRADICTED = "contradicted"  # another document says otherwise
    LIFTED = "lifted"  # that other document was withdrawn, or says so no longer

    @property
    def struck(self) -> bool:
        """Whether the words themselves are no longer published."""
        return self in (Fall.RETRACTED, Fall.CORRECTED)


class Telling(StrEnum):
    """Whether the message that showed a quote says what became of it."""

    DUE = "due"
    TOLD = "told"
    GIVEN_UP = "given-up"


class Hindrance(StrEnum):
    """Why a message could not be marked, or nobody be told that it was."""

    PRIVATE = "private"  # only its asker sees it, and nobody can edit it
    GONE = "gone"  # message or channel
    NOWHERE = "nowhere"  # it was never sent, or where it stands was never known
    SILENT = "silent"  # it is marked, and no reply could be posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """One change, as it concerns one post. ``change`` is the ledger's line.

    ``document`` was quoted; ``by`` is the one that says otherwise, or did until LIFTED,
    else what replaced it.
    ``revision`` is the one that was retracted or published. ``edited``: its message
    shows it, or never can, and the reply is still to come; ``tries``: how often that was
    begun.
    """

    post: str
    change: int
    document: str
    fall: Fall
    by: str | None
    revision: int
    reason: str
    at: datetime
    state: Telling = Telling.DUE
    hindrance: Hindrance | None = None
    edited: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """A post with all its markings in the ledger's order, told or not."""

    post: Post
    markings: tuple[Marking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMarking:
    """A step that is due on a post: its message is edited, or else replied to.

    ``through``: with all changes up to this line of the ledger. ``again``: a reply was
    begun before, and is there perhaps.
    """

    marked: Marked
    reply: bool
    through: int
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkingReport:
    """How many markings are told, due, or given up and why, on each platform."""

    due: Mapping[str, int] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)
    given_up: Mapping[str, Mapping[Hindrance, int]] = field(default_factory=dict)
    silent: Mapping[str, int] = field(default_factory=dict)  # of those told


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """How many answers show a document, on each platform.

    ``letters`` are the private ones whose askers are told by direct message.
    """

    public: Mapping[str, int]
    private: Mapping[str, int]
    letters: Mapping[str, int] = field(default_factory=dict)
