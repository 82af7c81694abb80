"""Is everything as it was written? The ledger, the texts, the snapshots, the indexes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge import indexing
from knowledge.errors import IndexUnavailable
from knowledge.ledger import broken_at
from knowledge.model import LedgerLine
from knowledge.moderation import SNAPSHOT
from knowledge.pages import Pages
from knowledge.ports import PassageIndex, Progress, Store
from knowledge.upkeep import Upkeep


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was found wrong, one line each, and the indexes that were rebuilt.

    ``problems`` are those that stand after a repair.
    """

    problems: tuple[str, ...]
    rebuilt: tuple[str, ...] = ()
    documents: int = 0  # checked, as are the following
    passages: int = 0
    ledger_lines: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing stands."""
        return not self.problems


class Verification:
    """Checks a store and its indexes; only an index can be repaired."""

    def __init__(self, store: Store, upkeep: Upkeep, pages: Pages) -> None:
        self._store = store
        self._upkeep = upkeep
        self._pages = pages

    def run(self, progress: Progress, *, repair: bool) -> VerifyReport:
        """Everything that is wrong. ``repair`` rebuilds an index that is not in step."""
        found = _Check()
        self._ledger(found)
        found.problems += self._pages.problems(found.snapshots)
        self._bodies(found, progress)
        self._indexes(found, progress, repair=repair)
        return VerifyReport(
            problems=tuple(found.problems),
            rebuilt=tuple(found.rebuilt),
            documents=found.documents,
            passages=found.passages,
            ledger_lines=found.ledger_lines,
        )

    def _ledger(self, found: "_Check") -> None:
        def counted() -> Iterator[LedgerLine]:
            for line in self._store.ledger():
                found.ledger_lines += 1
                if SNAPSHOT in line.event.detail:
                    found.snapshots.add(line.event.detail[SNAPSHOT])
                yield line

        broken = broken_at(counted())
        if broken is not None:
            found.problems.append(
                f"the ledger does not hold from line {broken} on: restore a backup"
            )

    def _bodies(self, found: "_Check", progress: Progress) -> None:
        found.problems += [
            f"the text of {address} is not what was stored: restore a backup"
            for address in self._store.altered()
        ]
        ids = [document.id for document in self._store.documents()]
        for done, identifier in enumerate(ids):
            progress("checking", done, len(ids))
            found.documents += 1
            for document in self._store.revisions(identifier):
                for passage in self._store.passages(identifier, document.revision):
                    found.passages += 1
                    if not 0 <= passage.start < passage.end <= len(document.body):
                        found.problems.append(
                            f"passage {passage.id} lies outside its text: "
                            "restore a backup"
                        )

    def _indexes(self, found: "_Check", progress: Progress, *, repair: bool) -> None:
        try:
            with self._upkeep.in_use() as indexes:
                for index in indexes:
                    self._index(index, found, progress, repair=repair)
                opened = {index.name for index in indexes}
                found.problems += [
                    problem
                    for name, problem in self._upkeep.problems.items()
                    if name not in opened
                ]
        except IndexUnavailable as error:
            found.problems.append(str(error))
        if found.problems and repair and not self._upkeep.owner:
            found.problems.append(
                "another process owns the indexes and nothing was rebuilt: end it "
                "(quis run), then repeat"
            )

    def _index(
        self,
        index: PassageIndex,
        found: "_Check",
        progress: Progress,
        *,
        repair: bool,
    ) -> None:
        problem = self._discrepancy(index)
        if problem and repair and self._upkeep.owner:
            try:
                self._upkeep.rebuild(index, progress)
            except IndexUnavailable as error:
                problem = str(error)
            else:
                found.rebuilt.append(index.name)
                problem = self._discrepancy(index)
        if problem:
            found.problems.append(problem)

    def _discrepancy(self, index: PassageIndex) -> str | None:
        """In what an index is not in step with the store, in one line."""
        try:
            self._upkeep.catch_up([index], _silent)
            found = indexing.verify(self._store, index)
        except IndexUnavailable as error:
            return str(error)
        return None if found.ok else str(found)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """A Progress that tells nobody."""


@dataclass(slots=True)
class _Check:
    """A verification under way."""

    problems: list[str] = field(default_factory=list)
    rebuilt: list[str] = field(default_factory=list)
    documents: int = 0
    passages: int = 0
    ledger_lines: int = 0
    snapshots: set[str] = field(default_factory=set)
