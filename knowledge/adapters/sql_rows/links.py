"""Links of documents to rows; what is related to a document, of rows."""

from collections.abc import Iterable
from typing import Any

from knowledge.adapters.sql_rows.documents import document_of
from knowledge.adapters.sql_rows.values import Row
from knowledge.model import Document, Related, Relation


def link_rows(document: Document) -> list[dict[str, Any]]:
    """A row for each of its links."""
    home = {"document": document.id, "revision": document.revision}
    return [
        {**home, "relation": link.relation.value, "target": link.document}
        for link in dict.fromkeys(document.links)
    ]


def related_of(rows: Iterable[Row]) -> dict[str, tuple[Related, ...]]:
    """By the id of the one that was asked about, what ``sql_reading.linked`` found."""
    found: dict[str, list[Related]] = {}
    for row in rows:
        related = Related(
            relation=Relation(row["link_relation"]),
            forward=bool(row["link_forward"]),
            document=document_of(row),
        )
        found.setdefault(row["link_of"], []).append(related)
    return {of: tuple(sorted(all_, key=_related_order)) for of, all_ in found.items()}


def _related_order(related: Related) -> tuple[object, ...]:
    """Contradictions, then what comes after the document, then the rest; newest first."""
    dated = related.document.dated
    newest = (
        (-dated.year, -(dated.month or 0), -(dated.day or 0)) if dated else (0,) * 3
    )
    contradicts = related.relation is Relation.CONTRADICTS
    return (not contradicts, related.forward, newest, related.document.id)
