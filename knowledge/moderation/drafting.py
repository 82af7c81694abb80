"""What every write is made of: a draft, its passages, the rule that allows it, its event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge import metadata
from knowledge.errors import (
    StepRefused,
    UnknownDocument,
    UnreadableFile,
)
from knowledge.ledger import SNAPSHOT, TEXT, digest
from knowledge.metadata import DetectLanguage
from knowledge.model import Actor, Document, Event, Passage, Status, Step, Vetting
from knowledge.passages import cut, tag
from knowledge.ports import Clock, Findings, Store, Write
from knowledge.resemblance import NEAR_DUPLICATE, resemblance, sketch
from knowledge.vocabulary import Vocabulary
from knowledge.workflow import Allowed, Policy, Refused, State, decide

NEAR_DUPLICATES = "near_duplicates"
"""Its word for the documents that a revision resembles: ``id 81 %, id 80 %``."""

NOTHING = "nothing"
"""Its word for what stood there before a first revision."""

# What a text may not hold; those of a line or a page it may.
_CONTROLS = frozenset(map(chr, (*range(32), 127))) - frozenset("\t\n\f")
_COMPARED = 5  # documents that a new one is compared with, the likeliest first


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
class Drafting:
    """Makes what is to be written, and writes nothing."""

    store: Store
    vocabulary: Vocabulary
    clock: Clock
    detect: DetectLanguage
    policy: Policy

    def newest(self, document: str) -> Document | None:
        """The newest revision; None where nothing is held."""
        try:
            return self.store.document(document)
        except UnknownDocument:
            return None

    def draft(
        self,
        findings: Findings,
        overrides: Mapping[str, object],
        held: Document | None,
    ) -> Document:
        """A draft at revision 0. Raises InvalidMetadata, UnreadableFile."""
        findings = replace(findings, body=tidy(findings.body))
        require_text(findings)
        return metadata.draft(
            findings.origin,
            findings.body,
            stated_of(findings, overrides, held),
            overrides,
            names=self.vocabulary,
            today=self.clock.now().date(),
            detect=self.detect,
            held=held,
        )

    def entry(
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
        passages = tuple(self.tagged(p, document) for p in cut(document))
        require_passages(passages, document.id)
        fingerprints = sketch(document.body)
        near = self.near_duplicates(document.id, fingerprints)
        detail[TEXT] = digest(document.body)
        if near:
            detail[NEAR_DUPLICATES] = ", ".join(f"{i} {p} %" for i, p in near)
        write = Write(
            document=document,
            event=self.event(document, step, actor, allowed.rule, detail, held),
            expected=(held.revision, held.status) if held else None,
            passages=passages,
            fingerprints=fingerprints,
        )
        return Prepared(
            writes=(write,), result=AddResult(document=document, near_duplicates=near)
        )

    def near_duplicates(
        self, document: str, fingerprints: Sequence[int]
    ) -> tuple[tuple[str, int], ...]:
        """(id, percent) of documents that resemble one, most alike first."""
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

    def published(self, document: Document) -> Document:
        """As it will be published, with the day on which a person vetted it."""
        problems = metadata.lacking(document)
        if problems:
            raise metadata.unusable(document.id, problems)
        if document.vetting is Vetting.PERSON and document.vetted_on is None:
            document = replace(document, vetted_on=self.clock.now().date())
        return replace(document, status=Status.PUBLISHED)

    def tagged(self, passage: Passage, document: Document) -> Passage:
        """A passage with what it is on by the vocabulary of now."""
        mentions = self.vocabulary.mentions(passage.text)
        return tag(passage, document, mentions, self.vocabulary.regions)

    def proposed_by(self, document: Document) -> str | None:
        """Who proposed a revision, or corrected another to it."""
        proposers = [
            line.event.actor
            for line in self.store.ledger(document.id)
            if line.event.revision == document.revision
            and line.event.step in (Step.PROPOSE, Step.CORRECT)
        ]
        return proposers[-1] if proposers else None

    def decide(self, document: str, state: State, step: Step, actor: Actor) -> Allowed:
        """The rule that allows a step. Raises StepRefused."""
        match decide(state, step, actor, self.policy):
            case Allowed() as allowed:
                return allowed
            case Refused(reason):
                raise StepRefused(document=document, step=step, problem=reason)

    def event(
        self,
        document: Document,
        step: Step,
        actor: Actor,
        rule: str,
        detail: Mapping[str, str],
        before: Document | None,
    ) -> Event:
        """What the ledger will say of a step: also what stood there before, and after."""
        stood = f"{before.revision} {before.status}" if before else NOTHING
        return Event(
            at=self.clock.now(),
            actor=actor.id,
            step=step,
            document=document.id,
            revision=document.revision,
            rule=rule,
            detail={
                **detail,
                "before": stood,
                "after": f"{document.revision} {document.status}",
            },
        )


def detail_of(reason: str, findings: Findings | None = None) -> dict[str, str]:
    """What the ledger says beside the step: why, and the snapshot that it stands on."""
    detail = {"reason": reason.strip()} if reason.strip() else {}
    if findings and findings.snapshot:
        detail[SNAPSHOT] = findings.snapshot
    return detail


def stated_of(
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


def require_passages(passages: Sequence[Passage], origin: str) -> None:
    """Raises UnreadableFile where there is nothing to quote."""
    if not passages:
        raise UnreadableFile(path=origin, reason="there is no sentence in it to quote")


def tidy(body: str) -> str:
    """Line feeds alone end lines, and none stands at either end: as any file reads back."""
    return body.replace("\r\n", "\n").replace("\r", "\n").strip()


def require_text(findings: Findings) -> None:
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
