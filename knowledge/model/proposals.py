"""What a moderator brings in from chat, from the reader's findings to what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from knowledge.model.changes import LedgerLine
from knowledge.model.documents import Document, Passage
from knowledge.model.tenants import Place, Tenant


class ProposalState(StrEnum):
    """Where a proposal stands; what becomes of its revision stands in the ledger."""

    OPEN = "open"  # found, and not confirmed yet: there is no draft
    OFFERED = "offered"  # a draft that waits for a review
    SHOWN = "shown"  # decided, and its card says so
    TOLD = "told"  # its proposer knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A text and what is said of it, by its random key.

    ``target`` is the document that it corrects; then an empty ``body`` leaves its text
    as it is. ``stated`` and ``found`` are a reader's findings (see ``ports.Findings``),
    ``given`` what its proposer said in place of them. ``document`` and ``revision`` are
    those of its draft. ``proposer`` is the platform's user id; it and the text are wiped
    once it is TOLD, the text already when it is OFFERED.
    """

    key: str
    tenant: Tenant
    proposer: str
    at: datetime
    language: str
    origin: str
    body: str
    stated: Mapping[str, object] = field(default_factory=dict)
    found: Mapping[str, object] = field(default_factory=dict)
    snapshot: str | None = None
    given: Mapping[str, object] = field(default_factory=dict)
    target: str | None = None
    state: ProposalState = ProposalState.OPEN
    document: str | None = None
    revision: int = 0
    card: Place | None = None  # its card in the moderators' channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A revision, and all that a moderator looks at before deciding.

    ``published`` is the revision whose place it would take. ``near`` are (id, percent of
    resemblance). ``lines`` are the ledger's on this revision, oldest first; ``newest``
    is the number of the document's newest revision.
    """

    document: Document
    passages: tuple[Passage, ...]
    published: Document | None
    near: tuple[tuple[str, int], ...]
    lines: tuple[LedgerLine, ...]
    newest: int

    @property
    def proposed(self) -> LedgerLine | None:
        """The line by which this revision came to be."""
        return self.lines[0] if self.lines else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A draft that nobody has decided on; ``line`` is its proposal's in the ledger."""

    document: Document
    line: LedgerLine
