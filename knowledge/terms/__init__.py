"""What the vocabulary is changed by: a vendor, a name of one, or a word for a concept.

Each is a revision that is reviewed as a document is, and laid over the vocabulary of the
files (``overlay``). What may be proposed at all is in ``rules``; what two vocabularies
differ in, in ``comparing``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.entries import Name
from knowledge.model import LedgerLine, Status

__all__ = ["PREFIX", "Term", "TermKind", "TermReview"]

PREFIX = "term:"
"""Its id begins so: that of a document never does, so one ledger has room for both."""


class TermKind(StrEnum):
    """What is added, or taken out."""

    VENDOR = "vendor"
    NAME = "name"  # another way to write a vendor, or a product of it
    WORD = "word"  # for a concept, in one language


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One change of the vocabulary at one revision.

    ``owner`` is the vendor's or the concept's id, ``name`` what it is called, and
    ``language`` that of a word. ``home``, ``description`` and ``names`` are a vendor's.
    Revision 0: it is not in the store; then PUBLISHED means that the files have it.
    """

    kind: TermKind
    owner: str
    name: Name
    language: str | None = None
    home: str | None = None
    description: str = ""
    names: tuple[Name, ...] = ()
    revision: int = 0
    status: Status = Status.DRAFT

    @property
    def id(self) -> str:
        """The same for the same change, whoever proposes it, and short: it is in buttons."""
        parts = [self.kind.value, self.owner]
        if self.kind is not TermKind.VENDOR:
            parts += [self.language or "", self.name.text]
        told = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
        return f"{PREFIX}{told[:16]}"

    def __str__(self) -> str:
        """As the ledger names it."""
        match self.kind:
            case TermKind.VENDOR:
                return f"vendor {self.owner}: {self.name.text}"
            case TermKind.NAME:
                return f"name of {self.owner}: {self.name.text}"
            case TermKind.WORD:
                return f"word for {self.owner} ({self.language}): {self.name.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermReview:
    """A term, and all that a moderator looks at before deciding.

    ``lines`` are the ledger's on this revision, oldest first; ``newest`` is the number
    of its newest revision. Without lines it stands in the files, untouched.
    """

    term: Term
    lines: Sequence[LedgerLine]
    newest: int

    @property
    def proposed(self) -> LedgerLine | None:
        """The line by which this revision came to be."""
        return self.lines[0] if self.lines else None
