"""Propose, review, publish, retract, correct, recheck: each asks the rules, then writes.

What every write is made of is in ``drafting``; what is new, in ``proposing``; what is
handed in for a review, in ``offering``; whether a text is another at all, in ``kinship``;
the steps of review, in ``reviewing``; what follows the vocabulary, in ``retagging``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.metadata import DetectLanguage
from knowledge.model import Actor, Document, Step
from knowledge.moderation.drafting import AddResult, Drafting, Prepared
from knowledge.moderation.offering import Offering
from knowledge.moderation.proposing import Proposing
from knowledge.moderation.retagging import VOCABULARY_NOTE, Retagging
from knowledge.moderation.reviewing import Reviewing
from knowledge.ports import Clock, Findings, Progress, Store
from knowledge.vocabulary import Vocabulary
from knowledge.workflow import Policy

__all__ = [
    "VOCABULARY_NOTE",
    "AddResult",
    "Moderation",
    "Prepared",
]


def steady() -> None:
    """Of a vocabulary that nobody changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """Changes what is held, and only as the rules of ``workflow`` allow.

    ``follow`` brings the vocabulary to where others have changed it; called before
    anything is tagged by it.
    """

    store: Store
    vocabulary: Vocabulary
    clock: Clock
    detect: DetectLanguage
    policy: Policy
    follow: Callable[[], None] = steady

    @property
    def drafting(self) -> Drafting:
        """What every write is made of."""
        self.follow()
        return Drafting(
            store=self.store,
            vocabulary=self.vocabulary,
            clock=self.clock,
            detect=self.detect,
            policy=self.policy,
        )

    def add(
        self,
        findings: Findings,
        overrides: Mapping[str, object],
        actor: Actor,
        *,
        publish: bool,
    ) -> AddResult:
        """A new document, or a new revision of one; see ``Proposing.add``."""
        return Proposing(self.drafting).add(findings, overrides, actor, publish=publish)

    def prepare(
        self,
        findings: Findings,
        overrides: Mapping[str, object],
        actor: Actor,
        *,
        publish: bool,
        pending: Mapping[str, str] | None = None,
        rule: str | None = None,
    ) -> Prepared:
        """Judge an addition and write nothing; see ``Proposing.prepare``."""
        return Proposing(self.drafting).prepare(
            findings, overrides, actor, publish=publish, pending=pending, rule=rule
        )

    def examine(self, findings: Findings) -> Document:
        """The draft that a file makes by itself; see ``Proposing.examine``."""
        return Proposing(self.drafting).examine(findings)

    def store_all(self, prepared: Sequence[Prepared]) -> None:
        """Store additions in one transaction. Raises ChangedMeanwhile."""
        Proposing(self.drafting).store_all(prepared)

    def offer(
        self,
        findings: Findings | None,
        overrides: Mapping[str, object],
        actor: Actor,
        *,
        target: str | None = None,
        reason: str = "",
    ) -> AddResult:
        """A draft that waits for a review; see ``Offering.offer``."""
        return Offering(self.drafting).offer(
            findings, overrides, actor, target=target, reason=reason
        )

    def step(
        self,
        document: str,
        step: Step,
        actor: Actor,
        reason: str = "",
        seen: int | None = None,
    ) -> Document:
        """Put a document to a step of review; see ``Reviewing.step``."""
        if step is Step.CORRECT:
            return self.correct(document, None, {}, actor, reason)
        return Reviewing(self.drafting).step(document, step, actor, reason, seen)

    def accept(self, document: str, actor: Actor, seen: int) -> Document:
        """Approve and publish the newest revision; see ``Reviewing.accept``."""
        return Reviewing(self.drafting).accept(document, actor, seen)

    def correct(
        self,
        document: str,
        findings: Findings | None,
        overrides: Mapping[str, object],
        actor: Actor,
        reason: str = "",
    ) -> Document:
        """A new draft revision on top; see ``Proposing.correct``."""
        return Proposing(self.drafting).correct(
            document, findings, overrides, actor, reason
        )

    def retag(self, progress: Progress) -> int:
        """Tag all passages in use anew; see ``Retagging.retag``."""
        return Retagging(self.drafting).retag(progress)

    def retag_for(self, before: str, touches: Callable[[str], bool]) -> int:
        """Tag those anew that a change is about; see ``Retagging.retag_for``."""
        return Retagging(self.drafting).retag_for(
            before, touches, lambda _stage, _done, _total: None
        )
