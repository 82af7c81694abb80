"""What channels watch: kept, looked up in the ledger, told once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.errors import UnknownDocument
from knowledge.model import (
    Bulletin,
    Document,
    Kept,
    LedgerLine,
    News,
    NewsKind,
    Renamed,
    Rhythm,
    Step,
    Tenant,
    Watch,
)
from knowledge.naming.renamed import renamed
from knowledge.news import MOST_WATCHES, asked, bulletins, is_due, kind_of
from knowledge.ports import Clock, Store
from knowledge.tenant_ports import GapStore, SettingsStore, WatchStore
from knowledge.term_ports import TermStore
from knowledge.terms import PREFIX
from knowledge.vocabulary import Vocabulary

LINES = 500
"""Lines of the ledger that are read at once."""


@dataclass(frozen=True, slots=True)
class Watches:
    """Any method may raise StoreUnavailable."""

    store: Store
    tenants: SettingsStore
    watches: WatchStore
    gaps: GapStore
    vocabulary: Vocabulary
    clock: Clock
    terms: TermStore

    def add(
        self,
        *,
        id: str,
        tenant: Tenant,
        channel: str,
        owner: str,
        rhythm: Rhythm,
        language: str | None,
        vendor: str | None,
        place: str | None,
    ) -> Kept:
        """Watch something in a channel from now on; or in another rhythm, where it is.

        ``id`` is its own where it is new.
        """
        watch = Watch(
            id=id,
            tenant=tenant,
            channel=channel,
            owner=owner,
            rhythm=rhythm,
            language=language,
            told=self.watches.head(),
            told_at=self.clock.now(),
            vendor=vendor,
            place=place,
        )
        return self.watches.add(watch, MOST_WATCHES)

    def here(self, tenant: Tenant, channel: str) -> tuple[Watch, ...]:
        """What a channel watches, in the order in which it began."""
        return self.watches.of(tenant, channel)

    def end(self, tenant: Tenant, channel: str, id: str) -> bool:
        """Watch it no more; False where the channel does not."""
        return self.watches.end(tenant, channel, id)

    def due(self, platform: str) -> tuple[Bulletin, ...]:
        """What channels of a platform are to be told now; each until ``told`` of it.

        Handed out a second time, after a crash too, it tells the same again and says
        so. Watches on which there is nothing to tell have been told nothing.
        """
        now = self.clock.now()
        watches = [w for w in self.watches.on(platform) if is_due(w, now)]
        if not watches:
            return ()
        news, names, through = self._since(min(watch.told for watch in watches))
        found = []
        for bulletin in bulletins(watches, news, through, self.vocabulary, names):
            whole = self._with_asked(bulletin)
            if not whole.news and not whole.asked and not whole.names:
                self._done(whole)
                continue
            self.watches.begin([watch.id for watch in whole.watches], whole.through)
            found.append(whole)
        return tuple(found)

    def told(self, tenant: Tenant, channel: str, through: int) -> bool:
        """A bulletin up to this line stands; or never will, and is given up."""
        now = self.clock.now()
        return self.watches.told_through(tenant, channel, through, now)

    def _done(self, bulletin: Bulletin) -> None:
        ids = [
            watch.id
            for watch in bulletin.watches
            if watch.told != bulletin.through or watch.rhythm is not Rhythm.AT_ONCE
        ]
        if ids:
            self.watches.begin(ids, bulletin.through)
            self.told(bulletin.tenant, bulletin.channel, bulletin.through)

    def _with_asked(self, bulletin: Bulletin) -> Bulletin:
        """Only where the tenant keeps what was refused."""
        digests = [w for w in bulletin.watches if w.rhythm is not Rhythm.AT_ONCE]
        if not digests or not self.tenants.settings(bulletin.tenant).keep_refused:
            return bulletin
        since = min(watch.told_at for watch in digests)
        refusals = self.gaps.refusals(bulletin.tenant, since)
        return replace(bulletin, asked=asked(digests, refusals, self.vocabulary))

    # --- the ledger ----------------------------------------------------------------

    def _since(self, line: int) -> tuple[tuple[News, ...], tuple[Renamed, ...], int]:
        """What was published and retracted behind a line, and up to where that is."""
        head = self.watches.head()  # what comes meanwhile is told the next time
        found: list[News | None] = []
        names: list[Renamed | None] = []
        while lines := self.watches.lines(line, LINES):
            for each in lines:
                if each.sequence > head:
                    continue
                if each.event.document.startswith(PREFIX):
                    names.append(renamed(self.terms, each))
                else:
                    found.append(self._news(each))
            line = lines[-1].sequence
        return tuple(filter(None, found)), tuple(filter(None, names)), head

    def _news(self, line: LedgerLine) -> News | None:
        event = line.event
        document = self._document(event.document, event.revision)
        if document is None:
            return None
        history = list(self.store.ledger(event.document))
        earlier = [each for each in history if each.sequence < line.sequence]
        kind = kind_of(line, earlier)
        subjects = [document]
        if kind is NewsKind.CORRECTED:
            subjects += self._before(event.revision, earlier)
        return News(
            line=line.sequence,
            kind=kind,
            document=document,
            vendors=frozenset(v for one in subjects for v in one.vendors),
            places=frozenset(p for one in subjects for p in one.places),
            reason="" if kind is NewsKind.PUBLISHED else _why(line, earlier),
            at=event.at,
        )

    def _before(self, revision: int, earlier: Sequence[LedgerLine]) -> list[Document]:
        """The revision that was published before, whose subject may be another."""
        for line in reversed(earlier):
            if line.event.step is Step.PUBLISH and line.event.revision != revision:
                found = self._document(line.event.document, line.event.revision)
                return [found] if found else []
        return []

    def _document(self, document: str, revision: int) -> Document | None:
        try:
            return self.store.document(document, revision)
        except UnknownDocument:
            return None


def _why(line: LedgerLine, earlier: Sequence[LedgerLine]) -> str:
    """The reason that was given with a step, or with the draft that it published."""
    own = [each for each in earlier if each.event.revision == line.event.revision]
    for each in (line, *reversed(own)):
        if reason := each.event.detail.get("reason", ""):
            return reason
    return ""
