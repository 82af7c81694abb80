"""How a library stands: what is held, how far its indexes are, what ails them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge.errors import IndexUnavailable
from knowledge.model import Status
from knowledge.ports import PassageIndex, Store
from knowledge.upkeep import Upkeep


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """An index, how far it has followed the feed to its head, and what ails it."""

    name: str
    position: int | None  # None: new, cleared, or of another store
    head: int
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Whether it can be asked and is in step."""
        return self.problem is None and self.position == self.head


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryState:
    """What ``quis doctor`` tells of a library. ``owner``: of the embedded indexes.

    ``ahead``: the newest publication that by this machine's clock is still to come.
    """

    data: Path
    store: str  # "SQLite" or "PostgreSQL"
    schema: int
    documents: Mapping[Status, int]  # newest revisions by status, none left out
    published: int  # documents with a published revision
    passages: int  # published
    indexes: tuple[IndexState, ...]
    model: str
    model_languages: tuple[str, ...]
    owner: bool
    vendors: int  # these three: how many the vocabulary knows
    places: int
    concepts: int
    ahead: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an opened library is made on, for ``state``."""

    data: Path
    store: str
    schema: int
    model: str
    corpus: Path | None


def state_of(
    store: Store,
    upkeep: Upkeep,
    setting: Setting,
    *,
    languages: tuple[str, ...],
    known: tuple[int, int, int],
    now: datetime,
) -> LibraryState:
    """The state of a library; nothing is repaired. Raises StoreUnavailable.

    ``languages`` are the model's; ``known`` counts vendors, places and concepts;
    ``now`` is by this machine's clock.
    """
    newest = Counter(document.status for document in store.documents())
    published = passages = 0
    for document in store.documents(Status.PUBLISHED):
        published += 1
        passages += len(store.passages(document.id, document.revision))
    vendors, places, concepts = known
    ahead = store.publications(now)
    return LibraryState(
        data=setting.data,
        store=setting.store,
        schema=setting.schema,
        documents={status: newest[status] for status in Status},
        published=published,
        passages=passages,
        indexes=index_states(store, upkeep),
        model=setting.model,
        model_languages=languages,
        owner=upkeep.owner,
        vendors=vendors,
        places=places,
        concepts=concepts,
        ahead=ahead[0].at if ahead else None,
    )


def index_states(store: Store, upkeep: Upkeep) -> tuple[IndexState, ...]:
    """Every index; where none can be asked, what ails each. Raises StoreUnavailable."""
    try:
        with upkeep.in_use() as indexes:
            return _states(store, upkeep, indexes)
    except IndexUnavailable:
        return _states(store, upkeep, ())


def _states(
    store: Store, upkeep: Upkeep, indexes: Sequence[PassageIndex]
) -> tuple[IndexState, ...]:
    head = store.head()
    problems = dict(upkeep.problems)
    positions: dict[str, int] = {}
    for index in indexes:
        try:
            position = index.position()
        except IndexUnavailable as error:
            problems[index.name] = str(error)
            continue
        if position is not None and position.store == head.store:
            positions[index.name] = position.sequence
    return tuple(
        IndexState(
            name=name,
            position=positions.get(name),
            head=head.sequence,
            problem=problems.get(name),
        )
        for name in upkeep.names
    )
