"""What became of quotes, to rows and back; touches no database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from knowledge.adapters.sql_rows import instant
from knowledge.model import (
    DueMarking,
    Fall,
    Hindrance,
    Marked,
    Marking,
    MarkingReport,
    Telling,
)


def marking_row(marking: Marking) -> dict[str, Any]:
    """The row of a marking."""
    return {
        "post": marking.post,
        "change": marking.change,
        "document": marking.document,
        "fall": marking.fall.value,
        "by": marking.by,
        "revision": marking.revision,
        "reason": marking.reason,
        "at": instant(marking.at),
        "state": marking.state.value,
        "hindrance": marking.hindrance and marking.hindrance.value,
        "edited": int(marking.edited),
        "tries": marking.tries,
    }


def marking_of(row: Mapping[Any, Any]) -> Marking:
    """The marking that a row holds."""
    return Marking(
        post=row["post"],
        change=row["change"],
        document=row["document"],
        fall=Fall(row["fall"]),
        by=row["by"],
        revision=row["revision"],
        reason=row["reason"],
        at=datetime.fromisoformat(row["at"]),
        state=Telling(row["state"]),
        hindrance=None if row["hindrance"] is None else Hindrance(row["hindrance"]),
        edited=bool(row["edited"]),
        tries=row["tries"],
    )


def due_of(marked: Marked) -> DueMarking:
    """What comes next: a reply that was left open, before anything new is shown."""
    due = [each for each in marked.markings if each.state is Telling.DUE]
    shown = [each for each in due if each.edited]
    these = shown or due
    return DueMarking(
        marked=marked,
        reply=bool(shown),
        through=max(each.change for each in these),
        again=any(each.tries for each in shown),
    )


def report_of(rows: Iterable[Sequence[Any]]) -> MarkingReport:
    """What counts say, each of a platform, a state and a hindrance."""
    counts: dict[Telling, Counter[str]] = {state: Counter() for state in Telling}
    why: dict[str, dict[Hindrance, int]] = {}
    silent: Counter[str] = Counter()
    for platform, state, hindrance, count in rows:
        counts[Telling(state)][platform] += count
        if state == Telling.GIVEN_UP.value:
            why.setdefault(platform, {})[Hindrance(hindrance)] = count
        elif hindrance == Hindrance.SILENT.value:
            silent[platform] += count
    return MarkingReport(
        due=dict(counts[Telling.DUE]),
        told=dict(counts[Telling.TOLD]),
        given_up=why,
        silent=dict(silent),
    )
