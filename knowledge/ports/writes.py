"""What the store is given to write."""

from dataclasses import dataclass

from knowledge.model import Document, Event, Passage, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One change, to be stored whole or not at all.

    ``document`` is the revision as it will stand, with its status. ``passages`` are the
    passages of that revision, or None where they are stored and stay as they are.
    ``expected`` is what the caller saw: the document's newest (revision, status), or
    None where it saw no such document.
    ``fingerprints`` are resemblance sketches of a new revision's body (see
    ``resemblance``), empty where the revision is stored already.
    """

    document: Document
    event: Event
    expected: tuple[int, Status] | None
    passages: tuple[Passage, ...] | None = None
    fingerprints: tuple[int, ...] = ()
