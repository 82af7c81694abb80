"""What is kept for servers and workspaces, written for whoever calls it.

A room for each thing kept: ``settings`` with digests, ``posts`` with votes, ``requests``,
``reports``, ``pending`` questions and ``claims``, which ``tenants`` joins in one store;
beside it ``markings``, ``proposals``, ``watches``, ``gaps`` and ``page_checks``, each a
store of its own. What every method promises is said once, of ``TenantStore``; whoever
needs one thing takes the store of that thing.
"""

from knowledge.tenant_ports.claims import ClaimStore
from knowledge.tenant_ports.gaps import GapStore
from knowledge.tenant_ports.markings import MarkingStore
from knowledge.tenant_ports.page_checks import PageCheckStore
from knowledge.tenant_ports.pending import PendingStore
from knowledge.tenant_ports.posts import FeedbackStore, PostStore
from knowledge.tenant_ports.proposals import ProposalStore
from knowledge.tenant_ports.reports import ReportStore
from knowledge.tenant_ports.requests import RequestStore
from knowledge.tenant_ports.settings import SettingsStore
from knowledge.tenant_ports.tenants import TenantStore
from knowledge.tenant_ports.watches import WatchStore

__all__ = [
    "ClaimStore",
    "FeedbackStore",
    "GapStore",
    "MarkingStore",
    "PageCheckStore",
    "PendingStore",
    "PostStore",
    "ProposalStore",
    "ReportStore",
    "RequestStore",
    "SettingsStore",
    "TenantStore",
    "WatchStore",
]
