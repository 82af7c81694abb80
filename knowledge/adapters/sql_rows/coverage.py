"""What is held, counted and listed, of rows."""

from collections.abc import Iterable

from knowledge.adapters.sql_rows.documents import sources_of
from knowledge.adapters.sql_rows.values import Row, partial_date
from knowledge.model import Coverage, Form, Holding, Kind

_KINDS = tuple((kind.value, kind) for kind in Kind)


def coverage_of(rows: Iterable[Row]) -> tuple[Coverage, ...]:
    """What rows of ``sql_reading.coverage_cells`` say.

    Sorted by vendor, by count (largest first), by place; None comes last.
    """
    cells: dict[tuple[str | None, str | None], tuple[dict[str, int], list[str]]] = {}
    for row in rows:
        counts, dates = cells.setdefault((row["vendor"], row["place"]), ({}, []))
        counts[row["kind"]] = row["documents"]
        if row["newest"]:
            dates.append(row["newest"])
    found = []
    for (vendor, place), (counts, dates) in cells.items():
        found.append(
            Coverage(
                vendor=vendor,
                place=place,
                count=sum(counts.values()),
                kinds={kind: counts[name] for name, kind in _KINDS if name in counts},
                newest=partial_date(max(dates, default=None)),
            )
        )
    return tuple(sorted(found, key=_coverage_order))


def _coverage_order(row: Coverage) -> tuple[object, ...]:
    vendor = (row.vendor is None, row.vendor or "")
    return (*vendor, -row.count, row.place is None, row.place or "")


def holdings_of(rows: Iterable[Row], on: Iterable[Row]) -> tuple[Holding, ...]:
    """Documents without their words, newest first; ``on`` says what they are on."""
    vendors: dict[str, dict[str, None]] = {}
    places: dict[str, dict[str, None]] = {}
    for row in on:
        for column, found in (("vendor", vendors), ("place", places)):
            if row[column] is not None:
                found.setdefault(row["document"], {})[row[column]] = None
    held = [
        Holding(
            id=row["document"],
            title=row["title"],
            form=Form(row["form"]),
            kind=Kind(row["kind"]),
            language=row["language"],
            sources=sources_of(row["sources"]),
            event_on=partial_date(row["event_on"]),
            dated=partial_date(row["dated"]),
            vendors=tuple(sorted(vendors.get(row["document"], ()))),
            places=tuple(sorted(places.get(row["document"], ()))),
            passages=row["passages"],
        )
        for row in rows
    ]
    held.sort(key=lambda one: str(one.dated or ""), reverse=True)  # keeps ids in order
    return tuple(held)
