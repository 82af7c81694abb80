"""Folders of documents: in (synchronise, seed), out (export), and checked (lint)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from knowledge.errors import (
    ChangedMeanwhile,
    DuplicateDocument,
    InvalidInput,
)
from knowledge.folders.intake import BATCH, Intake, SyncReport
from knowledge.linting import Problem, together
from knowledge.model import Actor, Document, Role, Status
from knowledge.moderation import Moderation, Prepared
from knowledge.ports import Findings, Progress, Store
from knowledge.tables import Mapped, TableFile
from knowledge.workflow import Policy

__all__ = ["SEEDER", "SEED_RULE", "DocumentFiles", "Folders", "SyncReport"]

SEEDER = Actor("seed", Role.ADMIN)
SEED_RULE = "starter-set"

_SEED_NOTE = "seeded"
_BEGUN, _DONE = "begun", "done"


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
        intake = Intake(self.moderation, actor, publish=publish)
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
        intake = Intake(self.moderation, actor, publish=publish, overrides=overrides)
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

    def seed(self, corpus: Path, progress: Progress, stored: Callable[[], None]) -> int:
        """Fill an empty store with a corpus, published; how many documents it added.

        ``stored`` is called whenever some are there and more are to come. Interrupted,
        it goes on at the next call; once done, or where the store was filled otherwise,
        it does nothing. Raises InvalidInput for a broken file, and then has stored
        nothing of it.
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
            if len(waiting) == BATCH or done == len(found):
                added += _store_patiently(moderation, waiting)
                waiting = []
                if done < len(found):
                    stored()
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
