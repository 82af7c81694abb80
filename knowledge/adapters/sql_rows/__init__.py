"""Model values to rows of the store and back; touches no database.

A room for each thing: ``documents`` with their ``links``, ``passages``, ``coverage`` with
holdings, and the ``ledger``; ``values`` has what single columns say. Values of a type
unknown to the model raise ValueError on the way back.
"""

from knowledge.adapters.sql_rows.coverage import coverage_of, holdings_of
from knowledge.adapters.sql_rows.documents import document_of, revision_row
from knowledge.adapters.sql_rows.ledger import ledger_line, ledger_row
from knowledge.adapters.sql_rows.links import link_rows, related_of
from knowledge.adapters.sql_rows.passages import (
    held_passages,
    passage_of,
    passage_row,
    subject_rows,
    tag_columns,
)
from knowledge.adapters.sql_rows.values import instant

__all__ = [
    "coverage_of",
    "document_of",
    "held_passages",
    "holdings_of",
    "instant",
    "ledger_line",
    "ledger_row",
    "link_rows",
    "passage_of",
    "passage_row",
    "related_of",
    "revision_row",
    "subject_rows",
    "tag_columns",
]
