"""Folders of documents: in (synchronise, seed), out (export), and checked (lint)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from knowledge.errors import (
    ChangedMeanwhile,
    DuplicateDocument,
    InvalidInput,
    InvalidMetadata,
    QuisError,
    StepRefused,
    StoreUnavailable,
)
from knowledge.linting import Problem, together
from knowledge.model import Actor, Document, Role, Status, Step
from knowledge.moderation import UNDER_REVIEW, Moderation, Prepared
from knowledge.ports import Findings, Progress, Store
from knowledge.tables import Mapped, TableFile
from knowledge.workflow import Policy

SEEDER = Actor("seed", Role.ADMIN)
SEED_RULE = "starter-set"

_BATCH = 100  # documents stored in one transaction
_SEED_NOTE = "seeded"
_BEGUN, _DONE = "begun", "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a synchronisation did: ids of documents, and the files that failed.

    ``near_duplicates`` are (added id, resembling id, percent).
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[tuple[Path, str], ...]
    near_duplicates: tuple[tuple[str, str, int], ...] = ()


class DocumentFiles(Protocol):
    """Documents as files in a folder."""

    def read(self, path: Path) -> Findings:
        """What a file holds. Raises UnreadableFile."""
        ...

    def below(self, folder: Path) -> tuple[Path, ...]:
        """The files that can be read, by path. Raises UnreadableFile."""
        ...

    def write(self, document: Document, folder: Path) -> Path:
        """A file that reads back as this document. Raises UnwritableFile."""
        ...

    def remove(self, document: Document, folder: Path) -> None:
        """Take away what ``write`` wrote of it, if anything. Raises UnwritableFile."""
        ...


@dataclass(frozen=True, slots=True)
class Folders:
    """Carries many documents at once, in transactions of a hundred."""

    store: Store
    moderation: Moderation
    files: DocumentFiles
    tables: TableFile

    def sync(
        self,
        folder: Path,
        actor: Actor,
        *,
        publish: bool,
        progress: Progress,
        defaults: Mapping[str, object],
    ) -> SyncReport:
        """Every file below a folder: a new document, a new revision, or as it is held.

        ``defaults`` say what a file without front matter cannot say itself.
        Files that fail are reported and stop nothing. Interruptible: what was stored
        stays, and the same call again does the rest. Raises UnreadableFile for the
        folder, and StoreUnavailable.
        """
        paths = self.files.below(folder)
        intake = _Intake(self.moderation, actor, publish=publish)
        for done, path in enumerate(paths):
            progress("reading", done, len(paths))
            intake.take(path, partial(self._read, path, defaults))
        intake.store()
        progress("reading", len(paths), len(paths))
        return intake.report()

    def _read(self, path: Path, defaults: Mapping[str, object]) -> Findings:
        findings = self.files.read(path)
        return replace(findings, found={**findings.found, **defaults})

    def table(
        self,
        path: Path,
        mapped: Mapped,
        overrides: Mapping[str, object],
        actor: Actor,
        *,
        publish: bool,
        progress: Progress,
    ) -> SyncReport:
        """Every row of a table, as ``sync`` takes every file; ``overrides`` hold for all.

        Raises UnreadableFile for a file that is no table, InvalidMetadata for a mapping
        that fits none, and StoreUnavailable.
        """
        rows = list(self.tables.rows(path))
        mapped.require(path, rows, overrides)
        intake = _Intake(self.moderation, actor, publish=publish, overrides=overrides)
        for done, row in enumerate(rows):
            progress("reading", done, len(rows))
            where = Path(f"{path}:{row.line}")
            intake.take(where, partial(mapped.findings, path, row))
        intake.store()
        progress("reading", len(rows), len(rows))
        return intake.report()

    @property
    def seedable(self) -> bool:
        """Whether the store is empty, or a seeding of it was broken off."""
        note = self.store.note(_SEED_NOTE)
        return note == _BEGUN or (
            note is None and next(iter(self.store.documents()), None) is None
        )

    def seed(self, corpus: Path, progress: Progress) -> int:
        """Fill an empty store with a corpus, published; how many documents it added.

        Interrupted, it goes on at the next call; once done, or where the store was
        filled otherwise, it does nothing. Raises InvalidInput for a broken file, and
        then has stored nothing of it.
        """
        if not self.seedable:
            return 0
        self.store.remember(_SEED_NOTE, _BEGUN)
        held = {document.id for document in self.store.documents()}
        # The corpus was reviewed when it was made: no second person is asked again.
        moderation = replace(self.moderation, policy=Policy())
        paths = self.files.below(corpus)
        found = [self.files.read(path) for path in paths]
        waiting: list[Prepared] = []
        added = 0
        for done, findings in enumerate(found, start=1):
            progress("storing", done, len(found))
            try:
                prepared = moderation.prepare(
                    findings, {}, SEEDER, publish=True, rule=SEED_RULE
                )
            except DuplicateDocument:
                continue  # another process was quicker
            if (
                not prepared.result.unchanged
                and prepared.result.document.id not in held
            ):
                waiting.append(prepared)
            if len(waiting) == _BATCH or done == len(found):
                added += _store_patiently(moderation, waiting)
                waiting = []
        self.store.remember(_SEED_NOTE, _DONE)
        return added

    def export(self, folder: Path) -> int:
        """Write every published revision as ``ID.md``; how many.

        The file of a document that was retracted since is taken away: ``sync`` would
        refuse it. All other files are left alone. Raises UnwritableFile.
        """
        written = 0
        for document in self.store.documents(Status.PUBLISHED):
            self.files.write(document, folder)
            written += 1
        for document in self.store.documents():
            if document.status is Status.RETRACTED:
                self.files.remove(document, folder)
        return written

    def lint(self, folder: Path) -> tuple[Problem, ...]:
        """All that is wrong with the files below a folder, by path.

        Raises UnreadableFile for the folder.
        """
        problems: list[Problem] = []
        read: list[tuple[str, Document]] = []
        for path in self.files.below(folder):
            try:
                document = self.moderation.examine(self.files.read(path))
            except InvalidInput as error:
                problems.append(Problem(str(path), str(error)))
            else:
                read.append((str(path), document))
        return (*problems, *together(read))


@dataclass(slots=True)
class _Intake:
    """A synchronisation under way."""

    moderation: Moderation
    actor: Actor
    publish: bool = field(kw_only=True)
    overrides: Mapping[str, object] = field(default_factory=dict)
    waiting: list[tuple[Path, Prepared]] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)  # of those that wait
    paths: dict[str, Path] = field(default_factory=dict)  # of every id seen
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)
    near: list[tuple[str, str, int]] = field(default_factory=list)

    def take(self, path: Path, read: Callable[[], Findings]) -> None:
        """Read and judge a file or a row; store when enough are waiting."""
        try:
            prepared = self.moderation.prepare(
                read(),
                self.overrides,
                self.actor,
                publish=self.publish,
                pending=self.bodies,
            )
            document = prepared.result.document
            first = self.paths.setdefault(document.id, path)
            if first != path:
                raise InvalidMetadata(
                    subject=path, problem=f"its id {document.id!r} is that of {first}"
                )
        except (InvalidInput, StepRefused) as error:
            self.failed.append((path, str(error)))
            return
        if prepared.result.unchanged:
            self._is_held(path, document)
            return
        self.waiting.append((path, prepared))
        self.bodies[document.body] = document.id
        if len(self.waiting) == _BATCH:
            self.store()

    def _is_held(self, path: Path, document: Document) -> None:
        """What is held as it is, but under review, is published where that is asked."""
        if not self.publish or document.status not in UNDER_REVIEW:
            self.unchanged.append(document.id)
            return
        try:
            self.moderation.step(document.id, Step.PUBLISH, self.actor)
        except StoreUnavailable:
            raise
        except QuisError as error:
            self.failed.append((path, str(error)))
        else:
            self.changed.append(document.id)

    def store(self) -> None:
        """Store all that wait; one by one where somebody else changed one of them."""
        batches: Iterable[Sequence[tuple[Path, Prepared]]] = [self.waiting]
        try:
            self.moderation.store_all([prepared for _, prepared in self.waiting])
        except StoreUnavailable:
            raise
        except QuisError:
            batches = [[one] for one in self.waiting if self._stored(*one)]
        for batch in batches:
            for _, prepared in batch:
                self._stored_is(prepared)
        self.waiting, self.bodies = [], {}

    def _stored(self, path: Path, prepared: Prepared) -> bool:
        try:
            self.moderation.store_all([prepared])
        except StoreUnavailable:
            raise
        except QuisError as error:
            self.failed.append((path, str(error)))
            return False
        return True

    def _stored_is(self, prepared: Prepared) -> None:
        document = prepared.result.document
        (self.added if document.revision == 1 else self.changed).append(document.id)
        self.near += [
            (document.id, other, percent)
            for other, percent in prepared.result.near_duplicates
        ]

    def report(self) -> SyncReport:
        return SyncReport(
            added=tuple(self.added),
            changed=tuple(self.changed),
            unchanged=tuple(self.unchanged),
            failed=tuple(self.failed),
            near_duplicates=tuple(self.near),
        )


def _store_patiently(moderation: Moderation, prepared: Sequence[Prepared]) -> int:
    """Store those that no other process has stored in the meantime; how many."""
    try:
        moderation.store_all(prepared)
    except ChangedMeanwhile:
        stored = 0
        for one in prepared:
            try:
                moderation.store_all([one])
            except ChangedMeanwhile:
                continue
            stored += 1
        return stored
    return len(prepared)
