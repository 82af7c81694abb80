"""What moderators do from chat: bring in, look, decide; and what their proposers learn."""

from dataclasses import dataclass, replace
from datetime import timedelta

from knowledge.errors import UnknownDocument
from knowledge.model import (
    UNDER_REVIEW,
    Actor,
    Document,
    LedgerLine,
    Proposal,
    ProposalState,
    Review,
    Status,
    Step,
    Waiting,
)
from knowledge.moderation import Moderation
from knowledge.moderation.drafting import NEAR_DUPLICATES
from knowledge.naming import Naming, is_term
from knowledge.pages import Pages
from knowledge.ports import Clock, Findings, Store, Uploads
from knowledge.reviews.intake import Intake, pasted
from knowledge.reviews.particulars import SOURCE, TAGS
from knowledge.reviews.previews import Preview, asked_elsewhere
from knowledge.tenant_ports import ProposalStore
from knowledge.terms import TermReview
from knowledge.workflow import Policy

__all__ = ["SOURCE", "TAGS", "Intake", "Preview", "Reviews", "decision_on"]

KEEP_UNFINISHED = timedelta(days=7)
KEEP_TOLD = timedelta(days=90)
"""How long a text waits to be confirmed, and what became of one is remembered."""

DECISIONS = (Step.PUBLISH, Step.RETURN, Step.REJECT, Step.RETRACT)
"""Steps after which nobody waits for a decision on a revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """Every method may raise StoreUnavailable; none is slow but those that read."""

    store: Store
    proposals: ProposalStore
    moderation: Moderation
    pages: Pages
    uploads: Uploads
    clock: Clock
    naming: Naming

    # --- reading -------------------------------------------------------------------

    def at_address(self, address: str, actor: Actor) -> Findings:
        """What a page says; see ``Pages.read``."""
        return self.pages.read(address, actor)

    def in_file(self, name: str, content: bytes) -> Findings:
        """What a file says. Raises UnreadableFile, StoreUnavailable."""
        return self.pages.keep(name, content, self.uploads.read(name, content))

    def in_text(self, text: str) -> Findings:
        """What somebody pasted. Raises UnreadableFile."""
        return pasted(text)

    @property
    def intake(self) -> Intake:
        """What is brought in, before it is a draft."""
        return Intake(
            store=self.store,
            proposals=self.proposals,
            moderation=self.moderation,
            clock=self.clock,
        )

    # --- looking -------------------------------------------------------------------

    def review(self, document: str, revision: int | None = None) -> Review:
        """All that is to be looked at of a revision, by default the newest.

        Raises UnknownDocument.
        """
        revisions = self.store.revisions(document)
        newest = revisions[-1]
        about = newest
        if revision is not None:
            about = self.store.document(document, revision)
        published = next((d for d in revisions if d.status is Status.PUBLISHED), None)
        lines = tuple(
            line
            for line in self.store.ledger(document)
            if line.event.revision == about.revision
        )
        return Review(
            document=about,
            passages=self.store.passages(document, about.revision),
            published=published,
            near=_near(lines),
            lines=lines,
            newest=newest.revision,
        )

    def asked_elsewhere(self, document: Document) -> tuple[tuple[str, str], ...]:
        """(own question, document) of those that another one has word for word."""
        return asked_elsewhere(self.store, document)

    def queue(self) -> tuple[Waiting, ...]:
        """The drafts that nobody has decided on, those that came first first.

        By their place in the ledger: a clock may go back.
        """
        found = []
        for document in self.store.documents():
            if document.status in UNDER_REVIEW:
                lines = [
                    line
                    for line in self.store.ledger(document.id)
                    if line.event.revision == document.revision
                ]
                if lines and lines[-1].event.step is not Step.RETURN:
                    found.append(Waiting(document=document, line=lines[0]))
        return tuple(sorted(found, key=lambda each: each.line.sequence))

    def listed(self) -> tuple[tuple[str, str], ...]:
        """(id, title) of every document, by id."""
        return tuple((d.id, d.title) for d in self.store.documents())

    def history(self, document: str) -> tuple[LedgerLine, ...]:
        """All that was done to a document, oldest first. Raises UnknownDocument."""
        self.store.document(document)
        return tuple(self.store.ledger(document))

    # --- deciding ------------------------------------------------------------------

    def accept(
        self, document: str, revision: int, actor: Actor, *, two_person: bool
    ) -> Review:
        """Approve and publish. Raises as ``Moderation.accept`` does."""
        moderation = self._under(two_person=two_person)
        after = moderation.accept(document, actor, revision)
        return self.review(after.id, after.revision)

    def take(
        self,
        document: str,
        revision: int,
        step: Step,
        actor: Actor,
        reason: str = "",
    ) -> Review:
        """Any other step, on the revision that was looked at. Raises as ``step`` does."""
        after = self.moderation.step(document, step, actor, reason, revision)
        return self.review(after.id, after.revision)

    def _under(self, *, two_person: bool) -> Moderation:
        """The stricter of what holds here and in all the house."""
        strict = two_person or self.moderation.policy.two_person
        return replace(self.moderation, policy=Policy(two_person=strict))

    # --- telling -------------------------------------------------------------------

    def of_proposal(self, document: str, revision: int) -> Review | TermReview:
        """What a proposal is about, a document or a term. Raises UnknownDocument."""
        if is_term(document):
            return self.naming.review(document, revision)
        return self.review(document, revision)

    def decided(
        self, platform: str
    ) -> tuple[tuple[Proposal, Review | TermReview | None], ...]:
        """Proposals of a platform on which something is to be told.

        Those that were decided, or overtaken by a newer revision; with None those whose
        document is gone.
        """
        waiting = (ProposalState.OFFERED, ProposalState.SHOWN)
        found: list[tuple[Proposal, Review | TermReview | None]] = []
        for proposal in self.proposals.in_states(waiting):
            if proposal.tenant.platform != platform or proposal.document is None:
                continue
            try:
                review = self.of_proposal(proposal.document, proposal.revision)
            except UnknownDocument:
                found.append((proposal, None))
                continue
            if decision_on(review) or review.newest > proposal.revision:
                found.append((proposal, review))
        return tuple(found)

    def offered(self, platform: str, older: timedelta) -> tuple[Proposal, ...]:
        """Those whose card stands nowhere although they wait for longer than this."""
        before = self.clock.now() - older
        return tuple(
            proposal
            for proposal in self.proposals.in_states((ProposalState.OFFERED,))
            if proposal.tenant.platform == platform
            and proposal.card is None
            and proposal.at < before
        )

    def purge(self) -> int:
        """Wipe what is of no more use; how many rows."""
        now = self.clock.now()
        return self.proposals.purge(
            unfinished=now - KEEP_UNFINISHED, told=now - KEEP_TOLD
        )


def decision_on(review: Review | TermReview) -> LedgerLine | None:
    """The last decision on a revision, where it is not under review again."""
    decided = [line for line in review.lines if line.event.step in DECISIONS]
    if not decided:
        return None
    later = [line for line in review.lines if line.sequence > decided[-1].sequence]
    again = any(line.event.step in (Step.SUBMIT, Step.APPROVE) for line in later)
    return None if again else decided[-1]


def _near(lines: tuple[LedgerLine, ...]) -> tuple[tuple[str, int], ...]:
    """The resembling documents that the ledger names with a proposal."""
    said = next(
        (
            line.event.detail[NEAR_DUPLICATES]
            for line in lines
            if NEAR_DUPLICATES in line.event.detail
        ),
        "",
    )
    found = []
    for part in said.split(", "):
        id, _, percent = part.removesuffix(" %").rpartition(" ")
        if id and percent.isdecimal():
            found.append((id, int(percent)))
    return tuple(found)
