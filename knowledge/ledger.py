"""The chain that makes the ledger tell when a line was altered, removed or slipped in."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC

from knowledge.model import Event, LedgerLine

BEGINNING = "0" * 64
"""What stands for the hash before the first line."""


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
