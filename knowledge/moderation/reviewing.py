"""The steps of review: each asks the rules, then writes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.errors import ChangedMeanwhile, StepRefused
from knowledge.model import Actor, Document, Role, Status, Step, Vetting
from knowledge.moderation.drafting import Drafting, detail_of
from knowledge.ports import Write
from knowledge.workflow import ONE_PERSON, TO_PUBLISH, State

ON_PUBLISHED = (Step.RETRACT, Step.RECHECK, Step.VET)
"""Steps that are about the published revision, even where a draft is on top of it."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Puts what is held to the steps of review."""

    drafting: Drafting

    def step(
        self,
        document: str,
        step: Step,
        actor: Actor,
        reason: str = "",
        seen: int | None = None,
    ) -> Document:
        """Put a document to a step of review; it comes back as it then stands.

        Retracting, rechecking and vetting are about the published revision, the other
        steps about the newest. ``seen`` is the revision that the actor looked at: the
        step is taken on no other. Raises UnknownDocument, StepRefused, ChangedMeanwhile,
        and InvalidMetadata where a document lacks what publishing asks for.
        """
        revisions = self.drafting.store.revisions(document)
        newest = revisions[-1]
        published = published_of(revisions)
        about = newest
        if published and step in ON_PUBLISHED:
            about = published
        if seen is not None and about.revision != seen:
            raise ChangedMeanwhile(document=document)
        state = State(about.status, self.drafting.proposed_by(about))
        if step is Step.PROPOSE:
            raise StepRefused(
                document=document, step=step, problem="add its text for that"
            )
        allowed = self.drafting.decide(document, state, step, actor)
        after = replace(about, status=allowed.status)
        if step is Step.PUBLISH:
            after = self.drafting.published(after)
        elif step is Step.RECHECK:
            after = self._rechecked(after)
        elif step is Step.VET:
            after = self._vetted(after)
        write = Write(
            document=after,
            event=self.drafting.event(
                after, step, actor, allowed.rule, detail_of(reason), about
            ),
            expected=(newest.revision, newest.status),
        )
        self.drafting.store.write([write])
        return after

    def accept(self, document: str, actor: Actor, seen: int) -> Document:
        """Approve and publish the newest revision, in one transaction.

        Under the two-person rule every step to it is taken, so that the ledger shows a
        second person's approval; else one step publishes it. Raises as ``step`` does.
        """
        drafting = self.drafting
        newest = drafting.store.revisions(document)[-1]
        if newest.revision != seen:
            raise ChangedMeanwhile(document=document)
        if newest.status is Status.DRAFT and self._was_returned(newest):
            raise StepRefused(
                document=document,
                step=Step.APPROVE,
                problem="it was returned to its proposer: it has to be mended first",
            )
        proposer = drafting.proposed_by(newest)
        two = drafting.policy.two_person
        steps: tuple[Step, ...] = (Step.PUBLISH,)
        if two or newest.status not in ONE_PERSON.start:
            steps = TO_PUBLISH.get(newest.status, (Step.PUBLISH,))
        if two and actor.id == proposer and actor.role >= Role.EDITOR:
            # Also where it was approved under another rule, as at the terminal.
            drafting.decide(
                document, State(Status.SUBMITTED, proposer), Step.APPROVE, actor
            )
        writes, before = [], newest
        for step in steps:
            state = State(before.status, proposer)
            allowed = drafting.decide(document, state, step, actor)
            after = replace(before, status=allowed.status)
            if step is Step.PUBLISH:
                after = drafting.published(after)
            writes.append(
                Write(
                    document=after,
                    event=drafting.event(after, step, actor, allowed.rule, {}, before),
                    expected=(before.revision, before.status),
                )
            )
            before = after
        drafting.store.write(writes)
        return before

    def _was_returned(self, document: Document) -> bool:
        steps = [
            line.event.step
            for line in self.drafting.store.ledger(document.id)
            if line.event.revision == document.revision
        ]
        return bool(steps) and steps[-1] is Step.RETURN

    def _rechecked(self, document: Document) -> Document:
        today = self.drafting.clock.now().date()
        if document.vetting is Vetting.STARTER_SET:
            document = replace(document, vetting=Vetting.PERSON, vetted_on=today)
        return replace(document, rechecked_on=today)

    def _vetted(self, document: Document) -> Document:
        """Raises StepRefused for a document that a person has vetted already."""
        if document.vetting is not Vetting.STARTER_SET:
            raise StepRefused(
                document=document.id,
                step=Step.VET,
                problem="a person vetted it already; to look again is the step recheck",
            )
        today = self.drafting.clock.now().date()
        return replace(document, vetting=Vetting.PERSON, vetted_on=today)


def published_of(revisions: Sequence[Document]) -> Document | None:
    """The one that is published, of a document's revisions."""
    return next((d for d in revisions if d.status is Status.PUBLISHED), None)
