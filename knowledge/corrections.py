"""What became of quotes that were shown, and what is due on the messages that show them.

Followed line by line in the ledger, from a position of its own; what is found is kept in
the store before anything is told, so that a crash at any instant loses and repeats nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import TypeAlias

from knowledge.errors import UnknownDocument
from knowledge.falls import (
    NEW_SIDES,
    Showing,
    against,
    fall_between,
    home_of,
    last_by_other,
    last_own,
    marking_of,
    particulars,
    reason_of,
    showing,
)
from knowledge.model import (
    Document,
    DueMarking,
    Event,
    Evidence,
    Fall,
    Hindrance,
    LedgerLine,
    Marking,
    MarkingReport,
    Post,
    Step,
    Tenant,
    Touched,
)
from knowledge.ports import Clock, Store
from knowledge.recalling import Recalling
from knowledge.tenant_ports import MarkingStore, TenantStore

BATCH = 200
"""Lines of the ledger between two positions, what an interruption repeats at most; and
posts that are looked at together."""

LOOK_BACK = timedelta(hours=1)
"""How far back a process that begins looks again: an answer may have been on its way
when its passage fell, and been recorded only then."""

ON_ITS_WAY = timedelta(minutes=1)
"""How long an answer may be on its way, and not know yet what was published meanwhile."""

PLACED_WITHIN = timedelta(hours=1)
"""A message that does not stand anywhere after so long never will."""

Found: TypeAlias = Mapping[str, Sequence[Marking]]
"""What was found, and is not in the store yet: by its post."""


class Corrections:
    """Finds them, says what is due, and keeps what was done. May raise StoreUnavailable."""

    def __init__(
        self,
        store: Store,
        tenants: TenantStore,
        markings: MarkingStore,
        recalling: Recalling,
        clock: Clock,
    ) -> None:
        self._store = store
        self._tenants = tenants
        self._markings = markings
        self._recalling = recalling
        self._clock = clock
        self._begun = False

    # --- finding -------------------------------------------------------------------

    def follow(self) -> int:
        """Look through what was published and retracted since; how much was found.

        Repeatable, by several processes too; interrupted, it goes on from its position.
        """
        after = self._markings.position()
        if not self._begun:
            before = self._clock.now() - LOOK_BACK
            after = min(after, self._markings.line_before(before))
        found = 0
        while lines := self._markings.lines(after, BATCH):
            markings: dict[str, list[Marking]] = {}
            for line in lines:
                for each in tuple(self._of_line(line, markings)):
                    markings.setdefault(each.post, []).append(each)
            after = lines[-1].sequence
            new = [each for of_post in markings.values() for each in of_post]
            found += self._markings.add(new, after)
        self._begun = True
        return found

    def check(self, tenant: Tenant, key: str) -> int:
        """Whether what an answer shows still stood when it was recorded; how much did not.

        To be called once its message stands: the ledger may have been followed past the
        change before there was a record.
        """
        post = self._tenants.post(tenant, key)
        if post is None or not post.passages:
            return 0
        shown = post.passages[: post.shown]
        ids = [p.passage for p in shown] + [b.passage for p in shown for b in p.beside]
        published = self._store.published(ids)
        found: list[Marking] = []
        held = self._markings.of(post.key)
        for document in sorted({home_of(id)[0] for id in ids if id not in published}):
            for line in self._store.ledger(document):
                if marking := self._on_document(line, post, (*held, *found)):
                    found.append(marking)
        return self._markings.add(found, 0) if found else 0

    def _of_line(self, line: LedgerLine, found: Found) -> Iterator[Marking]:
        """What a line means for all posts; ``found`` is not in the store yet."""
        event = line.event
        if event.step is not Step.PUBLISH or event.revision != 1:
            for post, known in self._showing(event.document, found):
                if marking := self._on_document(line, post, known):
                    yield marking
        if event.step is Step.PUBLISH:
            yield from self._new_sides(line, found)
        if event.step in (Step.PUBLISH, Step.RETRACT):
            yield from self._lifted(line, found)

    def _showing(
        self, document: str, found: Found
    ) -> Iterator[tuple[Post, tuple[Marking, ...]]]:
        """Every post that shows a document, with all that is known of it."""
        posts = iter(self._tenants.posts_showing(documents=[document]))
        while page := tuple(islice(posts, BATCH)):
            held = self._markings.of_each([post.key for post in page])
            for post in page:
                yield post, (*held.get(post.key, ()), *found.get(post.key, ()))

    def _on_document(
        self, line: LedgerLine, post: Post, known: Sequence[Marking]
    ) -> Marking | None:
        """What a step on a document means for a post that shows it."""
        event = line.event
        if event.step not in (Step.PUBLISH, Step.RETRACT):
            return None
        shown = [s for s in showing(post) if s.document == event.document]
        before = last_own(known, event.document, line.sequence)
        if event.step is Step.RETRACT:
            affected = any(each.revision <= event.revision for each in shown)
            if not affected or (before and before.fall is Fall.RETRACTED):
                return None
            return marking_of(line, post, Fall.RETRACTED, None, reason_of(event))
        shown = [each for each in shown if each.revision < event.revision]
        if not shown or (before and before.fall is Fall.CORRECTED):
            return None
        fall = self._fall(event, shown, before)
        if fall is None:
            return None
        return marking_of(line, post, fall, event.document, self._why(event))

    def _fall(
        self, event: Event, shown: Sequence[Showing], before: Marking | None
    ) -> Fall | None:
        if before is not None and before.fall is Fall.RETRACTED:
            return Fall.CORRECTED
        now = self._document(event.document, event.revision)
        falls = set()
        for revision in {each.revision for each in shown}:
            quotes = [each.quote for each in shown if each.revision == revision]
            then = self._document(event.document, revision)
            if now is None or then is None:
                continue
            fall = fall_between(then, now, quotes)
            if fall is Fall.AMENDED and before is not None:
                known = self._document(event.document, before.revision)
                if known and particulars(known) == particulars(now):
                    continue  # that was said already
            falls.add(fall)
        return next((f for f in (Fall.CORRECTED, Fall.AMENDED) if f in falls), None)

    def _new_sides(self, line: LedgerLine, found: Found) -> Iterator[Marking]:
        """Documents that a published one contradicts or supersedes, where they are shown.

        Only where it would stand beside the quote now, and did not: a message on Italy is
        not corrected by what happened in Greece.
        """
        event = line.event
        document = self._document(event.document, event.revision)
        for link in document.links if document else ():
            fall = NEW_SIDES.get(link.relation)
            if fall is None:
                continue
            for post, known in self._showing(link.document, found):
                if post.at > event.at + ON_ITS_WAY:
                    continue  # whoever asked later was shown it, or it was beside the point
                said = last_by_other(known, link.document, event.document)
                if said is not None and said.fall is fall:
                    continue
                if self._stands_beside(post, link.document, event.document):
                    yield marking_of(
                        line,
                        post,
                        fall,
                        event.document,
                        self._why(event),
                        link.document,
                    )

    def _lifted(self, line: LedgerLine, found: Found) -> Iterator[Marking]:
        """Quotes that are flagged by a document which says nothing against them now.

        It was retracted, or has a revision without that link; whoever was shown the flag
        is told, as it would go on standing there.
        """
        event = line.event
        says: set[str] = set()
        if event.step is Step.PUBLISH:
            says = against(self._document(event.document, event.revision))
        said: set[str] = set()
        for revision in self._revisions(event.document):
            said |= against(revision)
        for document in sorted(said - says):
            for post, known in self._showing(document, found):
                flag = last_by_other(
                    known, document, event.document, before=line.sequence
                )
                if flag is None or flag.fall is Fall.LIFTED:
                    continue
                if post.private and post.asker is None:
                    continue
                why = reason_of(event)
                yield marking_of(line, post, Fall.LIFTED, event.document, why, document)

    def _stands_beside(self, post: Post, document: str, other: str) -> bool:
        shown = post.passages[: post.shown]
        then = {
            id
            for each in shown
            for id in (each.passage, *(beside.passage for beside in each.beside))
        }
        if other in {home_of(id)[0] for id in then}:
            return False
        return any(
            beside.document.id == other
            for evidence in self._recalling.recall(shown, post.places)
            if evidence.document.id == document
            for beside in evidence.beside
        )

    def _why(self, event: Event) -> str:
        """The reason of a publication: given with it, or with the draft that it published."""
        if reason := reason_of(event):
            return reason
        given = [
            reason_of(line.event)
            for line in self._store.ledger(event.document)
            if line.event.revision == event.revision
        ]
        return next((reason for reason in reversed(given) if reason), "")

    def _revisions(self, document: str) -> Sequence[Document]:
        """None of what is no document: names and words have lines in the ledger too."""
        try:
            return self._store.revisions(document)
        except UnknownDocument:
            return ()

    def _document(self, document: str, revision: int) -> Document | None:
        try:
            return self._store.document(document, revision)
        except UnknownDocument:
            return None

    # --- telling -------------------------------------------------------------------

    def due(self, platform: str, limit: int) -> tuple[DueMarking, ...]:
        """The steps that are due on messages of a platform, looked for anew."""
        self.follow()
        self._markings.give_up_unplaced(self._clock.now() - PLACED_WITHIN)
        return self._markings.due(platform, limit)

    def begun(self, post: str) -> bool:
        """The step that is next on a post is begun: it may be done, and never noted."""
        return self._markings.begin(post)

    def edited(self, post: str, through: int, *, gone: bool = False) -> bool:
        """A message shows what became of its quotes; or it is gone, and all is given up."""
        if gone:
            return self._markings.give_up(post, Hindrance.GONE)
        return self._markings.edited(post, through)

    def replied(self, post: str, through: int, *, refused: bool = False) -> bool:
        """It was said in its thread as well; or cannot be, and the message alone says it."""
        hindrance = Hindrance.SILENT if refused else None
        return self._markings.told(post, through, hindrance)

    def unreachable(self, post: str) -> bool:
        """Its asker wanted to be told, and takes no messages: nothing more can be done."""
        return self._markings.give_up(post, Hindrance.PRIVATE)

    def as_shown(self, post: Post) -> tuple[Evidence, ...]:
        """A post's quotes: those in its message fallen or not, then what more may be quoted."""
        shown = post.passages[: post.shown]
        behind = post.passages[post.shown :]
        return (
            *self._recalling.as_shown(shown, post.places),
            *self._recalling.recall(behind, post.places),
        )

    # --- looking -------------------------------------------------------------------

    def report(self, document: str | None = None) -> MarkingReport:
        """How many are due, told and given up, after a look at what is new.

        Of all, or of the answers that showed one document.
        """
        self.follow()
        return self._markings.report(document)

    def touched(self, document: str) -> Touched:
        """How many answers show a document that a retraction would strike through."""
        public: Counter[str] = Counter()
        private: Counter[str] = Counter()
        letters: Counter[str] = Counter()
        for post, known in self._showing(document, {}):
            last = last_own(known, document, 2**63)
            if last is None or last.fall is not Fall.RETRACTED:
                told = letters if post.asker else private
                (told if post.private else public)[post.tenant.platform] += 1
        return Touched(
            public=dict(public), private=dict(private), letters=dict(letters)
        )
