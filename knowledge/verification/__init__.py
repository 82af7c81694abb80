"""Is everything as it was written? The ledger, the texts, the snapshots, the indexes.

Where revisions stand by the ledger is read in ``standing``; what was found is in ``report``.
"""

from collections.abc import Iterator, Sequence

from knowledge import indexing
from knowledge.errors import IndexUnavailable
from knowledge.keeping_ports import Inspection, Mending
from knowledge.ledger import Account, snapshot_of
from knowledge.model import Form, Passage, Status
from knowledge.pages import Pages
from knowledge.ports import PassageIndex, Progress, Store
from knowledge.term_ports import TermStore
from knowledge.upkeep import Upkeep
from knowledge.verification.report import Check, VerifyReport
from knowledge.verification.standing import read

__all__ = ["Verification", "VerifyReport"]

_TRIES = 3  # readings of a ledger that others write to


class Verification:
    """Checks a store and its indexes.

    What can be proved is repaired: an index, from the store; and where a revision
    stands, from a ledger whose chain is whole. A text, a passage, a snapshot and the
    ledger itself are known by their hashes alone, from which nothing can be made again.
    """

    def __init__(
        self,
        store: Store,
        inspection: Inspection,
        mending: Mending,
        upkeep: Upkeep,
        pages: Pages,
        terms: TermStore,
    ) -> None:
        self._store = store
        self._terms = terms
        self._inspection = inspection
        self._mending = mending
        self._upkeep = upkeep
        self._pages = pages

    def run(self, progress: Progress, *, repair: bool) -> VerifyReport:
        """Everything that is wrong; ``repair`` mends what can be, and rebuilds indexes."""
        found = Check()
        account = self._ledger(found, repair=repair)
        found.problems += self._pages.problems(account.snapshots.values())
        self._texts(found, account)
        self._passages(found, account, progress)
        found.problems += [
            self._unknown(passage) for passage in self._inspection.unknown_quotes()
        ]
        self._indexes(found, progress, repair=repair)
        return found.report()

    def _unknown(self, passage: str) -> str:
        """A quote in somebody's channel that nothing here can say anything of."""
        return (
            f"a posted answer shows {passage}, which is not held: restore a backup that "
            "has it, or delete that message"
        )

    def _ledger(self, found: Check, *, repair: bool) -> Account:
        """What the ledger says, once it and the documents were read at one moment."""
        reading = read(self._store, self._inspection)
        for _ in range(_TRIES):
            if reading.end.lines <= reading.account.lines:
                break
            reading = read(
                self._store, self._inspection
            )  # somebody wrote meanwhile, or lines are cut off
        found.ledger_lines = reading.account.lines
        if problem := reading.broken_chain():
            found.problems.append(problem)
            return reading.account
        if reading.misled and repair:
            self._mending.restate(
                {one.revision: (one.stands, one.said) for one in reading.misled}
            )
            again = read(self._store, self._inspection)
            left = {one.revision for one in again.misled}
            found.mended += [
                str(one) for one in reading.misled if one.revision not in left
            ]
            reading = again
        found.mendable = bool(reading.misled)
        found.problems += [
            f"{one}: quis kb verify --repair sets it so" for one in reading.misled
        ]
        found.problems += self._misled_terms(reading.account)
        return reading.account

    def _misled_terms(self, account: Account) -> Iterator[str]:
        for term in self._terms.newest():
            said = account.statuses.get((term.id, term.revision))
            if said != term.status:
                yield (
                    f"the {term} is {term.status}, by the ledger {said or 'nothing'}: "
                    "restore a backup"
                )

    def _texts(self, found: Check, account: Account) -> None:
        altered = set(self._inspection.altered())
        for address, stored in self._inspection.texts():
            document, _, revision = address.partition("@")
            sealed = account.texts.get((document, int(revision)))
            if sealed not in (None, stored):
                altered.add(address)
        found.problems += [
            f"the text of {address} is not what was stored: restore a backup"
            for address in sorted(altered)
        ]
        found.problems += [
            f"passage {address} stands elsewhere in its text: restore a backup"
            for address in self._inspection.misplaced()
        ]

    def _passages(self, found: Check, account: Account, progress: Progress) -> None:
        ids = [document.id for document in self._store.documents()]
        for done, identifier in enumerate(ids):
            progress("checking", done, len(ids))
            found.documents += 1
            revisions = self._store.revisions(identifier)
            for document in revisions:
                passages = self._store.passages(identifier, document.revision)
                found.passages += len(passages)
                found.problems += [
                    f"passage {passage.id} lies outside its text: restore a backup"
                    for passage in passages
                    if not 0 <= passage.start < passage.end <= len(document.body)
                ]
                if document.status is Status.PUBLISHED and document.form is Form.SOURCE:
                    bodies = {one.revision: one.body for one in revisions}
                    snapshot = snapshot_of(
                        identifier, document.revision, bodies, account.snapshots
                    )
                    found.problems += self._not_on(snapshot, passages)

    def _not_on(
        self, snapshot: str | None, passages: Sequence[Passage]
    ) -> Iterator[str]:
        """The published words that are not on the page that was fetched."""
        page = self._pages.text(snapshot) if snapshot else None
        if page is None:
            return
        words = _words(page)
        for passage in passages:
            if _words(passage.text) not in words:
                yield (
                    f"the words of {passage.id} are not on the page as it was fetched "
                    f"(snapshot {snapshot}): compare the two, then correct or retract"
                )

    def _indexes(self, found: Check, progress: Progress, *, repair: bool) -> None:
        before = len(found.problems)
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
        if len(found.problems) > before and repair and not self._upkeep.owner:
            found.problems.append(
                "another process owns the indexes and nothing was rebuilt: end it "
                "(quis run), then repeat"
            )

    def _index(
        self,
        index: PassageIndex,
        found: Check,
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
            found.mendable = True

    def _discrepancy(self, index: PassageIndex) -> str | None:
        """In what an index is not in step with the store, in one line."""
        try:
            self._upkeep.catch_up([index], _silent)
            found = indexing.verify(self._store, index)
        except IndexUnavailable as error:
            return str(error)
        return None if found.ok else str(found)


def _words(text: str) -> str:
    """What is compared: how a reader breaks lines is not what a page says."""
    return " ".join(text.split())


def _silent(_stage: str, _done: int, _total: int) -> None:
    """A Progress that tells nobody."""
