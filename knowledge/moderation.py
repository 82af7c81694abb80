"""Propose, review, publish, retract, correct, recheck: each asks the rules, then writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge import metadata
from knowledge.errors import (
    DuplicateDocument,
    InvalidMetadata,
    StepRefused,
    UnknownDocument,
    UnreadableFile,
)
from knowledge.ledger import SNAPSHOT, TEXT, digest
from knowledge.metadata import DetectLanguage
from knowledge.model import (
    Actor,
    Document,
    Event,
    Passage,
    Status,
    Step,
    Vetting,
)
from knowledge.passages import cut, tag
from knowledge.ports import Clock, Findings, Progress, Store, Write
from knowledge.resemblance import NEAR_DUPLICATE, resemblance, sketch
from knowledge.vocabulary import Vocabulary
from knowledge.workflow import Allowed, Policy, Refused, State, decide

UNDER_REVIEW = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED)
LIVE = (*UNDER_REVIEW, Status.PUBLISHED)
"""Where a newest revision stands while the document is in use or under review."""

VOCABULARY_NOTE = "vocabulary"
"""The note that remembers by which vocabulary the passages are tagged."""

_COMPARED = 5  # documents that a new one is compared with, the likeliest first
_RETAG = 500  # passages in one transaction
# What a text may not hold; those of a line or a page it may.
_CONTROLS = frozenset(map(chr, (*range(32), 127))) - frozenset("\t\n\f")
_KINSHIP = 0.2  # of resemblance; below it, and of another address, a text is another


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResult:
    """What came of adding a document, as it now stands.

    ``near_duplicates`` are (id, percent of resemblance), most alike first. They are a
    warning. ``unchanged``: it was held as it is, and nothing was written.
    """

    document: Document
    near_duplicates: tuple[tuple[str, int], ...] = ()
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An addition that was judged and is ready to be stored."""

    writes: tuple[Write, ...]
    result: AddResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """Changes what is held, and only as the rules of ``workflow`` allow."""

    store: Store
    vocabulary: Vocabulary
    clock: Clock
    detect: DetectLanguage
    policy: Policy

    # --- adding --------------------------------------------------------------------

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
            self.store.write(prepared.writes)
        elif publish and held.status in UNDER_REVIEW:
            return replace(
                prepared.result, document=self.step(held.id, Step.PUBLISH, actor)
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
        held = self._newest(identifier)
        draft = self._draft(findings, overrides, held)
        for known in self._current(held):
            if _alike(known, draft):
                unchanged = AddResult(document=known, unchanged=True)
                return Prepared(writes=(), result=unchanged)
        original = (pending or {}).get(draft.body) or self.store.with_same_body(
            draft.body
        )
        if original and original != draft.id:
            raise DuplicateDocument(document=findings.origin, original=original)
        named = overrides.get("id") or findings.metadata.get("id")
        if held and not named and _strangers(held, draft, findings):
            raise InvalidMetadata(
                subject=findings.origin,
                problem=f"another text is held as {held.id!r}, the id that its name "
                f"gives: say --id {held.id} to replace it, or another --id",
            )
        state = State(held.status if held else None)
        allowed = self._decide(draft.id, state, Step.PROPOSE, actor)
        prepared = self._entry(
            draft, held, actor, Step.PROPOSE, allowed, _detail("", findings)
        )
        return self._at_once(prepared, actor, rule) if publish else prepared

    def _at_once(self, prepared: Prepared, actor: Actor, rule: str | None) -> Prepared:
        """The same addition, published in the transaction that brings it."""
        document = prepared.result.document
        state = State(document.status, actor.id)
        allowed = self._decide(document.id, state, Step.PUBLISH, actor)
        after = self._published(document)
        write = Write(
            document=after,
            event=self._event(after, Step.PUBLISH, actor, rule or allowed.rule, {}),
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
        draft = self._draft(findings, {}, None)
        problems = metadata.lacking(draft)
        if problems:
            raise InvalidMetadata(subject=findings.origin, problem="; ".join(problems))
        _require_passages(cut(replace(draft, revision=1)), findings.origin)
        return draft

    def store_all(self, prepared: Sequence[Prepared]) -> None:
        """Store additions in one transaction. Raises ChangedMeanwhile."""
        self.store.write([write for one in prepared for write in one.writes])

    # --- review --------------------------------------------------------------------

    def step(
        self, document: str, step: Step, actor: Actor, reason: str = ""
    ) -> Document:
        """Put a document to a step of review; it comes back as it then stands.

        Retracting and rechecking are about the published revision, the other steps
        about the newest. Raises UnknownDocument, StepRefused, ChangedMeanwhile, and
        InvalidMetadata where a document lacks what publishing asks for.
        """
        if step is Step.CORRECT:
            return self.correct(document, None, {}, actor, reason)
        revisions = self.store.revisions(document)
        newest = revisions[-1]
        published = _published(revisions)
        about = newest
        if published and step in (Step.RETRACT, Step.RECHECK):
            about = published
        state = State(about.status, self._proposed_by(about))
        if step is Step.PROPOSE:
            raise StepRefused(
                document=document, step=step, problem="add its text for that"
            )
        allowed = self._decide(document, state, step, actor)
        after = replace(about, status=allowed.status)
        if step is Step.PUBLISH:
            after = self._published(after)
        elif step is Step.RECHECK:
            after = self._rechecked(after)
        write = Write(
            document=after,
            event=self._event(after, step, actor, allowed.rule, _detail(reason)),
            expected=(newest.revision, newest.status),
        )
        self.store.write([write])
        return after

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
        revisions = self.store.revisions(document)
        newest = revisions[-1]
        stated = findings.metadata if findings else {}
        named = stated.get("id", document)
        if named != document:
            raise InvalidMetadata(
                subject=document, problem=f"the file is of {named!r}; name another file"
            )
        found = findings or Findings(origin=document, body=newest.body, metadata={})
        draft = self._draft(found, {**overrides, "id": document}, newest)
        if newest.status in LIVE and _alike(newest, draft):
            raise DuplicateDocument(document=found.origin, original=document)
        original = self.store.with_same_body(draft.body)
        if original and original != document:
            raise DuplicateDocument(document=found.origin, original=original)
        about = _published(revisions) or newest
        allowed = self._decide(document, State(about.status), Step.CORRECT, actor)
        prepared = self._entry(
            draft, newest, actor, Step.CORRECT, allowed, _detail(reason, found)
        )
        self.store.write(prepared.writes)
        return prepared.result.document

    # --- tags ----------------------------------------------------------------------

    def retag(self, progress: Progress) -> int:
        """Tag all passages in use anew where the vocabulary has changed.

        Returns how many changed. Interruptible: begun again, it goes on.
        """
        if self.store.note(VOCABULARY_NOTE) == self.vocabulary.fingerprint:
            return 0
        changed = 0
        waiting: list[Passage] = []
        in_use = sorted(self._in_use())
        for done, (identifier, revision) in enumerate(in_use):
            progress("tagging", done, len(in_use))
            document = self.store.document(identifier, revision)
            waiting += [
                new
                for old in self.store.passages(identifier, revision)
                if (new := self._tagged(old, document)) != old
            ]
            if len(waiting) >= _RETAG:
                self.store.retag(waiting)
                changed, waiting = changed + len(waiting), []
        if waiting:
            self.store.retag(waiting)
        self.store.remember(VOCABULARY_NOTE, self.vocabulary.fingerprint)
        return changed + len(waiting)

    def _in_use(self) -> set[tuple[str, int]]:
        """The newest and the published revision of every document."""
        return {
            (document.id, document.revision)
            for status in (None, Status.PUBLISHED)
            for document in self.store.documents(status)
        }

    def _tagged(self, passage: Passage, document: Document) -> Passage:
        return tag(passage, document, self.vocabulary.mentions(passage.text))

    # --- the parts of a write ------------------------------------------------------

    def _newest(self, document: str) -> Document | None:
        try:
            return self.store.document(document)
        except UnknownDocument:
            return None

    def _current(self, newest: Document | None) -> tuple[Document, ...]:
        """The newest revision, and the published one below it.

        A folder that was exported before somebody began a draft says nothing new.
        """
        if newest is None:
            return ()
        if newest.status not in UNDER_REVIEW:
            return (newest,)
        published = _published(self.store.revisions(newest.id))
        return (newest, published) if published else (newest,)

    def _draft(
        self,
        findings: Findings,
        overrides: Mapping[str, object],
        held: Document | None,
    ) -> Document:
        findings = replace(findings, body=_tidy(findings.body))
        _require_text(findings)
        return metadata.draft(
            findings.origin,
            findings.body,
            _stated(findings, overrides, held),
            overrides,
            names=self.vocabulary,
            today=self.clock.now().date(),
            detect=self.detect,
            held=held,
        )

    def _entry(
        self,
        draft: Document,
        held: Document | None,
        actor: Actor,
        step: Step,
        allowed: Allowed,
        detail: dict[str, str],
    ) -> Prepared:
        """The write of a new revision, cut, tagged and compared with all others."""
        document = replace(
            draft, revision=held.revision + 1 if held else 1, status=allowed.status
        )
        passages = tuple(self._tagged(p, document) for p in cut(document))
        _require_passages(passages, document.id)
        fingerprints = sketch(document.body)
        near = self._near_duplicates(document.id, fingerprints)
        detail[TEXT] = digest(document.body)
        if near:
            detail["near_duplicates"] = ", ".join(f"{i} {p} %" for i, p in near)
        write = Write(
            document=document,
            event=self._event(document, step, actor, allowed.rule, detail),
            expected=(held.revision, held.status) if held else None,
            passages=passages,
            fingerprints=fingerprints,
        )
        return Prepared(
            writes=(write,), result=AddResult(document=document, near_duplicates=near)
        )

    def _near_duplicates(
        self, document: str, fingerprints: Sequence[int]
    ) -> tuple[tuple[str, int], ...]:
        near = []
        # An upper bound that spares reading most of the others.
        least = NEAR_DUPLICATE * len(fingerprints) / 2
        likely = sorted(
            (-shared, other)
            for other, shared in self.store.resembling(fingerprints).items()
            if other != document and shared >= least
        )
        for shared, other in likely[:_COMPARED]:
            theirs = sketch(self.store.document(other).body)
            alike = resemblance(
                shared=-shared, size=len(fingerprints), other=len(theirs)
            )
            if alike >= NEAR_DUPLICATE:
                near.append((other, round(100 * alike)))
        return tuple(sorted(near, key=lambda pair: (-pair[1], pair[0])))

    def _published(self, document: Document) -> Document:
        """As it will be published, with the day on which a person vetted it."""
        problems = metadata.lacking(document)
        if problems:
            raise InvalidMetadata(subject=document.id, problem="; ".join(problems))
        if document.vetting is Vetting.PERSON and document.vetted_on is None:
            document = replace(document, vetted_on=self.clock.now().date())
        return replace(document, status=Status.PUBLISHED)

    def _rechecked(self, document: Document) -> Document:
        today = self.clock.now().date()
        if document.vetting is Vetting.STARTER_SET:
            document = replace(document, vetting=Vetting.PERSON, vetted_on=today)
        return replace(document, rechecked_on=today)

    def _proposed_by(self, document: Document) -> str | None:
        proposers = [
            line.event.actor
            for line in self.store.ledger(document.id)
            if line.event.revision == document.revision
            and line.event.step in (Step.PROPOSE, Step.CORRECT)
        ]
        return proposers[-1] if proposers else None

    def _decide(self, document: str, state: State, step: Step, actor: Actor) -> Allowed:
        match decide(state, step, actor, self.policy):
            case Allowed() as allowed:
                return allowed
            case Refused(reason):
                raise StepRefused(document=document, step=step, problem=reason)

    def _event(
        self,
        document: Document,
        step: Step,
        actor: Actor,
        rule: str,
        detail: Mapping[str, str],
    ) -> Event:
        return Event(
            at=self.clock.now(),
            actor=actor.id,
            step=step,
            document=document.id,
            revision=document.revision,
            rule=rule,
            detail=detail,
        )


def _published(revisions: Sequence[Document]) -> Document | None:
    return next((d for d in revisions if d.status is Status.PUBLISHED), None)


def _detail(reason: str, findings: Findings | None = None) -> dict[str, str]:
    """What the ledger says beside the step: why, and the snapshot that it stands on."""
    detail = {"reason": reason.strip()} if reason.strip() else {}
    if findings and findings.snapshot:
        detail[SNAPSHOT] = findings.snapshot
    return detail


def _stated(
    findings: Findings, overrides: Mapping[str, object], held: Document | None
) -> Mapping[str, object]:
    """What a file states; of a new document also what was found and nobody overrules."""
    if held or findings.metadata:
        return findings.metadata
    return {
        key: value
        for key, value in findings.found.items()
        if overrides.get(key) in (None, "", [], ())
    }


def _alike(held: Document, draft: Document) -> bool:
    """Whether a draft says nothing new. Vetting is the store's to know, not a file's."""
    return held == replace(
        draft,
        revision=held.revision,
        status=held.status,
        vetting=held.vetting,
        vetted_on=held.vetted_on,
        rechecked_on=held.rechecked_on,
    )


def _strangers(held: Document, draft: Document, findings: Findings) -> bool:
    """Whether one can hardly be a later revision of the other."""
    # A page's own address tells, not the one that its draft has taken from what is held.
    own = findings.found.get("url")
    urls = {str(own)} if own else {source.url for source in draft.sources}
    if urls & {source.url for source in held.sources}:
        return False
    ours, theirs = sketch(draft.body), sketch(held.body)
    shared = len(set(ours) & set(theirs))
    return resemblance(shared=shared, size=len(ours), other=len(theirs)) < _KINSHIP


def _require_passages(passages: Sequence[Passage], origin: str) -> None:
    if not passages:
        raise UnreadableFile(path=origin, reason="there is no sentence in it to quote")


def _tidy(body: str) -> str:
    """Line feeds alone end lines, and none stands at either end: as any file reads back."""
    return body.replace("\r\n", "\n").replace("\r", "\n").strip()


def _require_text(findings: Findings) -> None:
    """Raises UnreadableFile for a body that is no text, or too large to hold."""
    body = findings.body
    reason = ""
    if not body.strip():
        reason = "there is no text in it"
    elif not _CONTROLS.isdisjoint(body):
        reason = "it has control characters in it, so it is not plain text"
    else:
        try:
            if len(body.encode()) > metadata.LARGEST_BODY:
                reason = "it is larger than 20 MB; split it into documents"
        except UnicodeEncodeError:
            reason = "it has half characters in it; save it as UTF-8"
    if reason:
        raise UnreadableFile(path=findings.origin, reason=reason)
