"""What a line of the ledger means for the messages that showed what it is on.

Reads, and keeps nothing: the rules are in ``falls``, and ``corrections`` keeps what is
found. Whatever is asked may raise StoreUnavailable.
"""

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
    Event,
    Fall,
    LedgerLine,
    Marking,
    Post,
    Step,
)
from knowledge.ports import Store
from knowledge.recalling import Recalling
from knowledge.tenant_ports import MarkingStore, PostStore

TOGETHER = 200
"""Posts that are looked at together."""

ON_ITS_WAY = timedelta(minutes=1)
"""How long an answer may be on its way, and not know yet what was published meanwhile."""

Found: TypeAlias = Mapping[str, Sequence[Marking]]
"""What was found, and is not in the store yet: by its post."""


class Finding:
    """Finds them."""

    def __init__(
        self,
        store: Store,
        tenants: PostStore,
        markings: MarkingStore,
        recalling: Recalling,
    ) -> None:
        self._store = store
        self._tenants = tenants
        self._markings = markings
        self._recalling = recalling

    def of_line(self, line: LedgerLine, found: Found) -> Iterator[Marking]:
        """What a line means for all posts; ``found`` is not in the store yet."""
        event = line.event
        if event.step is not Step.PUBLISH or event.revision != 1:
            for post, known in self.showing(event.document, found):
                if marking := self.on_document(line, post, known):
                    yield marking
        if event.step is Step.PUBLISH:
            yield from self._new_sides(line, found)
        if event.step in (Step.PUBLISH, Step.RETRACT):
            yield from self._lifted(line, found)

    def showing(
        self, document: str, found: Found
    ) -> Iterator[tuple[Post, tuple[Marking, ...]]]:
        """Every post that shows a document, with all that is known of it."""
        posts = iter(self._tenants.posts_showing(documents=[document]))
        while page := tuple(islice(posts, TOGETHER)):
            held = self._markings.of_each([post.key for post in page])
            for post in page:
                yield post, (*held.get(post.key, ()), *found.get(post.key, ()))

    def on_document(
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
            for post, known in self.showing(link.document, found):
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
            for post, known in self.showing(document, found):
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
