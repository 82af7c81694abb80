"""What the use cases need from outside, written for whoever calls it.

A room for each need: ``store``, the truth, with ``writes``, what it is given; ``indexes``,
which find passages; ``meaning``, the models that read texts; ``reading`` of files and pages;
``fetching`` from the web, and ``snapshots``, which keep what was fetched; ``running``, the
time, the lock and whoever is told of long work.
"""

from knowledge.ports.fetching import Fetched, Fetcher
from knowledge.ports.indexes import Hit, PassageIndex, Query
from knowledge.ports.meaning import Embedder, Judge, Reranker
from knowledge.ports.reading import Findings, PageReader, Reader, Row, Uploads
from knowledge.ports.running import Clock, OwnerLock, Progress, Stages, silent
from knowledge.ports.snapshots import KeptPage, Snapshot, Snapshots
from knowledge.ports.store import Store
from knowledge.ports.writes import Write

__all__ = [
    "Clock",
    "Embedder",
    "Fetched",
    "Fetcher",
    "Findings",
    "Hit",
    "Judge",
    "KeptPage",
    "OwnerLock",
    "PageReader",
    "PassageIndex",
    "Progress",
    "Query",
    "Reader",
    "Reranker",
    "Row",
    "Snapshot",
    "Snapshots",
    "Stages",
    "Store",
    "Uploads",
    "Write",
    "silent",
]
