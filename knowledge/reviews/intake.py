"""What is brought in from chat, from a reader's findings to the draft that is reviewed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.errors import ChangedMeanwhile, UnknownDocument, UnreadableFile
from knowledge.model import (
    Actor,
    Document,
    Proposal,
    ProposalState,
    Relation,
    Tenant,
)
from knowledge.moderation import Moderation
from knowledge.own_questions.lines import after_a_form, by_language
from knowledge.ports import Clock, Findings, Store
from knowledge.reviews.particulars import (
    SOURCE,
    TAGS,
    changed,
    given_of,
    read_form,
    said_of,
)
from knowledge.reviews.previews import PASTED, Preview, Previews
from knowledge.tenant_ports import ProposalStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Any method may raise StoreUnavailable."""

    store: Store
    proposals: ProposalStore
    moderation: Moderation
    clock: Clock

    @property
    def _previews(self) -> Previews:
        return Previews(store=self.store, moderation=self.moderation)

    def preview(self, proposal: Proposal) -> Preview:
        """What it would be as it stands."""
        return self._previews.of(proposal)

    def begin(
        self,
        key: str,
        tenant: Tenant,
        proposer: str,
        language: str,
        findings: Findings | None,
        target: str | None = None,
    ) -> Preview:
        """Keep what was found, to be confirmed or mended.

        Without findings it corrects ``target`` and leaves its text. Raises
        UnknownDocument, InvalidMetadata for text that no store can hold.
        """
        if target is not None:
            self.store.document(target)
        found = findings or Findings(origin=target or "", body="", metadata={})
        proposal = Proposal(
            key=key,
            tenant=tenant,
            proposer=proposer,
            at=self.clock.now(),
            language=language,
            origin=found.origin,
            body=found.body,
            stated=found.metadata if target is None else {},
            found=found.found if target is None else {},
            snapshot=found.snapshot,
            target=target,
        )
        self.proposals.add(proposal)
        return self.preview(proposal)

    def mend(
        self, proposal: Proposal, values: Mapping[str, str], text: str | None = None
    ) -> Preview:
        """Take what was filled in, in place of what was found. Raises ChangedMeanwhile."""
        before = self.preview(proposal).values
        read = read_form(values, (*SOURCE, *TAGS))
        mended = replace(proposal, given={**proposal.given, **changed(read, before)})
        if text is not None and text.strip():
            mended = replace(mended, body=pasted(text).body)
        if not self.proposals.change(mended, ProposalState.OPEN):
            raise ChangedMeanwhile(document=proposal.document or proposal.origin)
        return self.preview(mended)

    def ask(self, proposal: Proposal, lines: str) -> Preview:
        """Take the questions that it answers, one a line, as its form was sent.

        Raises ChangedMeanwhile.
        """
        before = self.preview(proposal)
        language = before.values.get("language", "")
        asked = by_language(after_a_form(before.questions, lines, language))
        if asked == by_language(before.questions):
            return before
        mended = replace(proposal, given={**proposal.given, "questions": asked})
        if not self.proposals.change(mended, ProposalState.OPEN):
            raise ChangedMeanwhile(document=proposal.document or proposal.origin)
        return self.preview(mended)

    def hand_in(self, proposal: Proposal, actor: Actor, reason: str = "") -> Document:
        """Make the draft that waits for a review, once.

        Repeatable: after an interruption the same again finds the draft that is there.
        Raises as ``Moderation.offer`` does, and ChangedMeanwhile where it was handed in.
        """
        if proposal.state is not ProposalState.OPEN:
            raise ChangedMeanwhile(document=proposal.document or proposal.origin)
        findings: Findings | None = Findings(
            origin=proposal.target or proposal.origin,
            body=proposal.body,
            metadata={},
            snapshot=proposal.snapshot,
        )
        overrides: Mapping[str, object] = {}
        if proposal.target is not None:
            overrides = given_of(proposal)
        else:
            said = said_of(proposal)
            said |= {"id": self._previews.id_of(proposal, said)}
            findings = replace(findings, metadata=said) if findings else None
        result = self.moderation.offer(
            findings, overrides, actor, target=proposal.target, reason=reason
        )
        offered = replace(
            proposal,
            state=ProposalState.OFFERED,
            document=result.document.id,
            revision=result.document.revision,
        )
        if not self.proposals.change(offered, ProposalState.OPEN):
            raise ChangedMeanwhile(document=result.document.id)
        return result.document

    def link(
        self,
        key: str,
        tenant: Tenant,
        proposer: str,
        language: str,
        document: str,
        relation: Relation,
        other: str,
        actor: Actor,
        reason: str,
    ) -> Document:
        """A draft that says of a document how it stands to another, for review.

        Raises UnknownDocument, InvalidMetadata, StepRefused, DuplicateDocument where it
        says so already.
        """
        newest = self.store.document(document)
        self.store.document(other)
        links = {link.document for link in newest.links if link.relation is relation}
        given = {str(relation): sorted({*links, other})}
        self.begin(key, tenant, proposer, language, None, document)
        proposal = self.proposals.get(tenant, key)
        if proposal is None:
            raise UnknownDocument(document=document)
        proposal = replace(proposal, given=given)
        try:
            return self.hand_in(proposal, actor, reason)
        except Exception:
            self.proposals.drop(tenant, key)
            raise


def pasted(text: str) -> Findings:
    """What somebody pasted. Raises UnreadableFile."""
    body = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not body:
        raise UnreadableFile(path=PASTED, reason="there is no text in it")
    return Findings(origin=PASTED, body=body, metadata={})
