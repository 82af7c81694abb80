"""What is brought in from chat, from a reader's findings to the draft that is reviewed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge import metadata
from knowledge.errors import (
    ChangedMeanwhile,
    InvalidInput,
    UnknownDocument,
    UnreadableFile,
)
from knowledge.model import (
    LANGUAGES,
    Actor,
    Document,
    Proposal,
    ProposalState,
    Relation,
    Tenant,
)
from knowledge.moderation import Moderation
from knowledge.moderation.proposing import strangers
from knowledge.passages import cut
from knowledge.ports import Clock, Findings, Store
from knowledge.resemblance import sketch
from knowledge.reviews.particulars import (
    SOURCE,
    TAGS,
    changed,
    filled,
    given_of,
    read_form,
    said_of,
)
from knowledge.tenant_ports import ProposalStore

PASTED = "text"
"""The origin of what somebody pasted."""

_MOST_NAMESAKES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a proposal would be as it stands, and what it lacks.

    ``values`` are those of the two forms. ``missing`` are keys that publishing asks for.
    ``problem`` says what cannot be, in a line; then there is no ``document``.
    ``near`` as in ``Review``.
    """

    proposal: Proposal
    values: Mapping[str, str]
    document: Document | None
    passages: int
    missing: tuple[str, ...]
    near: tuple[tuple[str, int], ...] = ()
    problem: InvalidInput | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be proposed."""
        return self.document is not None and not self.missing and not self.problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Any method may raise StoreUnavailable."""

    store: Store
    proposals: ProposalStore
    moderation: Moderation
    clock: Clock

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

    def preview(self, proposal: Proposal) -> Preview:
        """What it would be as it stands."""
        missing: tuple[str, ...] = ()
        problem: InvalidInput | None = None
        document: Document | None = None
        try:
            if proposal.target is not None:
                document = self._correction(proposal)
            else:
                document, missing = self._addition(proposal)
            passages = cut(replace(document, revision=1))
            if not passages:
                reason = "there is no sentence in it to quote"
                problem = UnreadableFile(path=proposal.origin, reason=reason)
        except InvalidInput as error:
            problem, passages = error, ()
        near: tuple[tuple[str, int], ...] = ()
        if document is not None:
            drafting = self.moderation.drafting
            near = drafting.near_duplicates(document.id, sketch(document.body))
            missing = (*missing, *lacking(document))
        return Preview(
            proposal=proposal,
            values=filled(document) | _blank(missing)
            if document
            else self._as_said(proposal),
            document=document,
            passages=len(passages),
            missing=tuple(dict.fromkeys(missing)),
            near=near,
            problem=problem,
        )

    def _addition(self, proposal: Proposal) -> tuple[Document, tuple[str, ...]]:
        """A draft, and what had to be made up for it."""
        said = said_of(proposal)
        language, sure = self.moderation.detect(proposal.body)
        made_up = {"title": "?", "kind": "press"}
        if not sure >= metadata.SURE or language not in LANGUAGES:
            made_up["language"] = "en"
        missing = tuple(key for key in made_up if key not in said)
        said = {**made_up, **said, "id": self._id(proposal, said)}
        return self._draft(proposal, said), missing

    def _draft(self, proposal: Proposal, said: Mapping[str, object]) -> Document:
        findings = Findings(origin=proposal.origin, body=proposal.body, metadata=said)
        return self.moderation.drafting.draft(findings, {}, None)

    def _correction(self, proposal: Proposal) -> Document:
        held = self.store.document(proposal.target or "")
        findings = Findings(
            origin=held.id, body=proposal.body or held.body, metadata={}
        )
        given = {**given_of(proposal), "id": held.id}
        return self.moderation.drafting.draft(findings, given, held)

    def _as_said(self, proposal: Proposal) -> dict[str, str]:
        """The forms' values where no draft can be made of them."""
        said = said_of(proposal)
        values = {}
        for key in (*SOURCE, *TAGS):
            value = said.get(key, "")
            many = isinstance(value, list | tuple)
            values[key] = ", ".join(map(str, value)) if many else str(value)  # type: ignore[call-overload]
        return values

    def _id(self, proposal: Proposal, said: Mapping[str, object]) -> str:
        """Its own id; else one that no other text has.

        What is held of the same page, or nearly in the same words, it is a revision of.
        """
        if "id" in said:
            return str(said["id"])
        if proposal.origin == PASTED:
            wanted = metadata.slug(str(said.get("title", PASTED)))
        else:
            wanted = metadata.identity(proposal.origin, {}, {})
        wanted = wanted[:70].strip("-")
        wanted = wanted if len(wanted) > 1 else f"text-{wanted}".strip("-")
        for number in range(1, _MOST_NAMESAKES):
            identifier = wanted if number == 1 else f"{wanted}-{number}"
            held = self.moderation.drafting.newest(identifier)
            if held is None or not self._is_stranger(held, proposal, said):
                return identifier
        return f"{wanted}-{proposal.key.lower()[:4]}"

    def _is_stranger(
        self, held: Document, proposal: Proposal, said: Mapping[str, object]
    ) -> bool:
        try:
            made_up = {"title": "?", "kind": "press", "language": "en"}
            draft = self._draft(proposal, {**made_up, **said, "id": held.id})
        except InvalidInput:
            return True
        url = proposal.found.get("url")
        found = {"url": url} if url else {}
        findings = Findings(origin="", body=draft.body, metadata={}, found=found)
        return strangers(held, draft, findings)

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
            said |= {"id": self._id(proposal, said)}
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


def lacking(document: Document) -> tuple[str, ...]:
    """The fields that publishing asks for; ``date`` is one of two."""
    source = document.sources[0] if document.sources else None
    keys = [k for k in ("publisher", "url") if not source or not getattr(source, k)]
    problems = metadata.lacking(document)
    dated = any(str(problem).startswith("a date") for problem in problems)
    return (*keys, *(["date"] if dated else []))


def _blank(missing: tuple[str, ...]) -> dict[str, str]:
    """What was made up is not what was found."""
    return {key: "" for key in missing if key in (*SOURCE, *TAGS)}
