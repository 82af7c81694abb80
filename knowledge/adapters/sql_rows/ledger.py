"""Lines of the ledger to rows and back."""

import json
from datetime import datetime
from typing import Any

from knowledge.adapters.sql_rows.values import Row, as_json, instant
from knowledge.model import Event, LedgerLine, Step


def ledger_row(line: LedgerLine) -> dict[str, Any]:
    """The row of a ledger line."""
    event = line.event
    return {
        "sequence": line.sequence,
        "at": instant(event.at),
        "actor": event.actor,
        "step": event.step.value,
        "document": event.document,
        "revision": event.revision,
        "rule": event.rule,
        "detail": as_json(dict(sorted(event.detail.items()))),
        "previous": line.previous,
        "hash": line.hash,
    }


def ledger_line(row: Row) -> LedgerLine:
    """The ledger line that a row holds."""
    event = Event(
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        step=Step(row["step"]),
        document=row["document"],
        revision=row["revision"],
        rule=row["rule"],
        detail=json.loads(row["detail"]),
    )
    return LedgerLine(
        sequence=row["sequence"],
        event=event,
        previous=row["previous"],
        hash=row["hash"],
    )
