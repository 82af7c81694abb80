"""The questions that the store is asked, as statements; nothing is executed here.

A room for what each is about, mostly as in ``sql_rows``: ``passages``, ``documents``,
``likeness`` of bodies, ``coverage`` with holdings and subjects, and the ``ledger``.
"""

from knowledge.adapters.sql_reading.coverage import (
    coverage_cells,
    holdings,
    subjects_held,
    subjects_of,
)
from knowledge.adapters.sql_reading.documents import linked, newest_documents
from knowledge.adapters.sql_reading.ledger import published_after
from knowledge.adapters.sql_reading.likeness import (
    asked_names,
    holders_of_body,
    sharing,
)
from knowledge.adapters.sql_reading.passages import published_passages

__all__ = [
    "asked_names",
    "coverage_cells",
    "holders_of_body",
    "holdings",
    "linked",
    "newest_documents",
    "published_after",
    "published_passages",
    "sharing",
    "subjects_held",
    "subjects_of",
]
