"""The chain that makes the ledger tell when a line was altered, removed or slipped in."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC

from knowledge.model import Event, LedgerLine, Status, Step

BEGINNING = "0" * 64
"""What stands for the hash before the first line."""

SNAPSHOT = "snapshot"
"""The ledger's word for the hash of the bytes that a revision was read from."""

TEXT = "text"
"""The ledger's word for the sha-256 of a new revision's body, as UTF-8."""

Revision = tuple[str, int]
"""A document's id, and which revision of it."""

_STANDS: Mapping[Step, Status] = {
    Step.PROPOSE: Status.DRAFT,
    Step.CORRECT: Status.DRAFT,
    Step.SUBMIT: Status.SUBMITTED,
    Step.APPROVE: Status.APPROVED,
    Step.PUBLISH: Status.PUBLISHED,
    Step.REJECT: Status.REJECTED,
    Step.RETRACT: Status.RETRACTED,
    Step.RECHECK: Status.PUBLISHED,
    Step.RETURN: Status.DRAFT,
    Step.VET: Status.PUBLISHED,
}


def digest(body: str) -> str:
    """What the ledger says of a body under ``TEXT``."""
    return hashlib.sha256(body.encode()).hexdigest()


def seal(event: Event, sequence: int, previous: str) -> str:
    """The hash of a line: sha-256, in hex, over all that it says and the hash before.

    The text under the hash is JSON with sorted keys, no spaces and ASCII only, the time
    in UTC to the microsecond, so that any other program can compute it again. Raises
    ValueError for a time without a zone.
    """
    if event.at.tzinfo is None:
        raise ValueError("an event's time needs a zone")
    said = {
        "sequence": sequence,
        "previous": previous,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "step": event.step.value,
        "document": event.document,
        "revision": event.revision,
        "rule": event.rule,
        "detail": dict(event.detail),
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def broken_at(lines: Iterable[LedgerLine]) -> int | None:
    """The first place at which a whole ledger, read from its start, does not hold.

    A sequence number; None where every line is as it was sealed. Lines cut off at the
    very end leave a shorter chain that holds: only the store's own count shows that.
    """
    previous = BEGINNING
    for due, line in enumerate(lines, start=1):
        if line.sequence != due or line.previous != previous:
            return due
        if line.hash != seal(line.event, due, previous):
            return due
        previous = line.hash
    return None


@dataclass(slots=True)
class Account:
    """What a ledger says, taken line by line from its start.

    ``statuses``: where each revision stands. One that went through a step that nothing
    is known of here is left out. ``texts`` and ``snapshots`` are hashes, where said.
    """

    lines: int = 0
    last: str = BEGINNING
    statuses: dict[Revision, Status] = field(default_factory=dict)
    texts: dict[Revision, str] = field(default_factory=dict)
    snapshots: dict[Revision, str] = field(default_factory=dict)
    _published: dict[str, Revision] = field(default_factory=dict)

    def take(self, line: LedgerLine) -> None:
        """The next line."""
        self.lines, self.last = line.sequence, line.hash
        event = line.event
        revision = (event.document, event.revision)
        for word, said in ((TEXT, self.texts), (SNAPSHOT, self.snapshots)):
            if word in event.detail:
                said[revision] = event.detail[word]
        stands = _STANDS.get(event.step)
        if stands is None:
            self.statuses.pop(revision, None)
            return
        if stands is Status.PUBLISHED:
            before = self._published.get(event.document)
            if before is not None and before != revision and before in self.statuses:
                self.statuses[before] = Status.SUPERSEDED
            self._published[event.document] = revision
        elif self._published.get(event.document) == revision:
            del self._published[event.document]
        self.statuses[revision] = stands


def snapshot_of(
    document: str,
    revision: int,
    bodies: Mapping[int, str],
    snapshots: Mapping[Revision, str],
) -> str | None:
    """The snapshot that a revision stands on: its own, or that of an earlier one.

    A revision that changed the metadata alone has the text of the one before it.
    ``bodies`` are all revisions' texts, or their hashes.
    """
    for earlier in sorted((r for r in bodies if r <= revision), reverse=True):
        if bodies[earlier] != bodies[revision]:
            return None
        if found := snapshots.get((document, earlier)):
            return found
    return None
