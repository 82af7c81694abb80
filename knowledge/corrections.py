"""What became of quotes that were shown, and what is due on the messages that show them.

Followed line by line in the ledger, from a position of its own; what is found is kept in
the store before anything is told, so that a crash at any instant loses and repeats nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TypeAlias

from knowledge.errors import UnknownDocument
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
    Relation,
    Span,
    Step,
    Telling,
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

NEW_SIDES = {
    Relation.SUPERSEDES: Fall.SUPERSEDED,
    Relation.CONTRADICTS: Fall.CONTRADICTED,
}

BY_OTHERS = frozenset({*NEW_SIDES.values(), Fall.LIFTED})
"""What befalls a quote by what another document says, or says no longer."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A quote that a message shows, by its document, revision and span."""

    document: str
    revision: int
    quote: Span


def showing(post: Post) -> tuple[Showing, ...]:
    """All quotes that a post's message shows, those beside others too."""
    shown = post.passages[: post.shown]
    found = [Showing(*_home(each.passage), each.quote) for each in shown]
    found += [
        Showing(*_home(beside.passage), Span(beside.start, beside.end))
        for each in shown
        for beside in each.beside
    ]
    return tuple(found)


def fall_between(shown: Document, now: Document, quotes: Sequence[Span]) -> Fall | None:
    """How quotes of one revision stand in a later one; None: as they did.

    Corrected where its words are no longer in it; amended where they are, and what
    stands beside them in a message, or what the document says of others, is not the same.
    """
    if any(quote.of(shown.body) not in now.body for quote in quotes):
        return Fall.CORRECTED
    return Fall.AMENDED if _particulars(shown) != _particulars(now) else None


def _particulars(document: Document) -> tuple[object, ...]:
    sides = {link for link in document.links if link.relation in NEW_SIDES}
    return (
        document.form,
        document.kind,
        document.event_on,
        document.sources,
        frozenset(document.vendors),
        frozenset(document.places),
        frozenset(sides),
    )


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
        for document in sorted({_home(id)[0] for id in ids if id not in published}):
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
        before = _last(known, event.document, line.sequence)
        if event.step is Step.RETRACT:
            affected = any(each.revision <= event.revision for each in shown)
            if not affected or (before and before.fall is Fall.RETRACTED):
                return None
            return _marking(line, post, Fall.RETRACTED, None, _reason(event))
        shown = [each for each in shown if each.revision < event.revision]
        if not shown or (before and before.fall is Fall.CORRECTED):
            return None
        fall = self._fall(event, shown, before)
        if fall is None:
            return None
        return _marking(line, post, fall, event.document, self._why(event))

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
                if known and _particulars(known) == _particulars(now):
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
                said = _said(known, link.document, event.document)
                if said is not None and said.fall is fall:
                    continue
                if self._stands_beside(post, link.document, event.document):
                    yield _marking(
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
            says = _against(self._document(event.document, event.revision))
        said: set[str] = set()
        for revision in self._revisions(event.document):
            said |= _against(revision)
        for document in sorted(said - says):
            for post, known in self._showing(document, found):
                flag = _said(known, document, event.document, before=line.sequence)
                if flag is None or flag.fall is Fall.LIFTED or post.private:
                    continue
                why = _reason(event)
                yield _marking(line, post, Fall.LIFTED, event.document, why, document)

    def _stands_beside(self, post: Post, document: str, other: str) -> bool:
        shown = post.passages[: post.shown]
        then = {
            id
            for each in shown
            for id in (each.passage, *(beside.passage for beside in each.beside))
        }
        if other in {_home(id)[0] for id in then}:
            return False
        return any(
            beside.document.id == other
            for evidence in self._recalling.recall(shown, post.places)
            if evidence.document.id == document
            for beside in evidence.beside
        )

    def _why(self, event: Event) -> str:
        """The reason of a publication: given with it, or with the draft that it published."""
        if reason := _reason(event):
            return reason
        given = [
            _reason(line.event)
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

    def as_shown(self, post: Post) -> tuple[Evidence, ...]:
        """A post's quotes: those in its message fallen or not, then what more may be quoted."""
        shown = post.passages[: post.shown]
        behind = post.passages[post.shown :]
        return (
            *self._recalling.as_shown(shown, post.places),
            *self._recalling.recall(behind, post.places),
        )

    # --- looking -------------------------------------------------------------------

    def report(self) -> MarkingReport:
        """How many are due, told and given up, after a look at what is new."""
        self.follow()
        return self._markings.report()

    def touched(self, document: str) -> Touched:
        """How many answers show a document that a retraction would strike through."""
        public: Counter[str] = Counter()
        private: Counter[str] = Counter()
        for post, known in self._showing(document, {}):
            last = _last(known, document, 2**63)
            if last is None or last.fall is not Fall.RETRACTED:
                (private if post.private else public)[post.tenant.platform] += 1
        return Touched(public=dict(public), private=dict(private))


def _last(known: Sequence[Marking], document: str, before: int) -> Marking | None:
    """The last thing that befell a document itself, of all that a post was marked with."""
    own = [
        each
        for each in known
        if each.document == document
        and each.change < before
        and each.fall not in BY_OTHERS
    ]
    return max(own, key=lambda each: each.change, default=None)


def _said(
    known: Sequence[Marking], document: str, by: str, *, before: int | None = None
) -> Marking | None:
    """The last thing that befell a document by another."""
    own = [
        each
        for each in known
        if each.document == document
        and each.by == by
        and each.fall in BY_OTHERS
        and (before is None or each.change < before)
    ]
    return max(own, key=lambda each: each.change, default=None)


def _against(document: Document | None) -> set[str]:
    """The documents that a revision contradicts or supersedes."""
    links = document.links if document else ()
    return {link.document for link in links if link.relation in NEW_SIDES}


def _marking(
    line: LedgerLine,
    post: Post,
    fall: Fall,
    by: str | None,
    reason: str,
    document: str | None = None,
) -> Marking:
    event = line.event
    return Marking(
        post=post.key,
        change=line.sequence,
        document=document or event.document,
        fall=fall,
        by=by,
        revision=event.revision,
        reason=reason,
        at=event.at,
        state=Telling.GIVEN_UP if post.private else Telling.DUE,
        hindrance=Hindrance.PRIVATE if post.private else None,
    )


def _reason(event: Event) -> str:
    return event.detail.get("reason", "")


def _home(passage: str) -> tuple[str, int]:
    """The document and the revision that a passage's address names."""
    document, _, place = passage.partition("@")
    revision = place.partition("#")[0]
    return document, int(revision) if revision.isdecimal() else 0
