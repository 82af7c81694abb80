"""What a channel wants to be told of, how often, and what there is to tell."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge.model.documents import Document
from knowledge.model.tenants import Tenant


class Rhythm(StrEnum):
    """How often a channel is told. A digest by the week disturbs least."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A vendor, a place or both, watched by a channel, which may be a direct message.

    ``told`` is the ledger's line up to which it was told, ``told_at`` when that was.
    ``begun`` is the line up to which a telling was handed out that nobody has confirmed
    yet. ``owner`` is a hash of the id and the person's own, as ``Post.owner``.
    """

    id: str
    tenant: Tenant
    channel: str
    owner: str
    rhythm: Rhythm
    language: str | None
    told: int
    told_at: datetime
    vendor: str | None = None
    place: str | None = None
    begun: int | None = None


class Kept(StrEnum):
    """What became of the wish to watch something."""

    NEW = "new"
    CHANGED = "changed"  # it was watched there already, and now is in this rhythm
    FULL = "full"  # the channel watches as much as one may


class NewsKind(StrEnum):
    """What befell a document."""

    PUBLISHED = "published"
    CORRECTED = "corrected"  # a later revision was published, or it is back again
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One line of the ledger that somebody may watch for.

    ``document`` is the revision that it is about. ``vendors`` and ``places`` are also
    those of the revision before: who watched for them is told that they are gone.
    """

    line: int
    kind: NewsKind
    document: Document
    vendors: frozenset[str]
    places: frozenset[str]
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A change of the vocabulary that somebody decided, by its line of the ledger.

    PUBLISHED: what is asked and held is read by ``name`` from then on; RETRACTED: no more.
    ``owner`` is the vendor or the concept that it is of, ``vendor`` says which of the two.
    """

    line: int
    kind: NewsKind
    owner: str
    name: str
    vendor: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How often something was asked on which nothing is held."""

    vendor: str | None
    place: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """One message for a channel: all that is due on all that it watches, names included.

    ``through`` is the ledger's line up to which it tells. ``again``: it was handed out
    before, and may stand already.
    """

    tenant: Tenant
    channel: str
    language: str | None
    watches: tuple[Watch, ...]
    news: tuple[News, ...]
    through: int
    again: bool
    asked: tuple[Asked, ...] = ()
    names: tuple[Renamed, ...] = ()

    @property
    def name(self) -> str:
        """Names it among all of its channel, before a restart and after."""
        rhythms = sorted({watch.rhythm.value[0] for watch in self.watches})
        return f"{self.through}{''.join(rhythms)}"
