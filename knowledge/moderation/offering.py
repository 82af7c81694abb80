"""What waits for a review from the start: proposed and submitted as one step, from chat."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.errors import DuplicateDocument, StepRefused
from knowledge.model import LIVE, UNDER_REVIEW, Actor, Document, Role, Status, Step
from knowledge.moderation.drafting import AddResult, Drafting, detail_of
from knowledge.moderation.kinship import alike
from knowledge.moderation.proposing import Proposing
from knowledge.moderation.reviewing import published_of
from knowledge.ports import Findings, Write
from knowledge.workflow import State


@dataclass(frozen=True, slots=True)
class Offering:
    """Hands in, once, whatever a person proposes."""

    drafting: Drafting

    def offer(
        self,
        findings: Findings | None,
        overrides: Mapping[str, object],
        actor: Actor,
        *,
        target: str | None = None,
        reason: str = "",
    ) -> AddResult:
        """A draft that waits for a review: proposed and submitted in one transaction.

        Of a new document, or on top of ``target``. The same again, while it waits, is
        unchanged. Raises as ``add`` and ``correct`` do.
        """
        proposing = Proposing(self.drafting)
        if target is None:
            if findings is None:
                raise ValueError("a new document has a text")
            prepared = proposing.prepare(findings, overrides, actor, publish=False)
            held = prepared.result.document
            if not prepared.result.unchanged:
                pass
            elif held.status in UNDER_REVIEW:
                return prepared.result
            elif held.status in LIVE:
                raise DuplicateDocument(document=findings.origin, original=held.id)
            else:
                raise StepRefused(
                    document=held.id,
                    step=Step.PROPOSE,
                    problem=f"this very text was {held.status}; change it, or correct "
                    "that document",
                )
        else:
            newest = self.drafting.store.document(target)
            step = self._step_on(target, actor)
            if findings is None or not findings.body.strip():
                findings = None
            if newest.status in UNDER_REVIEW and self._is_held(
                newest, findings, overrides, actor
            ):
                return AddResult(document=newest, unchanged=True)
            prepared = proposing.correction(
                target, findings, overrides, actor, step, reason
            )
        document = prepared.result.document
        allowed = self.drafting.decide(
            document.id, State(document.status, actor.id), Step.SUBMIT, actor
        )
        after = replace(document, status=allowed.status)
        event = self.drafting.event(
            after, Step.SUBMIT, actor, allowed.rule, detail_of(reason), document
        )
        expected = (document.revision, document.status)
        write = Write(document=after, event=event, expected=expected)
        self.drafting.store.write((*prepared.writes, write))
        return replace(prepared.result, document=after)

    def _step_on(self, document: str, actor: Actor) -> Step:
        """How a new revision of it is called: an editor corrects, others propose."""
        revisions = self.drafting.store.revisions(document)
        about = published_of(revisions) or revisions[-1]
        if about.status is Status.RETRACTED:
            return Step.CORRECT
        editor = actor.role >= Role.EDITOR
        published = about.status is Status.PUBLISHED
        return Step.CORRECT if editor and published else Step.PROPOSE

    def _is_held(
        self,
        newest: Document,
        findings: Findings | None,
        overrides: Mapping[str, object],
        actor: Actor,
    ) -> bool:
        """Whether the newest revision is what this actor offers, and offered."""
        found = findings or Findings(origin=newest.id, body=newest.body, metadata={})
        given = {**overrides, "id": newest.id}
        draft = self.drafting.draft(found, given, newest)
        return alike(newest, draft) and self.drafting.proposed_by(newest) == actor.id
