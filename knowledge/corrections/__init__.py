"""What became of quotes that were shown, and what is due on the messages that show them.

Followed line by line in the ledger, from a position of its own; what is found is kept in
the store before anything is told, so that a crash at any instant loses and repeats nothing.
"""

from collections import Counter
from datetime import timedelta

from knowledge.corrections.finding import Finding
from knowledge.falls import home_of, last_own
from knowledge.model import (
    DueMarking,
    Evidence,
    Fall,
    Hindrance,
    Marking,
    MarkingReport,
    Place,
    Post,
    Tenant,
    Touched,
)
from knowledge.ports import Clock, Store
from knowledge.recalling import Recalling
from knowledge.tenant_ports import MarkingStore, PostStore

BATCH = 200
"""Lines of the ledger between two positions: what an interruption repeats at most."""

LOOK_BACK = timedelta(hours=1)
"""How far back a process that begins looks again: an answer may have been on its way
when its passage fell, and been recorded only then."""

PLACED_WITHIN = timedelta(hours=1)
"""A message that does not stand anywhere after so long never will: until then it is
looked for again, as it may still be on its way."""


class Corrections:
    """Finds them, says what is due, and keeps what was done. May raise StoreUnavailable."""

    def __init__(
        self,
        store: Store,
        tenants: PostStore,
        markings: MarkingStore,
        recalling: Recalling,
        clock: Clock,
    ) -> None:
        self._store = store
        self._tenants = tenants
        self._markings = markings
        self._recalling = recalling
        self._clock = clock
        self._finding = Finding(store, tenants, markings, recalling)
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
                for each in tuple(self._finding.of_line(line, markings)):
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
                if marking := self._finding.on_document(line, post, (*held, *found)):
                    found.append(marking)
        return self._markings.add(found, 0) if found else 0

    # --- telling -------------------------------------------------------------------

    def due(self, platform: str, limit: int) -> tuple[DueMarking, ...]:
        """The steps that are due on messages of a platform, looked for anew."""
        self.follow()
        self._markings.give_up_untold(self._clock.now() - PLACED_WITHIN)
        return self._markings.due(platform, limit)

    def unplaced(self, platform: str, limit: int) -> tuple[Post, ...]:
        """Answers that have to be corrected, and of which nobody noted where they stand.

        The process that sent them ended behind that, or they were never sent.
        """
        return self._markings.unplaced(platform, limit)

    def stands(self, post: str, place: Place) -> bool:
        """Such an answer was found."""
        return self._tenants.place_post(post, place)

    def nowhere(self, tenant: Tenant, key: str) -> bool:
        """Such an answer was looked for and is not there; it is given up after a while."""
        post = self._tenants.post(tenant, key)
        if post is None or post.place or self._clock.now() - post.at < PLACED_WITHIN:
            return False
        return self._markings.give_up(key, Hindrance.NOWHERE)

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
        for post, known in self._finding.showing(document, {}):
            last = last_own(known, document, 2**63)
            if last is None or last.fall is not Fall.RETRACTED:
                told = letters if post.asker else private
                (told if post.private else public)[post.tenant.platform] += 1
        return Touched(
            public=dict(public), private=dict(private), letters=dict(letters)
        )
