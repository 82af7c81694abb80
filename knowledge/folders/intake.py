"""Many documents on their way in: judged one by one, stored a hundred at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.errors import (
    InvalidInput,
    InvalidMetadata,
    QuisError,
    StepRefused,
    StoreUnavailable,
)
from knowledge.model import UNDER_REVIEW, Actor, Document, Step
from knowledge.moderation import Moderation, Prepared
from knowledge.naming.intake import NamingReport
from knowledge.ports import Findings

BATCH = 100
"""Documents stored in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a synchronisation did: ids of documents, and the files that failed.

    ``near_duplicates`` are (added id, resembling id, percent). ``vocabulary`` is what
    became of that in the folder, where there is one.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[tuple[Path, str], ...]
    near_duplicates: tuple[tuple[str, str, int], ...] = ()
    vocabulary: NamingReport | None = None


@dataclass(slots=True)
class Intake:
    """A synchronisation under way: ``take`` each, ``store`` the last, ``report``."""

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
        if len(self.waiting) == BATCH:
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
        """What it came to."""
        return SyncReport(
            added=tuple(self.added),
            changed=tuple(self.changed),
            unchanged=tuple(self.unchanged),
            failed=tuple(self.failed),
            near_duplicates=tuple(self.near),
        )
