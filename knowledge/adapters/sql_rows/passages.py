"""Passages, and what they are on, to rows and back."""

from collections.abc import Iterable
from typing import Any

from knowledge.adapters.sql_rows.documents import document_of
from knowledge.adapters.sql_rows.values import Row, ids_as_json, ids_of
from knowledge.model import HeldPassage, Passage


def passage_row(passage: Passage) -> dict[str, Any]:
    """The row of a passage; its text is not in it, see ``sql_schema``."""
    return {
        "id": passage.id,
        "document": passage.document,
        "revision": passage.revision,
        "start": passage.start,
        "end": passage.end,
        "locator": passage.locator,
        "language": passage.language,
        **tag_columns(passage),
    }


def tag_columns(passage: Passage) -> dict[str, str]:
    """What a passage is on, as columns of its row."""
    return {
        "vendors": ids_as_json(passage.vendors),
        "places": ids_as_json(passage.places),
        "concepts": ids_as_json(passage.concepts),
    }


def subject_rows(passage: Passage) -> list[dict[str, str | None]]:
    """What a passage is on, as one row for each vendor × place; none for nothing."""
    if not passage.vendors and not passage.places:
        return []
    return [
        {"passage": passage.id, "vendor": vendor, "place": place}
        for vendor in dict.fromkeys(passage.vendors) or [None]
        for place in dict.fromkeys(passage.places) or [None]
    ]


def passage_of(row: Row, body: str, before: str = "") -> Passage:
    """The passage that a row of ``passages`` holds, of its revision's body.

    ``before`` stands before the names of its columns.
    """
    start, end = row[before + "start"], row[before + "end"]
    return Passage(
        document=row[before + "document"],
        revision=row[before + "revision"],
        start=start,
        end=end,
        text=body[start:end],
        locator=row[before + "locator"],
        language=row[before + "language"],
        vendors=ids_of(row[before + "vendors"]),
        places=ids_of(row[before + "places"]),
        concepts=ids_of(row[before + "concepts"]),
    )


def held_passages(rows: Iterable[Row]) -> dict[str, HeldPassage]:
    """By id, what rows of ``sql_reading.published_passages`` hold."""
    rows = list(rows)
    documents = {
        (row["document"], row["revision"]): document_of(row)
        for row in rows
        if row["body"] is not None
    }
    found = {}
    for row in rows:
        document = documents[row["document"], row["revision"]]
        passage = passage_of(row, document.body, "passage_")
        found[passage.id] = HeldPassage(passage, document)
    return found
