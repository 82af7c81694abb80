"""Where the ledger says that every revision stands, beside where the store has it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.keeping_ports import Inspection, LedgerEnd, Revision
from knowledge.ledger import Account, broken_at
from knowledge.model import LedgerLine, Status
from knowledge.ports import Store


@dataclass(frozen=True, slots=True)
class Misled:
    """A revision that stands elsewhere than the ledger says."""

    revision: Revision
    stands: Status
    said: Status

    def __str__(self) -> str:
        document, number = self.revision
        return f"{document}@{number} is {self.stands}, by the ledger {self.said}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A ledger that was read, and where the store then said that it ends."""

    account: Account
    broken: int | None
    misled: tuple[Misled, ...]
    end: LedgerEnd

    def broken_chain(self) -> str | None:
        """What is wrong with the ledger itself, which then proves nothing."""
        read, written = self.account.lines, self.end.lines
        if self.broken is not None:
            problem = f"the ledger does not hold from line {self.broken} on"
        elif read < written:
            problem = f"the ledger ends at line {read}, and {written} were written"
        elif read == written and self.account.last != self.end.hash:
            problem = "the ledger ends otherwise than the store says"
        else:
            return None
        return f"{problem}: restore a backup"


def read(store: Store, inspection: Inspection) -> Reading:
    """The whole ledger, and what in the store it does not bear out.

    Raises StoreUnavailable.
    """
    account = Account()
    broken = broken_at(_taken(store.ledger(), account))
    misled = () if broken else tuple(_misled(store, account))
    return Reading(account, broken, misled, inspection.ledger_end())


def _misled(store: Store, account: Account) -> Iterator[Misled]:
    for newest in store.documents():
        for document in store.revisions(newest.id):
            said = account.statuses.get((document.id, document.revision))
            if said is not None and said is not document.status:
                home = (document.id, document.revision)
                yield Misled(home, document.status, said)


def _taken(lines: Iterable[LedgerLine], account: Account) -> Iterator[LedgerLine]:
    for line in lines:
        account.take(line)
        yield line
