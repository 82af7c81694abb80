"""What was asked and not answered: counted always, in words only where that was allowed."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.model.answers import Reason
from knowledge.model.tenants import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A question that was refused, by what it was about; never who asked it.

    ``text`` is its words, where the tenant's admins keep them; they are wiped after a
    while, and the rest stays to be counted.
    """

    tenant: Tenant
    at: datetime
    language: str
    reason: Reason
    vendors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Refused questions on one vendor, place and concept; None: it was not named.

    ``questions`` are the words that are kept of them, the newest first, each once.
    """

    vendor: str | None
    place: str | None
    concept: str | None
    count: int
    newest: datetime
    questions: tuple[str, ...] = ()
