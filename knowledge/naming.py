"""Change the vocabulary: propose, approve, reject, retract; and follow what others changed.

As with documents the rules of ``workflow`` decide, every step is a line of the ledger, and
what is published counts from that moment in every process on the store.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.errors import (
    ChangedMeanwhile,
    InvalidMetadata,
    StepRefused,
    UnknownDocument,
)
from knowledge.model import Actor, Event, Role, Status, Step
from knowledge.moderation import UNDER_REVIEW, Moderation
from knowledge.moderation.drafting import NOTHING
from knowledge.ports import Clock, Store
from knowledge.term_ports import TermStore, TermWrite
from knowledge.terms import PREFIX, Term, TermKind, TermReview
from knowledge.terms.comparing import as_term, difference
from knowledge.terms.overlay import LiveVocabulary, laid_over, touched_by
from knowledge.terms.rules import Against, Objection, Ordinary, objection
from knowledge.vocabulary import Vocabulary
from knowledge.workflow import (
    TO_PUBLISH,
    Allowed,
    Policy,
    Refused,
    State,
    decide,
)

IN_FILES = "in the files"
"""The ledger's word for a name that nobody proposed."""

TAKEN_OUT = "taken out of the files that were synchronised"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingReport:
    """What a folder's vocabulary came to.

    ``kept`` are held and not in the folder, and stay; ``failed`` are lines for people.
    """

    taken: tuple[Term, ...]
    retracted: tuple[Term, ...] = ()
    kept: tuple[Term, ...] = ()
    failed: tuple[str, ...] = ()


