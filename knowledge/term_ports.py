"""What changes of the vocabulary need from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from knowledge.model import Event, Status
from knowledge.terms import Term
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWrite:
    """One step of a term, to be stored whole or not at all.

    ``term`` is the revision as it will stand. ``expected`` is what the caller saw: its
    newest (revision, status), or None where it saw no such term in the store.
    """

    term: Term
    event: Event
    expected: tuple[int, Status] | None


class TermStore(Protocol):
    """Keeps what the vocabulary was changed by. Any method may raise StoreUnavailable."""

    def write(self, writes: Sequence[TermWrite]) -> None:
        """Store steps in one transaction, each with its line of the ledger.

        Publishing a revision supersedes the published one, if any. Raises
        ChangedMeanwhile where a term is not as ``expected``, and InvalidMetadata for
        text that no database can hold.
        """
        ...

    def revisions(self, term: str) -> tuple[Term, ...]:
        """All revisions by id, oldest first; none where it is not held."""
        ...

    def newest(self) -> tuple[Term, ...]:
        """The newest revision of each, in the order in which they were proposed."""
        ...

    def laid(self) -> tuple[Term, ...]:
        """What is laid over the files: published or retracted, in the order of that."""
        ...

    def head(self) -> tuple[str, int]:
        """The store's id and the line of the ledger by which ``laid`` last changed.

        Asked with every question, by every process: cheap.
        """
        ...


class VocabularyFiles(Protocol):
    """The vocabulary as a folder of YAML."""

    def held(self) -> Vocabulary:
        """That of the folder that is set. Raises InvalidVocabulary."""
        ...

    def found(self, folder: Path) -> Vocabulary | None:
        """That below a folder of documents; None without one. Raises InvalidVocabulary."""
        ...

    def write(self, folder: Path, vocabulary: Vocabulary) -> bool:
        """Write it below a folder of documents; False where the files are as they were.

        Only vendors, their names, and words are written otherwise than the files have
        them. Raises UnwritableFile, and InvalidVocabulary where it would read back as
        another.
        """
        ...
