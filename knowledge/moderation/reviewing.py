"""The steps of review: each asks the rules, then writes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.errors import StepRefused
from knowledge.model import Actor, Document, Status, Step, Vetting
from knowledge.moderation.drafting import Drafting, detail_of
from knowledge.ports import Write
from knowledge.workflow import State


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Puts what is held to the steps of review."""

    drafting: Drafting

    def step(
        self, document: str, step: Step, actor: Actor, reason: str = ""
    ) -> Document:
        """Put a document to a step of review; it comes back as it then stands.

        Retracting and rechecking are about the published revision, the other steps
        about the newest. Raises UnknownDocument, StepRefused, ChangedMeanwhile, and
        InvalidMetadata where a document lacks what publishing asks for.
        """
        revisions = self.drafting.store.revisions(document)
        newest = revisions[-1]
        published = published_of(revisions)
        about = newest
        if published and step in (Step.RETRACT, Step.RECHECK):
            about = published
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
        write = Write(
            document=after,
            event=self.drafting.event(
                after, step, actor, allowed.rule, detail_of(reason)
            ),
            expected=(newest.revision, newest.status),
        )
        self.drafting.store.write([write])
        return after

    def _rechecked(self, document: Document) -> Document:
        today = self.drafting.clock.now().date()
        if document.vetting is Vetting.STARTER_SET:
            document = replace(document, vetting=Vetting.PERSON, vetted_on=today)
        return replace(document, rechecked_on=today)


def published_of(revisions: Sequence[Document]) -> Document | None:
    """The one that is published, of a document's revisions."""
    return next((d for d in revisions if d.status is Status.PUBLISHED), None)