class Following:
    """Keeps the vocabulary in use in step with the store. Safe between threads."""

    def __init__(
        self, terms: TermStore, base: Vocabulary, vocabulary: LiveVocabulary
    ) -> None:
        """``base`` is the vocabulary of the files, ``vocabulary`` what all read with."""
        self.terms = terms
        self.base = base
        self.vocabulary = vocabulary
        self._seen: tuple[str, int] | None = None
        self._guard = threading.Lock()

    def follow(self) -> None:
        """Lay over what was published or retracted since, here or by another process.

        Raises StoreUnavailable.
        """
        head = self.terms.head()
        if head == self._seen:
            return
        with self._guard:
            if head[1] == 0:
                self.vocabulary.now = self.base
            else:
                self.vocabulary.now = laid_over(self.base, self.terms.laid())
            self._seen = head  # what came meanwhile is seen the next time


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Every method may raise StoreUnavailable."""

    store: Store
    following: Following
    moderation: Moderation
    ordinary: Ordinary
    clock: Clock

    @property
    def terms(self) -> TermStore:
        """Where they are kept."""
        return self.following.terms

    @property
    def vocabulary(self) -> LiveVocabulary:
        """With what was changed a moment ago."""
        self.following.follow()
        return self.following.vocabulary

    # --- looking -------------------------------------------------------------------

    def held(self, term: str) -> Term | None:
        """The newest revision by its id; at revision 0 what the files alone have."""
        if revisions := self.terms.revisions(term):
            return revisions[-1]
        return next((each for each in self._in_files() if each.id == term), None)

    def _in_files(self) -> Iterator[Term]:
        """Every vendor, name and word of the files, as if it had been published."""
        base = self.following.base
        for vendor in base.vendors.values():
            yield replace(as_term(vendor), status=Status.PUBLISHED)
            for alias in vendor.aliases:
                yield Term(
                    kind=TermKind.NAME,
                    owner=vendor.id,
                    name=alias,
                    status=Status.PUBLISHED,
                )
        for concept in base.concepts.values():
            for language, words in concept.words.items():
                for word in words:
                    yield Term(
                        kind=TermKind.WORD,
                        owner=concept.id,
                        name=word,
                        language=language,
                        status=Status.PUBLISHED,
                    )

    def review(self, term: str, revision: int | None = None) -> TermReview:
        """All that is to be looked at of a revision. Raises UnknownDocument."""
        revisions = self.terms.revisions(term)
        about = [t for t in revisions if revision in (None, t.revision)]
        if not about:
            in_files = None if revisions else self.held(term)
            if in_files is None:
                raise UnknownDocument(document=term)
            return TermReview(term=in_files, lines=(), newest=0)
        lines = [
            line
            for line in self.store.ledger(term)
            if line.event.revision == about[-1].revision
        ]
        return TermReview(
            term=about[-1], lines=tuple(lines), newest=revisions[-1].revision
        )

    def queue(self) -> tuple[TermReview, ...]:
        """Those that nobody has decided on, oldest first."""
        waiting = [t for t in self.terms.newest() if t.status in UNDER_REVIEW]
        return tuple(self.review(term.id, term.revision) for term in waiting)

    # --- changing ------------------------------------------------------------------

    def propose(self, term: Term, actor: Actor, reason: str = "") -> Term | Objection:
        """Hand a change in for review; what stands against it, where something does.

        One that was retracted comes back by an editor's correction alone, as a document
        does. Raises StepRefused, ChangedMeanwhile.
        """
        if against := objection(term, self.vocabulary, self.ordinary):
            return against
        held = self.held(term.id)
        step = Step.PROPOSE
        if held is not None and held.status is Status.RETRACTED:
            step = Step.CORRECT
        writes = self._taken(held, [step, Step.SUBMIT], term, actor, reason)
        self.terms.write(writes)
        return writes[-1].term

    def accept(
        self, term: str, revision: int, actor: Actor, *, two_person: bool
    ) -> TermReview | Objection:
        """Approve and publish: it counts from now on, and passages are tagged anew.

        Judged again by what is held now. Raises UnknownDocument, StepRefused,
        ChangedMeanwhile.
        """
        held = self._seen(term, revision)
        if held.status in UNDER_REVIEW and (
            against := objection(held, self.vocabulary, self.ordinary)
        ):
            return against
        strict = two_person or self.moderation.policy.two_person
        policy = Policy(two_person=strict)
        steps: Sequence[Step] = (Step.PUBLISH,)
        if strict:
            steps = TO_PUBLISH.get(held.status, steps)
            if held.status is Status.APPROVED and actor.role >= Role.EDITOR:
                # Also where it was approved under another rule.
                state = State(Status.SUBMITTED, self._proposer(held))
                self._decide(held, state, Step.APPROVE, actor, policy)
        writes = self._taken(held, steps, held, actor, "", policy)
        self._publish(writes)
        return self.review(term, revision)

    def reject(self, term: str, revision: int, actor: Actor, reason: str) -> TermReview:
        """Turn a proposal down. Raises UnknownDocument, StepRefused, ChangedMeanwhile."""
        held = self._seen(term, revision)
        self.terms.write(self._taken(held, [Step.REJECT], held, actor, reason))
        return self.review(term, revision)

    def retract(
        self, term: str, revision: int, actor: Actor, reason: str
    ) -> TermReview | Objection:
        """Take it out of the vocabulary, one of the files too, from this moment.

        A vendor that published documents are on stays. Raises UnknownDocument,
        ChangedMeanwhile, StepRefused.
        """
        held = self._seen(term, revision)
        if held.kind is TermKind.VENDOR and (against := self._in_use(held)):
            return against
        writes = self._taken(held, [Step.RETRACT], held, actor, reason)
        self._publish(writes)
        after = writes[-1].term
        return self.review(after.id, after.revision)

    def take_in(
        self, other: Vocabulary, actor: Actor, *, publish: bool
    ) -> NamingReport:
        """Whatever a folder has otherwise, as proposals; with ``publish`` as it stands.

        What it lacks is retracted with ``publish`` alone, as nobody proposes that.
        Repeatable. Raises StoreUnavailable.
        """
        wanted = difference(self.vocabulary.now, other)
        taken, retracted, kept = [], [], []
        failed = [
            f"{id}: comes with a release of Quis or a folder in QUIS_VOCABULARY"
            for id in wanted.beyond
        ]
        for term in (*wanted.less, *wanted.more):
            less = term.status is Status.PUBLISHED
            if less and not publish:
                kept.append(term)
                continue
            try:
                if less:
                    held = self.held(term.id) or term
                    done = self.retract(held.id, held.revision, actor, TAKEN_OUT)
                    if isinstance(done, Objection):
                        failed.append(f"{term}: {done}")
                    else:
                        retracted.append(term)
                elif self._was_taken_out(term):
                    continue  # a folder never brings back what an editor took out
                elif against := self._brought_in(term, actor, publish=publish):
                    failed.append(f"{term}: {against}")
                else:
                    taken.append(term)
            except (
                StepRefused,
                ChangedMeanwhile,
                InvalidMetadata,
                UnknownDocument,
            ) as error:
                failed.append(str(error))
        return NamingReport(
            taken=tuple(taken),
            retracted=tuple(retracted),
            kept=tuple(kept),
            failed=tuple(failed),
        )

    def _was_taken_out(self, term: Term) -> bool:
        held = self.held(term.id)
        return held is not None and held.status is Status.RETRACTED

    def _brought_in(
        self, term: Term, actor: Actor, *, publish: bool
    ) -> Objection | None:
        """Propose it, where it does not wait already, and publish it where that is said."""
        held = self.held(term.id)
        if held is None or held.status not in UNDER_REVIEW or not _same(held, term):
            proposed = self.propose(term, actor)
            if isinstance(proposed, Objection):
                return proposed
            held = proposed
        if publish:
            done = self.accept(held.id, held.revision, actor, two_person=False)
            return done if isinstance(done, Objection) else None
        return None

    def _in_use(self, term: Term) -> Objection | None:
        for document in self.store.documents(Status.PUBLISHED):
            if term.owner in document.vendors:
                return Objection(
                    against=Against.IN_USE, name=term.name.text, other=document.id
                )
        return None

    def _publish(self, writes: Sequence[TermWrite]) -> None:
        """Store, read with it, and tag anew the passages that it is about."""
        before = self.vocabulary.now
        self.terms.write(writes)
        self.following.follow()
        terms = [writes[-1].term]
        self.moderation.retag_for(before.fingerprint, touched_by(terms, before))

    def _seen(self, term: str, revision: int) -> Term:
        """The newest revision, where it is the one that was looked at."""
        held = self.held(term)
        if held is None:
            raise UnknownDocument(document=term)
        if held.revision != revision:
            raise ChangedMeanwhile(document=str(held))
        return held

    def _taken(
        self,
        held: Term | None,
        steps: Sequence[Step],
        wanted: Term,
        actor: Actor,
        reason: str,
        policy: Policy | None = None,
    ) -> list[TermWrite]:
        """The steps, each judged by what the one before it made. Raises StepRefused."""
        writes: list[TermWrite] = []
        before = held
        proposer = self._proposer(held) if held else None
        for step in steps:
            status = before.status if before else None
            state = State(status, proposer)
            allowed = self._decide(wanted, state, step, actor, policy)
            after = replace(
                wanted if before is None or step in _NEW else before,
                revision=before.revision if before else 0,
                status=allowed.status,
            )
            if step in _NEW or after.revision == 0:
                after = replace(after, revision=after.revision + 1)
            if step in _NEW:
                proposer = actor.id
            stored = before is not None and before.revision > 0
            expected = (before.revision, before.status) if before and stored else None
            detail = _detail(after, before, reason if step is steps[0] else "")
            event = Event(
                at=self.clock.now(),
                actor=actor.id,
                step=step,
                document=after.id,
                revision=after.revision,
                rule=allowed.rule,
                detail=detail,
            )
            writes.append(TermWrite(term=after, event=event, expected=expected))
            before = after
        return writes

    def _decide(
        self,
        term: Term,
        state: State,
        step: Step,
        actor: Actor,
        policy: Policy | None,
    ) -> Allowed:
        match decide(state, step, actor, policy or self.moderation.policy):
            case Allowed() as allowed:
                return allowed
            case Refused(reason):
                raise StepRefused(document=str(term), step=step, problem=reason)

    def _proposer(self, term: Term) -> str | None:
        proposers = [
            line.event.actor
            for line in self.store.ledger(term.id)
            if line.event.revision == term.revision and line.event.step in _NEW
        ]
        return proposers[-1] if proposers else None


_NEW = (Step.PROPOSE, Step.CORRECT)
"""Steps that make a new revision."""


def _same(one: Term, other: Term) -> bool:
    return replace(one, revision=0, status=Status.DRAFT) == other


def is_term(document: str | None) -> bool:
    """Whether an id of the ledger is a term's, and no document's."""
    return (document or "").startswith(PREFIX)


def _detail(after: Term, before: Term | None, reason: str) -> dict[str, str]:
    """What the ledger says beside the step: what it is about, and what stood before."""
    stood = NOTHING
    if before is not None:
        stood = f"{before.revision} {before.status}" if before.revision else IN_FILES
    detail = {"term": str(after), "before": stood}
    detail["after"] = f"{after.revision} {after.status}"
    if reason.strip():
        detail["reason"] = reason.strip()
    return detail
