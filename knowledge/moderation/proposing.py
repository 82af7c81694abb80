"""What is new: a document, a revision of one, or a correction on top of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge import metadata
from knowledge.errors import DuplicateDocument, InvalidMetadata, StepRefused
from knowledge.model import LIVE, UNDER_REVIEW, Actor, Document, Status, Step
from knowledge.moderation.drafting import (
    AddResult,
    Drafting,
    Prepared,
    detail_of,
    require_passages,
)
from knowledge.moderation.kinship import alike, strangers
from knowledge.moderation.reviewing import Reviewing, published_of
from knowledge.passages import cut
from knowledge.ports import Findings, Write
from knowledge.workflow import State


@dataclass(frozen=True, slots=True)
class Proposing:
    """Brings in what is new, as the rules of ``workflow`` allow."""

    drafting: Drafting

    @property
    def reviewing(self) -> Reviewing:
        """The steps that follow."""
        return Reviewing(self.drafting)

    def add(
        self,
        findings: Findings,
        overrides: Mapping[str, object],
        actor: Actor,
        *,
        publish: bool,
    ) -> AddResult:
        """A new document, or a new revision of the one that has its id.

        A draft, or published at once. What is held already, not yet published, and
        comes again unchanged is published where that is asked.

        Raises InvalidMetadata, UnreadableFile, StepRefused, ChangedMeanwhile, and
        DuplicateDocument where there is nothing to add; then nothing is written.
        """
        prepared = self.prepare(findings, overrides, actor, publish=publish)
        held = prepared.result.document
        if not prepared.result.unchanged:
            self.drafting.store.write(prepared.writes)
        elif publish and held.status in UNDER_REVIEW:
            return replace(
                prepared.result,
                document=self.reviewing.step(held.id, Step.PUBLISH, actor),
            )
        elif held.status in LIVE:
            raise DuplicateDocument(document=findings.origin, original=held.id)
        else:
            raise StepRefused(
                document=held.id,
                step=Step.PROPOSE,
                problem=f"this very text was {held.status}; change it, or take the "
                "step correct",
            )
        return prepared.result

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
        """Judge an addition and write nothing.

        ``pending`` are bodies that wait to be stored, with their documents' ids.
        ``rule`` is named in the ledger in place of the rule that allows publishing.
        Raises as ``add`` does; what is held as it is comes back as unchanged.
        """
        identifier = metadata.identity(findings.origin, findings.metadata, overrides)
        held = self.drafting.newest(identifier)
        draft = self.drafting.draft(findings, overrides, held)
        for known in self._current(held):
            if alike(known, draft):
                unchanged = AddResult(document=known, unchanged=True)
                return Prepared(writes=(), result=unchanged)
        original = (pending or {}).get(
            draft.body
        ) or self.drafting.store.with_same_body(draft.body)
        if original and original != draft.id:
            raise DuplicateDocument(document=findings.origin, original=original)
        named = overrides.get("id") or findings.metadata.get("id")
        if held and not named and strangers(held, draft, findings):
            raise InvalidMetadata(
                subject=findings.origin,
                problem=f"another text is held as {held.id!r}, the id that its name "
                f"gives: say --id {held.id} to replace it, or another --id",
            )
        state = State(held.status if held else None)
        allowed = self.drafting.decide(draft.id, state, Step.PROPOSE, actor)
        prepared = self.drafting.entry(
            draft, held, actor, Step.PROPOSE, allowed, detail_of("", findings)
        )
        return self._at_once(prepared, actor, rule) if publish else prepared

    def _current(self, newest: Document | None) -> tuple[Document, ...]:
        """The newest revision, and the published one below it.

        A folder that was exported before somebody began a draft says nothing new.
        """
        if newest is None:
            return ()
        if newest.status not in UNDER_REVIEW:
            return (newest,)
        revisions = self.drafting.store.revisions(newest.id)
        held = [one for one in revisions if one.status is Status.PUBLISHED]
        return (newest, *held[-1:])

    def _at_once(self, prepared: Prepared, actor: Actor, rule: str | None) -> Prepared:
        """The same addition, published in the transaction that brings it."""
        document = prepared.result.document
        state = State(document.status, actor.id)
        allowed = self.drafting.decide(document.id, state, Step.PUBLISH, actor)
        after = self.drafting.published(document)
        write = Write(
            document=after,
            event=self.drafting.event(
                after, Step.PUBLISH, actor, rule or allowed.rule, {}, document
            ),
            expected=(document.revision, document.status),
        )
        return Prepared(
            writes=(*prepared.writes, write),
            result=replace(prepared.result, document=after),
        )

    def examine(self, findings: Findings) -> Document:
        """The draft that a file makes by itself, and nothing written.

        Raises InvalidMetadata, also for what only publishing asks for, UnreadableFile.
        """
        draft = self.drafting.draft(findings, {}, None)
        problems = metadata.lacking(draft)
        if problems:
            raise InvalidMetadata(subject=findings.origin, problem="; ".join(problems))
        require_passages(cut(replace(draft, revision=1)), findings.origin)
        return draft

    def store_all(self, prepared: Sequence[Prepared]) -> None:
        """Store additions in one transaction. Raises ChangedMeanwhile."""
        self.drafting.store.write([write for one in prepared for write in one.writes])

    def correct(
        self,
        document: str,
        findings: Findings | None,
        overrides: Mapping[str, object],
        actor: Actor,
        reason: str = "",
    ) -> Document:
        """A new draft revision on top: other text, other metadata, or both.

        Without findings the text stays; what overrides do not name stays as well. The
        published revision stays published until the draft is. Raises as ``add`` does,
        and UnknownDocument.
        """
        prepared = self.correction(
            document, findings, overrides, actor, Step.CORRECT, reason
        )
        self.drafting.store.write(prepared.writes)
        return prepared.result.document

    def correction(
        self,
        document: str,
        findings: Findings | None,
        overrides: Mapping[str, object],
        actor: Actor,
        step: Step,
        reason: str,
    ) -> Prepared:
        """Judge a revision on top of a document, and write nothing."""
        revisions = self.drafting.store.revisions(document)
        newest = revisions[-1]
        stated = findings.metadata if findings else {}
        named = stated.get("id", document)
        if named != document:
            raise InvalidMetadata(
                subject=document, problem=f"the file is of {named!r}; name another file"
            )
        found = findings or Findings(origin=document, body=newest.body, metadata={})
        draft = self.drafting.draft(found, {**overrides, "id": document}, newest)
        if newest.status in LIVE and alike(newest, draft):
            raise DuplicateDocument(document=found.origin, original=document)
        original = self.drafting.store.with_same_body(draft.body)
        if original and original != document:
            raise DuplicateDocument(document=found.origin, original=original)
        about = published_of(revisions) or newest
        allowed = self.drafting.decide(document, State(about.status), step, actor)
        return self.drafting.entry(
            draft, newest, actor, step, allowed, detail_of(reason, found)
        )
