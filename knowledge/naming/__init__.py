"""Change the vocabulary: propose, approve, reject, retract.

As with documents the rules of ``workflow`` decide, every step is a line of the ledger
(``steps``), and what is published counts from that moment in every process on the store
(``following``). A folder's vocabulary comes in by ``intake``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.errors import ChangedMeanwhile, UnknownDocument
from knowledge.model import UNDER_REVIEW, Actor, Role, Status, Step
from knowledge.moderation import Moderation
from knowledge.naming.following import Following
from knowledge.naming.steps import Steps
from knowledge.ports import Clock, Store
from knowledge.term_ports import TermStore, TermWrite
from knowledge.terms import PREFIX, Term, TermKind, TermReview
from knowledge.terms.comparing import terms_of
from knowledge.terms.overlay import LiveVocabulary, touched_by
from knowledge.terms.rules import Against, Objection, Ordinary, objection
from knowledge.workflow import TO_PUBLISH, Policy, State

__all__ = ["Following", "Naming", "is_term"]


def is_term(document: str | None) -> bool:
    """Whether an id of the ledger is a term's, and no document's."""
    return (document or "").startswith(PREFIX)


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

    @property
    def _steps(self) -> Steps:
        policy = self.moderation.policy
        return Steps(store=self.store, clock=self.clock, policy=policy)

    # --- looking -------------------------------------------------------------------

    def held(self, term: str) -> Term | None:
        """The newest revision by its id; at revision 0 what the files alone have."""
        if revisions := self.terms.revisions(term):
            return revisions[-1]
        return next(
            (each for each in terms_of(self.following.base) if each.id == term), None
        )

    def live(self, term: str) -> Term | None:
        """The revision that texts are read by; None where there is none."""
        revisions = self.terms.revisions(term)
        found = revisions or [each for each in [self.held(term)] if each]
        return next((t for t in found if t.status is Status.PUBLISHED), None)

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
        writes = self._steps.taken(held, [step, Step.SUBMIT], term, actor, reason)
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
                state = State(Status.SUBMITTED, self._steps.proposer(held))
                self._steps.decide(held, state, Step.APPROVE, actor, policy)
        writes = self._steps.taken(held, steps, held, actor, "", policy=policy)
        self._publish(writes)
        return self.review(term, revision)

    def reject(self, term: str, revision: int, actor: Actor, reason: str) -> TermReview:
        """Turn a proposal down. Raises UnknownDocument, StepRefused, ChangedMeanwhile."""
        held = self._seen(term, revision)
        self.terms.write(self._steps.taken(held, [Step.REJECT], held, actor, reason))
        return self.review(term, revision)

    def retract(
        self, term: str, revision: int, actor: Actor, reason: str
    ) -> TermReview | Objection:
        """Take what is live out of the vocabulary, of the files too, from this moment.

        A vendor that published documents are on stays. Raises UnknownDocument,
        ChangedMeanwhile, StepRefused.
        """
        newest = self.held(term)
        if newest is None:
            raise UnknownDocument(document=term)
        held = self.live(term) or newest
        if held.revision != revision:
            raise ChangedMeanwhile(document=str(held))
        if held.kind is TermKind.VENDOR and (against := self._in_use(held)):
            return against
        writes = self._steps.taken(
            held, [Step.RETRACT], held, actor, reason, newest=newest
        )
        self._publish(writes)
        after = writes[-1].term
        return self.review(after.id, after.revision)

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
